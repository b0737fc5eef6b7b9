// What was made for colours, found again without making a key: it is asked for while drawing, where nothing may be allocated.

import type { Color, Colors } from "piu/MC";

export class ByColors<Made> {
	private made: Made | undefined;
	private after = new Map<Color, ByColors<Made>>();

	get(colors: Colors): Made | undefined {
		let place: ByColors<Made> | undefined = this;
		if (typeof colors !== "object") place = this.after.get(colors);
		else
			for (let index = 0; index < colors.length && place !== undefined; index++)
				place = place.next(colors[index] ?? "");
		return place === undefined ? undefined : place.made;
	}

	/** Returns it. */
	keep(colors: Colors, made: Made): Made {
		let place: ByColors<Made> = this;
		for (const color of typeof colors === "object" ? colors : [colors]) {
			let next = place.after.get(color);
			if (next === undefined) {
				next = new ByColors();
				place.after.set(color, next);
			}
			place = next;
		}
		place.made = made;
		return made;
	}

	private next(color: Color): ByColors<Made> | undefined {
		return this.after.get(color);
	}
}
