// The printers that are set up: adding, changing, forgetting and finding them, and their order.

import type { HttpResponse } from "../../platform/http";
import { SCAN_MS } from "../../printers/bambu/discovery";
import { PrinterBookError, type PrinterBookErrorCode, type PrinterFields } from "../../printers/printer-book";
import { isInUse } from "../../printers/printer-slots";
import { PRINTER_SLOTS } from "../../settings/schema";
import { ApiError, json } from "../answers";
import { readFields, readObject } from "../json-body";
import type { Call } from "../route";

const PRINTER = Object.freeze({
	host: "text",
	serial: "text",
	accessCode: "text",
	name: "text",
	port: "integer",
	pinnedSha256: "text",
	live: "flag",
} as const);
const NEW_PRINTER = Object.freeze({
	...PRINTER,
	slot: "integer",
	vendor: Object.freeze(["bambu", "anycubic"] as const),
	way: Object.freeze(["lan", "broker"] as const),
	deviceId: "text",
} as const);

export async function addPrinter({ request, parts }: Call): Promise<HttpResponse> {
	const { book, settings, text } = parts;
	const { slot, deviceId, ...others } = readFields(readObject(request.body, text), NEW_PRINTER);
	// What Anycubic calls it.
	const fields: PrinterFields = { ...others, ...(deviceId !== undefined && { serial: deviceId }) };
	if (slot !== undefined && !(slot >= 0 && slot < PRINTER_SLOTS))
		throw new ApiError("bad_field", `"slot" has to be from 0 to ${PRINTER_SLOTS - 1}.`);
	return answer(async () => {
		if (slot !== undefined && isInUse(settings, slot)) return json(book.edit(slot, fields));
		return json(await book.add(fields, slot), 201);
	});
}

export function changePrinter({ request, name: id, parts: { book, text } }: Call): Promise<HttpResponse> {
	return answer(() => {
		const slot = book.slotOf(id);
		const fields: PrinterFields = readFields(readObject(request.body, text), PRINTER);
		return json(book.edit(slot, fields));
	});
}

export function forgetPrinter({ name: id, parts: { book } }: Call): Promise<HttpResponse> {
	return answer(() => json({ slot: book.forget(id) }));
}

export function orderPrinters({ request, parts: { book, text } }: Call): Promise<HttpResponse> {
	const { printers, ...others } = readObject(request.body, text);
	readFields(others, {});
	if (!isTexts(printers))
		throw new ApiError("bad_field", '"printers" has to be a list of the printers\' ids.');
	return answer(() => json({ printers: book.reorder(printers) }));
}

export async function scanPrinters({ parts: { discovery } }: Call): Promise<HttpResponse> {
	return json({ printers: await discovery.scan(SCAN_MS) });
}

async function answer(work: () => HttpResponse | Promise<HttpResponse>): Promise<HttpResponse> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof PrinterBookError)) throw error;
		throw new ApiError(apiCode(error.code), error.message, error.certificate);
	}
}

function apiCode(code: PrinterBookErrorCode) {
	// A place at the printer, and not one at this device.
	return code === "too_many_clients" ? "printer_full" : code;
}

function isTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.length <= PRINTER_SLOTS && value.every((id) => typeof id === "string");
}
