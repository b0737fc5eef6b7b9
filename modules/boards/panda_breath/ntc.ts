// From a reading of a Panda Breath's thermistor to a temperature, and back for simulators.

import type { ReferenceOhms, SensorSample, SensorTemperature } from "../../platform/heater-board";

/** The divider hangs on the chip's own supply. */
const SUPPLY_MILLIVOLTS = 3_300;

/** The stock firmware's limits on the 12-bit reading: above the first the sensor is open, up to the second shorted. */
const RAW_OPEN_ABOVE = 0xffd;
const RAW_SHORT_UP_TO = 0x14;

/** The temperature of the first entry of {@link DECI_KILOHMS}; each further entry is 1 °C more. */
const TABLE_START_CELSIUS = 12;

/** The sensor's resistance (100 kΩ at 27 °C) at 12 to 125 °C, in units of 100 Ω. */
const DECI_KILOHMS: readonly number[] = Object.freeze([
	1987, 1894, 1807, 1724, 1645, 1570, 1499, 1432, 1368, 1307, 1249, 1194, 1142, 1092, 1045, 1000, 957, 916,
	878, 841, 806, 772, 740, 709, 680, 653, 626, 601, 577, 554, 532, 511, 491, 472, 453, 436, 419, 403, 388,
	373, 359, 345, 332, 320, 308, 297, 286, 276, 266, 256, 247, 238, 230, 222, 214, 206, 199, 192, 186, 179,
	173, 167, 162, 156, 151, 146, 141, 136, 132, 128, 124, 120, 116, 112, 109, 105, 102, 99, 96, 93, 90, 87, 84,
	82, 79, 77, 74, 72, 70, 68, 66, 64, 62, 60, 59, 57, 55, 54, 52, 51, 49, 48, 47, 45, 44, 43, 42, 41, 39, 38,
	37, 36, 35, 34,
]);

/**
 * The temperature of one reading, interpolated between the table's whole degrees and clamped to its ends:
 * colder than 12 °C reads 12, hotter than 125 °C reads 125.
 */
export function temperatureOf({ raw, millivolts, referenceOhms }: SensorSample): SensorTemperature {
	if (raw === undefined) return { status: "failed" };
	if (raw > RAW_OPEN_ABOVE) return { status: "open" };
	if (raw <= RAW_SHORT_UP_TO) return { status: "short" };
	// An uncalibrated reading is off by several degrees: no number is better than a wrong one.
	if (millivolts === undefined) return { status: "failed" };
	if (millivolts >= SUPPLY_MILLIVOLTS) return { status: "open" };
	if (millivolts <= 0) return { status: "short" };
	const ohms = (referenceOhms * millivolts) / (SUPPLY_MILLIVOLTS - millivolts);
	return { status: "ok", celsius: celsiusOf(ohms / 100) };
}

/** The voltage at the pin at a temperature from 12 to 125 °C. For simulators and tests. */
export function millivoltsOf(celsius: number, referenceOhms: ReferenceOhms): number {
	const position = Math.min(Math.max(celsius - TABLE_START_CELSIUS, 0), DECI_KILOHMS.length - 1);
	const index = Math.floor(position);
	const colder = DECI_KILOHMS[index] ?? 0;
	const hotter = DECI_KILOHMS[index + 1] ?? colder;
	const ohms = (colder + (hotter - colder) * (position - index)) * 100;
	return (SUPPLY_MILLIVOLTS * ohms) / (referenceOhms + ohms);
}

function celsiusOf(deciKilohms: number): number {
	// The table falls: find the first entry that is not above the resistance.
	let low = 0;
	let high = DECI_KILOHMS.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((DECI_KILOHMS[middle] ?? 0) > deciKilohms) low = middle + 1;
		else high = middle;
	}
	const hotter = DECI_KILOHMS[low] ?? 0;
	const colder = DECI_KILOHMS[low - 1];
	if (colder === undefined || deciKilohms <= hotter) return TABLE_START_CELSIUS + low;
	return TABLE_START_CELSIUS + low - (deciKilohms - hotter) / (colder - hotter);
}
