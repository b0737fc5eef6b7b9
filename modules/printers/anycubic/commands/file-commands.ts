// Commands about the files on the printer.

import { failed } from "../../command";
import { name, optional, word } from "../../commands/fields";
import { isUnderWay } from "../../job-status";
import { jobTitle } from "../../job-title";
import type { FilePlace } from "../../printer-files";
import { type Answer, type CommandTable, entry, type Guard } from "./entry";
import { folderProblem, MAX_PATH_LENGTH, readFilePath } from "./file-path";

/** What the printer calls the two places. */
const PLACES: Readonly<Record<FilePlace, string>> = Object.freeze({ local: "Local", usb: "Udisk" });

/** Some firmware answers with a type of its own. */
const LISTED: Answer = Object.freeze({
	types: Object.freeze(["file", "file_list"]),
	states: Object.freeze(["done", "success"]),
	sameAction: true,
});
const DELETED: Answer = Object.freeze({ states: Object.freeze(["success", "done"]), sameAction: true });

const folderFits: Guard<{ readonly folder?: string }> = ({ folder = "/" }) => folderProblem(folder);

export const fileFits: Guard<{ readonly file: string }> = ({ file }) => {
	const path = readFilePath(file);
	return "ok" in path ? path : undefined;
};

const notPrinted: Guard<{ readonly file: string }> = ({ file }, { state: { job } }) => {
	if (!isUnderWay(job.state)) return undefined;
	const path = readFilePath(file);
	const isPrinted = !("ok" in path) && (job.name === undefined || jobTitle(path.name) === jobTitle(job.name));
	return isPrinted
		? failed("wrong_state", "That file may be the one that is being printed. Wait for the job's end.")
		: undefined;
};

export const fileCommands: CommandTable = Object.freeze({
	/** The list itself is told to whoever asks for it by `AnycubicFiles`. */
	list_files: entry({
		fields: { place: word("local", "usb"), folder: optional(name(MAX_PATH_LENGTH)) },
		guards: [folderFits],
		build: ({ place, folder = "/" }) => ({
			type: "file",
			action: `list${PLACES[place]}`,
			data: { path: folder },
			answer: LISTED,
		}),
	}),
	delete_file: entry({
		fields: { place: word("local", "usb"), file: name(MAX_PATH_LENGTH) },
		confirm: true,
		guards: [fileFits, notPrinted],
		build: ({ place, file }) => {
			const path = readFilePath(file);
			return {
				type: "file",
				action: `delete${PLACES[place]}`,
				data: "ok" in path ? null : { path: path.folder, filename: path.name },
				answer: DELETED,
			};
		},
	}),
});
