// The contract of HandshakeCrypto.

import type { HandshakeCrypto } from "../../../modules/platform/handshake-crypto";
import { type ContractCase, type ContractContext, equal, throwsError } from "../contract";

export type HandshakeCryptoContext = ContractContext<HandshakeCrypto>;

/** RFC 1321's own examples. */
const DIGESTS: readonly (readonly [message: string, digest: string])[] = [
	["", "d41d8cd98f00b204e9800998ecf8427e"],
	["a", "0cc175b9c0f1b6a831c399e269772661"],
	["message digest", "f96b697d7cb7938d525a2f31aaf161d0"],
	[
		"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
		"57edf4a22be3c955ac49da2e2107b67a",
	],
];

/** NIST SP 800-38A, F.2.2, and the block that pads it, made with the openssl command. */
const KEY = "2b7e151628aed2a6abf7158809cf4f3c";
const IV = "000102030405060708090a0b0c0d0e0f";
const BLOCKS =
	"7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2" +
	"73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7";
const PADDING = "8cb82807230e1321d3fae00d18cc2012";
const PLAIN =
	"6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" +
	"30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

function bytes(hex: string): Uint8Array {
	return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
		Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
	);
}

function hex(data: Uint8Array): string {
	return [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const handshakeCryptoCases: readonly ContractCase<HandshakeCryptoContext>[] = [
	{
		name: "makes the MD5 digests that the standard gives",
		run({ port, text }) {
			for (const [message, digest] of DIGESTS)
				equal(port.md5(text.encode(message)), digest, `digest of "${message}"`);
		},
	},
	{
		name: "decrypts what the standard encrypts, and takes the padding off",
		run({ port }) {
			equal(hex(port.aes128CbcDecrypt(bytes(KEY), bytes(IV), bytes(BLOCKS + PADDING))), PLAIN, "plain text");
		},
	},
	{
		name: "takes of a larger block of memory just the bytes it is given, and leaves them as they are",
		run({ port }) {
			const given = bytes(`ffffff${KEY}ff${IV}ffff${BLOCKS}${PADDING}ffff`);
			const before = hex(given);
			const plain = port.aes128CbcDecrypt(
				given.subarray(3, 19),
				given.subarray(20, 36),
				given.subarray(38, 38 + 80),
			);
			equal(hex(plain), PLAIN, "plain text");
			equal(hex(given), before, "what was given");
			equal(port.md5(given.subarray(3, 19)), port.md5(bytes(KEY)), "digest");
		},
	},
	{
		name: "refuses keys and initial vectors of other sizes: invalid",
		run({ port }) {
			const data = bytes(BLOCKS + PADDING);
			throwsError("invalid", () => port.aes128CbcDecrypt(bytes(KEY + KEY), bytes(IV), data));
			throwsError("invalid", () => port.aes128CbcDecrypt(bytes(KEY).subarray(1), bytes(IV), data));
			throwsError("invalid", () => port.aes128CbcDecrypt(bytes(KEY), bytes(IV).subarray(1), data));
		},
	},
	{
		name: "refuses parts of blocks, and what is not padded: protocol",
		run({ port }) {
			const decrypt = (data: Uint8Array) => port.aes128CbcDecrypt(bytes(KEY), bytes(IV), data);
			throwsError("protocol", () => decrypt(new Uint8Array(0)));
			throwsError("protocol", () => decrypt(bytes(BLOCKS).subarray(1)));
			// Its plain text ends with 0x10, but not with 16 of them.
			throwsError("protocol", () => decrypt(bytes(BLOCKS)));
			throwsError("protocol", () => decrypt(bytes(BLOCKS).subarray(0, 16)));
		},
	},
	{
		name: "decrypts 16 KB",
		run({ port }) {
			const size = 16 * 1024;
			const data = new Uint8Array(size + 16);
			// The last block's padding depends on the block before alone, so that the middle may be anything.
			data.set(bytes(BLOCKS + PADDING), size + 16 - 80);
			const plain = port.aes128CbcDecrypt(bytes(KEY), bytes(IV), data);
			equal(plain.length, size, "bytes");
			equal(hex(plain.subarray(size - 48)), PLAIN.slice(32), "the last bytes");
		},
	},
];
