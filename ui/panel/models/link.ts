// How the connection to a printer is, and how old what is shown of it.

import type { PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { age, duration, isKnown, type Moment } from "../words/format";
import { fill } from "../words/texts";
import type { Tone } from "./tone";

export interface LinkView {
	/** "online" */
	readonly text: string;
	readonly tone: Tone;
	/** What is shown of the printer may no longer be so: it is greyed. */
	readonly isOld: boolean;
	/** What is wrong and what to do; "" when nothing is. */
	readonly message: string;
	/** Of a printer that is looked at now and then: "heard 40 s ago"; else "". */
	readonly watch: string;
}

/** Between two looks a polled printer is taken to be as it was. */
const LOOKS_MISSED = 2;

export function linkView(words: Words, printer: PrinterOfState, now: Moment): LinkView {
	const { link, watch } = printer;
	const seconds = ageOf(printer, now);
	const isOld = isOldPrinter(printer, now);
	return {
		text: words.link[link],
		tone: link === "online" ? "accent" : link === "connecting" ? "muted" : "warn",
		isOld,
		message: isOld || printer.linkError !== undefined ? messageOf(words, printer, seconds) : "",
		watch: watch === "polled" ? watchText(words, printer, seconds) : "",
	};
}

/** What is shown of it may no longer be so. */
export function isOldPrinter(printer: PrinterOfState, now: Moment): boolean {
	return printer.link !== "online" || isForgotten(printer, ageOf(printer, now));
}

function ageOf({ heardAtSeconds }: PrinterOfState, { uptimeSeconds }: Moment): number | undefined {
	if (!isKnown(heardAtSeconds) || !isKnown(uptimeSeconds)) return undefined;
	return Math.max(0, uptimeSeconds - heardAtSeconds);
}

function isForgotten({ watch, lookSeconds }: PrinterOfState, seconds: number | undefined): boolean {
	if (watch !== "polled" || !isKnown(lookSeconds)) return false;
	return seconds === undefined || seconds > LOOKS_MISSED * lookSeconds;
}

function messageOf(words: Words, printer: PrinterOfState, seconds: number | undefined): string {
	const { link, linkError, linkHelp, name, host, serial } = printer;
	if (linkError !== undefined) {
		// The firmware's own words say more, and only in English.
		if (words.language.code === "en" && linkHelp) return linkHelp;
		return fill(words.link[linkError], { host, serial });
	}
	const known = seconds === undefined ? undefined : { age: age(words, seconds) };
	if (link === "connecting") return fill(words.link.connectingNow, { name });
	if (link === "offline")
		return known === undefined ? words.link.offlineNever : fill(words.link.offlineSince, known);
	return known === undefined ? words.link.lastSeenUnknown : fill(words.link.lastSeen, known);
}

function watchText(words: Words, { lookSeconds }: PrinterOfState, seconds: number | undefined): string {
	if (seconds !== undefined) return fill(words.link.heardAgo, { age: age(words, seconds) });
	return isKnown(lookSeconds) ? fill(words.link.lookedAt, { every: duration(words, lookSeconds) }) : "";
}
