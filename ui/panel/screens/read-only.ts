// Why a printer can only be watched, and the two switches on its own screen that change that.

import { Column, type Content, Row } from "piu/MC";
import { button } from "../components/button";
import { card } from "../components/card";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { note } from "../components/note";
import { scroll } from "../components/scroll";
import type { Kit } from "../kit";
import { type ReadOnlyView, readOnlyView } from "../models/read-only";
import type { Screen } from "../screen";
import { addPrinterScreen } from "./add-printer";

export function readOnlyScreen(): Screen<ReadOnlyView> {
	return {
		id: "read-only",
		section: "home",
		title: (words) => words.navigation.readOnly,
		model: readOnlyView,
		build(kit) {
			const { gap } = kit.metrics;
			return scroll(kit, {
				left: gap,
				right: 0,
				top: 0,
				bottom: 0,
				name: "read-only",
				contents: [
					card(kit, { left: 0, right: 0, top: gap, bottom: kit.isLarge ? 0 : gap, contents: [parts(kit)] }),
				],
			}).content;
		},
	};
}

function parts(kit: Kit<ReadOnlyView>): Column {
	const { gap, padding } = kit.metrics;
	const wide = { left: padding, right: padding };
	return new Column(null, {
		left: 0,
		right: 0,
		top: padding,
		bottom: kit.isLarge ? gap : padding,
		contents: [
			new Row(null, {
				...wide,
				contents: [
					icon(kit, { icon: "locked", tone: "warn" }),
					label(kit, {
						left: gap,
						right: 0,
						text: (view) => view.title,
						size: "title",
						smaller: "body",
						weight: "bold",
					}),
				],
			}),
			note(kit, { ...wide, top: gap, text: (view) => view.why, tone: "muted" }),
			note(kit, { ...wide, top: padding, text: (view) => view.how }),
			...[0, 1, 2, 3].map((index) => step(kit, index)),
			note(kit, { ...wide, top: gap, text: (view) => view.cost, size: "caption", tone: "warn" }),
			button(kit, {
				...wide,
				top: gap,
				label: (view) => view.enterCode,
				icon: "edit",
				onTap: () => kit.navigator.go(addPrinterScreen({ editedId: kit.choice.id })),
			}),
		],
	});
}

function step(kit: Kit<ReadOnlyView>, index: number): Content {
	const { gap, padding, text } = kit.metrics;
	const width = Math.round(text.body * 1.5);
	return new Row(null, {
		left: padding,
		right: padding,
		top: gap,
		contents: [
			label(kit, { width, top: 0, text: `${index + 1}.`, tone: "accent", weight: "bold" }),
			note(kit, { left: 0, right: 0, top: 0, text: (view) => view.steps[index] ?? "" }),
		],
	});
}
