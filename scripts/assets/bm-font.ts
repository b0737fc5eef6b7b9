// A font of one size as BMFont files, binary version 3: the glyphs drawn, packed into a page, and their table.

import type { Drawing, Family } from "./family";
import { fitHeights, type Zone } from "./fitting";
import { Mask, WIDTH_STEP } from "./mask";
import { packedBytes } from "./packed-size";
import { type Coverage, fillPolygons, type Polygon } from "./polygon";

export interface FontSpec {
	readonly weight: "Regular" | "Bold";
	readonly size: number;
	/** Figures have a few characters only, and lines without room for marks above and below. */
	readonly glyphs: "text" | "figures";
}

/** In pixels: a line's height, and from its top to the foot of its letters. */
interface Line {
	readonly height: number;
	readonly base: number;
}

interface Glyph {
	readonly code: number;
	readonly mask: Mask;
	/** From the pen to the glyph's first column, and from the line's top to its first row. */
	readonly dx: number;
	readonly dy: number;
	readonly advance: number;
	x: number;
	y: number;
}

export interface FontFiles {
	readonly name: string;
	readonly fnt: Buffer;
	readonly page: Mask;
	readonly glyphs: number;
	/** In the image of a device: the table and every glyph packed. */
	readonly deviceBytes: number;
}

/** Heights of Noto Sans SC, in thousandths of an em: curves reach a little beyond the flat letters. */
const HEIGHTS = {
	descender: -205,
	base: { flat: 0, round: -13 },
	x: { flat: 543, round: 557 },
	cap: { flat: 733, round: 746 },
	ascender: 795,
} as const;
const LINE = { text: 1.32, figures: 1.24 } as const;
const PAGE_WIDTH = 512;
/** Half covered pixels are made a little heavier: light text on a dark ground looks thinner than it is. */
const INK = 0.88;
/** Letters are moved at most this far aside to bring their upright strokes onto whole columns. */
const ASIDE = { most: 0.26, step: 0.065 } as const;
const FIRST_IDEOGRAPH = 0x2e80;

/** Thickest stroke, in thousandths of an em. */
const THICKEST = { Regular: 125, Bold: 190 } as const;

export function makeFont(family: Family, spec: FontSpec, characters: readonly number[]): FontFiles {
	const scale = spec.size / family.unitsPerEm;
	const metrics = lineMetrics(spec);
	const missing: string[] = [];
	const glyphs: Glyph[] = [];
	for (const code of characters) {
		const drawing = family.draw(code);
		if (drawing) glyphs.push(makeGlyph(code, drawing, scale, spec, metrics));
		else missing.push(String.fromCodePoint(code));
	}
	if (missing.length > 0) throw new Error(`Noto Sans SC has no ${missing.join(" ")}: write it another way`);
	const page = pack(glyphs);
	const name = `Culm-${spec.weight}-${spec.size}`;
	const fnt = table(name, spec, metrics, glyphs, page);
	const deviceBytes = glyphs.reduce((sum, { mask }) => sum + packedBytes(mask), fnt.length);
	return { name, fnt, page, glyphs: glyphs.length, deviceBytes };
}

/** The capitals and the ideographs stand in the middle of the line, so a label that is centred looks centred. */
function lineMetrics(spec: FontSpec): Line {
	const cap = Math.round((spec.size * HEIGHTS.cap.flat) / 1000);
	const wanted = Math.round(spec.size * LINE[spec.glyphs]);
	const height = (wanted - cap) % 2 === 0 ? wanted : wanted + 1;
	return { height, base: (height + cap) / 2 };
}

function makeGlyph(code: number, drawing: Drawing, scale: number, spec: FontSpec, line: Line): Glyph {
	const advance = Math.round(drawing.advance * scale);
	// What rounding adds or takes goes to both sides.
	const shift = (advance - drawing.advance * scale) / 2;
	const scaled = drawing.polygons.map((polygon) =>
		polygon.map(({ x, y }) => ({ x: x * scale + shift, y: y * scale })),
	);
	const fitted = fitHeights(scaled, {
		zones: code < FIRST_IDEOGRAPH ? latinZones(spec.size) : [],
		thickest: (THICKEST[spec.weight] * spec.size) / 1000,
	});
	const aside = sharpest(fitted, ASIDE.most);
	const coverage = fillPolygons(
		fitted.map((polygon) => polygon.map(({ x, y }) => ({ x: x + aside, y: line.base - y }))),
	);
	const { mask, left, top } = Mask.of(insideLine(coverage, line.height, code), INK).cropped();
	const first = Math.max(coverage.top, 0);
	return { code, mask, dx: coverage.left + left, dy: first + top, advance, x: 0, y: 0 };
}

