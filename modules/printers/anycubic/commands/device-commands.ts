// Commands about the printer itself: what it shall tell of, its light, and its camera's stream.

import type { LightName } from "../../capabilities";
import { failed } from "../../command";
import { optional, word } from "../../commands/fields";
import { lightKind } from "../models";
import { type Answer, type CommandContext, type CommandTable, entry, type Guard } from "./entry";
import { notSeries2 } from "./guards";

const FULL_BRIGHTNESS = 100;
/** Whatever it says of that tells what was asked for. */
const ANYTHING: Answer = Object.freeze({ showsState: true });
const DONE: Answer = Object.freeze({ states: Object.freeze(["done", "success"]), sameAction: true });

const lightExists: Guard<{ readonly light?: LightName }> = ({ light }, context) => {
	const { lights } = context.capabilities;
	if (lights.length === 0) return failed("not_supported", "This printer has no light that can be switched.");
	return kindOf(light, context) === undefined
		? failed("not_supported", `The lights of this printer are: ${lights.join(", ")}.`)
		: undefined;
};

export const deviceCommands: CommandTable = Object.freeze({
	/** Free or busy. */
	query_status: entry({
		fields: {},
		guards: [],
		build: () => ({ type: "status", action: "query", data: null, answer: ANYTHING }),
	}),
	/** The job, if there is one. */
	query_print: entry({
		fields: {},
		guards: [],
		build: () => ({ type: "print", action: "query", data: null, answer: ANYTHING }),
	}),
	/** With what the job was sliced. */
	query_slice_parameters: entry({
		fields: {},
		guards: [],
		build: () => ({ type: "print", action: "getSliceParam", data: null, answer: DONE }),
	}),
	/** Its versions. An update is never sent from here. */
	query_firmware: entry({
		fields: {},
		guards: [],
		build: () => ({ type: "ota", action: "reportVersion", data: null, answer: DONE }),
	}),
	/** Without a name, that of the chamber, or the only one. */
	light: entry({
		fields: {
			light: optional(word("chamber", "chamber_2", "work", "heatbed")),
			mode: word("on", "off"),
		},
		guards: [notSeries2, lightExists],
		build: ({ light, mode }, context) => ({
			type: "light",
			action: "control",
			data: {
				type: kindOf(light, context),
				status: mode === "on" ? 1 : 0,
				brightness: mode === "on" ? FULL_BRIGHTNESS : 0,
			},
			answer: ANYTHING,
		}),
	}),
	video_start: entry({
		fields: {},
		guards: [],
		build: () => ({
			type: "video",
			action: "startCapture",
			data: null,
			answer: { states: ["initSuccess"] },
		}),
	}),
	video_stop: entry({
		fields: {},
		guards: [],
		build: () => ({
			type: "video",
			action: "stopCapture",
			data: null,
			answer: { states: ["pushStopped"] },
		}),
	}),
});

/** The printer's number of that light; `undefined` when it has none of that name. */
function kindOf(
	light: LightName | undefined,
	{ capabilities: { lights }, modelId, lightKinds }: CommandContext,
): number | undefined {
	const named = light ?? (lights.includes("chamber") ? "chamber" : lights[0]);
	return named !== undefined && lights.includes(named) ? lightKind(modelId, named, lightKinds) : undefined;
}
