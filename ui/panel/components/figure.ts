// One large number with its unit, and beside both what it is on its way to: what is read from across the room.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";

export interface FigureOptions<View> extends Place {
	/** "41.3" */
	readonly value: Read<View, string>;
	readonly unit: Read<View, string>;
	/** "to 45 °C"; "" is none. */
	readonly aside?: Read<View, string>;
	/** Of the number. */
	readonly tone?: Read<View, Tone>;
}

export function figure<View>(kit: Kit<View>, options: FigureOptions<View>): Content {
	const behavior = new FigureBehavior(kit.look);
	const port = new Port(null, {
		...placeOf(options, { height: kit.metrics.text.display + kit.metrics.gap }),
		behavior,
	});
	kit.follow(options.value, (value) => behavior.setValue(port, value));
	kit.follow(options.unit, (unit) => behavior.setUnit(port, unit));
	kit.follow(options.aside ?? "", (aside) => behavior.setAside(port, aside));
	kit.followTone(options.tone ?? "text", (tone) => behavior.setTone(port, tone));
	return port;
}

class FigureBehavior extends Behavior {
	private look: Look;
	private value = new Line([]);
	private unit: Line;
	private aside: Line;

	constructor(look: Look) {
		super();
		this.look = look;
		this.unit = new Line([look.style("title", "muted")]);
		this.aside = new Line([look.style("title", "muted", "right"), look.style("body", "muted", "right")]);
	}

	setValue(port: Port, value: string): void {
		this.value.text = value;
		port.invalidate();
	}

	setUnit(port: Port, unit: string): void {
		this.unit.text = unit;
		port.invalidate();
	}

	setAside(port: Port, aside: string): void {
		this.aside.text = aside;
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.value.styles = [this.look.style("display", tone)];
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { gap, text } = this.look.metrics;
		const { width, height } = port;
		const valueWidth = this.value.widthIn(width);
		this.value.draw(port, 0, 0, valueWidth, height);
		// On the number's own line: what is smaller stands lower in its box.
		const drop = Math.round((text.display - text.title) * 0.36);
		const left = valueWidth + gap;
		const unitWidth = this.unit.widthIn(width - left);
		this.unit.draw(port, left, drop, unitWidth, height);
		const rest = left + unitWidth + 2 * gap;
		this.aside.draw(port, rest, drop, width - rest, height);
	}
}
