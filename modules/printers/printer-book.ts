// The printers that are set up, as a person changes them: adding, changing, forgetting, and their order.

import type { CertificateSummary } from "../platform/port-error";
import { PRINTER_SLOTS, settingsSchema } from "../settings/schema";
import { checkValue } from "../settings/setting";
import { type Settings, SettingsError } from "../settings/settings";
import {
	countInUse,
	EMPTY_SLOT,
	freeSlot,
	handsOnCode,
	isInUse,
	isSameSerial,
	OF_A_NEW_ONE,
	slotOf,
	slotOrder,
} from "./printer-slots";
import type { LinkError } from "./printer-state";

/** What is left out stays as it is, or is what it is by default. */
export interface PrinterFields {
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

export interface PrinterBookOptions {
	settings: Settings;
	/** See `Platform.mostPrinters`. */
	mostPrinters: number;
	/** The serial number of the printer at that address, proved by its certificate. Rejects with a {@link PrinterBookError}. */
	identify(address: PrinterAddress): Promise<string>;
}

export class PrinterBook {
	private readonly options: PrinterBookOptions;

	constructor(options: PrinterBookOptions) {
		this.options = options;
	}

	/** Into that slot, else the first free one. Without a serial number the printer is asked for it, which takes seconds. */
	async add(fields: PrinterFields, slot?: number): Promise<PrinterPlace> {
		const { identify } = this.options;
		for (const name of ["host", "accessCode"] as const) if (!fields[name]) throw missing(name);
		this.placeFor(slot);
		if (fields.serial !== undefined) return this.put(fields, slot);
		// Fields that cannot be stored are refused before anybody is asked.
		const { host = "", accessCode = "", port = EMPTY_SLOT.port, pinnedSha256 = "" } = fields;
		this.check(fields);
		const serial = await identify({ host, accessCode, port, pinnedSha256 });
		return this.put({ ...fields, serial }, slot);
	}

	/**
	 * A printer with another serial number starts afresh in that slot. It, and whoever has a certificate that is to be
	 * trusted, is sent the access code: that has to be given anew then.
	 */
	edit(slot: number, fields: PrinterFields): PrinterPlace {
		const { settings } = this.options;
		for (const name of ["host", "serial", "accessCode"] as const)
			if (fields[name] !== undefined && !fields[name]) throw missing(name);
		if (handsOnCode(settings, slot, fields)) throw new PrinterBookError("bad_field", CODE_NEEDED);
		const before = settings.get(`printer${slot}.serial`);
		const serial = fields.serial ?? before;
		this.refuseDouble(serial, slot);
		this.set(slot, { ...(!isSameSerial(serial, before) && OF_A_NEW_ONE), ...fields });
		return { slot, id: settings.get(`printer${slot}.serial`) };
	}

	/** For a person at the device, who has compared that certificate: it is sent the access code that is stored. */
	trust(id: string, sha256: string): void {
		this.set(this.slotOf(id), { pinnedSha256: sha256 });
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

	private put(fields: PrinterFields, asked: number | undefined): PrinterPlace {
		const { serial } = fields;
		if (!serial) throw missing("serial");
		// Others may have been added while the printer was asked.
		const slot = this.placeFor(asked);
		this.refuseDouble(serial, slot);
		this.set(slot, { ...OF_A_NEW_ONE, ...fields });
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

	private set(slot: number, fields: PrinterFields): void {
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

function missing(field: string): PrinterBookError {
	return new PrinterBookError("bad_field", `"${field}" is missing.`);
}
