// What an answer that is no success, or no answer at all, means: a SpoolmanError with words for people.

import type { HttpClientResponse } from "../../platform/http";
import { PortError, type PortErrorCode } from "../../platform/port-error";
import { isRecord } from "../spool";
import { SpoolmanError, type SpoolmanErrorCode } from "./spoolman-error";

/** Of what an answer says is wrong. */
export const ERROR_NAMES: readonly string[] = Object.freeze(["message", "detail", "loc", "msg"]);

const LONGEST_WORDS = 160;
const MOST_DETAILS = 3;
const LONGEST_ADDRESS = 100;

/** For what the port rejects with. */
export function toSpoolmanError(error: unknown): SpoolmanError {
	if (error instanceof SpoolmanError) return error;
	if (!(error instanceof PortError))
		return new SpoolmanError("unreachable", "Spoolman cannot be asked.", { cause: error });
	const code = codeOf(error.code);
	return new SpoolmanError(code, sentenceOf(code, error), { cause: error });
}

/** `parsed`: the body, with {@link ERROR_NAMES}. `isSecret`: texts that must not be said. */
export function statusError(
	{ status, headers }: Pick<HttpClientResponse, "status" | "headers">,
	parsed: unknown,
	isSecret: (text: string) => boolean,
): SpoolmanError {
	const said = wordsOf(parsed);
	const words = said === undefined || isSecret(said) ? "" : `: ${plain(said, LONGEST_WORDS)}`;
	const fail = (code: SpoolmanErrorCode, message: string): SpoolmanError =>
		new SpoolmanError(code, message, { status });
	if (status >= 300 && status < 400) return fail("not_spoolman", redirectWords(headers.location, isSecret));
	if (status === 401 || status === 403 || status === 407)
		return fail(
			"refused",
			`Spoolman, or a proxy before it, refuses this (${status}${words}). Check the API key.`,
		);
	if (status === 404) {
		// Another 404 is that of a page, not of a spool.
		if (isRecord(parsed) && typeof parsed.message === "string")
			return fail("not_found", `Spoolman does not have that (404${words}).`);
		return fail(
			"not_spoolman",
			"There is no Spoolman under that address (404). Check host, port and path, or update Spoolman.",
		);
	}
	if (status >= 500 || status === 408 || status === 429)
		return fail("unavailable", `Spoolman cannot do that at the moment (${status}${words}). Try again later.`);
	if (status >= 400) return fail("invalid", `Spoolman does not take that (${status}${words}).`);
	return notSpoolman(status);
}

/** For an answer that cannot be understood. */
export function notSpoolman(status?: number): SpoolmanError {
	return new SpoolmanError(
		"not_spoolman",
		"What answers under that address cannot be understood: it is no Spoolman, or one of another version. Check host, port and path.",
		status === undefined ? {} : { status },
	);
}

function codeOf(code: PortErrorCode): SpoolmanErrorCode {
	switch (code) {
		case "timeout":
			return "timeout";
		case "too_large":
			return "too_large";
		case "protocol":
			return "not_spoolman";
		case "invalid":
			return "invalid";
		default:
			return "unreachable";
	}
}

/** A port's message names host and port, and nothing secret. */
function sentenceOf(code: SpoolmanErrorCode, { message }: PortError): string {
	const about = `(${plain(message, LONGEST_WORDS)})`;
	switch (code) {
		case "timeout":
			return `Spoolman did not answer in time ${about}. Check that it is well, and the network.`;
		case "too_large":
			return `Spoolman's answer is longer than there is room for ${about}. Shorten comments and extra fields there.`;
		case "not_spoolman":
			return `What answers under that address is no Spoolman ${about}. Check host, port and path.`;
		case "invalid":
			return `Spoolman cannot be asked like that ${about}. Check the address.`;
		default:
			return `Spoolman cannot be reached ${about}. Check that it runs, and the address: its port is usually 7912.`;
	}
}

function redirectWords(location: string | undefined, isSecret: (text: string) => boolean): string {
	const begin = "That address leads on to another one";
	const target = location?.split(/[?#]/)[0] ?? "";
	if (/^https:/i.test(target))
		return `${begin} with https, which this device does not speak. Enter Spoolman's own http address.`;
	if (!/^http:\/\/[^@]+$/i.test(target) || isSecret(target)) return `${begin}. Enter the final address.`;
	return `${begin}, ${plain(target, LONGEST_ADDRESS)}. Enter the final address.`;
}

/** Of both shapes: `message`, a sentence; `detail`, a sentence or a list of what is wrong where. */
function wordsOf(parsed: unknown): string | undefined {
	if (!isRecord(parsed)) return undefined;
	const { message, detail } = parsed;
	if (typeof message === "string") return message;
	if (typeof detail === "string") return detail;
	if (!Array.isArray(detail)) return undefined;
	const parts = detail.slice(0, MOST_DETAILS).flatMap((part: unknown) => {
		if (!isRecord(part) || typeof part.msg !== "string") return [];
		const where = Array.isArray(part.loc) ? part.loc.filter(isPlace).slice(1).join(".") : "";
		return [where === "" ? part.msg : `${where}: ${part.msg}`];
	});
	return parts.length === 0 ? undefined : parts.join("; ");
}

function isPlace(value: unknown): value is string | number {
	return typeof value === "string" || typeof value === "number";
}

/** One line of bounded length. */
function plain(text: string, longest: number): string {
	const line = [
		...text
			.slice(0, 2 * longest)
			.replace(/[^\x20-\x7e\u00a0-\uffff]+/g, " ")
			.trim(),
	];
	const short = line.length > longest ? `${line.slice(0, longest).join("")}…` : line.join("");
	return short.endsWith(".") ? short.slice(0, -1) : short;
}
