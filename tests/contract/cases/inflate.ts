// The contract of Inflate.

import type { Inflate } from "../../../modules/platform/inflate";
import { type ContractCase, equal, ok, throwsError } from "../contract";

export interface InflateContext {
	port: Inflate;
}

const ROOM = 100_000;
/** "Culm" as a block that is stored, with Huffman codes that are fixed, and 5,000 times with codes of its own. */
const STORED = [0x01, 0x04, 0x00, 0xfb, 0xff, 0x43, 0x75, 0x6c, 0x6d];
const FIXED = [0x73, 0x2e, 0xcd, 0xc9, 0x05, 0x00];
const EMPTY = [0x03, 0x00];
const REPEATED = [
	0xed, 0xc3, 0x31, 0x0d, 0x00, 0x00, 0x08, 0x03, 0x30, 0x71, 0xb3, 0x03, 0xe7, 0xfc, 0x23, 0x83, 0xa7, 0x4d,
	0x9a, 0xce, 0x46, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55,
	0x55, 0x55, 0x55, 0xd5, 0xf7, 0x07,
];

function bytes(values: readonly number[]): Uint8Array {
	return Uint8Array.from(values);
}

function text(decoded: Uint8Array): string {
	let all = "";
	for (const byte of decoded) all += String.fromCharCode(byte);
	return all;
}

/** One stored block of that many bytes, each of them its place modulo 256. */
function storedBlock(length: number): Uint8Array {
	const block = new Uint8Array(5 + length);
	block.set([1, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255]);
	for (let i = 0; i < length; i++) block[5 + i] = i;
	return block;
}

export const inflateCases: readonly ContractCase<InflateContext>[] = [
	{
		name: "takes apart stored blocks and compressed ones",
		run({ port }) {
			equal(text(port(bytes(STORED), ROOM)), "Culm", "of a stored block");
			equal(text(port(bytes(FIXED), ROOM)), "Culm", "of a compressed block");
			equal(text(port(bytes(REPEATED), ROOM)), "Culm".repeat(5000), "of a block with codes of its own");
			equal(port(bytes(EMPTY), ROOM).length, 0, "bytes of nothing");
		},
	},
	{
		name: "takes apart more than fits into one piece",
		run({ port }) {
			const all = port(storedBlock(60_000), ROOM);
			equal(all.length, 60_000, "bytes");
			equal(
				all.findIndex((byte, index) => byte !== index % 256),
				-1,
				"the first wrong byte",
			);
		},
	},
	{
		name: "takes of a larger block of memory just the bytes it is given",
		run({ port }) {
			const around = bytes([0xff, 0xff, ...FIXED, 0xff, 0xff]);
			equal(text(port(around.subarray(2, 2 + FIXED.length), ROOM)), "Culm", "what comes out");
		},
	},
	{
		name: "stops at the limit: too_large",
		run({ port }) {
			equal(text(port(bytes(FIXED), 4)), "Culm", "as much as there is room for");
			throwsError("too_large", () => port(bytes(FIXED), 3));
			throwsError("too_large", () => port(bytes(FIXED), 0));
			throwsError("too_large", () => port(storedBlock(60_000), 59_999));
			throwsError("too_large", () => port(bytes(REPEATED), 19_999));
			equal(port(bytes(REPEATED), 20_000).length, 20_000, "bytes");
		},
	},
	{
		name: "refuses what is damaged, ends too early or goes on after its end: protocol",
		run({ port }) {
			// A kind of block that there is not, a stored length that is wrong, and a distance before the beginning.
			throwsError("protocol", () => port(bytes([0x07, 0x00]), ROOM));
			throwsError("protocol", () => port(bytes([0x01, 0x04, 0x00, 0xfb, 0xfe, 1, 2, 3, 4]), ROOM));
			throwsError("protocol", () => port(bytes([0x03, 0x02]), ROOM));
			throwsError("protocol", () => port(new Uint8Array(0), ROOM));
			for (let length = 1; length < STORED.length; length++)
				throwsError("protocol", () => port(bytes(STORED.slice(0, length)), ROOM));
			throwsError("protocol", () => port(bytes([...STORED, 0]), ROOM));
			throwsError("protocol", () => port(storedBlock(60_000).subarray(0, 30_000), ROOM));
		},
	},
	{
		name: "is of use again after an error, as often as one likes",
		run({ port }) {
			for (let round = 0; round < 200; round++) {
				throwsError("too_large", () => port(storedBlock(9000), 5000));
				throwsError("protocol", () => port(bytes(FIXED.slice(0, 3)), ROOM));
			}
			ok(text(port(bytes(FIXED), ROOM)) === "Culm", "it still works");
		},
	},
];
