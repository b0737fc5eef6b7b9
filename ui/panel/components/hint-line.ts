// What a page has to say about all of it: why it is greyed, or what to know first. It keeps its room when it is silent.

import { Container } from "piu/MC";
import type { Kit, KitBase } from "../kit";
import type { Tone } from "../look/look";
import type { Read } from "../scope";
import { lineHeight } from "./label";
import { note } from "./note";
import { type Place, placeOf } from "./place";

export interface HintOptions<View> extends Place {
	readonly text: Read<View, string>;
	readonly tone?: Read<View, Tone>;
}

/** px that it takes: one line on the large panel, two on the small one. */
export function hintHeight(kit: KitBase): number {
	return lineHeight(kit.look, "caption") * (kit.isLarge ? 1 : 2);
}

export function hintLine<View>(kit: Kit<View>, options: HintOptions<View>): Container {
	return new Container(null, {
		...placeOf(options, {
			...(options.width === undefined && { left: 0, right: 0 }),
			height: hintHeight(kit),
		}),
		clip: true,
		contents: [
			note(kit, { left: 0, right: 0, text: options.text, size: "caption", tone: options.tone ?? "muted" }),
		],
	});
}
