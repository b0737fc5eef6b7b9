// Words over several lines, as wide as their place; below them the rest moves when they change.

import { type Content, Text } from "piu/MC";
import type { Kit } from "../kit";
import type { Align, Tone } from "../look/look";
import type { TextSize } from "../look/metrics";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

export interface NoteOptions<View> extends Place {
	readonly text: Read<View, string>;
	readonly size?: TextSize;
	readonly tone?: Read<View, Tone>;
	readonly align?: Align;
}

export function note<View>(kit: Kit<View>, options: NoteOptions<View>): Content {
	const { size = "body", align } = options;
	const text = new Text(null, { ...placeOf(options, { left: 0, right: 0 }) });
	kit.follow(options.tone ?? "text", (tone) => {
		text.style = kit.look.style(size, tone, align);
	});
	kit.follow(options.text, (string) => {
		text.string = string;
	});
	return text;
}
