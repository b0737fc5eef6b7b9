// The keypad of something that is heated, with what the common materials want; it says why when it cannot be set.

import { numberKeypad } from "../../components/keypad";
import type { KitBase } from "../../kit";
import { type TemperatureRow, withTarget } from "../../models/temperatures";

export function openTemperatureKeypad(kit: KitBase, row: TemperatureRow): void {
	const { command, keypad, why } = row;
	if (command === undefined || why !== "") {
		kit.navigator.toasts.refused(why);
		return;
	}
	numberKeypad(kit, {
		title: row.label,
		unit: keypad.unit,
		value: keypad.text === "" ? undefined : Number(keypad.text),
		min: keypad.min,
		max: keypad.max,
		presets: keypad.presets.map(({ label, value }) => ({ label: presetLabel(label, value), value })),
		onDone: (target) =>
			void kit.report(kit.device.printers.command(kit.choice.id, withTarget(command, target))),
	});
}

/** "PLA 220"; a preset that is a temperature itself, or off, says all. */
function presetLabel(label: string, value: number): string {
	return value === 0 || label.includes(String(value)) ? label : `${label} ${value}`;
}
