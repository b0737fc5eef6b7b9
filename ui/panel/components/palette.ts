// Colours to choose from, in rows; the one in force has a ring.

import { type Content, Port } from "piu/MC";
import type { Kit } from "../kit";
import type { Look } from "../look/look";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface PaletteOptions<View> extends Place {
	/** "#RRGGBB" */
	readonly colors: readonly string[];
	readonly columns: number;
	readonly value: (view: View) => string | undefined;
	readonly onChoose: (color: string) => void;
}

/** px that it takes. */
export function paletteHeight(
	kit: { readonly metrics: { readonly target: number } },
	count: number,
	columns: number,
): number {
	return Math.ceil(count / columns) * kit.metrics.target;
}

export function palette<View>(kit: Kit<View>, options: PaletteOptions<View>): Content {
	const { colors, columns } = options;
	const behavior = new PaletteBehavior(kit.look, colors, columns, options.onChoose);
	const port = new Port(null, {
		...placeOf(options, { height: paletteHeight(kit, colors.length, columns) }),
		active: true,
		behavior,
	});
	kit.follow(options.value, (value) => behavior.setValue(port, value));
	return port;
}

const DISC = 28;

class PaletteBehavior extends Tap {
	private look: Look;
	private colors: readonly string[];
	private columns: number;
	private onChoose: (color: string) => void;
	private value = -1;

	constructor(look: Look, colors: readonly string[], columns: number, onChoose: (color: string) => void) {
		super();
		this.look = look;
		this.colors = colors;
		this.columns = columns;
		this.onChoose = onChoose;
	}

	setValue(port: Port, value: string | undefined): void {
		this.value = value === undefined ? -1 : this.colors.indexOf(value);
		port.invalidate();
	}

	override onDraw(port: Port): void {
		const { theme, metrics } = this.look;
		const { target, gap } = metrics;
		const width = port.width / this.columns;
		for (let index = 0; index < this.colors.length; index++) {
			const left = Math.round((index % this.columns) * width) + gap / 2;
			const top = Math.floor(index / this.columns) * target + gap / 2;
			const w = Math.round(width) - gap;
			const h = target - gap;
			const color = this.colors[index] ?? theme.raised;
			port.drawSkin(this.look.round(color), left, top, w, h);
			const isChosen = index === this.value;
			port.drawSkin(this.look.frame(isChosen ? theme.accent : theme.line), left, top, w, h);
			if (!isChosen) continue;
			const px = metrics.icon.small;
			const disc = this.look.pill(DISC, theme.background);
			port.drawSkin(disc, left + ((w - DISC) >> 1), top + ((h - DISC) >> 1), DISC, DISC);
			const check = this.look.iconIndex("check");
			const x = left + ((w - px) >> 1);
			port.drawSkin(this.look.icons("small", "accent"), x, top + ((h - px) >> 1), px, px, check);
		}
	}

	protected override onPressed(): void {}

	protected override onTap(content: Content, x: number, y: number): void {
		const column = Math.floor((x * this.columns) / content.width);
		const row = Math.floor(y / this.look.metrics.target);
		const color = this.colors[row * this.columns + column];
		if (column >= 0 && column < this.columns && color !== undefined) this.onChoose(color);
	}
}
