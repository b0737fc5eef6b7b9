// What the image says of itself, the boot loader's word on it, and the chip's restart: the SDK has no modules for them.

/** The running image works: the boot loader does not go back to the old one. */
export function confirmImage(this: unknown): void {
	native("xs_culm_confirm_image").call(this);
}

/** The board that the image is built for, by its own descriptor. */
export function imageBoard(this: unknown): string {
	return native("xs_culm_image_board").call(this);
}

/** Does not return. ESP-IDF's shutdown handlers run before: a heater is turned off by one. */
export function restartChip(this: unknown): void {
	native("xs_culm_restart").call(this);
}
