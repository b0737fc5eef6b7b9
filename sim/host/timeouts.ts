// Time limits on what the network does. They count real time, also when the simulated world runs faster.

/** Node treats a longer delay as 1 ms. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;

export interface Timeout {
	/** May be called any number of times. */
	cancel(): void;
}

export function startTimeout(delayMs: number, callback: () => void): Timeout {
	let lastLook: NodeJS.Immediate | undefined;
	const timer = setTimeout(
		() => {
			// A process that was held up finds the time over before it has looked at what came meanwhile.
			lastLook = setImmediate(callback);
		},
		Math.min(delayMs, LONGEST_DELAY_MS),
	);
	return {
		cancel() {
			clearTimeout(timer);
			clearImmediate(lastLook);
		},
	};
}
