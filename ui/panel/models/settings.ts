// The settings of the panel and of the device.

import type { Language, Preferences, ThemeName } from "../device";
import type { ModelInput } from "../screen";
import { clockNow, durationOfMinutes, percent } from "../words/format";
import { wordsIn } from "../words/languages";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { momentOf } from "./moment";
import { withoutScheme } from "./spoolman";

export interface SettingsView {
	readonly wifi: SettingsLink;
	/** Of a chamber heater on the network. */
	readonly remoteHeater: SettingsLink;
	readonly spoolman: SettingsLink;
	readonly deviceName: SettingsLink;
	readonly brightness: SettingsNumber;
	readonly sleep: SettingsChoice<number>;
	readonly wakeOnPrint: SettingsFlag;
	readonly sounds: SettingsFlag;
	readonly language: SettingsChoice<Language>;
	readonly theme: SettingsChoice<ThemeName>;
	readonly timeZone: SettingsNumber;
	/** "14:32"; "" as long as the device does not know the time. */
	readonly clock: string;
	/** "UTC+2" */
	readonly zone: string;
	readonly update: SettingsLink;
	readonly about: SettingsLink;
	readonly restart: SettingsQuestion;
	readonly factoryReset: SettingsQuestion;
}

/** Opens a screen. */
export interface SettingsLink {
	readonly label: string;
	readonly value: string;
}

export interface SettingsNumber {
	readonly label: string;
	readonly text: string;
	readonly value: number;
	readonly min: number;
	readonly max: number;
	readonly step: number;
	/** Of {@link Preferences}. */
	readonly field: keyof Preferences;
}

export interface SettingsFlag {
	readonly label: string;
	readonly text: string;
	readonly isOn: boolean;
	/** What a touch sets. */
	readonly changes: Partial<Preferences>;
}

export interface SettingsChoice<Value> {
	readonly label: string;
	/** The chosen one, and its text. */
	readonly value: Value;
	readonly text: string;
	readonly options: readonly {
		readonly label: string;
		readonly value: Value;
		readonly isChosen: boolean;
		readonly changes: Partial<Preferences>;
	}[];
}

export interface SettingsQuestion {
	readonly label: string;
	readonly question: Question;
}

/** Minutes that are offered, as far as the limits allow them; 0 is never. */
const SLEEP_MINUTES: readonly number[] = Object.freeze([1, 2, 5, 10, 30, 60, 0]);
export const BRIGHTNESS_STEP = 5;
/** No zone on earth is finer. */
export const ZONE_STEP = 15;

export function settingsView(input: ModelInput): SettingsView {
	const { words, state, preferences, device } = input;
	const { settings, common } = words;
	const { facts } = device;
	return {
		wifi: { label: settings.wifi, value: stationName(input) },
		remoteHeater: {
			label: words.remoteHeater.title,
			value: device.remoteHeater?.place().host || common.unknown,
		},
		spoolman: {
			label: words.spoolman.title,
			value: withoutScheme(device.spools?.setup().url ?? "") || common.unknown,
		},
		deviceName: { label: settings.deviceName, value: preferences.deviceName },
		brightness: {
			label: settings.brightness,
			text: percent(words, preferences.brightness),
			value: preferences.brightness,
			...facts.brightness,
			step: BRIGHTNESS_STEP,
			field: "brightness",
		},
		sleep: sleepChoice(input),
		wakeOnPrint: {
			label: settings.wakeOnPrint,
			text: preferences.wakeOnPrint ? common.on : common.off,
			isOn: preferences.wakeOnPrint,
			changes: { wakeOnPrint: !preferences.wakeOnPrint },
		},
		sounds: {
			label: settings.sounds,
			text: preferences.sounds ? common.on : common.off,
			isOn: preferences.sounds,
			changes: { sounds: !preferences.sounds },
		},
		language: {
			label: settings.language,
			value: preferences.language,
			text: words.language.name,
			options: facts.languages.map((language) => ({
				label: wordsIn(language).language.name,
				value: language,
				isChosen: preferences.language === language,
				changes: { language },
			})),
		},
		theme: {
			label: settings.theme,
			value: preferences.theme,
			text: settings[`theme_${preferences.theme}`],
			options: facts.themes.map((theme) => ({
				label: settings[`theme_${theme}`],
				value: theme,
				isChosen: preferences.theme === theme,
				changes: { theme },
			})),
		},
		timeZone: {
			label: settings.timeZone,
			text: zoneText(input),
			value: preferences.utcOffsetMinutes,
			...facts.utcOffsetMinutes,
			step: ZONE_STEP,
			field: "utcOffsetMinutes",
		},
		clock: clockText(input),
		zone: zoneName(input),
		update: { label: settings.update, value: state.device.firmware },
		about: { label: settings.about, value: "" },
		restart: {
			label: settings.restart,
			question: {
				title: settings.restartQuestion,
				text: state.breath === undefined ? settings.restartTextPlain : settings.restartText,
				yes: settings.restart,
				no: common.cancel,
				isDangerous: false,
			},
		},
		factoryReset: {
			label: settings.factoryReset,
			question: {
				title: settings.factoryQuestion,
				text: settings.factoryText,
				yes: settings.factoryYes,
				no: common.cancel,
				isDangerous: true,
			},
		},
	};
}

/** "UTC+2 · 14:32" */
export function zoneText(input: ModelInput): string {
	const clock = clockText(input);
	return clock === "" ? zoneName(input) : zoneName(input) + input.words.format.part + clock;
}

function zoneName({ words, preferences }: ModelInput): string {
	const minutes = preferences.utcOffsetMinutes;
	const size = Math.abs(minutes);
	const rest = size % 60;
	const hoursText = `${Math.floor(size / 60)}${rest === 0 ? "" : `:${rest < 10 ? "0" : ""}${rest}`}`;
	const offset = minutes === 0 ? "" : `${minutes < 0 ? "−" : "+"}${hoursText}`;
	return fill(words.settings.utc, { offset });
}

function clockText(input: ModelInput): string {
	const { utcOffsetMinutes } = input.preferences;
	return clockNow(input.words, { ...momentOf(input), utcOffsetMinutes });
}

function sleepChoice({ words, preferences, device }: ModelInput): SettingsChoice<number> {
	const { min, max } = device.facts.sleepMinutes;
	const textOf = (minutes: number): string =>
		minutes === 0 ? words.settings.sleepNever : durationOfMinutes(words, minutes);
	const offered = SLEEP_MINUTES.filter((minutes) => minutes >= min && minutes <= max);
	// One that was set elsewhere is offered too.
	if (!offered.includes(preferences.sleepMinutes)) offered.unshift(preferences.sleepMinutes);
	return {
		label: words.settings.sleep,
		value: preferences.sleepMinutes,
		text: textOf(preferences.sleepMinutes),
		options: offered.map((minutes) => ({
			label: textOf(minutes),
			value: minutes,
			isChosen: preferences.sleepMinutes === minutes,
			changes: { sleepMinutes: minutes },
		})),
	};
}

/** Of the network that the device is in. */
export function stationName({ words, state }: ModelInput): string {
	const { station } = state.wifi;
	return station.status === "connected" ? station.ssid : words.wifi.off;
}
