// The light of the screen.

export interface DisplayPort {
	/** Percent, from 0 (dark) to 100. Never throws. */
	setBrightness(percent: number): void;
}
