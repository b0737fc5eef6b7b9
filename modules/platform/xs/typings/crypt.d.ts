// What the SDK's typings leave out of its ciphers.

declare module "crypt" {
	/** Takes whole buffers only. */
	export class BlockCipher {
		constructor(cipher: "AES", key: ArrayBuffer);
	}

	export class Mode {
		constructor(mode: "CBC", cipher: BlockCipher, iv: ArrayBuffer);
		decrypt(bytes: ArrayBuffer, result: ArrayBuffer): void;
	}
}
