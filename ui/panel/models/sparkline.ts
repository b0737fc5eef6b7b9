// The chamber's last hour as points for a small chart.

import type { HeaterHistory } from "../device";

export interface Sparkline {
	/** Oldest first: °C, or NaN where there was no reading. */
	readonly chamber: readonly number[];
	/** °C; 0 is no heat. */
	readonly target: readonly number[];
	/** What the chart reaches from and to, in °C; both whole tens. */
	readonly low: number;
	readonly high: number;
}

const HOUR_SECONDS = 3600;
const STEP = 10;

/** To be made anew when {@link HeaterHistory.count} has changed. */
export function sparkline(history: HeaterHistory, seconds = HOUR_SECONDS): Sparkline {
	const wanted = Math.max(1, Math.floor(seconds / history.intervalSeconds));
	const chamber: number[] = [];
	const target: number[] = [];
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (let index = Math.max(0, history.length - wanted); index < history.length; index++) {
		const value = history.chamber(index);
		const aim = history.target(index);
		chamber.push(value);
		target.push(aim);
		if (Number.isFinite(value)) {
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		if (aim > 0) high = Math.max(high, aim);
	}
	if (high < low) return { chamber, target, low: 20, high: 60 };
	const from = Math.floor(Math.min(low, high) / STEP) * STEP;
	return { chamber, target, low: from, high: Math.max(from + STEP, Math.ceil(high / STEP) * STEP) };
}
