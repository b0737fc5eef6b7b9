// Reads a request against a table of commands: which command it is, its fields, and whether it is confirmed.

import { type CommandFailure, type CommandRequest, failed } from "../command";
import type { Entry, Table } from "./entry";
import { readFields } from "./fields";

export interface ReadRequest<Context, Built> {
	readonly entry: Entry<Context, Built>;
	readonly values: Readonly<Record<string, unknown>>;
}

const MAX_SHOWN_CHARACTERS = 40;

const NOT_CONFIRMED = failed(
	"not_confirmed",
	'This cannot be undone. Send "confirm": true with it if that is meant.',
);

/** `undefined` for anything that is no command's name. */
export function findEntry<Context, Built>(
	table: Table<Context, Built>,
	name: unknown,
): Entry<Context, Built> | undefined {
	return typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;
}

export function readRequest<Context, Built>(
	table: Table<Context, Built>,
	request: CommandRequest,
): ReadRequest<Context, Built> | CommandFailure {
	const entry = findEntry(table, request.command);
	if (!entry) return unknownCommand(request.command);
	const read = readFields(entry.fields, request, entry.confirm === true);
	if ("ok" in read) return read;
	if (entry.confirm && request.confirm !== true) return NOT_CONFIRMED;
	return { entry, values: read.values };
}

/** What the first guard that objects says. */
export function askGuards<Context, Built>(
	{ entry, values }: ReadRequest<Context, Built>,
	context: Context,
): CommandFailure | undefined {
	for (const guard of entry.guards) {
		const failure = guard(values, context);
		if (failure) return failure;
	}
	return undefined;
}

function unknownCommand(command: unknown): CommandFailure {
	if (typeof command !== "string") return failed("bad_field", '"command" has to be the name of a command.');
	return failed(
		"unknown_command",
		`There is no command ${JSON.stringify(command.slice(0, MAX_SHOWN_CHARACTERS))} for this printer.`,
	);
}
