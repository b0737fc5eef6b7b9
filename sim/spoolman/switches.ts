// The things that can go wrong with a Spoolman, each of them a switch.

export interface SpoolmanSwitches {
	/** Nobody listens on its port. */
	readonly down: boolean;
	/** Does at once what it is asked to, and says so 10 s later: later than the device waits. */
	readonly slow: boolean;
	/** Answers everything with 500, and does nothing. */
	readonly failing: boolean;
}

export type SpoolmanSwitch = keyof SpoolmanSwitches;

export const allOff: SpoolmanSwitches = Object.freeze({ down: false, slow: false, failing: false });

export const spoolmanSwitchNames = Object.freeze(Object.keys(allOff)) as readonly SpoolmanSwitch[];
