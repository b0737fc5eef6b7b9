// MD5 and AES-128-CBC, by the SDK.
/// <reference path="../typings/crypt.d.ts" />

import { BlockCipher, Digest, Mode } from "crypt";
import type { HandshakeCrypto } from "../../handshake-crypto";
import { checkCipherSizes, unpadded } from "../../parts/cipher-blocks";

const HEX_DIGITS = "0123456789abcdef";

export const handshakeCrypto: HandshakeCrypto = {
	md5(bytes) {
		const digest = new Digest("MD5") as unknown as SdkDigest;
		digest.write(bytes);
		let hex = "";
		for (const byte of new Uint8Array(digest.close()))
			hex += HEX_DIGITS.charAt(byte >> 4) + HEX_DIGITS.charAt(byte & 15);
		return hex;
	},
	aes128CbcDecrypt(key, iv, bytes) {
		checkCipherSizes(key, iv, bytes);
		const result = new ArrayBuffer(bytes.length);
		new Mode("CBC", new BlockCipher("AES", bufferOf(key)), bufferOf(iv)).decrypt(bufferOf(bytes), result);
		return unpadded(new Uint8Array(result));
	},
};
Object.freeze(handshakeCrypto);

/** As it is: its typings know no views of a buffer. */
interface SdkDigest {
	write(bytes: Uint8Array): void;
	close(): ArrayBuffer;
}

/** The SDK's ciphers take whole buffers only. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
	return bytes.slice().buffer as ArrayBuffer;
}
