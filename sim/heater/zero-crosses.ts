// The zero crosses of the mains as the board's detector sees them: one each half-wave, on a grid of time.

export class ZeroCrosses {
	readonly #halfWaveMs: number;
	/** Since when they come; `undefined` while they do not. */
	#since: number | undefined;
	/** The last that counted before they stopped. */
	#lastBefore: number | undefined;

	/** `hertz` is the mains' frequency, of which each wave has two. */
	constructor(hertz: number) {
		this.#halfWaveMs = 500 / hertz;
	}

	get halfWaveMs(): number {
		return this.#halfWaveMs;
	}

	/** The detector sees them, or no longer does, from `nowMs` on. */
	setVisible(visible: boolean, nowMs: number): void {
		if (visible === (this.#since !== undefined)) return;
		this.#lastBefore = this.lastAt(nowMs);
		this.#since = visible ? nowMs : undefined;
	}

	/** The chip starts anew and knows of none that came before. */
	forget(nowMs: number): void {
		this.#lastBefore = undefined;
		if (this.#since !== undefined) this.#since = nowMs;
	}

	/** When the last one came that was a half-wave after another; `undefined` when there was none. */
	lastAt(nowMs: number): number | undefined {
		const first = this.#firstThatCounts();
		if (first === undefined || nowMs < first) return this.#lastBefore;
		return first + Math.floor((nowMs - first) / this.#halfWaveMs) * this.#halfWaveMs;
	}

	/** When the next one comes that counts, later than `nowMs`; `undefined` while they do not come. */
	nextAt(nowMs: number): number | undefined {
		const first = this.#firstThatCounts();
		if (first === undefined || nowMs < first) return first;
		return first + (Math.floor((nowMs - first) / this.#halfWaveMs) + 1) * this.#halfWaveMs;
	}

	/** The first to come has none before it. */
	#firstThatCounts(): number | undefined {
		if (this.#since === undefined) return undefined;
		return (Math.floor(this.#since / this.#halfWaveMs) + 2) * this.#halfWaveMs;
	}
}
