// Wishes that were sent and whose effect is awaited: judged by what the heater says, and by the time.

import type { HeaterReport } from "./heater-messages";
import type { RemoteRefusal, RemoteResult } from "./remote-breath-state";
import { type Expectation, isMet } from "./wish-frames";

/** Sliders send many; who sends more is wrong. */
const MAX_AWAITED = 8;
/** What a heater does, it says within this time; a snapshot asked for later is its last word. */
export const SETTLED_MS = 1_500;
export const GIVE_UP_MS = 10_000;

export interface Awaited {
	readonly isOff: boolean;
	readonly wantsHeat: boolean;
	readonly expected: Expectation;
	/** Of these fields it has to be said anew: they may have been changed at the heater without a word. */
	readonly unheard: Set<keyof HeaterReport>;
	readonly sentAtMs: number;
	readonly resolve: (result: RemoteResult) => void;
}

/** Pushes of stock firmware say nothing of other fields, so that these count as they are known. */
const SAID_ANEW: readonly (keyof HeaterReport)[] = Object.freeze(["on", "dryingRunning"] as const);

const WORDS: Readonly<Record<Exclude<RemoteRefusal, "not_supported">, string>> = Object.freeze({
	unreachable: "The heater is not reached, so that nothing was changed.",
	locked:
		"The heater asks for its password: unlock its WebSocket on its own page. It can be turned off all the same.",
	refused: "The heater was told, and does something else. Its own page says why.",
	no_answer: "The heater was told, and has not said what it does. Look at it.",
	superseded: "A later wish came first.",
	busy: "Other wishes still wait for the heater. Try again soon.",
});
const OFF_NO_ANSWER = "The heater has not said that it is off. Look at it, and pull its plug if it heats.";

export function refusal(code: keyof typeof WORDS): RemoteResult {
	return { ok: false, code, message: WORDS[code] };
}

export class AwaitedWishes {
	private awaited: Awaited[] = [];

	get isFull(): boolean {
		return this.awaited.length >= MAX_AWAITED;
	}

	get size(): number {
		return this.awaited.length;
	}

	/** The last "off" that is not confirmed. */
	get off(): Awaited | undefined {
		return this.awaited.findLast(({ isOff }) => isOff);
	}

	/** When the oldest one was sent. */
	get oldestAtMs(): number | undefined {
		return this.awaited[0]?.sentAtMs;
	}

	add(wish: Omit<Awaited, "resolve" | "unheard">): Promise<RemoteResult> {
		const unheard = new Set(SAID_ANEW.filter((name) => name in wish.expected));
		// Of drying, off says nothing that "off" does not.
		if (wish.isOff) unheard.delete("dryingRunning");
		return new Promise((resolve) => void this.awaited.push({ ...wish, unheard, resolve }));
	}

	/** Off ends what was to heat, and what is to heat ends an off that is still being repeated. */
	supersede(by: { isOff: boolean; wantsHeat: boolean }): void {
		this.end(refusal("superseded"), (wish) => (by.isOff && !wish.isOff) || (by.wantsHeat && wish.isOff));
		// Everybody may say "off" as often as they like, also without the password.
		const oldest = by.isOff && this.isFull ? this.awaited[0] : undefined;
		if (oldest) this.end(refusal("superseded"), (wish) => wish === oldest);
	}

	/** The heater has said something. */
	heard(report: HeaterReport, told: readonly (keyof HeaterReport)[]): void {
		for (const { unheard } of this.awaited) for (const name of told) unheard.delete(name);
		this.end({ ok: true }, ({ unheard, expected }) => unheard.size === 0 && isMet(expected, report));
	}

	/** It has said everything, and was asked for that, or connected to, at that time. Off is rather repeated. */
	heardAll(askedAtMs: number): void {
		this.end(refusal("refused"), ({ isOff, sentAtMs }) => !isOff && askedAtMs >= sentAtMs + SETTLED_MS);
	}

	locked(): void {
		this.end(refusal("locked"), ({ isOff }) => !isOff);
	}

	/** The connection that took them is lost. Off is still repeated. */
	lost(): void {
		this.end(refusal("no_answer"), ({ isOff }) => !isOff);
	}

	expire(nowMs: number): void {
		const isLate = ({ sentAtMs }: Awaited): boolean => nowMs - sentAtMs >= GIVE_UP_MS;
		this.end({ ok: false, code: "no_answer", message: OFF_NO_ANSWER }, (wish) => wish.isOff && isLate(wish));
		this.end(refusal("no_answer"), isLate);
	}

	/** Nobody waits any longer. */
	clear(): void {
		this.end(refusal("no_answer"), () => true);
	}

	private end(result: RemoteResult, isEnded: (wish: Awaited) => boolean): void {
		const ended = this.awaited.filter(isEnded);
		if (ended.length === 0) return;
		this.awaited = this.awaited.filter((wish) => !ended.includes(wish));
		for (const { resolve } of ended) resolve(result);
	}
}
