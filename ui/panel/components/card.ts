// A surface with round corners that holds other parts; it may be tapped as a whole.

import { Container, type Contents } from "piu/MC";
import type { KitBase } from "../kit";
import { type Place, placeOf } from "./place";
import { SkinTap } from "./tap";

export interface CardOptions extends Place {
	readonly contents: readonly Contents[];
	/** Its colour: "surface" by default, "raised" where it lies on a card. */
	readonly tone?: "surface" | "raised";
	readonly onTap?: () => void;
}

export function card(kit: KitBase, options: CardOptions): Container {
	const { look } = kit;
	const { raised, line } = look.theme;
	const { onTap, tone = "surface" } = options;
	const back = look.theme[tone];
	return new Container(null, {
		...placeOf(options),
		contents: options.contents,
		skin: onTap ? look.round([back, tone === "surface" ? raised : line]) : look.round(back),
		...(onTap && { active: true, behavior: new SkinTap(onTap) }),
	});
}
