// Which report answers a command, and what it says of it.

import { type CommandFailure, failed } from "../../command";
import { type Envelope, isOk } from "../envelope";
import type { Message } from "./entry";

/** Its last job is not quite over: it takes the same command a moment later. */
export const TASK_STILL_ACTIVE = 10101;

const WORDS: ReadonlyMap<number, string> = new Map([
	[TASK_STILL_ACTIVE, "its last job has not ended yet. Try again in a moment"],
	[10107, "its filament is broken or used up. Put in a new spool first"],
]);

const FAILED = "failed";
const QUERY = "query";

/** A report, with the type that its topic names. */
export interface ReportOfType {
	readonly type: string;
	readonly envelope: Envelope;
}

/** That report is of a kind that can answer it, whomever it answers. */
export function canAnswer({ type, answer }: Message, report: ReportOfType): boolean {
	return (answer.types ?? [type]).includes(report.type);
}

/** It answers that command without naming it, as far as can be told. */
export function answers(message: Message, report: ReportOfType): boolean {
	const { action, state = "" } = report.envelope;
	if (!canAnswer(message, report)) return false;
	const isSameAction = action === message.action;
	// A job may fail by itself meanwhile.
	if (isRefusal(message, report.envelope)) return isSameAction;
	if (message.answer.sameAction && !isSameAction) return false;
	return message.answer.states?.includes(state) ?? true;
}

/** An answer to a question about a job that failed is none that was refused. */
export function isRefusal({ action }: Message, envelope: Envelope): boolean {
	return !isOk(envelope) || (envelope.state === FAILED && action !== QUERY);
}

/** In words, for a person; `envelope` of a report that refuses. */
export function describeRefusal(envelope: Envelope): CommandFailure {
	const { code } = envelope;
	// Printers add "done" to whatever they send.
	const msg = envelope.msg === "done" ? undefined : envelope.msg;
	const number = code !== undefined && !isOk(envelope) ? ` (${code})` : "";
	const known = code === undefined ? undefined : WORDS.get(code);
	if (known === undefined && !msg)
		return failed("refused", `The printer refused${number} and did not say why.`);
	const said = msg ? ` It says: ${msg}` : "";
	return failed(
		"refused",
		known ? `The printer refused${number}: ${known}.${said}` : `The printer refused${number}: ${msg}`,
	);
}
