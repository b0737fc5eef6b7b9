// Progress as a large ring, drawn from a mask: whole quarters at once, rows where it ends, round at both ends.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit, KitBase } from "../kit";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";

export interface RingOptions<View> extends Place {
	/** 0 to 100; undefined is unknown: only its track. */
	readonly percent: Read<View, number | undefined>;
	readonly tone?: Read<View, Tone>;
	/** Not muted while the data of the screen is old. */
	readonly staysFresh?: boolean;
}

/** Side of the square that it takes, in px. */
export function ringSize(kit: KitBase): number {
	return kit.look.ring.size;
}

export function ring<View>(kit: Kit<View>, options: RingOptions<View>): Content {
	const { theme } = kit.look;
	const { size } = kit.look.ring;
	const behavior = new RingBehavior(kit.look);
	const port = new Port(null, { ...placeOf(options), width: size, height: size, behavior });
	kit.follow(options.percent, (percent) => behavior.setPercent(port, percent));
	kit.followTone(
		options.tone ?? "accent",
		(tone) => behavior.setColor(port, theme[tone]),
		options.staysFresh,
	);
	return port;
}

class RingBehavior extends Behavior {
	private look: Look;
	private color = "";
	private percent: number | undefined;

	constructor(look: Look) {
		super();
		this.look = look;
	}

	setPercent(port: Port, percent: number | undefined): void {
		this.percent = percent;
		port.invalidate();
	}

	setColor(port: Port, color: string): void {
		this.color = color;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { texture, size } = this.look.ring;
		const percent = Math.min(100, Math.max(0, this.percent ?? 0));
		const color = percent === 100 ? this.color : this.look.theme.raised;
		port.drawTexture(texture, color, 0, 0, 0, 0, size, size);
		if (percent > 0 && percent < 100) this.drawArc(port, percent / 100);
	}

	/** Clockwise from the top. */
	private drawArc(port: Port, share: number): void {
		const { texture, size } = this.look.ring;
		const half = size / 2;
		const quarters = Math.floor(share * 4);
		for (let quarter = 0; quarter < quarters; quarter++) {
			const x = quarter < 2 ? half : 0;
			const y = quarter === 1 || quarter === 2 ? half : 0;
			port.drawTexture(texture, this.color, x, y, x, y, half, half);
		}
		// At the end of a quarter there is no part of the next one, and its slope has no sign.
		if (share * 4 > quarters) this.drawPart(port, quarters, Math.tan(share * 2 * Math.PI));
		this.drawCap(port, 0);
		this.drawCap(port, share);
	}

	/** The quarter in which it ends: of each row what lies before the line from the middle to the end. */
	private drawPart(port: Port, quarter: number, slope: number): void {
		const { texture, size } = this.look.ring;
		const half = size / 2;
		const isUpper = quarter === 0 || quarter === 3;
		for (let row = 0; row < half; row++) {
			const y = isUpper ? row : half + row;
			const cut = Math.min(half, Math.max(-half, Math.round(slope * (half - y - 0.5))));
			const left = quarter === 0 ? 0 : quarter === 3 ? -half : cut;
			const right = quarter === 0 || quarter === 3 ? cut : quarter === 1 ? half : 0;
			const x = half + left;
			if (right > left) port.drawTexture(texture, this.color, x, y, x, y, right - left, 1);
		}
	}

	private drawCap(port: Port, share: number): void {
		const { size, thickness } = this.look.ring;
		const radius = (size - thickness) / 2;
		const angle = share * 2 * Math.PI;
		const x = Math.round(radius + radius * Math.sin(angle));
		const y = Math.round(radius - radius * Math.cos(angle));
		port.drawSkin(this.look.ringCap(this.color), x, y, thickness, thickness);
	}
}
