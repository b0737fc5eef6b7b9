// What can be asked of a printer, and how it ended. What commands there are, each maker's printers say.

/** As it was sent to the device: a name, and whatever fields that command has. Nothing of it is checked yet. */
export interface CommandRequest {
	command: string;
	readonly [field: string]: unknown;
}

/**
 * Why a command was not carried out.
 *
 * - `unknown_command`, `bad_field`: the request is not understood
 * - `not_confirmed`: it cannot be undone, so it needs `"confirm": true`
 * - `not_supported`: this printer has no such part
 * - `wrong_state`: not while the printer does what it does now
 * - `too_cold`, `not_homed`, `out_of_range`: it would damage the printer
 * - `read_only`: the printer takes no commands from us
 * - `offline`: there is no connection, or it was lost before the answer
 * - `busy`: too many commands wait for an answer
 * - `refused`: the printer said no
 * - `timed_out`: it was sent and not answered; it may have been carried out
 * - `not_sent`: the connection did not take it
 */
export type CommandRefusal =
	| "unknown_command"
	| "bad_field"
	| "not_confirmed"
	| "not_supported"
	| "wrong_state"
	| "too_cold"
	| "not_homed"
	| "out_of_range"
	| "read_only"
	| "offline"
	| "busy"
	| "refused"
	| "timed_out"
	| "not_sent";

/** `message`: what is wrong and what to do, in words. */
export interface CommandFailure {
	readonly ok: false;
	readonly code: CommandRefusal;
	readonly message: string;
}

export type CommandResult = { readonly ok: true } | CommandFailure;

export function failed(code: CommandRefusal, message: string): CommandFailure {
	return Object.freeze({ ok: false, code, message });
}

export const DONE: CommandResult = Object.freeze({ ok: true });
