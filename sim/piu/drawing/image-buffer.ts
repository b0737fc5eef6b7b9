// Draws the pixels of a Piu ImageBuffer: RGB565, little endian, rows without gaps.
import type { ViewLike } from "./interface";
import { Raster } from "./raster";

/**
 * In the top left of the content, cut at its edges. Where the content is larger than the image Piu draws
 * nothing: the part that is asked for has to be in the image.
 */
export function drawImage(
	view: ViewLike,
	buffer: ArrayBuffer | ArrayBufferView,
	imageWidth: number,
	imageHeight: number,
	width: number,
	height: number,
): void {
	const bytes =
		buffer instanceof ArrayBuffer
			? new Uint8Array(buffer)
			: new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
	if (bytes.length < imageWidth * imageHeight * 2) {
		throw new RangeError(`ImageBuffer: ${bytes.length} bytes are too few for ${imageWidth} × ${imageHeight}`);
	}
	view.pushClip(0, 0, width, height);
	view.drawPainter(
		(raster, x, y, w, h) => {
			if (!(raster instanceof Raster)) throw new Error("ImageBuffer: the raster has to be of this host");
			const pixels = new Uint16Array(imageWidth * imageHeight);
			for (let at = 0; at < pixels.length; at++) {
				pixels[at] = (bytes[at * 2] ?? 0) | ((bytes[at * 2 + 1] ?? 0) << 8);
			}
			raster.drawBitmap({ width: imageWidth, height: imageHeight, pixels }, x, y, 0, 0, w, h);
		},
		0,
		0,
		width,
		height,
	);
	view.popClip();
}
