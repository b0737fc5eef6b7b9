// What a spool is: material, colour and temperatures, chosen and not typed.

import { Column, Container, type Content, Row } from "piu/MC";
import { button } from "../components/button";
import { card } from "../components/card";
import { choose } from "../components/choose";
import { hintHeight, hintLine } from "../components/hint-line";
import { numberKeypad } from "../components/keypad";
import { label } from "../components/label";
import { palette } from "../components/palette";
import { scroll } from "../components/scroll";
import { swatch } from "../components/swatch";
import { valueRow } from "../components/value-row";
import type { SpoolPlace } from "../device";
import type { Kit } from "../kit";
import {
	type FilamentForm,
	type FilamentFormView,
	filamentFormView,
	firstForm,
	withMaterial,
} from "../models/filament-form";
import type { Screen } from "../screen";

const ID = "filament-edit";

interface Editing {
	/** As the slot is until something is chosen. */
	form: FilamentForm | undefined;
}

export function filamentEditScreen(place: SpoolPlace): Screen<FilamentFormView> {
	const editing: Editing = { form: undefined };
	let title = "";
	return {
		id: ID,
		section: "filament",
		title: (words) => title || words.filament.edit,
		model(input) {
			editing.form ??= firstForm(input, place);
			const view = filamentFormView(input, place, editing.form);
			title = view.title;
			return view;
		},
		build: (kit) => (kit.isLarge ? beside(kit, editing) : below(kit, editing)),
	};
}

type FormKit = Kit<FilamentFormView>;

function change(kit: FormKit, editing: Editing, changes: Partial<FilamentForm>): void {
	if (editing.form) editing.form = { ...editing.form, ...changes };
	kit.refresh();
}

function beside(kit: FormKit, editing: Editing): Content {
	const { padding, gap, target } = kit.metrics;
	const hint = 3 * hintHeight(kit);
	return new Row(null, {
		left: padding,
		right: padding,
		top: gap,
		bottom: padding,
		contents: [
			new Column(null, {
				left: 0,
				width: 264,
				top: 0,
				bottom: 0,
				contents: [
					materialRow(kit, editing),
					temperature(kit, editing, "nozzleMin", gap),
					temperature(kit, editing, "nozzleMax", gap),
					problemLine(kit, padding, hint),
				],
			}),
			new Column(null, {
				left: padding,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					colorName(kit),
					colors(kit, editing, 6),
					new Container(null, { left: 0, right: 0, top: 0, bottom: 0 }),
					saveButton(kit, { left: gap / 2, right: gap / 2, height: target }),
				],
			}),
		],
	});
}

function below(kit: FormKit, editing: Editing): Content {
	const { padding, gap, target } = kit.metrics;
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			scroll(kit, {
				left: padding,
				right: padding - 8,
				top: gap,
				bottom: 2 * gap + target,
				name: ID,
				contents: [
					materialRow(kit, editing),
					colorName(kit),
					colors(kit, editing, 6),
					temperature(kit, editing, "nozzleMin", gap),
					temperature(kit, editing, "nozzleMax", gap),
					problemLine(kit, gap, hintHeight(kit)),
				],
			}).content,
			saveButton(kit, { left: padding, right: padding, bottom: gap, height: target }),
		],
	});
}

function materialRow(kit: FormKit, editing: Editing): Content {
	return rowCard(
		kit,
		0,
		valueRow(kit, {
			left: 0,
			right: 0,
			label: kit.words.filament.material,
			value: (view) => chosenMaterial(view),
			onTap(view) {
				if (view === undefined) return;
				choose(kit, {
					title: kit.words.filament.material,
					choices: view.materials.map(({ label }, value) => ({ value, label })),
					value: view.materials.findIndex(({ isChosen }) => isChosen),
					onChoose(index) {
						const { materials } = kit.device.facts.filament;
						if (editing.form) editing.form = withMaterial(editing.form, materials, index);
						kit.refresh();
					},
				});
			},
		}),
	);

	function chosenMaterial(view: FilamentFormView): string {
		return view.materials.find(({ isChosen }) => isChosen)?.label ?? kit.words.common.unknown;
	}
}

function temperature(kit: FormKit, editing: Editing, which: "nozzleMin" | "nozzleMax", top: number): Content {
	const title = kit.words.filament[which];
	return rowCard(
		kit,
		top,
		valueRow(kit, {
			left: 0,
			right: 0,
			label: title,
			value: (view) => view[which],
			onTap(view) {
				if (view === undefined) return;
				numberKeypad(kit, {
					title,
					unit: "°C",
					value: editing.form?.[which],
					...view.limits,
					onDone: (value) => change(kit, editing, { [which]: value }),
				});
			},
		}),
	);
}

function rowCard(kit: FormKit, top: number, row: Content): Content {
	return card(kit, { left: 0, right: 0, top, contents: [row] });
}

/** Also of a colour that is not among those below. */
function colorName(kit: FormKit): Content {
	const { gap, icon } = kit.metrics;
	const height = icon.medium;
	return new Row(null, {
		left: gap / 2,
		right: 0,
		top: kit.isLarge ? 0 : gap,
		bottom: kit.isLarge ? gap : gap / 2,
		height,
		contents: [
			swatch(kit, { width: 2 * height, height, color: (view) => view.color }),
			label(kit, {
				left: gap,
				right: 0,
				text: (view) => view.colorName || kit.words.common.unknown,
			}),
		],
	});
}

function colors(kit: FormKit, editing: Editing, columns: number): Content {
	const { facts } = kit.device;
	return palette(kit, {
		left: 0,
		right: 0,
		colors: facts.filament.palette.map((digits) => `#${digits}`),
		columns,
		value: (view) => view.color,
		onChoose: (color) => change(kit, editing, { color: color.slice(1) }),
	});
}

function problemLine(kit: FormKit, top: number, height: number): Content {
	return hintLine(kit, {
		left: 0,
		right: 0,
		top,
		height,
		text: (view) => view.problem || view.save.why,
		tone: "warn",
	});
}

function saveButton(kit: FormKit, place: object): Content {
	return button(kit, {
		...place,
		icon: "check",
		label: (view) => view.save.label,
		tone: "primary",
		refusal: (view) => view.save.why,
		done: kit.words.common.done,
		async onTap(view) {
			if (view === undefined) return { ok: true };
			const answer = await kit.device.printers.command(kit.choice.id, view.save.command);
			// Somebody may have gone on meanwhile.
			if (answer.ok && kit.navigator.screenId === ID) kit.navigator.back();
			return answer;
		},
	});
}
