// The lights of a printer. They can be switched also where nothing else can.

import type { ModelInput } from "../screen";
import { type Action, action } from "./action";

export interface LightView {
	readonly id: "chamber" | "chamber_2" | "work" | "heatbed";
	readonly label: string;
	/** "on", "off", or a dash of one that never says it. */
	readonly value: string;
	readonly isOn: boolean;
	readonly isKnown: boolean;
	/** To the other state; on where that is not known. */
	readonly toggle: Action;
	/** Of use where it is not known whether it is on. */
	readonly turnOff: Action;
}

export function lightsView(input: ModelInput): readonly LightView[] {
	const { printer, words } = input;
	if (printer === undefined) return [];
	return printer.capabilities.lights.map((light) => {
		const on = printer.lights[light];
		const label = words.parts[`light_${light}`];
		return {
			id: light,
			label,
			value: on === undefined ? words.common.unknown : on ? words.common.on : words.common.off,
			isOn: on === true,
			isKnown: on !== undefined,
			toggle: action(input, label, { command: "light", light, mode: on === true ? "off" : "on" }),
			turnOff: action(input, words.common.turnOff, { command: "light", light, mode: "off" }),
		};
	});
}
