// Which of Spoolman's spools is in a slot: those of its material first, twenty at a time.

import { Column, Container, type Content } from "piu/MC";
import { button } from "../components/button";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { segments } from "../components/segments";
import type { Kit } from "../kit";
import {
	answered,
	asking,
	noPages,
	PAGE,
	type SpoolListRow,
	type SpoolListView,
	type SpoolPages,
	spoolListView,
} from "../models/spool-list";
import type { SlotId } from "../models/spool-slots";
import type { Screen, Section } from "../screen";
import { askSpools } from "./spoolman";

export interface SpoolListOptions extends SlotId {
	/** Of the slot; "" when it is not known. */
	readonly material: string;
	readonly section: Section;
}

interface ListView extends SpoolListView {
	readonly search: string;
}

export function spoolListScreen({ material, section, ...id }: SpoolListOptions): Screen<ListView> {
	let pages = noPages(material);
	/** An answer to an earlier question is not listed. */
	let asked = 0;
	let last: { readonly keys: readonly unknown[]; readonly view: ListView } | undefined;

	async function ask(kit: Kit<ListView>, next: SpoolPages): Promise<void> {
		const { spools } = kit.device;
		if (spools === undefined) return;
		const number = ++asked;
		pages = asking(next);
		kit.refresh();
		const { search } = pages;
		const answer = await spools.list({
			offset: pages.spools.length,
			limit: PAGE,
			...(search !== "" && { search }),
		});
		if (number !== asked) return;
		pages = answered(pages, answer);
		kit.refresh();
	}

	return {
		id: "spool-list",
		section,
		title: (words) => words.spools.chooseTitle,
		model(input) {
			const keys = [pages, input.words, input.state.spools, input.state.printers];
			// The same rows as long as nothing has changed: a list compares them.
			if (last === undefined || keys.some((key, index) => key !== last?.keys[index]))
				last = { keys, view: { ...spoolListView(input, id, pages), search: pages.search } };
			return last.view;
		},
		build(kit) {
			if (pages.spools.length === 0) void ask(kit, noPages(pages.search));
			return build(kit, {
				id,
				material,
				more: () => ask(kit, pages),
				search: (search) => void ask(kit, noPages(search)),
			});
		},
		onLeave() {
			asked++;
			pages = { ...pages, isLoading: false };
		},
	};
}

interface Ways {
	readonly id: SlotId;
	readonly material: string;
	more(): Promise<void>;
	search(search: string): void;
}

function build(kit: Kit<ListView>, ways: Ways): Content {
	const { gap, padding, target } = kit.metrics;
	const { spools: words } = kit.words;
	const edge = kit.isLarge ? padding : gap;
	const filter =
		ways.material !== "" &&
		segments<ListView, string>(kit, {
			left: edge,
			right: edge,
			top: gap,
			height: target,
			segments: [
				{ value: ways.material, label: ways.material },
				{ value: "", label: words.all },
			],
			value: (view) => view.search,
			onChoose: (search, view) => (view?.search === search ? undefined : ways.search(search)),
		});
	const filled = { left: 0, right: 0, top: 0, bottom: 0 };
	const rows = list<ListView, SpoolListRow>(kit, {
		left: edge,
		right: kit.isLarge ? gap : 0,
		top: gap,
		bottom: 0,
		name: "spool-list",
		items: (view) => view.rows,
		row: (part) => row(part, ways),
	});
	return new Column(null, {
		...filled,
		contents: [
			filter,
			oneOf(kit, {
				...filled,
				which: (view) => (view.message === "" ? "rows" : "message"),
				contents: { rows: new Container(null, { ...filled, contents: [rows] }), message: message(kit, ways) },
			}),
		],
	});
}

function row(part: Kit<SpoolListRow>, ways: Ways): Content {
	return listRow<SpoolListRow>(part, {
		title: (item) => item.title,
		subtitle: (item) => item.text,
		color: (item) => (item.kind === "spool" ? item.color || part.look.theme.raised : undefined),
		icon: (item) => (item.kind === "more" ? "chevron-down" : undefined),
		trailing: (item) => (item.kind === "spool" ? item.remaining : ""),
		trailingIcon: (item) => (item.kind === "spool" && item.isChosen ? "check" : undefined),
		selected: (item) => item.kind === "spool" && item.isChosen,
		refusal: (item) => item.why,
		onTap(item) {
			if (item === undefined) return undefined;
			if (item.kind === "more") {
				void ways.more();
				return undefined;
			}
			if (item.isChosen) {
				part.navigator.back();
				return undefined;
			}
			return choose(part, ways.id, item.id);
		},
	});
}

async function choose(part: Kit<SpoolListRow>, id: SlotId, spoolId: number) {
	const { navigator } = part;
	const answer = await askSpools(part, { action: "link", ...id, spoolId });
	if (!answer.ok) return answer;
	navigator.toasts.done(navigator.words.spools.linked);
	// Somebody who has gone elsewhere meanwhile stays there.
	if (navigator.screenId === "spool-list" && !navigator.hasSheet) navigator.back();
	return answer;
}

function message(kit: Kit<ListView>, ways: Ways): Content {
	const { padding, gap } = kit.metrics;
	const again = button<ListView>(kit, {
		top: gap,
		width: kit.isLarge ? 280 : 200,
		icon: "refresh",
		label: kit.words.common.again,
		onTap: () => void ways.more(),
	});
	return new Container(null, {
		left: 2 * padding,
		right: 2 * padding,
		top: 0,
		bottom: 0,
		contents: [
			new Column(null, {
				left: 0,
				right: 0,
				contents: [
					note<ListView>(kit, {
						left: 0,
						right: 0,
						align: "center",
						tone: "muted",
						text: (view) => view.message,
					}),
					kit.showWhen(again, (view) => view.isFailed),
				],
			}),
		],
	});
}
