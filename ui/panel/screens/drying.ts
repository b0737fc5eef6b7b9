// The dryer of a unit: what the common materials want, temperature and time, and what is left.

import { Column, Container, type Content, Row } from "piu/MC";
import { actionButton } from "../components/action-button";
import { card } from "../components/card";
import { hintLine } from "../components/hint-line";
import { numberKeypad } from "../components/keypad";
import { label } from "../components/label";
import { listRow } from "../components/list-row";
import { repeat } from "../components/repeat";
import { scroll } from "../components/scroll";
import { valueRow } from "../components/value-row";
import type { Kit } from "../kit";
import {
	type DryingForm,
	type DryingPresetView,
	type DryingView,
	dryingView,
	firstDrying,
} from "../models/drying";
import type { Screen } from "../screen";

interface Choosing {
	form: DryingForm | undefined;
}

export function dryingScreen(unit: number): Screen<DryingView> {
	const choosing: Choosing = { form: undefined };
	let title = "";
	return {
		id: "drying",
		section: "filament",
		title: (words) => title || words.filament.dry,
		model(input) {
			choosing.form ??= firstDrying(input, unit);
			const view = dryingView(input, unit, choosing.form);
			title = view.title;
			return view;
		},
		build: (kit) => build(kit, choosing),
	};
}

function build(kit: Kit<DryingView>, choosing: Choosing): Content {
	const { padding, gap } = kit.metrics;
	const between = kit.isLarge ? padding : gap;
	return new Row(null, {
		left: padding,
		right: padding,
		top: gap,
		bottom: gap,
		contents: [
			presets(kit, choosing),
			new Column(null, {
				left: between,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					temperature(kit, choosing),
					duration(kit, choosing),
					kit.isLarge &&
						label(kit, {
							left: 0,
							right: 0,
							top: padding,
							text: (view) => view.state,
							tone: "heat",
							smaller: "caption",
						}),
					hintLine(kit, {
						left: 0,
						right: 0,
						top: gap,
						bottom: 0,
						// The small panel has no room for a sentence: a touch on the button says it.
						text: (view) => (kit.isLarge ? view.start.why : view.state),
						tone: kit.isLarge ? "warn" : "heat",
					}),
					startAndStop(kit),
				],
			}),
		],
	});
}

function presets(kit: Kit<DryingView>, choosing: Choosing): Content {
	const { gap, target } = kit.metrics;
	const { content, column } = scroll(kit, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		name: "drying-presets",
		contents: [],
	});
	repeat<DryingView, DryingPresetView>(kit, column, {
		items: (view) => view.presets,
		part: (part) =>
			card(kit, {
				left: 0,
				right: 0,
				bottom: gap,
				height: target,
				contents: [
					listRow(part, {
						top: 0,
						bottom: 0,
						title: (preset) => preset.label,
						subtitle: (preset) => preset.text,
						trailingIcon: (preset) => (preset.isChosen ? "check" : undefined),
						selected: (preset) => preset.isChosen,
						onTap(preset) {
							choosing.form = preset?.form;
							kit.refresh();
						},
					}),
				],
			}),
	});
	return content;
}

function temperature(kit: Kit<DryingView>, choosing: Choosing): Content {
	return settable(
		kit,
		kit.words.filament.temperature,
		0,
		(view) => view.target,
		(view) =>
			numberKeypad(kit, {
				title: kit.words.filament.temperature,
				unit: "°C",
				value: choosing.form?.target,
				...view.targetLimits,
				onDone: (target) => change(kit, choosing, { target }),
			}),
	);
}

function duration(kit: Kit<DryingView>, choosing: Choosing): Content {
	return settable(
		kit,
		kit.words.filament.duration,
		kit.metrics.gap,
		(view) => view.hours,
		(view) =>
			numberKeypad(kit, {
				title: kit.words.filament.duration,
				unit: "h",
				value: choosing.form?.hours,
				...view.hoursLimits,
				presets: DURATIONS.map((value) => ({ label: `${value} h`, value })),
				onDone: (hours) => change(kit, choosing, { hours }),
			}),
	);
}

/** Hours that are usual. */
const DURATIONS: readonly number[] = Object.freeze([4, 6, 8, 12, 18, 24]);

function settable(
	kit: Kit<DryingView>,
	title: string,
	top: number,
	value: (view: DryingView) => string,
	open: (view: DryingView) => void,
): Content {
	return card(kit, {
		left: 0,
		right: 0,
		top,
		contents: [
			valueRow(kit, { left: 0, right: 0, label: title, value, onTap: (view) => view && open(view) }),
		],
	});
}

function change(kit: Kit<DryingView>, choosing: Choosing, changes: Partial<DryingForm>): void {
	if (choosing.form) choosing.form = { ...choosing.form, ...changes };
	kit.refresh();
}

/** One of the two, in the same place. */
function startAndStop(kit: Kit<DryingView>): Content {
	const place = { left: 0, right: 0, top: 0, bottom: 0 };
	return new Container(null, {
		left: 0,
		right: 0,
		height: kit.metrics.target,
		contents: [
			kit.showWhen(
				actionButton(kit, { ...place, icon: "dry", tone: "primary", read: (view) => view.start }),
				(view) => !view.isDrying,
			),
			kit.showWhen(
				actionButton(kit, { ...place, icon: "stop", read: (view) => view.stop }),
				(view) => view.isDrying,
			),
		],
	});
}
