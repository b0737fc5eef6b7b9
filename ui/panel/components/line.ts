// One line of words in a port: measured when it changes, in the largest of its styles that fits, cut with "…" if none does.

import type { Port, Style } from "piu/MC";

export class Line {
	#styles: readonly Style[];
	#text = "";
	/** Of the text in each of the styles, as far as one has asked. */
	private widths: number[] = [];

	/** From the one that is wanted to the smallest that will do. All must name a font. */
	constructor(styles: readonly Style[]) {
		this.#styles = styles;
	}

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text;
		this.widths.length = 0;
	}

	set styles(styles: readonly Style[]) {
		this.#styles = styles;
		this.widths.length = 0;
	}

	/** px that it takes of `room`. */
	widthIn(room: number): number {
		return Math.max(0, Math.min(this.widthOf(this.fitting(room)), room));
	}

	/** Even the smallest of the styles is too wide. */
	isCutIn(room: number): boolean {
		return this.widthOf(this.#styles.length - 1) > room;
	}

	/** Call only in `onDraw`. */
	draw(port: Port, x: number, y: number, width: number, height: number, state = 0): void {
		if (this.#text === "" || width <= 0) return;
		const style = this.#styles[this.fitting(width)];
		if (style) port.drawStyle(this.#text, style, x, y, width, height, true, state);
	}

	private fitting(room: number): number {
		const last = this.#styles.length - 1;
		for (let index = 0; index < last; index++) if (this.widthOf(index) <= room) return index;
		return last;
	}

	private widthOf(index: number): number {
		if (this.#text === "") return 0;
		return this.widths[index] ?? this.measured(index);
	}

	private measured(index: number): number {
		const width = this.#styles[index]?.measure(this.#text).width ?? 0;
		this.widths[index] = width;
		return width;
	}
}
