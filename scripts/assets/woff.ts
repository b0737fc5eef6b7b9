// Reads a WOFF font: its tables, which character is which glyph, advances and outlines.

import { inflateSync } from "node:zlib";

/** A point of a contour in font units, y upwards. Between two points that are not `on` lies one that is. */
export interface FontPoint {
	readonly x: number;
	readonly y: number;
	readonly on: boolean;
}

export type Contour = readonly FontPoint[];

const WOFF = "wOFF";
const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;
/** Composite glyphs may name composites; a deeper chain than this is a broken file. */
const DEEPEST_COMPOSITE = 8;

export class WoffFont {
	readonly unitsPerEm: number;
	readonly #tables = new Map<string, Buffer>();
	readonly #glyphs = new Map<number, number>();
	readonly #longOffsets: boolean;
	readonly #advances: number;

	constructor(file: Buffer) {
		if (file.toString("latin1", 0, 4) !== WOFF) throw new Error("not a WOFF font");
		const count = file.readUInt16BE(12);
		for (let index = 0; index < count; index++) {
			const at = HEADER_BYTES + ENTRY_BYTES * index;
			const offset = file.readUInt32BE(at + 4);
			const packed = file.readUInt32BE(at + 8);
			const plain = file.readUInt32BE(at + 12);
			const bytes = file.subarray(offset, offset + packed);
			this.#tables.set(file.toString("latin1", at, at + 4), packed < plain ? inflateSync(bytes) : bytes);
		}
		const head = this.#table("head");
		this.unitsPerEm = head.readUInt16BE(18);
		this.#longOffsets = head.readInt16BE(50) !== 0;
		this.#advances = this.#table("hhea").readUInt16BE(34);
		this.#readCharacters();
	}

	has(character: number): boolean {
		return this.#glyphs.has(character);
	}

	/** In font units. */
	advance(character: number): number {
		const glyph = Math.min(this.#glyph(character), this.#advances - 1);
		return this.#table("hmtx").readUInt16BE(4 * glyph);
	}

	outline(character: number): Contour[] {
		return this.#contours(this.#glyph(character), 0);
	}

	#table(tag: string): Buffer {
		const table = this.#tables.get(tag);
		if (!table) throw new Error(`the font has no table ${tag}`);
		return table;
	}

	#glyph(character: number): number {
		const glyph = this.#glyphs.get(character);
		if (glyph === undefined) throw new Error(`the font has no character ${character.toString(16)}`);
		return glyph;
	}

	#readCharacters(): void {
		const cmap = this.#table("cmap");
		const count = cmap.readUInt16BE(2);
		for (let index = 0; index < count; index++) {
			const at = cmap.readUInt32BE(4 + 8 * index + 4);
			const format = cmap.readUInt16BE(at);
			if (format === 4) this.#readSegments(cmap, at);
			else if (format === 12) this.#readGroups(cmap, at);
		}
	}

	#readSegments(cmap: Buffer, at: number): void {
		const doubled = cmap.readUInt16BE(at + 6);
		for (let step = 0; step < doubled; step += 2) {
			const last = cmap.readUInt16BE(at + 14 + step);
			const first = cmap.readUInt16BE(at + 16 + doubled + step);
			const delta = cmap.readUInt16BE(at + 16 + 2 * doubled + step);
			const rangeAt = at + 16 + 3 * doubled + step;
			const range = cmap.readUInt16BE(rangeAt);
			for (let character = first; character <= last && character < 0xffff; character++) {
				let glyph = character;
				if (range !== 0) glyph = cmap.readUInt16BE(rangeAt + range + 2 * (character - first));
				if (range !== 0 && glyph === 0) continue;
				glyph = (glyph + delta) & 0xffff;
				if (glyph !== 0) this.#glyphs.set(character, glyph);
			}
		}
	}

	#readGroups(cmap: Buffer, at: number): void {
		const groups = cmap.readUInt32BE(at + 12);
		for (let index = 0; index < groups; index++) {
			const group = at + 16 + 12 * index;
			const first = cmap.readUInt32BE(group);
			const last = cmap.readUInt32BE(group + 4);
			const glyph = cmap.readUInt32BE(group + 8);
			for (let character = first; character <= last; character++)
				this.#glyphs.set(character, glyph + character - first);
		}
	}

	#contours(glyph: number, depth: number): Contour[] {
		if (depth > DEEPEST_COMPOSITE) throw new Error("the font's composite glyphs never end");
		const loca = this.#table("loca");
		const at = (index: number): number =>
			this.#longOffsets ? loca.readUInt32BE(4 * index) : 2 * loca.readUInt16BE(2 * index);
		const start = at(glyph);
		const end = at(glyph + 1);
		if (end <= start) return [];
		const data = this.#table("glyf").subarray(start, end);
		const contours = data.readInt16BE(0);
		return contours < 0 ? this.#composite(data, depth) : simpleContours(data, contours);
	}

	#composite(data: Buffer, depth: number): Contour[] {
		const result: Contour[] = [];
		let at = 10;
		let flags: number;
		do {
			flags = data.readUInt16BE(at);
			const glyph = data.readUInt16BE(at + 2);
			at += 4;
			if (!(flags & 0x2)) throw new Error("glyphs that are joined by points are not supported");
			const wide = (flags & 0x1) !== 0;
			const dx = wide ? data.readInt16BE(at) : data.readInt8(at);
			const dy = wide ? data.readInt16BE(at + 2) : data.readInt8(at + 1);
			at += wide ? 4 : 2;
			let [a, b, c, d] = [1, 0, 0, 1];
			const fixed = (): number => {
				at += 2;
				return data.readInt16BE(at - 2) / 16_384;
			};
			if (flags & 0x8) a = d = fixed();
			else if (flags & 0x40) [a, d] = [fixed(), fixed()];
			else if (flags & 0x80) [a, b, c, d] = [fixed(), fixed(), fixed(), fixed()];
			for (const contour of this.#contours(glyph, depth + 1))
				result.push(contour.map(({ x, y, on }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, on })));
		} while (flags & 0x20);
		return result;
	}
}

function simpleContours(data: Buffer, contours: number): Contour[] {
	const ends = Array.from({ length: contours }, (_, index) => data.readUInt16BE(10 + 2 * index));
	const points = (ends.at(-1) ?? -1) + 1;
	let at = 10 + 2 * contours;
	at += 2 + data.readUInt16BE(at);
	const flags: number[] = [];
	while (flags.length < points) {
		const flag = data.readUInt8(at++);
		const repeated = flag & 0x8 ? data.readUInt8(at++) : 0;
		for (let index = 0; index <= repeated; index++) flags.push(flag);
	}
	const coordinates = (short: number, same: number): number[] => {
		let value = 0;
		return flags.map((flag) => {
			if (flag & short) value += (flag & same ? 1 : -1) * data.readUInt8(at++);
			else if (!(flag & same)) {
				value += data.readInt16BE(at);
				at += 2;
			}
			return value;
		});
	};
	const xs = coordinates(0x2, 0x10);
	const ys = coordinates(0x4, 0x20);
	const all = flags.map((flag, index) => ({ x: xs[index] ?? 0, y: ys[index] ?? 0, on: (flag & 1) !== 0 }));
	return ends.map((end, index) => all.slice((ends[index - 1] ?? -1) + 1, end + 1));
}
