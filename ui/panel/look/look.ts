// One look: the colours of a theme at the sizes of a density, as skins and styles that are made once and shared.

import { type Colors, Skin, Style, Texture } from "piu/MC";
import type { Theme } from "../../tokens";
import type { Tone } from "../models/tone";
import { ByColors } from "./by-colors";
import { isLight, mix, withAlpha } from "./color";
import { type IconName, iconNames } from "./icon-names";
import type { IconSize, Metrics, TextSize } from "./metrics";
import { largeShapes, smallShapes } from "./shapes";

export type { Tone };
export type ButtonTone = "normal" | "primary" | "danger" | "quiet";
export type Align = "left" | "center" | "right";
export type Weight = "regular" | "bold";

/** The states of whatever can be touched, as Piu's `state`. */
export const NORMAL = 0;
export const PRESSED = 1;
export const DISABLED = 2;
export const SELECTED = 3;

/** Of a button, one for each of the four states. */
interface ButtonColors {
	readonly back: readonly string[];
	readonly front: readonly string[];
}

/** Heights of pills that both densities have, in px. */
export type PillHeight = 4 | 6 | 8 | 10 | 12 | 16 | 24 | 28;

export interface RingShape {
	readonly texture: Texture;
	/** Side of its square, px. */
	readonly size: number;
	readonly thickness: number;
}

interface Shape {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly tiles?: {
		readonly left?: number;
		readonly right?: number;
		readonly top?: number;
		readonly bottom?: number;
	};
}

const NOTHING = "#00000000";

/**
 * All that it gives is made once and found again, also while drawing: what is on the right of a `??` is made the first
 * time only.
 */
export class Look {
	readonly theme: Theme;
	readonly metrics: Metrics;
	readonly ring: RingShape;
	/** What is under a sheet, from nothing (state 0) to dark (state 1). */
	readonly scrim: Skin;
	/** A row of a list: nothing, raised while pressed, nothing while it cannot be used, raised when it is the chosen one. */
	readonly row: Skin;
	private shapes: typeof largeShapes | typeof smallShapes;
	private texture: Texture;
	private iconTextures = new Map<number, Texture>();
	private fills = new ByColors<Skin>();
	private rounds = new ByColors<Skin>();
	private frames = new ByColors<Skin>();
	private spools = new ByColors<Skin>();
	private rims = new ByColors<Skin>();
	private caps = new ByColors<Skin>();
	/** By height. */
	private pills = new Map<number, ByColors<Skin>>();
	/** By px. */
	private iconSkins = new Map<number, ByColors<Skin>>();
	/** By size, weight and align as one number. */
	private styles = new Map<number, ByColors<Style>>();
	private buttons: Readonly<Record<ButtonTone, ButtonColors>>;
	#icons: ReadonlyMap<IconName, number>;

	constructor(theme: Theme, metrics: Metrics) {
		this.theme = theme;
		this.metrics = metrics;
		this.shapes = metrics.density === "large" ? largeShapes : smallShapes;
		this.texture = new Texture(this.shapes.texture);
		const { texture, size, thickness } = this.shapes.ring;
		this.ring = { texture: new Texture(texture), size, thickness };
		this.buttons = buttonColors(theme);
		this.#icons = new Map(iconNames.map((name, index) => [name, index]));
		this.scrim = this.fill([NOTHING, withAlpha("#000000", 0.6)]);
		this.row = this.round([NOTHING, theme.raised, NOTHING, theme.raised]);
	}

	/** A plain surface. */
	fill(colors: Colors): Skin {
		return this.fills.get(colors) ?? this.fills.keep(colors, new Skin({ fill: colors }));
	}

	/** A surface with round corners. */
	round(colors: Colors): Skin {
		return this.rounds.get(colors) ?? this.rounds.keep(colors, this.shape(this.shapes.card, colors));
	}

	/** The outline of one. */
	frame(colors: Colors): Skin {
		return this.frames.get(colors) ?? this.frames.keep(colors, this.shape(this.shapes.frame, colors));
	}

	/** A line of that height with round ends; as wide as high it is a disc. */
	pill(height: PillHeight, colors: Colors): Skin {
		return this.pills.get(height)?.get(colors) ?? this.makePill(height, colors);
	}

	/** The round end of the ring. */
	ringCap(color: string): Skin {
		return this.caps.get(color) ?? this.caps.keep(color, this.shape(capOf(this.shapes), color));
	}

	/** A spool from its side; of {@link spoolSize}. */
	spool(color: string): Skin {
		return this.spools.get(color) ?? this.spools.keep(color, this.shape(this.shapes.spool, color));
	}

