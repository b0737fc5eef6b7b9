// What the tiles of Control say of their parts.

import type { ModelInput } from "../screen";
import { degreesOf } from "../words/format";

export interface ControlTilesView {
	/** "245 / 245 °C": of the nozzle in use. */
	readonly temperatures: string;
	readonly move: string;
	/** What is in it: "PETG". */
	readonly extruder: string;
	/** "Standard" */
	readonly speed: string;
}

export function controlTilesView({ printer, words }: ModelInput): ControlTilesView {
	const nozzle = printer?.nozzles.find(({ active }) => active) ?? printer?.nozzles[0];
	const level = printer?.job.speedLevel;
	return {
		temperatures: degreesOf(words, nozzle?.current, nozzle?.target),
		move: printer?.capabilities.motion === false ? words.move.notFromHere : "X, Y, Z",
		extruder: loadedText(printer, words),
		speed: level === undefined ? words.common.unknown : words.speed[`level_${level}`],
	};
}

/** The material in the nozzle. */
function loadedText(printer: ModelInput["printer"], words: ModelInput["words"]): string {
	const { active, units = [], external = [] } = printer?.filament ?? {};
	if (active === undefined) return words.common.unknown;
	const slot =
		active === "external"
			? external[0]
			: units.find(({ id }) => id === active.unit)?.slots.find(({ id }) => id === active.slot);
	return slot?.material ?? words.common.unknown;
}
