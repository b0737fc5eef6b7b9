import type { AirDuctMode, PrinterCapabilities } from "../../capabilities";
import type { FanSpeeds } from "../../printer-state";
import { airDuctMode } from "../capabilities";
import type { PrintReport } from "../report-schema";

/** Ids of the air duct's parts in the reports of newer printers. */
const PART_FAN = 16;
const AUX_FAN = 32;
const CHAMBER_FAN = 48;
const SECOND_AUX_FAN = 160;

/** Steps in which older printers report a fan's speed. */
const FAN_STEPS = 15;

/** Some models report speeds of fans that they do not have. */
export function deriveFans(
	print: PrintReport,
	{ auxFan, secondAuxFan, chamberFan }: PrinterCapabilities,
): FanSpeeds {
	const fans: FanSpeeds = {};
	const part = speed(print, PART_FAN, print.cooling_fan_speed);
	const aux = auxFan ? speed(print, AUX_FAN, print.big_fan1_speed) : undefined;
	const aux2 = secondAuxFan ? speed(print, SECOND_AUX_FAN) : undefined;
	const chamber = chamberFan ? speed(print, CHAMBER_FAN, print.big_fan2_speed) : undefined;
	if (part !== undefined) fans.part = part;
	if (aux !== undefined) fans.aux = aux;
	if (aux2 !== undefined) fans.aux2 = aux2;
	if (chamber !== undefined) fans.chamber = chamber;
	return fans;
}

/** `undefined` for a model without air ducts, and as long as nothing is known. */
export function deriveAirDuct(
	{ device }: PrintReport,
	{ airDuct }: PrinterCapabilities,
): AirDuctMode | undefined {
	const mode = device?.airduct?.modeCur;
	return mode === undefined || airDuct.length === 0 ? undefined : airDuctMode(mode);
}

/** Percent. `steps` is what older printers report in its stead. */
function speed({ device }: PrintReport, id: number, steps = -1): number | undefined {
	const percent = device?.airduct?.parts?.find((part) => part.id === id)?.state;
	if (percent !== undefined) return percent >= 0 && percent <= 100 ? percent : undefined;
	return steps >= 0 && steps <= FAN_STEPS ? Math.round((steps / FAN_STEPS) * 100) : undefined;
}
