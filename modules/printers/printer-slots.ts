// The slots of the settings that printers are kept in: which are in use, by whom, and in which order they are shown.

import { PRINTER_SLOTS } from "../settings/schema";
import type { Settings, SettingsChanges } from "../settings/settings";
import type { PrinterSetup } from "./printer";

/** What a slot holds when it is not in use. */
export const EMPTY_SLOT = Object.freeze({
	vendor: "bambu",
	way: "lan",
	modelId: "",
	host: "",
	serial: "",
	accessCode: "",
	name: "",
	port: 8883,
	pinnedSha256: "",
	live: false,
	spools: "",
});
/** What belongs to one printer, and not to another one that comes into its slot. */
export const OF_A_NEW_ONE = Object.freeze({
	modelId: "",
	name: "",
	port: 8883,
	pinnedSha256: "",
	live: false,
	spools: "",
});

type Reading = Pick<Settings, "get">;

/** `undefined` for a slot that is not in use. */
export function readSlot(settings: Reading, slot: number): PrinterSetup | undefined {
	if (!isInUse(settings, slot)) return undefined;
	return {
		slot,
		vendor: settings.get(`printer${slot}.vendor`),
		way: settings.get(`printer${slot}.way`),
		modelId: settings.get(`printer${slot}.modelId`),
		host: settings.get(isAtBroker(settings, slot) ? "anycubic.brokerHost" : `printer${slot}.host`),
		serial: settings.get(`printer${slot}.serial`),
		name: settings.get(`printer${slot}.name`),
		port: settings.get(`printer${slot}.port`),
		accessCode: settings.get(`printer${slot}.accessCode`),
		pinnedSha256: settings.get(`printer${slot}.pinnedSha256`),
	};
}

export function isInUse(settings: Reading, slot: number): boolean {
	if (settings.get(`printer${slot}.serial`) === "") return false;
	return settings.get(`printer${slot}.host`) !== "" || isAtBroker(settings, slot);
}

/** Its address, its certificate and its password are those of the broker. */
export function isAtBroker(settings: Reading, slot: number): boolean {
	return (
		settings.get(`printer${slot}.vendor`) === "anycubic" && settings.get(`printer${slot}.way`) === "broker"
	);
}

/** What says where the password of Anycubic's broker goes, and who can read it on its way. */
const BROKER_KEYS: readonly (keyof SettingsChanges)[] = Object.freeze([
	"anycubic.brokerHost",
	"anycubic.brokerPort",
	"anycubic.brokerSecurity",
	"anycubic.brokerCa",
	"anycubic.brokerPin",
]);

/** As {@link handsOnCode}, of the password of Anycubic's broker. */
export function handsOnBrokerPassword(
	settings: Reading,
	changes: Readonly<Record<string, unknown>>,
): boolean {
	const before = settings.get("anycubic.brokerPassword");
	if (changes["anycubic.brokerPassword"] !== undefined || before === "") return false;
	if (changes["anycubic.brokerHost"] === "") return false;
	return BROKER_KEYS.some((key) => changes[key] !== undefined && changes[key] !== settings.get(key));
}

/**
 * Whether these changes would send the stored access code to somebody whom it was not given for: everybody in the network
 * may be allowed to change settings, and nobody may read a code.
 */
export function handsOnCode(
	settings: Reading,
	slot: number,
	changes: { readonly serial?: unknown; readonly pinnedSha256?: unknown; readonly accessCode?: unknown },
): boolean {
	const { serial, pinnedSha256, accessCode } = changes;
	if (accessCode !== undefined || settings.get(`printer${slot}.accessCode`) === "") return false;
	if (typeof serial === "string" && serial !== "") {
		if (!isSameSerial(serial, settings.get(`printer${slot}.serial`))) return true;
	}
	const isPinned = typeof pinnedSha256 === "string" && pinnedSha256 !== "";
	return isPinned && pinnedSha256 !== settings.get(`printer${slot}.pinnedSha256`);
}

/** Of the printer with that serial number. */
export function slotOf(settings: Reading, serial: string): number | undefined {
	for (let slot = 0; slot < PRINTER_SLOTS; slot++)
		if (isInUse(settings, slot) && isSameSerial(settings.get(`printer${slot}.serial`), serial)) return slot;
	return undefined;
}

/** The first one, or `undefined` when all are in use. */
export function freeSlot(settings: Reading): number | undefined {
	for (let slot = 0; slot < PRINTER_SLOTS; slot++) if (!isInUse(settings, slot)) return slot;
	return undefined;
}

export function countInUse(settings: Reading): number {
	let count = 0;
	for (let slot = 0; slot < PRINTER_SLOTS; slot++) if (isInUse(settings, slot)) count++;
	return count;
}

/** All of them, each once. */
export function slotOrder(settings: Reading): number[] {
	const slots: number[] = [];
	for (const digit of settings.get("printerOrder")) slots.push(Number(digit));
	for (let slot = 0; slot < PRINTER_SLOTS; slot++) if (!slots.includes(slot)) slots.push(slot);
	return slots;
}

/** A serial number is compared with a certificate without regard to case, so it is everywhere. */
export function isSameSerial(a: string, b: string): boolean {
	return a.toUpperCase() === b.toUpperCase();
}
