// The line at the foot of the heater: the fan alone, on, and off, which can always be touched.

import { type Container, Row } from "piu/MC";
import { button } from "../../components/button";
import type { Kit } from "../../kit";
import type { HeaterView } from "../../models/heater";
import { wish } from "./wish";

export function heaterActions(kit: Kit<HeaterView>, { hasFan }: { hasFan: boolean }): Container {
	const { actionBar, gap, target } = kit.metrics;
	const fan =
		hasFan &&
		button(kit, {
			// On the small panel the other two need the room for their words.
			...(kit.isLarge ? { left: 0, label: kit.words.heater.fanOnly } : { width: target + 2 * gap }),
			right: gap,
			icon: "fan",
			selected: (view) => view.fanOnly?.changes.fanOnly === false,
			onTap: (view) => (view?.fanOnly ? wish(kit, view, view.fanOnly.changes) : undefined),
		});
	return new Row(null, {
		left: gap,
		right: gap,
		bottom: 0,
		height: actionBar,
		contents: [
			fan,
			button(kit, {
				left: 0,
				right: gap,
				label: (view) => view.start.label,
				...(kit.isLarge && { icon: (view: HeaterView) => (view.isOn ? "check" : "play") }),
				selected: (view) => view.isOn,
				refusal: (view) => view.start.why,
				onTap: (view) => (view && !view.isOn ? wish(kit, view, view.start.changes) : undefined),
			}),
			offButton(kit),
		],
	});
}

/** Never greyed, never asks back, and does not wait for an answer before it can be touched again. */
export function offButton(kit: Kit<HeaterView>) {
	return button(kit, {
		left: 0,
		right: 0,
		label: (view) => view.off.label,
		...(kit.isLarge && { icon: "power" }),
		onTap: (view) => {
			const effect = view && wish(kit, view, view.off.changes);
			if (effect instanceof Promise) void kit.report(effect);
		},
	});
}
