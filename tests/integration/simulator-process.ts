// `npm start` as a person starts it: a process of its own, its output, its exit code.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeviceState } from "../../modules/device-state";

const START_LIMIT_MS = 30_000;

export class SimulatorProcess {
	readonly storage: string;
	output = "";
	readonly #ownStorage: boolean;
	readonly #process: ChildProcess;
	readonly #port: number;

	constructor({ port, args = [], storage }: { port: number; args?: string[]; storage?: string }) {
		this.#port = port;
		this.#ownStorage = storage === undefined;
		this.storage = storage ?? mkdtempSync(join(tmpdir(), "culm-storage-"));
		this.#process = spawn(
			process.execPath,
			["--import", "tsx", "sim/main.ts", "--port", String(port), "--storage", this.storage, ...args],
			{ stdio: ["ignore", "pipe", "pipe"] },
		);
		for (const stream of [this.#process.stdout, this.#process.stderr])
			stream?.on("data", (text: Buffer) => {
				this.output += text.toString();
			});
	}

	/** Resolves once it says that it runs. */
	async started(): Promise<void> {
		await until(() => {
			if (this.#process.exitCode !== null) throw new Error(`it ended:\n${this.output}`);
			return this.output.includes("Ctrl-C");
		}, START_LIMIT_MS);
	}

	async state(): Promise<DeviceState> {
		const response = await fetch(`http://127.0.0.1:${this.#port}/api/state`);
		return (await response.json()) as DeviceState;
	}

	/** Resolves with the exit code. */
	async ended(): Promise<number | null> {
		if (this.#process.exitCode === null && this.#process.signalCode === null)
			await once(this.#process, "exit");
		return this.#process.exitCode;
	}

	/** Ctrl-C. */
	async interrupt(): Promise<number | null> {
		this.#process.kill("SIGINT");
		return this.ended();
	}

	async remove(): Promise<void> {
		this.#process.kill("SIGKILL");
		await this.ended();
		if (this.#ownStorage) rmSync(this.storage, { recursive: true, force: true });
	}
}

/** Asks again and again until the answer is yes. Rejects when it is not within the limit. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
	const giveUpAt = Date.now() + limitMs;
	while (!(await condition())) {
		if (Date.now() > giveUpAt) throw new Error(`not so within ${limitMs} ms`);
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}
