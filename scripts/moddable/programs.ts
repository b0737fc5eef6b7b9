// Programs that the scripts start: their output, their end, and nothing left running behind them.

import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface ProgramOptions {
	environment: NodeJS.ProcessEnv;
	directory?: string;
	onOutput?(text: string): void;
}

/** How long a program is given to end by itself. */
const END_LIMIT_MS = 5000;

const running = new Set<Program>();
process.on("exit", () => {
	for (const program of running) program.kill();
});

/**
 * Makes Ctrl-C end this process in a way that also ends the programs it has started, at once and without asking them.
 * The returned function takes that back.
 */
export function endOnSignals(): () => void {
	const onInterrupt = (): void => process.exit(130);
	const onTerminate = (): void => process.exit(143);
	process.once("SIGINT", onInterrupt).once("SIGTERM", onTerminate);
	return () => void process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
}

/** A program and all that it starts, in a process group of their own, which does not outlive this process. */
export class Program {
	readonly #process: ChildProcess;
	/** Resolves with the exit code once it has ended; -1 when a signal ended it, or when it could not be started. */
	readonly ended: Promise<number>;

	constructor(
		command: string,
		args: readonly string[],
		{ environment, directory, onOutput }: ProgramOptions,
	) {
		this.#process = spawn(command, args, {
			cwd: directory,
			env: environment,
			// Input stays open: some tools end with it.
			stdio: ["pipe", "pipe", "pipe", "pipe"],
			detached: true,
		});
		for (const stream of [this.#process.stdout, this.#process.stderr])
			stream?.setEncoding("utf8").on("data", (text: string) => onOutput?.(text));
		running.add(this);
		this.ended = new Promise((resolve) => {
			this.#process.once("error", (error) => {
				onOutput?.(`${command}: ${error.message}\n`);
				running.delete(this);
				resolve(-1);
			});
			this.#process.once("exit", (code) => {
				running.delete(this);
				resolve(code ?? -1);
			});
		});
	}

	/** The first line that it writes to file descriptor 3. */
	async firstLine(): Promise<string | undefined> {
		const stream = this.#process.stdio[3];
		if (stream === null || stream === undefined || !("on" in stream)) return undefined;
		return new Promise((resolve) => {
			let text = "";
			stream.on("data", (piece: Buffer) => {
				text += piece.toString();
				if (text.includes("\n")) resolve(text.split("\n")[0]);
			});
			void this.ended.then(() => resolve(undefined));
		});
	}

	/** Ends the whole group. May be called any number of times. */
	async end(): Promise<void> {
		this.#signal("SIGTERM");
		const timer = setTimeout(() => this.kill(), END_LIMIT_MS);
		await this.ended;
		clearTimeout(timer);
		// Those that outlived their parent.
		this.kill();
	}

	/** At once. */
	kill(): void {
		this.#signal("SIGKILL");
	}

	#signal(signal: NodeJS.Signals): void {
		if (this.#process.pid === undefined) return;
		try {
			process.kill(-this.#process.pid, signal);
		} catch {
			// Nobody of the group is left.
		}
	}
}

/** Whether a command can be found in PATH. */
export function hasCommand(command: string, environment: NodeJS.ProcessEnv): boolean {
	return (environment.PATH ?? "").split(delimiter).some((directory) => {
		try {
			accessSync(join(directory, command), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}
