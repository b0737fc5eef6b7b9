// Writes the fonts and textures of the drawing scenes: patterns that show each level, gap and offset.
// `npx tsx tests/unit/sim/piu/drawing/make-fixtures.ts`; the real Piu has to be captured again afterwards.

import { writeFileSync } from "node:fs";
import { PNG } from "pngjs";

interface FontPlan {
	readonly name: string;
	readonly lineHeight: number;
	readonly ascent: number;
	readonly characters: string;
	/** Has colors of its own. */
	readonly isPainted?: boolean;
	readonly kernings: readonly (readonly [string, string, number])[];
}

interface Rgba {
	readonly r: number;
	readonly g: number;
	readonly b: number;
	readonly a: number;
}

const folder = new URL("./fixtures/", import.meta.url);
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const without = (string: string, some: string) => [...string].filter((one) => !some.includes(one)).join("");

/** All but a few: what is missing shows how missing characters are drawn. */
const plans: readonly FontPlan[] = [
	{
		name: "Blocks-Regular-16",
		lineHeight: 19,
		ascent: 15,
		characters: `${without(printable, "~^")}\u00b0\u00e4\u2026\u3002\u4e2d\u4f53\u5b57\u6587`,
		kernings: [
			["A", "V", -2],
			["A", "T", -1],
			["A", "y", -3],
			["A", " ", 2],
			["T", "o", -2],
			["V", "A", -2],
			["V", ".", -3],
			["V", "o", -1],
		],
	},
	{
		name: "Blocks-Bold-24",
		lineHeight: 27,
		ascent: 21,
		characters: without(printable, "~"),
		kernings: [
			["1", "7", -2],
			["7", "1", 3],
		],
	},
	{
		name: "Bare-Regular-12",
		lineHeight: 13,
		ascent: 10,
		characters: "ABCDEFGabcdefg .",
		kernings: [["A", "b", 1]],
	},
	{
		name: "Painted-Regular-14",
		lineHeight: 16,
		ascent: 12,
		characters: "ABCDabcd?. ",
		isPainted: true,
		kernings: [["B", "a", -1]],
	},
];

for (const plan of plans) writeFont(plan);
writeFileSync(new URL("icons.png", folder), image(4 * 13, 3 * 11, iconPixel));
writeFileSync(new URL("round.png", folder), image(20, 22, roundPixel));
writeFileSync(new URL("photo.png", folder), image(30, 24, photoPixel));
writeFileSync(new URL("weave.png", folder), image(14, 10, weavePixel));

/** Even, repeatable noise. */
function noise(x: number, y: number, seed: number): number {
	let value = (Math.imul(x + 1, 374761393) + Math.imul(y + 1, 668265263) + Math.imul(seed, 974634777)) | 0;
	value = Math.imul(value ^ (value >>> 13), 1274126177);
	return ((value ^ (value >>> 16)) >>> 0) & 0xff;
}

/** Runs of nothing and of all, with edges of every level between. */
function level(x: number, y: number, seed: number): number {
	const value = noise(x >> 1, y, seed);
	if (value < 70) return 0;
	if (value > 170) return 255;
	return noise(x, y, seed + 7);
}

function iconPixel(x: number, y: number): Rgba {
	return { r: 255, g: 255, b: 255, a: level(x, y, 3 + Math.trunc(x / 13) + 10 * Math.trunc(y / 11)) };
}

function roundPixel(x: number, y: number): Rgba {
	const distance = Math.hypot(Math.max(0, Math.abs(x - 9.5) - 3), Math.max(0, Math.abs(y - 10.5) - 4));
	const edge = Math.max(0, Math.min(1, 7 - distance));
	const inner = x > 7 && x < 12 && y > 8 && y < 13 ? 40 * ((x + y) % 3) : 0;
	return { r: 0, g: 0, b: 0, a: Math.round(edge * 255) - Math.min(inner, Math.round(edge * 255)) };
}

function photoPixel(x: number, y: number): Rgba {
	return { r: x * 8, g: y * 10, b: 255 - x * 4, a: level(x, y, 91) };
}

function weavePixel(x: number, y: number): Rgba {
	return { r: (x * 37) & 255, g: (y * 29) & 255, b: ((x + y) * 23) & 255, a: 128 };
}

function image(width: number, height: number, pixel: (x: number, y: number) => Rgba): Buffer {
	const png = new PNG({ width, height });
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const { r, g, b, a } = pixel(x, y);
			png.data.set([r, g, b, a], (y * width + x) * 4);
		}
	}
	return PNG.sync.write(png);
}

/** Glyphs in one row, each with its own size, offset and advance. */
function writeFont(plan: FontPlan): void {
	const codes = [...plan.characters].map((one) => one.codePointAt(0) ?? 0).sort((a, b) => a - b);
	const glyphs: {
		code: number;
		x: number;
		width: number;
		height: number;
		dx: number;
		dy: number;
		advance: number;
	}[] = [];
	let x = 0;
	for (const code of codes) {
		const blank = code === 32;
		const wide = code > 0x2fff ? plan.ascent : 3 + (noise(code, 1, 5) % 8);
		const width = blank ? 0 : wide;
		const height = blank ? 0 : Math.min(plan.lineHeight - 2, 4 + (noise(code, 2, 5) % plan.ascent));
		glyphs.push({
			code,
			x,
			width,
			height,
			dx: (noise(code, 3, 5) % 4) - 1,
			dy: plan.ascent - height + (noise(code, 4, 5) % 3),
			advance: blank ? 5 : width + 1,
		});
		x += width;
	}
	const pixels = image(x, plan.lineHeight, (column, row) => ({
		r: plan.isPainted ? (column * 5) & 255 : 255,
		g: plan.isPainted ? row * 12 : 255,
		b: plan.isPainted ? 200 : 255,
		a: level(column, row, plan.ascent),
	}));
	writeFileSync(new URL(`${plan.name}.png`, folder), pixels);

	const file: number[] = [...Buffer.from("BMF"), 3];
	const u16 = (value: number) => [value & 255, (value >> 8) & 255];
	const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
	const block = (kind: number, bytes: readonly number[]) => file.push(kind, ...u32(bytes.length), ...bytes);
	block(1, [
		...u16(plan.ascent),
		0xc0,
		0,
		...u16(100),
		1,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		...Buffer.from(`${plan.name}\0`),
	]);
	const common = [plan.lineHeight, plan.ascent, x, plan.lineHeight, 1].flatMap(u16);
	block(2, [...common, 0, 0, 0, 0, 0]);
	block(3, [...Buffer.from(`${plan.name}.png\0`)]);
	block(
		4,
		glyphs.flatMap((glyph) => [
			...u32(glyph.code),
			...[glyph.x, 0, glyph.width, glyph.height, glyph.dx, glyph.dy, glyph.advance].flatMap(u16),
			0,
			15,
		]),
	);
	block(
		5,
		plan.kernings.flatMap(([first, second, amount]) => [
			...u32(first.codePointAt(0) ?? 0),
			...u32(second.codePointAt(0) ?? 0),
			...u16(amount),
		]),
	);
	writeFileSync(new URL(`${plan.name}.fnt`, folder), Uint8Array.from(file));
}
