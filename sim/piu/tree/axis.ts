// One direction of a content: its coordinates, where it came to be and how long it is.

/** 0 is horizontal, 1 is vertical. */
export type Direction = 0 | 1;

/** Bits of the coordinates that are given: left or top, right or bottom, width or height. */
export const START = 1;
export const END = 2;
export const BOTH = 3;
export const SIZE = 4;
export const ALL = 7;

export class Axis {
	given = 0;
	start = 0;
	end = 0;
	/** The one given, else the one measured. */
	size = 0;
	/** In the container. */
	at = 0;
	/** Fitted. */
	length = 0;

	/** From its container's start to its end, so that nothing else sets its size. */
	get stretched(): boolean {
		return (this.given & BOTH) === BOTH;
	}

	/** Both ends or its size are given, so that what is within does not change it. */
	get settled(): boolean {
		return (this.given & ALL) >= BOTH;
	}
}
