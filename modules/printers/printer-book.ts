// The printers that are set up, as a person changes them: adding, changing, forgetting, and their order.

import type { CertificateSummary } from "../platform/port-error";
import { PRINTER_SLOTS, settingsSchema } from "../settings/schema";
import { checkValue } from "../settings/setting";
import { type Settings, SettingsError } from "../settings/settings";
import { type PrinterWay, usualPort } from "./printer-makers";
import {
	countInUse,
	EMPTY_SLOT,
	freeSlot,
	handsOnCode,
	isAtBroker,
	isInUse,
	isSameSerial,
	OF_A_NEW_ONE,
	slotOf,
	slotOrder,
} from "./printer-slots";
import type { LinkError, PrinterVendor } from "./printer-state";

/** What is left out stays as it is, or is what it is by default. */
export interface PrinterFields {
	/** Of one that is set up it cannot be changed. */
	vendor?: PrinterVendor;
	/** Likewise. */
	way?: PrinterWay;
	host?: string;
	serial?: string;
	accessCode?: string;
	name?: string;
	port?: number;
	pinnedSha256?: string;
	/** Before others it gets a connection that stays. */
	live?: boolean;
}

/** Whom to ask for a serial number. */
export interface PrinterAddress {
	host: string;
	port: number;
	accessCode: string;
	/** "": none. */
	pinnedSha256: string;
}

/**
 * - `bad_field`: one is missing or does not fit; the message names it
 * - `not_found`: there is no such printer
 * - `already_set_up`: in another slot
 * - `no_free_slot`: all are in use
 * - `busy`: others are being asked for their serial number already
 * - the others: the printer cannot be asked for its serial number
 */
export type PrinterBookErrorCode =
	| "bad_field"
	| "not_found"
	| "already_set_up"
	| "no_free_slot"
	| "busy"
	| LinkError;

/** Nothing was changed. The message says what is wrong and what to do. */
export class PrinterBookError extends Error {
	override readonly name = "PrinterBookError";
	readonly code: PrinterBookErrorCode;
	/** That was refused, for a person to compare. */
	readonly certificate: CertificateSummary | undefined;

	constructor(code: PrinterBookErrorCode, message: string, certificate?: CertificateSummary) {
		super(message);
		this.code = code;
		this.certificate = certificate;
	}
}

export interface PrinterPlace {
	slot: number;
	/** Its serial number. */
	id: string;
}

/** Anycubic's printers, on a device that works with them. */
export interface AnycubicDoor {
	isDeviceId(text: string): boolean;
	/** Of one at the broker; "" as long as nothing was heard of it. */
	modelIdOf(deviceId: string): string;
	/** Which printer in LAN mode is there. Rejects with a {@link PrinterBookError}. */
	identify(address: Omit<PrinterAddress, "accessCode">): Promise<{ deviceId: string; modelId: string }>;
}

export interface PrinterBookOptions {
	settings: Settings;
	/** See `Platform.mostPrinters`. */
	mostPrinters: number;
	/** The serial number of the printer at that address, proved by its certificate. Rejects with a {@link PrinterBookError}. */
	identify(address: PrinterAddress): Promise<string>;
	/** `undefined` on a device that has none of their code. */
	anycubic?: AnycubicDoor | undefined;
}

export class PrinterBook {
	private readonly options: PrinterBookOptions;

	constructor(options: PrinterBookOptions) {
		this.options = options;
	}

	/** Into that slot, else the first free one. Without a serial number the printer is asked for it, which takes seconds. */
	async add(fields: PrinterFields, slot?: number): Promise<PrinterPlace> {
		const { identify } = this.options;
		if (fields.vendor === "anycubic") return this.addAnycubic(fields, slot);
		for (const name of ["host", "accessCode"] as const) if (!fields[name]) throw missing(name);
		this.placeFor(slot);
		if (fields.serial !== undefined) return this.put(fields, slot);
		// Fields that cannot be stored are refused before anybody is asked.
		const { host = "", accessCode = "", port = EMPTY_SLOT.port, pinnedSha256 = "" } = fields;
		this.check(fields);
		const serial = await identify({ host, accessCode, port, pinnedSha256 });
		return this.put({ ...fields, serial }, slot);
	}

