// The second firmware slot: written in pieces, switched to only when whole.

export interface UpdatePort {
	/** Bytes that fit into the free slot. */
	readonly slotBytes: number;
	/**
	 * Opens the free slot for an image of that size. Throws `too_large`, or `invalid` while another one is open.
	 * The running image is never touched.
	 */
	begin(sizeBytes: number): UpdateSlot;
	/** The running image works: do not go back to the old one at the next start. */
	confirm(): void;
}

export interface UpdateSlot {
	/** Throws `too_large` beyond the size given to `begin`, `storage` when flash refuses. */
	write(bytes: Uint8Array): void;
	/** Makes this image the one that starts next. Throws `invalid` when bytes are missing. */
	complete(): void;
	/**
	 * Leaves the running image as the one that starts next. May be called any number of times;
	 * of no effect after `complete`.
	 */
	cancel(): void;
}
