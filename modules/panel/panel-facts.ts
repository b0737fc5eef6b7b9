// What a panel has to know to ask for the right things: the limits of settings and commands, in one place.

import type {
	FormField,
	HeaterFacts,
	Language,
	MotionFacts,
	NumberLimits,
	PanelFacts,
	Refusal,
	TextLimits,
	ThemeName,
} from "../../ui/panel/device";
import { dryingPlan } from "../breath/drying";
import { EXTRUDE_FROM } from "../printers/bambu/commands/guards";
import { MAX_EXTRUSION, MAX_JOG } from "../printers/bambu/commands/motion-commands";
import { settingsSchema } from "../settings/schema";
import { checkValue, type TextSetting } from "../settings/setting";
import { filamentFacts } from "./filament-facts";
import { refuse } from "./refusals";

/** The settings that a person types, by the field that the panel asks for. Those of a printer are alike in all slots. */
const FIELDS: Readonly<Record<FormField, string>> = Object.freeze({
	host: "printer0.host",
	serial: "printer0.serial",
	accessCode: "printer0.accessCode",
	printerName: "printer0.name",
	deviceName: "deviceName",
	ssid: "wifi.ssid",
	wifiPassword: "wifi.password",
});
/** They may be empty where they are stored, which means that there is none. */
const NEEDED: readonly FormField[] = Object.freeze(["host", "accessCode", "ssid"]);

const PRESETS = Object.freeze(["pla", "petg_abs"] as const);

export function panelFacts(mostPrinters: number): PanelFacts {
	return Object.freeze({
		languages: options("language") as readonly Language[],
		themes: options("panel.theme") as readonly ThemeName[],
		mostPrinters,
		brightness: limits("panel.brightness"),
		sleepMinutes: limits("panel.sleepMinutes"),
		utcOffsetMinutes: limits("utcOffsetMinutes"),
		texts: texts(),
		check,
		filament: filamentFacts,
		motion: MOTION,
		heater: heaterFacts(),
	});
}

const MOTION: MotionFacts = Object.freeze({
	jogSteps: Object.freeze([1, MAX_JOG]),
	mostExtrusion: MAX_EXTRUSION,
	extrudeFrom: EXTRUDE_FROM,
});

function heaterFacts(): HeaterFacts {
	return Object.freeze({
		target: limits("breath.target"),
		bedThreshold: limits("breath.bedThreshold"),
		filterThreshold: limits("breath.filterThreshold"),
		dryingTarget: limits("breath.dryingTarget"),
		dryingHours: limits("breath.dryingHours"),
		dryingPresets: PRESETS.map((name) => ({ name, ...dryingPlan(name, 0, 0) })),
	});
}

function check(
	field: FormField,
	value: string,
): Refusal<"missing" | "too_short" | "too_long" | "not_well_formed"> | undefined {
	const setting = textSetting(field);
	if (!setting) return undefined;
	if (value === "" && (NEEDED.includes(field) || setting.minLength > 0))
		return refuse("missing", "This is needed.");
	const problem = checkValue(setting, value);
	if (!problem) return undefined;
	const message = `It ${problem.message}.`;
	const { minLength, maxLength } = textLimits(field, setting);
	if (value.length > maxLength) return refuse("too_long", message);
	if (value !== "" && value.length < minLength) return refuse("too_short", message);
	return refuse("not_well_formed", message);
}

function texts(): Readonly<Record<FormField, TextLimits>> {
	const limits: Partial<Record<FormField, TextLimits>> = {};
	for (const field of Object.keys(FIELDS) as FormField[]) {
		const setting = textSetting(field);
		if (setting) limits[field] = Object.freeze(textLimits(field, setting));
	}
	return Object.freeze(limits) as Readonly<Record<FormField, TextLimits>>;
}

/** Of what is not left empty. */
function textLimits(field: FormField, { minLength, maxLength }: TextSetting): TextLimits {
	const least = field === "wifiPassword" ? 8 : field === "serial" ? 4 : Math.max(1, minLength);
	return { minLength: least, maxLength };
}

function textSetting(field: FormField): TextSetting | undefined {
	const setting = settingsSchema.get(FIELDS[field]);
	return setting?.type === "text" ? setting : undefined;
}

function limits(key: string): NumberLimits {
	const setting = settingsSchema.get(key);
	if (setting?.type !== "integer") return Object.freeze({ min: 0, max: 0 });
	const { min, max } = setting;
	return Object.freeze({ min, max });
}

function options(key: string): readonly string[] {
	const setting = settingsSchema.get(key);
	return setting?.type === "choice" ? setting.options : [];
}
