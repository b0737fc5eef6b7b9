// The list of files that a printer sends when it is asked for one.

import type { FilePlace, PrinterFile } from "../../printer-files";
import { ENVELOPE_KEYS, type Envelope, type EnvelopeRefusal, isOk, readEnvelope } from "../envelope";
import { finite, flag, isObject, plainText, type Values } from "./values";

const MOST_FILES = 200;
const MAX_NAME = 255;
/** Seconds reach it in the year 5138, milliseconds have passed it in 1973. */
const FIRST_MILLISECONDS = 1e11;

const FILE_KEYS: readonly string[] = Object.freeze([
	...ENVELOPE_KEYS,
	"records",
	"filename",
	"size",
	"timestamp",
	"is_dir",
]);

export interface FileReport {
	envelope: Envelope;
	/** Absent when the printer does not say whose files these are. */
	place?: FilePlace;
	/** The newest first, at most 200. Absent when the report is no list. */
	files?: PrinterFile[];
}

/** Of a report of the type `file` or `file_list`. */
export function readFileReport(text: string): FileReport | EnvelopeRefusal {
	const envelope = readEnvelope(text, FILE_KEYS);
	if (typeof envelope === "string") return envelope;
	const { action, data } = envelope;
	const report: FileReport = { envelope };
	if (action.includes("Local")) report.place = "local";
	else if (action.includes("Udisk")) report.place = "usb";
	if (isOk(envelope) && Array.isArray(data.records)) report.files = filesOf(data.records);
	return report;
}

function filesOf(records: readonly unknown[]): PrinterFile[] {
	const files: PrinterFile[] = [];
	for (const record of records) {
		const file = isObject(record) ? fileOf(record) : undefined;
		if (file) files.push(file);
	}
	files.sort((a, b) => (b.modifiedSeconds ?? 0) - (a.modifiedSeconds ?? 0));
	return files.slice(0, MOST_FILES);
}

/** `undefined` for an entry that cannot be named in a command. */
function fileOf({ filename, size, timestamp, is_dir }: Values): PrinterFile | undefined {
	if (typeof filename !== "string" || filename.length > MAX_NAME) return undefined;
	const name = filename.slice(filename.lastIndexOf("/") + 1);
	// A name that had to be mended would be another file's.
	if (name === "" || name === "." || name === ".." || plainText(name, MAX_NAME) !== name) return undefined;
	const bytes = finite(size);
	const time = finite(timestamp);
	const seconds = time !== undefined && time >= FIRST_MILLISECONDS ? time / 1000 : time;
	return {
		name,
		isFolder: flag(is_dir) ?? false,
		...(bytes !== undefined && bytes >= 0 ? { sizeBytes: bytes } : {}),
		...(seconds !== undefined && seconds > 0 ? { modifiedSeconds: Math.floor(seconds) } : {}),
	};
}
