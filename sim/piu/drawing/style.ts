// Piu's Style: what is said of a text, what its containers add, and how a string is drawn with it.
import { assetsVersion, currentAssets } from "./assets";
import { colorAt, stateColors } from "./color";
import { Font } from "./font";
import type { Edges, Rectangle, Size, StateColors, StyleDictionary, ViewLike } from "./interface";
import { checkKeys } from "./known-keys";

export type Horizontal = "left" | "center" | "right" | "justify";
export type Vertical = "top" | "middle" | "bottom";

interface FontWords {
	readonly italic?: boolean;
	readonly condensed?: boolean;
	/** 1 to 9, hundreds of CSS. */
	readonly weight?: number;
	readonly sizePx?: number;
	readonly sizePercent?: number;
	readonly family?: string;
}

const weights: Readonly<Record<string, number>> = {
	"100": 1,
	ultralight: 1,
	"200": 2,
	thin: 2,
	"300": 3,
	light: 3,
	"400": 4,
	normal: 4,
	"500": 5,
	medium: 5,
	"600": 6,
	semibold: 6,
	"700": 7,
	bold: 7,
	"800": 8,
	heavy: 8,
	"900": 9,
	black: 9,
};

/** 0 and 4 have no word in the name of a resource. */
const weightWords = ["", "Ultralight", "Thin", "Light", "", "Medium", "Semibold", "Bold", "Heavy", "Black"];

const styleKeys = ["font", "color", "horizontal", "vertical", "leading", "indentation", "margins"];
const edgeKeys = ["left", "right", "top", "bottom"];

/** What a chain of styles comes to. */
export interface ComputedStyle {
	readonly font: Font;
	readonly colors: StateColors;
	readonly horizontal: Horizontal;
	readonly vertical: Vertical;
	/** Px of a line; below 0, percent of the font's height. */
	readonly leading: number;
	readonly margins: Required<Edges>;
}

/** Members of a style that are said. */
interface Said {
	readonly font: FontWords;
	readonly colors?: StateColors;
	readonly horizontal?: Horizontal;
	readonly vertical?: Vertical;
	readonly leading?: number;
	readonly margins: Edges;
}

export class Style {
	readonly said: Said;
	#own: ComputedStyle | undefined;
	#ownVersion = -1;

	/** Throws on keys and words that Piu does not know, or that this host does not do. */
	constructor(dictionary: StyleDictionary = {}) {
		checkKeys("Style", dictionary, [...styleKeys, ...edgeKeys]);
		if (dictionary.margins) checkKeys("Style margins", dictionary.margins, edgeKeys);
		const { color, leading } = dictionary;
		const horizontal = oneOf("horizontal", dictionary.horizontal, ["left", "center", "right", "justify"]);
		const vertical = oneOf("vertical", dictionary.vertical, ["top", "middle", "bottom"]);
		this.said = {
			font: dictionary.font === undefined ? {} : readFont(dictionary.font),
			...(color === undefined ? {} : { colors: stateColors(color, "style") }),
			...(horizontal === undefined ? {} : { horizontal }),
			...(vertical === undefined ? {} : { vertical }),
			...(leading === undefined ? {} : { leading: Math.trunc(leading) }),
			margins: wholeEdges(dictionary.margins ?? dictionary),
		};
	}

	/** By itself, without containers: what `measure` and a port's drawing use. */
	get alone(): ComputedStyle {
		if (this.#own === undefined || this.#ownVersion !== assetsVersion()) {
			this.#own = combine([this], true);
			this.#ownVersion = assetsVersion();
		}
		return this.#own;
	}

	measure(string: string): Size {
		return measureStyled(this.alone, string);
	}
}

/** From a style to what its chain comes to, one map for each place in the chain. */
class Computed {
	readonly next = new Map<Style, Computed>();
	result: ComputedStyle | undefined;
}
let computed = new Computed();
let computedVersion = -1;

/**
 * `chain`: the styles from the content itself up to the application. `undefined` without any: nothing is drawn.
 * Throws when the font is not among the resources.
 */
export function computeStyle(chain: readonly Style[]): ComputedStyle | undefined {
	if (chain.length === 0) return undefined;
	if (computedVersion !== assetsVersion()) {
		computed = new Computed();
		computedVersion = assetsVersion();
	}
	let at = computed;
	for (const style of chain) {
		let next = at.next.get(style);
		if (next === undefined) {
			next = new Computed();
			at.next.set(style, next);
		}
		at = next;
	}
	at.result ??= combine(chain, false);
	return at.result;
}

/** The size of a label: its string with the margins of its style. */
export function measureStyled(style: ComputedStyle, string: string): Size {
	const { margins } = style;
	return {
		width: margins.left + style.font.widthOf(string) + margins.right,
		height: margins.top + style.font.height + margins.bottom,
	};
}

