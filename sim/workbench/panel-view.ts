// The touch panel on the workbench: pictures to the browsers that look at it, and their touches back.
//
// To a browser: { "size": { "width", "height" } } first and whenever there is another screen, { "brightness": percent },
// and binary messages of rectangles, one after the other: x, y, width, height in 16 bits each, then the pixels row by row
// in RGB565, everything with its low byte first. From it: "drawn" after each binary message, and touches.

import type { Clock, Timer } from "../../modules/platform/clock";
import type { WebSocketConnection, WebSocketEvents } from "../../modules/platform/http";
import type { Log } from "../../modules/platform/log";
import { DirtyArea, type Rectangle } from "./dirty-area";
import { FingerBoard, TouchInput, type TouchPhase } from "./touch-input";

export type { Rectangle, TouchPhase };

/** A screen that is drawn into memory. */
export interface PanelSource {
	readonly width: number;
	readonly height: number;
	/** RGB565, row by row. */
	readonly frame: Uint16Array;
	/** Calls back with what has changed in `frame`; the returned function ends that. */
	onFrame(listener: (rectangles: readonly Rectangle[]) => void): () => void;
	/** Pixels; ids count from 0. */
	touch(phase: TouchPhase, id: number, x: number, y: number): void;
}

export interface PanelViewOptions {
	clock: Clock;
	log: Log;
}

/** Each of them is sent every picture. */
export const MOST_VIEWERS = 4;
const FRAME_MS = 1_000 / 30;
/** Pictures on their way to a browser that has not drawn them; a slow one gets the newest after that, and no queue. */
const MOST_UNDRAWN = 2;
const RECTANGLE_HEAD_BYTES = 8;
/** More than those pictures have: a browser that says "drawn" of what it has not read. */
const MOST_QUEUED_BYTES = 4 * 1024 * 1024;
/** Of close frames: the client has broken the rules. */
const POLICY = 1008;

export class PanelView {
	readonly #options: PanelViewOptions;
	#source: PanelSource | undefined;
	#ignoreSource: () => void = () => {};
	#fingers = new FingerBoard();
	#brightness = 100;
	/** Replaced when one comes or goes. */
	#viewers: readonly Viewer[] = [];

	constructor(options: PanelViewOptions) {
		this.#options = options;
	}

	get isFull(): boolean {
		return this.#viewers.length >= MOST_VIEWERS;
	}

