// A colour as a plain surface; where none is known, an empty one.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { Look } from "../look/look";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

export interface SwatchOptions<View> extends Place {
	/** "#RRGGBB", or "" for none. */
	readonly color: Read<View, string>;
}

export function swatch<View>(kit: Kit<View>, options: SwatchOptions<View>): Content {
	const behavior = new SwatchBehavior(kit.look);
	const port = new Port(null, { ...placeOf(options), behavior });
	kit.follow(options.color, (color) => behavior.setColor(port, color));
	return port;
}

class SwatchBehavior extends Behavior {
	private look: Look;
	private color = "";

	constructor(look: Look) {
		super();
		this.look = look;
	}

	setColor(port: Port, color: string): void {
		this.color = color;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { theme } = this.look;
		port.drawSkin(this.look.round(this.color || theme.raised), 0, 0, port.width, port.height);
		port.drawSkin(this.look.frame(theme.line), 0, 0, port.width, port.height);
	}
}
