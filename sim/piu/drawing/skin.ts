// Piu's Skin: a fill with borders, or a part of a texture by state and variant, with tiles or without.
import { black, colorAt, stateColors } from "./color";
import type {
	Color,
	Edges,
	Rectangle,
	SkinAlignment,
	SkinDictionary,
	StateColors,
	ViewLike,
} from "./interface";
import { checkKeys } from "./known-keys";
import { Texture } from "./texture";

const edgeKeys = ["left", "right", "top", "bottom"];
const colorKeys = ["fill", "stroke", "borders", ...edgeKeys];
const textureKeys = [
	"texture",
	"x",
	"y",
	"width",
	"height",
	"variants",
	"states",
	"tiles",
	"color",
	...edgeKeys,
];

interface Colored {
	readonly fill: StateColors;
	readonly stroke: StateColors;
	readonly borders: Required<Edges>;
}

interface Textured {
	readonly texture: Texture;
	readonly bounds: Rectangle;
	readonly variants: number;
	readonly states: number;
	readonly tiles: Required<Edges>;
	/** Whether the tiles say something of this direction: then the skin fills any bounds in it. */
	readonly repeatX: boolean;
	readonly repeatY: boolean;
	readonly colors?: StateColors;
}

export class Skin {
	readonly #colored: Colored | undefined;
	readonly #textured: Textured | undefined;

	/** Throws on keys that Piu does not know or that do not belong together. */
	constructor(dictionary: SkinDictionary = {}) {
		if (dictionary.texture === undefined) this.#colored = readColored(dictionary);
		else this.#textured = readTextured(dictionary, dictionary.texture);
	}

	/** What a content without a width takes: 0 for a skin that fills any. */
	get width(): number {
		return this.#textured === undefined || this.#textured.repeatX ? 0 : this.#textured.bounds.width;
	}

	get height(): number {
		return this.#textured === undefined || this.#textured.repeatY ? 0 : this.#textured.bounds.height;
	}

