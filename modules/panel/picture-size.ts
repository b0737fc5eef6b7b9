// How large the picture of a JPEG says it is: looked at before a decoder takes memory for it.

const MARKER = 0xff;
const START = 0xd8;
/** Frames that decoders of devices can read: baseline, and extended sequential ones of the same form. */
const FRAMES: readonly number[] = Object.freeze([0xc0, 0xc1]);
/** Kinds of frames are in between, but for these three. */
const FIRST_FRAME = 0xc0;
const LAST_FRAME = 0xcf;
const NO_FRAMES: readonly number[] = Object.freeze([0xc4, 0xc8, 0xcc]);
const SCAN = 0xda;
/** Of a frame's segment: length, precision, height, width, number of components. */
const FRAME_BYTES = 8;

/** `undefined`: it is no JPEG that a device can decode; progressive ones are none. */
export function readPictureSize(bytes: Uint8Array): { width: number; height: number } | undefined {
	if (bytes[0] !== MARKER || bytes[1] !== START) return undefined;
	for (let at = 2; at + FRAME_BYTES + 2 <= bytes.length; ) {
		if (bytes[at] !== MARKER) return undefined;
		const kind = bytes[at + 1] ?? 0;
		// Any number of these may stand before a marker.
		if (kind === MARKER) {
			at++;
			continue;
		}
		if (FRAMES.includes(kind)) return { width: word(bytes, at + 7), height: word(bytes, at + 5) };
		const isOtherFrame = kind >= FIRST_FRAME && kind <= LAST_FRAME && !NO_FRAMES.includes(kind);
		const length = word(bytes, at + 2);
		if (isOtherFrame || kind === SCAN || length < 2) return undefined;
		at += 2 + length;
	}
	return undefined;
}

function word(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
