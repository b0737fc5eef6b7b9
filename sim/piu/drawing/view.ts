// Piu's view: records what the contents draw, and replays it into the frame for each dirty rectangle.
import { pixelOf } from "./color";
import { Font } from "./font";
import type { Color, FontLike, Painter, Rectangle, TextureLike, ViewLike } from "./interface";
import type { Raster } from "./raster";
import { Texture } from "./texture";

/** Bytes of each command on a 32-bit device. */
const bytes = {
	painter: 20,
	string: 28,
	texture: 20,
	fill: 12,
	fillTexture: 24,
	popClip: 4,
	pushClip: 12,
	end: 4,
};

type Command =
	| { readonly kind: "clip"; readonly x: number; readonly y: number; readonly w: number; readonly h: number }
	| { readonly kind: "unclip" }
	| { readonly kind: "draw"; readonly draw: (raster: Raster) => void };

/** Coordinates and sizes have 16 bits on the device; what is negative becomes a large size there. */
const u16 = (value: number) => value & 0xffff;
const i16 = (value: number) => (value << 16) >> 16;

export class View implements ViewLike {
	readonly #raster: Raster;
	readonly #list: Command[] = [];
	readonly #origins: { x: number; y: number }[] = [];
	#x = 0;
	#y = 0;
	#bytes = 0;
	#parts = 0;

	constructor(raster: Raster) {
		this.#raster = raster;
	}

	get width(): number {
		return this.#raster.width;
	}

	get height(): number {
		return this.#raster.height;
	}

	get commands(): number {
		return this.#list.length;
	}

	get commandBytes(): number {
		return this.#bytes + bytes.end;
	}

	/** Of the rectangle with the most, of those that `end` drew: a device has a display list for one at a time. */
	get parts(): number {
		return this.#parts;
	}

	begin(): void {
		this.#list.length = 0;
		this.#parts = 0;
		this.#origins.length = 0;
		this.#x = 0;
		this.#y = 0;
		this.#bytes = 0;
	}

