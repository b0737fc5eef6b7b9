// Adding a printer, found by a search or entered by hand, and changing one. On the small panel the form is a screen of its own.

import { Column, Container, type Content } from "piu/MC";
import { button } from "../components/button";
import { card } from "../components/card";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { scroll } from "../components/scroll";
import type { Kit } from "../kit";
import {
	type AddPrinterView,
	addPrinterView,
	type FieldView,
	type FoundRow,
	fieldsOf,
	type PrinterKind,
} from "../models/add-printer";
import type { Tone } from "../models/tone";
import type { Screen } from "../screen";
import { AddPrinterFlow } from "./add-printer-flow";

type FormKit = Kit<AddPrinterView>;

interface AddPrinterOptions {
	/** Of the printer that is changed; without it one is added. */
	readonly editedId?: string;
	/** Of one that is added. */
	readonly kind?: PrinterKind;
}

export function addPrinterScreen({
	editedId,
	kind = "bambu",
}: AddPrinterOptions = {}): Screen<AddPrinterView> {
	const flow = new AddPrinterFlow(editedId, kind);
	return {
		...formScreen(flow),
		build(kit) {
			// One in its LAN mode tells nothing of itself unless it is asked.
			if (flow.isEdit || kind === "lan") return formOnly(kit, flow);
			if (kind === "broker") return atBroker(kit, flow);
			return kit.isLarge ? both(kit, flow) : search(kit, flow);
		},
	};
}

function formScreen(flow: AddPrinterFlow): Screen<AddPrinterView> {
	return {
		id: flow.isEdit ? "edit-printer" : "add-printer",
		section: "more",
		title: (words) => (flow.isEdit ? words.addPrinter.editTitle : words.addPrinter.title),
		model: (input) => {
			const progress = flow.progress(input.device);
			return addPrinterView(input, flow.form, progress);
		},
		build: (kit) => formOnly(kit, flow),
	};
}

const SEARCH_WIDTH = 296;
const filled = Object.freeze({ left: 0, right: 0, top: 0, bottom: 0 });

function both(kit: FormKit, flow: AddPrinterFlow): Container {
	const { gap } = kit.metrics;
	const tall = { top: gap, bottom: gap };
	return new Container(null, {
		...filled,
		contents: [
			card(kit, {
				...tall,
				left: gap,
				width: SEARCH_WIDTH,
				contents: [
					searchButton(kit, flow, { left: gap, right: gap, top: gap }),
					found(kit, flow, { left: gap, right: gap / 2, top: kit.metrics.target + 2 * gap, bottom: gap }),
				],
			}),
			card(kit, {
				...tall,
				left: SEARCH_WIDTH + 2 * gap,
				right: gap,
				contents: [largeForm(kit, flow)],
			}),
		],
	});
}

function searchButton(kit: FormKit, flow: AddPrinterFlow, place: object): Content {
	return button(kit, {
		...place,
		label: (view) => view.scan.label,
		icon: "search",
		refusal: (view) => (view.scan.enabled ? "" : view.scan.text),
		onTap: () => void flow.scan(kit),
	});
}

/** What the search has found, or how it goes. */
function found(kit: FormKit, flow: AddPrinterFlow, place: object): Container {
	const { padding } = kit.metrics;
	const isBroker = flow.kind(kit.device) === "broker";
	return oneOf(kit, {
		...place,
		which: (view) => (view.found.length > 0 ? "found" : "text"),
		contents: {
			found: list<AddPrinterView, FoundRow>(kit, {
				...filled,
				name: "found",
				items: (view) => view.found,
				row: (part) => foundRow(part, kit, flow),
			}),
			text: new Container(null, {
				...filled,
				contents: [
					note(kit, {
						left: padding / 2,
						right: padding / 2,
						top: padding / 2,
						text: (view) => view.scan.text || (isBroker ? view.hint : kit.words.addPrinter.scanHint),
						tone: "muted",
					}),
				],
			}),
		},
	});
}

function foundRow(part: Kit<FoundRow>, kit: FormKit, flow: AddPrinterFlow): Content {
	const isBroker = flow.kind(kit.device) === "broker";
	return listRow(part, {
		title: (printer) => printer.name,
		subtitle: (printer) => (printer.enabled ? printer.note : kit.words.addPrinter.alreadyAdded),
		icon: "printer",
		trailingIcon: (printer) => (printer.enabled ? (isBroker ? "plus" : "chevron-right") : undefined),
		refusal: (printer) => (printer.enabled ? "" : kit.words.addPrinter.already_set_up),
		onTap: (printer) => {
			const { view } = kit.scope;
			if (printer === undefined || view === undefined) return;
			if (isBroker) {
				void flow.addFound(kit, printer);
				return;
			}
			if (!kit.isLarge) kit.navigator.go(formScreen(flow));
			flow.pick(kit, printer, view);
		},
	});
}

/** Of the small panel. */
function search(kit: FormKit, flow: AddPrinterFlow): Container {
	const { gap, padding, target } = kit.metrics;
	const wide = { left: padding, right: padding };
	return new Container(null, {
		...filled,
		contents: [
			found(kit, flow, { left: gap, right: gap, top: target + 2 * gap, bottom: target + 2 * gap }),
			searchButton(kit, flow, { ...wide, top: gap }),
			button(kit, {
				...wide,
				bottom: gap,
				label: kit.words.addPrinter.byHand,
				icon: "edit",
				onTap: () => kit.navigator.go(formScreen(flow)),
			}),
		],
	});
}

