// The move pad and the extruder: side by side where there is room, on two screens where there is not.

import { Container, type Content } from "piu/MC";
import { hintLine } from "../../components/hint-line";
import { lineHeight } from "../../components/label";
import { rebuilt } from "../../components/rebuilt";
import type { Kit } from "../../kit";
import type { MoveView } from "../../models/move";
import { extruder } from "./extruder";
import { type MoveChoiceOf, movePad, movePadWidth } from "./move-pad";

export type MovePart = "pad" | "extruder" | "both";

export function movePage(kit: Kit<MoveView>, choice: MoveChoiceOf, which: MovePart): Content {
	const { gap, padding, target } = kit.metrics;
	const height = kit.isLarge ? 4 * target + 3 * gap : 3 * target + 2 * gap;
	const padWidth = movePadWidth(kit);
	const hint = 2 * lineHeight(kit.look, "caption");
	const extruderLeft = which === "both" ? padding + padWidth + padding : padding;
	return new Container(null, {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0,
		contents: [
			which !== "extruder" &&
				new Container(null, {
					left: padding,
					width: padWidth,
					top: 0,
					height,
					contents: [movePad(kit, choice, height)],
				}),
			which !== "pad" &&
				rebuilt(kit, {
					left: extruderLeft,
					right: padding,
					top: 0,
					height,
					kind: (view) => String(view.nozzles.length),
					build: (part, view) => extruder(part, choice, view.nozzles.length > 1),
				}),
			hintLine(kit, {
				left: padding,
				...(which === "both" ? { width: padWidth } : { right: padding }),
				top: height + gap,
				height: hint,
				text: (view) => (which === "extruder" ? view.extrude.why : view.why || view.hint),
				tone: (view) => ((which === "extruder" ? view.extrude.why : view.why) === "" ? "muted" : "warn"),
			}),
			which === "both" &&
				hintLine(kit, {
					left: extruderLeft,
					right: padding,
					top: height + gap,
					height: hint,
					// The same is not said twice.
					text: (view) => (view.extrude.why === view.why ? "" : view.extrude.why),
					tone: "warn",
				}),
		],
	});
}
