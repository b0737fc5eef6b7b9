// SHA-256, piece by piece: of an update's image, of the device's password.

export interface Sha256 {
	update(bytes: Uint8Array): void;
	/** 32 bytes. Of no use afterwards. */
	digest(): Uint8Array;
}
