// Asks Spoolman one thing at a time, and again where that is safe.

import type { Clock } from "../../platform/clock";
import type { HttpClientPort, HttpClientResponse } from "../../platform/http";
import type { TextCodec } from "../../platform/text-codec";
import { ERROR_NAMES, notSpoolman, statusError, toSpoolmanError } from "./answer-errors";
import { parseAnswer } from "./answer-json";
import { type Credentials, credentialsOf } from "./api-key";
import { SpoolmanError } from "./spoolman-error";
import { parseSpoolmanUrl } from "./spoolman-url";
import { Turns } from "./turns";

export interface SpoolmanHttpOptions {
	http: HttpClientPort;
	text: TextCodec;
	clock: Clock;
	/** As it was entered. A wrong one makes every request fail with `invalid`. */
	url: string;
	/** "": none. */
	apiKey: string;
	/** Of one request. */
	timeoutMs: number;
}

export interface SpoolmanRequest {
	/** PATCH only with values that may be written twice: it is repeated, as GET is, and the others are not. */
	method: "GET" | "POST" | "PUT" | "PATCH";
	/** Behind the API's own, with the query. */
	path: string;
	body?: Readonly<Record<string, unknown>>;
	/** Of the properties wanted of the answer. */
	names: readonly string[];
}

export interface SpoolmanAnswer {
	/** JSON of unknown shape. */
	value: unknown;
	/** Of a list: how many there are on all pages. */
	total?: number;
}

/** 20 spools of the usual size take 18 KB; one with every comment filled takes 15. */
const MAX_BODY_BYTES = 32 * 1024;
const RETRY_AFTER_MS = 1000;

export class SpoolmanHttp {
	private readonly options: SpoolmanHttpOptions;
	readonly #url: string | undefined;
	readonly #credentials: Credentials | undefined;
	private readonly turns = new Turns();
	private endPause: (() => void) | undefined;

	constructor(options: SpoolmanHttpOptions) {
		this.options = options;
		const parsed = parseSpoolmanUrl(options.url);
		this.#url = parsed.ok ? parsed.url : undefined;
		this.#credentials = credentialsOf(options.apiKey, options.text);
	}

	/** Rejects with a {@link SpoolmanError}. */
	request(request: SpoolmanRequest): Promise<SpoolmanAnswer> {
		return this.turns.run(async () => {
			try {
				return await this.attempt(request);
			} catch (error) {
				const failure = toSpoolmanError(error);
				const isSafe = request.method === "GET" || request.method === "PATCH";
				if (!isSafe || !failure.isPassing || this.turns.isClosed) throw failure;
				await this.pause();
				if (this.turns.isClosed) throw failure;
			}
			try {
				return await this.attempt(request);
			} catch (error) {
				throw toSpoolmanError(error);
			}
		});
	}

	/** What waits is rejected, what is on its way comes to its end. */
	close(): Promise<void> {
		const closed = this.turns.close();
		this.endPause?.();
		return closed;
	}

	private async attempt({ method, path, body, names }: SpoolmanRequest): Promise<SpoolmanAnswer> {
		const { http, timeoutMs, text } = this.options;
		const response = await http.request({
			method,
			url: this.url + path,
			headers: { "Content-Type": "application/json", ...this.credentials.headers },
			...(body && { body: JSON.stringify(body) }),
			timeoutMs,
			maxBodyBytes: MAX_BODY_BYTES,
		});
		const { status } = response;
		if (status < 200 || status >= 300) throw this.failure(response);
		const value = parseAnswer(response.body, text, names);
		if (value === undefined) throw notSpoolman(status);
		const total = totalOf(response);
		return total === undefined ? { value } : { value, total };
	}

	private failure(response: HttpClientResponse): SpoolmanError {
		const parsed = parseAnswer(response.body, this.options.text, ERROR_NAMES);
		return statusError(response, parsed, this.credentials.isIn);
	}

	private get url(): string {
		if (this.#url !== undefined) return this.#url;
		const parsed = parseSpoolmanUrl(this.options.url);
		throw new SpoolmanError("invalid", parsed.ok ? "" : parsed.message);
	}

	private get credentials(): Credentials {
		if (this.#credentials) return this.#credentials;
		throw new SpoolmanError(
			"refused",
			"The API key has characters that cannot be sent. Enter it again, without spaces around it.",
		);
	}

	private pause(): Promise<void> {
		return new Promise((resolve) => {
			const timer = this.options.clock.after(RETRY_AFTER_MS, () => this.endPause?.());
			this.endPause = () => {
				this.endPause = undefined;
				timer.cancel();
				resolve();
			};
		});
	}
}

function totalOf({ headers }: HttpClientResponse): number | undefined {
	const text = headers["x-total-count"];
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
