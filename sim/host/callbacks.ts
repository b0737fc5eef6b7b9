// How a port calls its user.

/**
 * For places that an exception must not pass, such as a parser's. What the callback throws surfaces as an
 * uncaught exception, from a stack of its own.
 */
export function callSafely(callback: () => void): void {
	try {
		callback();
	} catch (error) {
		setImmediate(() => {
			throw error;
		});
	}
}
