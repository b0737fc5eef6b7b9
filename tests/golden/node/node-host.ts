// The host for Node as the golden scenes take it: time goes on only while something is waited for.

import type { Assets } from "../../../sim/piu/host";
import { Screen } from "../../../sim/piu/host";
import { ManualClock } from "../../fakes/manual-clock";
import type { GoldenHost, GoldenScreen } from "../golden-scene";

const STEP_MS = 20;
/** Nothing was drawn for that long while a finger is down: see the screen of the real Piu. */
const HELD_REST_MS = 500;
const SETTLE_LIMIT_MS = 10_000;

export class NodeHost implements GoldenHost {
	readonly #assets: Assets;

	constructor(assets: Assets) {
		this.#assets = assets;
	}

	openScreen(width: number, height: number): GoldenScreen {
		return new NodeScreen(width, height, this.#assets);
	}
}

class NodeScreen implements GoldenScreen {
	readonly #clock = new ManualClock();
	readonly #screen: Screen;
	#isHeld = false;
	#drawnAtMs = 0;

	constructor(width: number, height: number, assets: Assets) {
		this.#screen = new Screen({
			width,
			height,
			clock: this.#clock,
			assets,
			onFrame: () => {
				this.#drawnAtMs = this.#clock.now();
			},
		});
	}

	get frame(): Uint8Array {
		const { buffer, byteOffset, byteLength } = this.#screen.frame;
		return new Uint8Array(buffer, byteOffset, byteLength);
	}

	run<T>(work: () => T): T {
		return this.#screen.run(work);
	}

	async settle(): Promise<void> {
		const calledAtMs = this.#clock.now();
		for (;;) {
			await this.pause(STEP_MS);
			const nowMs = this.#clock.now();
			if (nowMs - calledAtMs > SETTLE_LIMIT_MS) throw new Error(`still moving after ${SETTLE_LIMIT_MS} ms`);
			const restedMs = nowMs - Math.max(calledAtMs, this.#drawnAtMs);
			if (this.#isHeld ? restedMs > HELD_REST_MS : this.#clock.pendingTimers === 0) return;
		}
	}

	async pause(ms: number): Promise<void> {
		// What promises have ready comes before and after, as it does while real time passes.
		await new Promise<void>((resolve) => setImmediate(resolve));
		this.#clock.advance(ms);
		await new Promise<void>((resolve) => setImmediate(resolve));
	}

	touchBegan(x: number, y: number): void {
		this.#isHeld = true;
		this.#screen.touch("began", 0, x, y);
	}

	touchMoved(x: number, y: number): void {
		this.#screen.touch("moved", 0, x, y);
	}

	touchEnded(x: number, y: number): void {
		this.#isHeld = false;
		this.#screen.touch("ended", 0, x, y);
	}

	close(): void {
		this.#screen.close();
	}
}
