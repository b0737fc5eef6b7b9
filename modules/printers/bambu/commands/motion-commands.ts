// Commands that move the printer, and G-code, which can do anything.

import { failed } from "../../command";
import { decimal, lines, optional, whole, word } from "../../commands/fields";
import { atRest, nozzleExists } from "../../commands/job-guards";
import { type CommandTable, entry, type Guard, gcode, print } from "./entry";
import { checkGcode, withAxisLimits } from "./gcode-check";
import { activeNozzle, homed, hotEnough, notRunning } from "./guards";

/** mm */
export const MAX_JOG = 10;
export const MAX_EXTRUSION = 50;
/** What a request may ask for at all; which steps there are is said by a guard. */
const MAX_DISTANCE = 10_000;
const MAX_GCODE_LENGTH = 1_000;

/** mm/min */
const XY_SPEED = 3_000;
const Z_SPEED = 1_500;

interface Jog {
	readonly axis: "x" | "y" | "z";
	readonly distance: number;
}

/** The newer command knows these steps only, so that the same buttons fit every printer. */
const jogStep: Guard<Jog> = ({ distance }) =>
	Math.abs(distance) === 1 || Math.abs(distance) === MAX_JOG
		? undefined
		: failed("out_of_range", `"distance" has to be 1 or ${MAX_JOG} mm, or −1 or −${MAX_JOG} mm.`);

/** Less Z is less room between nozzle and bed, whichever of them moves. */
const towardsBed: Guard<Jog> = (values, context) =>
	values.axis === "z" && values.distance < 0 ? homed(values, context) : undefined;

const extrusion: Guard<{ readonly distance: number }> = ({ distance }) =>
	distance !== 0 && Math.abs(distance) <= MAX_EXTRUSION
		? undefined
		: failed("out_of_range", `"distance" has to be from 1 to ${MAX_EXTRUSION} mm; less than 0 pulls back.`);

const twoNozzles: Guard<unknown> = (_values, { capabilities }) =>
	capabilities.nozzles === 2 ? undefined : failed("not_supported", "This printer has one nozzle.");

export const motionCommands: CommandTable = Object.freeze({
	// Homing one axis alone can drive the nozzle into the bed.
	home: entry({
		fields: {},
		guards: [atRest],
		build: (_values, { capabilities }) =>
			capabilities.forms.home ? print("back_to_center") : gcode("G28\n"),
	}),
	/** By mm, in the printer's own directions: more Z is more room between nozzle and bed. */
	jog: entry({
		fields: { axis: word("x", "y", "z"), distance: decimal(-MAX_DISTANCE, MAX_DISTANCE) },
		guards: [jogStep, atRest, towardsBed],
		build: ({ axis, distance }, { capabilities }) => {
			const letter = axis.toUpperCase();
			if (capabilities.forms.jog)
				return print("xyz_ctrl", {
					axis: letter,
					dir: Math.sign(distance),
					mode: Math.abs(distance) >= MAX_JOG ? 1 : 0,
				});
			const speed = axis === "z" ? Z_SPEED : XY_SPEED;
			// Nothing keeps an axis within its limits otherwise; what was set before is put back at the end.
			return gcode(
				`M211 S\nM211 X1 Y1 Z1\nM1002 push_ref_mode\nG91 \nG1 ${letter}${distance.toFixed(1)} F${speed}\nM1002 pop_ref_mode\nM211 R\n`,
			);
		},
	}),
	/** By mm; less than 0 pulls back. Also while a job is paused, to clear a nozzle. */
	extrude: entry({
		fields: { distance: whole(-MAX_DISTANCE, MAX_DISTANCE), nozzle: optional(whole(0, 1)) },
		guards: [extrusion, nozzleExists, notRunning, hotEnough],
		build: ({ distance, nozzle }, context) =>
			context.capabilities.nozzles === 2
				? print("set_extrusion_length", {
						extruder_index: nozzle ?? activeNozzle(context),
						length: distance,
					})
				: gcode(`M83\nG0 E${distance.toFixed(1)} F900\n`),
	}),
	/** 0 is the right one, 1 the left one. */
	active_extruder: entry({
		fields: { nozzle: whole(0, 1) },
		guards: [twoNozzles, atRest],
		build: ({ nozzle }) => print("select_extruder", { extruder_index: nozzle }),
	}),
	/** One line or several. */
	gcode: entry({
		fields: { lines: lines(MAX_GCODE_LENGTH) },
		guards: [({ lines: given }, context) => checkGcode(given, context)],
		build: ({ lines: given }) => gcode(withAxisLimits(given.endsWith("\n") ? given : `${given}\n`)),
	}),
});
