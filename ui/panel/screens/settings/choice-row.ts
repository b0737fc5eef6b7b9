// A setting of a few values that are all seen: its name, and a segment for each. On the small panel one above the other.

import { Column, type Content, Row } from "piu/MC";
import { label } from "../../components/label";
import { type SegmentsOptions, segments } from "../../components/segments";
import type { Kit } from "../../kit";

export interface ChoiceRowOptions<View, Value> extends SegmentsOptions<View, Value> {
	readonly label: string;
}

export function choiceRow<View, Value>(kit: Kit<View>, options: ChoiceRowOptions<View, Value>): Content {
	const { gap, padding, target } = kit.metrics;
	const place = { left: 0, right: 0, height: target };
	if (!kit.isLarge)
		return new Column(null, {
			left: padding,
			right: padding,
			contents: [
				label(kit, { left: 0, right: 0, top: gap, text: options.label }),
				segments(kit, { ...options, ...place, top: gap, bottom: padding }),
			],
		});
	return new Row(null, {
		left: padding,
		right: gap,
		height: target + 2 * gap,
		contents: [
			label(kit, { width: 180, top: 0, bottom: 0, text: options.label, smaller: "caption" }),
			segments(kit, { ...options, left: padding, right: 0, top: gap, bottom: gap }),
		],
	});
}
