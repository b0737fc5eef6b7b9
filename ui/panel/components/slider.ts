// A slider: it follows the finger, and what it is set to is told when the finger is lifted.

import { Behavior, type Content, Port } from "piu/MC";
import type { Answer, Effect, Kit } from "../kit";
import type { Look, Tone } from "../look/look";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { drawTrack } from "./track";

export interface SliderOptions<View> extends Place {
	/** undefined is unknown: a dash. */
	readonly value: Read<View, number | undefined>;
	readonly min: number;
	readonly max: number;
	/** 1 by default. */
	readonly step?: number;
	readonly label?: Read<View, string>;
	/** "80 %" */
	readonly format: (value: number) => string;
	readonly tone?: Tone;
	readonly refusal?: Read<View, string | undefined>;
	/** While the finger moves; for what is seen at once, such as brightness. */
	readonly onMoved?: (value: number) => void;
	/** A command that is returned keeps the value on the slider until it ends. */
	readonly onSet: (value: number) => Effect;
}

export function slider<View>(kit: Kit<View>, options: SliderOptions<View>): Content {
	const behavior = new SliderBehavior(kit, options);
	const port = new Port(null, {
		...placeOf(options, { height: kit.metrics.target }),
		active: true,
		behavior,
	});
	kit.follow(options.label ?? "", (label) => behavior.setLabel(port, label));
	kit.follow(options.value, (value) => behavior.setValue(port, value));
	kit.follow(options.refusal, (refusal) => behavior.setRefusal(port, refusal));
	return port;
}

const KNOB = 28;
const TRACK = 8;

class SliderBehavior<View> extends Behavior {
	private kit: Kit<View>;
	private options: SliderOptions<View>;
	private look: Look;
	private label: Line;
	private number: Line;
	private value: number | undefined;
	/** Under the finger, or on its way. */
	private wished: number | undefined;
	private isHeld = false;
	private startX = 0;
	private startY = 0;
	private refusal = "";

	constructor(kit: Kit<View>, options: SliderOptions<View>) {
		super();
		const { look } = kit;
		this.kit = kit;
		this.options = options;
		this.look = look;
		this.label = new Line([look.style("body", "muted"), look.style("caption", "muted")]);
		this.number = new Line([look.style("body", "text", "right", "bold")]);
	}

	setLabel(port: Port, label: string): void {
		this.label.text = label;
		port.invalidate();
	}

	setValue(port: Port, value: number | undefined): void {
		this.value = value;
		this.show(port);
	}

	setRefusal(port: Port, refusal: string | undefined): void {
		this.refusal = refusal ?? "";
		port.invalidate();
	}

	override onTouchBegan(_content: Content, _id: number, x: number, y: number): void {
		this.startX = x;
		this.startY = y;
		this.isHeld = false;
	}

	override onTouchMoved(content: Content, id: number, x: number, y: number, ticks: number): void {
		if (this.refusal !== "") return;
		if (!this.isHeld) {
			const dx = Math.abs(x - this.startX);
			// Up and down belongs to the list that it may stand in.
			if (dx < this.look.metrics.slop || dx < Math.abs(y - this.startY)) return;
			this.isHeld = true;
			content.captureTouch(id, x, y, ticks);
		}
		this.move(content as Port, x);
	}

	override onTouchEnded(content: Content, _id: number, x: number): void {
		if (this.refusal !== "") {
			this.kit.navigator.toasts.refused(this.refusal);
			return;
		}
		this.isHeld = false;
		this.move(content as Port, x);
		const wished = this.wished;
		if (wished === undefined || !content.application) return;
		const answer = this.options.onSet(wished);
		if (answer instanceof Promise) void this.wait(content as Port, answer);
		else this.settle(content as Port);
	}

	override onTouchCancelled(content: Content): void {
		this.isHeld = false;
		this.settle(content as Port);
	}

	override onDraw(port: Port): void {
		const { theme, metrics } = this.look;
		const { min, max, tone } = this.options;
		const value = this.wished ?? this.value;
		const share = value === undefined ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
		const isOff = this.refusal !== "" || value === undefined;
		const lineHeight = Math.min(port.height - KNOB, Math.round(metrics.text.body * 1.4));
		this.label.draw(port, 0, 0, port.width * 0.65, lineHeight);
		this.number.draw(port, port.width * 0.65, 0, port.width * 0.35, lineHeight);
		const top = lineHeight + ((port.height - lineHeight - KNOB) >> 1);
		const color = isOff ? theme.muted : this.look.color(tone ?? "accent");
		drawTrack(port, this.look, TRACK, 0, top + (KNOB - TRACK) / 2, port.width, share, color);
		const x = Math.round(share * (port.width - KNOB));
		port.drawSkin(this.look.pill(KNOB, isOff ? theme.line : theme.text), x, top, KNOB, KNOB);
	}

	private move(port: Port, x: number): void {
		const { min, max, onMoved } = this.options;
		const step = this.options.step ?? 1;
		const share = Math.min(1, Math.max(0, (x - port.x - KNOB / 2) / (port.width - KNOB)));
		const value = Math.min(max, min + Math.round((share * (max - min)) / step) * step);
		if (value === this.wished) return;
		this.wished = value;
		this.show(port);
		onMoved?.(value);
	}

	private async wait(port: Port, answer: Promise<Answer>): Promise<void> {
		await this.kit.report(answer);
		this.settle(port);
	}

	/** What is known counts again. */
	private settle(port: Port): void {
		if (this.isHeld) return;
		this.wished = undefined;
		this.show(port);
	}

	private show(port: Port): void {
		const value = this.wished ?? this.value;
		this.number.text = value === undefined ? this.kit.words.common.unknown : this.options.format(value);
		port.invalidate();
	}
}
