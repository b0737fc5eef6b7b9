// What is to be drawn again: a union of rectangles, kept as bands from top to bottom, each of segments.

import type { Rectangle } from "../drawing/interface";

interface Band {
	readonly top: number;
	readonly bottom: number;
	/** left, right, left, right …; neither touching nor overlapping. */
	readonly segments: readonly number[];
}

/** Numbers that Piu needs for the box of a region, its length and its last line. */
const HEADER_LENGTH = 7;

export class RegionOverflow extends Error {}

export class Region {
	readonly #width: number;
	readonly #height: number;
	readonly #mostNumbers: number;
	#bands: Band[] = [];

	/** `mostNumbers`: how much of a region Piu keeps (`regionLength`). */
	constructor(width: number, height: number, mostNumbers: number) {
		this.#width = width;
		this.#height = height;
		this.#mostNumbers = mostNumbers;
	}

	get empty(): boolean {
		return this.#bands.length === 0;
	}

	/** The least rectangle around it; no size if there is nothing. */
	get box(): Rectangle {
		const first = this.#bands[0];
		const last = this.#bands.at(-1);
		if (first === undefined || last === undefined) return { x: 0, y: 0, width: 0, height: 0 };
		let left = this.#width;
		let right = 0;
		for (const { segments } of this.#bands) {
			left = Math.min(left, segments[0] ?? left);
			right = Math.max(right, segments.at(-1) ?? right);
		}
		return { x: left, y: first.top, width: right - left, height: last.bottom - first.top };
	}

	/** Without overlap, from top to bottom and from left to right. */
	get rectangles(): Rectangle[] {
		const rectangles: Rectangle[] = [];
		for (const { top, bottom, segments } of this.#bands) {
			for (let at = 0; at + 1 < segments.length; at += 2) {
				const x = segments[at] ?? 0;
				rectangles.push({ x, y: top, width: (segments[at + 1] ?? x) - x, height: bottom - top });
			}
		}
		return rectangles;
	}

	clear(): void {
		this.#bands = [];
	}

	addAll(): void {
		this.#bands = [{ top: 0, bottom: this.#height, segments: [0, this.#width] }];
	}

	/** Throws `RegionOverflow` where a device would run out of `regionLength`. */
	add({ x, y, width, height }: Rectangle): void {
		const left = clamp(x, this.#width);
		const right = clamp(x + width, this.#width);
		const top = clamp(y, this.#height);
		const bottom = clamp(y + height, this.#height);
		if (left >= right || top >= bottom) return;
		const lines = new Set([top, bottom]);
		for (const band of this.#bands) lines.add(band.top).add(band.bottom);
		const edges = [...lines].sort((a, b) => a - b);
		const bands: Band[] = [];
		for (let at = 0; at + 1 < edges.length; at++) {
			const from = edges[at] ?? 0;
			const to = edges[at + 1] ?? from;
			const former = this.#bands.find((band) => band.top <= from && to <= band.bottom)?.segments ?? [];
			const inside = top <= from && to <= bottom;
			push(bands, { top: from, bottom: to, segments: inside ? joined(former, left, right) : former });
		}
		if (numbersOf(bands) > this.#mostNumbers) {
			throw new RegionOverflow(
				`the dirty region needs ${numbersOf(bands)} numbers, regionLength is ${this.#mostNumbers}`,
			);
		}
		this.#bands = bands;
	}
}

function clamp(value: number, most: number): number {
	return Math.min(Math.max(value, 0), most);
}

/** Bands that follow each other with the same segments are one. */
function push(bands: Band[], band: Band): void {
	if (band.segments.length === 0) return;
	const last = bands.at(-1);
	const same =
		last !== undefined &&
		last.bottom === band.top &&
		last.segments.length === band.segments.length &&
		last.segments.every((edge, index) => edge === band.segments[index]);
	if (same) bands[bands.length - 1] = { ...last, bottom: band.bottom };
	else bands.push(band);
}

function joined(segments: readonly number[], left: number, right: number): number[] {
	const result: number[] = [];
	let from = left;
	let to = right;
	let placed = false;
	for (let at = 0; at + 1 < segments.length; at += 2) {
		const start = segments[at] ?? 0;
		const end = segments[at + 1] ?? start;
		if (end < from) result.push(start, end);
		else if (to < start) {
			if (!placed) result.push(from, to);
			placed = true;
			result.push(start, end);
		} else {
			from = Math.min(from, start);
			to = Math.max(to, end);
		}
	}
	if (!placed) result.push(from, to);
	return result;
}

/** As Piu counts: two for each band and each gap between bands, two for each segment. */
function numbersOf(bands: readonly Band[]): number {
	let numbers = HEADER_LENGTH;
	let bottom = bands[0]?.top;
	for (const band of bands) {
		if (band.top !== bottom) numbers += 2;
		numbers += 2 + band.segments.length;
		bottom = band.bottom;
	}
	return numbers;
}
