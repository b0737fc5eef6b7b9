// The files on a printer: what is listed, and what can be done with one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilitiesOf } from "../../../../../modules/printers/anycubic/models";
import type { PrinterFile } from "../../../../../modules/printers/printer-files";
import {
	answered,
	asking,
	type FilesPlace,
	filesView,
	fileView,
	folderName,
	innerFolder,
	nothingAsked,
} from "../../../../../ui/panel/models/files";
import { moreView } from "../../../../../ui/panel/models/more";
import { NOW_MS, seen, withPrinter } from "./model-input";

const ID = "01P00A000000001";
const AT: FilesPlace = { printerId: ID, place: "usb", folder: "/" };
const kobra = { vendor: "anycubic", capabilities: capabilitiesOf("20024") } as const;
const refused = { ok: false, code: "refused", message: "There is no stick." } as const;

function file(name: string, changes: Partial<PrinterFile> = {}): PrinterFile {
	return { name, isFolder: false, ...changes };
}

function listed(files: readonly PrinterFile[]) {
	return answered(asking(nothingAsked), { ok: true, value: files });
}

test("files are listed as the printer tells them, folders before them, with size and date in words", () => {
	const files = [
		file("new.gcode", { sizeBytes: 13_002_342, modifiedSeconds: NOW_MS / 1000 - 86_400 }),
		file("models", { isFolder: true }),
		file("small.gcode", { sizeBytes: 1_500 }),
		file("no clock.gcode", { modifiedSeconds: 40 }),
	];
	const { rows, message } = filesView(withPrinter(kobra), AT, listed(files));
	assert.deepEqual(
		rows.map(({ kind, name, text }) => [kind, name, seen(text)]),
		[
			["folder", "models", "Folder"],
			["file", "new.gcode", "12.4 MB · yesterday 14:32"],
			["file", "small.gcode", "2 kB"],
			["file", "no clock.gcode", ""],
		],
	);
	assert.equal(message, "");
});

test("in place of files stands what is going on: asked, none, refused", () => {
	const input = withPrinter(kobra);
	assert.equal(filesView(input, AT, asking(nothingAsked)).message, "Asking the printer…");
	assert.equal(filesView(input, AT, listed([])).message, "There is nothing here that can be printed.");
	const failed = filesView(input, AT, answered(listed([file("a.gcode")]), refused));
	assert.deepEqual([failed.message, failed.rows, failed.isFailed], ["There is no stick.", [], true]);
	const again = filesView(input, AT, asking(answered(listed([file("a.gcode")]), refused)));
	assert.deepEqual([again.isFailed, again.rows.length], [false, 1]);
});

test("that not all are listed is said below the last", () => {
	const files = Array.from({ length: 200 }, (_, index) => file(`${index}.gcode`));
	const { rows } = filesView(withPrinter(kobra), AT, listed(files));
	assert.equal(rows.length, 201);
	assert.deepEqual([rows.at(-1)?.kind, rows.at(-1)?.name], ["note", "Only the newest 200 are listed."]);
});

test("places are those that the printer has, and one without any has none to show", () => {
	const both = filesView(withPrinter(kobra), AT, nothingAsked);
	assert.deepEqual(
		both.places.map(({ label }) => label),
		["Printer", "USB stick"],
	);
	assert.equal(filesView(withPrinter({}), AT, nothingAsked).isGone, true);
	assert.equal(filesView(withPrinter(kobra), { ...AT, printerId: "gone" }, nothingAsked).isGone, true);
});

test("a file that is being started or deleted says so, and takes no touch meanwhile", () => {
	const answer = { ...listed([file("a.gcode")]), pending: { name: "a.gcode", what: "deleting" } as const };
	const [row] = filesView(withPrinter(kobra), AT, answer).rows;
	assert.deepEqual([row?.text, row?.why], ["Being deleted…", "Being deleted…"]);
});

test("a file is named by its path in its place when it is printed or deleted", () => {
	const inner = fileView(withPrinter(kobra), { ...AT, folder: "/models/small" }, file("vase.gcode"));
	assert.deepEqual(inner?.print.command, { command: "start", place: "usb", file: "models/small/vase.gcode" });
	assert.deepEqual(inner?.delete.command, {
		command: "delete_file",
		place: "usb",
		file: "models/small/vase.gcode",
		confirm: true,
	});
	const outer = fileView(withPrinter(kobra), { ...AT, place: "local" }, file("vase.gcode"));
	assert.deepEqual(outer?.print.command, { command: "start", place: "local", file: "vase.gcode" });
	assert.equal(fileView(withPrinter(kobra), { ...AT, printerId: "gone" }, file("vase.gcode")), undefined);
});

test("deleting is asked about once; printing is greyed with the reason that the firmware gives", () => {
	const view = fileView(
		withPrinter(kobra, {
			refusal: (_id, { command }) =>
				command === "start" ? { ok: false, code: "refused", message: "The printer is busy." } : undefined,
		}),
		AT,
		file("vase.gcode"),
	);
	assert.deepEqual([view?.print.enabled, view?.print.why], [false, "The printer is busy."]);
	assert.deepEqual(
		[view?.delete.enabled, view?.delete.question?.title, view?.delete.question?.isDangerous],
		[true, "Delete “vase.gcode”?", true],
	);
});

test("folders lead into one another", () => {
	assert.equal(innerFolder("/", "models"), "/models");
	assert.equal(innerFolder("/models", "small"), "/models/small");
	assert.equal(folderName("/models/small"), "small");
	assert.equal(folderName("/"), "");
});

test("More offers files of a printer that tells of them, and of no other", () => {
	const { hasFiles, files } = moreView(withPrinter(kobra), undefined);
	assert.deepEqual([hasFiles, files.text, files.detail], [true, "P1S Workshop", "and USB stick"]);
	assert.equal(moreView(withPrinter({}), undefined).hasFiles, false);
});
