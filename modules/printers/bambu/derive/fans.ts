import { known } from "../../known";
import type { FanSpeeds } from "../../printer-state";
import type { BambuModel } from "../models";
import type { PrintReport } from "../report-schema";

/** Ids of the air duct's parts in the reports of newer printers. */
const PART_FAN = 16;
const AUX_FAN = 32;
const CHAMBER_FAN = 48;

/** Steps in which older printers report a fan's speed. */
const FAN_STEPS = 15;

export function deriveFans(print: PrintReport, model: BambuModel): FanSpeeds {
	const parts = print.device?.airduct?.parts;
	const speed = (id: number, steps: number | undefined): number | undefined => {
		const percent = parts?.find((part) => part.id === id)?.state;
		if (percent !== undefined) return percent;
		return steps === undefined || steps < 0 ? undefined : Math.round((steps / FAN_STEPS) * 100);
	};
	return known<FanSpeeds>({
		part: percent(speed(PART_FAN, print.cooling_fan_speed)),
		aux: model.auxFan ? percent(speed(AUX_FAN, print.big_fan1_speed)) : undefined,
		chamber: model.chamberFan ? percent(speed(CHAMBER_FAN, print.big_fan2_speed)) : undefined,
	});
}

function percent(value: number | undefined): number | undefined {
	return value !== undefined && value >= 0 && value <= 100 ? value : undefined;
}
