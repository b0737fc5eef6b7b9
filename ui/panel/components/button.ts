// A button: icon and label, as a tone, chosen or not, pending while its command runs; when it cannot be used it says why.

import { type Content, Port } from "piu/MC";
import type { Answer, Effect, Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import { type Align, type ButtonTone, DISABLED, type Look, NORMAL, PRESSED, SELECTED } from "../look/look";
import type { IconSize, TextSize } from "../look/metrics";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface ButtonOptions<View> extends Place {
	readonly label?: Read<View, string>;
	readonly icon?: Read<View, IconName | undefined>;
	/** "normal" by default. */
	readonly tone?: ButtonTone;
	readonly size?: TextSize;
	readonly iconSize?: IconSize;
	/** The icon over the label, as in the rail. */
	readonly isStacked?: boolean;
	/** Of the label; in the middle by default. */
	readonly align?: Align;
	/** It is the one of several that is in force. */
	readonly selected?: Read<View, boolean>;
	/** Why it cannot be used, in words, which a touch then shows; undefined or "" while it can. */
	readonly refusal?: Read<View, string | undefined>;
	/** The view is the latest; a command that is returned keeps the button pending until it ends, and its end is said. */
	readonly onTap: (view: View | undefined) => Effect;
	/** What to say when that command was done; nothing by default, since the button's effect is seen. */
	readonly done?: string;
}

export function button<View>(kit: Kit<View>, options: ButtonOptions<View>): Content {
	const tone = options.tone ?? "normal";
	const behavior = new ButtonBehavior(kit, options);
	const port = new Port(null, {
		...placeOf(options, { height: kit.metrics.target }),
		active: true,
		skin: kit.look.button(tone),
		behavior,
	});
	kit.follow(options.label ?? "", (label) => behavior.setLabel(port, label));
	kit.follow(options.icon, (icon) => behavior.setIcon(port, icon));
	kit.follow(options.selected ?? false, (isSelected) => behavior.setSelected(port, isSelected));
	kit.follow(options.refusal, (refusal) => behavior.setRefusal(port, refusal));
	return port;
}

const DOTS_MS = 240;

class ButtonBehavior<View> extends Tap {
	private kit: Kit<View>;
	private options: ButtonOptions<View>;
	private look: Look;
	private line: Line;
	private icon: number | undefined;
	private isSelected = false;
	private isPending = false;
	private isDown = false;
	/** As Piu has it; of a port it can be set and not read. */
	private state: number = NORMAL;
	private refusal: string | undefined;

	constructor(kit: Kit<View>, options: ButtonOptions<View>) {
		super();
		this.kit = kit;
		this.options = options;
		this.look = kit.look;
		const tone = options.tone ?? "normal";
		const size = options.size ?? (options.isStacked ? "caption" : "body");
		const align = options.align ?? (options.isStacked ? "center" : "left");
		this.line = new Line([
			this.look.buttonStyle(tone, size, align),
			this.look.buttonStyle(tone, "caption", align),
		]);
	}

	setLabel(port: Port, label: string): void {
		this.line.text = label;
		port.invalidate();
	}

	setIcon(port: Port, icon: IconName | undefined): void {
		this.icon = icon === undefined ? undefined : this.look.iconIndex(icon);
		port.invalidate();
	}

	setSelected(port: Port, isSelected: boolean): void {
		this.isSelected = isSelected;
		this.paint(port);
	}

	setRefusal(port: Port, refusal: string | undefined): void {
		this.refusal = refusal === "" ? undefined : refusal;
		this.paint(port);
	}

	override onTimeChanged(content: Content): void {
		(content as Port).invalidate();
	}

	override onDraw(port: Port): void {
		if (this.isPending) this.drawDots(port);
		else if (this.options.isStacked) this.drawStacked(port);
		else this.drawInRow(port);
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		this.isDown = isPressed;
		this.paint(content as Port);
	}

	protected override onTap(content: Content): void {
		if (this.isPending) return;
		if (this.refusal !== undefined) {
			this.kit.navigator.toasts.refused(this.refusal);
			return;
		}
		const answer = this.options.onTap(this.kit.scope.view);
		if (answer instanceof Promise) this.follow(content as Port, answer);
	}

	private async follow(port: Port, answer: Promise<Answer>): Promise<void> {
		this.isPending = true;
		port.interval = DOTS_MS;
		port.time = 0;
		port.start();
		this.paint(port);
		await this.kit.report(answer, this.options.done);
		this.isPending = false;
		port.stop();
		this.paint(port);
	}

	private paint(port: Port): void {
		if (this.refusal !== undefined || this.isPending) this.state = DISABLED;
		else if (this.isDown) this.state = PRESSED;
		else this.state = this.isSelected ? SELECTED : NORMAL;
		port.state = this.state;
		port.invalidate();
	}

	private get icons() {
		return this.look.buttonIcons(this.options.iconSize ?? "medium", this.options.tone ?? "normal");
	}

	private drawInRow(port: Port): void {
		const { gap, padding } = this.look.metrics;
		const px = this.icon === undefined ? 0 : this.look.metrics.icon[this.options.iconSize ?? "medium"];
		const space = px > 0 && this.line.text !== "" ? gap : 0;
		const inset = this.line.text === "" ? 0 : Math.min(padding, gap * 1.5);
		const room = port.width - 2 * inset - px - space;
		const width = this.line.widthIn(room);
		const isLeft = this.options.align === "left";
		const x = isLeft ? inset : Math.floor((port.width - px - space - width) / 2);
		if (this.icon !== undefined) {
			const y = Math.floor((port.height - px) / 2);
			port.drawSkin(this.icons, x, y, px, px, this.icon, this.state);
		}
		this.line.draw(port, x + px + space, 0, isLeft ? room : width, port.height, this.state);
	}

	private drawStacked(port: Port): void {
		const { gap, icon, text } = this.look.metrics;
		const px = this.icon === undefined ? 0 : icon[this.options.iconSize ?? "medium"];
		const lineHeight = Math.round(text[this.options.size ?? "caption"] * 1.3);
		const top = Math.floor((port.height - px - lineHeight - gap / 2) / 2);
		if (this.icon !== undefined) {
			port.drawSkin(this.icons, Math.floor((port.width - px) / 2), top, px, px, this.icon, this.state);
		}
		const inset = gap / 2;
		this.line.draw(port, inset, top + px + gap / 2, port.width - 2 * inset, lineHeight, this.state);
	}

	private drawDots(port: Port): void {
		const lit = Math.floor(port.time / DOTS_MS) % 3;
		const top = (port.height >> 1) - 4;
		const left = (port.width >> 1) - 20;
		for (let dot = 0; dot < 3; dot++) {
			const skin = this.look.pill(8, this.look.color(dot === lit ? "text" : "muted"));
			port.drawSkin(skin, left + dot * 16, top, 8, 8);
		}
	}
}
