// The table of all commands, and what a printer answers to each.

import { CommandFields, type CommandOutcome, type CommandTable, RefusedCommand } from "./command-fields";
import { cameraCommands, systemCommands, updateCommands, xcamCommands } from "./device-commands";
import { filamentCommands } from "./filament-commands";
import { heatCommands } from "./heat-commands";
import { jobCommands } from "./job-commands";
import type { JsonObject } from "./json";
import { type Machine, unverifiedCommand, withHms } from "./machine";
import { versionReport } from "./report";

export const commandTable: Readonly<Record<string, CommandTable>> = {
	print: { ...jobCommands, ...heatCommands, ...filamentCommands },
	system: systemCommands,
	camera: cameraCommands,
	xcam: xcamCommands,
	update: updateCommands,
	upgrade: {},
	info: {
		get_version: { unsigned: true, run: (machine) => ({ machine, reply: versionReport(machine) }) },
	},
	pushing: {
		pushall: { unsigned: true, silent: true, run: (machine) => ({ machine, push: "all" }) },
		start: { unsigned: true, silent: true, run: (machine) => ({ machine, push: "start" }) },
		stop: { unsigned: true, silent: true, run: (machine) => ({ machine, push: "stop" }) },
	},
};

/** `err_code` of a command that firmware refused because it was not signed. */
export const unsignedCommand = 84033543;

export interface CommandResult extends CommandOutcome {
	/** What goes out below the section's name; `undefined` when the printer keeps silent. */
	readonly ack: JsonObject | undefined;
}

/** Carries out one section of a request. Nothing is thrown: what is wrong is said in the ack. */
export function runCommand(machine: Machine, section: string, request: JsonObject): CommandResult {
	const table = Object.hasOwn(commandTable, section) ? commandTable[section] : undefined;
	if (table === undefined) return { machine, ack: undefined };
	const name = typeof request.command === "string" ? request.command : "";
	const command = Object.hasOwn(table, name) ? table[name] : undefined;
	if (machine.secured && command?.unsigned !== true) return refuseUnsigned(machine, request);
	if (command === undefined) return refuse(machine, request, "unknown command");
	try {
		const { silent = false, result = "success" } = command;
		const outcome = command.run(machine, new CommandFields(request));
		if (silent) return { ...outcome, ack: undefined };
		const answered = section === "info" ? identity(request) : { ...request, result, reason: "" };
		return { ...outcome, ack: { ...answered, ...outcome.reply } };
	} catch (error) {
		if (error instanceof RefusedCommand) return refuse(machine, request, error.message);
		throw error;
	}
}

/** The refusal of firmware that demands signed commands; a fault in the status says the same. */
export function refuseUnsigned(machine: Machine, request: JsonObject): CommandResult {
	const ack = {
		...identity(request),
		result: "failed",
		reason: "mqtt message verify failed",
		err_code: unsignedCommand,
	};
	return { machine: withHms(machine, unverifiedCommand), ack };
}

export function refuse(machine: Machine, request: JsonObject, reason: string): CommandResult {
	return { machine, ack: { ...request, result: "fail", reason } };
}

function identity({ command = "", sequence_id = "0" }: JsonObject): JsonObject {
	return { command, sequence_id };
}
