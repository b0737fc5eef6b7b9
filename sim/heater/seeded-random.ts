// Chance that comes out the same each time, for runs that are to be repeated.

import type { Random } from "../../modules/platform/random";

/** Xorshift with 32 bits: enough for the noise of a sensor. The same seed gives the same numbers. */
export function seededRandom(seed: number): Random {
	// Its only fixed point is 0.
	let state = seed | 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 0x1_0000_0000;
	};
}
