// SHA-256 (FIPS 180-4) in plain TypeScript, for suites that also run where there is no Node.

import type { Sha256 } from "../../modules/platform/sha256";

const BLOCK_BYTES = 64;
const PRIMES = firstPrimes(64);
/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
/** Likewise of the square roots of the first eight. */
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

export function createFakeSha256(): Sha256 {
	const state = Uint32Array.from(INITIAL);
	const block = new Uint8Array(BLOCK_BYTES);
	let length = 0;
	const take = (byte: number): void => {
		block[length % BLOCK_BYTES] = byte;
		length += 1;
		if (length % BLOCK_BYTES === 0) compress(state, block);
	};
	return {
		update(bytes) {
			for (const byte of bytes) take(byte);
		},
		digest() {
			const bits = length * 8;
			take(0x80);
			while (length % BLOCK_BYTES !== BLOCK_BYTES - 8) take(0);
			for (let shift = 7; shift >= 0; shift--) take(Math.floor(bits / 2 ** (8 * shift)) % 256);
			const digest = new Uint8Array(32);
			const view = new DataView(digest.buffer);
			for (const [index, word] of state.entries()) view.setUint32(4 * index, word);
			return digest;
		},
	};
}

function compress(state: Uint32Array, block: Uint8Array): void {
	const view = new DataView(block.buffer);
	const words = new Uint32Array(64);
	for (let index = 0; index < 16; index++) words[index] = view.getUint32(4 * index);
	for (let index = 16; index < 64; index++) {
		const w15 = words[index - 15] ?? 0;
		const w2 = words[index - 2] ?? 0;
		const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
		const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
		words[index] = (words[index - 16] ?? 0) + s0 + (words[index - 7] ?? 0) + s1;
	}
	let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
	for (let index = 0; index < 64; index++) {
		const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		const choice = (e & f) ^ (~e & g);
		const first = (h + s1 + choice + (ROUND_CONSTANTS[index] ?? 0) + (words[index] ?? 0)) | 0;
		const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		const majority = (a & b) ^ (a & c) ^ (b & c);
		[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + s0 + majority) | 0];
	}
	for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index] ?? 0) + word;
}

function rotate(word: number, bits: number): number {
	return (word >>> bits) | (word << (32 - bits));
}

function fraction(value: number): number {
	return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
	const primes: number[] = [];
	for (let number = 2; primes.length < count; number++)
		if (primes.every((prime) => number % prime !== 0)) primes.push(number);
	return primes;
}
