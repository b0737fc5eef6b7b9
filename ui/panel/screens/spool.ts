// The spool in one slot: which of Spoolman's it is, what is left on it, and what can be done about that.

import { Column, Container, type Content, Row } from "piu/MC";
import { ask } from "../components/ask";
import { button } from "../components/button";
import { card } from "../components/card";
import { choose } from "../components/choose";
import { label, lineHeight } from "../components/label";
import { note } from "../components/note";
import { swatch } from "../components/swatch";
import type { SpoolAction } from "../device";
import type { Kit } from "../kit";
import { type SpoolView, spoolView } from "../models/spool";
import type { SlotId } from "../models/spool-slots";
import type { Screen, Section } from "../screen";
import { spoolListScreen } from "./spool-list";
import { askSpools } from "./spoolman";

type SpoolKit = Kit<SpoolView>;

/** `section`: the one that it is reached from. */
export function spoolScreen(id: SlotId, section: Section = "more"): Screen<SpoolView> {
	let title = "";
	return {
		id: "spool",
		section,
		title: (words) => title || words.spools.title,
		// All of it is what Spoolman says; whether that is old, it says itself.
		isOld: () => false,
		model(input) {
			const view = spoolView(input, id);
			title = view.title;
			return view;
		},
		build: (kit) => build(kit, id, section),
	};
}

function build(kit: SpoolKit, id: SlotId, section: Section): Content {
	const { gap, padding } = kit.metrics;
	const between = kit.isLarge ? padding : gap;
	return new Column(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			spoolCard(kit),
			new Container(null, { height: between }),
			buttonRow(kit, [chooseButton(kit, id, section), createButton(kit)]),
			new Container(null, { height: gap }),
			buttonRow(kit, [compareButton(kit), unlinkButton(kit)]),
			new Container(null, { height: kit.isLarge ? padding : 0 }),
		],
	});
}

function spoolCard(kit: SpoolKit): Content {
	const { gap, padding } = kit.metrics;
	return card(kit, {
		left: padding,
		right: padding,
		top: gap,
		height: kit.isLarge ? 208 : SMALL_CARD,
		contents: kit.isLarge ? largeCard(kit) : smallCard(kit),
	});
}

/** Two lines of buttons have to have room below it. */
const SMALL_CARD = 76;
const SWATCH = 100;
const SMALL_SWATCH = 28;

function largeCard(kit: SpoolKit): Content[] {
	const { padding } = kit.metrics;
	const line = { left: 0, right: 0 };
	return [
		swatch(kit, { left: padding, top: padding, width: SWATCH, height: SWATCH, color: (view) => view.color }),
		new Column(null, {
			left: 2 * padding + SWATCH,
			right: padding,
			top: padding + 2,
			contents: [
				nameLabel(kit, line),
				label(kit, { ...line, text: (view) => view.details, smaller: "caption", tone: "muted" }),
				label(kit, {
					...line,
					text: (view) => view.remaining,
					smaller: "caption",
					tone: (view) => view.remainingTone,
				}),
			],
		}),
		sentences(kit, { left: padding, right: padding, bottom: padding }),
	];
}

/** Number and weight in one line: what is to be done needs the room. */
function smallCard(kit: SpoolKit): Content[] {
	const { gap, padding } = kit.metrics;
	const line = { left: padding + SMALL_SWATCH + padding, right: padding };
	return [
		swatch(kit, {
			left: padding,
			top: gap + 3,
			width: SMALL_SWATCH,
			height: SMALL_SWATCH,
			color: (view) => view.color,
		}),
		nameLabel(kit, { ...line, top: gap }),
		label(kit, {
			...line,
			top: 23,
			text: (view) => view.summary,
			size: "caption",
			tone: (view) => (view.remainingTone === "text" ? "muted" : view.remainingTone),
		}),
		sentences(kit, { left: padding, right: padding, bottom: gap }),
	];
}

function nameLabel(kit: SpoolKit, place: object): Content {
	return label(kit, {
		...place,
		text: (view) => view.name,
		size: kit.isLarge ? "title" : "body",
		weight: "bold",
		smaller: kit.isLarge ? "body" : "caption",
	});
}

/** A place of two lines, whatever is said. */
function sentences(kit: SpoolKit, place: object): Content {
	const size = kit.isLarge ? "body" : "caption";
	return new Container(null, {
		...place,
		height: 2 * lineHeight(kit.look, size),
		contents: [
			note(kit, {
				left: 0,
				right: 0,
				top: 0,
				size,
				tone: (view) => view.textTone,
				text: (view) => view.text,
			}),
		],
	});
}

function buttonRow(kit: SpoolKit, contents: readonly Content[]): Content {
	const { padding } = kit.metrics;
	return new Row(null, { left: padding, right: padding, top: 0, bottom: 0, contents });
}

function chooseButton(kit: SpoolKit, id: SlotId, section: Section): Content {
	const list = (material: string) => kit.navigator.go(spoolListScreen({ ...id, material, section }));
	return button(kit, {
		...place(0),
		icon: "link",
		label: (view) => view.choose.label,
		refusal: (view) => view.choose.why,
		onTap(view) {
			if (view === undefined) return;
			const { suggestion, another, material } = view.choose;
			if (suggestion === undefined) return list(material);
			choose<SpoolAction | "another">(kit, {
				title: kit.words.spools.chooseTitle,
				choices: [
					{ value: suggestion.action, label: suggestion.label, icon: "check" },
					{ value: "another", label: another, icon: "list" },
				],
				onChoose: (action) => (action === "another" ? list(material) : send(kit, action, "linked")),
			});
		},
	});
}

function createButton(kit: SpoolKit): Content {
	return button(kit, {
		...place(kit.metrics.gap),
		icon: "plus",
		label: (view) => view.create.label,
		refusal: (view) => view.create.why,
		done: kit.words.spools.created,
		onTap: (view) => view && askSpools(kit, view.create.action),
	});
}

function compareButton(kit: SpoolKit): Content {
	return button(kit, {
		...place(0),
		icon: "control",
		label: (view) => view.compare.label,
		refusal: (view) => view.compare.why,
		onTap(view) {
			if (view === undefined) return;
			const { title, choices } = view.compare;
			choose(kit, {
				title,
				choices: choices.map(({ label, text, action }) => ({ value: action, label, text })),
				onChoose: (action) => send(kit, action, undefined),
			});
		},
	});
}

function unlinkButton(kit: SpoolKit): Content {
	return button(kit, {
		...place(kit.metrics.gap),
		icon: "unlink",
		label: (view) => view.unlink.label,
		refusal: (view) => view.unlink.why,
		onTap(view) {
			if (view === undefined) return;
			const { question, action } = view.unlink;
			ask(kit, { ...question, onYes: () => send(kit, action, "unlinked") });
		},
	});
}

/** `done`: said when it is. */
function send(kit: SpoolKit, action: SpoolAction, done: "linked" | "unlinked" | undefined): void {
	void kit.report(askSpools(kit, action), kit.navigator.words.spools[done ?? "settled"]);
}

function place(left: number) {
	return { left, right: 0, top: 0, bottom: 0 };
}
