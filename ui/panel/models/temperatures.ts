// What can be heated and blown: rows for the keypad, sliders for the fans, the air duct.

import type { PrinterCommand } from "../device";
import type { ModelInput, PrinterOfState } from "../screen";
import { degrees, isKnown, percent } from "../words/format";
import { fill } from "../words/texts";
import { type Action, action, isUnderWay, whyNot } from "./action";
import { type FanName, fansOf, nozzleLabel, type Reading, reading } from "./readings";

export interface TemperaturesView {
	readonly rows: readonly TemperatureRow[];
	readonly fans: readonly FanRow[];
	/** [] without a choice. */
	readonly airDuct: readonly AirDuctChoice[];
	readonly airDuctLabel: string;
	/** That a change counts for the running job; "" without one. */
	readonly note: string;
	/** Why nothing can be set; "" when something can. */
	readonly why: string;
}

type HeatCommand = Extract<
	PrinterCommand,
	{ command: "nozzle_temperature" | "bed_temperature" | "chamber_temperature" }
>;
type FanCommand = Extract<PrinterCommand, { command: "fan" }>;

export interface TemperatureRow extends Reading {
	/** "245 °C", "Off" or a dash. */
	readonly targetText: string;
	readonly isSettable: boolean;
	/** Why not; "" when it is. */
	readonly why: string;
	readonly keypad: KeypadView;
	/** With the target of the keypad, see {@link withTarget}; absent of what the printer only measures. */
	readonly command?: HeatCommand;
}

export interface KeypadView {
	readonly title: string;
	readonly unit: string;
	readonly min: number;
	readonly max: number;
	/** "0 to 300" */
	readonly range: string;
	/** What stands there first: the present target. */
	readonly text: string;
	readonly presets: readonly { readonly label: string; readonly value: number }[];
}

export interface FanRow {
	readonly id: FanName;
	readonly label: string;
	/** "80%" */
	readonly value: string;
	/** 0 as long as it is not known. */
	readonly percent: number;
	readonly isKnown: boolean;
	readonly step: number;
	readonly enabled: boolean;
	readonly why: string;
	/** With the percent of the slider. */
	readonly command: FanCommand;
}

export interface AirDuctChoice {
	readonly id: string;
	readonly isChosen: boolean;
	readonly choose: Action;
}

/** The smallest change of a fan that can be heard. */
const FAN_STEP = 10;
/** As many as there is room for beside the keypad. */
const MOST_PRESETS = 5;

export function temperaturesView(input: ModelInput): TemperaturesView {
	const { printer, words } = input;
	const { airDuct: modes = [] } = printer?.capabilities ?? {};
	const heated = printer === undefined ? [] : rows(input, printer);
	const isStuck = !heated.some(({ isSettable }) => isSettable);
	return {
		rows: heated,
		fans: printer === undefined ? [] : fanRows(input, printer),
		airDuct:
			modes.length < 2
				? []
				: modes.map((mode) => ({
						id: mode,
						isChosen: printer?.airDuct === mode,
						choose: action(input, words.temperatures[`airDuct_${mode}`], { command: "air_duct", mode }),
					})),
		airDuctLabel: words.parts.airDuct,
		note: printer !== undefined && isUnderWay(printer) ? words.temperatures.jobNote : "",
		why: isStuck ? (heated[0]?.why ?? words.why.noPrinter) : "",
	};
}

export function withTarget(command: HeatCommand, target: number): HeatCommand {
	return { ...command, target };
}

export function withPercent(command: FanCommand, value: number): FanCommand {
	return { ...command, percent: value };
}

function rows(input: ModelInput, printer: PrinterOfState): readonly TemperatureRow[] {
	const { words } = input;
	const { bed, chamber, capabilities } = printer;
	const made: TemperatureRow[] = [];
	for (let nozzle = capabilities.nozzles - 1; nozzle >= 0; nozzle--)
		made.push(nozzleRow(input, printer, nozzle));
	made.push(
		row(input, {
			id: "bed",
			label: words.parts.bed,
			temperature: bed,
			max: capabilities.maxBed,
			preset: "bed",
			command: { command: "bed_temperature", target: 0 },
		}),
	);
	const isHeated = capabilities.maxChamber > 0;
	if (isHeated || chamber !== undefined || capabilities.chamberSensor)
		made.push(
			row(input, {
				id: "chamber",
				label: words.parts.chamber,
				temperature: chamber ?? {},
				max: capabilities.maxChamber,
				preset: "chamber",
				command: isHeated ? { command: "chamber_temperature", target: 0 } : undefined,
			}),
		);
	return made;
}

/** Of one nozzle: 0 is the right or only one. */
export function nozzleRow(input: ModelInput, printer: PrinterOfState, nozzle: number): TemperatureRow {
	const { capabilities, nozzles } = printer;
	const command: HeatCommand =
		capabilities.nozzles === 2
			? { command: "nozzle_temperature", target: 0, nozzle: nozzle === 0 ? 0 : 1 }
			: { command: "nozzle_temperature", target: 0 };
	return row(input, {
		id: `nozzle${nozzle}`,
		label: nozzleLabel(input.words, printer, nozzle),
		temperature: nozzles[nozzle] ?? {},
		max: capabilities.maxNozzle,
		preset: "nozzle",
		command,
	});
}

interface RowOptions {
	readonly id: string;
	readonly label: string;
	readonly temperature: { readonly current?: number; readonly target?: number };
	readonly max: number;
	readonly preset: "nozzle" | "bed" | "chamber";
	readonly command: HeatCommand | undefined;
}

function row(
	input: ModelInput,
	{ id, label, temperature, max, preset, command }: RowOptions,
): TemperatureRow {
	const { words } = input;
	const { target } = temperature;
	const why = command === undefined ? words.temperatures.fixedByPrinter : whyNot(input, command);
	return {
		...reading(words, id, label, temperature),
		targetText: target === 0 ? words.temperatures.off : degrees(words, target),
		isSettable: why === "",
		why,
		keypad: {
			title: fill(words.temperatures.keypadTitle, { part: label }),
			unit: "°C",
			min: 0,
			max,
			range: fill(words.keypad.range, { min: 0, max }),
			text: isKnown(target) ? String(Math.round(target)) : "",
			presets: presets(input, preset, max),
		},
		...(command !== undefined && { command }),
	};
}

/** °C for a chamber that is heated: with and without care for large parts. */
const CHAMBER_PRESETS: readonly number[] = Object.freeze([40, 50, 60]);

/** Off, and what the common materials are printed at: each temperature once, named by the first that wants it. */
function presets({ words, device }: ModelInput, preset: RowOptions["preset"], max: number) {
	const offered = [{ label: words.temperatures.off, value: 0 }];
	const add = (label: string, value: number): void => {
		if (offered.length > MOST_PRESETS || value <= 0 || value > max) return;
		if (!offered.some((other) => other.value === value)) offered.push({ label, value });
	};
	if (preset === "chamber") for (const value of CHAMBER_PRESETS) add(degrees(words, value), value);
	else for (const material of device.facts.filament.materials) add(material.label, material[preset]);
	return offered;
}

function fanRows(input: ModelInput, printer: PrinterOfState): readonly FanRow[] {
	const { words } = input;
	return fansOf(words, printer).map(({ id, label, percent: value }) => {
		const command: FanCommand = { command: "fan", fan: id, percent: 0 };
		const why = whyNot(input, command);
		return {
			id,
			label,
			value: percent(words, value),
			percent: isKnown(value) ? Math.round(value) : 0,
			isKnown: isKnown(value),
			step: FAN_STEP,
			enabled: why === "",
			why,
			command,
		};
	});
}
