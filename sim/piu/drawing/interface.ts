// What the content tree of the Piu host calls to draw: shapes of the values, and where each class lives.

/** In pixels; x and y may be negative. */
export interface Rectangle {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Four bytes, 0 to 255. */
export interface Color {
	readonly r: number;
	readonly g: number;
	readonly b: number;
	readonly a: number;
}

/** "#RGB", "#RGBA", "#RRGGBB", "#RRGGBBAA", one of Piu's names, or 0xRRGGBBAA. */
export type ColorValue = string | number;
/** One color for all states, or up to four, one for each state. */
export type ColorValues = ColorValue | readonly ColorValue[];

/** The colors of the states 0, 1, 2 and 3; a fractional state blends two neighbours. */
export type StateColors = readonly [Color, Color, Color, Color];

/** Where a skin without tiles in that direction stands in wider bounds. A content says "start" when only its
 * left (top) is constrained, "end" when only its right (bottom) is, else "middle". */
export type SkinAlignment = "start" | "middle" | "end";

export interface Edges {
	readonly left?: number;
	readonly right?: number;
	readonly top?: number;
	readonly bottom?: number;
}

/** The dictionary of `new Skin(…)`: colored (fill, stroke, borders) or of a texture. */
export interface SkinDictionary extends Edges {
	readonly fill?: ColorValues;
	readonly stroke?: ColorValues;
	readonly borders?: Edges;
	readonly texture?: TextureLike;
	readonly x?: number;
	readonly y?: number;
	readonly width?: number;
	readonly height?: number;
	readonly variants?: number;
	readonly states?: number;
	readonly tiles?: Edges;
	readonly color?: ColorValues;
}

/** The dictionary of `new Style(…)`. Members that are missing come from the styles of the containers. */
export interface StyleDictionary extends Edges {
	readonly font?: string;
	readonly color?: ColorValues;
	readonly horizontal?: "left" | "center" | "right" | "justify";
	readonly vertical?: "top" | "middle" | "bottom";
	/** Px of a line that is lower; below 0, percent of each line. */
	readonly leading?: number;
	/** Piu takes it and does nothing with it. */
	readonly indentation?: number;
	readonly margins?: Edges;
}

/** What `new Texture(path)` makes (class Texture of ./texture). */
export interface TextureLike {
	readonly width: number;
	readonly height: number;
}

/** Width and height in pixels, of a string with the margins of its style. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** A font with its resources (class Font of ./font). */
export interface FontLike {
	readonly height: number;
	readonly ascent: number;
	widthOf(string: string): number;
}

/** A member of `blocks` or `spans` of a Text: words, or words of another style. */
export type TextPart<S = unknown> = string | { readonly style?: S; readonly spans: string | TextParts<S> };
export type TextParts<S = unknown> = readonly TextPart<S>[];

/** Draws by itself where the view replays: QR codes, image buffers. x, y, width, height in frame pixels. */
export type Painter = (raster: RasterLike, x: number, y: number, width: number, height: number) => void;

/** The panel's pixels: RGB565, row after row (class Raster of ./raster). */
export interface RasterLike {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint16Array;
}

/**
 * The view (class View of ./view) records what a tree draws and replays it into the raster for each dirty
 * rectangle, as Piu does: `begin()`, then the contents draw (each once, back to front, in the coordinates of
 * the origins pushed), then `end(rectangles)`. Rectangles must not overlap: a color with alpha would be
 * blended twice.
 *
 * Of each content, in this order, with its own origin pushed (x, y relative to the container):
 * - `skin.draw(view, { x: 0, y: 0, width, height }, variant, state, horizontal, vertical)`
 * - Label: `drawStyled(view, computedStyle, string, bounds, ellipsis, state)`; the size of a label is
 *   `measureStyled(computedStyle, string)`
 * - Text: `layout.format(width)` gives the height, `layout.draw(view, area, state)` draws it
 * - Port: the functions `drawString`, `drawLabel`, … of ./port
 * - a container with `clip` pushes its clip around its contents
 */
export interface ViewLike {
	begin(): void;
	end(rectangles: readonly Rectangle[]): void;
	pushOrigin(x: number, y: number): void;
	popOrigin(): void;
	pushClip(x: number, y: number, width: number, height: number): void;
	popClip(): void;
	fillColor(color: Color, x: number, y: number, width: number, height: number): void;
	drawTexture(
		texture: TextureLike,
		color: Color,
		x: number,
		y: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void;
	fillTexture(
		texture: TextureLike,
		color: Color,
		x: number,
		y: number,
		width: number,
		height: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void;
	/** `width` > 0 ends a string that is `stringWidth` wide with an ellipsis inside `width`. */
	drawString(
		string: string,
		font: FontLike,
		color: Color,
		x: number,
		y: number,
		width?: number,
		stringWidth?: number,
	): void;
	drawPainter(painter: Painter, x: number, y: number, width: number, height: number): void;
	/** Commands recorded since `begin()`. */
	readonly commands: number;
	/** Bytes those commands take in Piu's command list on a 32-bit device (`commandListLength`). */
	readonly commandBytes: number;
}

/*
 * Classes and functions, each in its own file:
 *
 * ./raster           class Raster implements RasterLike { constructor(width, height) }
 * ./view             class View implements ViewLike { constructor(raster) }
 * ./color            parseColor, stateColors, colorAt, pixelOf; blendColors, rgb, rgba, hsl, hsla as 0xRRGGBBAA
 * ./assets           setAssets(assets): where textures and fonts come from
 * ./manifest-assets  class ManifestAssets implements Assets { constructor(...manifests): paths of Moddable manifests }
 * ./texture          class Texture
 * ./skin             class Skin { width, height (0: any); draw(view, bounds, variant, state, horizontal, vertical) }
 * ./style            class Style { measure }; computeStyle(chain): innermost style first; measureStyled, drawStyled
 * ./text-layout      class TextLayout { setString, setBlocks, string; compute(chain); format(width); draw }
 * ./port             class PortDrawing { constructor(view, look) }: the methods of a Port in its onDraw
 * ./qr-code          class QrDrawing { setString, draw }
 * ./image-buffer     drawImage
 */
