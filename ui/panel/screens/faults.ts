// What is wrong with the printer: all of it, the worst first, and of one the text, what to do, and the way to the wiki.

import { Column, Container, type Content, Row } from "piu/MC";
import { actionButton } from "../components/action-button";
import { card } from "../components/card";
import { icon } from "../components/icon";
import { label, lineHeight } from "../components/label";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { qrCode } from "../components/qr-code";
import { rebuilt } from "../components/rebuilt";
import { scroll } from "../components/scroll";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Action } from "../models/action";
import { type FaultsView, type FaultView, faultsView } from "../models/faults";
import type { Screen } from "../screen";

interface FaultsScreenView extends FaultsView {
	readonly chosen: FaultView | undefined;
}

type FaultsKit = Kit<FaultsScreenView>;

/** Of the page of one fault on the small panel: another screen than the list, so that back leads to it. */
export function faultsScreen(): Screen<FaultsScreenView> {
	let code = "";
	return {
		id: "faults",
		section: "more",
		title: (words) => words.faults.title,
		model: (input) => withChosen(faultsView(input), code),
		build(kit) {
			const choose = (chosen: FaultView): void => {
				code = chosen.code;
				if (kit.isLarge) kit.refresh();
				else kit.navigator.go(faultScreen(chosen.code));
			};
			return rebuilt(kit, {
				kind: ({ faults }) => (faults.length === 0 ? "none" : ""),
				build: (part, { faults }) => {
					if (faults.length === 0) return none(part);
					return kit.isLarge ? beside(part, choose) : faultList(part, choose, { isChoosing: false });
				},
			});
		},
	};
}

/** One of them, for the small panel. */
export function faultScreen(code: string): Screen<FaultsScreenView> {
	return {
		id: "fault",
		section: "more",
		title: (words) => words.faults.title,
		model: (input) => withChosen(faultsView(input), code, false),
		build: (kit) =>
			rebuilt(kit, {
				kind: ({ chosen }) => (chosen ? kindOf(chosen) : "none"),
				build: (part, { chosen }) => (chosen ? details(part, chosen) : none(part)),
			}),
	};
}

function withChosen(view: FaultsView, code: string, isFirstElse = true): FaultsScreenView {
	const named = view.faults.find((fault) => fault.code === code);
	return { ...view, chosen: named ?? (isFirstElse ? view.faults[0] : undefined) };
}

function none(kit: FaultsKit): Content {
	const { padding } = kit.metrics;
	return new Column(null, {
		left: padding,
		right: padding,
		contents: [
			icon(kit, { icon: "done", tone: "accent", size: "large" }),
			label<FaultsScreenView>(kit, {
				left: 0,
				right: 0,
				top: padding / 2,
				text: (view) => view.emptyText,
				align: "center",
			}),
		],
	});
}

function beside(kit: FaultsKit, choose: (fault: FaultView) => void): Content {
	const { gap } = kit.metrics;
	return new Row(null, {
		left: gap,
		right: gap,
		top: gap,
		bottom: gap,
		contents: [
			faultList(kit, choose, { isChoosing: true }),
			new Container(null, { width: gap }),
			card(kit, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				contents: [
					rebuilt(kit, {
						kind: ({ chosen }) => (chosen ? kindOf(chosen) : ""),
						build: (part, { chosen }) =>
							chosen ? details(part, chosen) : new Container(null, { left: 0, right: 0, top: 0, bottom: 0 }),
					}),
				],
			}),
		],
	});
}

