// How Spoolman is, what waits to be written to it, and how it is set up.

import type { DeviceState, SpoolFailureCode, SpoolmanStatus, SpoolsChanges } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { weight } from "../words/format";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { gramsText } from "./spool-slots";
import type { Tone } from "./tone";

type Spools = DeviceState["spools"];

export interface SpoolmanView {
	/** "Connected, version 0.26.1", or what is wrong. */
	readonly status: string;
	readonly statusTone: Tone;
	/** What is wrong and what to do, or what was not written; "" when all is well. */
	readonly help: string;
	/** "12 g, 2 spools", or "nothing". */
	readonly waiting: string;
	readonly waitingTone: Tone;
	/** Why Spoolman cannot be asked anew, in words; "" when it can. */
	readonly retryWhy: string;
	/** Why there is nothing to be thrown away; "" when there is. */
	readonly discardWhy: string;
	readonly discard: Question;
	readonly url: string;
	/** As it is shown: without what stands before the host. */
	readonly shownUrl: string;
	readonly apiKey: string;
	readonly source: "job" | "remain";
	readonly sourceText: string;
	readonly lowGrams: number;
	/** "50 g", or "never". */
	readonly low: string;
}

export function spoolmanView({ state, words, device }: ModelInput): SpoolmanView {
	const { spools } = state;
	const text = words.spoolman;
	const setup = device.spools?.setup() ?? { url: "", hasApiKey: false, source: "job", lowGrams: 0 };
	const { waiting, refused } = spools ?? {};
	const isSetUp = spools !== undefined && spools.spoolman.state !== "not_set_up";
	const isThere = waiting !== undefined || refused !== undefined;
	const amount = gramsText(words, waiting?.grams ?? refused?.grams);
	return {
		status: spools?.spoolman.state === "failed" ? text.failed : spoolmanState(words, spools).spoolman,
		statusTone: spoolmanState(words, spools).spoolmanTone,
		help: helpText(words, spools),
		waiting: waitingText(words, spools),
		waitingTone: waiting === undefined && refused === undefined ? "muted" : "warn",
		retryWhy: isSetUp ? "" : words.spools.error_not_set_up,
		discardWhy: isThere ? "" : words.spools.error_nothing_to_do,
		discard: {
			title: fill(text.discardQuestion, { amount }),
			text: text.discardText,
			yes: text.discardYes,
			no: words.common.cancel,
			isDangerous: true,
		},
		url: setup.url,
		shownUrl: withoutScheme(setup.url) || words.common.unknown,
		apiKey: setup.hasApiKey ? text.entered : text.none,
		source: setup.source,
		sourceText: text[`sourceText_${setup.source}`],
		lowGrams: setup.lowGrams,
		low: setup.lowGrams === 0 ? text.lowNever : weight(words, setup.lowGrams),
	};
}

/** In a few words. */
export function spoolmanState(words: Words, spools: Spools): { spoolman: string; spoolmanTone: Tone } {
	const { spoolman: text } = words;
	if (spools === undefined) return { spoolman: words.common.unknown, spoolmanTone: "muted" };
	const { state, version, error } = spools.spoolman;
	switch (state) {
		case "not_set_up":
			return { spoolman: words.spools.notConnected, spoolmanTone: "muted" };
		case "connecting":
			return { spoolman: text.connecting, spoolmanTone: "muted" };
		case "ready":
			return {
				spoolman: version === undefined ? text.ready : fill(text.readyVersion, { version }),
				spoolmanTone: "muted",
			};
		default:
			return {
				spoolman: error === undefined ? text.failed : failureOf(words, error),
				spoolmanTone: "warn",
			};
	}
}

/** As the state of the connection: that something may have been done all the same is not about it. */
function failureOf({ spools }: Words, error: NonNullable<SpoolmanStatus["error"]>): string {
	return error === "timeout" ? spools.error_unreachable : spools[`error_${error}`];
}

/** In one or two words, where there is room for no more. */
export function spoolmanShort(words: Words, spools: Spools): string {
	const { failed, ready } = words.spoolman;
	const state = spools?.spoolman.state;
	if (state === "failed") return failed;
	return state === "ready" ? ready : spoolmanState(words, spools).spoolman;
}

/** The firmware's own words say more; another language has what its code means. */
export function spoolFailure(
	words: Words,
	{ code, message }: { readonly code: SpoolFailureCode; readonly message: string },
): string {
	return words.language.code === "en" ? message : words.spools[`error_${code}`];
}

/** What a person typed, without what stands around it. */
export function urlChange(text: string): SpoolsChanges {
	return { url: text.trim() };
}

function helpText(words: Words, spools: Spools): string {
	if (spools === undefined) return "";
	const { refused, spoolman } = spools;
	if (spoolman.state === "failed" && spoolman.error !== undefined)
		return words.language.code === "en" && spoolman.help ? spoolman.help : failureOf(words, spoolman.error);
	if (refused === undefined) return "";
	return words.language.code === "en" ? refused.message : words.spoolman.refusedHelp;
}

function waitingText(words: Words, spools: Spools): string {
	const { spoolman: text } = words;
	const { waiting, refused } = spools ?? {};
	if (waiting === undefined && refused !== undefined)
		return fill(text.refused, { amount: gramsText(words, refused.grams), n: refused.spoolId });
	if (waiting === undefined) return text.waitingNone;
	const amount = gramsText(words, waiting.grams);
	return waiting.spools === 1
		? fill(text.waitingOne, { amount })
		: fill(text.waitingMany, { amount, n: waiting.spools });
}

/** "192.168.1.20:7912": there is little room. */
export function withoutScheme(url: string): string {
	const at = url.indexOf("://");
	return at < 0 ? url : url.slice(at + 3);
}
