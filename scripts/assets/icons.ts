// The icons of one size, a square beside the other, and the list of their names.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ICONS } from "./icon-list";
import { Mask, WIDTH_STEP } from "./mask";
import { type Line, linesOf, pathLines, type SvgNode } from "./svg-lines";

/** Lucide's square. */
const GRID = 24;
/** Stroke in pixels: Lucide's own two of 24, a little more where that would be thin, a little less where it is fat. */
const STROKES: Readonly<Record<number, number>> = { 20: 1.8, 28: 2.2, 40: 3 };

export const ICON_SIZES: readonly number[] = [20, 28, 40];

export function makeIcons(packageFolder: string, size: number): Mask {
	const nodes = JSON.parse(readFileSync(join(packageFolder, "icon-nodes.json"), "utf8")) as Record<
		string,
		readonly SvgNode[] | undefined
	>;
	const names = Object.keys(ICONS);
	const strip = new Mask(Math.ceil((names.length * size) / WIDTH_STEP) * WIDTH_STEP, size);
	names.forEach((name, index) => {
		const source = ICONS[name];
		if (!source) return;
		let lines: Line[];
		if ("lines" in source) lines = source.lines.flatMap(pathLines);
		else {
			const shapes = nodes[source.lucide];
			if (!shapes) throw new Error(`Lucide has no ${source.lucide}`);
			lines = shapes.flatMap(linesOf);
		}
		strip.place(drawIcon(lines, size), index * size, 0);
	});
	return strip;
}

function drawIcon(lines: readonly Line[], size: number): Mask {
	const scale = size / GRID;
	const half = (STROKES[size] ?? 2 * scale) / 2;
	const xs = fitted(lines, "x", "y", scale);
	const ys = fitted(lines, "y", "x", scale);
	const drawn = lines.map((line) => line.map(({ x, y }) => ({ x: xs(x * scale), y: ys(y * scale) })));
	return Mask.draw(size, size, (x, y) => {
		let nearest = Number.POSITIVE_INFINITY;
		for (const line of drawn)
			for (let index = 1; index < line.length; index++) {
				const from = line[index - 1];
				const to = line[index];
				if (!from || !to) continue;
				const [dx, dy] = [to.x - from.x, to.y - from.y];
				const length = dx * dx + dy * dy;
				const t =
					length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
				const [ex, ey] = [x - from.x - t * dx, y - from.y - t * dy];
				nearest = Math.min(nearest, ex * ex + ey * ey);
			}
		return half + 0.5 - Math.sqrt(nearest);
	});
}

/**
 * Moves upright (or level) lines between two columns (or rows) of pixels, where a stroke of about two is sharp, and
 * what lies between along with them. From the middle outwards, so that what was even stays even.
 */
function fitted(
	lines: readonly Line[],
	along: "x" | "y",
	across: "x" | "y",
	scale: number,
): (at: number) => number {
	const middle = (GRID * scale) / 2;
	if (!Number.isInteger(middle) || scale > 1.5) return (at) => at;
	const straight = new Set<number>();
	for (const line of lines)
		for (let index = 1; index < line.length; index++) {
			const from = line[index - 1];
			const to = line[index];
			if (from && to && from[along] === to[along] && Math.abs(from[across] - to[across]) >= 3)
				straight.add(from[along] * scale);
		}
	const round = (at: number): number => {
		const away = Math.abs(at - middle);
		return middle + Math.sign(at - middle) * Math.floor(away + 0.5);
	};
	const knots = [...straight].sort((a, b) => a - b).map((from) => ({ from, to: round(from) }));
	const crowded = knots.some(({ from, to }, index) => {
		const before = knots[index - 1];
		return before !== undefined && Math.abs(to - before.to - (from - before.from)) > 0.7;
	});
	if (crowded || knots.length === 0) return (at) => at;
	const ends = [{ from: 0, to: 0 }, ...knots, { from: 2 * middle, to: 2 * middle }];
	return (at) => {
		const above = ends.findIndex(({ from }) => from > at);
		const high = ends[above];
		const low = ends[above - 1];
		if (!high || !low) return at;
		return low.to + ((at - low.from) * (high.to - low.to)) / (high.from - low.from);
	};
}

/** The TypeScript file that says which icon is where. */
export function iconNames(): string {
	const names = Object.keys(ICONS);
	return [
		"// The panel's icons in the order of their strips. Made by `npm run assets`; change scripts/assets/icon-list.ts.",
		"",
		"export const iconNames = Object.freeze([",
		...names.map((name) => `\t"${name}",`),
		"] as const);",
		"",
		"export type IconName = (typeof iconNames)[number];",
		"",
		"/** Its square in the strip, counted from 0: the variant of a skin whose `variants` is the icon's size. */",
		"export function iconIndex(name: IconName): number {",
		"\treturn iconNames.indexOf(name);",
		"}",
		"",
	].join("\n");
}
