// The contract of Sha256.

import type { Sha256 } from "../../../modules/platform/sha256";
import { type ContractCase, type ContractContext, equal } from "../contract";

/** `port` begins a digest. */
export type Sha256Context = ContractContext<() => Sha256>;

/** FIPS 180-4's own examples, and the empty message. */
const EXAMPLES: readonly (readonly [message: string, digest: string])[] = [
	["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
	["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
	[
		"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
	],
];

function hex(bytes: Uint8Array): string {
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
}

function digestOf({ port }: Sha256Context, pieces: readonly Uint8Array[]): string {
	const sha256 = port();
	for (const piece of pieces) sha256.update(piece);
	return hex(sha256.digest());
}

export const sha256Cases: readonly ContractCase<Sha256Context>[] = [
	{
		name: "makes the digests that the standard gives",
		run(context) {
			for (const [message, digest] of EXAMPLES)
				equal(digestOf(context, [context.text.encode(message)]), digest, `digest of "${message}"`);
		},
	},
	{
		name: "makes the digest of a million letters, in pieces",
		run(context) {
			const piece = context.text.encode("a".repeat(10_000));
			equal(
				digestOf(
					context,
					Array.from({ length: 100 }, () => piece),
				),
				"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
				"digest",
			);
		},
	},
	{
		name: "makes the same of pieces of any size",
		run(context) {
			const all = bytesOf(1000);
			const whole = digestOf(context, [all]);
			for (const size of [1, 55, 56, 63, 64, 65, 999]) {
				const pieces: Uint8Array[] = [];
				for (let start = 0; start < all.length; start += size) pieces.push(all.slice(start, start + size));
				equal(digestOf(context, pieces), whole, `digest of pieces of ${size} bytes`);
			}
		},
	},
	{
		name: "takes of a larger block of memory just the bytes it is given",
		run(context) {
			const block = bytesOf(300);
			equal(digestOf(context, [block.subarray(7, 107)]), digestOf(context, [block.slice(7, 107)]), "digest");
		},
	},
	{
		name: "does not look again at bytes that it was given",
		run(context) {
			const bytes = context.text.encode("abc");
			const sha256 = context.port();
			sha256.update(bytes);
			bytes.fill(0);
			equal(hex(sha256.digest()), EXAMPLES[1]?.[1], "digest");
		},
	},
	{
		name: "keeps two digests apart",
		run(context) {
			const [first, second] = [context.port(), context.port()];
			first.update(context.text.encode("a"));
			second.update(new Uint8Array(0));
			first.update(context.text.encode("bc"));
			equal(hex(first.digest()), EXAMPLES[1]?.[1], "first digest");
			equal(hex(second.digest()), EXAMPLES[0]?.[1], "second digest");
		},
	},
];