/** Piu cuts off what is outside of a line. A row that rounding has put there is left out; more would be a mistake. */
function insideLine(coverage: Coverage, height: number, code: number): Coverage {
	const top = Math.max(coverage.top, 0);
	const bottom = Math.min(coverage.top + coverage.height, height);
	if (top - coverage.top > 1 || coverage.top + coverage.height - bottom > 1)
		throw new Error(`U+${code.toString(16)} does not fit into a line of ${height} pixels`);
	const { left, width } = coverage;
	const from = (top - coverage.top) * width;
	const rows = Math.max(0, bottom - top);
	return { left, top, width, height: rows, alpha: coverage.alpha.subarray(from, from + rows * width) };
}

function latinZones(size: number): Zone[] {
	const em = size / 1000;
	const zone = (height: number, to: number): Zone => ({ from: height * em, to });
	const cap = Math.round(HEIGHTS.cap.flat * em);
	const x = Math.round(HEIGHTS.x.flat * em);
	// A curve's overshoot of less than half a row would only be a grey row.
	const over = size >= 40 ? Math.round(13 * em) : 0;
	const ascender = Math.max(cap, Math.round(HEIGHTS.ascender * em));
	return [
		zone(HEIGHTS.descender, Math.round(HEIGHTS.descender * em)),
		zone(HEIGHTS.base.round, -over),
		zone(HEIGHTS.base.flat, 0),
		zone(HEIGHTS.x.flat, x),
		zone(HEIGHTS.x.round, x + over),
		zone(HEIGHTS.cap.flat, cap),
		zone(HEIGHTS.cap.round, cap + over),
		zone(HEIGHTS.ascender, Math.max(ascender, cap + over)),
	];
}

/** How far aside a glyph's columns have the most contrast. Small steps only: the spacing stays even. */
function sharpest(polygons: readonly Polygon[], most: number): number {
	let best = { aside: 0, score: -1 };
	for (let step = 0; step * ASIDE.step <= most; step++)
		for (const aside of step === 0 ? [0] : [step * ASIDE.step, -step * ASIDE.step]) {
			const moved = polygons.map((polygon) => polygon.map(({ x, y }) => ({ x: x + aside, y: -y })));
			const score = fillPolygons(moved).alpha.reduce((sum, alpha) => sum + alpha * alpha, 0);
			if (score > best.score * 1.01) best = { aside, score };
		}
	return best.aside;
}

/** In rows, the tall glyphs first. A glyph starts in an even column, where a byte of the SDK's page starts. */
function pack(glyphs: readonly Glyph[]): Mask {
	let [x, y, rowHeight] = [0, 0, 0];
	for (const glyph of [...glyphs].sort((a, b) => b.mask.height - a.mask.height || a.code - b.code)) {
		if (x + glyph.mask.width > PAGE_WIDTH) {
			y += rowHeight;
			[x, rowHeight] = [0, 0];
		}
		[glyph.x, glyph.y] = [x, y];
		x += glyph.mask.width + (glyph.mask.width % 2);
		rowHeight = Math.max(rowHeight, glyph.mask.height);
	}
	const page = new Mask(PAGE_WIDTH, Math.ceil((y + rowHeight) / WIDTH_STEP) * WIDTH_STEP);
	for (const glyph of glyphs) page.place(glyph.mask, glyph.x, glyph.y);
	return page;
}

function table(name: string, spec: FontSpec, metrics: Line, glyphs: readonly Glyph[], page: Mask): Buffer {
	const info = Buffer.alloc(14);
	info.writeInt16LE(spec.size, 0);
	info.writeUInt8(0b11 | (spec.weight === "Bold" ? 0b1000 : 0), 2); // smooth, Unicode, bold
	info.writeUInt16LE(100, 4);
	info.writeUInt8(1, 6);
	const common = Buffer.alloc(15);
	[metrics.height, metrics.base, page.width, page.height, 1].forEach((value, index) => {
		common.writeUInt16LE(value, 2 * index);
	});
	common.writeUInt8(0, 11); // alpha has the glyph
	common.fill(4, 12); // red, green and blue are zero
	const characters = Buffer.alloc(20 * glyphs.length);
	glyphs.forEach((glyph, index) => {
		const at = 20 * index;
		characters.writeUInt32LE(glyph.code, at);
		[glyph.x, glyph.y, glyph.mask.width, glyph.mask.height].forEach((value, field) => {
			characters.writeUInt16LE(value, at + 4 + 2 * field);
		});
		[glyph.dx, glyph.dy, glyph.advance].forEach((value, field) => {
			characters.writeInt16LE(value, at + 12 + 2 * field);
		});
		characters.writeUInt8(15, at + 19);
	});
	const text = (value: string): Buffer => Buffer.from(`${value}\0`, "latin1");
	const block = (type: number, bytes: Buffer): Buffer => {
		const head = Buffer.alloc(5);
		head.writeUInt8(type, 0);
		head.writeUInt32LE(bytes.length, 1);
		return Buffer.concat([head, bytes]);
	};
	return Buffer.concat([
		Buffer.from([0x42, 0x4d, 0x46, 3]),
		block(1, Buffer.concat([info, text("Culm")])),
		block(2, common),
		block(3, text(`${name}.png`)),
		block(4, characters),
	]);
}
