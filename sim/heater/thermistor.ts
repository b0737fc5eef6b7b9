// A thermistor as the firmware gets to see it: through a divider, noise and a 12-bit converter.

import type { ReferenceOhms, SensorReading } from "../../modules/platform/heater-board";
import type { Random } from "../../modules/platform/random";
import { millivoltsOf, temperatureOf } from "./firmware-parts";

const HIGHEST_RAW = 4_095;
/** Where the converter of an ESP32-C3 has no more to give, at 12 dB of attenuation. */
const FULL_SCALE_MILLIVOLTS = 2_900;
/** Standard deviation of one conversion: at 55 °C that is 0.1 °C, at 100 °C it is 0.4 °C with 82 kΩ. */
const NOISE_MILLIVOLTS = 3;

export type ThermistorCondition = "good" | "open" | "short" | "converter_dead";

export interface Thermistor {
	/** Its own temperature. */
	celsius: number;
	condition: ThermistorCondition;
	referenceOhms: ReferenceOhms;
}

/** One conversion, with the firmware's own arithmetic from the raw number on. */
export function measure({ celsius, condition, referenceOhms }: Thermistor, random: Random): SensorReading {
	if (condition === "converter_dead") {
		const sample = { raw: undefined, millivolts: undefined, referenceOhms };
		return { temperature: temperatureOf(sample), sample };
	}
	// An open pin is pulled up to the supply, above what the converter reaches.
	const pin = { good: millivoltsOf(celsius, referenceOhms), open: Number.POSITIVE_INFINITY, short: 0 }[
		condition
	];
	const exact = ((pin + noise(random)) / FULL_SCALE_MILLIVOLTS) * HIGHEST_RAW;
	const raw = Math.round(Math.min(Math.max(exact, 0), HIGHEST_RAW));
	const millivolts = Math.round((raw * FULL_SCALE_MILLIVOLTS) / HIGHEST_RAW);
	const sample = { raw, millivolts, referenceOhms };
	return { temperature: temperatureOf(sample), sample };
}

/** Near enough to a normal distribution, and never beyond three deviations. */
function noise(random: Random): number {
	return NOISE_MILLIVOLTS * 2 * (random() + random() + random() - 1.5);
}
