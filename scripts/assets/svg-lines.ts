// The lines of an SVG's shapes: paths, circles, rectangles and the rest that Lucide draws with, made of short pieces.

import type { Point } from "./polygon";

export type Line = readonly Point[];
export type SvgNode = readonly [tag: string, attributes: Readonly<Record<string, string>>];

const PIECES = 24;

export function linesOf([tag, attributes]: SvgNode): Line[] {
	const number = (name: string, otherwise = 0): number =>
		attributes[name] === undefined ? otherwise : Number(attributes[name]);
	switch (tag) {
		case "path":
			return pathLines(attributes.d ?? "");
		case "line":
			return [
				[
					{ x: number("x1"), y: number("y1") },
					{ x: number("x2"), y: number("y2") },
				],
			];
		case "circle":
			return [ellipse(number("cx"), number("cy"), number("r"), number("r"))];
		case "ellipse":
			return [ellipse(number("cx"), number("cy"), number("rx"), number("ry"))];
		case "rect": {
			const [x, y, width, height] = [number("x"), number("y"), number("width"), number("height")];
			const rx = number("rx", number("ry"));
			const ry = number("ry", rx);
			return pathLines(
				`M${x + rx} ${y}h${width - 2 * rx}a${rx} ${ry} 0 0 1 ${rx} ${ry}v${height - 2 * ry}` +
					`a${rx} ${ry} 0 0 1 ${-rx} ${ry}h${2 * rx - width}a${rx} ${ry} 0 0 1 ${-rx} ${-ry}` +
					`v${2 * ry - height}a${rx} ${ry} 0 0 1 ${rx} ${-ry}z`,
			);
		}
		case "polyline":
		case "polygon": {
			const values = (attributes.points ?? "")
				.trim()
				.split(/[\s,]+/)
				.map(Number);
			const points = pairs(values);
			const first = points[0];
			return [tag === "polygon" && first ? [...points, first] : points];
		}
		default:
			throw new Error(`SVG's ${tag} is not drawn here`);
	}
}

function pairs(values: readonly number[]): Point[] {
	return values.flatMap((x, index) => (index % 2 === 0 ? [{ x, y: values[index + 1] ?? 0 }] : []));
}

function ellipse(cx: number, cy: number, rx: number, ry: number): Line {
	return Array.from({ length: 2 * PIECES + 1 }, (_, index) => {
		const angle = (Math.PI * index) / PIECES;
		return { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle) };
	});
}

const VALUES: Readonly<Record<string, number>> = {
	M: 2,
	L: 2,
	H: 1,
	V: 1,
	C: 6,
	S: 4,
	Q: 4,
	T: 2,
	A: 7,
	Z: 0,
};

export function pathLines(path: string): Line[] {
	const lines: Point[][] = [];
	let line: Point[] = [];
	let at: Point = { x: 0, y: 0 };
	let start = at;
	/** The last control point, which a smooth curve mirrors. */
	let control: Point | undefined;
	for (const [, letter = "", rest = ""] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
		const kind = letter.toUpperCase();
		const relative = kind !== letter;
		const count = VALUES[kind];
		if (count === undefined) throw new Error(`SVG's path command ${letter} is not drawn here`);
		const values = readNumbers(rest, kind === "A");
		const groups = count === 0 ? 1 : values.length / count;
		for (let group = 0; group < groups; group++) {
			const own = values.slice(group * count, (group + 1) * count);
			const from = at;
			const point = (index: number): Point => ({
				x: (own[index] ?? 0) + (relative ? from.x : 0),
				y: (own[index + 1] ?? 0) + (relative ? from.y : 0),
			});
			let next: Point | undefined;
			if (kind === "M" && group === 0) {
				at = start = point(0);
				line = [at];
				lines.push(line);
			} else if (kind === "M" || kind === "L" || kind === "H" || kind === "V") {
				at = point(0);
				if (kind === "H") at = { x: at.x, y: from.y };
				if (kind === "V") at = { x: from.x, y: (own[0] ?? 0) + (relative ? from.y : 0) };
				line.push(at);
			} else if (kind === "Z") {
				line.push(start);
				at = start;
				line = [at];
				lines.push(line);
			} else if (kind === "A") {
				at = point(5);
				line.push(...arc(from, at, own));
			} else {
				const mirrored = control ? { x: 2 * from.x - control.x, y: 2 * from.y - control.y } : from;
				const isCubic = kind === "C" || kind === "S";
				const first = kind === "S" || kind === "T" ? mirrored : point(0);
				const second = kind === "C" ? point(2) : kind === "S" ? point(0) : first;
				at = point(count - 2);
				line.push(...(isCubic ? cubic(from, first, second, at) : quadratic(from, first, at)));
				next = second;
			}
			control = next;
		}
	}
	return lines.filter((each) => each.length > 1);
}

