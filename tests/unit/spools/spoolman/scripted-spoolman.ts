// An HTTP port that answers as a test says, and a client on it.

import assert from "node:assert/strict";
import type {
	HttpClientPort,
	HttpClientRequest,
	HttpClientResponse,
} from "../../../../modules/platform/http";
import type { PortError } from "../../../../modules/platform/port-error";
import {
	SpoolmanClient,
	type SpoolmanClientOptions,
} from "../../../../modules/spools/spoolman/spoolman-client";
import { SpoolmanError, type SpoolmanErrorCode } from "../../../../modules/spools/spoolman/spoolman-error";
import { ManualClock } from "../../../fakes/manual-clock";
import { textCodec } from "../../../fakes/text-codec";

export const ROOT = "http://192.168.1.5:7912/api/v1";

export interface ScriptedAnswer {
	status?: number;
	headers?: Record<string, string>;
	/** As it is sent; anything but a text is made JSON. */
	body?: unknown;
}

export type Script = (request: HttpClientRequest) => ScriptedAnswer | PortError | Promise<ScriptedAnswer>;

export class ScriptedSpoolman implements HttpClientPort {
	readonly requests: HttpClientRequest[] = [];
	#script: Script;

	constructor(script: Script) {
		this.#script = script;
	}

	/** "GET /spool/1", without what is in front of it. */
	get lines(): string[] {
		return this.requests.map(({ method, url }) => {
			assert.ok(url.startsWith(ROOT), url);
			return `${method} ${url.slice(ROOT.length)}`;
		});
	}

	get bodies(): unknown[] {
		return this.requests.map(({ body }) => (typeof body === "string" ? JSON.parse(body) : undefined));
	}

	async request(request: HttpClientRequest): Promise<HttpClientResponse> {
		this.requests.push(request);
		const answer = await this.#script(request);
		if (answer instanceof Error) throw answer;
		const { status = 200, headers = {}, body = "" } = answer;
		const text = typeof body === "string" ? body : JSON.stringify(body);
		return { status, headers, body: textCodec.encode(text) };
	}
}

/** Each request gets the next answer; the last one stays. */
export function inTurn(...answers: (ScriptedAnswer | PortError)[]): Script {
	let next = 0;
	return () => {
		const answer = answers[Math.min(next++, answers.length - 1)];
		assert.ok(answer);
		return answer;
	};
}

export function clientOf(script: Script, options: Partial<SpoolmanClientOptions> = {}) {
	const http = new ScriptedSpoolman(script);
	const clock = new ManualClock({ wallTimeMs: Date.UTC(2026, 10, 20, 18, 10, 16) });
	const client = new SpoolmanClient({
		http,
		clock,
		text: textCodec,
		url: "192.168.1.5:7912",
		apiKey: "",
		tagField: "tag",
		...options,
	});
	return { http, clock, client };
}

/** As Spoolman says it. */
export function spoolJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		id: 1,
		registered: "2026-11-20T18:10:16Z",
		filament: {
			id: 1,
			name: "PLA Basic Red",
			vendor: { id: 1, name: "Bambu Lab", extra: {} },
			material: "PLA",
			density: 1.26,
			diameter: 1.75,
			weight: 1000,
			color_hex: "ff0000",
			extra: {},
		},
		remaining_weight: 800,
		initial_weight: 1000,
		used_weight: 200,
		archived: false,
		extra: {},
		...changes,
	};
}

/** The error that a promise rejects with, of that code. */
export async function failureOf(promise: Promise<unknown>, code: SpoolmanErrorCode): Promise<SpoolmanError> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof SpoolmanError, `rejected with ${String(error)}`);
	assert.equal(error.code, code, error.message);
	return error;
}

/** Lets everything happen that waits for nothing but promises. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
