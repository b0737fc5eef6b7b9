// Base64 to bytes (RFC 4648), since not every host has it.

const PADDING = 0x3d;

/** `undefined` for anything but whole groups of four characters of the usual alphabet, padded at the end. */
export function decodeBase64(text: string): Uint8Array | undefined {
	if (text.length % 4 !== 0) return undefined;
	const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
	const bytes = new Uint8Array((text.length / 4) * 3 - padding);
	let at = 0;
	for (let index = 0; index < text.length; index += 4) {
		let group = 0;
		for (let place = index; place < index + 4; place++) {
			const code = text.charCodeAt(place);
			const value = code === PADDING && place >= text.length - padding ? 0 : digitOf(code);
			if (value === undefined) return undefined;
			group = group * 64 + value;
		}
		// What is left of the last group has to be nothing: otherwise two texts would be the same bytes.
		const isLast = index + 4 === text.length;
		if (isLast && padding > 0 && (group & (padding === 2 ? 0xffff : 0xff)) !== 0) return undefined;
		for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (group >> shift) & 0xff;
	}
	return bytes;
}

function digitOf(code: number): number | undefined {
	if (code >= 0x41 && code <= 0x5a) return code - 0x41;
	if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26;
	if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
	if (code === 0x2b) return 62;
	return code === 0x2f ? 63 : undefined;
}
