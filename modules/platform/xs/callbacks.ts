// How a port calls its user.

import Timer from "timer";

/**
 * For places that an exception must not pass, such as a parser's or a native function's. What the callback throws
 * surfaces as an uncaught exception, from a stack of its own.
 */
export function callSafely(callback: () => void): void {
	try {
		callback();
	} catch (error) {
		throwLater(error);
	}
}

export function throwLater(error: unknown): void {
	Timer.set(() => {
		throw error;
	});
}
