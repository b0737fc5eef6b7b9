// A bitmap font: what a string needs of width, and the glyphs to draw for it.
import type { FontAsset } from "./assets";
import type { Glyph } from "./bmfont";
import { substituteOf } from "./glyph-substitutes";
import type { FontLike } from "./interface";
import { type KerningTable, listedKerning, searchedKerning } from "./kerning";
import type { Raster } from "./raster";

/** A character of a string after substitution. */
interface Step {
	readonly glyph: Glyph;
	/** With the kerning to the glyph before. */
	readonly advance: number;
	readonly character: number;
}

const ellipsisCharacter = 0x2026;
const questionMark = 0x3f;
const dot = 0x2e;
const u16 = (value: number) => value & 0xffff;

export class Font implements FontLike {
	readonly name: string;
	readonly height: number;
	readonly ascent: number;
	readonly #asset: FontAsset;
	readonly #kerning: KerningTable | undefined;

	constructor(name: string, asset: FontAsset, kerning: boolean) {
		this.name = name;
		this.#asset = asset;
		const { kernings } = asset.font;
		if (kerning) this.#kerning = asset.packed ? searchedKerning(kernings) : listedKerning(kernings);
		this.height = asset.font.lineHeight;
		this.ascent = asset.font.ascent;
	}

	widthOf(string: string): number {
		let width = 0;
		// Piu keeps only the lower byte of an advance while it measures.
		for (const { glyph, advance } of this.#steps(string, 0)) {
			width += (glyph.advance & 0xff) + (advance - glyph.advance);
		}
		return u16(width);
	}

	/** See ViewLike.drawString. */
	draw(
		raster: Raster,
		string: string,
		pixel: number,
		blend: number,
		x: number,
		y: number,
		width: number,
		stringWidth: number,
	): void {
		const ellipsis = width > 0 ? this.#ellipsis() : undefined;
		let reserved = ellipsis?.width ?? 0;
		let left = width;
		let rest = stringWidth;
		let pen = x;
		let former = 0;
		for (const step of this.#steps(string, 0)) {
			if (reserved > 0 && left - step.advance <= reserved) {
				reserved = 0;
				if (rest > left) {
					for (const end of this.#steps(ellipsis?.string ?? "", former)) {
						this.#drawGlyph(raster, end.glyph, pixel, blend, pen, y);
						pen += end.advance;
					}
					return;
				}
			}
			this.#drawGlyph(raster, step.glyph, pixel, blend, pen, y);
			pen += step.advance;
			left = u16(left - step.advance);
			rest = u16(rest - step.advance);
			former = step.character;
		}
	}

	#drawGlyph(raster: Raster, glyph: Glyph, pixel: number, blend: number, x: number, y: number): void {
		const { mask, color } = this.#asset;
		const left = x + glyph.dx;
		const top = y + glyph.dy;
		const { width, height } = glyph;
		if (mask !== undefined && color !== undefined) {
			raster.drawMasked(color, mask, blend, left, top, glyph.x, glyph.y, width, height);
		} else if (mask !== undefined) {
			raster.drawMask(mask, pixel, blend, left, top, glyph.x, glyph.y, width, height);
		} else if (color !== undefined) {
			raster.drawBitmap(color, left, top, glyph.x, glyph.y, width, height);
		}
	}

	/** Three dots count as wide as three dots, without their kerning. */
	#ellipsis(): { string: string; width: number } | undefined {
		const { glyphs } = this.#asset.font;
		const one = glyphs.get(ellipsisCharacter);
		if (one !== undefined) return { string: "\u2026", width: one.advance & 0xff };
		const three = glyphs.get(dot);
		return three && { string: "...", width: 3 * (three.advance & 0xff) };
	}

	*#steps(string: string, former: number): Generator<Step, void> {
		let before = former;
		for (const character of this.#characters(string)) {
			const { glyphs } = this.#asset.font;
			const shown = glyphs.has(character) ? character : questionMark;
			const glyph = glyphs.get(shown);
			if (glyph !== undefined) {
				const kerning = before === 0 ? 0 : (this.#kerning?.amount(before, shown) ?? 0);
				yield { glyph, advance: glyph.advance + kerning, character: shown };
			}
			before = shown;
		}
	}

	*#characters(string: string): Generator<number, void> {
		for (const one of string) {
			const character = one.codePointAt(0) ?? 0;
			if (character === 0) return;
			const substitute = this.#asset.font.glyphs.has(character) ? undefined : substituteOf(character);
			if (substitute === undefined) yield character;
			// Piu decodes one character of an empty substitute too, which no font has.
			else if (substitute === "") yield -1;
			else for (const letter of substitute) yield letter.codePointAt(0) ?? 0;
		}
	}
}
