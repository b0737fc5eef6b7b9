// The printers that are set up: adding, changing, forgetting and finding them.

import type { HttpResponse } from "../../platform/http";
import { PRINTER_SLOTS } from "../../settings/schema";
import { type Settings, SettingsError } from "../../settings/settings";
import { ApiError, json } from "../answers";
import { readFields, readObject } from "../json-body";
import type { Call } from "../route";

/** Some printers tell of themselves every ten seconds, and do not answer when asked. */
const SCAN_MS = 11_000;

const PRINTER = Object.freeze({
	host: "text",
	serial: "text",
	accessCode: "text",
	name: "text",
	port: "integer",
	pinnedSha256: "text",
	slot: "integer",
} as const);

/** What a slot holds when it is not in use. */
const NOTHING = Object.freeze({
	host: "",
	serial: "",
	accessCode: "",
	name: "",
	port: 8883,
	pinnedSha256: "",
});
/** What belongs to one printer, and not to another one that comes into its slot. */
const OF_A_NEW_ONE = Object.freeze({ name: "", port: 8883, pinnedSha256: "" });

export function addPrinter({ request, parts: { settings, text } }: Call): HttpResponse {
	const { slot: asked, ...given } = readFields(readObject(request.body, text), PRINTER);
	if (asked !== undefined && !(asked >= 0 && asked < PRINTER_SLOTS))
		throw new ApiError("bad_field", `"slot" has to be from 0 to ${PRINTER_SLOTS - 1}.`);
	const slot = asked ?? freeSlot(settings);
	const before = {
		host: settings.get(`printer${slot}.host`),
		serial: settings.get(`printer${slot}.serial`),
	};
	const isNew = !isInUse(before);
	for (const name of ["host", "serial", "accessCode"] as const)
		if ((isNew || given[name] !== undefined) && !given[name])
			throw new ApiError("bad_field", `"${name}" is missing.`);
	const serial = given.serial ?? before.serial;
	refuseDouble(settings, serial, slot);
	const isOther = !isNew && !isSame(serial, before.serial);
	setSlot(settings, slot, { ...((isNew || isOther) && OF_A_NEW_ONE), ...given });
	return json({ slot, id: serial }, isNew ? 201 : 200);
}

export function forgetPrinter({ name: id, parts: { settings } }: Call): HttpResponse {
	const slot = slotOf(settings, id);
	if (slot === undefined) throw new ApiError("not_found", "There is no such printer.");
	setSlot(settings, slot, NOTHING);
	return json({ slot });
}

export async function scanPrinters({ parts: { discovery } }: Call): Promise<HttpResponse> {
	return json({ printers: await discovery.scan(SCAN_MS) });
}

function setSlot(settings: Settings, slot: number, values: Readonly<Record<string, unknown>>): void {
	const changes: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(values)) changes[`printer${slot}.${name}`] = value;
	try {
		settings.patch(changes);
	} catch (error) {
		if (!(error instanceof SettingsError)) throw error;
		// Whoever asked knows the field, not its slot.
		const field = error.key.slice(error.key.indexOf(".") + 1);
		throw new ApiError("bad_field", error.message.replace(error.key, field));
	}
}

function freeSlot(settings: Settings): number {
	for (let slot = 0; slot < PRINTER_SLOTS; slot++) if (!isInUse(inSlot(settings, slot))) return slot;
	throw new ApiError("no_free_slot", `${PRINTER_SLOTS} printers are set up already; forget one of them.`);
}

function refuseDouble(settings: Settings, serial: string, slot: number): void {
	const other = slotOf(settings, serial);
	if (other === undefined || other === slot) return;
	throw new ApiError(
		"already_set_up",
		`That printer is set up already; to change it, send "slot": ${other} with what is new.`,
	);
}

function slotOf(settings: Settings, serial: string): number | undefined {
	for (let slot = 0; slot < PRINTER_SLOTS; slot++) {
		const printer = inSlot(settings, slot);
		if (isInUse(printer) && isSame(printer.serial, serial)) return slot;
	}
	return undefined;
}

function inSlot(settings: Settings, slot: number): { host: string; serial: string } {
	return { host: settings.get(`printer${slot}.host`), serial: settings.get(`printer${slot}.serial`) };
}

function isInUse({ host, serial }: { host: string; serial: string }): boolean {
	return host !== "" && serial !== "";
}

/** A serial number is compared with a certificate without regard to case, so it is here. */
function isSame(a: string, b: string): boolean {
	return a.toUpperCase() === b.toUpperCase();
}
