// What is known of a Bambu Lab printer when it is given a command, and what goes out for one.

import type { PrinterCapabilities } from "../../capabilities";
import {
	type Guard as CommandGuard,
	type Entry,
	type MakeEntry,
	makeEntry,
	type Table,
} from "../../commands/entry";
import type { PrinterState } from "../../printer-state";
import type { PrintReport } from "../report-schema";

/** What is known of the printer when it is asked. */
export interface CommandContext {
	readonly state: PrinterState;
	/** For what has no place in the state. */
	readonly print: PrintReport;
	readonly capabilities: PrinterCapabilities;
	/** Whether the printer has said what it is doing since something may have changed that unnoticed. */
	readonly isCurrent: boolean;
}

/** One message to the printer; the sequence id comes first in its body. */
export interface Message {
	readonly section: "print" | "system";
	readonly body: { readonly command: string; readonly [field: string]: unknown };
	/** Without it the printer is not known to answer, and the command is done when the message is sent. */
	readonly acked: boolean;
}

export type Guard<Values> = CommandGuard<Values, CommandContext>;
export type CommandEntry = Entry<CommandContext, readonly Message[]>;
export type CommandTable = Table<CommandContext, readonly Message[]>;

export const entry: MakeEntry<CommandContext, readonly Message[]> = makeEntry;

/** A command of the section that nearly all commands are in. */
export function print(command: string, fields: Readonly<Record<string, unknown>> = {}): readonly Message[] {
	return [{ section: "print", body: { command, ...fields }, acked: true }];
}

export function gcode(lines: string): readonly Message[] {
	return print("gcode_line", { param: lines });
}

export function system(command: string, fields: Readonly<Record<string, unknown>>): readonly Message[] {
	return [{ section: "system", body: { command, ...fields }, acked: true }];
}

/** For commands that nobody has seen an answer to; what they do shows in the next report. */
export function unacked(messages: readonly Message[]): readonly Message[] {
	return messages.map((message) => ({ ...message, acked: false }));
}
