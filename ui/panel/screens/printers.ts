// All printers, as cards or as a list: a touch shows one on all screens, and each has a way to what can be changed of it.

import { Container, type Content, Row } from "piu/MC";
import { button } from "../components/button";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { segments } from "../components/segments";
import type { Kit } from "../kit";
import { type PrinterCard, type PrintersView, printersView } from "../models/printers";
import type { Screen } from "../screen";
import { printerScreen } from "./printer";
import { printerMakerScreen } from "./printer-maker";
import { printerTile, tileHeight } from "./printers/printer-tile";

/** Two of them stand side by side where there is room. */
type CardRow = readonly PrinterCard[];

interface PrintersScreenView extends PrintersView {
	readonly isCards: boolean;
	readonly rows: readonly CardRow[];
}

type PrintersKit = Kit<PrintersScreenView>;

export function printersScreen(): Screen<PrintersScreenView> {
	let isCards = true;
	let columns = 2;
	return {
		id: "printers",
		section: "more",
		title: (words) => words.printers.title,
		model(input) {
			const view = printersView(input);
			return { ...view, isCards, rows: inRows(view.cards, columns) };
		},
		build(kit) {
			columns = kit.isLarge ? 2 : 1;
			return page(kit, (shape) => {
				isCards = shape;
				kit.refresh();
			});
		},
	};
}

function inRows(cards: readonly PrinterCard[], columns: number): readonly CardRow[] {
	const rows: CardRow[] = [];
	for (let first = 0; first < cards.length; first += columns) rows.push(cards.slice(first, first + columns));
	return rows;
}

const filled = Object.freeze({ left: 0, right: 0, top: 0, bottom: 0 });

function page(kit: PrintersKit, setCards: (isCards: boolean) => void): Container {
	const { gap, target } = kit.metrics;
	const { printers } = kit.words;
	const below = { left: gap, right: gap / 2, top: target + 2 * gap, bottom: 0 };
	return new Container(null, {
		...filled,
		contents: [
			new Row(null, {
				left: gap,
				right: gap,
				top: gap,
				height: target,
				contents: [
					segments<PrintersScreenView, boolean>(kit, {
						left: 0,
						width: kit.isLarge ? 288 : 160,
						segments: [
							{ value: true, label: printers.cards },
							{ value: false, label: printers.list },
						],
						value: (view) => view.isCards,
						onChoose: setCards,
					}),
					new Container(null, { left: 0, right: 0, height: target }),
					button(kit, {
						width: kit.isLarge ? 280 : 136,
						label: (view) => (kit.isLarge ? view.add.label : kit.words.common.add),
						icon: "plus",
						refusal: (view) => view.add.why,
						onTap: () => kit.navigator.go(printerMakerScreen()),
					}),
				],
			}),
			oneOf(kit, {
				...below,
				which: (view) => (view.emptyText !== "" ? "none" : view.isCards ? "cards" : "list"),
				contents: {
					none: new Container(null, {
						...filled,
						contents: [
							note(kit, {
								left: 24,
								right: 24,
								text: (view) => view.emptyText,
								tone: "muted",
								align: "center",
							}),
						],
					}),
					cards: list<PrintersScreenView, CardRow>(kit, {
						...filled,
						name: "cards",
						items: (view) => view.rows,
						row: cardRow,
					}),
					list: list<PrintersScreenView, PrinterCard>(kit, {
						...filled,
						name: "list",
						items: (view) => view.cards,
						row: printerRow,
					}),
				},
			}),
		],
	});
}

/** Shows that printer on all screens. */
function show(kit: Kit<CardRow> | Kit<PrinterCard>, printer: PrinterCard | undefined): void {
	if (printer === undefined) return;
	kit.choice.choose(printer.id);
	kit.navigator.home();
}

function details(kit: Kit<CardRow> | Kit<PrinterCard>, printer: PrinterCard | undefined): void {
	if (printer !== undefined) kit.navigator.go(printerScreen(printer.id));
}

function cardRow(kit: Kit<CardRow>): Content {
	const { gap } = kit.metrics;
	const place = { left: 0, right: 0, height: tileHeight(kit) };
	const at = (index: number): Content =>
		printerTile(kit, {
			...place,
			left: index === 0 ? 0 : gap,
			read: (cards) => cards[index],
			onTap: (cards) => show(kit, cards?.[index]),
			onDetails: (cards) => details(kit, cards?.[index]),
		});
	return new Row(null, {
		left: 0,
		right: 0,
		bottom: gap,
		height: tileHeight(kit),
		contents: kit.isLarge ? [at(0), at(1)] : [at(0)],
	});
}

function printerRow(kit: Kit<PrinterCard>): Content {
	const { target } = kit.metrics;
	return new Row(null, {
		left: 0,
		right: 0,
		height: target,
		contents: [
			listRow(kit, {
				left: 0,
				right: 0,
				title: (printer) => printer.name,
				subtitle: (printer) => stateLine(kit, printer),
				subtitleTone: (printer) => (printer.link.isOld ? "warn" : printer.job.tone),
				icon: (printer) => (printer.isShown ? "check" : printer.link.isOld ? "unlink" : "printer"),
				iconTone: (printer) => (printer.isShown ? "accent" : printer.link.isOld ? "warn" : "muted"),
				trailing: (printer) =>
					printer.job.percentUnit === "" ? "" : printer.job.percent + printer.job.percentUnit,
				onTap: (printer) => show(kit, printer),
			}),
			button(kit, {
				width: target,
				icon: "settings",
				tone: "quiet",
				onTap: (printer) => details(kit, printer),
			}),
		],
	});
}

/** "Printing · 2 faults · read-only" */
function stateLine({ words }: Kit<PrinterCard>, { link, job, faults, readOnlyBadge }: PrinterCard): string {
	const state = link.isOld || job.state === words.common.unknown ? link.text : job.state;
	return [state, faults, readOnlyBadge].filter((part) => part !== "").join(words.format.part);
}
