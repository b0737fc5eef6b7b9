// The firmware update: where it is sent from, and how it goes.

import { Column, Container, type Content, Row } from "piu/MC";
import { card } from "../components/card";
import { icon } from "../components/icon";
import { label } from "../components/label";
import { note } from "../components/note";
import { qrCode } from "../components/qr-code";
import { ring, ringSize } from "../components/ring";
import { scroll } from "../components/scroll";
import type { Kit } from "../kit";
import { type UpdateView, updateView } from "../models/update";
import type { Screen } from "../screen";

export function updateScreen(): Screen<UpdateView> {
	return {
		id: "update",
		section: "more",
		title: (words) => words.update.title,
		model: updateView,
		build(kit) {
			const { padding, gap } = kit.metrics;
			const edge = kit.isLarge ? padding : gap;
			const size = kit.isLarge ? 216 : 112;
			const code = new Column(null, {
				left: 0,
				width: size,
				top: 0,
				contents: [
					qrCode(kit, { size, text: (view) => view.url }),
					note(kit, {
						left: 0,
						right: 0,
						top: gap,
						text: kit.words.about.scan,
						size: "caption",
						tone: "muted",
						align: "center",
					}),
				],
			});
			const room = (size - ringSize(kit)) / 2;
			const progress = new Container(null, {
				left: room,
				width: ringSize(kit),
				top: room,
				height: ringSize(kit),
				contents: [
					ring(kit, { left: 0, top: 0, percent: (view) => view.progress * 100 }),
					label(kit, {
						left: 0,
						right: 0,
						top: 0,
						bottom: 0,
						text: (view) => view.percent,
						size: "headline",
						align: "center",
					}),
				],
			});
			const side = new Container(null, {
				width: size,
				top: 0,
				bottom: 0,
				contents: [
					kit.showWhen(code, (view) => view.url !== ""),
					kit.showWhen(progress, (view) => view.isBusy),
				],
			});
			return new Row(null, {
				left: edge,
				right: edge,
				top: edge,
				bottom: edge,
				contents: [card(kit, { left: 0, right: edge, top: 0, bottom: 0, contents: [howItGoes(kit)] }), side],
			});
		},
	};
}

function howItGoes(kit: Kit<UpdateView>): Content {
	const { padding, gap } = kit.metrics;
	const inner = { left: 0, right: 0 };
	return scroll(kit, {
		left: padding,
		right: gap,
		top: padding,
		bottom: padding,
		contents: [
			new Row(null, {
				...inner,
				contents: [
					icon(kit, {
						icon: (view) => (view.tone === "danger" ? "failed" : "update"),
						tone: (view) => view.tone,
						size: kit.isLarge ? "large" : "medium",
					}),
					label(kit, {
						left: gap,
						right: 0,
						text: (view) => view.installed,
						weight: "bold",
						smaller: "caption",
					}),
				],
			}),
			note(kit, {
				top: 2 * gap,
				text: (view) => view.text,
				size: kit.isLarge ? "body" : "caption",
				tone: (view) => (view.tone === "danger" ? "danger" : "text"),
			}),
			note(kit, { top: 2 * gap, text: (view) => view.programs, size: "caption", tone: "muted" }),
		],
	}).content;
}