/** An arc's two flags may stand together with what follows them. */
function readNumbers(text: string, isArc: boolean): number[] {
	const values: number[] = [];
	let rest = text;
	for (;;) {
		rest = rest.replace(/^[\s,]+/, "");
		if (rest === "") return values;
		const isFlag = isArc && (values.length % 7 === 3 || values.length % 7 === 4);
		const found = (isFlag ? /^[01]/ : /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i).exec(rest)?.[0];
		if (!found) throw new Error(`not a number of a path: ${rest}`);
		values.push(Number(found));
		rest = rest.slice(found.length);
	}
}

const along = (make: (t: number) => Point): Point[] =>
	Array.from({ length: PIECES }, (_, index) => make((index + 1) / PIECES));

function quadratic(from: Point, by: Point, to: Point): Point[] {
	return along((t) => {
		const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
		return { x: a * from.x + b * by.x + c * to.x, y: a * from.y + b * by.y + c * to.y };
	});
}

function cubic(from: Point, one: Point, two: Point, to: Point): Point[] {
	return along((t) => {
		const s = 1 - t;
		const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
		return {
			x: a * from.x + b * one.x + c * two.x + d * to.x,
			y: a * from.y + b * one.y + c * two.y + d * to.y,
		};
	});
}

/** From the two ends to the middle of the ellipse, as SVG 2 says in its notes on arcs. */
function arc(from: Point, to: Point, values: readonly number[]): Point[] {
	const [rx0 = 0, ry0 = 0, degrees = 0, large = 0, sweep = 0] = values;
	if (rx0 === 0 || ry0 === 0 || (from.x === to.x && from.y === to.y)) return [to];
	const turn = (degrees * Math.PI) / 180;
	const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
	const [hx, hy] = [(from.x - to.x) / 2, (from.y - to.y) / 2];
	const [x, y] = [cos * hx + sin * hy, cos * hy - sin * hx];
	const small = (x / rx0) ** 2 + (y / ry0) ** 2;
	const grow = small > 1 ? Math.sqrt(small) : 1;
	const [rx, ry] = [Math.abs(rx0) * grow, Math.abs(ry0) * grow];
	const over = (rx * y) ** 2 + (ry * x) ** 2;
	const factor = Math.sqrt(Math.max(0, ((rx * ry) ** 2 - over) / over)) * (large === sweep ? -1 : 1);
	const [cx1, cy1] = [(factor * rx * y) / ry, (-factor * ry * x) / rx];
	const cx = cos * cx1 - sin * cy1 + (from.x + to.x) / 2;
	const cy = sin * cx1 + cos * cy1 + (from.y + to.y) / 2;
	const begin = Math.atan2((y - cy1) / ry, (x - cx1) / rx);
	let angle = Math.atan2((-y - cy1) / ry, (-x - cx1) / rx) - begin;
	if (sweep === 0 && angle > 0) angle -= 2 * Math.PI;
	if (sweep === 1 && angle < 0) angle += 2 * Math.PI;
	return along((t) => {
		const [ex, ey] = [rx * Math.cos(begin + angle * t), ry * Math.sin(begin + angle * t)];
		return { x: cx + cos * ex - sin * ey, y: cy + sin * ex + cos * ey };
	});
}
