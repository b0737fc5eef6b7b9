// Every command that a Bambu Lab printer takes from us. To add one, add an entry to one of these tables.

import { findEntry } from "../../commands/request";
import type { CommandEntry, CommandTable } from "./entry";
import { filamentCommands } from "./filament-commands";
import { heatCommands } from "./heat-commands";
import { jobCommands } from "./job-commands";
import { lightCommands } from "./light-commands";
import { motionCommands } from "./motion-commands";

export const commandTable: CommandTable = Object.freeze({
	...jobCommands,
	...heatCommands,
	...motionCommands,
	...filamentCommands,
	...lightCommands,
});

/** `undefined` for anything that is no command's name. */
export function findCommand(name: unknown): CommandEntry | undefined {
	return findEntry(commandTable, name);
}