/** Those that are there; a touch on one adds it. */
function atBroker(kit: FormKit, flow: AddPrinterFlow): Container {
	const { gap, padding, target } = kit.metrics;
	const wide = { left: padding, right: padding };
	const said = new Container(null, {
		...filled,
		contents: [message(kit, { left: 0, right: 0 }, (view) => brokerText(kit, view))],
	});
	return new Container(null, {
		...filled,
		contents: [
			found(kit, flow, { left: gap, right: gap, top: target + 2 * gap, bottom: target + 2 * gap }),
			searchButton(kit, flow, { ...wide, top: gap }),
			oneOf(kit, {
				...wide,
				bottom: gap,
				height: target,
				which: (view) => (view.isConnected ? "done" : "said"),
				contents: { said, done: doneButton(kit) },
			}),
		],
	});
}

function brokerText(kit: FormKit, { message, found }: AddPrinterView): string {
	return message || (found.some(({ enabled }) => enabled) ? kit.words.addPrinter.brokerTouch : "");
}

function formOnly(kit: FormKit, flow: AddPrinterFlow): Container {
	const { gap, padding } = kit.metrics;
	if (kit.isLarge)
		return new Container(null, {
			...filled,
			contents: [
				card(kit, { left: gap, right: gap, top: gap, bottom: gap, contents: [largeForm(kit, flow)] }),
			],
		});
	return scroll(kit, {
		left: padding,
		right: gap,
		top: 0,
		bottom: 0,
		name: "form",
		contents: [
			...fieldRows(kit, flow, kit.metrics.target),
			message(kit, { left: 0, right: 0, top: gap, bottom: gap }),
			buttons(kit, flow, { left: 0, right: 0, bottom: gap, height: kit.metrics.target }),
		],
	}).content;
}

function largeForm(kit: FormKit, flow: AddPrinterFlow): Column {
	const { gap, padding, target } = kit.metrics;
	return new Column(null, {
		left: gap,
		right: gap,
		top: gap,
		bottom: gap,
		contents: [
			...fieldRows(kit, flow, target),
			new Container(null, {
				...filled,
				clip: true,
				contents: [message(kit, { left: padding / 2, right: padding / 2 })],
			}),
			buttons(kit, flow, { left: 0, right: 0, height: target }),
		],
	});
}

function fieldRows(kit: FormKit, flow: AddPrinterFlow, height: number): Content[] {
	const read =
		(index: number, of: (field: FieldView) => string) =>
		(view: AddPrinterView): string => {
			const field = view.fields[index];
			return field === undefined ? "" : of(field);
		};
	return fieldsOf(flow.kind(kit.device)).map((_, index) =>
		listRow(kit, {
			height,
			title: read(index, (field) => field.label),
			subtitle: read(index, (field) => field.problem || (field.value === "" ? field.hint : "")),
			subtitleTone: (view) => (view.fields[index]?.problem ? "warn" : "muted"),
			trailing: read(index, (field) => field.value || kit.words.common.unknown),
			trailingTone: (view) => (view.fields[index]?.value ? "text" : "muted"),
			trailingIcon: "edit",
			onTap: (view) => {
				const field = view?.fields[index];
				if (field !== undefined && !view?.isPending) flow.enter(kit, field);
			},
		}),
	);
}

/** How it went; before that, what is missing. */
function message(
	kit: FormKit,
	place: object,
	text = (view: AddPrinterView): string => view.message || (isUntouched(view) ? view.hint : view.submit.why),
): Content {
	return note(kit, {
		...place,
		text,
		size: "caption",
		tone: messageTone,
	});
}

function isUntouched({ fields }: AddPrinterView): boolean {
	return fields.every(({ value }) => value === "");
}

function messageTone({ message, isMessageBad, isConnected }: AddPrinterView): Tone {
	if (message === "" || (!isMessageBad && !isConnected)) return "muted";
	return isMessageBad ? "warn" : "accent";
}

/** Connect; where a certificate was refused, that; and when all is done, the way home. */
function buttons(kit: FormKit, flow: AddPrinterFlow, place: object): Container {
	return oneOf(kit, {
		...place,
		which: (view) => (view.isConnected ? "done" : view.certificate ? "trust" : "connect"),
		contents: {
			connect: button(kit, {
				...filled,
				label: (view) => view.submit.label,
				icon: flow.isEdit ? "check" : "link",
				tone: "primary",
				refusal: (view) => view.submit.why,
				onTap: () => void flow.submit(kit),
			}),
			trust: button(kit, {
				...filled,
				label: (view) => view.certificate?.trustLabel ?? "",
				icon: "locked",
				tone: "primary",
				onTap: (view) => view && flow.askToTrust(kit, view),
			}),
			done: doneButton(kit),
		},
	});
}

function doneButton(kit: FormKit): Content {
	return button(kit, {
		...filled,
		label: kit.words.common.done,
		icon: "check",
		tone: "primary",
		onTap: () => kit.navigator.home(),
	});
}
