// A line of readings over time, with the target as a second one; drawn with soft edges, a gap where nothing is known.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import { withAlpha } from "../look/color";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

/** Readings from old to new; NaN is not known. Read while drawing, so it must not allocate. */
export interface Series {
	readonly length: number;
	value(index: number): number;
	/** What was aimed at; 0 is nothing. */
	target?(index: number): number;
}

export interface SparklineOptions<View> extends Place {
	readonly series: Series;
	/** Counts up with each new reading: it is drawn again when it is another. */
	readonly count: Read<View, number>;
	/** Readings shown at most; the last ones. */
	readonly most: number;
	readonly tone?: Tone;
	/** Least range from bottom to top, so that noise does not look like a storm; 10 by default. */
	readonly leastRange?: number;
}

export function sparkline<View>(kit: Kit<View>, options: SparklineOptions<View>): Content {
	const behavior = new SparklineBehavior(kit.look, options);
	const port = new Port(null, { ...placeOf(options), behavior });
	kit.follow(options.count, () => port.invalidate());
	return port;
}

/** px of the line's own height. */
const STROKE = 2;
/** px: what is drawn at once. Narrower ones cost more commands than they are seen. */
const COLUMN = 2;
/** Steps of a px in which its edges are soft. */
const SOFT = 4;

class SparklineBehavior extends Behavior {
	private look: Look;
	private series: Series;
	private most: number;
	private color: string;
	/** The same, one SOFTth of it and more. */
	private softColors: readonly string[];
	private leastRange: number;
	private low = 0;
	private high = 1;
	/** Of the column that is looked at, from its highest place to its lowest, in SOFTths of a px. */
	private top = Number.NaN;
	private bottom = Number.NaN;

	constructor(
		look: Look,
		options: {
			readonly series: Series;
			readonly most: number;
			readonly tone?: Tone;
			readonly leastRange?: number;
		},
	) {
		super();
		const color = look.color(options.tone ?? "heat");
		this.look = look;
		this.series = options.series;
		this.most = options.most;
		this.color = color;
		this.softColors = Array.from({ length: SOFT }, (_, part) => withAlpha(color, part / SOFT));
		this.leastRange = options.leastRange ?? 10;
	}

	override onDraw(port: Port): void {
		const { theme } = this.look;
		port.fillColor(theme.line, 0, port.height - 1, port.width, 1);
		const { length } = this.series;
		const first = Math.max(0, length - this.most);
		if (!this.scale(first, length)) return;
		const step = port.width / this.most;
		const offset = port.width - (length - first) * step;
		this.drawTarget(port, first, length, offset, step);
		// Columns that look the same are drawn as one.
		let left = 0;
		let top = Number.NaN;
		let bottom = Number.NaN;
		for (let x = Math.max(0, Math.floor(offset)); x < port.width; x += COLUMN) {
			const from = first + (x - offset) / step - 0.5;
			this.measure(port, from, from + COLUMN / step, first, length - 1);
			if (this.top === top && this.bottom === bottom) continue;
			this.drawColumns(port, left, x - left, top, bottom);
			left = x;
			top = this.top;
			bottom = this.bottom;
		}
		this.drawColumns(port, left, port.width - left, top, bottom);
	}

	private drawTarget(port: Port, first: number, length: number, offset: number, step: number): void {
		const color = this.look.theme.muted;
		let start = first;
		for (let index = first + 1; index <= length; index++) {
			const target = this.targetAt(start);
			if (index < length && this.targetAt(index) === target) continue;
			const left = Math.round(offset + (start - first) * step);
			const width = Math.round(offset + (index - first) * step) - left;
			if (target > 0) port.fillColor(color, left, Math.round(this.place(port, target)), width, 1);
			start = index;
		}
	}

	/** What the line covers between two places in the readings, of which each stands in the middle of its own time. */
	private measure(port: Port, from: number, to: number, first: number, last: number): void {
		let low = this.valueAt(from, first, last);
		let high = this.valueAt(to, first, last);
		if (Number.isNaN(low)) low = high;
		if (Number.isNaN(high)) high = low;
		if (low > high) {
			const lower = high;
			high = low;
			low = lower;
		}
		const end = Math.min(last, Math.floor(to));
		for (let index = Math.max(first, Math.ceil(from)); index <= end; index++) {
			const value = this.series.value(index);
			if (Number.isNaN(value)) continue;
			if (!(value >= low)) low = value;
			if (!(value <= high)) high = value;
		}
		this.top = Math.round(this.place(port, high) * SOFT);
		this.bottom = Math.round(this.place(port, low) * SOFT) + STROKE * SOFT;
	}

	/** Between two readings on the way from one to the other. */
	private valueAt(place: number, first: number, last: number): number {
		const held = Math.min(last, Math.max(first, place));
		const index = Math.floor(held);
		const value = this.series.value(index);
		return held === index ? value : value + (this.series.value(index + 1) - value) * (held - index);
	}

	/** Its upper and its lower edge are soft where they lie within a px. */
	private drawColumns(port: Port, left: number, width: number, top: number, bottom: number): void {
		if (Number.isNaN(top)) return;
		const first = Math.ceil(top / SOFT);
		const last = Math.floor(bottom / SOFT);
		const above = first * SOFT - top;
		const below = bottom - last * SOFT;
		if (above > 0) port.fillColor(this.softColors[above] ?? this.color, left, first - 1, width, 1);
		port.fillColor(this.color, left, first, width, last - first);
		if (below > 0) port.fillColor(this.softColors[below] ?? this.color, left, last, width, 1);
	}

	private place(port: Port, value: number): number {
		const share = (value - this.low) / (this.high - this.low);
		return (1 - share) * (port.height - STROKE - 2) + 1;
	}

	private targetAt(index: number): number {
		return this.series.target?.(index) ?? 0;
	}

	/** False when nothing is known. */
	private scale(first: number, length: number): boolean {
		let low = Number.POSITIVE_INFINITY;
		let high = Number.NEGATIVE_INFINITY;
		for (let index = first; index < length; index++) {
			const value = this.series.value(index);
			if (!Number.isNaN(value)) {
				low = Math.min(low, value);
				high = Math.max(high, value);
			}
			const target = this.targetAt(index);
			if (target > 0) {
				low = Math.min(low, target);
				high = Math.max(high, target);
			}
		}
		if (low > high) return false;
		const missing = Math.max(0, this.leastRange - (high - low)) / 2;
		this.low = low - missing;
		this.high = high + missing;
		return true;
	}
}
