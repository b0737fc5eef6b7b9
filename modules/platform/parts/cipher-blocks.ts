// What has to be right about AES-128 in CBC mode beside the cipher itself: sizes, and the padding of PKCS #7.

import { PortError } from "../port-error";

const BLOCK_BYTES = 16;

/** Throws a `PortError`: see HandshakeCrypto. */
export function checkCipherSizes(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): void {
	if (key.length !== BLOCK_BYTES || iv.length !== BLOCK_BYTES)
		throw new PortError("invalid", "AES-128 takes a key and an initial vector of 16 bytes");
	if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0)
		throw new PortError("protocol", "what was encrypted has a part of a block");
}

/** Throws a `PortError` `protocol` when it is not padded. */
export function unpadded(blocks: Uint8Array): Uint8Array {
	const count = blocks.at(-1) ?? 0;
	const length = blocks.length - count;
	const isPadded =
		count >= 1 &&
		count <= BLOCK_BYTES &&
		length >= 0 &&
		blocks.subarray(length).every((byte) => byte === count);
	if (!isPadded)
		throw new PortError("protocol", "what was encrypted does not end as it should; is it the right key?");
	return blocks.slice(0, length);
}