function faultList(
	kit: FaultsKit,
	choose: (fault: FaultView) => void,
	{ isChoosing }: { isChoosing: boolean },
): Content {
	const { gap } = kit.metrics;
	return list<FaultsScreenView, { readonly fault: FaultView; readonly isChosen: boolean }>(kit, {
		...(isChoosing ? { width: 304 } : { left: gap, right: gap }),
		top: isChoosing ? 0 : gap,
		bottom: 0,
		name: "faults",
		items: (view) => view.faults.map((fault) => ({ fault, isChosen: isChoosing && fault === view.chosen })),
		row: (part) =>
			listRow(part, {
				title: ({ fault }) => fault.text,
				subtitle: ({ fault }) => fault.head,
				icon: ({ fault }) => signOf(fault),
				iconTone: ({ fault }) => fault.tone,
				trailingIcon: isChoosing ? undefined : "chevron-right",
				selected: ({ isChosen }) => isChosen,
				onTap: (item) => item && choose(item.fault),
			}),
	});
}

/** What its page is made of; the rest follows. */
function kindOf({ code, url, actions }: FaultView): string {
	return `${code} ${url} ${actions.length}`;
}

function signOf({ severity }: FaultView): IconName {
	if (severity === "info") return "info";
	return severity === "common" ? "warning" : "fault";
}

function details(kit: FaultsKit, { url, actions }: FaultView): Content {
	const { gap, padding, target } = kit.metrics;
	const chosen = (view: FaultsScreenView): FaultView | undefined => view.chosen;
	const buttons = actions.length > 0 && actionRow(kit, actions.length);
	const side = kit.isLarge ? 144 : 104;
	const code =
		url !== "" && qrCode<FaultsScreenView>(kit, { size: side, text: (view) => chosen(view)?.url ?? "" });
	const what = [
		label<FaultsScreenView>(kit, {
			left: 0,
			right: 0,
			height: lineHeight(kit.look, "body"),
			text: (view) => chosen(view)?.head ?? "",
			smaller: "caption",
			tone: (view) => chosen(view)?.tone ?? "text",
			weight: "bold",
		}),
		note<FaultsScreenView>(kit, { top: gap, text: (view) => chosen(view)?.text ?? "" }),
		label<FaultsScreenView>(kit, {
			left: 0,
			right: 0,
			top: gap,
			height: lineHeight(kit.look, "caption"),
			text: (view) => chosen(view)?.code ?? "",
			size: "caption",
			tone: "muted",
		}),
	];
	const hint =
		url !== "" &&
		note<FaultsScreenView>(kit, {
			left: kit.isLarge ? padding : 0,
			top: gap,
			size: "caption",
			tone: "muted",
			text: (view) => view.wikiHint,
		});
	const page = kit.isLarge
		? [...what, new Row(null, { left: 0, right: 0, top: padding, contents: [code, hint] })]
		: [
				new Row(null, {
					left: 0,
					right: 0,
					contents: [
						new Column(null, { left: 0, right: code ? padding : 0, top: 0, contents: [...what, hint] }),
						code && new Column(null, { width: side, top: 0, contents: [code] }),
					],
				}),
			];
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			scroll(kit, {
				left: padding,
				right: padding - gap,
				top: kit.isLarge ? padding : gap,
				bottom: buttons ? target + 2 * gap : gap,
				name: "fault",
				contents: page,
			}).content,
			buttons,
		],
	});
}

/** The best one first, and what ends the job last. */
function actionRow(kit: FaultsKit, count: number): Content {
	const { gap, target } = kit.metrics;
	const inset = kit.isLarge ? 2 * gap : gap;
	return new Row(null, {
		left: inset,
		right: inset,
		bottom: kit.isLarge ? 2 * gap : gap,
		height: target,
		contents: Array.from({ length: count }, (_, index) =>
			actionButton<FaultsScreenView>(kit, {
				left: index === 0 ? 0 : gap,
				right: 0,
				read: (view) => view.chosen?.actions[index] ?? NOTHING,
				...(index === 0 && { tone: "primary" }),
			}),
		),
	});
}

/** For the moment in which a fault goes. */
const NOTHING: Action = Object.freeze({
	label: "",
	enabled: false,
	why: "",
	command: Object.freeze({ command: "clear_error" } as const),
});
