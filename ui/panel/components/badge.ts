// A small mark: an icon and a word or a number on a coloured pill. Nothing when there is nothing to say.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";

export interface BadgeOptions<View> extends Place {
	/** "" is no badge. */
	readonly text: Read<View, string>;
	readonly icon?: IconName;
	readonly tone?: Read<View, Tone>;
}

/** Its pill ends where its place ends on the right. */
export function badge<View>(kit: Kit<View>, options: BadgeOptions<View>): Content {
	const behavior = new BadgeBehavior(kit.look, options.icon);
	const port = new Port(null, { ...placeOf(options, { height: HEIGHT }), behavior });
	kit.follow(options.text, (text) => behavior.setText(port, text));
	kit.follow(options.tone ?? "warn", (tone) => behavior.setTone(port, tone));
	return port;
}

const HEIGHT = 24;

class BadgeBehavior extends Behavior {
	private look: Look;
	private line: Line;
	private icon: number | undefined;
	private tone: Tone = "warn";

	constructor(look: Look, icon: IconName | undefined) {
		super();
		this.look = look;
		this.icon = icon === undefined ? undefined : look.iconIndex(icon);
		this.line = new Line([look.buttonStyle("primary", "caption", "left")]);
	}

	setText(port: Port, text: string): void {
		this.line.text = text;
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.tone = tone;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		if (this.line.text === "") return;
		const px = this.icon === undefined ? 0 : 20;
		const inset = 8;
		const room = port.width - 2 * inset - px;
		const width = this.line.widthIn(room);
		const all = width + 2 * inset + px;
		const left = port.width - all;
		const top = (port.height - HEIGHT) >> 1;
		port.drawSkin(this.look.pill(HEIGHT, this.look.color(this.tone)), left, top, all, HEIGHT);
		if (this.icon !== undefined) {
			port.drawSkin(this.look.buttonIcons("small", "primary"), left + 4, top + 2, 20, 20, this.icon);
		}
		this.line.draw(port, left + inset + px, top, width, HEIGHT);
	}
}
