// Asks a printer in LAN mode to let us in: two questions by HTTP, and what to connect with.

import type { Clock } from "../../../platform/clock";
import type { HttpClientPort, HttpClientRequest } from "../../../platform/http";
import { PortError } from "../../../platform/port-error";
import type { Random } from "../../../platform/random";
import { ANYCUBIC_LAN_PORT } from "../../printer-makers";
import { randomText } from "../client-id";
import { controlUrl, type HandshakeMeans, type LanSession, readAnswer, readInfo } from "./handshake";
import { LanError } from "./lan-error";

/** Of all printers with LAN mode. */
export const LAN_PORT = ANYCUBIC_LAN_PORT;
const ANSWER_MS = 10_000;
/** With a certificate and its key. */
const MAX_ANSWER_BYTES = 16 * 1024;
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const OK = 200;
/** Any moment will do as long as the device does not know the time. */
const SOME_MOMENT_MS = 1_700_000_000_000;

export interface LanMeans extends HandshakeMeans {
	clock: Clock;
	random: Random;
	http: HttpClientPort;
}

/** Rejects with a {@link LanError}, and with nothing else. `port` is that of the first question. */
export async function shakeHands(means: LanMeans, host: string, port = LAN_PORT): Promise<LanSession> {
	const { clock, random } = means;
	const info = readInfo(await ask(means, { method: "GET", url: `http://${host}:${port}/info` }), host);
	const url = controlUrl(
		info,
		host,
		{
			nonce: randomText(random, LETTERS, 6),
			did: randomText(random, CAPITALS, 32),
			timestampMs: Math.round(clock.wallTime() ?? SOME_MOMENT_MS + clock.now()),
		},
		means,
	);
	return readAnswer(await ask(means, { method: "POST", url, body: "" }), info, host, means);
}

async function ask(
	{ http, text }: LanMeans,
	request: Pick<HttpClientRequest, "method" | "url" | "body">,
): Promise<string> {
	try {
		const { status, body } = await http.request({
			...request,
			timeoutMs: ANSWER_MS,
			maxBodyBytes: MAX_ANSWER_BYTES,
		});
		if (status === OK) return text.decode(body);
		throw new LanError("no_kobra", `what answers is no Anycubic printer with LAN mode (${status})`);
	} catch (cause) {
		if (cause instanceof LanError) throw cause;
		const words = cause instanceof PortError ? cause.message : String(cause);
		throw new LanError("unreachable", words, cause);
	}
}
