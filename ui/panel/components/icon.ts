// An icon, in a tone; both may follow the view.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";
import type { IconSize } from "../look/metrics";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

export interface IconOptions<View> extends Place {
	readonly icon: Read<View, IconName | undefined>;
	readonly tone?: Read<View, Tone>;
	readonly size?: IconSize;
}

export function icon<View>(kit: Kit<View>, options: IconOptions<View>): Content {
	const size = options.size ?? "medium";
	const px = kit.metrics.icon[size];
	const behavior = new IconBehavior(kit.look, size);
	const port = new Port(null, { ...placeOf(options, { width: px, height: px }), behavior });
	kit.follow(options.icon, (name) => behavior.setIcon(port, name));
	kit.follow(options.tone ?? "text", (tone) => behavior.setTone(port, tone));
	return port;
}

class IconBehavior extends Behavior {
	private look: Look;
	private size: IconSize;
	private icon: number | undefined;
	private tone: Tone = "text";

	constructor(look: Look, size: IconSize) {
		super();
		this.look = look;
		this.size = size;
	}

	setIcon(port: Port, name: IconName | undefined): void {
		this.icon = name === undefined ? undefined : this.look.iconIndex(name);
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.tone = tone;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		if (this.icon === undefined) return;
		const px = this.look.metrics.icon[this.size];
		const x = (port.width - px) >> 1;
		const y = (port.height - px) >> 1;
		port.drawSkin(this.look.icons(this.size, this.tone), x, y, px, px, this.icon);
	}
}
