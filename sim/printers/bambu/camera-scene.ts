// What the virtual printer's camera sees: the bed with what has been printed so far, and the tool head over it.

import type { Mosaic } from "./mosaic-jpeg";

export interface CameraScene {
	/** 0–100 */
	readonly percent: number;
	readonly isPrinting: boolean;
	readonly isLit: boolean;
	/** Of the filament in use, RRGGBB. */
	readonly color: string;
	/** Shown as a clock, and moves the tool head. */
	readonly elapsedMs: number;
}

/** In tiles of 8 pixels: 1280 × 720, as real ones are. */
const WIDTH = 160;
const HEIGHT = 90;
const BED_TOP = 76;
const PRINT = { left: 55, right: 105, height: 46 };
const HEAD = { width: 14, height: 10 };
const HEAD_PARK_LEFT = 12;
/** There and back. */
const HEAD_PERIOD_MS = 7_300;

/** 3 × 5 dots, row by row from the top, each row three bits. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
	"0": [7, 5, 5, 5, 7],
	"1": [2, 6, 2, 2, 7],
	"2": [7, 1, 7, 4, 7],
	"3": [7, 1, 7, 1, 7],
	"4": [5, 5, 7, 1, 1],
	"5": [7, 4, 7, 1, 7],
	"6": [7, 4, 7, 5, 7],
	"7": [7, 1, 1, 1, 1],
	"8": [7, 5, 7, 5, 7],
	"9": [7, 5, 7, 1, 7],
	":": [0, 2, 0, 2, 0],
	"%": [5, 1, 2, 4, 5],
};
const GLYPH_WIDTH = 3;

type Color = readonly [red: number, green: number, blue: number];

export function drawScene({ percent, isPrinting, isLit, color, elapsedMs }: CameraScene): Mosaic {
	const canvas = new Canvas(isLit ? 1 : 0.45);
	canvas.fill(0, 0, WIDTH, BED_TOP, [58, 62, 70]);
	for (let x = 8; x < WIDTH; x += 24) canvas.fill(x, 0, 1, BED_TOP, [66, 71, 80]);
	canvas.fill(0, BED_TOP, WIDTH, HEIGHT - BED_TOP, [30, 31, 34]);
	canvas.fill(20, BED_TOP, 120, 4, [122, 104, 60]);

	const printedRows = Math.round((Math.min(100, Math.max(0, percent)) / 100) * PRINT.height);
	for (let row = 0; row < printedRows; row++) {
		// Layers can be told from each other, and the whole gets narrower towards its top.
		const inset = Math.round(8 * Math.sin((row / PRINT.height) * 3)) + (row > 30 ? 12 : 0);
		const width = PRINT.right - PRINT.left - 2 * inset;
		canvas.fill(
			PRINT.left + inset,
			BED_TOP - 1 - row,
			width,
			1,
			shaded(parseColor(color), row % 2 ? 1 : 0.88),
		);
	}

	const swing = (1 - Math.cos((elapsedMs / HEAD_PERIOD_MS) * 2 * Math.PI)) / 2;
	const headLeft = isPrinting
		? Math.round(PRINT.left + swing * (PRINT.right - PRINT.left) - HEAD.width / 2)
		: HEAD_PARK_LEFT;
	const headTop = BED_TOP - printedRows - HEAD.height - 3;
	canvas.fill(0, headTop + 3, WIDTH, 2, [90, 94, 102]);
	canvas.fill(headLeft, headTop, HEAD.width, HEAD.height, [196, 200, 206]);
	canvas.fill(headLeft + 6, headTop + HEAD.height, 2, 2, [226, 150, 40]);

	canvas.write(`${Math.round(percent)}%`, 4, 4, 2, [240, 240, 240]);
	canvas.write(clockOf(elapsedMs), 118, 4, 1, [240, 240, 240]);
	// Also of a printer that stands, nobody takes the picture for an old one.
	if (Math.floor(elapsedMs / 1000) % 2 === 0) canvas.fill(154, 4, 3, 3, [220, 60, 50]);
	return canvas.mosaic;
}

class Canvas {
	readonly mosaic: Mosaic = { width: WIDTH, height: HEIGHT, colors: new Uint8Array(WIDTH * HEIGHT * 3) };
	readonly #light: number;

	constructor(light: number) {
		this.#light = light;
	}

	/** What is outside is left out. */
	fill(left: number, top: number, width: number, height: number, color: Color): void {
		for (let y = Math.max(0, top); y < Math.min(HEIGHT, top + height); y++)
			for (let x = Math.max(0, left); x < Math.min(WIDTH, left + width); x++)
				this.mosaic.colors.set(shaded(color, this.#light), (y * WIDTH + x) * 3);
	}

	write(text: string, left: number, top: number, scale: number, color: Color): void {
		for (const [index, character] of [...text].entries()) {
			const rows = GLYPHS[character] ?? [];
			const start = left + index * (GLYPH_WIDTH + 1) * scale;
			for (const [y, row] of rows.entries())
				for (let x = 0; x < GLYPH_WIDTH; x++)
					if (row & (4 >> x)) this.fill(start + x * scale, top + y * scale, scale, scale, color);
		}
	}
}

function shaded([red, green, blue]: Color, light: number): Color {
	return [Math.round(red * light), Math.round(green * light), Math.round(blue * light)];
}

function parseColor(text: string): Color {
	const value = Number.parseInt(text.slice(0, 6), 16);
	return Number.isNaN(value) ? [200, 200, 200] : [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** "1:02:03" */
function clockOf(elapsedMs: number): string {
	const seconds = Math.floor(elapsedMs / 1000);
	const two = (value: number): string => String(value % 60).padStart(2, "0");
	return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
}
