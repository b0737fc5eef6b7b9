// What a printer's camera sends.

/** Begins and ends as a JPEG does, and shows where a piece is missing. */
export function jpeg(sizeBytes: number, first = 0): Uint8Array {
	const bytes = Uint8Array.from({ length: sizeBytes }, (_, index) => (first + index) % 251);
	bytes.set([0xff, 0xd8], 0);
	bytes.set([0xff, 0xd9], sizeBytes - 2);
	return bytes;
}

/** With the header before it. */
export function framed(picture: Uint8Array, sizeBytes = picture.length): Uint8Array {
	const frame = new Uint8Array(16 + picture.length);
	const header = new DataView(frame.buffer);
	header.setUint32(0, sizeBytes, true);
	header.setUint32(8, 1, true);
	frame.set(picture, 16);
	return frame;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