	private async addAnycubic(fields: PrinterFields, slot: number | undefined): Promise<PrinterPlace> {
		const { anycubic } = this.options;
		const { serial, way = "lan" } = fields;
		if (!anycubic) throw new PrinterBookError("bad_field", NO_ANYCUBIC);
		refuseOtherId(anycubic, serial);
		refuseFields(fields, way === "broker" ? OF_A_HOST : OF_A_CODE);
		this.placeFor(slot);
		const common = { ...fields, way };
		if (way === "broker") {
			if (!serial) throw missing("serial");
			return this.put({ ...common, modelId: anycubic.modelIdOf(serial) }, slot);
		}
		const { host = "", port = usualPort("anycubic"), pinnedSha256 = "" } = fields;
		if (host === "") throw missing("host");
		if (serial !== undefined) return this.put({ ...common, port }, slot);
		this.check(fields);
		const { deviceId, modelId } = await anycubic.identify({ host, port, pinnedSha256 });
		return this.put({ ...common, port, serial: deviceId, modelId }, slot);
	}

	/**
	 * A printer with another serial number starts afresh in that slot. It, and whoever has a certificate that is to be
	 * trusted, is sent the access code: that has to be given anew then.
	 */
	edit(slot: number, fields: PrinterFields): PrinterPlace {
		const { settings } = this.options;
		const vendor = settings.get(`printer${slot}.vendor`);
		const way = settings.get(`printer${slot}.way`);
		if ((fields.vendor ?? vendor) !== vendor || (fields.way ?? way) !== way)
			throw new PrinterBookError("bad_field", OTHER_WAY);
		if (vendor === "anycubic") refuseFields(fields, way === "broker" ? OF_A_HOST : OF_A_CODE);
		for (const name of ["host", "serial", "accessCode"] as const)
			if (fields[name] !== undefined && !fields[name]) throw missing(name);
		if (vendor === "anycubic") refuseOtherId(this.options.anycubic, fields.serial);
		if (handsOnCode(settings, slot, fields)) throw new PrinterBookError("bad_field", CODE_NEEDED);
		const before = settings.get(`printer${slot}.serial`);
		const serial = fields.serial ?? before;
		this.refuseDouble(serial, slot);
		const isOther = !isSameSerial(serial, before);
		this.set(slot, { ...(isOther && { ...OF_A_NEW_ONE, port: usualPort(vendor) }), ...fields });
		return { slot, id: settings.get(`printer${slot}.serial`) };
	}

	/** For a person at the device, who has compared that certificate: it is sent the access code that is stored. */
	trust(id: string, sha256: string): void {
		const { settings } = this.options;
		const slot = this.slotOf(id);
		if (isAtBroker(settings, slot)) settings.set({ "anycubic.brokerPin": sha256 });
		else this.set(slot, { pinnedSha256: sha256 });
	}

	/** Nothing of it stays but what it has printed. */
	forget(id: string): number {
		const { settings } = this.options;
		const slot = this.slotOf(id);
		this.set(slot, EMPTY_SLOT);
		// Whoever comes into that slot later is no heir of its place.
		settings.set({ printerOrder: settings.get("printerOrder").replace(String(slot), "") });
		return slot;
	}

	/** Those that are not named follow in the order that they have. Returns the ids of all. */
	reorder(ids: readonly string[]): string[] {
		const { settings } = this.options;
		const slots = ids.map((id) => this.slotOf(id));
		if (new Set(slots).size < slots.length)
			throw new PrinterBookError("bad_field", "A printer is named twice.");
		for (const slot of slotOrder(settings))
			if (!slots.includes(slot) && isInUse(settings, slot)) slots.push(slot);
		settings.set({ printerOrder: slots.join("") });
		return slots.map((slot) => settings.get(`printer${slot}.serial`));
	}

