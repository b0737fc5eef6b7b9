// A part that is built anew whenever the view asks for another kind of it: other tabs, other numbers of columns.

import { Container, type Content } from "piu/MC";
import type { Kit } from "../kit";
import { type Place, placeOf } from "./place";

export interface RebuiltOptions<View> extends Place {
	/** Another one is another kind. */
	readonly kind: (view: View) => string;
	/** `kit` is that of this one part: what it follows ends with it. Its view is there already. */
	readonly build: (kit: Kit<View>, view: View) => Content;
}

export function rebuilt<View>(kit: Kit<View>, options: RebuiltOptions<View>): Container {
	const holder = new Container(null, placeOf(options, { left: 0, right: 0, top: 0, bottom: 0 }));
	let part: Kit<View> | undefined;
	let kind: string | undefined;
	kit.follow<View>(
		(view) => view,
		(view) => {
			const wanted = options.kind(view);
			if (!part || wanted !== kind) {
				kind = wanted;
				part = kit.part<View>();
				part.scope.update(view);
				holder.empty();
				holder.add(options.build(part, view));
			}
			part.scope.update(view);
		},
	);
	return holder;
}
