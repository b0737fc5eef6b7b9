// One printer: what is known of it, and what can be changed: name, address and code, order, connection, certificate.

import { Column, Container, type Content, Row } from "piu/MC";
import { ask } from "../components/ask";
import { button } from "../components/button";
import { card } from "../components/card";
import { keyboard } from "../components/keyboard";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { scroll } from "../components/scroll";
import { switchRow } from "../components/switch";
import type { PrinterEntry } from "../device";
import type { Kit } from "../kit";
import { aboutBroker, kindOf } from "../models/add-printer";
import { movedBy, type PrinterDetailsView, printerDetailsView } from "../models/printers";
import type { ModelInput, Screen } from "../screen";
import { addPrinterScreen } from "./add-printer";

interface PrinterScreenView {
	/** Undefined when it has been forgotten meanwhile. */
	readonly details: PrinterDetailsView | undefined;
	/** What a person has called it; "" of a name that was made. */
	readonly ownName: string;
	readonly isLive: boolean;
	readonly accessLabel: string;
	/** Why there is nothing of it to change here; "" when there is. */
	readonly accessWhy: string;
	/** Of all printers, in their order. */
	readonly ids: readonly string[];
}

type PrinterKit = Kit<PrinterScreenView>;

export function printerScreen(id: string): Screen<PrinterScreenView> {
	return {
		id: "printer",
		section: "more",
		title: (words) => words.printers.details,
		model(input) {
			const entry = input.device.printers.entry(id);
			return {
				details: printerDetailsView(input, id),
				ownName: entry?.name ?? "",
				isLive: entry?.live ?? false,
				...accessOf(input, entry),
				ids: input.state.printers.map((printer) => printer.id),
			};
		},
		build: (kit) =>
			oneOf(kit, {
				which: (view) => (view.details === undefined ? "gone" : "printer"),
				contents: {
					gone: gone(kit),
					printer: kit.isLarge ? sideBySide(kit, id) : oneColumn(kit, id),
				},
			}),
	};
}

function accessOf(input: ModelInput, entry: PrinterEntry | undefined) {
	const { addPrinter } = input.words;
	const kind = entry && kindOf(entry);
	return {
		accessLabel:
			kind === "lan" ? addPrinter.host : kind === "broker" ? addPrinter.atBroker : addPrinter.access,
		accessWhy: kind === "broker" ? aboutBroker(input, addPrinter.brokerOnPage) : "",
	};
}

const filled = Object.freeze({ left: 0, right: 0, top: 0, bottom: 0 });
const ACTIONS_WIDTH = 312;

function gone(kit: PrinterKit): Container {
	return new Container(null, {
		...filled,
		contents: [
			note(kit, {
				left: 24,
				right: 24,
				text: kit.words.addPrinter.not_found,
				tone: "muted",
				align: "center",
			}),
		],
	});
}

function sideBySide(kit: PrinterKit, id: string): Container {
	const { gap } = kit.metrics;
	const tall = { top: gap, bottom: gap };
	return new Container(null, {
		...filled,
		contents: [
			card(kit, {
				...tall,
				left: gap,
				right: ACTIONS_WIDTH + 2 * gap,
				contents: [
					new Column(null, {
						left: gap,
						right: gap,
						top: gap,
						bottom: gap,
						contents: [...facts(kit, id, 42), certificate(kit, id, { ...filled })],
					}),
				],
			}),
			card(kit, {
				...tall,
				right: gap,
				width: ACTIONS_WIDTH,
				contents: [
					new Column(null, { left: gap, right: gap, top: gap, bottom: gap, contents: actions(kit, id) }),
				],
			}),
		],
	});
}

function oneColumn(kit: PrinterKit, id: string): Content {
	const { gap, padding } = kit.metrics;
	return scroll(kit, {
		left: padding,
		right: gap,
		top: 0,
		bottom: 0,
		name: "printer",
		contents: [
			...facts(kit, id, kit.metrics.target),
			certificate(kit, id, { left: 0, right: 0, height: 132 }),
			...actions(kit, id),
			new Container(null, { height: gap }),
		],
	}).content;
}

const ROWS = Object.freeze([0, 1, 2, 3] as const);

/** Name, model, address, serial number, firmware. */
function facts(kit: PrinterKit, id: string, height: number): Content[] {
	return [
		listRow(kit, {
			height: kit.metrics.target,
			title: kit.words.common.name,
			trailing: (view) => view.details?.name ?? "",
			trailingTone: "text",
			trailingIcon: "edit",
			onTap: (view) => rename(kit, id, view),
		}),
		...ROWS.map((index) =>
			listRow(kit, {
				height,
				title: (view) => view.details?.rows[index]?.label ?? "",
				titleTone: "muted",
				trailing: (view) => view.details?.rows[index]?.value ?? "",
				trailingTone: "text",
			}),
		),
	];
}

