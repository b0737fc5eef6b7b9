// All spools of the printer: a column for each unit, the spools outside, and what is in the nozzle.

import { Column, Container, type Content, Row } from "piu/MC";
import { actionButton } from "../components/action-button";
import { note } from "../components/note";
import { rebuilt } from "../components/rebuilt";
import { scroll } from "../components/scroll";
import type { Kit } from "../kit";
import { type FilamentView, filamentView } from "../models/filament";
import {
	type FilamentColumn,
	FULL_COLUMN,
	filamentArrangement,
	filamentColumns,
} from "../models/filament-columns";
import type { Screen } from "../screen";
import { externalCard, unitCard } from "./filament/unit-card";

export function filamentScreen(): Screen<FilamentView> {
	return {
		id: "filament",
		section: "filament",
		model: filamentView,
		build: (kit) => rebuilt(kit, { kind: filamentArrangement, build: arranged }),
	};
}

/** Beside each other on the large panel. */
const MOST_COLUMNS = 4;
/** More of them than that are narrow. */
const WIDE_COLUMNS = 3;

function arranged(kit: Kit<FilamentView>, view: FilamentView): Content {
	const { padding, gap } = kit.metrics;
	if (view.emptyText !== "") return nothing(kit);
	const columns = filamentColumns(view);
	const most = kit.isLarge ? Math.min(columns.length, MOST_COLUMNS) : 1;
	const rows: Content[] = [];
	for (let first = 0; first < columns.length; first += most)
		rows.push(rowOf(kit, columns.slice(first, first + most), most, first + most >= columns.length));
	return scroll(kit, {
		left: padding,
		right: padding - 8,
		top: gap,
		bottom: 0,
		name: "filament",
		contents: rows,
	}).content;
}

/** As many places as in the other rows, also when the last ones stay free. */
function rowOf(
	kit: Kit<FilamentView>,
	columns: readonly FilamentColumn[],
	places: number,
	isLast: boolean,
): Content {
	const { gap } = kit.metrics;
	const isNarrow = places > WIDE_COLUMNS;
	const contents: Content[] = columns.map((column, index) => {
		const cards = column.map((block) =>
			block.unit === undefined
				? externalCard(kit, block, isNarrow)
				: unitCard(kit, block.unit, block, isNarrow),
		);
		if (isLast && index === columns.length - 1 && hasRoom(kit, column)) cards.push(unloadButton(kit));
		return new Column(null, { left: index === 0 ? 0 : gap, right: 0, top: 0, contents: cards });
	});
	for (let free = columns.length; free < places; free++)
		contents.push(new Container(null, { left: gap, right: 0, top: 0, height: 1 }));
	return new Row(null, { left: 0, right: 0, top: 0, contents });
}

/** Without having to scroll; where there is none, the slot in use has the same button. */
function hasRoom({ isLarge }: Kit<FilamentView>, column: FilamentColumn): boolean {
	return !isLarge || column.reduce((sum, { slots }) => sum + slots + 1, 0) < FULL_COLUMN;
}

/** Of what is in the nozzle, wherever it came from. */
function unloadButton(kit: Kit<FilamentView>): Content {
	return actionButton(kit, {
		left: 0,
		right: 0,
		bottom: kit.metrics.gap,
		icon: "unload",
		read: (view) => view.unload,
	});
}

function nothing(kit: Kit<FilamentView>): Content {
	const { padding } = kit.metrics;
	return new Container(null, {
		left: padding,
		right: padding,
		top: 0,
		bottom: 0,
		contents: [note(kit, { text: (view) => view.emptyText, tone: "muted", align: "center" })],
	});
}
