// One XS engine in a process of its own. It speaks netstrings (`LENGTH:BYTES,`) over two pipes.

import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** What the engine metered while it did what it was told. */
export interface Meter {
	/** XS computrons: about one for each bytecode. */
	compute: number;
	/** Slots in use; garbage counts until it is collected. */
	currentHeapCount: number;
}

export interface Answer {
	bytes: Buffer;
	meter: Meter;
}

export interface XsWorkerOptions {
	/** The engine's program. */
	path: string;
	/** A heap to begin with, as `snapshot` wrote it. */
	snapshotPath?: string;
	/** Answers what the engine asks with `issueCommand`. */
	onAsked?(question: Buffer): Uint8Array;
}

/** How the engine's process ends when it cannot go on. */
const EXITS: Readonly<Record<number, string>> = {
	11: "not enough memory",
	12: "stack overflow",
	15: "unhandled exception",
	16: "no more property keys",
	17: "too much computation",
};

export class XsWorker {
	readonly #process: ChildProcess;
	readonly #options: XsWorkerOptions;
	#received: Buffer = Buffer.alloc(0);
	#waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

	constructor(options: XsWorkerOptions) {
		this.#options = options;
		const restored = options.snapshotPath ? ["-r", options.snapshotPath] : [];
		// An interval of 1 switches the meter on; without a limit it only counts.
		this.#process = spawn(options.path, ["culm", "-i", "1", ...restored], {
			stdio: ["ignore", "inherit", "inherit", "pipe", "pipe"],
		});
		(this.#process.stdio[4] as Readable).on("data", (bytes: Buffer) => this.#take(bytes));
		// A worker that is gone is told by its exit.
		(this.#process.stdio[3] as Writable).on("error", () => {});
		this.#process.on("error", (error) => this.#fail(error));
		this.#process.on("exit", (code, signal) =>
			this.#fail(new Error(`XS ended: ${EXITS[code ?? -1] ?? signal ?? `exit code ${code}`}`)),
		);
	}

	/** Runs a script. Rejects with what it throws. */
	evaluate(script: string): Promise<Answer> {
		return this.#request(Buffer.from(`e${script}`));
	}

	/** Calls the script's global `handleCommand` with an ArrayBuffer and waits until no promise job is left. */
	command(bytes: Uint8Array): Promise<Answer> {
		return this.#request(Buffer.concat([Buffer.from("?"), bytes]));
	}

	/** Collects garbage and writes the heap to a file. */
	snapshot(path: string): Promise<Answer> {
		return this.#request(Buffer.from(`w${path}`));
	}

	/** May be called any number of times. */
	close(): void {
		this.#fail(new Error("the worker was closed"));
		this.#process.kill("SIGKILL");
	}

	#request(message: Buffer): Promise<Answer> {
		if (this.#waiting) throw new Error("the worker is busy");
		if (this.#process.exitCode !== null || this.#process.signalCode !== null)
			throw new Error("the worker has ended");
		return new Promise((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#send(message);
		});
	}

	#send(message: Buffer): void {
		const pipe = this.#process.stdio[3] as Writable;
		pipe.write(Buffer.concat([Buffer.from(`${message.length}:`), message, Buffer.from(",")]));
	}

	#take(bytes: Buffer): void {
		this.#received = Buffer.concat([this.#received, bytes]);
		for (;;) {
			const colon = this.#received.indexOf(":");
			if (colon < 0) return;
			const start = colon + 1;
			const end = start + Number(this.#received.toString("latin1", 0, colon));
			if (this.#received.length <= end) return;
			const message = this.#received.subarray(start, end);
			this.#received = this.#received.subarray(end + 1);
			this.#handle(message.toString("latin1", 0, 1), message.subarray(1));
		}
	}

	#handle(kind: string, body: Buffer): void {
		if (kind === "?") {
			const answer = this.#options.onAsked?.(body) ?? new Uint8Array();
			this.#send(Buffer.concat([Buffer.from("/"), answer]));
			return;
		}
		const waiting = this.#waiting;
		this.#waiting = undefined;
		if (kind === ".") {
			const meterEnd = body.indexOf(1);
			const meter = JSON.parse(body.toString("utf8", 0, Math.max(0, meterEnd)) || "{}") as Meter;
			waiting?.resolve({ bytes: body.subarray(meterEnd + 1), meter });
		} else {
			waiting?.reject(new Error(body.toString("utf8")));
		}
	}

	#fail(error: Error): void {
		this.#waiting?.reject(error);
		this.#waiting = undefined;
	}
}
