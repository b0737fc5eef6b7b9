// Flags that printers send as hex strings of up to 64 bits: too wide for a number, so digits are looked up.

/** Whether that bit is set; bit 0 is the lowest of the last digit. Digits that are not there count as 0. */
export function hexBit(hex: string, bit: number): boolean {
	const digit = hex[hex.length - 1 - (bit >>> 2)] ?? "0";
	return ((Number.parseInt(digit, 16) >>> (bit & 3)) & 1) === 1;
}

/** An unsigned 32-bit number as 8 upper-case hex digits. Printers send some of them as negative numbers. */
export function hex32(value: number): string {
	return (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
}
