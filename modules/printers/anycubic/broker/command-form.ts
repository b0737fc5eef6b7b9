// Which form of command topics a Kobra 2 listens on: asked on both, known by its answer.

import { ENVELOPE_KEYS, type Envelope, readEnvelope } from "../envelope";
import type { CommandForm } from "../topics";

export type BrokerForm = Extract<CommandForm, "type" | "type_action">;

/** Firmware from 3.1.0 on listens on the shorter form. */
const SHORT_SINCE = Object.freeze([3, 1, 0]);
const KEYS: readonly string[] = Object.freeze([...ENVELOPE_KEYS, "firmware_version"]);

/** The ids of the last question, by the form that it was asked on. */
export type AskedForms = { readonly [Form in BrokerForm]: string };

/** What an `ota` report tells of it; `undefined`: nothing. */
export function formOf(report: string, asked: AskedForms | undefined): BrokerForm | undefined {
	const envelope = readEnvelope(report, KEYS);
	if (typeof envelope === "string") return undefined;
	const { msgid } = envelope;
	if (msgid !== undefined && msgid === asked?.type) return "type";
	if (msgid !== undefined && msgid === asked?.type_action) return "type_action";
	return formOfVersion(envelope);
}

function formOfVersion({ data }: Envelope): BrokerForm | undefined {
	const { firmware_version: version } = data;
	if (typeof version !== "string") return undefined;
	const numbers = version.split(".").map(Number);
	if (numbers.length < 2 || !numbers.every((number) => Number.isInteger(number) && number >= 0))
		return undefined;
	for (const [index, since] of SHORT_SINCE.entries()) {
		const number = numbers[index] ?? 0;
		if (number !== since) return number > since ? "type" : "type_action";
	}
	return "type";
}