	/** The fill and the stroke of a state: a QR code is drawn with them. `undefined` for a skin of a texture. */
	colorsAt(state: number): { readonly fill: Color; readonly stroke: Color } | undefined {
		if (this.#colored === undefined) return undefined;
		const at = held(state);
		return { fill: colorAt(this.#colored.fill, at), stroke: colorAt(this.#colored.stroke, at) };
	}

	/** Nothing is drawn for a content without width or height: its caller sees to that, as Piu's does. */
	draw(
		view: ViewLike,
		bounds: Rectangle,
		variant: number,
		state: number,
		horizontal: SkinAlignment = "middle",
		vertical: SkinAlignment = "middle",
	): void {
		const at = held(state);
		if (this.#colored !== undefined) drawColored(view, this.#colored, bounds, at);
		const textured = this.#textured;
		if (textured === undefined) return;
		const index = Math.floor(at);
		const place = { variant: Math.trunc(variant), horizontal, vertical };
		if (textured.colors !== undefined) {
			drawTextured(view, textured, bounds, place, index, colorAt(textured.colors, at));
			return;
		}
		drawTextured(view, textured, bounds, place, index, black);
		if (index < at) {
			const above = { ...black, a: Math.round((at - index) * 255) };
			drawTextured(view, textured, bounds, place, index + 1, above);
		}
	}
}

function readColored(dictionary: SkinDictionary): Colored {
	checkKeys("Skin without texture", dictionary, colorKeys);
	if (dictionary.borders) checkKeys("Skin borders", dictionary.borders, edgeKeys);
	return {
		fill: stateColors(dictionary.fill, "skin"),
		stroke: stateColors(dictionary.stroke, "skin"),
		borders: allEdges(dictionary.borders ?? dictionary),
	};
}

function readTextured(dictionary: SkinDictionary, texture: unknown): Textured {
	checkKeys("Skin with texture", dictionary, textureKeys);
	if (!(texture instanceof Texture)) throw new Error("Skin texture: give a Texture, not a path");
	const edges = dictionary.tiles ?? dictionary;
	if (dictionary.tiles) checkKeys("Skin tiles", dictionary.tiles, edgeKeys);
	return {
		texture,
		bounds: {
			x: whole(dictionary.x),
			y: whole(dictionary.y),
			width: whole(dictionary.width),
			height: whole(dictionary.height),
		},
		variants: whole(dictionary.variants),
		states: whole(dictionary.states),
		tiles: allEdges(edges),
		repeatX: edges.left !== undefined || edges.right !== undefined,
		repeatY: edges.top !== undefined || edges.bottom !== undefined,
		...(dictionary.color === undefined ? {} : { colors: stateColors(dictionary.color, "skin") }),
	};
}

function drawColored(view: ViewLike, skin: Colored, bounds: Rectangle, state: number): void {
	const { x, y, width, height } = bounds;
	const { left, right, top, bottom } = skin.borders;
	view.fillColor(colorAt(skin.fill, state), x + left, y + top, width - left - right, height - top - bottom);
	const stroke = colorAt(skin.stroke, state);
	if (top) view.fillColor(stroke, x + left, y, width - left, top);
	if (right) view.fillColor(stroke, x + width - right, y + top, right, height - top);
	if (bottom) view.fillColor(stroke, x, y + height - bottom, width - right, bottom);
	if (left) view.fillColor(stroke, x, y, left, height - bottom);
}

interface Place {
	readonly variant: number;
	readonly horizontal: SkinAlignment;
	readonly vertical: SkinAlignment;
}

/** A span of the bounds (at, length) and of the texture (from, size); `repeat` fills the span with the part. */
interface Span {
	readonly at: number;
	readonly length: number;
	readonly from: number;
	readonly size: number;
	readonly repeat: boolean;
}

function drawTextured(
	view: ViewLike,
	skin: Textured,
	bounds: Rectangle,
	place: Place,
	state: number,
	color: Color,
): void {
	const { tiles, texture } = skin;
	const u = skin.bounds.x + skin.variants * place.variant;
	const v = skin.bounds.y + skin.states * state;
	const columns = skin.repeatX
		? tiled(bounds.x, bounds.width, u, skin.bounds.width, tiles.left, tiles.right)
		: [single(bounds.x, bounds.width, u, skin.bounds.width, place.horizontal)];
	const rows = skin.repeatY
		? tiled(bounds.y, bounds.height, v, skin.bounds.height, tiles.top, tiles.bottom)
		: [single(bounds.y, bounds.height, v, skin.bounds.height, place.vertical)];
	for (const [column, row] of inOrder(columns, rows)) {
		if (column.repeat || row.repeat) {
			view.fillTexture(
				texture,
				color,
				column.at,
				row.at,
				column.length,
				row.length,
				column.from,
				row.from,
				column.size,
				row.size,
			);
		} else {
			view.drawTexture(texture, color, column.at, row.at, column.from, row.from, column.size, row.size);
		}
	}
}

/** Clockwise from the top left, the middle last: parts of a content that is too small overlap. */
function inOrder(columns: readonly Span[], rows: readonly Span[]): (readonly [Span, Span])[] {
	const places: readonly (readonly [number, number])[] =
		columns.length === 3 && rows.length === 3
			? [
					[0, 0],
					[1, 0],
					[2, 0],
					[2, 1],
					[2, 2],
					[1, 2],
					[0, 2],
					[0, 1],
					[1, 1],
				]
			: columns.flatMap((_, column) => rows.map((_row, row) => [column, row] as const));
	return places.flatMap(([column, row]) => {
		const across = columns[column];
		const down = rows[row];
		return across && down ? [[across, down] as const] : [];
	});
}

function tiled(at: number, length: number, from: number, size: number, start: number, end: number): Span[] {
	return [
		{ at, length: start, from, size: start, repeat: false },
		{
			at: at + start,
			length: length - start - end,
			from: from + start,
			size: size - start - end,
			repeat: true,
		},
		{ at: at + length - end, length: end, from: from + size - end, size: end, repeat: false },
	];
}

function single(at: number, length: number, from: number, size: number, align: SkinAlignment): Span {
	const free = length - size;
	const offset = align === "start" ? 0 : align === "end" ? free : (free + 1) >> 1;
	return { at: at + offset, length: size, from, size, repeat: false };
}

function held(state: number): number {
	return Math.min(3, Math.max(0, state));
}

function whole(value: number | undefined): number {
	return Math.trunc(value ?? 0);
}

function allEdges(edges: Edges): Required<Edges> {
	return {
		left: whole(edges.left),
		right: whole(edges.right),
		top: whole(edges.top),
		bottom: whole(edges.bottom),
	};
}
