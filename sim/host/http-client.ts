// HTTP client on node:http: one connection a request.

import { type ClientRequest, request } from "node:http";
import type { HttpClientPort, HttpClientRequest, HttpClientResponse } from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import { plainHeaders } from "./http-messages";
import { type ConnectionPhase, toPortError } from "./port-errors";
import { startTimeout } from "./timeouts";

export function createHttpClient(): HttpClientPort {
	return { request: async (options) => send(options, parseUrl(options.url)) };
}

function parseUrl(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol !== "http:")
		throw new PortError("invalid", "an address must begin with http:// and a host");
	return url;
}

function start(url: URL, { method, headers = {} }: HttpClientRequest): ClientRequest {
	try {
		return request(url, { method, headers, agent: false });
	} catch (error) {
		throw toPortError(error, "connect", url.host);
	}
}

function send(options: HttpClientRequest, url: URL): Promise<HttpClientResponse> {
	const { method, body, timeoutMs, maxBodyBytes } = options;
	// Neither path nor query: they may hold a secret.
	const about = url.host;
	return new Promise((resolve, reject) => {
		let phase: ConnectionPhase = "connect";
		const sent = start(url, options);
		const fail = (error: unknown): void => {
			timer.cancel();
			reject(toPortError(error, phase, about));
			sent.destroy();
		};
		const timer = startTimeout(timeoutMs, () => {
			fail(
				phase === "connect"
					? new PortError("unreachable", `${about}: nothing answered within ${timeoutMs} ms`)
					: new PortError("timeout", `${about}: the answer was not complete after ${timeoutMs} ms`),
			);
		});

		sent.on("error", fail);
		sent.once("socket", (socket) => {
			socket.once("connect", () => {
				phase = "open";
			});
		});
		// An answer in another protocol, which nobody has asked for.
		sent.once("upgrade", () => fail(new PortError("protocol", `${about}: the answer is not HTTP`)));
		sent.once("response", (response) => {
			const chunks: Uint8Array[] = [];
			let length = 0;
			response.on("data", (chunk: Uint8Array) => {
				length += chunk.length;
				chunks.push(chunk);
				if (length > maxBodyBytes) fail(tooLarge(about, maxBodyBytes));
			});
			response.once("error", fail);
			response.once("end", () => {
				timer.cancel();
				resolve({
					status: response.statusCode ?? 0,
					headers: plainHeaders(response.headers),
					body: Buffer.concat(chunks),
				});
			});
			if (method !== "HEAD" && Number(response.headers["content-length"]) > maxBodyBytes) {
				fail(tooLarge(about, maxBodyBytes));
			}
		});
		sent.end(body);
	});
}

function tooLarge(about: string, maxBodyBytes: number): PortError {
	return new PortError("too_large", `${about}: the answer has more than ${maxBodyBytes} bytes`);
}
