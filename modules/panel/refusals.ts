// What the firmware throws and rejects with, as data.

import type { Refusal } from "../../ui/panel/device";
import { PrinterBookError, type PrinterBookErrorCode } from "../printers/printer-book";
import { SettingsError } from "../settings/settings";

export function refuse<Code extends string>(code: Code, message: string): Refusal<Code> {
	return { ok: false, code, message };
}

export const DONE = Object.freeze({ ok: true } as const);

export const NO_PRINTER = Object.freeze(refuse("not_found", "There is no such printer."));

/** For what a radio or a socket refuses. */
export function unavailable(error: unknown): Refusal<"unavailable"> {
	return refuse("unavailable", `The device cannot do that now: ${describe(error)}.`);
}

/** For what the settings refuse; the message names the field. */
export function badField(error: unknown): Refusal<"bad_field"> {
	return refuse("bad_field", describe(error));
}

/** For what the book of printers refuses, with the certificate where it is about one. */
export function bookRefusal(error: unknown): Refusal<PrinterBookErrorCode> & {
	readonly certificate?: { readonly commonName: string; readonly sha256: string };
} {
	if (error instanceof SettingsError) return badField(error);
	if (!(error instanceof PrinterBookError))
		return refuse("busy", `The device cannot do that now: ${describe(error)}. Try again soon.`);
	const { code, message, certificate } = error;
	return { ok: false, code, message, ...(certificate && { certificate }) };
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
