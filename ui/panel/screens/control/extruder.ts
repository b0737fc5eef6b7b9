// Filament through the nozzle: how warm it is, how far, out or back, and which of two nozzles is in use.

import { Column, type Container, type Content, Row } from "piu/MC";
import { actionButton } from "../../components/action-button";
import { button } from "../../components/button";
import { repeat } from "../../components/repeat";
import { segments } from "../../components/segments";
import type { Kit } from "../../kit";
import { EXTRUSION_LENGTHS, type MoveView, type NozzleChoice } from "../../models/move";
import { millimetres } from "../../words/format";
import type { MoveChoiceOf } from "./move-pad";
import { temperatureRow } from "./temperature-row";

export function extruder(kit: Kit<MoveView>, choice: MoveChoiceOf, isDual: boolean): Container {
	const { gap, target } = kit.metrics;
	const heat = temperatureRow<MoveView>(kit, {
		left: 0,
		right: 0,
		read: (view) => view.heat,
		// On the large panel it stands in a narrow column, where its icon has to do.
		label: () => (kit.isLarge ? "" : kit.words.parts.nozzle),
		status: (view) => (kit.isLarge || view.isHotEnough ? "" : view.minimum),
	});
	const feed = new Row(null, {
		left: 0,
		right: 0,
		top: gap,
		height: target,
		contents: [
			actionButton(kit, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				icon: "arrow-up",
				isStacked: kit.isLarge,
				read: (view) => view.retract,
			}),
			actionButton(kit, {
				left: gap,
				right: 0,
				top: 0,
				bottom: 0,
				icon: "arrow-down",
				isStacked: kit.isLarge,
				read: (view) => view.extrude,
			}),
		],
	});
	// Side by side where the panel is wider than high.
	const choices = kit.isLarge
		? [lengths(kit, choice, gap), isDual && nozzles(kit, gap)]
		: [
				new Row(null, {
					left: 0,
					right: 0,
					top: gap,
					height: target,
					contents: [lengths(kit, choice, 0), isDual && nozzles(kit, 0, 2 * gap)],
				}),
			];
	return new Column(null, { left: 0, right: 0, top: 0, contents: [heat, ...choices, feed] });
}

function lengths(kit: Kit<MoveView>, choice: MoveChoiceOf, top: number): Content {
	const { mostExtrusion } = kit.device.facts.motion;
	return segments<MoveView, number>(kit, {
		left: 0,
		right: 0,
		top,
		height: kit.metrics.target,
		isStacked: true,
		segments: EXTRUSION_LENGTHS.filter((length) => length <= mostExtrusion).map((value) => ({
			value,
			label: millimetres(kit.words, value),
		})),
		value: (view) => view.lengths.find(({ isChosen }) => isChosen)?.value,
		onChoose(value) {
			choice.length = value;
			kit.refresh();
		},
	});
}

function nozzles(kit: Kit<MoveView>, top: number, left = 0): Container {
	const { gap, target } = kit.metrics;
	const { move } = kit.words;
	const row = new Row(null, { left, right: 0, top, height: target });
	return repeat<MoveView, NozzleChoice>(kit, row, {
		items: (view) => view.nozzles,
		part: (part, index) =>
			button(part, {
				left: index === 0 ? 0 : gap,
				right: 0,
				top: 0,
				bottom: 0,
				...(kit.isLarge && { icon: "nozzle" }),
				isStacked: true,
				label: (nozzle) => (kit.isLarge ? nozzle.choose.label : nozzle.id === 1 ? move.left : move.right),
				selected: (nozzle) => nozzle.isChosen,
				refusal: (nozzle) => nozzle.choose.why,
				onTap: (nozzle) => nozzle && kit.device.printers.command(kit.choice.id, nozzle.choose.command),
			}),
	});
}
