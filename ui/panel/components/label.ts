// Words and numbers on one line, in a tone that may follow the view.

import { Behavior, type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { Align, Look, Tone, Weight } from "../look/look";
import type { TextSize } from "../look/metrics";
import type { Read } from "../scope";
import { Line } from "./line";
import { type Place, placeOf } from "./place";

export interface LabelOptions<View> extends Place {
	readonly text: Read<View, string>;
	/** "body" by default. */
	readonly size?: TextSize;
	/** Taken instead when the text is too long. */
	readonly smaller?: TextSize;
	readonly tone?: Read<View, Tone>;
	/** Not muted while the data of the screen is old: so are words that stay, and what warns. */
	readonly staysFresh?: boolean;
	readonly align?: Align;
	readonly weight?: Weight;
}

/** A port and not a Piu label: its words can change without everything around it being laid out anew. */
export function label<View>(kit: Kit<View>, options: LabelOptions<View>): Content {
	const size = options.size ?? "body";
	const behavior = new LabelBehavior(kit.look, options, size);
	const port = new Port(null, {
		...placeOf(options, { height: lineHeight(kit.look, size) }),
		behavior,
	});
	kit.follow(options.text, (text) => behavior.setText(port, text));
	const staysFresh = options.staysFresh ?? (typeof options.text !== "function" || isWarning);
	kit.followTone(options.tone ?? "text", (tone) => behavior.setTone(port, tone), staysFresh);
	return port;
}

/** px that a line of that size takes. */
export function lineHeight(look: Look, size: TextSize): number {
	return Math.round(look.metrics.text[size] * 1.3);
}

class LabelBehavior extends Behavior {
	private look: Look;
	private options: { readonly smaller?: TextSize; readonly align?: Align; readonly weight?: Weight };
	private size: TextSize;
	private line: Line;

	constructor(
		look: Look,
		options: { readonly smaller?: TextSize; readonly align?: Align; readonly weight?: Weight },
		size: TextSize,
	) {
		super();
		this.look = look;
		this.options = options;
		this.size = size;
		this.line = new Line([]);
	}

	setText(port: Port, text: string): void {
		this.line.text = text;
		port.invalidate();
	}

	setTone(port: Port, tone: Tone): void {
		const { smaller, align, weight } = this.options;
		const style = this.look.style(this.size, tone, align, weight);
		this.line.styles = smaller ? [style, this.look.style(smaller, tone, align, weight)] : [style];
		port.invalidate();
	}

	override onDraw(port: Port): void {
		this.line.draw(port, 0, 0, port.width, port.height);
	}
}

function isWarning(tone: Tone): boolean {
	return tone === "warn" || tone === "danger";
}