	/** Shows that screen from now on; `undefined`: none, as while the firmware starts anew. */
	show(source: PanelSource | undefined): void {
		for (const viewer of this.#viewers) viewer.leave();
		this.#ignoreSource();
		this.#ignoreSource = source?.onFrame((rectangles) => this.onFrame(rectangles)) ?? (() => {});
		this.#source = source;
		this.#fingers = new FingerBoard();
		for (const viewer of this.#viewers) this.greet(viewer);
	}

	/** Percent. */
	setBrightness(percent: number): void {
		this.#brightness = percent;
		for (const viewer of this.#viewers) viewer.tell({ brightness: percent });
	}

	/** Serves that browser until it is gone. */
	add(socket: WebSocketConnection): WebSocketEvents {
		const viewer = new Viewer({
			...this.#options,
			socket,
			onEnd: () => {
				this.#viewers = this.#viewers.filter((other) => other !== viewer);
			},
		});
		this.#viewers = [...this.#viewers, viewer];
		this.greet(viewer);
		viewer.tell({ brightness: this.#brightness });
		return viewer;
	}

	/** Says goodbye to every browser. May be called any number of times. */
	close(): void {
		this.#ignoreSource();
		this.#source = undefined;
		// 1001 is "going away": pages connect again.
		for (const viewer of this.#viewers) viewer.end(1001, "going away");
	}

	private greet(viewer: Viewer): void {
		if (this.#source) viewer.enter(this.#source, this.#fingers, (...touch) => this.touch(...touch));
	}

	private onFrame(rectangles: readonly Rectangle[]): void {
		for (const viewer of this.#viewers) viewer.onFrame(rectangles);
	}

	/** What the panel throws is the panel's fault, and no reason to end a browser's connection. */
	private touch(phase: TouchPhase, finger: number, x: number, y: number): void {
		try {
			this.#source?.touch(phase, finger, x, y);
		} catch (error) {
			const { log } = this.#options;
			log.error(
				`panel: a touch at ${x}, ${y} failed: ${error instanceof Error ? error.stack : String(error)}`,
			);
		}
	}
}

interface ViewerOptions extends PanelViewOptions {
	socket: WebSocketConnection;
	onEnd(): void;
}

/** One browser. */
class Viewer implements WebSocketEvents {
	readonly #options: ViewerOptions;
	#source: PanelSource | undefined;
	#dirty: DirtyArea | undefined;
	#touches: TouchInput | undefined;
	/** Until the next picture may go out. */
	#timer: Timer | undefined;
	#sentAtMs = Number.NEGATIVE_INFINITY;
	#undrawn = 0;
	#isOver = false;

	constructor(options: ViewerOptions) {
		this.#options = options;
	}

	enter(
		source: PanelSource,
		fingers: FingerBoard,
		touch: (phase: TouchPhase, finger: number, x: number, y: number) => void,
	): void {
		const { width, height } = source;
		this.#source = source;
		this.#dirty = new DirtyArea(width, height);
		this.#dirty.addAll();
		this.#touches = new TouchInput({ clock: this.#options.clock, width, height, fingers, touch });
		this.tell({ size: { width, height } });
		this.sendSoon();
	}

	/** That screen is gone. */
	leave(): void {
		this.#touches?.cancel();
		this.#touches = undefined;
		this.#source = undefined;
		this.#dirty = undefined;
		this.#timer?.cancel();
		this.#timer = undefined;
	}

	onFrame(rectangles: readonly Rectangle[]): void {
		for (const rectangle of rectangles) this.#dirty?.add(rectangle);
		this.sendSoon();
	}

	tell(message: object): void {
		this.#options.socket.send(JSON.stringify(message));
	}

	onText(text: string): void {
		if (text === "drawn") {
			if (this.#undrawn > 0) this.#undrawn--;
			this.sendSoon();
		} else if (this.#touches?.take(text) === false) {
			this.end(POLICY, "too many messages");
		}
	}

	onClosed(): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.leave();
		this.#options.onEnd();
	}

	end(code: number, reason: string): void {
		this.#options.socket.close(code, reason);
		this.onClosed();
	}

	/** At most so often; a browser that is behind is sent nothing until it has drawn. */
	private sendSoon(): void {
		if (this.#timer || this.#isOver || !this.#dirty || this.#dirty.isEmpty) return;
		if (this.#undrawn >= MOST_UNDRAWN) return;
		const { clock } = this.#options;
		const waitMs = Math.max(0, this.#sentAtMs + FRAME_MS - clock.now());
		this.#timer = clock.after(waitMs, () => {
			this.#timer = undefined;
			this.send();
		});
	}

	private send(): void {
		const source = this.#source;
		if (this.#options.socket.queuedBytes > MOST_QUEUED_BYTES) {
			this.end(POLICY, "pictures are not read");
			return;
		}
		const rectangles = this.#dirty?.take();
		if (!source || !rectangles || rectangles.length === 0) return;
		this.#sentAtMs = this.#options.clock.now();
		this.#undrawn++;
		this.#options.socket.sendBinary(encodeFrame(source, rectangles));
	}
}

/** The rectangles with their pixels as they are now. */
export function encodeFrame(
	{ frame, width }: Pick<PanelSource, "frame" | "width">,
	rectangles: readonly Rectangle[],
): Uint8Array {
	let bytes = 0;
	for (const rectangle of rectangles) bytes += RECTANGLE_HEAD_BYTES + rectangle.width * rectangle.height * 2;
	const words = new Uint16Array(bytes / 2);
	let at = 0;
	for (const rectangle of rectangles) {
		words.set([rectangle.x, rectangle.y, rectangle.width, rectangle.height], at);
		at += RECTANGLE_HEAD_BYTES / 2;
		for (let row = 0; row < rectangle.height; row++) {
			const begin = (rectangle.y + row) * width + rectangle.x;
			words.set(frame.subarray(begin, begin + rectangle.width), at);
			at += rectangle.width;
		}
	}
	return littleEndian(words);
}

function littleEndian(words: Uint16Array): Uint8Array {
	const bytes = new Uint8Array(words.buffer);
	if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return bytes;
	for (let at = 0; at < bytes.length; at += 2) bytes.subarray(at, at + 2).reverse();
	return bytes;
}
