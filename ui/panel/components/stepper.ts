// A number with a button on each side: one step less, one step more.

import { type Container, Row } from "piu/MC";
import type { Kit } from "../kit";
import type { Read } from "../scope";
import { button } from "./button";
import { label } from "./label";
import { type Place, placeOf } from "./place";

export interface StepperOptions<View> extends Place {
	readonly value: (view: View) => number;
	readonly min: number;
	readonly max: number;
	readonly step?: number;
	/** "10 min" */
	readonly format: (value: number) => string;
	readonly refusal?: Read<View, string | undefined>;
	readonly onSet: (value: number) => void;
}

export function stepper<View>(kit: Kit<View>, options: StepperOptions<View>): Container {
	const { target } = kit.metrics;
	const { value, min, max, step = 1, format, refusal } = options;
	const by = (change: number) => (view: View | undefined) => {
		if (view === undefined) return;
		const next = Math.min(max, Math.max(min, value(view) + change));
		if (next !== value(view)) options.onSet(next);
	};
	const side = { width: target, top: 0, bottom: 0, ...(refusal !== undefined && { refusal }) };
	return new Row(null, {
		...placeOf(options, { height: target }),
		contents: [
			button(kit, { ...side, icon: "minus", onTap: by(-step) }),
			label(kit, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				text: (view) => format(value(view)),
				staysFresh: true,
				align: "center",
				weight: "bold",
				smaller: "caption",
			}),
			button(kit, { ...side, icon: "plus", onTap: by(step) }),
		],
	});
}
