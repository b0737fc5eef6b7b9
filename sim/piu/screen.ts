// A screen for one application: its pixels, its time and its fingers.

import type { Clock, Timer } from "../../modules/platform/clock";
import { type Assets, setAssets } from "./drawing/assets";
import type { Rectangle, ViewLike } from "./drawing/interface";
import { Raster } from "./drawing/raster";
import { View } from "./drawing/view";
import type { ApplicationNode, ApplicationScreen } from "./tree/application-node";

/** Piu on the device draws about that often; a browser gets no more. */
export const FRAME_MS = 1000 / 30;

export interface FrameCost {
	/** Drawing commands of the frame. */
	readonly commands: number;
	/** What they take of `commandListLength` on a device. */
	readonly commandBytes: number;
	/** Fills, glyphs and parts of textures in the rectangle that has the most of them; 0 where nothing is painted. */
	readonly parts: number;
}

export interface ScreenOptions {
	/** px */
	width: number;
	height: number;
	clock: Clock;
	/** Textures and fonts. Screens of one process should share them: changing them makes all fonts anew. */
	assets: Assets;
	/** After the application drew into these rectangles; they do not overlap. */
	onFrame?: (rectangles: readonly Rectangle[], cost: FrameCost) => void;
	/** What a behavior threw; left out: the clock's callback or `touch` throws it. */
	onError?: (error: unknown) => void;
	/** False leaves the pixels as they are, and does all the rest: for tests that only touch. True by default. */
	isPainted?: boolean;
}

export type TouchPhase = "began" | "moved" | "ended" | "cancelled";

/** 16 bits: where Piu's places end. */
const MOST_PX = 32767;

export class Screen {
	readonly width: number;
	readonly height: number;
	readonly #clock: Clock;
	readonly #assets: Assets;
	readonly #onFrame: ScreenOptions["onFrame"];
	readonly #onError: ScreenOptions["onError"];
	readonly #isPainted: boolean;
	readonly #raster: Raster;
	readonly #view: View;
	#application: ApplicationNode | undefined;
	#commandListBytes = Number.POSITIVE_INFINITY;
	#timer: Timer | undefined;
	#dueAt = 0;
	/** When `idle` ran last. */
	#idleAt = Number.NEGATIVE_INFINITY;
	#closed = false;

	constructor({ width, height, clock, assets, onFrame, onError, isPainted = true }: ScreenOptions) {
		for (const size of [width, height]) {
			if (!Number.isInteger(size) || size < 1 || size > MOST_PX) {
				throw new RangeError(`a screen has 1 to ${MOST_PX} px each way, not ${size}`);
			}
		}
		this.width = width;
		this.height = height;
		this.#clock = clock;
		this.#assets = assets;
		this.#onFrame = onFrame;
		this.#onError = onError;
		this.#isPainted = isPainted;
		this.#raster = new Raster(width, height);
		this.#view = new View(this.#raster);
	}

	/** RGB565, row after row; the same array all the time. */
	get frame(): Uint16Array {
		return this.#raster.pixels;
	}

	/** The tree that is shown: for tests that look for what is drawn and what can be touched. */
	get application(): ApplicationNode | undefined {
		return this.#application;
	}

	/** Runs `work`, like opening the panel, with this as the screen of the application that it makes. */
	run<T>(work: () => T): T {
		return withScreen(this, work);
	}

	/** A finger, counted from 0. */
	touch(phase: TouchPhase, id: number, x: number, y: number): void {
		const application = this.#application;
		if (application === undefined || this.#closed) return;
		this.#guarded(() => {
			if (phase === "began") application.touchBegan(id, Math.trunc(x), Math.trunc(y));
			else if (phase === "moved") application.touchMoved(id, Math.trunc(x), Math.trunc(y));
			else application.touchEnded(id, Math.trunc(x), Math.trunc(y));
		});
	}

	/** Nothing is drawn and no behavior is called after that. */
	close(): void {
		this.#closed = true;
		this.#timer?.cancel();
		this.#timer = undefined;
	}

	/** Called by the application that is made on this screen. */
	attach(
		application: (screen: ApplicationScreen) => ApplicationNode,
		commandListLength?: number,
	): ApplicationNode {
		if (this.#application !== undefined) throw new Error("this screen has an application already");
		if (this.#closed) throw new Error("this screen is closed");
		if (commandListLength !== undefined) this.#commandListBytes = commandListLength;
		const { width, height } = this;
		const now = () => Math.floor(this.#clock.now());
		this.#application = application({
			width,
			height,
			get ticks() {
				return now();
			},
			schedule: (delayMs) => this.#schedule(delayMs),
			draw: (rectangles, record) => this.#draw(rectangles, record),
		});
		return this.#application;
	}

	#draw(rectangles: readonly Rectangle[], record: (view: ViewLike) => void): void {
		if (this.#closed) return;
		this.#view.begin();
		record(this.#view);
		const { commands, commandBytes } = this.#view;
		if (commandBytes > this.#commandListBytes) {
			throw new RangeError(
				`drawing needs ${commandBytes} bytes of commands, commandListLength is ${this.#commandListBytes}`,
			);
		}
		if (this.#isPainted) this.#view.end(rectangles);
		this.#onFrame?.(rectangles, { commands, commandBytes, parts: this.#view.parts });
	}

	#schedule(delayMs: number | undefined): void {
		if (this.#closed) return;
		const now = this.#clock.now();
		const dueAt = delayMs === undefined ? undefined : Math.max(now + delayMs, this.#idleAt + FRAME_MS);
		if (this.#timer !== undefined && dueAt === this.#dueAt) return;
		this.#timer?.cancel();
		this.#timer = undefined;
		if (dueAt === undefined) return;
		this.#dueAt = dueAt;
		this.#timer = this.#clock.after(dueAt - now, () => this.#idle());
	}

	#idle(): void {
		this.#timer = undefined;
		if (this.#closed) return;
		this.#idleAt = this.#clock.now();
		this.#guarded(() => this.#application?.tick());
	}

	#guarded(work: () => void): void {
		try {
			withScreen(this, work);
		} catch (error) {
			if (this.#onError === undefined) throw error;
			this.#onError(error);
		}
	}

	/** For `withScreen`. */
	static use(screen: Screen): void {
		if (usedAssets === screen.#assets) return;
		usedAssets = screen.#assets;
		setAssets(screen.#assets);
	}
}

let current: Screen | undefined;
let usedAssets: Assets | undefined;

/** An application that `work` makes belongs to this screen, and stays with it. */
export function withScreen<T>(screen: Screen, work: () => T): T {
	const outer = current;
	current = screen;
	Screen.use(screen);
	try {
		return work();
	} finally {
		current = outer;
		if (outer !== undefined) Screen.use(outer);
	}
}

export function currentScreen(): Screen {
	if (current === undefined) throw new Error("no screen: open the panel within withScreen(screen, …)");
	return current;
}
