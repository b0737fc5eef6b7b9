// The files of one folder on a printer, and what can be done with each.

import type { FilePlace, Outcome, PrinterFile } from "../device";
import { refusalText } from "../refusal-text";
import type { ModelInput, PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { fileSize, whenText } from "../words/format";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { momentOf } from "./moment";

/** The printer tells no more. */
const MOST = 200;

/** Which folder is shown; the screen keeps it. */
export interface FilesPlace {
	readonly printerId: string;
	readonly place: FilePlace;
	/** "/" or "/models/small" */
	readonly folder: string;
}

/** What the printer has answered so far; the screen keeps it. */
export interface FilesAnswer {
	/** Absent until the first answer. */
	readonly files?: readonly PrinterFile[];
	readonly isLoading: boolean;
	readonly failure?: Outcome<never> & { readonly ok: false };
	/** Of the file that is being started or deleted. */
	readonly pending?: { readonly name: string; readonly what: "starting" | "deleting" };
}

export interface FilesView {
	/** The printer has been forgotten, or tells of no files any more. */
	readonly isGone: boolean;
	/** Where the printer has files: to choose from where there are two. */
	readonly places: readonly { readonly value: FilePlace; readonly label: string }[];
	readonly place: FilePlace;
	readonly rows: readonly FileRow[];
	/** In place of rows; "" when there are some. */
	readonly message: string;
	readonly isFailed: boolean;
	readonly isLoading: boolean;
}

export type FileRow =
	| { readonly kind: "folder"; readonly name: string; readonly text: string; readonly why: string }
	| FileOfRow
	/** No file: that there are more than are listed. */
	| { readonly kind: "note"; readonly name: string; readonly text: string; readonly why: string };

export interface FileOfRow {
	readonly kind: "file";
	readonly name: string;
	/** "12.4 MB · yesterday 14:32" */
	readonly text: string;
	/** Why it cannot be touched; "" when it can. */
	readonly why: string;
}

/** All that there is to know and to do about one file. */
export interface FileView {
	readonly name: string;
	readonly facts: readonly { readonly label: string; readonly value: string }[];
	readonly hint: string;
	readonly print: Action;
	readonly delete: Action;
}

export const nothingAsked: FilesAnswer = Object.freeze({ isLoading: false });

export function asking({ failure: _, ...answer }: FilesAnswer): FilesAnswer {
	return { ...answer, isLoading: true };
}

export function answered(
	{ failure: _, pending, files }: FilesAnswer,
	outcome: Outcome<readonly PrinterFile[]>,
): FilesAnswer {
	const rest = { isLoading: false, ...(pending && { pending }) };
	// What was there a moment ago says more than nothing.
	if (!outcome.ok) return { ...rest, ...(files && { files }), failure: outcome };
	return { ...rest, files: outcome.value };
}

export function filesView(input: ModelInput, at: FilesPlace, answer: FilesAnswer): FilesView {
	const { words } = input;
	const { filesIn } = printerOf(input, at)?.capabilities ?? { filesIn: [] };
	const { files = [], failure, isLoading, pending } = answer;
	const rows: FileRow[] = [...files]
		.sort((one, other) => Number(other.isFolder) - Number(one.isFolder))
		.map((file) => rowOf(input, file, pending));
	if (files.length >= MOST)
		rows.push({ kind: "note", name: fill(words.files.most, { n: MOST }), text: "", why: "" });
	const why = failure === undefined ? "" : refusalText(words, failure);
	return {
		isGone: filesIn.length === 0,
		places: filesIn.map((value) => ({ value, label: words.files[`place_${value}`] })),
		place: at.place,
		rows: failure === undefined ? rows : [],
		message: why || (rows.length > 0 ? "" : isLoading ? words.files.loading : words.files.none),
		isFailed: failure !== undefined,
		isLoading,
	};
}

/** `undefined` when the printer is not there any more. */
export function fileView(input: ModelInput, at: FilesPlace, file: PrinterFile): FileView | undefined {
	const { words } = input;
	const { files, common } = words;
	const printer = printerOf(input, at);
	if (printer === undefined) return undefined;
	const of = { place: at.place, file: pathOf(at.folder, file.name) };
	const onIt = { ...input, printer };
	return {
		name: file.name,
		facts: [
			{ label: files.size, value: fileSize(words, file.sizeBytes) },
			{ label: files.written, value: writtenText(input, file) || common.unknown },
			{ label: files.place, value: placeText(words, at) },
		],
		hint: files.printText,
		print: action(onIt, files.print, { command: "start", ...of }),
		delete: action(
			onIt,
			common.delete,
			{ command: "delete_file", ...of, confirm: true },
			{
				question: {
					title: fill(files.deleteQuestion, { name: file.name }),
					text: files.deleteText,
					yes: common.delete,
					no: common.cancel,
					isDangerous: true,
				},
			},
		),
	};
}

/** The folder in that folder. */
export function innerFolder(folder: string, name: string): string {
	return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/** "small" of "/models/small"; "" of "/". */
export function folderName(folder: string): string {
	return folder.slice(folder.lastIndexOf("/") + 1);
}

/** As the command has it: without a slash before it. */
function pathOf(folder: string, name: string): string {
	return innerFolder(folder, name).slice(1);
}

function printerOf({ state }: ModelInput, { printerId }: FilesPlace): PrinterOfState | undefined {
	return state.printers.find(({ id }) => id === printerId);
}

function rowOf(input: ModelInput, file: PrinterFile, pending: FilesAnswer["pending"]): FileRow {
	const { words } = input;
	const { name } = file;
	if (file.isFolder) return { kind: "folder", name, text: words.files.folder, why: "" };
	if (pending?.name === name) {
		const text = words.files[pending.what];
		return { kind: "file", name, text, why: text };
	}
	const size = file.sizeBytes === undefined ? "" : fileSize(words, file.sizeBytes);
	const text = [size, writtenText(input, file)].filter((part) => part !== "").join(words.format.part);
	return { kind: "file", name, text, why: "" };
}

/** "yesterday 14:32", or "" of a printer that does not say it: some have no clock and write a time long ago. */
function writtenText(input: ModelInput, { modifiedSeconds }: PrinterFile): string {
	if (modifiedSeconds === undefined || modifiedSeconds < FIRST_PRINTERS) return "";
	return whenText(input.words, modifiedSeconds * 1000, momentOf(input));
}

/** 2020, in seconds since 1970: nothing was written by one of them before. */
const FIRST_PRINTERS = 1_577_836_800;

function placeText(words: Words, { place, folder }: FilesPlace): string {
	const name = words.files[`place_${place}`];
	return folder === "/" ? name : `${name}${words.format.part}${folder.slice(1)}`;
}
