// Bytes that came in pieces.

/** One piece is returned as it is. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
	const [first] = pieces;
	if (first === undefined) return new Uint8Array(0);
	if (pieces.length === 1) return first;
	const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let offset = 0;
	for (const piece of pieces) {
		whole.set(piece, offset);
		offset += piece.length;
	}
	return whole;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
