// The form that says what a spool is: material, colour, temperatures.

import type { Material, SpoolPlace } from "../device";
import type { ModelInput, PrinterOfState } from "../screen";
import { degrees } from "../words/format";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { colorName, skinColor } from "./color-names";
import { rawSlotAt, slotAt } from "./filament";
import { titleOf } from "./slot";

/** What a person has chosen so far; the screen keeps it. */
export interface FilamentForm {
	/** Of the list of materials; −1 for none of them. */
	readonly material: number;
	/** RRGGBB, upper-case hex. */
	readonly color: string;
	/** °C */
	readonly nozzleMin: number;
	readonly nozzleMax: number;
}

export interface FilamentFormView {
	/** "Filament in Slot A1" */
	readonly title: string;
	readonly materials: readonly { readonly label: string; readonly isChosen: boolean }[];
	readonly palette: readonly {
		readonly digits: string;
		/** "#RRGGBB" */
		readonly color: string;
		readonly name: string;
		readonly isChosen: boolean;
	}[];
	/** "#RRGGBB" */
	readonly color: string;
	readonly colorName: string;
	readonly nozzleMin: string;
	readonly nozzleMax: string;
	/** Of the keypad for both. */
	readonly limits: { readonly min: number; readonly max: number };
	/** What is wrong with the temperatures; "" when nothing is. */
	readonly problem: string;
	readonly save: Action;
}

/** As the slot is; of a spool that is not known, the first material in its usual temperatures. */
export function firstForm(input: ModelInput, place: SpoolPlace): FilamentForm {
	const { printer, device } = input;
	const { materials, palette } = device.facts.filament;
	const slot = printer && rawSlotAt(printer, place);
	const named = materials.findIndex(({ label }) => label === slot?.name);
	const material = named >= 0 ? named : materials.findIndex((other) => other.material === slot?.material);
	const known = materials[Math.max(0, material)];
	return {
		material: slot?.material === undefined ? 0 : material,
		color: slot?.color?.slice(0, 6) ?? palette[0] ?? "FFFFFF",
		nozzleMin: slot?.nozzleMin ?? known?.nozzleMin ?? 190,
		nozzleMax: slot?.nozzleMax ?? known?.nozzleMax ?? 240,
	};
}

/** Another material brings its temperatures along. */
export function withMaterial(
	form: FilamentForm,
	materials: readonly Material[],
	index: number,
): FilamentForm {
	const material = materials[index];
	if (material === undefined) return form;
	return { ...form, material: index, nozzleMin: material.nozzleMin, nozzleMax: material.nozzleMax };
}

export function filamentFormView(input: ModelInput, place: SpoolPlace, form: FilamentForm): FilamentFormView {
	const { printer, words, device } = input;
	const { materials, palette } = device.facts.filament;
	const { filament, common } = words;
	const problem = problemOf(input, printer, form);
	const chosen = materials[form.material];
	const slot = printer && slotAt(words, printer, place);
	return {
		title: fill(filament.editTitle, { slot: titleOf(input, place, slot) }),
		materials: materials.map(({ label }, index) => ({ label, isChosen: index === form.material })),
		palette: palette.map((digits) => ({
			digits,
			color: skinColor(digits),
			name: colorName(words, digits),
			isChosen: digits.toUpperCase() === form.color.toUpperCase(),
		})),
		color: skinColor(form.color),
		colorName: colorName(words, form.color),
		nozzleMin: degrees(words, form.nozzleMin),
		nozzleMax: degrees(words, form.nozzleMax),
		limits: { min: 1, max: printer?.capabilities.maxNozzle ?? 300 },
		problem,
		save: action(
			input,
			common.save,
			{
				command: "filament_setting",
				spool: place,
				material: chosen?.material ?? "",
				filamentId: chosen?.filamentId ?? "",
				color: form.color,
				nozzleMin: form.nozzleMin,
				nozzleMax: form.nozzleMax,
			},
			{ unless: problem },
		),
	};
}

function problemOf(
	{ words, device }: ModelInput,
	printer: PrinterOfState | undefined,
	{ material, nozzleMin, nozzleMax }: FilamentForm,
): string {
	const { filament } = words;
	if (device.facts.filament.materials[material] === undefined) return filament.chooseMaterial;
	if (nozzleMin > nozzleMax) return filament.minAboveMax;
	const max = printer?.capabilities.maxNozzle;
	return max !== undefined && nozzleMax > max ? fill(filament.tooHot, { max }) : "";
}
