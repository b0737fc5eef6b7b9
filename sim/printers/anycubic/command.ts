// What a command is to a Kobra, and what carrying it out gives.

import type { JsonObject } from "../bambu/json";
import type { Machine } from "./machine";
import type { Report } from "./report";

export interface CommandOutcome {
	readonly machine: Machine;
	/** What is told at once. Changes of the job, and of what is told by itself, follow anyhow. */
	readonly answers?: readonly Report[];
	/** Taken and not heeded, as printers do without a word. The text is for the workbench. */
	readonly ignored?: string;
}

export interface CommandContext {
	/** Where the printer is in its network. */
	readonly place: string;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
}

export type Command = (machine: Machine, message: CommandMessage, context: CommandContext) => CommandOutcome;

export interface CommandMessage {
	readonly type: string;
	readonly action: string;
	readonly data: JsonObject;
	/** The whole message: some clients put fields beside `data`. */
	readonly whole: JsonObject;
}

/** By "type/action". */
export type CommandTable = Readonly<Record<string, Command>>;

export function ignored(machine: Machine, why: string): CommandOutcome {
	return { machine, ignored: why };
}
