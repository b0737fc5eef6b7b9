import type { Temperature } from "../../printer-state";

/** Without what is not known. */
export function temperature(current: number | undefined, target: number | undefined): Temperature {
	const known: Temperature = {};
	if (current !== undefined) known.current = current;
	if (target !== undefined) known.target = target;
	return known;
}

/**
 * Two temperatures in one number, as newer printers send them: the lower 16 bits are the current °C, signed, the
 * upper ones the target. 16056565 (0xF500F5) is 245 of 245.
 */
export function unpackTemperature(packed: number | undefined): Temperature {
	return packed === undefined ? {} : { current: (packed << 16) >> 16, target: packed >>> 16 };
}
