// Bits inside the numbers and hex strings of a report.

/** The hex string with these bits set or cleared. Strings may hold 64 bits, more than a number keeps. */
export function withHexBits(hex: string, bits: Readonly<Record<number, boolean>>): string {
	let value = BigInt(`0x${hex}`);
	for (const [bit, on] of Object.entries(bits)) {
		const mask = 1n << BigInt(bit);
		value = on ? value | mask : value & ~mask;
	}
	return value.toString(16).toUpperCase();
}

/** The 32-bit number with these bits set or cleared; negative when bit 31 is set, as printers send it. */
export function withBits(value: number, bits: Readonly<Record<number, boolean>>): number {
	let changed = value | 0;
	for (const [bit, on] of Object.entries(bits)) {
		const mask = 1 << Number(bit);
		changed = on ? changed | mask : changed & ~mask;
	}
	return changed;
}

/** A temperature of the `device` block: the target in the high half, the current one in the low half. */
export function packTemperature(currentC: number, targetC: number): number {
	return (Math.round(targetC) << 16) | (Math.round(currentC) & 0xffff);
}
