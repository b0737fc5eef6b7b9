// Temperatures as a person reads them: how warm, how warm it shall be, and which way it goes.

import type { PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { celsius, isKnown, whole } from "../words/format";
import { fill } from "../words/texts";
import type { Tone } from "./tone";

export interface Reading {
	/** "nozzle0", "nozzle1", "bed", "chamber" */
	readonly id: string;
	readonly label: string;
	/** "245" */
	readonly current: string;
	/** "/ 245"; "" where nothing is aimed at. */
	readonly target: string;
	/** "°C"; "" beside a dash. */
	readonly unit: string;
	readonly tone: Tone;
	/** "heating"; "" where that is not known. */
	readonly status: string;
}

interface Temperature {
	readonly current?: number;
	readonly target?: number;
}

/** K around the target in which it counts as reached. */
const NEAR = 2;
/** °C above which something that is not heated is still said to cool down. */
const WARM = 50;

/** Nozzles as people look at them: the left one first. */
export function readingsOf(words: Words, printer: PrinterOfState): readonly Reading[] {
	const { nozzles, bed, chamber, capabilities } = printer;
	const readings: Reading[] = [];
	for (let nozzle = capabilities.nozzles - 1; nozzle >= 0; nozzle--)
		readings.push(
			reading(words, `nozzle${nozzle}`, nozzleLabel(words, printer, nozzle), nozzles[nozzle] ?? {}),
		);
	readings.push(reading(words, "bed", words.parts.bed, bed));
	if (chamber !== undefined || capabilities.chamberSensor || capabilities.maxChamber > 0)
		readings.push(reading(words, "chamber", words.parts.chamber, chamber ?? {}));
	return readings;
}

export function nozzleLabel({ parts }: Words, { capabilities }: PrinterOfState, nozzle: number): string {
	if (capabilities.nozzles < 2) return parts.nozzle;
	return nozzle === 0 ? parts.rightNozzle : parts.leftNozzle;
}

export function reading(words: Words, id: string, label: string, temperature: Temperature): Reading {
	const { current, target } = temperature;
	const { value, unit } = celsius(words, current);
	const isAimed = isKnown(target) && target > 0;
	return {
		id,
		label,
		current: value,
		target: isAimed ? `/ ${whole(words, target)}` : "",
		unit: unit || (isAimed ? "°C" : ""),
		...wayOf(words, temperature),
	};
}

function wayOf({ temperatures }: Words, { current, target }: Temperature): { tone: Tone; status: string } {
	if (!isKnown(current)) return { tone: "muted", status: "" };
	if (!isKnown(target)) return { tone: "text", status: "" };
	if (target === 0)
		return current > WARM
			? { tone: "cool", status: temperatures.cooling }
			: { tone: "text", status: temperatures.isOff };
	if (current < target - NEAR) return { tone: "heat", status: temperatures.heating };
	if (current > target + NEAR) return { tone: "cool", status: temperatures.cooling };
	return { tone: "text", status: temperatures.atTarget };
}

export interface FanReading {
	readonly id: FanName;
	readonly label: string;
	/** "part" */
	readonly shortLabel: string;
	readonly percent: number | undefined;
}

export type FanName = "part" | "aux" | "aux2" | "chamber";

/** Those that the printer has. */
export function fansOf({ parts }: Words, { fans, capabilities }: PrinterOfState): readonly FanReading[] {
	const has: Readonly<Record<FanName, boolean>> = {
		part: true,
		aux: capabilities.auxFan,
		aux2: capabilities.secondAuxFan,
		chamber: capabilities.chamberFan,
	};
	const readings: FanReading[] = [];
	for (const id of ["part", "aux", "aux2", "chamber"] as const) {
		if (!has[id] && fans[id] === undefined) continue;
		readings.push({ id, label: parts[`fan_${id}`], shortLabel: parts[`fanShort_${id}`], percent: fans[id] });
	}
	return readings;
}

/** "part 80 · aux 10" */
export function fansText(words: Words, printer: PrinterOfState): string {
	const told = fansOf(words, printer).filter(({ percent }) => isKnown(percent));
	if (told.length === 0) return words.common.unknown;
	return told
		.map(({ shortLabel, percent }) => fill("{fan} {n}", { fan: shortLabel, n: whole(words, percent) }))
		.join(words.format.part);
}
