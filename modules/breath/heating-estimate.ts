// How long until the chamber is warm, from how fast it got warmer in the last minutes.

const SAMPLE_INTERVAL_MS = 10_000;
/** Three minutes. */
const SAMPLES = 19;
/** The first minutes say little: the element gets warm, then the air, and only then the walls. */
const FEWEST_SAMPLES = 13;
/** Below this the sensor's noise is most of it. */
const SLOWEST_PER_MINUTE = 0.1;
const LONGEST_MINUTES = 180;
/** The share that each further sample has: noise would make it jump by minutes. */
const SMOOTHING = 0.2;

export class HeatingEstimate {
	private readonly samples = new Float32Array(SAMPLES);
	private count = 0;
	private lastMs = 0;
	/** When the chamber is going to be warm, as far as is known; and for which target. */
	private arrivalMs: number | undefined;
	private target = 0;
	private isNew = false;

	/** The chamber's temperature while it is being heated towards a target. */
	add(chamber: number, nowMs: number): void {
		if (this.count > 0 && nowMs - this.lastMs < SAMPLE_INTERVAL_MS) return;
		this.lastMs = nowMs;
		if (this.count === SAMPLES) this.samples.copyWithin(0, 1);
		else this.count++;
		this.samples[this.count - 1] = chamber;
		this.isNew = true;
	}

	/** What came before is no measure of what comes now. */
	reset(): void {
		this.count = 0;
		this.arrivalMs = undefined;
	}

	/** Whole minutes, in steps of five from 20 on; `undefined` when nothing sensible can be said. */
	minutesTo(target: number): number | undefined {
		if (target !== this.target) this.arrivalMs = undefined;
		if (this.isNew || target !== this.target) this.foresee(target);
		this.isNew = false;
		this.target = target;
		if (this.arrivalMs === undefined) return undefined;
		const minutes = Math.max(1, Math.ceil((this.arrivalMs - this.lastMs) / 60_000));
		return minutes < 20 ? minutes : Math.round(minutes / 5) * 5;
	}

	private foresee(target: number): void {
		const minutes = this.minutesAsOfNow(target);
		if (minutes === undefined) {
			this.arrivalMs = undefined;
			return;
		}
		const arrivalMs = this.lastMs + minutes * 60_000;
		const before = this.arrivalMs ?? arrivalMs;
		this.arrivalMs = before + (arrivalMs - before) * SMOOTHING;
	}

	private minutesAsOfNow(target: number): number | undefined {
		if (this.count < FEWEST_SAMPLES) return undefined;
		const half = Math.floor((this.count - 1) / 2);
		const newest = this.count - 1;
		const last = this.at(newest);
		const halfMinutes = (half * SAMPLE_INTERVAL_MS) / 60_000;
		const gain = last - this.at(newest - half);
		const gainBefore = this.at(newest - half) - this.at(newest - 2 * half);
		if (gain < SLOWEST_PER_MINUTE * halfMinutes || target <= last) return undefined;
		const halves = halvesUntil(target - last, gain, Math.min(1, gain / Math.max(gain, gainBefore)));
		const minutes = halves * halfMinutes;
		return minutes <= LONGEST_MINUTES ? minutes : undefined;
	}

	private at(index: number): number {
		return this.samples[index] ?? 0;
	}
}

/**
 * How many more steps until `missing` is gained, when the last step gained `gain` and each gains `ratio` times what the
 * one before it did: losses grow with the temperature. `Infinity` or NaN when it is never gained that way.
 */
function halvesUntil(missing: number, gain: number, ratio: number): number {
	if (ratio > 0.98) return missing / gain;
	// gain · (ratio + ratio² + … + ratioⁿ) = missing
	return Math.log(1 - (missing * (1 - ratio)) / (gain * ratio)) / Math.log(ratio);
}
