// The files on a printer, folder by folder: a touch on one offers to print or to delete it.

import { Column, Container, type Content, Row } from "piu/MC";
import { button } from "../components/button";
import { label } from "../components/label";
import { list } from "../components/list";
import { listRow } from "../components/list-row";
import { note } from "../components/note";
import { oneOf } from "../components/one-of";
import { segments } from "../components/segments";
import type { FilePlace, PrinterFile } from "../device";
import type { Kit } from "../kit";
import {
	answered,
	asking,
	type FileRow,
	type FilesAnswer,
	type FilesPlace,
	type FilesView,
	filesView,
	fileView,
	folderName,
	innerFolder,
	nothingAsked,
} from "../models/files";
import { memo } from "../models/memo";
import type { ModelInput, Screen } from "../screen";
import { openFile } from "./files/file-sheet";

type FilesKit = Kit<FilesView>;

/** Of the first place unless one is given, which is a folder of the screen before. */
export function filesScreen(first: FilesPlace): Screen<FilesView> {
	const flow = new FilesFlow(first);
	const view = memo(
		(input: ModelInput) => filesView(input, flow.at, flow.answer),
		(input) => [flow.at, flow.answer, input.words, input.state.printers, input.preferences.utcOffsetMinutes],
	);
	return {
		id: "files",
		section: "more",
		title: (words) => folderName(first.folder) || words.files.title,
		model(input) {
			flow.input = input;
			return view(input);
		},
		build(kit) {
			if (flow.answer.files === undefined) void flow.read(kit);
			return build(kit, flow);
		},
		onLeave: () => flow.leave(),
	};
}

/** What has been asked of the printer, and for which folder. */
class FilesFlow {
	at: FilesPlace;
	answer: FilesAnswer = nothingAsked;
	input: ModelInput | undefined;
	/** An answer to an earlier question is not shown. */
	private asked = 0;

	constructor(at: FilesPlace) {
		this.at = at;
	}

	async read(kit: FilesKit): Promise<void> {
		const number = ++this.asked;
		const { printerId, place, folder } = this.at;
		this.set(kit, asking(this.answer));
		const outcome = await kit.device.files.list(printerId, place, folder);
		if (number === this.asked) this.set(kit, answered(this.answer, outcome));
	}

	choose(kit: FilesKit, place: FilePlace): void {
		if (place === this.at.place) return;
		this.at = { ...this.at, place };
		this.answer = nothingAsked;
		void this.read(kit);
	}

	/** Sends it, and says how it ends. Nothing else can be done with that file meanwhile. */
	async send(kit: FilesKit, file: PrinterFile, what: "starting" | "deleting"): Promise<void> {
		const view = this.input && fileView(this.input, this.at, file);
		if (view === undefined || this.answer.pending !== undefined) return;
		const { at } = this;
		const { command } = what === "starting" ? view.print : view.delete;
		const { started, deleted } = kit.words.files;
		this.set(kit, { ...this.answer, pending: { name: file.name, what } });
		const answer = kit.device.printers.command(at.printerId, command);
		const isDone = await kit.report(answer, what === "starting" ? started : deleted);
		const { pending: _, ...rest } = this.answer;
		this.set(kit, rest);
		// Somebody who has gone elsewhere meanwhile stays there.
		const isHere = kit.navigator.screenId === "files" && at === this.at;
		if (!isDone || !isHere) return;
		if (what === "starting") kit.navigator.home();
		else void this.read(kit);
	}

	leave(): void {
		this.asked++;
		this.answer = { ...this.answer, isLoading: false };
	}

	private set(kit: FilesKit, answer: FilesAnswer): void {
		this.answer = answer;
		kit.refresh();
	}
}

const filled = Object.freeze({ left: 0, right: 0, top: 0, bottom: 0 });

