// What the heater is set to: its mode, and the numbers that the mode goes by.

import { Column, Container, type Content, type Contents, Row } from "piu/MC";
import { ask } from "../../components/ask";
import { button } from "../../components/button";
import { card } from "../../components/card";
import { numberKeypad } from "../../components/keypad";
import { label } from "../../components/label";
import { listRow } from "../../components/list-row";
import { progressBar } from "../../components/progress-bar";
import { rebuilt } from "../../components/rebuilt";
import { segments } from "../../components/segments";
import { valueRow } from "../../components/value-row";
import type { Kit } from "../../kit";
import type { HeaterMode, HeaterNumber, HeaterView } from "../../models/heater";
import { wish } from "./wish";

type Mode = HeaterMode["id"] | "running" | undefined;

/** In a row of the grid of presets. */
const COLUMNS = 3;

export function modeSegments(kit: Kit<HeaterView>): Content {
	const { heater } = kit.words;
	return segments<HeaterView, HeaterMode["id"]>(kit, {
		left: 0,
		right: 0,
		segments: [
			{ value: "auto", label: heater.mode_auto, ...(kit.isLarge && { icon: "printer" }) },
			{ value: "always_on", label: heater.mode_always_on, ...(kit.isLarge && { icon: "heater" }) },
			{ value: "drying", label: heater.mode_drying, ...(kit.isLarge && { icon: "dry" }) },
		],
		isStacked: kit.isLarge,
		value: (view) => view.modes.find(({ isChosen }) => isChosen)?.id,
		refusal: (view) => view.why,
		onChoose(id, view) {
			const mode = view?.modes.find((each) => each.id === id);
			if (mode === undefined || mode.isChosen) return undefined;
			if (mode.question === undefined) return wish(kit, view, mode.changes);
			ask(kit, { ...mode.question, onYes: () => wish(kit, kit.scope.view, mode.changes) });
			return undefined;
		},
	});
}

/** As high as the most that a mode needs, so that nothing jumps. */
export function modeNumbers(kit: Kit<HeaterView>): Content {
	const { gap, target } = kit.metrics;
	const numbers = rebuilt<HeaterView>(kit, {
		kind: (view) => modeOf(view) ?? "",
		build: (part, view) =>
			new Column(null, { left: 0, right: 0, top: 0, bottom: 0, contents: numbersFor(part, modeOf(view)) }),
	});
	return new Container(null, {
		left: 0,
		right: 0,
		top: gap,
		height: 3 * target + 2 * gap,
		contents: [numbers],
	});
}

function modeOf({ modes, drying }: HeaterView): Mode {
	const mode = modes.find(({ isChosen }) => isChosen)?.id;
	return mode === "drying" && drying.isRunning ? "running" : mode;
}

function numbersFor(kit: Kit<HeaterView>, mode: Mode): Contents[] {
	switch (mode) {
		case "auto":
			return [
				rows(kit, [
					numberRow(kit, (view) => view.target),
					numberRow(kit, (view) => view.bedThreshold),
					numberRow(kit, (view) => view.filterThreshold),
				]),
			];
		case "always_on":
			return [rows(kit, [numberRow(kit, (view) => view.target)]), ...targetPresets(kit)];
		case "drying":
		case "running":
			return [
				mode === "running" ? countdown(kit) : dryingPresets(kit),
				rows(kit, [
					numberRow(kit, (view) => view.drying.target),
					numberRow(kit, (view) => view.drying.hours),
				]),
			];
		default:
			return [];
	}
}

function rows(kit: Kit<HeaterView>, contents: readonly Content[]): Content {
	const height = contents.length * kit.metrics.target;
	return card(kit, {
		left: 0,
		right: 0,
		height,
		contents: [new Column(null, { left: 0, right: 0, top: 0, height, contents: [...contents] })],
	});
}

function numberRow(kit: Kit<HeaterView>, read: (view: HeaterView) => HeaterNumber): Content {
	const { gap } = kit.metrics;
	return valueRow<HeaterView>(kit, {
		left: gap / 2,
		right: gap / 2,
		label: (view) => read(view).label,
		value: (view) => read(view).text,
		tone: (view) => (view.isOld ? "muted" : "text"),
		refusal: (view) => view.why,
		onTap(view) {
			if (view === undefined) return;
			const { label: title, unit, value, min, max, field, presets } = read(view);
			numberKeypad(kit, {
				title,
				unit,
				value,
				min,
				max,
				presets,
				onDone(number) {
					const effect = wish(kit, kit.scope.view, { [field]: number });
					if (effect instanceof Promise) void kit.report(effect);
				},
			});
		},
	});
}

function targetPresets(kit: Kit<HeaterView>): Contents[] {
	const { gap, target } = kit.metrics;
	const preset = (index: number) =>
		button<HeaterView>(kit, {
			left: index % COLUMNS === 0 ? 0 : gap,
			right: 0,
			label: (view) => view.target.presets[index]?.label ?? "",
			selected: (view) =>
				view.target.value !== undefined && view.target.value === view.target.presets[index]?.value,
			refusal: (view) => view.why,
			onTap(view) {
				const value = view?.target.presets[index]?.value;
				return value === undefined ? undefined : wish(kit, view, { target: value });
			},
		});
	return [0, COLUMNS].map(
		(first) =>
			new Row(null, {
				left: 0,
				right: 0,
				top: gap,
				height: target,
				contents: [0, 1, 2].map((column) => preset(first + column)),
			}),
	);
}

function dryingPresets(kit: Kit<HeaterView>): Content {
	const { gap, target } = kit.metrics;
	const count = kit.device.facts.heater.dryingPresets.length;
	const preset = (index: number) =>
		card(kit, {
			left: index === 0 ? 0 : gap,
			right: 0,
			top: 0,
			bottom: 0,
			contents: [
				listRow<HeaterView>(kit, {
					left: 0,
					right: 0,
					top: 0,
					bottom: 0,
					title: (view) => view.drying.presets[index]?.label ?? "",
					subtitle: (view) => view.drying.presets[index]?.text ?? "",
					trailingIcon: (view) => (view.drying.presets[index]?.isChosen ? "check" : undefined),
					selected: (view) => view.drying.presets[index]?.isChosen ?? false,
					refusal: (view) => view.why,
					onTap(view) {
						const chosen = view?.drying.presets[index];
						return chosen ? wish(kit, view, chosen.changes) : undefined;
					},
				}),
			],
		});
	return new Row(null, {
		left: 0,
		right: 0,
		bottom: gap,
		height: target,
		contents: Array.from({ length: count }, (_, index) => preset(index)),
	});
}

/** In the place of the presets. */
function countdown(kit: Kit<HeaterView>): Content {
	const { gap, padding, target } = kit.metrics;
	return new Container(null, {
		left: 0,
		right: 0,
		bottom: gap,
		height: target,
		skin: kit.look.card,
		contents: [
			label<HeaterView>(kit, {
				left: padding,
				right: padding,
				top: 0,
				height: target - gap - 8,
				text: (view) => view.drying.left,
				size: "title",
				smaller: "body",
				weight: "bold",
			}),
			progressBar<HeaterView>(kit, {
				left: padding,
				right: padding,
				bottom: gap,
				height: 8,
				percent: (view) => view.drying.progress * 100,
				tone: "heat",
			}),
		],
	});
}
