// Who has made the printer that is added, and how it is reached: what has to be entered depends on it.

import { Column, Container } from "piu/MC";
import { listRow } from "../components/list-row";
import { scroll } from "../components/scroll";
import type { PrinterKind } from "../models/add-printer";
import type { Screen } from "../screen";
import { addPrinterScreen } from "./add-printer";

const KINDS: readonly PrinterKind[] = Object.freeze(["bambu", "lan", "broker"]);
/** px of a row on the large panel, where there is room for a thumb in a glove. */
const LARGE_ROW = 88;

export function printerMakerScreen(): Screen<null> {
	return {
		id: "printer-maker",
		section: "more",
		title: (words) => words.addPrinter.title,
		model: () => null,
		build(kit) {
			const { padding, gap, target } = kit.metrics;
			const { addPrinter } = kit.words;
			const height = kit.isLarge ? LARGE_ROW : target;
			const rows = KINDS.map(
				(kind) =>
					new Container(null, {
						left: 0,
						right: 0,
						top: gap,
						height,
						skin: kit.look.card,
						contents: [
							listRow(kit, {
								top: 0,
								bottom: 0,
								icon: kind === "broker" ? "network" : "printer",
								title: addPrinter[kind],
								subtitle: addPrinter[`${kind}Text`],
								trailingIcon: "chevron-right",
								onTap: () => kit.navigator.go(addPrinterScreen({ kind })),
							}),
						],
					}),
			);
			return scroll(kit, {
				left: padding,
				right: padding - gap,
				top: 0,
				bottom: 0,
				name: "printer-maker",
				contents: [new Column(null, { left: 0, right: 0, top: 0, contents: rows })],
			}).content;
		},
	};
}
