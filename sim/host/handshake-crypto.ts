// MD5 and AES-128-CBC, by node:crypto.

import { createDecipheriv, createHash } from "node:crypto";
import type { HandshakeCrypto } from "../../modules/platform/handshake-crypto";
import { checkCipherSizes, unpadded } from "../../modules/platform/parts/cipher-blocks";

export const handshakeCrypto: HandshakeCrypto = {
	md5: (bytes) => createHash("md5").update(bytes).digest("hex"),
	aes128CbcDecrypt(key, iv, bytes) {
		checkCipherSizes(key, iv, bytes);
		const cipher = createDecipheriv("aes-128-cbc", key, iv).setAutoPadding(false);
		return unpadded(new Uint8Array(Buffer.concat([cipher.update(bytes), cipher.final()])));
	},
};
