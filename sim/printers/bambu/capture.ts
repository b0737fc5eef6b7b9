// Reads recorded printer traffic: a JSON file with whole reports, or JSON Lines with a time at each message.

import { readFile } from "node:fs/promises";
import { isJsonObject, type JsonObject, parseJson } from "./json";

/**
 * Why a capture cannot be played.
 *
 * - `unreadable`: the file is not there or may not be read
 * - `not_json`: the file or one of its lines is not JSON
 * - `bad_shape`: it is JSON, but not what a capture consists of
 * - `bad_time`: a line's time is missing, negative or earlier than the one before
 * - `no_full_report`: there are only changes, and nothing that they change
 */
export type CaptureErrorCode = "unreadable" | "not_json" | "bad_shape" | "bad_time" | "no_full_report";

export class CaptureError extends Error {
	override readonly name = "CaptureError";
	readonly code: CaptureErrorCode;
	readonly file: string;
	/** Counted from 1; `undefined` when the file as a whole is meant. */
	readonly line: number | undefined;

	constructor(
		code: CaptureErrorCode,
		message: string,
		{ file, line, cause }: { file: string; line?: number; cause?: unknown },
	) {
		const place = line === undefined ? file : `${file}, line ${line}`;
		super(`${place}: ${message}`, cause === undefined ? undefined : { cause });
		this.code = code;
		this.file = file;
		this.line = line;
	}
}

export interface CapturedMessage {
	/** After the start of the capture. */
	readonly atMs: number;
	/** As it was on the wire: `{"print": {…}}`. */
	readonly report: JsonObject;
}

export interface Capture {
	/** The first full status report, what is below `print`. */
	readonly firstFull: JsonObject;
	/** What is below `info`; `undefined` when the capture has no answer to `get_version`. */
	readonly version: JsonObject | undefined;
	/** In order of time. */
	readonly messages: readonly CapturedMessage[];
}

/** Between the changes of a capture that has no times of its own. */
export const untimedIntervalMs = 2000;

/** Reads and checks a file. Rejects with a {@link CaptureError}. */
export async function loadCapture(file: string): Promise<Capture> {
	let text: string;
	try {
		text = await readFile(file, "utf8");
	} catch (cause) {
		throw new CaptureError("unreadable", "the file cannot be read", { file, cause });
	}
	return parseCapture(text, file);
}

/** The format is told by the name: `.jsonl` has one message a line, anything else is one JSON object. */
export function parseCapture(text: string, file: string): Capture {
	return file.toLowerCase().endsWith(".jsonl") ? parseLines(text, file) : parseWhole(text, file);
}

/** A full status report says so with `msg` 0, or it is one of the many that have no `msg` but all the fields. */
export function isFullReport(report: JsonObject): boolean {
	const { print } = report;
	if (!isJsonObject(print) || !isStatus(report)) return false;
	return (
		print.msg === 0 || (print.msg === undefined && print.gcode_state !== undefined && isJsonObject(print.ams))
	);
}

/** A status report or changes to one, as against an answer to a command. */
export function isStatus(report: JsonObject): boolean {
	return isJsonObject(report.print) && report.print.command === "push_status";
}

function parseWhole(text: string, file: string): Capture {
	const value = parseJson(text);
	if (value === undefined) throw new CaptureError("not_json", "this is not JSON", { file });
	if (!isJsonObject(value)) throw new CaptureError("bad_shape", "a capture is a JSON object", { file });
	const { pushall, get_version: version } = value;
	if (pushall === undefined) {
		throw new CaptureError("no_full_report", 'there is no full report under "pushall"', { file });
	}
	const firstFull = unwrap(pushall, "print");
	if (firstFull === undefined || firstFull.gcode_state === undefined) {
		throw new CaptureError("bad_shape", '"pushall" is not a status report', { file });
	}
	const info = version === undefined ? undefined : unwrap(version, "info");
	if (version !== undefined && !Array.isArray(info?.module)) {
		throw new CaptureError("bad_shape", '"get_version" has no list "module"', { file });
	}
	const messages = Object.entries(value)
		.filter(([key]) => key.startsWith("push_"))
		.map(([key, delta], index) => {
			const print = unwrap(delta, "print");
			if (print === undefined) throw new CaptureError("bad_shape", `"${key}" is not a report`, { file });
			const report = { print: { ...print, command: "push_status", msg: 1 } };
			return { atMs: (index + 1) * untimedIntervalMs, report };
		});
	return { firstFull, version: info, messages };
}

/** What is below the section's name; the object itself where a capture leaves the section out. */
function unwrap(value: unknown, section: string): JsonObject | undefined {
	if (!isJsonObject(value as JsonObject)) return undefined;
	const object = value as JsonObject;
	if (!Object.hasOwn(object, section)) return object;
	const inner = object[section];
	return isJsonObject(inner) ? inner : undefined;
}

function parseLines(text: string, file: string): Capture {
	const messages: CapturedMessage[] = [];
	text.split("\n").forEach((content, index) => {
		if (content.trim() !== "") messages.push(parseLine(content, file, index + 1, messages.at(-1)?.atMs ?? 0));
	});
	const first = messages.find(({ report }) => isFullReport(report))?.report.print;
	if (!isJsonObject(first)) {
		throw new CaptureError("no_full_report", "no line holds a full status report", { file });
	}
	const version = messages.map(({ report }) => report.info).find(isJsonObject);
	return { firstFull: first, version, messages };
}

function parseLine(content: string, file: string, line: number, earliestMs: number): CapturedMessage {
	const value = parseJson(content);
	if (value === undefined) throw new CaptureError("not_json", "this is not JSON", { file, line });
	if (!isJsonObject(value) || !isJsonObject(value.report)) {
		throw new CaptureError("bad_shape", 'a line is {"t": seconds, "report": {…}}', { file, line });
	}
	const { t, report } = value;
	if (typeof t !== "number" || t < 0) {
		throw new CaptureError("bad_time", '"t" must be a number of seconds, 0 or more', { file, line });
	}
	const atMs = t * 1000;
	if (atMs < earliestMs) {
		throw new CaptureError("bad_time", '"t" is earlier than in the line before', { file, line });
	}
	if (!Object.values(report).every(isJsonObject)) {
		throw new CaptureError("bad_shape", '"report" must hold sections such as "print"', { file, line });
	}
	return { atMs, report };
}
