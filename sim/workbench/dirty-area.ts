// What of a screen is still to be sent: a few rectangles that cover all that has changed.

export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** More of them cost more than one around them all. */
const MOST_RECTANGLES = 16;

export class DirtyArea {
	readonly #width: number;
	readonly #height: number;
	#rectangles: Rectangle[] = [];

	constructor(width: number, height: number) {
		this.#width = width;
		this.#height = height;
	}

	get isEmpty(): boolean {
		return this.#rectangles.length === 0;
	}

	addAll(): void {
		this.#rectangles = [{ x: 0, y: 0, width: this.#width, height: this.#height }];
	}

	/** What is outside of the screen is left out. */
	add(rectangle: Rectangle): void {
		let added = this.clipped(rectangle);
		if (!added) return;
		// Two that lie over each other become one, as long as that sends no more pixels than both.
		const rest: Rectangle[] = [];
		for (const other of this.#rectangles) {
			const joined = around(added, other);
			if (area(joined) <= area(added) + area(other)) added = joined;
			else rest.push(other);
		}
		rest.push(added);
		this.#rectangles = rest.length > MOST_RECTANGLES ? [rest.reduce(around)] : rest;
	}

	/** All of them; nothing is dirty afterwards. */
	take(): readonly Rectangle[] {
		const rectangles = this.#rectangles;
		this.#rectangles = [];
		return rectangles;
	}

	private clipped({ x, y, width, height }: Rectangle): Rectangle | undefined {
		const left = Math.max(0, Math.floor(x));
		const top = Math.max(0, Math.floor(y));
		const right = Math.min(this.#width, Math.ceil(x + width));
		const bottom = Math.min(this.#height, Math.ceil(y + height));
		if (!(right > left && bottom > top)) return undefined;
		return { x: left, y: top, width: right - left, height: bottom - top };
	}
}

function area({ width, height }: Rectangle): number {
	return width * height;
}

function around(a: Rectangle, b: Rectangle): Rectangle {
	const x = Math.min(a.x, b.x);
	const y = Math.min(a.y, b.y);
	return {
		x,
		y,
		width: Math.max(a.x + a.width, b.x + b.width) - x,
		height: Math.max(a.y + a.height, b.y + b.height) - y,
	};
}
