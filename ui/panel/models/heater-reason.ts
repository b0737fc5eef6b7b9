// Why the chamber heater heats or does not, in the panel's language.

import type { BreathState } from "../device";
import type { Words } from "../words/en";
import { durationOfMinutes, whole } from "../words/format";
import { fill } from "../words/texts";

type Details = NonNullable<BreathState["reasonDetails"]>;

export function heaterReason(words: Words, state: BreathState): string {
	const { reason } = words;
	const details = state.reasonDetails ?? {};
	const values = {
		printer: details.printer ?? reason.printer,
		who: details.by === undefined ? "" : reason[`by_${details.by}`],
		threshold: whole(words, state.bedThreshold),
		bed: whole(words, details.bedTarget ?? details.bed),
		material: details.material ?? words.common.unknown,
		// Drying aims at its own target.
		target: whole(words, state.activeTarget || state.target),
		minutes: whole(words, details.minutes),
		time: durationOfMinutes(words, details.minutes),
		lost: durationOfMinutes(words, details.minutesLost),
	};
	const text = fill(mainText(words, state, details), values);
	if (details.minutesAlone !== undefined)
		return fill(reason.alone, { text, time: durationOfMinutes(words, details.minutesAlone) });
	if (details.fan === undefined) return text;
	return fill(details.fan === "runs_on" ? reason.runsOn : reason.filters, { text });
}

/** Which of a reason's sentences fits. */
function mainText({ reason, heaterFault }: Words, state: BreathState, details: Details): string {
	const code = state.reasonCode;
	switch (code) {
		case "off":
			if (details.by === undefined) return reason.off;
			return details.by === "firmware" ? reason.offFirmware : reason.offBy;
		case "fault":
			return state.fault === undefined ? reason.fault : heaterFault[state.fault.code];
		case "no_printer":
			return details.klipper ? reason.noPrinterKlipper : reason.no_printer;
		case "bed_cold":
			if (details.bedTarget !== undefined) return reason.bedColdTarget;
			return details.bed === undefined ? reason.bed_cold : reason.bedColdCurrent;
		case "filament_cold":
			if (details.material === undefined) return reason.filament_cold;
			return details.listed ? reason.filamentListed : reason.filamentUnlisted;
		case "heating":
			return details.minutes === undefined ? reason.heating : reason.heatingMinutes;
		case "abandoned":
			return details.minutesLost === undefined ? reason.abandoned : reason.abandonedDrying;
		default:
			return reason[code];
	}
}
