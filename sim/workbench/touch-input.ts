// Touches that a browser sends: only what a finger could have done on that screen reaches the panel.

import type { Clock } from "../../modules/platform/clock";

export type TouchPhase = "began" | "moved" | "ended" | "cancelled";

export interface Touch {
	phase: TouchPhase;
	/** The browser's number of the finger. */
	id: number;
	/** Pixels of the panel. */
	x: number;
	y: number;
}

export interface TouchInputOptions {
	clock: Clock;
	width: number;
	height: number;
	/** The fingers of all browsers. */
	fingers: FingerBoard;
	touch(phase: TouchPhase, finger: number, x: number, y: number): void;
}

/** As many as the panel's own touch controller tells apart. */
export const MOST_FINGERS = 5;
const MOST_IDS = 32;
const MOST_CHARACTERS = 128;
/** A mouse moves 125 to 1,000 times a second, of which a page sends one for each picture. */
const MOST_A_SECOND = 300;
/** Whoever sends so many is no page of ours. */
const HOSTILE_A_SECOND = 2_000;
const PHASES: readonly unknown[] = ["began", "moved", "ended", "cancelled"] satisfies TouchPhase[];

/** Which of the panel's fingers are in use, whoever uses them. */
export class FingerBoard {
	readonly #taken = new Set<number>();

	/** `undefined` when all are down. */
	take(): number | undefined {
		for (let finger = 0; finger < MOST_FINGERS; finger++) {
			if (this.#taken.has(finger)) continue;
			this.#taken.add(finger);
			return finger;
		}
		return undefined;
	}

	release(finger: number): void {
		this.#taken.delete(finger);
	}
}

interface Down {
	finger: number;
	x: number;
	y: number;
}

/** Of one browser. */
export class TouchInput {
	readonly #options: TouchInputOptions;
	/** By the browser's number. */
	readonly #down = new Map<number, Down>();
	#secondBegan: number;
	#count = 0;

	constructor(options: TouchInputOptions) {
		this.#options = options;
		this.#secondBegan = options.clock.now();
	}

	/** Never throws for what was sent. Returns false when nobody should listen to that browser any more. */
	take(text: string): boolean {
		const now = this.#options.clock.now();
		if (now - this.#secondBegan >= 1_000) {
			this.#secondBegan = now;
			this.#count = 0;
		}
		this.#count++;
		if (this.#count > HOSTILE_A_SECOND) return false;
		const touch = readTouch(text);
		if (touch) this.apply(touch, this.#count > MOST_A_SECOND);
		return true;
	}

	/** The browser is gone, and with it its fingers. May be called any number of times. */
	cancel(): void {
		for (const [id, { x, y }] of [...this.#down]) this.lift("cancelled", id, x, y);
	}

	private apply({ phase, id, x, y }: Touch, isTooMany: boolean): void {
		const { width, height } = this.#options;
		const down = this.#down.get(id);
		if (phase === "cancelled" && down) this.lift(phase, id, down.x, down.y);
		if (phase === "cancelled" || x < 0 || y < 0 || x >= width || y >= height) return;
		if (phase === "began") {
			if (!down && !isTooMany) this.begin(id, x, y);
		} else if (!down) {
			return;
		} else if (phase === "ended") {
			// Never left out: a finger that stays down would hold the panel.
			this.lift(phase, id, x, y);
		} else if (!isTooMany && (down.x !== x || down.y !== y)) {
			down.x = x;
			down.y = y;
			this.#options.touch(phase, down.finger, x, y);
		}
	}

	private begin(id: number, x: number, y: number): void {
		const { fingers, touch } = this.#options;
		const finger = fingers.take();
		if (finger === undefined) return;
		this.#down.set(id, { finger, x, y });
		touch("began", finger, x, y);
	}

	private lift(phase: "ended" | "cancelled", id: number, x: number, y: number): void {
		const down = this.#down.get(id);
		if (!down) return;
		const { fingers, touch } = this.#options;
		this.#down.delete(id);
		// Free again also if the panel does not like it.
		fingers.release(down.finger);
		touch(phase, down.finger, x, y);
	}
}

/** `{ "touch": phase, "id": number, "x": number, "y": number }`; `undefined` for anything else. */
export function readTouch(text: string): Touch | undefined {
	if (text.length > MOST_CHARACTERS) return undefined;
	let message: unknown;
	try {
		message = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (typeof message !== "object" || message === null) return undefined;
	const { touch: phase, id, x, y } = message as Record<string, unknown>;
	if (!PHASES.includes(phase) || !isWhole(id) || id < 0 || id >= MOST_IDS || !isWhole(x) || !isWhole(y))
		return undefined;
	return { phase: phase as TouchPhase, id, x, y };
}

function isWhole(value: unknown): value is number {
	return Number.isInteger(value);
}
