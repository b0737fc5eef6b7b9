// A measured value that is read from afar: large, what it shall be smaller beside it, and below its name which way it goes.

import { type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { IconName } from "../look/icon-names";
import type { Look, Tone } from "../look/look";
import type { TextSize } from "../look/metrics";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface ReadingRowOptions<View> extends Place {
	readonly icon: Read<View, IconName | undefined>;
	readonly label: Read<View, string>;
	/** "245" */
	readonly current: Read<View, string>;
	/** "/ 245", or "". */
	readonly target: Read<View, string>;
	readonly unit: Read<View, string>;
	/** "heating", or "". */
	readonly status: Read<View, string>;
	/** Of the value, the icon and the status. */
	readonly tone: Read<View, Tone>;
	/** Not muted while the data of the screen is old. */
	readonly staysFresh?: boolean;
	/** Of the value. */
	readonly size: TextSize;
	readonly onTap: (view: View | undefined) => void;
}

export function readingRow<View>(kit: Kit<View>, options: ReadingRowOptions<View>): Content {
	const behavior = new ReadingRow(kit, options);
	const port = new Port(null, {
		...placeOf(options, { left: 0, right: 0, height: kit.metrics.target }),
		active: true,
		skin: kit.look.row,
		behavior,
	});
	kit.follow(options.icon, (icon) => behavior.setIcon(port, icon));
	kit.followTone(options.tone, (tone) => behavior.setTone(port, tone), options.staysFresh);
	kit.follow(options.label, (text) => behavior.setText(port, "label", text));
	kit.follow(options.status, (text) => behavior.setText(port, "status", text));
	kit.follow(options.current, (text) => behavior.setText(port, "current", text));
	kit.follow(options.target, (text) => behavior.setText(port, "target", text));
	kit.follow(options.unit, (text) => behavior.setText(port, "unit", text));
	return port;
}

type Part = "label" | "status" | "current" | "target" | "unit";

class ReadingRow<View> extends Tap {
	private kit: Kit<View>;
	private look: Look;
	private size: TextSize;
	#onTap: (view: View | undefined) => void;
	private lines: Readonly<Record<Part, Line>>;
	private icon: number | undefined;
	private tone: Tone = "text";

	constructor(kit: Kit<View>, { size, onTap }: ReadingRowOptions<View>) {
		super();
		const { look } = kit;
		this.kit = kit;
		this.look = look;
		this.size = size;
		this.#onTap = onTap;
		const beside = size === "headline" ? "title" : "body";
		this.lines = {
			label: new Line([look.style("body"), look.style("caption")]),
			status: new Line([]),
			current: new Line([]),
			target: new Line([look.style(beside, "muted", "right"), look.style("caption", "muted", "right")]),
			unit: new Line([look.style(size === "headline" ? "body" : "caption", "muted", "right")]),
		};
	}

	setIcon(port: Port, icon: IconName | undefined): void {
		this.icon = icon === undefined ? undefined : this.look.iconIndex(icon);
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		this.tone = tone;
		this.lines.current.styles = [this.look.style(this.size, tone, "right", "bold")];
		this.lines.status.styles = [this.look.style("caption", tone === "text" ? "muted" : tone)];
		port.invalidate();
	}

	setText(port: Port, part: Part, text: string): void {
		this.lines[part].text = text;
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { gap, icon, text } = this.look.metrics;
		const { label, status, current, target, unit } = this.lines;
		const { width, height } = port;
		let right = width - gap;
		const beside: TextSize = this.size === "headline" ? "title" : "body";
		right = this.drawEnd(
			port,
			unit,
			right,
			this.drop(this.size === "headline" ? "body" : "caption"),
			gap / 2,
		);
		right = this.drawEnd(port, target, right, this.drop(beside), gap);
		right = this.drawEnd(port, current, right, 0, gap);
		const px = icon.medium;
		let left = gap;
		if (this.icon !== undefined) {
			const tone = this.tone === "text" ? "muted" : this.tone;
			port.drawSkin(this.look.icons("medium", tone), left, (height - px) >> 1, px, px, this.icon);
			left += px + gap * 1.5;
		}
		if (status.text === "") {
			label.draw(port, left, 0, right - left, height);
			return;
		}
		const first = Math.round(text.body * 1.25);
		const second = Math.round(text.caption * 1.3);
		const top = (height - first - second) >> 1;
		label.draw(port, left, top, right - left, first);
		status.draw(port, left, top + first, right - left, second);
	}

	/** The smaller ones stand on the line that the large one stands on. */
	private drop(size: TextSize): number {
		const { text } = this.look.metrics;
		return Math.round((text[this.size] - text[size]) * 0.34);
	}

	/** Returns where the next one ends. */
	private drawEnd(port: Port, line: Line, right: number, drop: number, space: number): number {
		const width = line.widthIn(port.width);
		if (width === 0) return right;
		line.draw(port, right - width, drop, width, port.height);
		return right - width - space;
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		content.state = isPressed ? 1 : 0;
		(content as Port).invalidate();
	}

	protected override onTap(): void {
		this.#onTap(this.kit.scope.view);
	}
}
