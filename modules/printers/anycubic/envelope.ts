// What every message of Anycubic's printers is wrapped in: written around commands, and taken off reports.

import type { AnycubicCommand } from "./anycubic-connection";
import { finite, isObject, plainText, type Values } from "./report/values";

/** The largest are lists of files. */
export const MAX_REPORT_LENGTH = 64 * 1024;
/** Of a code, "all is well". */
const OK = 200;
const MAX_WORD = 64;
/** Some say why in a whole sentence. */
const MAX_MSG = 160;

/** The keys that every message may have; those wanted of its `data` come in addition. */
export const ENVELOPE_KEYS: readonly string[] = Object.freeze([
	"action",
	"msgid",
	"state",
	"code",
	"msg",
	"data",
]);

export interface Envelope {
	/** A hint: the same report comes under several. "" when there is none. */
	action: string;
	state?: string;
	/** 200 = all is well. Not all reports have one. */
	code?: number;
	/** What is wrong, in the printer's words and language. */
	msg?: string;
	/** Of the command that it answers. */
	msgid?: string;
	/** {} when there is none. */
	data: Values;
}

/**
 * Why a message was not used.
 *
 * - `too_large`: over {@link MAX_REPORT_LENGTH}
 * - `not_json`: cut off, or not JSON at all
 * - `not_an_object`: JSON, but nothing that a report can be
 * - `echo`: a command, somebody's or our own, that came back
 */
export type EnvelopeRefusal = "too_large" | "not_json" | "not_an_object" | "echo";

/**
 * `timestampMs` since 1970; a printer takes any number, as its own may be its uptime. On XS nothing of `data` may lie in
 * flash.
 */
export function writeCommand({ type, action, msgid, data }: AnycubicCommand, timestampMs: number): string {
	// As other clients do: printers were only ever seen with escaped slashes.
	return JSON.stringify({ type, action, msgid, timestamp: timestampMs, data }).replaceAll("/", "\\/");
}

/** `keys`: what is wanted, the envelope's own included. */
export function readEnvelope(text: string, keys: readonly string[]): Envelope | EnvelopeRefusal {
	if (text.length > MAX_REPORT_LENGTH) return "too_large";
	let message: unknown;
	try {
		// XS builds only wanted properties, and keeps the name of every key that it builds for good.
		message = JSON.parse(text, keys as string[]);
	} catch {
		return "not_json";
	}
	if (!isObject(message)) return "not_an_object";
	const state = plainText(message.state, MAX_WORD);
	const code = finite(message.code);
	if (state === undefined && code === undefined) return "echo";
	const envelope: Envelope = {
		action: plainText(message.action, MAX_WORD) ?? "",
		data: isObject(message.data) ? message.data : {},
	};
	const msg = plainText(message.msg, MAX_MSG);
	const msgid = plainText(message.msgid, MAX_WORD);
	if (state !== undefined) envelope.state = state;
	if (code !== undefined) envelope.code = code;
	if (msg) envelope.msg = msg;
	if (msgid) envelope.msgid = msgid;
	return envelope;
}

/** Which command a `response` says to have arrived. */
export function readAck(text: string): string | undefined {
	if (text.length > MAX_REPORT_LENGTH) return undefined;
	try {
		const message: unknown = JSON.parse(text, ENVELOPE_KEYS as string[]);
		return isObject(message) ? plainText(message.msgid, MAX_WORD) || undefined : undefined;
	} catch {
		return undefined;
	}
}

/** A report without a code is none of something that went wrong. */
export function isOk({ code = OK }: Pick<Envelope, "code">): boolean {
	return code === OK;
}