/** One line, aligned in `bounds`. With `ellipsis`, what is too wide ends in "…". */
export function drawStyled(
	view: ViewLike,
	style: ComputedStyle,
	string: string,
	bounds: Rectangle,
	ellipsis: boolean,
	state: number,
): void {
	const { margins, font } = style;
	const size = measureStyled(style, string);
	let { x } = bounds;
	// Justify stays at the left, and passes its width with a string that counts as not wide.
	let room = bounds.width;
	if (style.horizontal !== "justify") {
		const tooWide = ellipsis && bounds.width < size.width;
		room = tooWide ? bounds.width - margins.left - margins.right : 0;
		x += margins.left;
		if (!tooWide && style.horizontal === "center") x += (bounds.width - size.width) >> 1;
		if (!tooWide && style.horizontal === "right") x += bounds.width - size.width;
	}
	let { y } = bounds;
	if (style.vertical === "top") y += margins.top;
	else if (style.vertical === "bottom") y += bounds.height - margins.bottom - font.height;
	else y += margins.top + ((bounds.height - size.height) >> 1);
	if (room < 0) return;
	const stringWidth = room > 0 && style.horizontal !== "justify" ? size.width : 0;
	view.drawString(string, font, colorAt(style.colors, state), x, y, room, stringWidth);
}

/** `chain`: innermost first. */
function combine(chain: readonly Style[], alone: boolean): ComputedStyle {
	let font: FontWords = {};
	let margins: Edges = {};
	let rest: Omit<Said, "font" | "margins"> = {};
	for (const { said } of [...chain].reverse()) {
		// Alone, Piu takes the number of a percentage for px.
		font = alone ? said.font : overrideFont(font, said.font);
		margins = { ...margins, ...said.margins };
		rest = { ...rest, ...omit(said) };
	}
	const sizePx = font.sizePx ?? (alone ? font.sizePercent : undefined);
	return {
		font: findFont(resourceName({ ...font, ...(sizePx === undefined ? {} : { sizePx }) })),
		colors: rest.colors ?? stateColors(undefined, "style"),
		horizontal: rest.horizontal ?? "center",
		vertical: rest.vertical ?? "middle",
		leading: rest.leading ?? 0,
		margins: {
			left: margins.left ?? 0,
			right: margins.right ?? 0,
			top: margins.top ?? 0,
			bottom: margins.bottom ?? 0,
		},
	};
}

function omit({ font: _font, margins: _margins, ...rest }: Said): Omit<Said, "font" | "margins"> {
	return rest;
}

function overrideFont(outer: FontWords, inner: FontWords): FontWords {
	const { sizePercent, ...words } = inner;
	if (sizePercent === undefined) return { ...outer, ...words };
	return { ...outer, ...words, sizePx: Math.trunc(((outer.sizePx ?? 0) * sizePercent) / 100) };
}

/** "Culm-Bold-28": family, condensed, weight, italic, "Regular" for none of them, size. */
export function resourceName(font: FontWords): string {
	const family = font.family ?? "undefined";
	const weight = weightWords[font.weight ?? 0] ?? "";
	const size = font.sizePx ?? 0;
	if (!font.condensed && !font.italic && (font.weight ?? 0) === 0 && size === 0) return family;
	const face = `${font.condensed ? "Condensed" : ""}${weight}${font.italic ? "Italic" : ""}`;
	return `${family}-${face === "" ? "Regular" : face}${size === 0 ? "" : `-${size}`}`;
}

const fonts = new Map<string, Font>();
let fontsVersion = -1;

function findFont(name: string): Font {
	if (fontsVersion !== assetsVersion()) {
		fonts.clear();
		fontsVersion = assetsVersion();
	}
	let font = fonts.get(name);
	if (font === undefined) {
		const assets = currentAssets();
		const asset = assets.font(name);
		if (asset === undefined) throw new URIError(`font not found: ${name}.fnt`);
		font = new Font(name, asset, assets.kerning);
		fonts.set(name, font);
	}
	return font;
}

/** "italic bold condensed 28px Culm": each word once and in this order, all but one may be left out. */
function readFont(text: string): FontWords {
	const words = text.split(" ").filter((word) => word !== "");
	const font: { -readonly [Key in keyof FontWords]: FontWords[Key] } = {};
	let stage = 0;
	for (const word of words) {
		if (word === "inherit") {
			stage++;
			continue;
		}
		if (stage === 0 && (word === "italic" || word === "normal")) {
			font.italic = word === "italic";
			stage = 1;
			continue;
		}
		if (stage <= 1 && weights[word] !== undefined) {
			font.weight = weights[word];
			stage = 2;
			continue;
		}
		if (stage <= 2 && (word === "condensed" || word === "normal")) {
			font.condensed = word === "condensed";
			stage = 3;
			continue;
		}
		const size = /^([1-9]\d*)(px|%)$/.exec(word);
		if (stage <= 3 && size !== null) {
			if (size[2] === "px") font.sizePx = Number(size[1]);
			else font.sizePercent = Number(size[1]);
			stage = 4;
			continue;
		}
		if (/^\d|^(?:xx?-)?(?:small|large)$|^(?:medium|larger|smaller|bolder|lighter)$/.test(word)) {
			throw new Error(`font "${text}": "${word}" is not done here; write a size in px and a weight by name`);
		}
		font.family = (font.family ?? "") + word;
		stage = 5;
	}
	return font;
}

function oneOf<Word extends string>(
	key: string,
	value: Word | undefined,
	words: readonly Word[],
): Word | undefined {
	if (value === undefined || words.includes(value)) return value;
	throw new Error(`Style ${key}: "${value}" is not one of ${words.join(", ")}`);
}

function wholeEdges(edges: Edges): Edges {
	const { left, right, top, bottom } = edges;
	return {
		...(left === undefined ? {} : { left: Math.trunc(left) }),
		...(right === undefined ? {} : { right: Math.trunc(right) }),
		...(top === undefined ? {} : { top: Math.trunc(top) }),
		...(bottom === undefined ? {} : { bottom: Math.trunc(bottom) }),
	};
}
