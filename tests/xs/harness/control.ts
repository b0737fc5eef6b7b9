// The thread between an app in the simulator and the script that started it: results one way, peers the other.

import { openFolder, readFile } from "platform/xs/host/files";
import { surviveBrokenPipes } from "platform/xs/host/process";
import type { HttpClientPort } from "../../../modules/platform/http";
import type { TextCodec } from "../../../modules/platform/text-codec";
import { fromWire, type Remote, toWire } from "./values";

export interface ControlOptions {
	http: HttpClientPort;
	text: TextCodec;
}

/** What the script left in the app's folder. */
interface Start {
	control: string;
	/** A regular expression: only cases whose names fit are run. */
	only?: string;
	/** How often cases do what they do many times. */
	rounds?: number;
}

const TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export class Control {
	readonly #http: HttpClientPort;
	readonly #text: TextCodec;
	readonly #url: string;
	readonly #only: RegExp | undefined;
	readonly rounds: number;

	constructor({ http, text }: ControlOptions) {
		surviveBrokenPipes();
		this.#http = http;
		this.#text = text;
		const bytes = readFile(openFolder(), "start.json") ?? new Uint8Array(0);
		const { control, only, rounds = 20 } = JSON.parse(text.decode(bytes)) as Start;
		this.#url = control;
		this.rounds = rounds;
		this.#only = only === undefined ? undefined : new RegExp(only);
	}

	isWanted(name: string): boolean {
		return this.#only?.test(name) ?? true;
	}

	/** `skipped` says why a case was not run, `note` what a person may want to know of it. */
	async tell(name: string, outcome: { failure?: string; skipped?: string; note?: string }): Promise<void> {
		await this.#post("/result", { name, ...outcome });
	}

	async done(): Promise<void> {
		await this.#post("/done", {});
	}

	/** Something on the other side that cases may call: plain data and methods that return promises. */
	async open(kind: string): Promise<Remote> {
		return this.#receive(await this.#post("/open", { kind }));
	}

	/** Ends all that came of an `open`. */
	async close(remote: Remote): Promise<void> {
		await this.#post("/close", { object: remote.remoteId });
	}

	#receive(answer: unknown): Remote {
		return fromWire(answer, (object, method, args) => this.#call(object, method, args)) as Remote;
	}

	async #call(object: number, method: string, args: unknown[]): Promise<unknown> {
		return this.#receive(await this.#post("/call", { object, method, args: args.map(toWire) }));
	}

	async #post(path: string, body: unknown): Promise<unknown> {
		// From here on with an empty stack: what is measured are the ports and the firmware, not the cases.
		await undefined;
		const response = await this.#http.request({
			method: "POST",
			url: this.#url + path,
			body: JSON.stringify(body),
			timeoutMs: TIMEOUT_MS,
			maxBodyBytes: MAX_ANSWER_BYTES,
		});
		const answer = JSON.parse(this.#text.decode(response.body));
		if (response.status !== 200) throw new Error(`${path}: ${answer.error}`);
		return answer.value;
	}
}
