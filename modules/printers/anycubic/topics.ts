// The topics of Anycubic's printers: which one a message came on, and on which one a command goes.

import type { AnycubicAddress } from "./anycubic-connection";

const ROOT = "anycubic/anycubicCloud/v1";
const REPORTS = `${ROOT}/printer/public`;
/** No printer sends longer ones. */
const MAX_TOPIC_LENGTH = 200;
/** `ota/multiColorBox/0` is the longest type. */
const MAX_TYPE_PARTS = 3;
const MODEL_DIGITS = 6;
const DEVICE_DIGITS = 32;

/**
 * - `report`: the printer says something
 * - `response`: a command has reached it, which is no sign that it was carried out
 */
export type MessageKind = "report" | "response";

export interface ReportTopic extends AnycubicAddress {
	/** "print"; "" of a `response` to no type. */
	type: string;
	kind: MessageKind;
}

/** `undefined` for anything that is no message of a printer. */
export function parseTopic(topic: string): ReportTopic | undefined {
	if (topic.length > MAX_TOPIC_LENGTH || !topic.startsWith(`${REPORTS}/`)) return undefined;
	const [modelId = "", deviceId = "", ...rest] = topic.slice(REPORTS.length + 1).split("/");
	const kind = rest.pop();
	if (kind !== "report" && kind !== "response") return undefined;
	if (rest.length > MAX_TYPE_PARTS || (rest.length === 0 && kind === "report")) return undefined;
	if (!isAddress({ modelId, deviceId }) || !rest.every(isName)) return undefined;
	return { modelId, deviceId, type: rest.join("/"), kind };
}

/** What to subscribe to: of one printer, or of all that a broker has. */
export function reportFilter(address?: AnycubicAddress): string {
	return address ? `${REPORTS}/${address.modelId}/${address.deviceId}/#` : `${REPORTS}/#`;
}

/**
 * Where a command goes.
 *
 * - `type`, `type_action`: to a Kobra 2 through its broker. Firmware before 3.1.0 listens on the second, later firmware on
 *   the first one
 * - `web`, `slicer`: to a printer in LAN mode
 */
export type CommandForm = "type" | "type_action" | "web" | "slicer";

/** `undefined` when a part of it is none that a topic may have. */
export function commandTopic(
	address: AnycubicAddress,
	{ type, action }: { readonly type: string; readonly action: string },
	form: CommandForm,
): string | undefined {
	if (!isAddress(address) || !isName(type) || !isName(action)) return undefined;
	const sender = form === "web" || form === "slicer" ? form : "server";
	const topic = `${ROOT}/${sender}/printer/${address.modelId}/${address.deviceId}/${type}`;
	return form === "type_action" ? `${topic}/${action}` : topic;
}

/** In LAN mode some commands are taken from slicers only. */
export function lanForm({ type, action }: { readonly type: string; readonly action: string }): CommandForm {
	const isStart = type === "print" && action === "start";
	return isStart || type === "file" || type === "file_list" ? "slicer" : "web";
}

/** Whether these can be the numbers of a printer: nothing else may get into a topic or a storage key. */
export function isAddress({ modelId, deviceId }: AnycubicAddress): boolean {
	return (
		modelId.length > 0 &&
		modelId.length <= MODEL_DIGITS &&
		isMadeOf(modelId, isDigit) &&
		deviceId.length === DEVICE_DIGITS &&
		isMadeOf(deviceId, isHexDigit)
	);
}

function isName(part: string): boolean {
	return part.length > 0 && part.length <= 32 && isMadeOf(part, isNameCharacter);
}

// Of each message a topic is read, and XS compiles a regular expression each time.
function isMadeOf(text: string, isAllowed: (code: number) => boolean): boolean {
	for (let index = 0; index < text.length; index++) if (!isAllowed(text.charCodeAt(index))) return false;
	return true;
}

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

function isHexDigit(code: number): boolean {
	const lower = code | 0x20;
	return isDigit(code) || (lower >= 0x61 && lower <= 0x66);
}

function isNameCharacter(code: number): boolean {
	const lower = code | 0x20;
	return isDigit(code) || code === 0x2d || code === 0x5f || (lower >= 0x61 && lower <= 0x7a);
}
