// One job that has ended, and how it is kept in storage: as short as it can be, since fifty of them share 20 KB of flash
// with the settings.

import { utf8Length } from "../../settings/utf8-length";

export interface FinishedJob {
	printerId: string;
	printerName: string;
	/** Of the job, as the printer calls it. */
	name?: string;
	result: JobResult;
	/** ISO 8601, when the device knew the time. */
	startedAt?: string;
	endedAt?: string;
	/** From its beginning to its end, pauses and all. Absent when one of them was not seen. */
	seconds?: number;
	/** That were printed. */
	layers?: number;
	/** What it was printed with, as far as the printer tells. */
	filament?: FilamentUse[];
}

export type JobResult = "finished" | "failed" | "cancelled";

export interface FilamentUse {
	/** As people call it: "A1", "HT-A", "external". */
	slot: string;
	material?: string;
	/** RRGGBBAA, upper-case hex */
	color?: string;
	grams?: number;
	/** Of the whole spool. */
	percent?: number;
}

/** A job as it is stored: what can be told from something else is left out. */
export interface JobRecord extends Omit<FinishedJob, "printerName" | "startedAt" | "endedAt"> {
	/** Counts up from 0, over restarts. */
	number: number;
	/** Seconds since 1970. */
	endedAtSeconds?: number;
}

/** NVS keeps a text in steps of 32 bytes, and ends it with a zero. */
export const MOST_RECORD_BYTES = 127;

/** What separates fields, uses, and parts of a use. */
const FIELD = "\t";
const USE = ";";
const PART = ",";
const RESULTS = Object.freeze({ f: "finished", x: "failed", c: "cancelled" } as const);
/** A name is cut before uses are left out, but not further than this. */
const LEAST_NAME_LENGTH = 12;
const MOST_USES = 16;
/** Of numbers, with seven digits: some 2,500 years in seconds, so that a date can be made of it. */
const MOST_36 = 36 ** 7 - 1;
const NAME = 7;

/** At most {@link MOST_RECORD_BYTES}: the name is cut, and uses are left out, until it fits. */
export function writeRecord(record: JobRecord): string {
	const { number, printerId, result, endedAtSeconds, seconds, layers, filament = [] } = record;
	const letter = result === "finished" ? "f" : result === "failed" ? "x" : "c";
	const head = [number, endedAtSeconds, seconds, layers].map(write36);
	const characters = [...clean(record.name ?? "")];
	const uses = filament.slice(0, MOST_USES).map(writeUse);
	for (;;) {
		const text = [
			head[0],
			printerId,
			letter,
			head[1],
			head[2],
			head[3],
			uses.join(USE),
			characters.join(""),
		].join(FIELD);
		if (utf8Length(text) <= MOST_RECORD_BYTES) return text;
		if (characters.length > LEAST_NAME_LENGTH || uses.length === 0) characters.pop();
		else uses.pop();
	}
}

/** `undefined` for what is none: storage may hold anything. */
export function readRecord(text: unknown): JobRecord | undefined {
	if (typeof text !== "string" || text.length > MOST_RECORD_BYTES) return undefined;
	const fields = text.split(FIELD);
	if (fields.length !== NAME + 1) return undefined;
	const [first = "", printerId = "", letter = "", ended = "", took = "", printed = "", used = "", name = ""] =
		fields;
	const number = read36(first);
	if (number === undefined || !isId(printerId) || !isResult(letter)) return undefined;
	const record: JobRecord = { number, printerId, result: RESULTS[letter] };
	const endedAtSeconds = read36(ended);
	const seconds = read36(took);
	const layers = read36(printed);
	const filament: FilamentUse[] = [];
	for (const part of used.split(USE)) {
		const use = readUse(part);
		if (use) filament.push(use);
	}
	if (endedAtSeconds !== undefined) record.endedAtSeconds = endedAtSeconds;
	if (seconds !== undefined) record.seconds = seconds;
	if (layers !== undefined) record.layers = layers;
	if (filament.length > 0) record.filament = filament;
	if (clean(name)) record.name = clean(name);
	return record;
}

export function toFinishedJob(
	{ number: _, endedAtSeconds, ...record }: JobRecord,
	printerName: string,
): FinishedJob {
	const job: FinishedJob = { ...record, printerName };
	if (endedAtSeconds === undefined) return job;
	job.endedAt = isoTime(endedAtSeconds);
	if (record.seconds !== undefined) job.startedAt = isoTime(endedAtSeconds - record.seconds);
	return job;
}

function writeUse({ slot, material = "", color = "", percent, grams }: FilamentUse): string {
	// A colour that lets nothing through has no need of its last two digits.
	const shade = color.endsWith("FF") ? color.slice(0, 6) : color;
	const parts = [slot, material, shade, write36(percent), write36(grams)].map((part) =>
		clean(withoutSigns(part)),
	);
	while (parts.at(-1) === "") parts.pop();
	return parts.join(PART);
}

function readUse(text: string): FilamentUse | undefined {
	const [slot = "", material = "", shade = "", part = "", weight = ""] = text.split(PART);
	const use: FilamentUse = { slot: clean(slot) };
	if (use.slot === "") return undefined;
	const color = shade.length === 6 ? `${shade}FF` : shade;
	const percent = read36(part);
	const grams = read36(weight);
	if (clean(material)) use.material = clean(material);
	if (/^[0-9A-F]{8}$/.test(color)) use.color = color;
	if (percent !== undefined && percent <= 100) use.percent = percent;
	if (grams !== undefined) use.grams = grams;
	return use;
}

function write36(value: number | undefined): string {
	return value === undefined || !(value >= 0 && value <= MOST_36) ? "" : Math.round(value).toString(36);
}

function read36(text: string): number | undefined {
	return /^[0-9a-z]{1,7}$/.test(text) ? Number.parseInt(text, 36) : undefined;
}

function isId(text: string): boolean {
	return /^[0-9A-Za-z]{4,24}$/.test(text);
}

function isResult(letter: string): letter is keyof typeof RESULTS {
	return letter === "f" || letter === "x" || letter === "c";
}

/** Without what could be taken for a separator of fields. */
function clean(text: string): string {
	let cleaned = "";
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		const isSurrogate = code >= 0xd800 && code < 0xe000;
		if (code >= 0x20 && code !== 0x7f && !isSurrogate) cleaned += character;
	}
	return cleaned.trim();
}

function withoutSigns(text: string): string {
	return text.replaceAll(USE, " ").replaceAll(PART, " ");
}

function isoTime(seconds: number): string {
	return new Date(Math.max(0, seconds) * 1000).toISOString();
}
