// Fits a glyph's heights to the rows of pixels: strokes that lie across get a whole row, and lines stand on one height.

import type { Point, Polygon } from "./polygon";

/** A height (pixels, upwards) that many glyphs share, and where it shall be. */
export interface Zone {
	readonly from: number;
	readonly to: number;
}

/** A stroke that lies across, from `bottom` to `top`; `weight` is how long it is. */
interface Stem {
	bottom: number;
	top: number;
	weight: number;
}

interface Edge {
	y: number;
	left: number;
	right: number;
	/** The glyph's inside is below. */
	isTop: boolean;
	weight: number;
}

interface Knot {
	readonly from: number;
	readonly to: number;
}

export interface FittingOptions {
	/** From the lowest to the highest. */
	readonly zones: readonly Zone[];
	/** Two edges further apart than this are no stroke. Pixels. */
	readonly thickest: number;
}

/** A line that rises less than this share of its length lies across. */
const FLAT = 0.12;
/** Strokes nearer than this to one whole row are made one. */
const THIN = 1.35;
/** A glyph whose end moves further than this has left its line. Pixels. */
const MOST_GROWN = 0.75;
/** Edges nearer than this are one edge, in pixels. */
const SAME = 0.3;

/** Heights moved, everything between moved along: the widths stay. y upwards, in pixels. */
export function fitHeights(polygons: readonly Polygon[], options: FittingOptions): Polygon[] {
	const zoned = warp(polygons, options.zones);
	const stems = findStems(zoned, options.thickest);
	const all = warp(zoned, placeStems(stems, options.zones));
	if (grown(zoned, all) < MOST_GROWN) return all;
	// More strokes than rows: only the outermost get whole rows, what is between them stays as it was drawn.
	const outer = warp(zoned, placeStems(outermost(stems), options.zones));
	return grown(zoned, outer) < MOST_GROWN ? outer : zoned;
}

/** How far the upper or the lower end of the drawing has moved. */
function grown(before: readonly Polygon[], after: readonly Polygon[]): number {
	const ends = (polygons: readonly Polygon[]): [number, number] => {
		const heights = polygons.flat().map(({ y }) => y);
		return [Math.min(...heights), Math.max(...heights)];
	};
	const [bottom, top] = ends(before);
	const [newBottom, newTop] = ends(after);
	return Math.max(Math.abs(newBottom - bottom), Math.abs(newTop - top));
}

function outermost(stems: readonly Stem[]): Stem[] {
	const first = stems[0];
	const last = stems.at(-1);
	return first && last && first !== last ? [first, last] : [];
}

function warp(polygons: readonly Polygon[], knots: readonly Knot[]): Polygon[] {
	const first = knots[0];
	const last = knots.at(-1);
	if (!first || !last) return [...polygons];
	const move = (y: number): number => {
		if (y <= first.from) return y + first.to - first.from;
		if (y >= last.from) return y + last.to - last.from;
		const above = knots.findIndex((knot) => knot.from > y);
		const high = knots[above] ?? last;
		const low = knots[above - 1] ?? first;
		return low.to + ((y - low.from) * (high.to - low.to)) / (high.from - low.from);
	};
	return polygons.map((polygon) => polygon.map(({ x, y }) => ({ x, y: move(y) })));
}

function findStems(polygons: readonly Polygon[], thickest: number): Stem[] {
	const edges = polygons.flatMap(flatEdges).sort((a, b) => a.y - b.y || a.left - b.left);
	const stems: Stem[] = [];
	for (const bottom of edges) {
		if (bottom.isTop) continue;
		const top = edges.find(
			(edge) =>
				edge.isTop &&
				edge.y > bottom.y + 0.2 &&
				edge.y - bottom.y <= thickest &&
				Math.min(edge.right, bottom.right) - Math.max(edge.left, bottom.left) >
					0.3 * Math.min(edge.right - edge.left, bottom.right - bottom.left),
		);
		if (top) stems.push({ bottom: bottom.y, top: top.y, weight: Math.min(bottom.weight, top.weight) });
	}
	return mergeStems(stems);
}

