// The files on an Anycubic printer: asked for by its gate, one list after the other.

import { type CommandRequest, failed } from "../../command";
import { TOO_MANY } from "../../commands/outcomes";
import type { FileList, FilePlace, PrinterFiles } from "../../printer-files";
import { isPrintable } from "./file-path";
import type { Outcome } from "./gate";

export interface AnycubicFilesOptions {
	/** See `CommandGate.ask`. */
	ask(request: CommandRequest): Promise<Outcome>;
}

/** More are asked for by a program that has run wild. */
const MOST_ASKED = 4;

const NO_LIST = failed("refused", "The printer answered without a list of files.");
const NO_STICK = failed(
	"refused",
	"The printer answered without a list of files. Is there a stick in it that it can read?",
);

export class AnycubicFiles implements PrinterFiles {
	private readonly ask: AnycubicFilesOptions["ask"];
	private asked = 0;
	/** Resolves when the last one that was asked for is here. */
	private last: Promise<unknown> = Promise.resolve();

	constructor({ ask }: AnycubicFilesOptions) {
		this.ask = ask;
	}

	list(place: FilePlace, folder: string): Promise<FileList> {
		if (this.asked >= MOST_ASKED) return Promise.resolve(TOO_MANY);
		this.asked++;
		// A list does not say which folder it is of.
		const list = this.last.then(() => this.read(place, folder));
		this.last = list;
		return list;
	}

	private async read(place: FilePlace, folder: string): Promise<FileList> {
		const { result, files } = await this.ask({ command: "list_files", place, folder });
		this.asked--;
		if (!result.ok) return result;
		if (!files) return place === "usb" ? NO_STICK : NO_LIST;
		return { ok: true, files: files.filter(({ isFolder, name }) => isFolder || isPrintable(name)) };
	}
}
