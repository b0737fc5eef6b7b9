// Numbers of an archive, lowest byte first. What is behind the end of the bytes counts as 0.

export function readUint16(bytes: Uint8Array, at: number): number {
	return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100;
}

export function readUint32(bytes: Uint8Array, at: number): number {
	return readUint16(bytes, at) + readUint16(bytes, at + 2) * 0x1_0000;
}

/** Not exact above 2^53, which no file has. */
export function readUint64(bytes: Uint8Array, at: number): number {
	return readUint32(bytes, at) + readUint32(bytes, at + 4) * 0x1_0000_0000;
}
