// Commands to the boxes that feed and dry filament.

import { failed } from "../../command";
import { flag, optional, text, whole } from "../../commands/fields";
import { boxOfUnit } from "../models";
import { type Answer, type CommandTable, entry, type Guard, type Message } from "./entry";
import { notSeries2, unitExists, unitOf } from "./guards";

/** °C, and hours, that every box takes. */
export const DRY_FROM = 35;
export const DRY_TO = 55;
export const LONGEST_DRYING = 24;
const HOTTEST = 1_000;
const MINUTES_PER_HOUR = 60;

/** Boxes report themselves in several ways, of which only some repeat the command's. */
const ANSWER: Answer = Object.freeze({ sameAction: true });

const canDry: Guard<{ readonly unit: number }> = ({ unit }, context) => {
	const { capabilities, modelId } = context;
	// That which is built into a printer has no dryer.
	return capabilities.drying && boxOfUnit(modelId, unit) >= 0 && unitOf(unit, context)?.kind === "ace"
		? undefined
		: failed("not_supported", "That filament unit does not dry.");
};

const dryLimit: Guard<{ readonly target: number }> = ({ target }) =>
	target >= DRY_FROM && target <= DRY_TO
		? undefined
		: failed("out_of_range", `That unit dries at ${DRY_FROM} to ${DRY_TO} °C.`);

export const unitCommands: CommandTable = Object.freeze({
	/** `target` in °C. The unit does not want to know what it dries. */
	dry_start: entry({
		fields: {
			unit: whole(0, 255),
			material: optional(text(1, 32)),
			target: whole(0, HOTTEST),
			hours: whole(1, LONGEST_DRYING),
		},
		guards: [notSeries2, unitExists, canDry, dryLimit],
		build: ({ unit, target, hours }, { modelId }) =>
			box("setDry", boxOfUnit(modelId, unit), {
				drying_status: { status: 1, target_temp: target, duration: hours * MINUTES_PER_HOUR },
			}),
	}),
	dry_stop: entry({
		fields: { unit: whole(0, 255) },
		guards: [notSeries2, unitExists, canDry],
		build: ({ unit }, { modelId }) =>
			box("setDry", boxOfUnit(modelId, unit), { drying_status: { status: 0 } }),
	}),
	/** Whether it feeds by itself a spool that is put in. */
	auto_feed: entry({
		fields: { unit: whole(0, 255), on: flag },
		guards: [notSeries2, unitExists],
		build: ({ unit, on }, { modelId }) =>
			box("setAutoFeed", boxOfUnit(modelId, unit), { auto_feed: on ? 1 : 0 }),
	}),
});

function box(action: string, id: number, fields: Readonly<Record<string, unknown>>): Message {
	return { type: "multiColorBox", action, data: { multi_color_box: [{ id, ...fields }] }, answer: ANSWER };
}
