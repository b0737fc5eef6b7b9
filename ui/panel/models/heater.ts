// The chamber heater: how warm, why it heats or not, its modes, drying, and a fault over everything.

import type { BreathChanges, BreathState } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { celsius, degrees, duration, hours, isKnown, type Measure, whole } from "../words/format";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { heaterReason } from "./heater-reason";
import type { Tone } from "./tone";

export interface HeaterAction {
	readonly label: string;
	readonly enabled: boolean;
	/** In words; "" when it is enabled. */
	readonly why: string;
	readonly changes: BreathChanges;
	readonly question?: Question;
}

/** Of a heater of one's own, and of one on the network (remote-heater.ts), which does not tell all of it. */
export interface HeaterView {
	readonly isRemote: boolean;
	/** It was so when it was heard last. */
	readonly isOld: boolean;
	/** "41.3" and "°C" */
	readonly chamber: Measure;
	readonly chamberTone: Tone;
	readonly chamberLabel: string;
	/** "to 45 °C"; "" while nothing is aimed at. */
	readonly aim: string;
	/** "Element 96 °C"; "" where it is not told. */
	readonly element: string;
	readonly reason: string;
	readonly isOn: boolean;
	readonly isHeating: boolean;
	/** "heating" or "off"; "" where it is not told. */
	readonly heating: string;
	/** "Fan running"; "" where it is not told. */
	readonly fan: string;
	readonly isFanOn: boolean;
	/** Turns on what the mode does. */
	readonly start: HeaterAction;
	/** Everything off: can always be asked for, whatever is known. */
	readonly off: HeaterAction;
	/** Absent where the fan cannot be had alone. */
	readonly fanOnly?: HeaterAction;
	/** Why mode and numbers cannot be changed; "" when they can. */
	readonly why: string;
	readonly modes: readonly HeaterMode[];
	/** Of auto and always-on. */
	readonly target: HeaterNumber;
	readonly bedThreshold: HeaterNumber;
	readonly filterThreshold: HeaterNumber;
	readonly drying: HeaterDrying;
	/** Covers the screen; absent without one. */
	readonly fault?: HeaterFaultView;
}

export interface HeaterMode {
	readonly id: BreathState["mode"];
	readonly label: string;
	readonly isChosen: boolean;
	readonly changes: BreathChanges;
	/** What it would end. */
	readonly question?: Question;
}

/** A number that the keypad or a slider sets. */
export interface HeaterNumber {
	/** Whether the mode has a use for it now. */
	readonly isShown: boolean;
	readonly label: string;
	/** "45 °C" */
	readonly text: string;
	/** Beside what is typed: "°C". */
	readonly unit: string;
	/** Absent when it is not known. */
	readonly value?: number;
	readonly min: number;
	readonly max: number;
	/** Of {@link BreathChanges}, to be set to the number. */
	readonly field: "target" | "bedThreshold" | "filterThreshold" | "dryingTarget" | "dryingHours";
	/** What many set it to. */
	readonly presets: readonly { readonly label: string; readonly value: number }[];
}

export interface HeaterDrying {
	readonly isShown: boolean;
	readonly isRunning: boolean;
	/** "3 h 20 min left"; "" when it does not run. */
	readonly left: string;
	/** 0 to 1: how much of its time is over; 0 when it does not run. */
	readonly progress: number;
	readonly presets: readonly {
		readonly id: string;
		readonly label: string;
		/** "55 °C · 12 h" */
		readonly text: string;
		readonly isChosen: boolean;
		readonly changes: BreathChanges;
	}[];
	readonly target: HeaterNumber;
	readonly hours: HeaterNumber;
}

export interface HeaterFaultView {
	readonly title: string;
	/** What happened. */
	readonly text: string;
	/** What to do. */
	readonly help: string;
	/** That it stays off, and until when. */
	readonly note: string;
	readonly canClear: boolean;
	readonly clearLabel: string;
}

const MODES = Object.freeze(["auto", "always_on", "drying"] as const);
/** K around the target in which it counts as reached. */
const NEAR = 2;

