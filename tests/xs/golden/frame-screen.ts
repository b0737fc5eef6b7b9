// A screen that only keeps its pixels. Piu draws on it in place of the simulator's.

import Time from "time";
import Timer from "timer";
import type { GoldenHost, GoldenScreen } from "../../golden/golden-scene";

const RGB565LE = 7;
const BYTES_PER_PIXEL = 2;
/** As often as Piu is asked whether something moves, and as this looks whether it still does. */
const IDLE_MS = 5;
/** At rest is what has been so for that long. */
const REST_MS = 50;
/** While a finger is down Piu never says that nothing moves: then it is what has drawn nothing for that long. */
const HELD_REST_MS = 500;
const SETTLE_LIMIT_MS = 10_000;

/** What Piu gives its screen. */
interface Context {
	onIdle(): void;
	onTouchBegan(id: number, x: number, y: number, ticks: number): void;
	onTouchMoved(id: number, x: number, y: number, ticks: number): void;
	onTouchEnded(id: number, x: number, y: number, ticks: number): void;
}

export class FrameHost implements GoldenHost {
	openScreen(width: number, height: number): GoldenScreen {
		const screen = new FrameScreen(width, height);
		(globalThis as unknown as { screen: FrameScreen }).screen = screen;
		return screen;
	}
}

/** Piu asks it for more than is here, `pixels` for one: a name that Piu knows has to mean what Piu takes it for. */
class FrameScreen implements GoldenScreen {
	readonly width: number;
	readonly height: number;
	readonly pixelFormat = RGB565LE;
	readonly rotation = 0;
	readonly frame: Uint8Array;
	context: Context | undefined;
	#timer: Timer | undefined;
	#area = { x: 0, width: 0, nextRow: 0 };
	#isHeld = false;
	#movedAt = Time.ticks;
	#drawnAt = Time.ticks;

	constructor(width: number, height: number) {
		this.width = width;
		this.height = height;
		this.frame = new Uint8Array(width * height * BYTES_PER_PIXEL);
	}

	run<T>(work: () => T): T {
		return work();
	}

	begin(x: number, y: number, width: number, _height: number): void {
		this.#area = { x, width, nextRow: y };
	}

	send(buffer: ArrayBuffer, offset: number, byteLength: number): void {
		const source = new Uint8Array(buffer, offset, byteLength);
		const { x, width } = this.#area;
		const rowBytes = width * BYTES_PER_PIXEL;
		for (let from = 0; from < byteLength; from += rowBytes) {
			const to = (this.#area.nextRow * this.width + x) * BYTES_PER_PIXEL;
			this.frame.set(source.subarray(from, from + rowBytes), to);
			this.#area.nextRow += 1;
		}
	}

	continue(): void {}

	end(): void {
		this.#drawnAt = Time.ticks;
	}

	clear(): void {}

	start(_intervalMs: number): void {
		this.#timer ??= Timer.repeat(() => {
			this.#movedAt = Time.ticks;
			this.context?.onIdle();
		}, IDLE_MS);
	}

	stop(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	async settle(): Promise<void> {
		const giveUpAt = Time.ticks + SETTLE_LIMIT_MS;
		const calledAt = Time.ticks;
		for (;;) {
			await this.pause(IDLE_MS);
			const now = Time.ticks;
			const rested = now - Math.max(calledAt, this.#isHeld ? this.#drawnAt : this.#movedAt);
			if (this.#isHeld ? rested > HELD_REST_MS : this.#timer === undefined && rested > REST_MS) return;
			if (now > giveUpAt) throw new Error(`still moving after ${SETTLE_LIMIT_MS} ms`);
		}
	}

	pause(ms: number): Promise<void> {
		return new Promise((resolve) => Timer.set(() => resolve(), ms));
	}

	touchBegan(x: number, y: number): void {
		this.#isHeld = true;
		this.context?.onTouchBegan(0, x, y, Time.ticks);
	}

	touchMoved(x: number, y: number): void {
		this.context?.onTouchMoved(0, x, y, Time.ticks);
	}

	touchEnded(x: number, y: number): void {
		this.#isHeld = false;
		this.context?.onTouchEnded(0, x, y, Time.ticks);
	}

	close(): void {
		this.stop();
		this.context = undefined;
	}
}
