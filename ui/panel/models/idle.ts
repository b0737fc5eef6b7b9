// When the panel sleeps, and what wakes it: a touch, a print that begins or ends, a new fault, a tag that was read.

import type { DeviceState, Preferences } from "../device";

/** Never changed in place; the same object as long as nothing has changed. */
export interface Idle {
	readonly isAsleep: boolean;
	/** A finger is on the screen. */
	readonly isTouched: boolean;
	/** When a finger was last on it. */
	readonly touchedAtMs: number;
	/** When something last happened that is worth a look. */
	readonly wokenAtMs: number | undefined;
	readonly seen: Seen;
}

type Chosen = Pick<Preferences, "brightness" | "sleepMinutes" | "wakeOnPrint">;

/** What was last known: what comes anew wakes. */
interface Seen {
	readonly printers: readonly SeenPrinter[];
	/** Code of the heater's fault, or "". */
	readonly heaterFault: string;
	/** When the last tag was held to the reader, as far as that is remembered; else -1. */
	readonly tagSeconds: number;
}

interface SeenPrinter {
	readonly id: string;
	/** `undefined` as long as the printer has not said what it is doing. */
	readonly isUnderWay: boolean | undefined;
	/** Codes; notices are none. */
	readonly faults: readonly string[];
}

/** Percent at most. */
export const ASLEEP_BRIGHTNESS = 10;
const MINUTE_MS = 60_000;
/** Nobody may be there to see what happened. */
const WOKEN_MS = MINUTE_MS;
const NOTHING: Seen = Object.freeze({ printers: Object.freeze([]), heaterFault: "", tagSeconds: -1 });

export function startIdle(nowMs: number, state?: DeviceState): Idle {
	return {
		isAsleep: false,
		isTouched: false,
		touchedAtMs: nowMs,
		wokenAtMs: undefined,
		seen: state === undefined ? NOTHING : look(NOTHING, state).seen,
	};
}

/** When it falls asleep if nothing happens; `undefined` when it does not, or is asleep already. */
export function sleepsAtMs(idle: Idle, { sleepMinutes }: Chosen): number | undefined {
	// A finger that rests for so long may have been lifted from something that was gone by then: nobody was told.
	if (idle.isAsleep || sleepMinutes === 0) return undefined;
	const rested = idle.touchedAtMs + sleepMinutes * MINUTE_MS;
	return idle.wokenAtMs === undefined ? rested : Math.max(rested, idle.wokenAtMs + WOKEN_MS);
}

export function timePassed(idle: Idle, chosen: Chosen, nowMs: number): Idle {
	if (idle.isAsleep)
		return chosen.sleepMinutes === 0 ? { ...idle, isAsleep: false, touchedAtMs: nowMs } : idle;
	const dueMs = sleepsAtMs(idle, chosen);
	return dueMs !== undefined && nowMs >= dueMs ? { ...idle, isAsleep: true, isTouched: false } : idle;
}

/** Swallowed: the touch has woken the panel, and presses nothing. */
export function touchBegan(
	idle: Idle,
	nowMs: number,
): { readonly idle: Idle; readonly isSwallowed: boolean } {
	const awake = { ...idle, isAsleep: false, isTouched: true, touchedAtMs: nowMs };
	return { idle: awake, isSwallowed: idle.isAsleep };
}

export function touchEnded(idle: Idle, nowMs: number): Idle {
	return { ...idle, isTouched: false, touchedAtMs: nowMs };
}

export function stateChanged(idle: Idle, state: DeviceState, { wakeOnPrint }: Chosen, nowMs: number): Idle {
	const { seen, isNews } = look(idle.seen, state);
	// Who holds a tag to the reader stands there.
	const isTag = seen.tagSeconds >= 0 && seen.tagSeconds !== idle.seen.tagSeconds;
	if (isTag || (isNews && wakeOnPrint)) return { ...idle, seen, isAsleep: false, wokenAtMs: nowMs };
	return seen === idle.seen ? idle : { ...idle, seen };
}

export function brightnessOf(
	{ isAsleep }: Pick<Idle, "isAsleep">,
	{ brightness }: Pick<Chosen, "brightness">,
): number {
	return isAsleep ? Math.min(ASLEEP_BRIGHTNESS, brightness) : brightness;
}

/** What is seen now, the same object when it is as before, and whether there is something worth a look. */
function look(before: Seen, state: DeviceState): { seen: Seen; isNews: boolean } {
	const heaterFault = state.breath?.fault?.code ?? "";
	let isNews = heaterFault !== "" && heaterFault !== before.heaterFault;
	const tagSeconds = (state.filamentTag ?? state.filamentTagError)?.readAtSeconds ?? -1;
	let isSame =
		heaterFault === before.heaterFault &&
		tagSeconds === before.tagSeconds &&
		state.printers.length === before.printers.length;
	const printers = state.printers.map((printer, place) => {
		const known = before.printers.find(({ id }) => id === printer.id);
		const now = lookAt(printer, known);
		if (known !== before.printers[place] || now !== known) isSame = false;
		if (known !== undefined && isWorthALook(known, now)) isNews = true;
		return now;
	});
	return isSame ? { seen: before, isNews } : { seen: { printers, heaterFault, tagSeconds }, isNews };
}

/** A printer that is lost is taken to be as it was. */
function lookAt(
	{ id, job, faults }: DeviceState["printers"][number],
	known: SeenPrinter | undefined,
): SeenPrinter {
	if (job.state === "unknown") return known ?? { id, isUnderWay: undefined, faults: [] };
	const isUnderWay = job.state === "preparing" || job.state === "printing" || job.state === "paused";
	const codes = faults.filter(({ severity }) => severity !== "info").map(({ code }) => code);
	const isSame =
		known?.isUnderWay === isUnderWay &&
		known.faults.length === codes.length &&
		codes.every((code, place) => code === known.faults[place]);
	return isSame ? known : { id, isUnderWay, faults: codes };
}

/** What is heard of for the first time is no news. */
function isWorthALook(before: SeenPrinter, now: SeenPrinter): boolean {
	if (before.isUnderWay === undefined) return false;
	return before.isUnderWay !== now.isUnderWay || now.faults.some((code) => !before.faults.includes(code));
}
