// One of several contents in the same place, whichever the view asks for; the others are not there.

import { Container, type Content } from "piu/MC";
import type { Kit } from "../kit";
import { type Place, placeOf } from "./place";

export interface OneOfOptions<View, Name extends string> extends Place {
	readonly which: (view: View) => Name;
	/** Made once; they follow the view also while they are not shown. */
	readonly contents: Readonly<Record<Name, Content>>;
}

/** Fills its room unless a place is given. */
export function oneOf<View, Name extends string>(
	kit: Kit<View>,
	options: OneOfOptions<View, Name>,
): Container {
	const { top, bottom, height, left, right, width } = options;
	const isTall = top === undefined && bottom === undefined && height === undefined;
	const isWide = left === undefined && right === undefined && width === undefined;
	const holder = new Container(
		null,
		placeOf(options, { ...(isTall && { top: 0, bottom: 0 }), ...(isWide && { left: 0, right: 0 }) }),
	);
	kit.follow(options.which, (name) => {
		holder.empty();
		holder.add(options.contents[name]);
	});
	return holder;
}
