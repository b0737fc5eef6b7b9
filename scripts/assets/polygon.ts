// Polygons: curves made into short lines, and how much of each pixel they cover.

import type { Contour } from "./woff";

export interface Point {
	readonly x: number;
	readonly y: number;
}

export type Polygon = readonly Point[];

/** Alpha in 0 to 1, a row after the other. `left` and `top` say where its first pixel is. */
export interface Coverage {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	readonly alpha: Float64Array;
}

const CURVE_STEPS = 12;

/** The closed line that a contour of quadratic curves follows. */
export function flattenContour(contour: Contour): Polygon {
	const full: { x: number; y: number; on: boolean }[] = [];
	contour.forEach((point, index) => {
		const before = contour[(index + contour.length - 1) % contour.length];
		if (before && !before.on && !point.on)
			full.push({ x: (before.x + point.x) / 2, y: (before.y + point.y) / 2, on: true });
		full.push(point);
	});
	const first = full.findIndex((point) => point.on);
	if (first < 0) return [];
	const turned = [...full.slice(first), ...full.slice(0, first), ...full.slice(first, first + 1)];
	const result: Point[] = [];
	turned.forEach((point, index) => {
		if (point.on) {
			result.push({ x: point.x, y: point.y });
			return;
		}
		const from = turned[index - 1] ?? point;
		const to = turned[index + 1] ?? point;
		for (let step = 1; step < CURVE_STEPS; step++) {
			const t = step / CURVE_STEPS;
			const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
			result.push({ x: a * from.x + b * point.x + c * to.x, y: a * from.y + b * point.y + c * to.y });
		}
	});
	result.pop();
	return result;
}

/**
 * The exact share of each pixel that lies inside (y downwards, a pixel at x is from x to x + 1). Where polygons of
 * one direction overlap, the pixel counts once.
 */
export function fillPolygons(polygons: readonly Polygon[]): Coverage {
	const points = polygons.flat();
	if (points.length === 0) return { left: 0, top: 0, width: 0, height: 0, alpha: new Float64Array() };
	const left = Math.floor(Math.min(...points.map(({ x }) => x)));
	const top = Math.floor(Math.min(...points.map(({ y }) => y)));
	// One column more: a line that ends at the right edge still adds to the pixel behind it.
	const width = Math.ceil(Math.max(...points.map(({ x }) => x))) - left + 1;
	const height = Math.ceil(Math.max(...points.map(({ y }) => y))) - top;
	const sums = new Float64Array((width + 1) * height);
	for (const polygon of polygons)
		polygon.forEach((to, index) => {
			const from = polygon[(index + polygon.length - 1) % polygon.length] ?? to;
			addLine(sums, width + 1, { x: from.x - left, y: from.y - top }, { x: to.x - left, y: to.y - top });
		});
	const alpha = new Float64Array(width * height);
	for (let row = 0; row < height; row++) {
		let sum = 0;
		for (let column = 0; column < width; column++) {
			sum += sums[row * (width + 1) + column] ?? 0;
			alpha[row * width + column] = Math.min(1, Math.abs(sum));
		}
	}
	return { left, top, width, height, alpha };
}

/** Adds what a line changes, row by row: the sum from the left then is the covered share. */
function addLine(sums: Float64Array, stride: number, from: Point, to: Point): void {
	if (from.y === to.y) return;
	const direction = from.y < to.y ? 1 : -1;
	const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
	const slope = (lower.x - upper.x) / (lower.y - upper.y);
	const add = (row: number, column: number, value: number): void => {
		const at = row * stride + column;
		sums[at] = (sums[at] ?? 0) + value;
	};
	for (let row = Math.floor(upper.y); row < lower.y; row++) {
		const y0 = Math.max(upper.y, row);
		const y1 = Math.min(lower.y, row + 1);
		const height = (y1 - y0) * direction;
		if (height === 0) continue;
		const xa = upper.x + (y0 - upper.y) * slope;
		const xb = upper.x + (y1 - upper.y) * slope;
		const [x0, x1] = xa < xb ? [xa, xb] : [xb, xa];
		const first = Math.floor(x0);
		const last = Math.floor(x1);
		if (first === last) {
			const covered = 1 - ((x0 + x1) / 2 - first);
			add(row, first, height * covered);
			add(row, first + 1, height * (1 - covered));
			continue;
		}
		// The line crosses several columns: each gets the area to the right of its part of the line.
		const perColumn = height / (x1 - x0);
		for (let column = first; column <= last; column++) {
			const a = Math.max(x0, column);
			const b = Math.min(x1, column + 1);
			const whole = perColumn * (b - a);
			const here = whole * (1 - ((a + b) / 2 - column));
			add(row, column, here);
			add(row, column + 1, whole - here);
		}
	}
}
