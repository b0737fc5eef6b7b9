// Piu's whole numbers: places are 16 bits with a sign, sizes 16 bits without, so that both wrap as on a device.

export function toInteger(value: number): number {
	return Math.trunc(value) | 0;
}

/** A place, a margin: -32768 to 32767. */
export function toCoordinate(value: number): number {
	return (Math.trunc(value) << 16) >> 16;
}

/** A fitted width or height: 0 to 65535. */
export function toDimension(value: number): number {
	return Math.trunc(value) & 0xffff;
}
