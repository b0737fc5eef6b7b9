// Masks of the panel's shapes: cards, frames, pills, spools and the ring, and the list of where each is.

import { Mask, WIDTH_STEP } from "./mask";

export interface ShapeSet {
	readonly density: "large" | "small";
	readonly radius: number;
	/** The part between the corners, which Piu repeats. The larger, the fewer commands a card costs. */
	readonly middle: number;
	readonly frame: number;
	readonly pills: readonly number[];
	readonly spool: number;
	readonly ring: { readonly size: number; readonly thickness: number };
}

export const SHAPE_SETS: readonly ShapeSet[] = [
	{
		density: "large",
		radius: 12,
		middle: 64,
		frame: 2,
		pills: [4, 6, 8, 10, 12, 14, 16, 24, 28, 32, 40, 44],
		spool: 64,
		ring: { size: 200, thickness: 14 },
	},
	{
		density: "small",
		radius: 6,
		middle: 36,
		frame: 2,
		pills: [3, 4, 6, 8, 10, 12, 16, 20, 24, 28],
		spool: 40,
		ring: { size: 96, thickness: 8 },
	},
];

interface Place {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly tiles?: Readonly<Record<string, number>>;
}

export interface Shapes {
	readonly texture: Mask;
	readonly ringMask: Mask;
	readonly places: Readonly<Record<string, Place>>;
}

/** How far inside a rectangle with round corners a point is; outside it is negative. */
function depth(x: number, y: number, width: number, height: number, radius: number): number {
	const dx = Math.max(radius - x, x - (width - radius), 0);
	const dy = Math.max(radius - y, y - (height - radius), 0);
	if (dx > 0 && dy > 0) return radius - Math.sqrt(dx * dx + dy * dy);
	return Math.min(x, width - x, y, height - y);
}

export function makeShapes(set: ShapeSet): Shapes {
	const { radius, middle, spool } = set;
	const side = 2 * radius + middle;
	const corners = { left: radius, right: radius, top: radius, bottom: radius };
	const drawn: [string, Mask, Place["tiles"]][] = [
		["card", Mask.draw(side, side, (x, y) => depth(x, y, side, side, radius) + 0.5), corners],
		[
			"frame",
			Mask.draw(side, side, (x, y) => {
				const inside = depth(x, y, side, side, radius);
				return Math.min(inside + 0.5, set.frame - inside + 0.5);
			}),
			corners,
		],
		["spool", Mask.draw(spool, spool, (x, y) => band(x, y, spool, spool / 2 - 0.16 * spool)), undefined],
		["rim", Mask.draw(spool, spool, (x, y) => band(x, y, spool, set.frame)), undefined],
	];
	for (const height of set.pills) {
		const ends = Math.ceil(height / 2);
		const width = 2 * ends + middle;
		const mask = Mask.draw(width, height, (x, y) => depth(x, y, width, height, height / 2) + 0.5);
		drawn.push([`pill${height}`, mask, { left: ends, right: ends }]);
	}
	const { texture, places } = pack(drawn, 2 * side);
	const { size, thickness } = set.ring;
	return { texture, places, ringMask: Mask.draw(size, size, (x, y) => band(x, y, size, thickness)) };
}

/** A ring along the inner edge of a square's circle. */
function band(x: number, y: number, size: number, thickness: number): number {
	const distance = Math.sqrt((x - size / 2) ** 2 + (y - size / 2) ** 2);
	return Math.min(size / 2 - distance, distance - (size / 2 - thickness)) + 0.5;
}

function pack(
	drawn: readonly [string, Mask, Place["tiles"]][],
	width: number,
): { texture: Mask; places: Record<string, Place> } {
	const places: Record<string, Place> = {};
	let [x, y, rowHeight] = [0, 0, 0];
	const order = [...drawn].sort(([one, a], [other, b]) => b.height - a.height || (one < other ? -1 : 1));
	for (const [name, mask, tiles] of order) {
		if (x + mask.width > width) {
			y += rowHeight;
			[x, rowHeight] = [0, 0];
		}
		const place = { x, y, width: mask.width, height: mask.height };
		places[name] = tiles ? { ...place, tiles } : place;
		x += mask.width + (mask.width % 2);
		rowHeight = Math.max(rowHeight, mask.height);
	}
	const texture = new Mask(Math.ceil(width / WIDTH_STEP) * WIDTH_STEP, y + rowHeight);
	for (const [name, mask] of drawn) {
		const place = places[name];
		if (place) texture.place(mask, place.x, place.y);
	}
	const listed = drawn.map(([name]) => [name, places[name]] as const);
	return { texture, places: Object.fromEntries(listed) as Record<string, Place> };
}

/** The TypeScript file that says where each shape is: what a skin's dictionary takes. */
export function shapePlaces(sets: readonly (ShapeSet & Shapes)[]): string {
	const lines = [
		"// Where each shape is in the shapes' textures. Made by `npm run assets`; change scripts/assets/shapes.ts.",
		"",
		"// The corners of a card and the ends of a pill stay, what is between them is repeated: see the README of the assets.",
		"",
	];
	for (const set of sets) {
		lines.push(`export const ${set.density}Shapes = Object.freeze({`);
		lines.push(`\ttexture: "culm-shapes-${set.density}.png",`);
		const { size, thickness } = set.ring;
		lines.push(
			`\tring: Object.freeze({ texture: "culm-ring-${size}.png", size: ${size}, thickness: ${thickness} }),`,
		);
		for (const [name, { tiles, ...place }] of Object.entries(set.places)) {
			lines.push(`\t${name}: Object.freeze({`);
			for (const [key, value] of Object.entries(place)) lines.push(`\t\t${key}: ${value},`);
			const parts = Object.entries(tiles ?? {}).map(([key, value]) => `${key}: ${value}`);
			if (parts.length > 0) lines.push(`\t\ttiles: Object.freeze({ ${parts.join(", ")} }),`);
			lines.push("\t}),");
		}
		lines.push("});", "");
	}
	return lines.join("\n");
}