/** What chambers are warmed to, °C: for PETG, PC blends, ABS and ASA, PA. */
const TARGETS: readonly number[] = Object.freeze([35, 40, 45, 50, 55, 60]);
const HOURS: readonly number[] = Object.freeze([4, 6, 8, 12, 24]);

/** `undefined` on a device without a heater of its own. */
export function heaterView(input: ModelInput): HeaterView | undefined {
	const { state, words } = input;
	const { breath } = state;
	if (breath === undefined) return undefined;
	const { heater, parts } = words;
	return {
		isRemote: false,
		isOld: false,
		chamber: celsius(words, breath.chamber, 1),
		chamberTone: chamberTone(breath.chamber, breath.activeTarget),
		chamberLabel: parts.chamber,
		aim: aimOf(words, breath.activeTarget),
		element: fill(heater.elementNow, { temperature: degrees(words, breath.ptc) }),
		reason: heaterReason(words, breath),
		isOn: breath.on,
		isHeating: breath.heating,
		heating: breath.heating ? heater.heating : heater.notHeating,
		fan: fill(heater.fanNow, { state: breath.fan ? heater.fanRuns : heater.fanStands }),
		isFanOn: breath.fan,
		start: start(words, breath, breath.fault === undefined ? "" : words.why.heaterFault),
		off: off(words),
		fanOnly: fanOnly(words, breath),
		why: "",
		modes: modesOf(words, breath.mode, breath.drying),
		...numbersOf(input, breath),
		drying: dryingOf(input, breath),
		...(breath.fault !== undefined && { fault: faultOf(words, breath.fault) }),
	};
}

export function chamberTone(chamber: number | undefined, activeTarget: number): Tone {
	if (!isKnown(chamber)) return "muted";
	if (activeTarget === 0) return "text";
	return chamber < activeTarget - NEAR ? "heat" : "accent";
}

export function aimOf(words: Words, activeTarget: number): string {
	return activeTarget > 0 ? fill(words.heater.targetShort, { n: whole(words, activeTarget) }) : "";
}

/** `why` it cannot be turned on; "" when it can. */
export function start(
	{ heater }: Words,
	{ on, mode }: { readonly on?: boolean; readonly mode?: BreathState["mode"] },
	why: string,
): HeaterAction {
	const isDrying = mode === "drying";
	const label = on ? heater.isOn : isDrying ? heater.startDrying : heater.turnOn;
	return { label, enabled: why === "", why, changes: isDrying ? { dryingRunning: true } : { on: true } };
}

export function off({ heater }: Words): HeaterAction {
	return { label: heater.turnOff, enabled: true, why: "", changes: { on: false } };
}

/** Another mode ends a drying cycle. */
export function modesOf(
	words: Words,
	mode: BreathState["mode"] | undefined,
	drying: { readonly running?: boolean; readonly remainingSeconds?: number },
): readonly HeaterMode[] {
	const { heater } = words;
	const question: Question = {
		title: heater.stopDryingQuestion,
		text: fill(heater.stopDryingText, { time: leftOf(words, drying.remainingSeconds) }),
		yes: heater.stopDrying,
		no: heater.keepDrying,
		isDangerous: false,
	};
	return MODES.map((id) => ({
		id,
		label: heater[`mode_${id}`],
		isChosen: mode === id,
		changes: { mode: id },
		...(drying.running && id !== "drying" && { question }),
	}));
}

/** What both kinds of heater say of their numbers. */
interface Numbers {
	readonly mode?: BreathState["mode"];
	readonly target?: number;
	readonly bedThreshold?: number;
	readonly filterThreshold?: number;
}

