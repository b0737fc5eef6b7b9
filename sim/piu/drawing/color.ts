// Piu's colors: parsing, the colors of states between two states, and the pixel of a color.
import type { Color, ColorValue, ColorValues, StateColors } from "./interface";

const names: Readonly<Record<string, number>> = {
	black: 0x000000ff,
	silver: 0xc0c0c0ff,
	gray: 0x808080ff,
	white: 0xffffffff,
	maroon: 0x800000ff,
	red: 0xff0000ff,
	purple: 0x800080ff,
	fuchsia: 0xff00ffff,
	green: 0x008000ff,
	lime: 0x00ff00ff,
	olive: 0x808000ff,
	yellow: 0xffff00ff,
	navy: 0x000080ff,
	blue: 0x0000ffff,
	teal: 0x008080ff,
	aqua: 0x00ffffff,
	orange: 0xffa500ff,
	transparent: 0x00000000,
};

export const black: Color = { r: 0, g: 0, b: 0, a: 255 };
const transparent: Color = { r: 0, g: 0, b: 0, a: 0 };

/** Throws on what Piu does not know. */
export function parseColor(value: ColorValue): Color {
	if (typeof value === "number") return fromNumber(value);
	const known = names[value];
	if (known !== undefined) return fromNumber(known);
	const digits = /^#([0-9a-f]+)$/i.exec(value)?.[1];
	if (digits?.length === 3) {
		const [r, g, b] = [...digits].map((digit) => Number.parseInt(digit, 16) * 17);
		return { r: r ?? 0, g: g ?? 0, b: b ?? 0, a: 255 };
	}
	if (digits?.length === 4) {
		// Piu reads the alpha of this form from the digit of red.
		throw new Error(`color "${value}": write the alpha with eight digits, Piu misreads it with four`);
	}
	if (digits?.length === 6) return fromNumber(Number.parseInt(`${digits}ff`, 16));
	if (digits?.length === 8) return fromNumber(Number.parseInt(digits, 16));
	throw new Error(`color "${value}" is not known to Piu`);
}

/** Of a style, which is black where no color is said; a skin passes `skin` and is transparent there. */
export function stateColors(values: ColorValues | undefined, of: "style" | "skin"): StateColors {
	if (typeof values === "string" || typeof values === "number") {
		const color = parseColor(values);
		return [color, color, color, color];
	}
	const rest = of === "skin" ? transparent : black;
	const at = (index: number) => {
		const value = values?.[index];
		return value === undefined ? rest : parseColor(value);
	};
	return [at(0), at(1), at(2), at(3)];
}

/** `state` from 0 to 3; above is 3 and below is 0 for skins, which clamp before. */
export function colorAt(colors: StateColors, state: number): Color {
	const index = Math.floor(state);
	const plus = state - index;
	const back = colors[index];
	if (back === undefined) throw new Error(`state ${state}: colors have the states 0 to 3`);
	const fore = colors[index + 1];
	if (plus === 0 || fore === undefined) return back;
	return between(back, fore, plus);
}

/** As Piu's: 0xRRGGBBAA. */
export function blendColors(fraction: number, from: ColorValue, to: ColorValue): number {
	return toNumber(between(parseColor(from), parseColor(to), fraction));
}

/** 0xRRGGBBAA from 0 to 255 each, alpha from 0 to 1. */
export function rgba(r: number, g: number, b: number, alpha = 1): number {
	return toNumber({ r: byte(r), g: byte(g), b: byte(b), a: byte(Math.round(alpha * 255)) });
}

/** 0xRRGGBBAA from degrees, and saturation, lightness and alpha from 0 to 1. */
export function hsla(hue: number, saturation: number, lightness: number, alpha = 1): number {
	const s = Math.min(1, Math.max(0, saturation));
	const l = Math.min(1, Math.max(0, lightness));
	const a = byte(Math.round(alpha * 255));
	if (s === 0) {
		const gray = Math.trunc(l * 255);
		return toNumber({ r: gray, g: gray, b: gray, a });
	}
	const turn = (((hue % 360) + 360) % 360) / 360;
	const high = l < 0.5 ? l * (1 + s) : l + s - l * s;
	const low = 2 * l - high;
	const part = (offset: number) => Math.trunc(255 * hueLevel(low, high, turn + offset));
	return toNumber({ r: part(1 / 3), g: part(0), b: part(-1 / 3), a });
}

export const rgb = (r: number, g: number, b: number): number => rgba(r, g, b);
export const hsl = (hue: number, saturation: number, lightness: number): number =>
	hsla(hue, saturation, lightness);

/** RGB565; the low bits are cut off. */
export function pixelOf(color: Color): number {
	return ((color.r >> 3) << 11) | ((color.g >> 2) << 5) | (color.b >> 3);
}

function between(back: Color, fore: Color, plus: number): Color {
	const minus = 1 - plus;
	const mix = (from: number, to: number) => Math.round(from * minus + to * plus) & 0xff;
	return {
		r: mix(back.r, fore.r),
		g: mix(back.g, fore.g),
		b: mix(back.b, fore.b),
		a: mix(back.a, fore.a),
	};
}

function fromNumber(value: number): Color {
	return { r: (value >>> 24) & 0xff, g: (value >>> 16) & 0xff, b: (value >>> 8) & 0xff, a: value & 0xff };
}

function toNumber(color: Color): number {
	return ((color.r << 24) | (color.g << 16) | (color.b << 8) | color.a) >>> 0;
}

function byte(value: number): number {
	return Math.min(255, Math.max(0, Math.trunc(value)));
}

function hueLevel(low: number, high: number, hue: number): number {
	const turn = hue < 0 ? hue + 1 : hue > 1 ? hue - 1 : hue;
	if (6 * turn < 1) return low + (high - low) * 6 * turn;
	if (2 * turn < 1) return high;
	// The third is a single precision number there.
	if (3 * turn < 2) return low + (high - low) * (Math.fround(2 / 3) - turn) * 6;
	return low;
}
