// Drives one way of taking in reports on XS, and measures it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XsWorker } from "../worker";
import type { DeviceParts, Measured } from "./device";
import { difference, type Heap, liveHeap, reservedHeap, tighten } from "./heap";

/** What an MQTT client hands over at once: about one TCP segment, in the device's buffer. */
const PIECE_BYTES = 1_024;

export interface SubjectOptions {
	enginePath: string;
	/** `device.ts` and all it needs. */
	script: string;
	/** Of the firmware; `undefined`: the naive way. */
	parts: DeviceParts | undefined;
}

export interface Cost {
	computrons: number;
	/** Bytes that went to all pages and clients together. */
	sentBytes: number;
}

/** Above the code and the builtins, which are in flash on the device. */
export interface Memory {
	/** Started, with all pages and clients, before the message. */
	before: Heap;
	/** The most while the message came in. */
	peak: Heap;
	/** What stayed of it. */
	after: Heap;
}

export class BenchSubject {
	readonly #options: SubjectOptions;
	readonly #folder = mkdtempSync(join(tmpdir(), "culm-bench-"));
	#worker: XsWorker;
	#code: Heap = { slots: 0, chunkBytes: 0 };
	#sentBytes = 0;

	private constructor(options: SubjectOptions) {
		this.#options = options;
		this.#worker = new XsWorker({ path: options.enginePath });
	}

	static async start(options: SubjectOptions): Promise<BenchSubject> {
		const subject = new BenchSubject(options);
		await subject.#worker.evaluate(options.script);
		subject.#code = (await subject.#snapshot("code")).live;
		if (options.parts) await subject.#command("C", Buffer.from(JSON.stringify(options.parts)));
		else await subject.#command("N", new Uint8Array());
		return subject;
	}

	/** Hands over a message; a long one in pieces. */
	async take(message: Uint8Array, pieceBytes: number = PIECE_BYTES): Promise<Cost> {
		const cost: Cost = { computrons: 0, sentBytes: 0 };
		for (let at = 0; at < message.length; at += pieceBytes) {
			const piece = message.subarray(at, at + pieceBytes);
			const remaining = uint32(message.length - at - piece.length);
			const { computrons } = await this.#command("m", Buffer.concat([remaining, piece]));
			cost.computrons += computrons;
		}
		return cost;
	}

	/** Hands over whole messages, the same ones several times; tells how long the quickest time took for each. */
	async secondsForEach(messages: readonly Uint8Array[], rounds: number): Promise<number> {
		const packed = Buffer.concat(messages.flatMap((message) => [uint32(message.length), message]));
		let quickest = Number.POSITIVE_INFINITY;
		for (let round = 0; round < rounds; round++) {
			const before = performance.now();
			await this.#command("r", packed);
			quickest = Math.min(quickest, performance.now() - before);
		}
		return quickest / 1000 / messages.length;
	}

	/** Messages are from that printer from now on. */
	select(index: number): Promise<Cost> {
		return this.#command("s", Uint8Array.of(index));
	}

	/** Time goes by. */
	pass(elapsedMs: number): Promise<Cost> {
		return this.#command("p", uint32(elapsedMs));
	}

	/** What lives, at rest, above the code. */
	async atRest(): Promise<Heap> {
		return difference((await this.#snapshot("rest")).live, this.#code);
	}

	/** So many clients come and go, one after the other. */
	visits(count: number): Promise<Cost> {
		return this.#command("v", uint32(count));
	}

	/** A client of the Panda Breath protocol asks for everything. */
	ask(): Promise<Cost> {
		return this.#command("a", new Uint8Array());
	}

	/** Hands over a message while memory is so tight that nothing but the need makes it grow. */
	async memoryOfTaking(message: Uint8Array): Promise<Memory> {
		const { path, live } = await this.#snapshot("before");
		tighten(path, live);
		this.#worker.close();
		this.#worker = new XsWorker({ path: this.#options.enginePath, snapshotPath: path });
		await this.take(message);
		const after = await this.#snapshot("after");
		return {
			before: difference(live, this.#code),
			peak: difference(reservedHeap(after.path), this.#code),
			after: difference(after.live, this.#code),
		};
	}

	/** May be called any number of times. */
	close(): void {
		this.#worker.close();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #command(letter: string, bytes: Uint8Array): Promise<Cost> {
		const { bytes: answer } = await this.#worker.command(Buffer.concat([Buffer.from(letter), bytes]));
		const { computrons, sentBytes } = JSON.parse(answer.toString("utf8")) as Measured;
		const cost = { computrons, sentBytes: sentBytes - this.#sentBytes };
		this.#sentBytes = sentBytes;
		return cost;
	}

	async #snapshot(name: string): Promise<{ path: string; live: Heap }> {
		const path = join(this.#folder, `${name}.xss`);
		const { meter } = await this.#worker.snapshot(path);
		return { path, live: liveHeap(path, meter.currentHeapCount) };
	}
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}