	/** Throws when there is no such printer. */
	slotOf(id: string): number {
		const slot = slotOf(this.options.settings, id);
		if (slot === undefined) throw new PrinterBookError("not_found", "There is no such printer.");
		return slot;
	}

	private put(fields: StoredFields, asked: number | undefined): PrinterPlace {
		const { serial } = fields;
		if (!serial) throw missing("serial");
		// Others may have been added while the printer was asked.
		const slot = this.placeFor(asked);
		this.refuseDouble(serial, slot);
		this.set(slot, { ...EMPTY_SLOT, ...fields });
		return { slot, id: serial };
	}

	private placeFor(asked: number | undefined): number {
		const { settings, mostPrinters } = this.options;
		const slot = asked ?? freeSlot(settings);
		if (slot === undefined || countInUse(settings) >= mostPrinters) {
			const most = Math.min(mostPrinters, PRINTER_SLOTS);
			throw new PrinterBookError("no_free_slot", `${most} printers are set up already; forget one of them.`);
		}
		if (isInUse(settings, slot))
			throw new PrinterBookError("no_free_slot", "There is a printer in that slot already.");
		return slot;
	}

	private refuseDouble(serial: string, slot: number): void {
		const other = slotOf(this.options.settings, serial);
		if (other === undefined || other === slot) return;
		throw new PrinterBookError(
			"already_set_up",
			`That printer is set up already; to change it, send "slot": ${other} with what is new.`,
		);
	}

	private check(fields: PrinterFields): void {
		for (const [name, value] of Object.entries(fields)) {
			const setting = settingsSchema.get(`printer0.${name}`);
			const problem = setting && value !== undefined ? checkValue(setting, value) : undefined;
			if (problem) throw new PrinterBookError("bad_field", `"${name}" ${problem.message}.`);
		}
	}

	private set(slot: number, fields: StoredFields): void {
		const changes: Record<string, unknown> = {};
		for (const [name, value] of Object.entries(fields))
			if (value !== undefined) changes[`printer${slot}.${name}`] = value;
		try {
			this.options.settings.patch(changes);
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			// Whoever asked knows the field, not its slot.
			const field = error.key.slice(error.key.indexOf(".") + 1);
			throw new PrinterBookError("bad_field", error.message.replace(error.key, field));
		}
	}
}

/** To whoever would be sent the stored access code of a printer that it was not given for. */
export const CODE_NEEDED =
	'"accessCode" has to be given anew with another serial number or certificate: it is sent to whoever has that.';

type StoredFields = PrinterFields & { readonly modelId?: string; readonly spools?: string };

const NO_ANYCUBIC = "This device does not work with Anycubic printers.";
const OTHER_WAY =
	"Of a printer that is set up, the maker and the way it is reached cannot be changed: forget it, and add it anew.";
/** Those that a printer at a broker does not have. */
const OF_A_HOST: readonly (keyof PrinterFields)[] = Object.freeze([
	"host",
	"port",
	"accessCode",
	"pinnedSha256",
]);
const OF_A_CODE: readonly (keyof PrinterFields)[] = Object.freeze(["accessCode"]);

/** Also of Anycubic printers. */
function refuseFields(fields: PrinterFields, names: readonly (keyof PrinterFields)[]): void {
	for (const name of names)
		if (fields[name] !== undefined)
			throw new PrinterBookError(
				"bad_field",
				name === "accessCode"
					? 'An Anycubic printer has no "accessCode".'
					: `A printer at a broker has no "${name}" of its own: see the settings "anycubic.…".`,
			);
}

/** A printer with an id that none has would be set up and never shown. */
function refuseOtherId(anycubic: AnycubicDoor | undefined, serial: string | undefined): void {
	if (!anycubic || serial === undefined || anycubic.isDeviceId(serial)) return;
	throw new PrinterBookError("bad_field", '"serial" has to be the id of its device: 32 hexadecimal digits.');
}

function missing(field: string): PrinterBookError {
	return new PrinterBookError("bad_field", `"${field}" is missing.`);
}
