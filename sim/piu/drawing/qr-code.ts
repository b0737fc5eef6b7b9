// Draws a Piu QRCode: its skin's fill behind, its skin's stroke for the modules.
import { pixelOf } from "./color";
import type { Color, ViewLike } from "./interface";
import { type QrModules, qrModules } from "./qr-modules";
import { Raster } from "./raster";
import type { Skin } from "./skin";

const white: Color = { r: 255, g: 255, b: 255, a: 255 };
const black: Color = { r: 0, g: 0, b: 0, a: 255 };

export class QrDrawing {
	#code: QrModules | undefined;

	/** Throws when `maxVersion` does not hold the string. */
	setString(string: string, maxVersion = 40): void {
		this.#code = qrModules(string, maxVersion);
	}

	/** As large as whole px for each module allow, in the middle. Any alpha but 0 is opaque, as on the device. */
	draw(view: ViewLike, width: number, height: number, skin: Skin | undefined, state: number): void {
		const code = this.#code;
		if (code === undefined) return;
		const colors = skin === undefined ? { fill: white, stroke: black } : skin.colorsAt(state);
		if (colors === undefined) throw new Error("QRCode: a skin with a texture has no colors to draw with");
		const scale = Math.max(1, Math.trunc(Math.min(width, height) / code.size));
		const left = (width - scale * code.size) >> 1;
		const top = (height - scale * code.size) >> 1;
		view.drawPainter(
			(raster, x, y, w, h) => {
				if (!(raster instanceof Raster)) throw new Error("QRCode: the raster has to be of this host");
				if (colors.fill.a > 0) raster.fill(pixelOf(colors.fill), 255, x, y, w, h);
				if (colors.stroke.a > 0) {
					drawModules(raster, code, pixelOf(colors.stroke), x + left, y + top, scale);
				}
			},
			0,
			0,
			width,
			height,
		);
	}
}

function drawModules(
	raster: Raster,
	{ size, modules }: QrModules,
	pixel: number,
	x: number,
	y: number,
	scale: number,
): void {
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < size; column++) {
			if (modules[row * size + column] !== 1) continue;
			raster.fill(pixel, 255, x + column * scale, y + row * scale, scale, scale);
		}
	}
}
