// A question with two answers. The safe one is nearest to the thumb, and a tap of the same moment answers nothing.

import { Container, Row, Text } from "piu/MC";
import type { Effect, KitBase } from "../kit";
import { button } from "./button";
import { label, lineHeight } from "./label";
import { ARMED_AFTER_MS, openSheet } from "./sheet";

export interface Question {
	readonly title: string;
	readonly text?: string;
	/** What is asked for. */
	readonly yes: string;
	/** The safe answer; "Cancel" by default. */
	readonly no?: string;
	/** It cannot be undone. */
	readonly isDangerous?: boolean;
	readonly onYes: () => Effect;
}

export function ask(kit: KitBase, question: Question): void {
	const { gap, padding, target } = kit.metrics;
	const part = kit.part<undefined>();
	const since = kit.device.clock.now();
	const isArmed = () => kit.device.clock.now() - since >= ARMED_AFTER_MS;
	const inner = { left: padding, right: padding };
	const sheet = openSheet(kit, {
		contents: [
			label(part, {
				...inner,
				top: padding,
				height: lineHeight(kit.look, "title"),
				text: question.title,
				size: "title",
				smaller: "body",
				weight: "bold",
			}),
			question.text !== undefined &&
				new Text(null, {
					...inner,
					top: gap,
					style: kit.look.style("body", "muted"),
					string: question.text,
				}),
			new Row(null, {
				...inner,
				top: padding,
				bottom: padding,
				height: target,
				contents: [
					button(part, {
						left: 0,
						right: gap,
						label: question.yes,
						tone: question.isDangerous ? "danger" : "primary",
						onTap: () => {
							if (!isArmed()) return;
							kit.navigator.close(sheet);
							const answer = question.onYes();
							if (answer instanceof Promise) void kit.report(answer);
						},
					}),
					new Container(null, { width: gap }),
					button(part, {
						left: 0,
						right: 0,
						label: question.no ?? kit.words.common.cancel,
						onTap() {
							if (isArmed()) kit.navigator.close(sheet);
						},
					}),
				],
			}),
		],
	});
}