	/** The line around it, so that it is seen whatever its colour. */
	rim(color: string): Skin {
		return this.rims.get(color) ?? this.rims.keep(color, this.shape(this.shapes.rim, color));
	}

	get spoolSize(): number {
		return this.shapes.spool.width;
	}

	get card(): Skin {
		return this.round(this.theme.surface);
	}

	button(tone: ButtonTone): Skin {
		return this.round(this.buttons[tone].back);
	}

	/** Its label, in the colours of the button's states. */
	buttonStyle(tone: ButtonTone, size: TextSize, align: Align = "center"): Style {
		return this.styled(size, "bold", align, this.buttons[tone].front);
	}

	/** Its icon, in the same colours; its variant is {@link iconIndex}. */
	buttonIcons(size: IconSize, tone: ButtonTone): Skin {
		return this.iconsIn(size, this.buttons[tone].front);
	}

	/** Icons in one colour; its variant is {@link iconIndex}. */
	icons(size: IconSize, tone: Tone): Skin {
		return this.iconsIn(size, this.color(tone));
	}

	iconIndex(name: IconName): number {
		return this.#icons.get(name) ?? 0;
	}

	color(tone: Tone): string {
		return this.theme[tone];
	}

	/** Black or white, whichever reads better on that colour ("#RRGGBB…"). */
	inkOn(color: string): string {
		return isLight(color) ? "#101413" : "#FFFFFF";
	}

	/** Words and numbers. Display and headline are always bold, captions never: the fonts are so. */
	style(size: TextSize, tone: Tone = "text", align: Align = "left", weight: Weight = "regular"): Style {
		return this.styled(size, weight, align, this.color(tone));
	}

	private styled(size: TextSize, weight: Weight, align: Align, color: Colors): Style {
		const px = this.metrics.text[size];
		const isBold = size !== "caption" && (weight === "bold" || size === "display" || size === "headline");
		const kind = px * 6 + (isBold ? 3 : 0) + (align === "left" ? 0 : align === "center" ? 1 : 2);
		return this.styles.get(kind)?.get(color) ?? this.makeStyle(kind, px, isBold, align, color);
	}

	private iconsIn(size: IconSize, colors: Colors): Skin {
		const px = this.metrics.icon[size];
		return this.iconSkins.get(px)?.get(colors) ?? this.makeIcons(px, colors);
	}

	private makePill(height: PillHeight, colors: Colors): Skin {
		return kept(this.pills, height).keep(colors, this.shape(this.shapes[`pill${height}`], colors));
	}

	private makeStyle(kind: number, px: number, isBold: boolean, align: Align, color: Colors): Style {
		const font = isBold ? `bold ${px}px Culm` : `${px}px Culm`;
		const style = new Style({ font, color, horizontal: align, vertical: "middle" });
		return kept(this.styles, kind).keep(color, style);
	}

	private makeIcons(px: number, color: Colors): Skin {
		let texture = this.iconTextures.get(px);
		if (!texture) {
			texture = new Texture(`culm-icons-${px}.png`);
			this.iconTextures.set(px, texture);
		}
		const skin = new Skin({ texture, color, x: 0, y: 0, width: px, height: px, variants: px });
		return kept(this.iconSkins, px).keep(color, skin);
	}

	private shape(shape: Shape, color: Colors): Skin {
		return new Skin({ ...shape, texture: this.texture, color });
	}
}

function kept<Made>(all: Map<number, ByColors<Made>>, key: number): ByColors<Made> {
	let found = all.get(key);
	if (!found) {
		found = new ByColors();
		all.set(key, found);
	}
	return found;
}

function capOf(shapes: typeof largeShapes | typeof smallShapes): Shape {
	return shapes === largeShapes ? largeShapes.pill14 : smallShapes.pill8;
}

function buttonColors(theme: Theme): Record<ButtonTone, ButtonColors> {
	const chosen = theme.accent;
	const onChosen = theme.background;
	const disabled = mix(theme.surface, theme.raised, 0.5);
	return {
		normal: {
			back: [theme.raised, mix(theme.raised, theme.text, 0.18), disabled, chosen],
			front: [theme.text, theme.text, theme.muted, onChosen],
		},
		primary: {
			back: [theme.accent, mix(theme.accent, theme.text, 0.3), disabled, chosen],
			front: [theme.background, theme.background, theme.muted, onChosen],
		},
		danger: {
			back: [theme.danger, mix(theme.danger, theme.text, 0.3), disabled, theme.danger],
			front: [theme.background, theme.background, theme.muted, theme.background],
		},
		quiet: {
			back: [NOTHING, theme.raised, NOTHING, theme.raised],
			front: [theme.text, theme.text, theme.muted, theme.accent],
		},
	};
}
