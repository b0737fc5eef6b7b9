// Writes a mosaic as a JPEG (ITU-T T.81, baseline): each tile is a block of 8 × 8 pixels of one colour, of which JPEG
// needs the mean alone. What would make an encoder large, the cosine transform and its tables, does not come up.

export interface Mosaic {
	/** In tiles. */
	readonly width: number;
	readonly height: number;
	/** Red, green and blue of each tile, row by row. */
	readonly colors: Uint8Array;
}

const TILE_PIXELS = 8;
/** A block's first coefficient is eight times its mean, which this takes back. */
const QUANTIZER = 8;
/**
 * Codes for how many bits follow, by that number: the differences of means take eight at most. How many codes there are
 * of each length (T.81, table K.3), and then each code with its length.
 */
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const DC_CODES: readonly (readonly [code: number, bits: number])[] = [
	[0b00, 2],
	[0b010, 3],
	[0b011, 3],
	[0b100, 3],
	[0b101, 3],
	[0b110, 3],
	[0b1110, 4],
	[0b11110, 5],
	[0b111110, 6],
];
/** There is one code only, of one bit: no more coefficients in this block. */
const AC_COUNTS = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const COMPONENTS = [1, 2, 3];

export function encodeMosaic({ width, height, colors }: Mosaic): Uint8Array {
	return Uint8Array.from([
		0xff,
		0xd8,
		...segment(0xe0, [...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
		...segment(0xdb, [0, ...new Array<number>(64).fill(QUANTIZER)]),
		...segment(0xc0, [
			8,
			...uint16(height * TILE_PIXELS),
			...uint16(width * TILE_PIXELS),
			COMPONENTS.length,
			...COMPONENTS.flatMap((id) => [id, 0x11, 0]),
		]),
		...segment(0xc4, [0x00, ...DC_COUNTS, ...DC_CODES.keys()]),
		...segment(0xc4, [0x10, ...AC_COUNTS, 0]),
		...segment(0xda, [COMPONENTS.length, ...COMPONENTS.flatMap((id) => [id, 0]), 0, 63, 0]),
		...encodeTiles(colors),
		0xff,
		0xd9,
	]);
}

function encodeTiles(colors: Uint8Array): number[] {
	const out = new BitWriter();
	const last = [0, 0, 0];
	for (let at = 0; at + 2 < colors.length; at += 3) {
		const means = toYCbCr(colors[at] ?? 0, colors[at + 1] ?? 0, colors[at + 2] ?? 0);
		for (const [component, mean] of means.entries()) {
			const difference = mean - (last[component] ?? 0);
			last[component] = mean;
			const bits = 32 - Math.clz32(Math.abs(difference));
			const [code, codeBits] = DC_CODES[bits] ?? [0, 0];
			out.write(code, codeBits);
			// A negative number is written as what is missing to the next power of two.
			out.write(difference < 0 ? difference + (1 << bits) - 1 : difference, bits);
			out.write(0, 1);
		}
	}
	return out.end();
}

/** Each from -128 to 127. */
function toYCbCr(red: number, green: number, blue: number): [number, number, number] {
	const y = 0.299 * red + 0.587 * green + 0.114 * blue;
	const centered = (value: number): number => Math.max(-128, Math.min(127, Math.round(value)));
	return [centered(y - 128), centered(0.564 * (blue - y)), centered(0.713 * (red - y))];
}

class BitWriter {
	readonly #bytes: number[] = [];
	#waiting = 0;
	#waitingBits = 0;

	write(value: number, bits: number): void {
		for (let bit = bits - 1; bit >= 0; bit--) {
			this.#waiting = (this.#waiting << 1) | ((value >> bit) & 1);
			this.#waitingBits += 1;
			if (this.#waitingBits === 8) this.#flush();
		}
	}

	/** Filled up with ones. */
	end(): number[] {
		while (this.#waitingBits > 0) this.write(1, 1);
		return this.#bytes;
	}

	#flush(): void {
		this.#bytes.push(this.#waiting);
		// Otherwise it would begin a marker.
		if (this.#waiting === 0xff) this.#bytes.push(0);
		this.#waiting = 0;
		this.#waitingBits = 0;
	}
}

function segment(marker: number, content: readonly number[]): number[] {
	return [0xff, marker, ...uint16(content.length + 2), ...content];
}

function uint16(value: number): [number, number] {
	return [value >> 8, value & 0xff];
}
