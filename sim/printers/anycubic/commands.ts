// Which commands a Kobra carries out, and from which topics it takes them.

import { isJsonObject, parseJson } from "../bambu/json";
import { boxCommands } from "./box-commands";
import type { Command, CommandMessage, CommandTable } from "./command";
import { deviceCommands, lanDeviceCommands } from "./device-commands";
import { objectOf, textOf } from "./fields";
import { fileCommands } from "./file-commands";
import { type Machine, takesPlainTopics } from "./machine";
import { printCommands } from "./print-commands";
import type { CommandTopic } from "./topics";

const commonCommands: CommandTable = { ...deviceCommands, ...fileCommands, ...printCommands };
const tables = {
	broker: commonCommands,
	lan: { ...commonCommands, ...lanDeviceCommands, ...boxCommands },
} as const;

/** What is told to a slicer, and not to a page. */
const slicerOnly = /^(print\/start|file(_list)?\/)/;

/** `undefined` for what is no command at all. */
export function readCommand(text: string): (CommandMessage & { readonly msgid: string }) | undefined {
	const whole = parseJson(text);
	if (!isJsonObject(whole)) return undefined;
	const type = textOf(whole.type);
	if (type === undefined) return undefined;
	const action = textOf(whole.action) ?? "";
	return { type, action, data: objectOf(whole.data), whole, msgid: textOf(whole.msgid) ?? "" };
}

/** `undefined` for one that the printer does not know. */
export function findCommand({ model }: Machine, { type, action }: CommandMessage): Command | undefined {
	const table: CommandTable = tables[model.way];
	const name = `${type}/${action}`;
	return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether the printer hears this command on that topic. */
export function isHeard(machine: Machine, topic: CommandTopic, { type, action }: CommandMessage): boolean {
	if (topic.type !== type) return false;
	if (machine.model.way === "lan") {
		if (topic.action !== undefined || topic.from === "server") return false;
		return topic.from === "slicer" || !slicerOnly.test(`${type}/${action}`);
	}
	if (topic.from !== "server") return false;
	return takesPlainTopics(machine) ? topic.action === undefined : topic.action === action;
}
