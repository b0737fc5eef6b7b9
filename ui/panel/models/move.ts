// The move pad: a step, four ways, up and down by what they do, homing, and filament through the nozzle.

import type { ModelInput } from "../screen";
import { degrees, isKnown, millimetres } from "../words/format";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { nozzleLabel } from "./readings";
import { nozzleRow, type TemperatureRow } from "./temperatures";

/** What the screen remembers. */
export interface MoveChoice {
	/** mm */
	readonly step: number;
	/** mm */
	readonly length: number;
}

export interface MoveView {
	readonly stepLabel: string;
	readonly steps: readonly Step[];
	readonly home: Action;
	readonly left: Action;
	readonly right: Action;
	readonly back: Action;
	readonly front: Action;
	/** Away from the bed: more room. Its label says what moves: "Bed down" or "Head up". */
	readonly apart: Action;
	/** Towards the bed. */
	readonly together: Action;
	/** The way that the label of `apart` points: for the arrow. */
	readonly isApartUp: boolean;
	readonly lengthLabel: string;
	readonly lengths: readonly Step[];
	readonly extrude: Action;
	readonly retract: Action;
	/** "Nozzle at 24 °C" */
	readonly nozzle: string;
	/** "from 170 °C"; "" of a printer that is not moved from here. */
	readonly minimum: string;
	readonly isHotEnough: boolean;
	/** The nozzle in use, to be heated from here. */
	readonly heat: TemperatureRow | undefined;
	/** Of a printer with two nozzles: which one is in use. [] of others. */
	readonly nozzles: readonly NozzleChoice[];
	/** Why nothing moves; "" when it does. */
	readonly why: string;
	readonly hint: string;
}

export interface Step {
	/** mm */
	readonly value: number;
	readonly label: string;
	readonly isChosen: boolean;
}

export interface NozzleChoice {
	readonly id: 0 | 1;
	readonly isChosen: boolean;
	readonly choose: Action;
}

/** mm that are offered for filament, as far as the firmware allows them. */
export const EXTRUSION_LENGTHS: readonly number[] = Object.freeze([1, 10, 50]);

export function moveView(input: ModelInput, choice: MoveChoice): MoveView {
	const { printer, words, device } = input;
	const { motion } = device.facts;
	const text = words.move;
	const step = motion.jogSteps.includes(choice.step) ? choice.step : (motion.jogSteps[0] ?? 1);
	const lengths = EXTRUSION_LENGTHS.filter((length) => length <= motion.mostExtrusion);
	const length = lengths.includes(choice.length) ? choice.length : (lengths[lengths.length - 1] ?? 1);
	const bedMoves = printer?.capabilities.bedMovesInZ ?? true;
	const jog = (label: string, axis: "x" | "y" | "z", distance: number): Action =>
		action(input, label, { command: "jog", axis, distance });
	const active = activeNozzle(input);
	const current = printer?.nozzles[active]?.current;
	const isHotEnough = isKnown(current) && current >= motion.extrudeFrom;
	const unless = isHotEnough ? "" : fill(words.why.tooCold, { min: motion.extrudeFrom });
	// What the job forbids is said before that it is too cold.
	const feed = (label: string, distance: number): Action => {
		const made = action(input, label, { command: "extrude", distance });
		return made.enabled && unless !== "" ? { ...made, enabled: false, why: unless } : made;
	};
	const home = action(input, text.home, { command: "home" });
	return {
		stepLabel: text.step,
		steps: steps(input, motion.jogSteps, step),
		home,
		left: jog(text.left, "x", -step),
		right: jog(text.right, "x", step),
		back: jog(text.back, "y", step),
		front: jog(text.front, "y", -step),
		apart: jog(bedMoves ? text.bedDown : text.headUp, "z", step),
		together: jog(bedMoves ? text.bedUp : text.headDown, "z", -step),
		isApartUp: !bedMoves,
		lengthLabel: text.length,
		lengths: steps(input, lengths, length),
		extrude: feed(text.extrude, length),
		retract: feed(text.retract, -length),
		nozzle: fill(text.nozzleAt, { current: degrees(words, current) }),
		minimum: printer?.capabilities.motion === false ? "" : fill(text.minimum, { min: motion.extrudeFrom }),
		isHotEnough,
		heat: printer && nozzleRow(input, printer, active),
		nozzles: nozzles(input),
		why: home.why,
		hint: text.notHomedHint,
	};
}

function steps({ words }: ModelInput, values: readonly number[], chosen: number): readonly Step[] {
	return values.map((value) => ({ value, label: millimetres(words, value), isChosen: value === chosen }));
}

function activeNozzle({ printer }: ModelInput): number {
	return Math.max(0, printer?.nozzles.findIndex(({ active }) => active) ?? 0);
}

/** As people look at them: the left one first. */
function nozzles(input: ModelInput): readonly NozzleChoice[] {
	const { printer, words } = input;
	if (printer === undefined || printer.capabilities.nozzles < 2) return [];
	return ([1, 0] as const).map((id) => ({
		id,
		isChosen: printer.nozzles[id]?.active === true,
		choose: action(input, nozzleLabel(words, printer, id), { command: "active_extruder", nozzle: id }),
	}));
}