	end(rectangles: readonly Rectangle[]): void {
		if (this.#origins.length > 0) throw new Error("pushOrigin without popOrigin");
		for (const rectangle of rectangles) {
			if (this.#raster.begin(rectangle)) this.#replay();
			this.#parts = Math.max(this.#parts, this.#raster.parts);
		}
		this.#raster.begin({ x: 0, y: 0, width: this.#raster.width, height: this.#raster.height });
	}

	pushOrigin(x: number, y: number): void {
		this.#origins.push({ x: this.#x, y: this.#y });
		this.#x = i16(this.#x + x);
		this.#y = i16(this.#y + y);
	}

	popOrigin(): void {
		const origin = this.#origins.pop();
		if (origin === undefined) throw new Error("popOrigin without pushOrigin");
		this.#x = origin.x;
		this.#y = origin.y;
	}

	pushClip(x: number, y: number, width: number, height: number): void {
		const left = i16(x + this.#x);
		const top = i16(y + this.#y);
		this.#list.push({ kind: "clip", x: left, y: top, w: i16(width), h: i16(height) });
		this.#bytes += bytes.pushClip;
	}

	popClip(): void {
		this.#list.push({ kind: "unclip" });
		this.#bytes += bytes.popClip;
	}

	fillColor(color: Color, x: number, y: number, width: number, height: number): void {
		if (u16(width) === 0 || u16(height) === 0) return;
		const left = i16(x + this.#x);
		const top = i16(y + this.#y);
		const w = i16(width);
		const h = i16(height);
		const pixel = pixelOf(color);
		this.#record(bytes.fill, (raster) => raster.fill(pixel, color.a, left, top, w, h));
	}

	drawTexture(
		texture: TextureLike,
		color: Color,
		x: number,
		y: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		const source = asTexture(texture);
		let [left, top, fromX, fromY, w, h] = [x, y, sx, sy, u16(sw), u16(sh)];
		if (fromX < 0) {
			left -= fromX;
			w = u16(w + fromX);
			fromX = 0;
		}
		if (fromX + w > source.width) w = u16(source.width - fromX);
		if (fromY < 0) {
			top -= fromY;
			h = u16(h + fromY);
			fromY = 0;
		}
		if (fromY + h > source.height) h = u16(source.height - fromY);
		if (w === 0 || h === 0) return;
		left = i16(left + this.#x);
		top = i16(top + this.#y);
		const pixel = pixelOf(color);
		this.#record(bytes.texture, (raster) =>
			drawPart(raster, source, pixel, color.a, left, top, fromX, fromY, w, h),
		);
	}

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
	): void {
		const source = asTexture(texture);
		const across = held(x, u16(width), sx, u16(sw), source.width);
		const down = held(y, u16(height), sy, u16(sh), source.height);
		if (across.length === 0 || down.length === 0 || across.size === 0 || down.size === 0) return;
		const left = i16(across.at + this.#x);
		const top = i16(down.at + this.#y);
		const isOutside = across.from >= source.width || down.from >= source.height;
		if (isOutside && source.mask === undefined) {
			// The device reads beyond the pixels here, and draws what it finds or stops.
			const place = `${across.from}, ${down.from}`;
			throw new RangeError(
				`fillTexture: ${place} is outside of the texture of ${source.width} × ${source.height}`,
			);
		}
		const pixel = pixelOf(color);
		this.#record(bytes.fillTexture, (raster) => {
			if (source.mask === undefined && source.color !== undefined) {
				const w = i16(across.length);
				const h = i16(down.length);
				raster.drawPattern(source.color, left, top, w, h, across.from, down.from, across.size, down.size);
				return;
			}
			for (const row of tiles(top, down.length, down.size)) {
				// In the rows that are whole, the device takes the width as signed.
				const width = row.length === down.size ? i16(across.length) : across.length;
				for (const column of tiles(left, width, across.size)) {
					const w = u16(column.length);
					drawPart(raster, source, pixel, color.a, column.at, row.at, across.from, down.from, w, row.length);
				}
			}
		});
	}

	drawString(
		string: string,
		font: FontLike,
		color: Color,
		x: number,
		y: number,
		width = 0,
		stringWidth = 0,
	): void {
		if (!(font instanceof Font)) throw new Error("drawString: the font has to be of this host");
		const left = i16(x + this.#x);
		const top = i16(y + this.#y);
		const pixel = pixelOf(color);
		this.#record(bytes.string, (raster) =>
			font.draw(raster, string, pixel, color.a, left, top, u16(width), u16(stringWidth)),
		);
	}

	drawPainter(painter: Painter, x: number, y: number, width: number, height: number): void {
		const left = i16(x + this.#x);
		const top = i16(y + this.#y);
		this.#record(bytes.painter, (raster) => painter(raster, left, top, width, height));
	}

	#record(size: number, draw: (raster: Raster) => void): void {
		this.#list.push({ kind: "draw", draw });
		this.#bytes += size;
	}

	#replay(): void {
		// Depth of clips within one that leaves nothing: all in it is skipped.
		let hidden = 0;
		for (const command of this.#list) {
			if (command.kind === "clip") {
				if (hidden > 0 || !this.#raster.pushClip(command.x, command.y, command.w, command.h)) hidden++;
			} else if (command.kind === "unclip") {
				if (hidden > 0) hidden--;
				if (hidden === 0) this.#raster.popClip();
			} else if (hidden === 0) command.draw(this.#raster);
		}
	}
}

function asTexture(texture: TextureLike): Texture {
	if (texture instanceof Texture) return texture;
	throw new Error("the texture has to be of this host");
}

function drawPart(
	raster: Raster,
	texture: Texture,
	pixel: number,
	blend: number,
	x: number,
	y: number,
	sx: number,
	sy: number,
	sw: number,
	sh: number,
): void {
	const { mask, color } = texture;
	if (mask !== undefined && color !== undefined) raster.drawMasked(color, mask, blend, x, y, sx, sy, sw, sh);
	else if (mask !== undefined) raster.drawMask(mask, pixel, blend, x, y, sx, sy, sw, sh);
	else if (color !== undefined) raster.drawBitmap(color, x, y, sx, sy, sw, sh);
}

/** Keeps a part of a texture within the texture, in one direction. */
function held(
	at: number,
	length: number,
	from: number,
	size: number,
	limit: number,
): { at: number; length: number; from: number; size: number } {
	const span = { at, length, from, size };
	if (span.from < 0) {
		if (span.length === span.size) {
			span.at -= span.from;
			span.length = u16(span.length + span.from);
		}
		span.size = u16(span.size + span.from);
		span.from = 0;
	}
	if (span.from + span.size > limit) {
		if (span.length === span.size) span.length = u16(limit - span.from);
		span.size = u16(limit - span.from);
	}
	return span;
}

/** Whole tiles, then what is left; a negative length is one tile of that length. */
function* tiles(at: number, length: number, size: number): Generator<{ at: number; length: number }, void> {
	let place = at;
	let left = length;
	while (left >= size) {
		yield { at: place, length: size };
		place = i16(place + size);
		left -= size;
	}
	if (left !== 0) yield { at: place, length: left };
}
