import { known } from "../../known";
import type { Temperature } from "../../printer-state";

/**
 * Two temperatures in one number, as newer printers send them: the lower 16 bits are the current °C, signed, the
 * upper ones the target. 16056565 (0xF500F5) is 245 of 245.
 */
export function unpackTemperature(packed: number | undefined): Temperature {
	if (packed === undefined) return {};
	return known<Temperature>({ current: (packed << 16) >> 16, target: packed >>> 16 });
}
