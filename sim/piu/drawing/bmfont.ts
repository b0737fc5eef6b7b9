// Reads BMFont's binary form, version 3, as the panel's font engine reads it.

export interface Glyph {
	/** Where it is in the font's bitmap. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** From the pen's place, and from the top of the line. */
	readonly dx: number;
	readonly dy: number;
	readonly advance: number;
}

/** Px to add between two characters. */
export interface Kerning {
	readonly first: number;
	readonly second: number;
	readonly amount: number;
}

export interface BmFont {
	readonly lineHeight: number;
	readonly ascent: number;
	readonly glyphs: ReadonlyMap<number, Glyph>;
	/** As the file lists them. */
	readonly kernings: readonly Kerning[];
}

const characterBytes = 20;
const kerningBytes = 10;

/** Throws on what the engine or the build refuses: several pages, characters that do not ascend. */
export function readBmFont(bytes: Uint8Array, name: string): BmFont {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const wrong = (why: string) => new Error(`${name}: ${why}`);
	if (bytes.length < 4 || String.fromCharCode(...bytes.subarray(0, 3)) !== "BMF" || bytes[3] !== 3) {
		throw wrong("is no binary BMFont of version 3");
	}
	const blocks = new Map<number, DataView>();
	for (let at = 4; at + 5 <= bytes.length; ) {
		const kind = view.getUint8(at);
		const length = view.getUint32(at + 1, true);
		if (at + 5 + length > bytes.length) throw wrong(`block ${kind} ends after the file`);
		blocks.set(kind, new DataView(bytes.buffer, bytes.byteOffset + at + 5, length));
		at += 5 + length;
	}
	const common = blocks.get(2);
	const characters = blocks.get(4);
	if (common === undefined || characters === undefined) throw wrong("has no block 2 or no block 4");
	if (common.getUint16(8, true) !== 1)
		throw wrong("has several pages; one bitmap has to hold all characters");
	const glyphs = new Map<number, Glyph>();
	let last = -1;
	for (let at = 0; at < characters.byteLength; at += characterBytes) {
		const code = characters.getUint32(at, true);
		if (code <= last) throw wrong(`character ${code} comes after ${last}; sort them`);
		last = code;
		glyphs.set(code, {
			x: characters.getUint16(at + 4, true),
			y: characters.getUint16(at + 6, true),
			width: characters.getUint16(at + 8, true),
			height: characters.getUint16(at + 10, true),
			dx: characters.getInt16(at + 12, true),
			dy: characters.getInt16(at + 14, true),
			advance: characters.getUint16(at + 16, true),
		});
	}
	const kernings: Kerning[] = [];
	const pairs = blocks.get(5);
	for (let at = 0; pairs !== undefined && at < pairs.byteLength; at += kerningBytes) {
		kernings.push({
			first: pairs.getUint32(at, true),
			second: pairs.getUint32(at + 4, true),
			amount: pairs.getInt16(at + 8, true),
		});
	}
	return {
		lineHeight: common.getUint16(0, true),
		ascent: common.getUint16(2, true),
		glyphs,
		kernings,
	};
}
