// MD5 and AES-128 in CBC mode, of which the LAN handshake of Anycubic printers is made. Neither protects anything here.

export interface HandshakeCrypto {
	/** 32 lower-case hex digits. */
	md5(bytes: Uint8Array): string;
	/**
	 * Without the padding, which is that of PKCS #7. Throws a `PortError` `invalid` unless key and IV have 16 bytes, and
	 * `protocol` for bytes that are no whole blocks, or whose padding is wrong. The result is the caller's.
	 */
	aes128CbcDecrypt(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array;
}
