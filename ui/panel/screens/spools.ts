// All slots with a spool, and what Spoolman says of them; without Spoolman, what it is good for.

import { Column, Container, type Content } from "piu/MC";
import { button } from "../components/button";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { rebuilt } from "../components/rebuilt";
import type { Kit } from "../kit";
import { memo } from "../models/memo";
import { type SpoolRow, type SpoolsView, spoolsView } from "../models/spools";
import type { ModelInput, Screen } from "../screen";
import { openHeldTag } from "./held-tag";
import { spoolScreen } from "./spool";
import { spoolmanScreen } from "./spoolman";

interface SpoolsScreenView extends SpoolsView {
	/** For the sheet that a touch on the tag opens. */
	readonly input: ModelInput;
}

export function spoolsScreen(): Screen<SpoolsScreenView> {
	const view = memo(spoolsView, ({ state, printer, words, device }: ModelInput) => [
		state.spools,
		state.filamentTag,
		state.printers,
		printer,
		words,
		device.spools,
	]);
	return {
		id: "spools",
		section: "more",
		title: (words) => words.spools.title,
		model: (input) => ({ ...view(input), input }),
		build: (kit) =>
			rebuilt(kit, {
				kind: ({ emptyText, canSetUp, tag }) =>
					emptyText === "" ? `rows ${tag !== ""}` : `none ${canSetUp}`,
				build: (part, shown) => (shown.emptyText === "" ? rows(part, shown.tag !== "") : none(part, shown)),
			}),
	};
}

function none(kit: Kit<SpoolsScreenView>, { canSetUp, emptyHelp }: SpoolsView): Content {
	const { padding, gap } = kit.metrics;
	const inner = { left: 2 * padding, right: 2 * padding };
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			new Column(null, {
				left: 0,
				right: 0,
				contents: [
					kit.isLarge && icon(kit, { icon: "filament", size: "large", tone: "muted" }),
					label(kit, {
						...inner,
						top: gap,
						text: (view) => view.emptyText,
						size: "title",
						smaller: "body",
						align: "center",
						weight: "bold",
					}),
					emptyHelp !== "" &&
						note(kit, {
							...inner,
							top: gap,
							align: "center",
							size: kit.isLarge ? "body" : "caption",
							tone: "muted",
							text: (view) => view.emptyHelp,
						}),
					canSetUp &&
						button(kit, {
							top: 2 * gap,
							width: kit.isLarge ? 300 : 220,
							icon: "network",
							tone: "primary",
							label: kit.words.spools.setUp,
							onTap: () => kit.navigator.go(spoolmanScreen()),
						}),
				],
			}),
		],
	});
}

function rows(kit: Kit<SpoolsScreenView>, hasTag: boolean): Content {
	const { gap } = kit.metrics;
	const tag =
		hasTag &&
		listRow<SpoolsScreenView>(kit, {
			left: 0,
			right: 0,
			title: (view) => view.tag,
			subtitle: kit.words.spools.tagHint,
			icon: "plus",
			iconTone: "accent",
			trailingIcon: "chevron-right",
			onTap(view) {
				if (view) openHeldTag(kit, view.input);
			},
		});
	const spoolman = listRow<SpoolsScreenView>(kit, {
		left: 0,
		right: 0,
		title: kit.words.spoolman.title,
		subtitle: (view) => (kit.isLarge ? view.spoolman : view.spoolmanShort),
		subtitleTone: (view) => view.spoolmanTone,
		icon: "network",
		trailing: (view) => view.waiting,
		trailingTone: "warn",
		trailingIcon: "chevron-right",
		onTap: () => kit.navigator.go(spoolmanScreen()),
	});
	return list<SpoolsScreenView, SpoolRow>(kit, {
		left: gap,
		right: kit.isLarge ? gap : 0,
		top: gap,
		bottom: 0,
		name: "spools",
		above: [tag, spoolman],
		none: kit.words.spools.none,
		items: (view) => view.slots,
		row: (part) =>
			listRow<SpoolRow>(part, {
				title: (row) => row.title,
				subtitle: (row) => row.text,
				subtitleTone: (row) => row.tone,
				color: (row) => row.color || part.look.theme.raised,
				trailing: (row) => row.remaining,
				trailingTone: (row) => row.remainingTone,
				trailingIcon: "chevron-right",
				onTap: (row) => row && part.navigator.go(spoolScreen(row.id)),
			}),
	});
}
