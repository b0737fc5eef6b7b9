// The four speeds of a job, with what each of them means.

import { Container, type Content } from "piu/MC";
import { hintHeight, hintLine } from "../../components/hint-line";
import { listRow } from "../../components/list-row";
import { repeat } from "../../components/repeat";
import { scroll } from "../../components/scroll";
import type { Kit } from "../../kit";
import type { SpeedLevel, SpeedView } from "../../models/speed";

export function speedPage(kit: Kit<SpeedView>): Content {
	const { gap, padding, target } = kit.metrics;
	const hint = hintHeight(kit);
	const { content, column } = scroll(kit, {
		left: padding,
		right: padding - 8,
		top: 0,
		bottom: hint + 2 * gap,
		name: "speed",
		contents: [],
	});
	repeat<SpeedView, SpeedLevel>(kit, column, {
		items: (view) => view.levels,
		part: (part) =>
			new Container(null, {
				left: 0,
				right: 0,
				bottom: gap,
				height: target,
				skin: kit.look.card,
				contents: [
					listRow(part, {
						top: 0,
						bottom: 0,
						icon: "speed",
						iconTone: (level) => (level.isChosen ? "accent" : "muted"),
						title: (level) => level.label,
						subtitle: (level) => level.text,
						trailingIcon: (level) => (level.isChosen ? "check" : undefined),
						selected: (level) => level.isChosen,
						refusal: (level) => level.choose.why,
						onTap: (level) => level && kit.device.printers.command(kit.choice.id, level.choose.command),
					}),
				],
			}),
	});
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			content,
			hintLine(kit, {
				left: padding,
				right: padding,
				bottom: gap,
				height: hint,
				text: (view) => view.why || view.note,
				tone: (view) => (view.why === "" ? "muted" : "warn"),
			}),
		],
	});
}