function rename(kit: PrinterKit, id: string, view: PrinterScreenView | undefined): void {
	const { addPrinter, common } = kit.words;
	const { maxLength } = kit.device.facts.texts.printerName;
	keyboard(kit, {
		title: common.name,
		text: view?.ownName || view?.details?.name || "",
		maxLength,
		capital: true,
		hint: addPrinter.nameHint,
		onDone: (name) => void kit.report(kit.device.printers.edit(id, { name }), common.done),
	});
}

/** What is wrong with the link; the certificate that was refused, to be compared. Nothing when all is well. */
function certificate(kit: PrinterKit, id: string, place: object): Container {
	const { gap, padding, target } = kit.metrics;
	const wide = { left: padding / 2, right: padding / 2 };
	const message = () =>
		note(kit, {
			...wide,
			top: gap / 2,
			text: (view) => view.details?.link.message ?? "",
			size: "caption",
			tone: "warn",
		});
	return oneOf(kit, {
		...place,
		which: (view) => (view.details?.certificate === undefined ? "message" : "certificate"),
		contents: {
			message: new Column(null, { ...filled, contents: [message()] }),
			certificate: new Column(null, {
				...filled,
				contents: [
					message(),
					new Container(null, { ...filled }),
					button(kit, {
						...wide,
						height: target,
						label: (view) => view.details?.certificate?.trustLabel ?? "",
						icon: "locked",
						onTap: (view) => trust(kit, id, view),
					}),
				],
			}),
		},
	});
}

function trust(kit: PrinterKit, id: string, view: PrinterScreenView | undefined): void {
	const shown = view?.details?.certificate;
	if (shown === undefined) return;
	ask(kit, {
		title: shown.title,
		text: shown.fingerprint,
		yes: shown.trustLabel,
		onYes: () => void kit.report(kit.device.printers.trust(id, shown.sha256), kit.words.common.done),
	});
}

function actions(kit: PrinterKit, id: string): Content[] {
	const { gap, target } = kit.metrics;
	const { printers } = kit.words;
	const wide = { left: 0, right: 0 };
	return [
		button(kit, {
			...wide,
			label: (view) => (view.details?.isShown ? printers.watchedNow : printers.showThis),
			icon: (view) => (view.details?.isShown ? "check" : "show"),
			tone: "primary",
			refusal: (view) => (view.details?.isShown ? printers.watchedNow : ""),
			onTap: () => {
				kit.choice.choose(id);
				kit.navigator.home();
			},
		}),
		button(kit, {
			...wide,
			top: gap,
			label: (view) => view.accessLabel,
			icon: "edit",
			refusal: (view) => view.accessWhy,
			onTap: () => kit.navigator.go(addPrinterScreen({ editedId: id })),
		}),
		switchRow(kit, {
			...wide,
			top: gap,
			label: printers.live,
			isOn: (view) => view.isLive,
			onSwitch: (live) => {
				const outcome = kit.device.printers.edit(id, { live });
				if (!outcome.ok) void kit.report(outcome);
				kit.refresh();
			},
		}),
		new Row(null, {
			...wide,
			top: gap,
			height: target,
			contents: [move(kit, id, -1), new Container(null, { width: gap }), move(kit, id, 1)],
		}),
		...(kit.isLarge ? [new Container(null, { ...filled })] : []),
		button(kit, {
			...wide,
			top: gap,
			label: printers.forget,
			icon: "delete",
			onTap: (view) => {
				if (!view?.details) return;
				ask(kit, {
					...view.details.forget,
					onYes: () => {
						const outcome = kit.device.printers.forget(id);
						if (outcome.ok) kit.navigator.back();
						else void kit.report(outcome);
					},
				});
			},
		}),
	];
}

function move(kit: PrinterKit, id: string, by: -1 | 1): Content {
	const { moveUp, moveDown, first, last } = kit.words.printers;
	return button(kit, {
		left: 0,
		right: 0,
		label: by < 0 ? moveUp : moveDown,
		icon: by < 0 ? "arrow-up" : "arrow-down",
		isStacked: kit.isLarge,
		size: "body",
		refusal: ({ details }) =>
			(by < 0 ? details?.canMoveUp : details?.canMoveDown) ? "" : by < 0 ? first : last,
		onTap: (view) => {
			if (view === undefined) return;
			const outcome = kit.device.printers.reorder(movedBy(view.ids, id, by));
			if (!outcome.ok) void kit.report(outcome);
			kit.refresh();
		},
	});
}