/** Runs of lines that lie across; the flat part at the height of a curve counts as one. */
function flatEdges(polygon: Polygon): Edge[] {
	const edges: Edge[] = [];
	polygon.forEach((to, index) => {
		const from: Point = polygon[(index + polygon.length - 1) % polygon.length] ?? to;
		const dx = to.x - from.x;
		const dy = to.y - from.y;
		if (dx === 0 || Math.abs(dy) > FLAT * Math.abs(dx)) return;
		const isTop = dx > 0;
		const [left, right] = isTop ? [from.x, to.x] : [to.x, from.x];
		const y = (from.y + to.y) / 2;
		const weight = right - left;
		const joined = edges.find(
			(edge) =>
				edge.isTop === isTop &&
				Math.abs(edge.y - y) < SAME &&
				left < edge.right + 0.5 &&
				right > edge.left - 0.5,
		);
		if (!joined) {
			edges.push({ y, left, right, isTop, weight });
			return;
		}
		// The outermost height is what the eye sees as the edge of a curve.
		joined.y = isTop ? Math.max(joined.y, from.y, to.y) : Math.min(joined.y, from.y, to.y);
		joined.left = Math.min(joined.left, left);
		joined.right = Math.max(joined.right, right);
		joined.weight += weight;
	});
	return edges.filter((edge) => edge.weight > 0.9);
}

/** Strokes at one height become one; of two that overlap otherwise the longer decides. */
function mergeStems(stems: Stem[]): Stem[] {
	const merged: Stem[] = [];
	for (const stem of stems.sort((a, b) => a.bottom - b.bottom || a.top - b.top)) {
		const same = merged.find(
			(other) => Math.abs(other.bottom - stem.bottom) < SAME && Math.abs(other.top - stem.top) < SAME,
		);
		if (!same) {
			merged.push({ ...stem });
			continue;
		}
		const share = stem.weight / (same.weight + stem.weight);
		same.bottom += (stem.bottom - same.bottom) * share;
		same.top += (stem.top - same.top) * share;
		same.weight += stem.weight;
	}
	const kept: Stem[] = [];
	for (const stem of merged.sort((a, b) => b.weight - a.weight || a.bottom - b.bottom))
		if (kept.every((other) => stem.bottom > other.top + 0.15 || stem.top < other.bottom - 0.15))
			kept.push(stem);
	return kept.sort((a, b) => a.bottom - b.bottom);
}

interface Place {
	readonly bottom: number;
	readonly top: number;
	readonly cost: number;
	readonly before: Place | undefined;
}

/** Every stroke to whole rows, all together with the least movement, and a gap left open where there was one. */
function placeStems(stems: readonly Stem[], zones: readonly Zone[]): Knot[] {
	let places: Place[] = [];
	for (const [index, stem] of stems.entries()) {
		const below = stems[index - 1];
		const gap = below ? stem.bottom - below.top : 0;
		const least = gap > 0.45 ? Math.max(1, Math.round(gap) - 1) : 0;
		const next: Place[] = [];
		for (const [bottom, top] of candidates(stem, zones)) {
			const moved = (bottom + top - stem.bottom - stem.top) / 2;
			const own = moved * moved * Math.sqrt(stem.weight) + (Math.abs(moved) > 0.85 ? 50 : 0);
			if (!below) {
				next.push({ bottom, top, cost: own, before: undefined });
				continue;
			}
			const best = places
				.filter((place) => bottom - place.top >= least - 0.01)
				.reduce<{ cost: number; place: Place } | undefined>((found, place) => {
					const stretch = bottom - place.top - gap;
					const cost = place.cost + 0.6 * stretch * stretch;
					return found && found.cost <= cost ? found : { cost, place };
				}, undefined);
			if (best) next.push({ bottom, top, cost: best.cost + own, before: best.place });
		}
		// Too many strokes for too few rows: the drawing stays as it was made.
		if (next.length === 0) return [];
		places = next;
	}
	let place = places.reduce<Place | undefined>(
		(found, each) => (found && found.cost <= each.cost ? found : each),
		undefined,
	);
	const chosen: Place[] = [];
	for (; place; place = place.before) chosen.unshift(place);
	return stems.flatMap((stem, index) => {
		const at = chosen[index];
		return at
			? [
					{ from: stem.bottom, to: at.bottom },
					{ from: stem.top, to: at.top },
				]
			: [];
	});
}

function candidates(stem: Stem, zones: readonly Zone[]): [number, number][] {
	const plain = stem.top - stem.bottom;
	const thickness = plain < THIN ? 1 : Math.abs(plain - Math.round(plain)) < 0.3 ? Math.round(plain) : plain;
	const held = (y: number): boolean => zones.some(({ to }) => Math.abs(y - to) < 0.05);
	if (held(stem.bottom)) return [[Math.round(stem.bottom), Math.round(stem.bottom) + thickness]];
	if (held(stem.top)) return [[Math.round(stem.top) - thickness, Math.round(stem.top)]];
	const result: [number, number][] = [];
	const middle = (stem.top + stem.bottom) / 2;
	for (let row = Math.floor(middle) - 3; row <= middle + 3; row++) {
		result.push([row, row + thickness]);
		if (!Number.isInteger(thickness)) result.push([row - thickness, row]);
	}
	return result;
}
