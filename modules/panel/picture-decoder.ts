// Makes pictures for a screen out of JPEGs: shrunk by a whole number until they fit, a little at a time, so that touches
// and what heats are not kept waiting.

import type { Picture, PictureRoom } from "../../ui/panel/device";
import type { Clock, Timer } from "../platform/clock";
import type { JpegPiece, JpegPort, JpegReader } from "../platform/jpeg";
import { PortError } from "../platform/port-error";
import { readPictureSize } from "./picture-size";

export interface PictureDecoderOptions {
	jpeg: JpegPort;
	clock: Clock;
}

/** Of one turn; then others have theirs. */
const TURN_MS = 8;
const PAUSE_MS = 1;
/** That are read from one look at the clock to the next. */
const PIXELS_AT_ONCE = 4096;
/** So much of a picture may be cut off at its edges before it is shrunk further: one part in sixteen. */
const CUT = 16;
/** Twice what any printer sends. Decoders take memory for rows, and as long as the picture says it is large. */
const MOST_PIXELS = 4 * 1024 * 1024;
const MOST_SIDE = 4096;

/** Calls back once, and never before it returns; the returned function ends it, and nothing is called back then. */
export function decodePicture(
	{ jpeg, clock }: PictureDecoderOptions,
	bytes: Uint8Array,
	room: PictureRoom,
	onEnd: (picture: Picture | undefined) => void,
): () => void {
	let reader: JpegReader | undefined;
	let shrunk: Shrunk | undefined;
	let timer: Timer = clock.after(0, turn);
	return end;

	function turn(): void {
		const until = clock.now() + TURN_MS;
		try {
			if (!reader && !isModest(readPictureSize(bytes))) {
				finish(undefined);
				return;
			}
			reader ??= jpeg.open(bytes);
			shrunk ??= new Shrunk(reader, room);
			for (let pixels = 0; pixels < PIXELS_AT_ONCE || clock.now() < until; ) {
				if (pixels >= PIXELS_AT_ONCE) pixels = 0;
				const piece = reader.read();
				if (piece === undefined) {
					finish(shrunk.picture);
					return;
				}
				shrunk.take(piece);
				pixels += piece.width * piece.height;
			}
		} catch {
			finish(undefined);
			return;
		}
		timer = clock.after(PAUSE_MS, turn);
	}

	function finish(picture: Picture | undefined): void {
		end();
		onEnd(picture);
	}

	function end(): void {
		timer.cancel();
		reader?.close();
	}
}

function isModest(size: ReturnType<typeof readPictureSize>): boolean {
	if (!size) return false;
	const { width, height } = size;
	return width > 0 && height > 0 && Math.max(width, height) <= MOST_SIDE && width * height <= MOST_PIXELS;
}

/** How many pixels each way become one, and what is left then. */
export function shrinkage(
	picture: { readonly width: number; readonly height: number },
	room: { readonly width: number; readonly height: number },
): { step: number; width: number; height: number } {
	const mostWidth = room.width + Math.floor(room.width / CUT);
	const mostHeight = room.height + Math.floor(room.height / CUT);
	let step = 1;
	while (picture.width / step >= mostWidth + 1 || picture.height / step >= mostHeight + 1) step++;
	return {
		step,
		width: Math.min(room.width, Math.floor(picture.width / step)),
		height: Math.min(room.height, Math.floor(picture.height / step)),
	};
}

/** Takes the middle one of `step` × `step` pixels; what has no room is cut off at both edges alike. */
class Shrunk {
	readonly picture: Picture;
	private readonly pixels: Uint16Array;
	private readonly step: number;
	private readonly half: number;
	private readonly left: number;
	private readonly top: number;

	constructor(whole: { readonly width: number; readonly height: number }, room: PictureRoom) {
		const { step, width, height } = shrinkage(whole, room);
		if (width < 1 || height < 1) throw new PortError("protocol", "Nothing is left of the picture.");
		const { into } = room;
		const isSame = into !== undefined && into.width === width && into.height === height;
		this.picture = isSame ? into : { width, height, pixels: new Uint8Array(width * height * 2) };
		const { buffer, byteOffset } = this.picture.pixels;
		this.pixels = new Uint16Array(buffer, byteOffset, width * height);
		this.step = step;
		this.half = step >> 1;
		this.left = (Math.floor(whole.width / step) - width) >> 1;
		this.top = (Math.floor(whole.height / step) - height) >> 1;
	}

	take(piece: JpegPiece): void {
		const { width, height } = this.picture;
		const pixels = this.pixels;
		const from = piece.pixels;
		const step = this.step;
		const firstColumn = Math.max(0, this.place(piece.x) - this.left);
		const endColumn = Math.min(width, this.place(piece.x + piece.width) - this.left);
		const firstRow = Math.max(0, this.place(piece.y) - this.top);
		const endRow = Math.min(height, this.place(piece.y + piece.height) - this.top);
		const x = (firstColumn + this.left) * step + this.half - piece.x;
		for (let row = firstRow; row < endRow; row++) {
			const y = (row + this.top) * step + this.half - piece.y;
			let source = y * piece.width + x;
			const end = row * width + endColumn;
			for (let target = row * width + firstColumn; target < end; target++) {
				pixels[target] = from[source] ?? 0;
				source += step;
			}
		}
	}

	/** The first of the pixels that are taken, from that one on. */
	private place(position: number): number {
		return Math.max(0, Math.ceil((position - this.half) / this.step));
	}
}
