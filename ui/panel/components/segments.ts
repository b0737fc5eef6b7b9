// One of several, side by side: the one in force is lit.

import { type Container, Row } from "piu/MC";
import type { Effect, Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Read } from "../scope";
import { button } from "./button";
import { type Place, placeOf } from "./place";

export interface Segment<Value> {
	readonly value: Value;
	readonly label?: string;
	readonly icon?: IconName;
}

export interface SegmentsOptions<View, Value> extends Place {
	readonly segments: readonly Segment<Value>[];
	readonly value: (view: View) => Value | undefined;
	readonly refusal?: Read<View, string | undefined>;
	/** The icon over the label. */
	readonly isStacked?: boolean;
	readonly onChoose: (value: Value, view: View | undefined) => Effect;
}

export function segments<View, Value>(kit: Kit<View>, options: SegmentsOptions<View, Value>): Container {
	const { gap, target } = kit.metrics;
	const { value, refusal, isStacked } = options;
	return new Row(null, {
		...placeOf(options, { height: target }),
		contents: options.segments.map((segment, index) =>
			button(kit, {
				left: index === 0 ? 0 : gap,
				right: 0,
				top: 0,
				bottom: 0,
				...(segment.label !== undefined && { label: segment.label }),
				...(segment.icon !== undefined && { icon: segment.icon }),
				...(isStacked !== undefined && { isStacked }),
				...(refusal !== undefined && { refusal }),
				selected: (view) => value(view) === segment.value,
				onTap: (view) => options.onChoose(segment.value, view),
			}),
		),
	});
}
