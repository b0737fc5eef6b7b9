// The boot loader's word on the running image, for which the SDK has no module.

/** The running image works: the boot loader does not go back to the old one. */
export function confirmImage(this: unknown): void {
	native("xs_culm_confirm_image").call(this);
}
