// Whether a port of this device is taken.

/** Left to the listener, which says so when it fails. */
export function isListening(_port: number): Promise<boolean> {
	return Promise.resolve(false);
}
