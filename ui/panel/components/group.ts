// Rows that belong together: a heading, and below it one card with a line between each two of them.

import { Column, Content } from "piu/MC";
import type { KitBase } from "../kit";
import { label } from "./label";
import { type Place, placeOf } from "./place";

export interface GroupOptions extends Place {
	/** None by default. */
	readonly title?: string;
	readonly contents: readonly (Content | undefined)[];
}

export function group(kit: KitBase, options: GroupOptions): Column {
	const { look, metrics } = kit;
	const { gap, padding } = metrics;
	const contents: Content[] = [];
	for (const row of options.contents) {
		if (row === undefined) continue;
		if (contents.length > 0) contents.push(line());
		contents.push(row);
	}
	return new Column(null, {
		...placeOf(options, { left: 0, right: 0, bottom: 2 * gap }),
		contents: [
			options.title !== undefined &&
				label(kit.part<undefined>(), {
					left: padding,
					right: padding,
					bottom: gap / 2,
					text: options.title,
					size: "caption",
					tone: "muted",
				}),
			new Column(null, { left: 0, right: 0, skin: look.card, contents }),
		],
	});

	function line(): Content {
		return new Content(null, { left: padding, right: padding, height: 1, skin: look.fill(look.theme.line) });
	}
}
