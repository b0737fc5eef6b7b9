// What a command of the table is made of.

import type { PrinterCapabilities } from "../../capabilities";
import type { CommandFailure } from "../../command";
import type { PrinterState } from "../../printer-state";
import type { PrintReport } from "../report-schema";
import type { Fields, FieldValues } from "./fields";

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

/** Why not, or `undefined`. */
export type Guard<Values> = (values: Values, context: CommandContext) => CommandFailure | undefined;

interface Definition<Values> {
	/** It destroys something, so `"confirm": true` has to be there. */
	readonly confirm?: boolean;
	/** The printer says a moment after its answer that it has begun; until then it does not look busy. */
	readonly beginsJob?: boolean;
	/** Also carried out by firmware that takes nothing else from us. */
	readonly inReadOnly?: boolean;
	/** Asked in order; the first that objects decides. */
	readonly guards: readonly Guard<Values>[];
	/** Called only when no guard objects. */
	readonly build: (values: Values, context: CommandContext) => readonly Message[];
}

/** A definition of which it is no longer known which values it takes: its `fields` say so. */
export interface CommandEntry extends Definition<Readonly<Record<string, unknown>>> {
	readonly fields: Fields;
}

export type CommandTable = Readonly<Record<string, CommandEntry>>;

export function entry<const F extends Fields>(
	definition: Definition<FieldValues<F>> & { readonly fields: F },
): CommandEntry {
	Object.freeze(definition.fields);
	Object.freeze(definition.guards);
	return Object.freeze(definition) as unknown as CommandEntry;
}

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
