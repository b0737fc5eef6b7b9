// The other end of an app in the simulator: takes its results, and gives it what it asks for of this process.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fromWire, toWire } from "./wire-values";

export interface TestResult {
	name: string;
	failure?: string;
	/** Why it was not run. */
	skipped?: string;
	/** What a person may want to know. */
	note?: string;
}

/** Something that an app may call: plain data, and methods that return promises. */
export interface Peers {
	close?(): Promise<void>;
}

export interface ControlServerOptions {
	/** Makes what the app asks for by that name. */
	open(kind: string): Promise<object>;
	/** The app asks for something: it lives. */
	onHeard(): void;
	onResult(result: TestResult): void;
	onDone(): void;
}

interface CallRequest {
	object: number;
	method: string;
	args: unknown[];
}

export class ControlServer {
	readonly #options: ControlServerOptions;
	readonly #server: Server;
	readonly #objects = new Map<number, object>();
	/** What was opened, and all that came of it. */
	readonly #families = new Map<number, number[]>();
	#lastId = 0;

	static async start(options: ControlServerOptions): Promise<ControlServer> {
		const control = new ControlServer(options);
		await new Promise<void>((resolve) => control.#server.listen(0, "127.0.0.1", resolve));
		return control;
	}

	private constructor(options: ControlServerOptions) {
		this.#options = options;
		this.#server = createServer((request, response) => void this.#answer(request, response));
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		for (const id of [...this.#families.keys()]) await this.#close(id);
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			this.#options.onHeard();
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const value = await this.#handle(request.url ?? "", JSON.parse(Buffer.concat(chunks).toString()));
			response.end(JSON.stringify({ value }));
		} catch (error) {
			response.statusCode = 500;
			response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
		}
	}

	async #handle(path: string, body: unknown): Promise<unknown> {
		switch (path) {
			case "/result":
				this.#options.onResult(body as TestResult);
				return {};
			case "/done":
				this.#options.onDone();
				return {};
			case "/open": {
				const { kind } = body as { kind: string };
				const peers = await this.#options.open(kind);
				const family: number[] = [];
				const value = toWire(peers, (object) => this.#register(object, family));
				this.#families.set(family[0] ?? 0, family);
				return value;
			}
			case "/call":
				return this.#call(body as CallRequest);
			case "/close":
				await this.#close((body as { object: number }).object);
				return {};
			default:
				throw new Error(`there is nothing at ${path}`);
		}
	}

	async #call({
		object,
		method,
		args,
	}: {
		object: number;
		method: string;
		args: unknown[];
	}): Promise<unknown> {
		const target = this.#objects.get(object) as Record<string, (...args: unknown[]) => unknown> | undefined;
		const family = [...this.#families.values()].find((ids) => ids.includes(object)) ?? [];
		if (target === undefined) throw new Error(`${method} of something that is gone`);
		const value = await target[method]?.(...args.map(fromWire));
		return toWire(value, (created) => this.#register(created, family));
	}

	#register(object: object, family: number[]): number {
		this.#lastId += 1;
		this.#objects.set(this.#lastId, object);
		family.push(this.#lastId);
		return this.#lastId;
	}

	async #close(id: number): Promise<void> {
		const peers = this.#objects.get(id) as Peers | undefined;
		for (const member of this.#families.get(id) ?? []) this.#objects.delete(member);
		this.#families.delete(id);
		await peers?.close?.();
	}
}
