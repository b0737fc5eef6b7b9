// Where a component stands: the keys of its options that go into its dictionary.

import type { Coordinates } from "piu/MC";

export type Place = Readonly<Coordinates>;

/** Only those that are given: a dictionary holds no `undefined`. What both edges decide needs no size. */
export function placeOf(options: Place, otherwise: Place = {}): Coordinates {
	const place: Coordinates = {};
	copy(place, otherwise);
	if (options.top !== undefined && options.bottom !== undefined) delete place.height;
	if (options.left !== undefined && options.right !== undefined) delete place.width;
	copy(place, options);
	return place;
}

function copy(to: Coordinates, from: Place): void {
	if (from.left !== undefined) to.left = from.left;
	if (from.right !== undefined) to.right = from.right;
	if (from.top !== undefined) to.top = from.top;
	if (from.bottom !== undefined) to.bottom = from.bottom;
	if (from.width !== undefined) to.width = from.width;
	if (from.height !== undefined) to.height = from.height;
}