function build(kit: FilesKit, flow: FilesFlow): Content {
	const { gap, padding } = kit.metrics;
	const edge = kit.isLarge ? padding : gap;
	const rows = list<FilesView, FileRow>(kit, {
		left: edge,
		right: kit.isLarge ? gap : 0,
		top: gap,
		bottom: 0,
		name: "files",
		items: (view) => view.rows,
		row: (part) => row(part, kit, flow),
	});
	return new Column(null, {
		...filled,
		contents: [
			head(kit, flow, edge),
			oneOf(kit, {
				...filled,
				which: (view) => (view.isGone ? "gone" : view.message === "" ? "rows" : "message"),
				contents: {
					rows: new Container(null, { ...filled, contents: [rows] }),
					message: message(kit, flow),
					gone: centred(kit, () => kit.words.files.unsupported),
				},
			}),
		],
	});
}

/** Where to look, and looking again. Below a folder there is only the latter. */
function head(kit: FilesKit, flow: FilesFlow, edge: number): Content {
	const { gap, target } = kit.metrics;
	const { words } = kit;
	const printer = kit.device.state().printers.find(({ id }) => id === flow.at.printerId);
	const places = printer?.capabilities.filesIn ?? [];
	const canChoose = places.length > 1 && flow.at.folder === "/";
	const again = button<FilesView>(kit, {
		...(kit.isLarge ? { width: 208 } : { width: target }),
		...(kit.isLarge && { label: words.files.again }),
		icon: "refresh",
		refusal: (view) => (view.isLoading ? words.files.loading : ""),
		onTap: () => void flow.read(kit),
	});
	const before = canChoose
		? segments<FilesView, FilePlace>(kit, {
				left: 0,
				right: gap,
				top: 0,
				bottom: 0,
				segments: places.map((value) => ({ value, label: words.files[`place_${value}`] })),
				value: (view) => view.place,
				onChoose: (place) => flow.choose(kit, place),
			})
		: label<FilesView>(kit, {
				left: gap,
				right: gap,
				text: () => whereText(flow.at, words.files[`place_${flow.at.place}`], words.format.part),
				tone: "muted",
				smaller: "caption",
			});
	return new Row(null, { left: edge, right: edge, top: gap, height: target, contents: [before, again] });
}

/** "USB stick · models/small" */
function whereText({ folder }: FilesPlace, place: string, separator: string): string {
	return folder === "/" ? place : place + separator + folder.slice(1);
}

function row(part: Kit<FileRow>, kit: FilesKit, flow: FilesFlow): Content {
	return listRow<FileRow>(part, {
		title: (item) => item.name,
		subtitle: (item) => item.text,
		icon: (item) => (item.kind === "note" ? "info" : item.kind),
		iconTone: (item) => (item.kind === "folder" ? "accent" : "muted"),
		trailingIcon: (item) => (item.kind === "folder" ? "chevron-right" : undefined),
		refusal: (item) => item.why,
		onTap(item) {
			if (item === undefined || item.kind === "note") return;
			if (item.kind === "folder") {
				kit.navigator.go(filesScreen({ ...flow.at, folder: innerFolder(flow.at.folder, item.name) }));
				return;
			}
			const file = flow.answer.files?.find(({ name, isFolder }) => !isFolder && name === item.name);
			const view = file && flow.input && fileView(flow.input, flow.at, file);
			if (file === undefined || view === undefined) return;
			openFile(kit, view, {
				print: () => void flow.send(kit, file, "starting"),
				delete: () => void flow.send(kit, file, "deleting"),
			});
		},
	});
}

function message(kit: FilesKit, flow: FilesFlow): Content {
	const again = button<FilesView>(kit, {
		top: kit.metrics.gap,
		width: kit.isLarge ? 280 : 200,
		icon: "refresh",
		label: kit.words.common.again,
		onTap: () => void flow.read(kit),
	});
	return centred(kit, (view) => view.message, [kit.showWhen(again, (view) => view.isFailed)]);
}

function centred(
	kit: FilesKit,
	text: (view: FilesView) => string,
	below: readonly Content[] = [],
): Container {
	const { padding } = kit.metrics;
	const words = note<FilesView>(kit, { left: 0, right: 0, align: "center", tone: "muted", text });
	return new Container(null, {
		left: 2 * padding,
		right: 2 * padding,
		top: 0,
		bottom: 0,
		contents: [new Column(null, { left: 0, right: 0, contents: [words, ...below] })],
	});
}
