// `npm run kobra` as a person starts it: a process of its own, its output, its exit code.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { until } from "./simulator-process";

const START_LIMIT_MS = 30_000;

export class KobraProcess {
	output = "";
	readonly #process: ChildProcess;

	constructor(args: readonly string[]) {
		this.#process = spawn(process.execPath, ["--import", "tsx", "sim/printers/anycubic/main.ts", ...args], {
			stdio: ["ignore", "pipe", "pipe"],
		});
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

	/** No goodbye. */
	async kill(): Promise<void> {
		this.#process.kill("SIGKILL");
		await this.ended();
	}
}
