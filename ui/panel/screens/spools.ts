// The spools of Spoolman. Until the firmware knows it: what there will be, and what it will need.

import { Column, Container, type Content } from "piu/MC";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { rebuilt } from "../components/rebuilt";
import type { Kit } from "../kit";
import { type SpoolRow, type SpoolsInput, type SpoolsView, spoolsView } from "../models/spools";
import type { Screen } from "../screen";

const NOT_YET: SpoolsInput = Object.freeze({ status: "not_set_up", spools: Object.freeze([]) });

export function spoolsScreen(): Screen<SpoolsView> {
	return {
		id: "spools",
		section: "more",
		title: (words) => words.spools.title,
		model: ({ words }) => spoolsView(words, NOT_YET),
		build: (kit) =>
			rebuilt(kit, {
				kind: ({ spools }) => (spools.length === 0 ? "none" : ""),
				build: (part, { spools }) => (spools.length === 0 ? none(part) : rows(part)),
			}),
	};
}

function none(kit: Kit<SpoolsView>): Content {
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
					icon(kit, { icon: "filament", size: "large", tone: "muted" }),
					label<SpoolsView>(kit, {
						...inner,
						top: gap,
						text: (view) => view.emptyText,
						size: "title",
						smaller: "body",
						align: "center",
						weight: "bold",
					}),
					note<SpoolsView>(kit, {
						...inner,
						top: gap,
						align: "center",
						size: kit.isLarge ? "body" : "caption",
						tone: "muted",
						text: (view) => view.emptyHelp,
					}),
				],
			}),
		],
	});
}

function rows(kit: Kit<SpoolsView>): Content {
	const { gap } = kit.metrics;
	return list<SpoolsView, SpoolRow>(kit, {
		left: gap,
		right: gap,
		top: gap,
		bottom: 0,
		name: "spools",
		items: (view) => view.spools,
		row: (part) =>
			listRow<SpoolRow>(part, {
				title: (spool) => spool.name,
				subtitle: (spool) => [spool.number, spool.material, spool.place].filter(Boolean).join(" · "),
				color: (spool) => spool.color || undefined,
				trailing: (spool) => spool.remaining,
			}),
	});
}
