// Puts a message together that comes in pieces, up to a size; one that is larger is dropped.

/** The largest are lists of files. */
const MAX_BYTES = 64 * 1024;

export class MessageAssembly {
	private bytes: Uint8Array | undefined;
	private length = 0;
	/** Over the limit: what still comes of it is of no use. */
	private isDropped = false;

	/**
	 * The whole message with its last piece, valid as long as that is; "too_large" with the last piece of one that is
	 * over the limit; `undefined` with all others.
	 */
	take(piece: Uint8Array, remainingBytes: number): Uint8Array | "too_large" | undefined {
		const sizeBytes = this.length + piece.length + remainingBytes;
		if (this.length === 0 && !this.isDropped && remainingBytes === 0)
			return sizeBytes > MAX_BYTES ? "too_large" : piece;
		if (sizeBytes > MAX_BYTES) {
			this.isDropped = true;
			this.bytes = undefined;
		}
		if (!this.isDropped) {
			if (this.bytes === undefined || this.bytes.length < sizeBytes) this.bytes = new Uint8Array(sizeBytes);
			this.bytes.set(piece, this.length);
		}
		this.length += piece.length;
		if (remainingBytes > 0) return undefined;
		const whole = this.isDropped ? "too_large" : this.bytes?.subarray(0, this.length);
		this.reset();
		return whole;
	}

	/** Forgets what has come: the rest of it never will. */
	reset(): void {
		this.bytes = undefined;
		this.length = 0;
		this.isDropped = false;
	}
}
