// Commands about files: list and delete, in the printer's memory and on its stick.

import type { Command, CommandMessage, CommandTable } from "./command";
import { textOf } from "./fields";
import { findFile, type Place, plainFolder, withoutFile } from "./files";
import { failures, isActive } from "./print-job";

const listModes: Readonly<Record<Place, number>> = { local: 1, usb: 2 };

function list(place: Place): Command {
	return (machine, message) => {
		const folder = folderOf(message);
		const records = machine.storage[place]
			.filter((file) => file.folder === folder)
			.map((file) => ({
				filename: file.name,
				size: file.sizeBytes,
				timestamp: file.writtenSeconds,
				is_dir: file.isFolder,
				file_location: place === "local" ? "local" : "udisk",
			}));
		const data = { list_mode: listModes[place], records };
		return { machine, answers: [{ type: message.type, action: message.action, state: "done", data }] };
	};
}

function remove(place: Place): Command {
	return (machine, message) => {
		const name = textOf(message.data.filename) ?? "";
		const folder = folderOf(message);
		const answer = { type: message.type, action: message.action };
		const isInUse = isActive(machine.job) && machine.job.fileName === name;
		if (isInUse || !findFile(machine.storage, place, folder, name))
			return { machine, answers: [{ ...answer, state: "failed", ...failures.file }] };
		return {
			machine: { ...machine, storage: withoutFile(machine.storage, place, folder, name) },
			answers: [{ ...answer, state: "success" }],
		};
	};
}

/** Ready-made models that a cloud offers: there is no cloud, so there are none. */
const recommend: Command = (machine) => ({
	machine,
	answers: [{ type: "file", action: "cloudRecommendList", state: "done", data: { records: [] } }],
});

const actions: CommandTable = {
	listLocal: list("local"),
	listUdisk: list("usb"),
	deleteLocal: remove("local"),
	deleteUdisk: remove("usb"),
	cloudRecommendList: recommend,
};

/** Some firmware has them below another type. */
export const fileCommands: CommandTable = {
	...below("file"),
	...below("file_list"),
	"cloudRecommendList/": recommend,
};

function below(type: string): CommandTable {
	return Object.fromEntries(Object.entries(actions).map(([action, run]) => [`${type}/${action}`, run]));
}

function folderOf({ data, whole }: CommandMessage): string {
	return plainFolder(textOf(data.path) ?? textOf(whole.path) ?? "/");
}
