// What is known of a file on a printer, and the two things that can be done with it.

import { Container, Row } from "piu/MC";
import { ask } from "../../components/ask";
import { button } from "../../components/button";
import { label, lineHeight } from "../../components/label";
import { note } from "../../components/note";
import { ARMED_AFTER_MS, openSheet } from "../../components/sheet";
import { valueRow } from "../../components/value-row";
import type { KitBase } from "../../kit";
import type { FileView } from "../../models/files";

export interface FileWays {
	print(): void;
	delete(): void;
}

export function openFile(kit: KitBase, file: FileView, ways: FileWays): void {
	const { padding, gap, target } = kit.metrics;
	const part = kit.part<undefined>();
	const inner = { left: padding, right: padding };
	const since = kit.device.clock.now();
	// The second tap of two on its row must not print it.
	const isArmed = () => kit.device.clock.now() - since >= ARMED_AFTER_MS;
	const sheet = openSheet(kit, {
		contents: [
			label(part, {
				...inner,
				top: padding,
				bottom: gap,
				height: lineHeight(kit.look, "title"),
				text: file.name,
				size: "title",
				smaller: "body",
				weight: "bold",
			}),
			...file.facts.map((fact) =>
				valueRow(part, {
					left: padding - gap,
					right: padding - gap,
					height: kit.isLarge ? 40 : 22,
					...fact,
					size: "body",
					staysFresh: true,
				}),
			),
			note(part, {
				...inner,
				top: gap,
				text: file.print.why || file.hint,
				size: "caption",
				tone: file.print.enabled ? "muted" : "warn",
			}),
			new Row(null, {
				...inner,
				top: gap,
				bottom: padding,
				height: target,
				contents: [
					button(part, {
						left: 0,
						right: gap,
						label: file.print.label,
						icon: "play",
						tone: "primary",
						refusal: file.print.why,
						onTap() {
							if (!isArmed()) return;
							kit.navigator.close(sheet);
							ways.print();
						},
					}),
					new Container(null, { width: gap }),
					button(part, {
						left: 0,
						right: 0,
						label: file.delete.label,
						icon: "delete",
						refusal: file.delete.why,
						onTap() {
							const { question } = file.delete;
							if (!isArmed() || question === undefined) return;
							kit.navigator.close(sheet);
							ask(kit, { ...question, onYes: () => ways.delete() });
						},
					}),
				],
			}),
		],
	});
}
