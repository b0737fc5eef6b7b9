// Every command that an Anycubic printer takes from us. To add one, add an entry to one of these tables.

import { deviceCommands } from "./device-commands";
import type { CommandTable } from "./entry";
import { fileCommands } from "./file-commands";
import { jobCommands } from "./job-commands";
import { startCommand } from "./start-command";
import { unitCommands } from "./unit-commands";

export const commandTable: CommandTable = Object.freeze({
	...startCommand,
	...jobCommands,
	...fileCommands,
	...unitCommands,
	...deviceCommands,
});
