// Parts for the items of a list in the view, one after the other. They are made once and follow the item in their place.

import type { Container, Content } from "piu/MC";
import type { Kit } from "../kit";
import type { Scope } from "../scope";

export interface RepeatOptions<View, Item> {
	readonly items: (view: View) => readonly Item[];
	/** `kit.scope.view` is the item. */
	readonly part: (kit: Kit<Item>, index: number) => Content;
}

/** Adds them to a row or a column; returns it. */
export function repeat<View, Item>(
	kit: Kit<View>,
	container: Container,
	options: RepeatOptions<View, Item>,
): Container {
	const parts: { readonly content: Content; readonly scope: Scope<Item> }[] = [];
	kit.follow(options.items, (items) => {
		while (parts.length > items.length) {
			const part = parts.pop();
			if (part) container.remove(part.content);
		}
		items.forEach((item, index) => {
			let part = parts[index];
			if (!part) {
				const made = kit.part<Item>();
				part = { content: options.part(made, index), scope: made.scope };
				parts.push(part);
				container.add(part.content);
			}
			part.scope.update(item);
		});
	});
	return container;
}
