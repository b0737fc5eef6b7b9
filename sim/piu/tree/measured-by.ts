// Layouts and ports ask their behavior for the size to have.

import type { Direction } from "./axis";
import type { ContentNode } from "./content-node";
import { toCoordinate, toDimension } from "./numbers";

export function measuredBy(node: ContentNode, direction: Direction): void {
	const event = direction === 0 ? "onMeasureHorizontally" : "onMeasureVertically";
	if (node.behavior === undefined || !(event in node.behavior)) return;
	const axis = node.axes[direction];
	const size = node.emit(event, toDimension(axis.size));
	if (typeof size !== "number") throw new TypeError(`${event} has to return a number of pixels`);
	axis.size = toCoordinate(size);
}
