// A row with a switch: on or off, by a touch anywhere in the row.

import { type Content, Port } from "piu/MC";
import type { Answer, Effect, Kit } from "../kit";
import type { Look } from "../look/look";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface SwitchOptions<View> extends Place {
	readonly label: Read<View, string>;
	/** undefined is unknown: the knob stands in the middle. */
	readonly isOn: Read<View, boolean | undefined>;
	readonly refusal?: Read<View, string | undefined>;
	readonly onSwitch: (isOn: boolean) => Effect;
}

export function switchRow<View>(kit: Kit<View>, options: SwitchOptions<View>): Content {
	const behavior = new SwitchBehavior(kit, options);
	const port = new Port(null, {
		...placeOf(options, { height: kit.metrics.target }),
		active: true,
		skin: kit.look.row,
		behavior,
	});
	kit.follow(options.label, (label) => behavior.setLabel(port, label));
	kit.follow(options.isOn, (isOn) => behavior.setOn(port, isOn));
	kit.follow(options.refusal, (refusal) => behavior.setRefusal(port, refusal));
	return port;
}

const HEIGHT = 28;
const WIDTH = 52;
const KNOB = 24;

class SwitchBehavior<View> extends Tap {
	private kit: Kit<View>;
	private options: SwitchOptions<View>;
	private look: Look;
	private label: Line;
	private isOn: boolean | undefined;
	private refusal = "";
	private isPending = false;

	constructor(kit: Kit<View>, options: SwitchOptions<View>) {
		super();
		this.kit = kit;
		this.options = options;
		this.look = kit.look;
		this.label = new Line([kit.look.style("body"), kit.look.style("caption")]);
	}

	setLabel(port: Port, label: string): void {
		this.label.text = label;
		port.invalidate();
	}

	setOn(port: Port, isOn: boolean | undefined): void {
		this.isOn = isOn;
		port.invalidate();
	}

	setRefusal(port: Port, refusal: string | undefined): void {
		this.refusal = refusal ?? "";
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { theme, metrics } = this.look;
		const isUsable = this.refusal === "" && !this.isPending;
		const left = port.width - WIDTH - metrics.gap;
		const top = (port.height - HEIGHT) >> 1;
		const place = this.isOn === undefined ? 0.5 : this.isOn ? 1 : 0;
		const back = this.isOn && isUsable ? theme.accent : theme.line;
		const knob = this.isOn && isUsable ? theme.background : isUsable ? theme.text : theme.muted;
		port.drawSkin(this.look.pill(HEIGHT, back), left, top, WIDTH, HEIGHT);
		const x = left + 2 + Math.round(place * (WIDTH - KNOB - 4));
		port.drawSkin(this.look.pill(KNOB, knob), x, top + 2, KNOB, KNOB);
		this.label.draw(port, metrics.gap, 0, left - 2 * metrics.gap, port.height);
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		content.state = isPressed ? 1 : 0;
		(content as Port).invalidate();
	}

	protected override onTap(content: Content): void {
		if (this.isPending) return;
		if (this.refusal !== "") {
			this.kit.navigator.toasts.refused(this.refusal);
			return;
		}
		const answer = this.options.onSwitch(!this.isOn);
		if (answer instanceof Promise) void this.wait(content as Port, answer);
	}

	private async wait(port: Port, answer: Promise<Answer>): Promise<void> {
		this.isPending = true;
		port.invalidate();
		await this.kit.report(answer);
		this.isPending = false;
		port.invalidate();
	}
}
