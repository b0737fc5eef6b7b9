// A thin bar of progress.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { type Place, placeOf } from "./place";
import { drawTrack } from "./track";

export interface ProgressBarOptions<View> extends Place {
	/** 0 to 100; undefined is unknown: only its track. */
	readonly percent: Read<View, number | undefined>;
	readonly tone?: Read<View, Tone>;
	/** Not muted while the data of the screen is old. */
	readonly staysFresh?: boolean;
}

export function progressBar<View>(kit: Kit<View>, options: ProgressBarOptions<View>): Content {
	const behavior = new BarBehavior(kit.look);
	const port = new Port(null, { ...placeOf(options, { height: 8 }), behavior });
	kit.follow(options.percent, (percent) => behavior.setPercent(port, percent));
	kit.followTone(options.tone ?? "accent", (tone) => behavior.setTone(port, tone), options.staysFresh);
	return port;
}

class BarBehavior extends Behavior {
	private look: Look;
	private percent = 0;
	private tone: Tone = "accent";

	constructor(look: Look) {
		super();
		this.look = look;
	}

	setPercent(port: Port, percent: number | undefined): void {
		this.percent = Math.min(100, Math.max(0, percent ?? 0));
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.tone = tone;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const top = (port.height - 8) >> 1;
		drawTrack(port, this.look, 8, 0, top, port.width, this.percent / 100, this.look.color(this.tone));
	}
}
