// The contract of TextCodec.

import type { TextCodec } from "../../../modules/platform/text-codec";
import { type ContractCase, equal, ok } from "../contract";

export interface TextCodecContext {
	port: TextCodec;
}

const SAMPLES: readonly (readonly [text: string, bytes: readonly number[]])[] = [
	["", []],
	["Culm", [0x43, 0x75, 0x6c, 0x6d]],
	["\0", [0]],
	["é", [0xc3, 0xa9]],
	["–", [0xe2, 0x80, 0x93]],
	["中", [0xe4, 0xb8, 0xad]],
	["🧵", [0xf0, 0x9f, 0xa7, 0xb5]],
];

const BROKEN: readonly (readonly [name: string, bytes: readonly number[]])[] = [
	["a lone continuation byte", [0x41, 0x80, 0x42]],
	["a sequence that is cut off", [0x41, 0xe2, 0x80, 0x42]],
	["an overlong form", [0x41, 0xc0, 0xaf, 0x42]],
	["a surrogate", [0x41, 0xed, 0xa0, 0x80, 0x42]],
	["a byte that never occurs", [0x41, 0xff, 0x42]],
	["a code point beyond Unicode", [0x41, 0xf4, 0x90, 0x80, 0x80, 0x42]],
];

export const textCodecCases: readonly ContractCase<TextCodecContext>[] = [
	{
		name: "encodes UTF-8",
		run({ port }) {
			for (const [text, bytes] of SAMPLES) equal([...port.encode(text)], bytes, JSON.stringify(text));
		},
	},
	{
		name: "decodes UTF-8",
		run({ port }) {
			for (const [text, bytes] of SAMPLES)
				equal(port.decode(Uint8Array.from(bytes)), text, JSON.stringify(text));
		},
	},
	{
		name: "decodes only the part of a buffer that it is given",
		run({ port }) {
			const buffer = Uint8Array.of(0x58, 0x43, 0x75, 0x6c, 0x6d, 0x58);
			equal(port.decode(buffer.subarray(1, 5)), "Culm", "text");
		},
	},
	...BROKEN.map(
		([name, bytes]): ContractCase<TextCodecContext> => ({
			name: `puts U+FFFD in the place of ${name}, and keeps the rest`,
			run({ port }) {
				const text = port.decode(Uint8Array.from(bytes));
				ok(/^A\uFFFD+B$/.test(text), `found ${JSON.stringify(text)}`);
			},
		}),
	),
	{
		name: "puts U+FFFD in the place of a sequence that the end cuts off, and forgets it for the next text",
		run({ port }) {
			ok(/^A\uFFFD+$/.test(port.decode(Uint8Array.of(0x41, 0xe2, 0x80))), "text that is cut off");
			equal(port.decode(Uint8Array.of(0x93, 0x42).subarray(1)), "B", "the next text");
		},
	},
	{
		name: "encodes half of a surrogate pair as U+FFFD",
		run({ port }) {
			equal([...port.encode("A\uD83EB")], [0x41, 0xef, 0xbf, 0xbd, 0x42], "bytes");
		},
	},
];
