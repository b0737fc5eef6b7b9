// What a Port draws in its onDraw: each method as Piu's Port has it.
import { parseColor } from "./color";
import type { ColorValue, Size, TextureLike, ViewLike } from "./interface";
import type { Skin } from "./skin";
import { type ComputedStyle, drawStyled, type Style } from "./style";

/** What a port has of its own while it draws. */
export interface PortLook {
	readonly skin: Skin | undefined;
	readonly style: ComputedStyle | undefined;
	readonly variant: number;
	readonly state: number;
}

export class PortDrawing {
	readonly #view: ViewLike;
	readonly #look: PortLook;

	constructor(view: ViewLike, look: PortLook) {
		this.#view = view;
		this.#look = look;
	}

	drawContent(x: number, y: number, width: number, height: number): void {
		const { skin, variant, state } = this.#look;
		skin?.draw(this.#view, { x, y, width, height }, variant, state);
	}

	drawLabel(string: string, x: number, y: number, width: number, height: number, ellipsis = false): void {
		this.drawContent(x, y, width, height);
		const { style, state } = this.#look;
		if (style) drawStyled(this.#view, style, string, { x, y, width, height }, ellipsis, state);
	}

	drawSkin(skin: Skin, x: number, y: number, width: number, height: number, variant = 0, state = 0): void {
		skin.draw(this.#view, { x, y, width, height }, variant, state);
	}

	/** With a width, a string that is wider ends in "…". */
	drawString(string: string, style: Style, color: ColorValue, x: number, y: number, width = 0): void {
		const { font } = style.alone;
		const stringWidth = width > 0 ? font.widthOf(string) : 0;
		this.#view.drawString(string, font, parseColor(color), x, y, width, stringWidth);
	}

	drawStyle(
		string: string,
		style: Style,
		x: number,
		y: number,
		width: number,
		height: number,
		ellipsis = false,
		state = 0,
	): void {
		drawStyled(this.#view, style.alone, string, { x, y, width, height }, ellipsis, state);
	}

	drawTexture(
		texture: TextureLike,
		color: ColorValue,
		x: number,
		y: number,
		sx: number,
		sy: number,
		width: number,
		height: number,
	): void {
		this.#view.drawTexture(texture, parseColor(color), x, y, sx, sy, width, height);
	}

	fillColor(color: ColorValue, x: number, y: number, width: number, height: number): void {
		this.#view.fillColor(parseColor(color), x, y, width, height);
	}

	fillTexture(
		texture: TextureLike,
		color: ColorValue,
		x: number,
		y: number,
		width: number,
		height: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		this.#view.fillTexture(texture, parseColor(color), x, y, width, height, sx, sy, sw, sh);
	}

	measureString(string: string, style: Style): Size {
		const { font } = style.alone;
		return { width: font.widthOf(string), height: font.height };
	}

	pushClip(x: number, y: number, width: number, height: number): void {
		this.#view.pushClip(x, y, width, height);
	}

	popClip(): void {
		this.#view.popClip();
	}
}
