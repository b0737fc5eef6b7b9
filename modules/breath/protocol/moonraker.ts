// Whether Moonraker, the web side of a Klipper printer, answers at an address. Nothing else is asked of it yet.

import type { HttpClientPort } from "../../platform/http";

/**
 * - `answers`: Moonraker does, and Klipper behind it
 * - `klipper_down`: Moonraker does, Klipper does not, or Moonraker wants a password
 * - `nobody`: there is no Moonraker
 */
export type MoonrakerAnswer = "answers" | "klipper_down" | "nobody";

export interface Moonraker {
	name: string;
	host: string;
	port: number;
}

const TIMEOUT_MS = 5_000;
/** The answer has some 500 bytes. */
const MAX_ANSWER_BYTES = 4 * 1024;
/** In a local network; 254 addresses are through in less than a minute, after which pages give up. */
const SCAN_TIMEOUT_MS = 700;
/** lwIP has 16 connections for everything. */
const SCAN_AT_ONCE = 4;
const MAX_FOUND = 16;

const wantedKeys: string[] = ["result", "error", "hostname", "state"];
Object.freeze(wantedKeys);

/** Never rejects. */
export async function askMoonraker(
	http: HttpClientPort,
	{ host, port }: { host: string; port: number },
	timeoutMs = TIMEOUT_MS,
): Promise<{ answer: MoonrakerAnswer; hostname?: string }> {
	try {
		const response = await http.request({
			method: "GET",
			url: `http://${host.includes(":") ? `[${host}]` : host}:${port}/printer/info`,
			timeoutMs,
			maxBodyBytes: MAX_ANSWER_BYTES,
		});
		return readAnswer(response.status, response.body);
	} catch {
		return { answer: "nobody" };
	}
}

/** Asks every address of the /24 network around our own. Never rejects; `isWanted` false ends it early. */
export async function findMoonrakers(
	http: HttpClientPort,
	{ ownAddress, port, isWanted }: { ownAddress: string; port: number; isWanted(): boolean },
): Promise<Moonraker[]> {
	const parts = ownAddress.split(".");
	const own = Number(parts[3]);
	const network = parts.slice(0, 3).join(".");
	const found: Moonraker[] = [];
	let next = 1;
	const askSome = async (): Promise<void> => {
		while (next < 255 && found.length < MAX_FOUND && isWanted()) {
			const last = next++;
			if (last === own) continue;
			const host = `${network}.${last}`;
			const { answer, hostname } = await askMoonraker(http, { host, port }, SCAN_TIMEOUT_MS);
			if (answer !== "nobody") found.push({ name: hostname ?? "Klipper", host, port });
		}
	};
	if (parts.length === 4) await Promise.all(Array.from({ length: SCAN_AT_ONCE }, askSome));
	return found.slice(0, MAX_FOUND);
}

function readAnswer(status: number, body: Uint8Array): { answer: MoonrakerAnswer; hostname?: string } {
	// ASCII is enough for its keys, and saves a decoder.
	let text = "";
	for (const byte of body) text += String.fromCharCode(byte);
	const answer: unknown = JSON.parse(text, wantedKeys);
	if (typeof answer !== "object" || answer === null) return { answer: "nobody" };
	const { result, error } = answer as { result?: unknown; error?: unknown };
	if (typeof error === "object" && error !== null) return { answer: "klipper_down" };
	if (status !== 200 || typeof result !== "object" || result === null) return { answer: "nobody" };
	const { hostname } = result as { hostname?: unknown };
	const isName = typeof hostname === "string" && hostname.length > 0 && hostname.length <= 64;
	return { answer: "answers", ...(isName && { hostname }) };
}
