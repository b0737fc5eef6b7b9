// A spool in the colour of its filament, filled as far as it is full; the one in use has a ring of the accent.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit, KitBase } from "../kit";
import type { Look } from "../look/look";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

export interface SpoolOptions<View> extends Place {
	/** "#RRGGBB"; "" or undefined: not known, or nothing there. */
	readonly color: Read<View, string | undefined>;
	/** 0 to 1; undefined is not known, and drawn as full. */
	readonly remaining?: Read<View, number | undefined>;
	readonly isActive?: Read<View, boolean>;
}

/** Side of the square that it takes, in px. */
export function spoolSize(kit: KitBase): number {
	return kit.look.spoolSize + 2 * MARGIN;
}

const MARGIN = 4;

export function spool<View>(kit: Kit<View>, options: SpoolOptions<View>): Content {
	const size = spoolSize(kit);
	const behavior = new SpoolBehavior(kit.look);
	const port = new Port(null, { ...placeOf(options), width: size, height: size, behavior });
	kit.follow(options.color, (color) => behavior.setColor(port, color));
	kit.follow(options.remaining, (remaining) => behavior.setRemaining(port, remaining));
	kit.follow(options.isActive ?? false, (isActive) => behavior.setActive(port, isActive));
	return port;
}

class SpoolBehavior extends Behavior {
	private look: Look;
	private color = "";
	private remaining = 1;
	private isActive = false;

	constructor(look: Look) {
		super();
		this.look = look;
	}

	setColor(port: Port, color: string | undefined): void {
		this.color = color ?? "";
		port.invalidate();
	}

	setRemaining(port: Port, remaining: number | undefined): void {
		this.remaining = remaining === undefined ? 1 : Math.min(1, Math.max(0, remaining));
		port.invalidate();
	}

	setActive(port: Port, isActive: boolean): void {
		this.isActive = isActive;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { theme, spoolSize: size } = this.look;
		// Where there is none, only its place is seen.
		if (this.remaining > 0) port.drawSkin(this.look.spool(theme.raised), MARGIN, MARGIN, size, size);
		if (this.color !== "") {
			const empty = Math.round(size * (1 - this.remaining));
			port.pushClip(MARGIN, MARGIN + empty, size, size - empty);
			port.drawSkin(this.look.spool(this.color), MARGIN, MARGIN, size, size);
			port.popClip();
		}
		port.drawSkin(this.look.rim(this.isActive ? theme.accent : theme.muted), MARGIN, MARGIN, size, size);
	}
}
