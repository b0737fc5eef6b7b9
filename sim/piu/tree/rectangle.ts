// Rectangles as Piu cuts them: one without width or height is empty and meets nothing.

import type { Rectangle } from "../drawing/interface";

export function isEmpty(rectangle: Rectangle): boolean {
	return rectangle.width === 0 || rectangle.height === 0;
}

/** Empty where they do not meet. */
export function intersection(first: Rectangle, second: Rectangle): Rectangle {
	const x = Math.max(first.x, second.x);
	const y = Math.max(first.y, second.y);
	const right = Math.min(first.x + first.width, second.x + second.width);
	const bottom = Math.min(first.y + first.height, second.y + second.height);
	if (x < right && y < bottom) return { x, y, width: right - x, height: bottom - y };
	return { x, y, width: 0, height: 0 };
}

export function intersects(first: Rectangle, second: Rectangle): boolean {
	return !isEmpty(first) && !isEmpty(second) && !isEmpty(intersection(first, second));
}

export function moved(rectangle: Rectangle, dx: number, dy: number): Rectangle {
	return { x: rectangle.x + dx, y: rectangle.y + dy, width: rectangle.width, height: rectangle.height };
}
