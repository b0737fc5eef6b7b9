// What is known of an Anycubic printer when it is given a command, and what goes out for one.

import type { Random } from "../../../platform/random";
import type { PrinterCapabilities } from "../../capabilities";
import {
	type Guard as CommandGuard,
	type Entry,
	type MakeEntry,
	makeEntry,
	type Table,
} from "../../commands/entry";
import type { PrinterState } from "../../printer-state";
import { isKobra2 } from "../models";

/** `lan`: the printer's own broker. `broker`: another one, which the printer is a client of. */
export type Way = "lan" | "broker";

/** What is known of the printer. */
export interface PrinterFacts {
	readonly state: PrinterState;
	readonly capabilities: PrinterCapabilities;
	readonly way: Way;
	/** "20022" */
	readonly modelId: string;
	/** Kinds of lights that it has told of, by its own numbers. */
	readonly lightKinds: readonly number[];
	/** Whether the printer has said what it is doing since the connection was made. */
	readonly isCurrent: boolean;
	/** It says that it is busy: with a job, or with something of its own such as levelling. */
	readonly isBusy: boolean;
	/** Of the job under way, as the printer names it. */
	readonly taskId?: string | undefined;
}

export interface CommandContext extends PrinterFacts {
	readonly random: Random;
}

/** One message to the printer. */
export interface Message {
	readonly type: string;
	readonly action: string;
	readonly data: Readonly<Record<string, unknown>> | null;
	readonly answer: Answer;
}

/** Which reports answer a message, beside those that name it. */
export interface Answer {
	/** Where they come, if not under the message's own type alone. */
	readonly types?: readonly string[];
	/** Their `state`; without it, any. */
	readonly states?: readonly string[];
	/** They tell how the printer is, so it does not matter who asked for it. */
	readonly showsState?: true;
	/** Their `state` alone does not tell what they answer, so their `action` has to be the message's. */
	readonly sameAction?: true;
}

export type Guard<Values> = CommandGuard<Values, CommandContext>;
export type CommandEntry = Entry<CommandContext, Message>;
export type CommandTable = Table<CommandContext, Message>;

export const entry: MakeEntry<CommandContext, Message> = makeEntry;

/** One about the job, with what has to come back. */
export function print(action: string, data: Message["data"], ...states: readonly string[]): Message {
	return { type: "print", action, data, answer: { states, showsState: true } };
}

/** Later printers take this for the job under way, and for a new one. */
export const CURRENT_TASK = "-1";

/** A Kobra 2 wants the task's own number; of a task that it has not named, the number is not known. */
export function taskOf(facts: PrinterFacts): string {
	return (isSeries2(facts) && facts.taskId) || CURRENT_TASK;
}

/** A Kobra 2 with the software of its time: later ones that carry the name are reached by their own broker, as a Kobra 3 is. */
export function isSeries2({ way, modelId }: PrinterFacts): boolean {
	return way === "broker" && isKobra2(modelId);
}