export function numbersOf(
	{ words, device }: ModelInput,
	{ mode, target, bedThreshold, filterThreshold }: Numbers,
): Pick<HeaterView, "target" | "bedThreshold" | "filterThreshold"> {
	const { heater } = words;
	const facts = device.facts.heater;
	return {
		target: {
			isShown: mode !== "drying",
			label: heater.target,
			text: degrees(words, target),
			...(isKnown(target) && { value: target }),
			unit: celsius(words, 0).unit,
			...facts.target,
			field: "target",
			presets: presetsOf(TARGETS, facts.target, (n) => degrees(words, n)),
		},
		bedThreshold: {
			isShown: mode === "auto",
			label: heater.bedThreshold,
			text: degrees(words, bedThreshold),
			...(isKnown(bedThreshold) && { value: bedThreshold }),
			unit: celsius(words, 0).unit,
			...facts.bedThreshold,
			field: "bedThreshold",
			presets: [],
		},
		filterThreshold: {
			isShown: mode === "auto",
			label: heater.filterThreshold,
			text: filterThreshold === 0 ? heater.never : degrees(words, filterThreshold),
			...(isKnown(filterThreshold) && { value: filterThreshold }),
			unit: celsius(words, 0).unit,
			...facts.filterThreshold,
			field: "filterThreshold",
			presets: [],
		},
	};
}

function presetsOf(
	values: readonly number[],
	{ min, max }: { readonly min: number; readonly max: number },
	label: (value: number) => string,
): HeaterNumber["presets"] {
	return values
		.filter((value) => value >= min && value <= max)
		.map((value) => ({ label: label(value), value }));
}

function fanOnly({ heater }: Words, { fanOnly: isOn }: BreathState): HeaterAction {
	return {
		label: heater.fanOnly,
		enabled: true,
		why: "",
		changes: { fanOnly: !isOn },
	};
}

export function dryingOf(
	{ words, device }: ModelInput,
	{ mode, drying }: { readonly mode?: BreathState["mode"]; readonly drying: Partial<BreathState["drying"]> },
): HeaterDrying {
	const { heater } = words;
	const facts = device.facts.heater;
	const { running = false, target, hours: length, remainingSeconds } = drying;
	const total = (length ?? 0) * 3600;
	const presets = facts.dryingPresets.map((preset) => ({
		id: preset.name,
		label: heater[`preset_${preset.name}`],
		text: fill(heater.presetText, {
			temperature: degrees(words, preset.target),
			hours: hours(words, preset.hours),
		}),
		isChosen: preset.target === target && preset.hours === length,
		changes: { dryingPreset: preset.name },
	}));
	const isShown = mode === "drying";
	return {
		isShown,
		isRunning: running,
		left: running ? fill(heater.timeLeft, { time: leftOf(words, remainingSeconds) }) : "",
		progress:
			running && total > 0 && isKnown(remainingSeconds)
				? Math.min(1, Math.max(0, 1 - remainingSeconds / total))
				: 0,
		presets,
		target: {
			isShown,
			label: words.filament.temperature,
			text: degrees(words, target),
			...(isKnown(target) && { value: target }),
			unit: celsius(words, 0).unit,
			...facts.dryingTarget,
			field: "dryingTarget",
			presets: presetsOf(TARGETS, facts.dryingTarget, (n) => degrees(words, n)),
		},
		hours: {
			isShown,
			label: words.filament.duration,
			text: hours(words, length),
			...(isKnown(length) && { value: length }),
			unit: fill(words.format.hours, { n: "" }).trim(),
			...facts.dryingHours,
			field: "dryingHours",
			presets: presetsOf(HOURS, facts.dryingHours, (n) => hours(words, n)),
		},
	};
}

/** Counted in whole minutes, the last one in seconds. */
export function leftOf(words: Words, seconds: number | undefined): string {
	if (!isKnown(seconds)) return words.common.unknown;
	return duration(words, seconds < 60 ? seconds : Math.ceil(seconds / 60) * 60);
}

function faultOf(words: Words, { code, latched }: NonNullable<BreathState["fault"]>): HeaterFaultView {
	const { heater } = words;
	return {
		title: heater.faultTitle,
		text: words.heaterFault[code],
		help: words.heaterHelp[code],
		note: latched ? heater.offByFault : heater.offWhileFault,
		canClear: latched,
		clearLabel: heater.clearFault,
	};
}
