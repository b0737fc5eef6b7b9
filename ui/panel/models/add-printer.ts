// Adding a printer or changing one: what the search has found, and the form with what is wrong beside each field.

import type { FormField, FoundPrinter, PrinterEntry, Refusal } from "../device";
import type { ModelInput } from "../screen";
import { fill } from "../words/texts";
import { pageAddress } from "./about";
import { type CertificateView, certificateView } from "./printers";

/** What a person has typed so far; the screen keeps it. */
export interface PrinterForm {
	readonly host: string;
	readonly accessCode: string;
	readonly serial: string;
	readonly name: string;
}

export type PrinterFormField = keyof PrinterForm;

/** By its maker and the way to it: `lan` and `broker` are Anycubic's. */
export type PrinterKind = "bambu" | "lan" | "broker";

export function kindOf({ vendor, way }: Pick<PrinterEntry, "vendor" | "way">): PrinterKind {
	return vendor === "bambu" ? "bambu" : way;
}

const FIELDS: Readonly<Record<PrinterKind, readonly PrinterFormField[]>> = Object.freeze({
	bambu: Object.freeze(["host", "accessCode", "serial", "name"] as const),
	lan: Object.freeze(["host", "name"] as const),
	// Its broker is set up elsewhere, for all of its printers.
	broker: Object.freeze(["name"] as const),
});

/** What a person enters of one. */
export function fieldsOf(kind: PrinterKind): readonly PrinterFormField[] {
	return FIELDS[kind];
}

/** How the search and the adding go; the screen keeps it. */
export interface AddPrinterProgress {
	/** Bambu Lab's unless given. */
	readonly kind?: PrinterKind;
	/** Of a printer that is changed; absent when one is added. */
	readonly editedId?: string;
	readonly scan: "idle" | "running" | "done" | "failed";
	/** Until the search ends. */
	readonly scanSecondsLeft?: number;
	readonly found: readonly FoundPrinter[];
	/** `asking`: the printer is being connected to. `saved`: it is set up; its link tells the rest. */
	readonly phase: "editing" | "asking" | "saved";
	/** Of the printer that was saved. */
	readonly savedId?: string;
	readonly refusal?: Refusal & {
		readonly certificate?: { readonly commonName: string; readonly sha256: string };
	};
}

export interface AddPrinterView {
	readonly title: string;
	readonly scan: { readonly label: string; readonly enabled: boolean; readonly text: string };
	readonly found: readonly FoundRow[];
	/** What can be done, before anything was. */
	readonly hint: string;
	readonly fields: readonly FieldView[];
	readonly submit: { readonly label: string; readonly enabled: boolean; readonly why: string };
	/** How it went so far; "" before. */
	readonly message: string;
	readonly isMessageBad: boolean;
	readonly isPending: boolean;
	/** It is set up and connected: the screen can close. */
	readonly isConnected: boolean;
	readonly certificate?: CertificateView;
}

export interface FoundRow {
	readonly name: string;
	/** "P1S · 192.168.1.30" */
	readonly note: string;
	readonly enabled: boolean;
	readonly host: string;
	readonly serial: string;
}

export interface FieldView {
	readonly id: PrinterFormField;
	readonly label: string;
	readonly value: string;
	readonly hint: string;
	/** What is wrong with what was typed; "" when nothing is, and as long as nothing was typed. */
	readonly problem: string;
	readonly isSecret: boolean;
	/** Which keys to offer: digits and dots suffice for an address. */
	readonly keys: "keypad" | "keyboard";
}

export const emptyForm: PrinterForm = Object.freeze({ host: "", accessCode: "", serial: "", name: "" });

const CHECKED: Readonly<Record<PrinterFormField, FormField>> = Object.freeze({
	host: "host",
	accessCode: "accessCode",
	serial: "serial",
	name: "printerName",
});

export function addPrinterView(
	input: ModelInput,
	form: PrinterForm,
	progress: AddPrinterProgress,
): AddPrinterView {
	const { words } = input;
	const { addPrinter } = words;
	const isEdit = progress.editedId !== undefined;
	const { kind = "bambu" } = progress;
	const isPending = progress.phase === "asking";
	const why = firstProblem(input, form, kind, isEdit);
	const { text, isBad, isConnected } = outcome(input, form, progress);
	const saved = input.state.printers.find(({ id }) => id === progress.savedId);
	const certificate = progress.refusal?.certificate ?? saved?.linkCertificate;
	return {
		title: isEdit ? addPrinter.editTitle : addPrinter.title,
		scan: {
			label: scanLabel(input, progress),
			enabled: progress.scan !== "running",
			text: scanText(input, progress),
		},
		found: progress.found
			.filter((printer) => isOfKind(printer, kind))
			.map((printer) => foundRow(input, printer, kind)),
		hint: hintOf(input, kind),
		fields: fieldsOf(kind).map((id) => fieldView(input, form, id, isEdit)),
		submit: {
			label: isEdit ? words.common.save : addPrinter.connect,
			enabled: why === "" && !isPending,
			why: isPending ? askingText(input, kind) : why,
		},
		message: text,
		isMessageBad: isBad,
		isPending,
		isConnected,
		...(certificate !== undefined && { certificate: certificateView(words, certificate) }),
	};
}

function hintOf(input: ModelInput, kind: PrinterKind): string {
	const { addPrinter } = input.words;
	if (kind === "bambu") return addPrinter.where;
	return kind === "lan" ? addPrinter.lanWhere : aboutBroker(input, addPrinter.brokerHint);
}

/** The address of the device's page, where its broker is set up. */
export function aboutBroker(input: ModelInput, text: string): string {
	return fill(text, { address: pageAddress(input) || input.words.common.unknown });
}

/** Another kind of it takes other entries. */
function isOfKind({ vendor, way = "lan" }: FoundPrinter, kind: PrinterKind): boolean {
	return kindOf({ vendor, way }) === kind;
}

function scanLabel({ words }: ModelInput, { scan, kind }: AddPrinterProgress): string {
	if (scan === "done" || scan === "failed") return words.common.again;
	return kind === "broker" ? words.addPrinter.brokerScan : words.addPrinter.scan;
}

function askingText({ words: { addPrinter } }: ModelInput, kind: PrinterKind): string {
	return kind === "bambu" ? addPrinter.asking : addPrinter.askingWho;
}

function scanText(input: ModelInput, progress: AddPrinterProgress): string {
	const { addPrinter } = input.words;
	const { scan, scanSecondsLeft = 0, found, kind = "bambu" } = progress;
	if (scan === "running") return fill(addPrinter.scanning, { n: Math.max(0, Math.ceil(scanSecondsLeft)) });
	if (scan === "failed") return addPrinter.unavailable;
	if (scan !== "done" || found.some((printer) => isOfKind(printer, kind))) return "";
	return kind === "broker" ? aboutBroker(input, addPrinter.brokerNone) : addPrinter.foundNone;
}

function foundRow({ state, words }: ModelInput, printer: FoundPrinter, kind: PrinterKind): FoundRow {
	const { name, model, host, serial } = printer;
	const isAdded = state.printers.some((other) => other.serial.toUpperCase() === serial.toUpperCase());
	// At a broker its address is not known.
	const note = [model, kind === "broker" ? "" : host, isAdded ? words.addPrinter.alreadyAdded : ""];
	return {
		name: name || model || serial,
		note: note.filter((part) => part !== "").join(words.format.part),
		enabled: !isAdded,
		host,
		serial,
	};
}

function fieldView(input: ModelInput, form: PrinterForm, id: PrinterFormField, isEdit: boolean): FieldView {
	const { addPrinter } = input.words;
	const value = form[id];
	const texts = {
		host: { label: addPrinter.host, hint: addPrinter.hostHint },
		accessCode: { label: addPrinter.code, hint: isEdit ? addPrinter.codeKeep : addPrinter.codeHint },
		serial: { label: addPrinter.serial, hint: addPrinter.serialHint },
		name: { label: addPrinter.name, hint: addPrinter.nameHint },
	}[id];
	return {
		id,
		...texts,
		value,
		problem: value === "" ? "" : problemOf(input, form, id, isEdit),
		isSecret: false,
		keys: id === "host" ? "keypad" : "keyboard",
	};
}

function firstProblem(input: ModelInput, form: PrinterForm, kind: PrinterKind, isEdit: boolean): string {
	for (const id of fieldsOf(kind)) {
		const problem = problemOf(input, form, id, isEdit);
		if (problem !== "") return problem;
	}
	return "";
}

/** Serial number and name may be left out, and so may the access code of a printer that is changed. */
function problemOf(
	{ words, device }: ModelInput,
	form: PrinterForm,
	id: PrinterFormField,
	isEdit: boolean,
): string {
	const { addPrinter } = words;
	const value = form[id];
	if (value === "" && (id === "serial" || id === "name" || (id === "accessCode" && isEdit))) return "";
	const refusal = device.facts.check(CHECKED[id], value);
	if (refusal === undefined) return "";
	switch (id) {
		case "host":
			return refusal.code === "missing" ? addPrinter.hostMissing : addPrinter.hostBad;
		case "accessCode":
			if (refusal.code === "missing") return addPrinter.codeMissing;
			return refusal.code === "too_short"
				? fill(addPrinter.codeShort, { n: value.length })
				: addPrinter.bad_field;
		case "serial":
			return addPrinter.serialBad;
		case "name":
			return fill(addPrinter.nameLong, { n: device.facts.texts.printerName.maxLength });
	}
}

/** Once it is saved, the link to the printer says whether what was entered is right. */
function outcome(input: ModelInput, form: PrinterForm, progress: AddPrinterProgress) {
	const { state, words } = input;
	const { addPrinter, link } = words;
	const { phase, refusal, savedId, kind = "bambu" } = progress;
	const said = (text: string, isBad = false, isConnected = false) => ({ text, isBad, isConnected });
	if (phase === "asking") return said(askingText(input, kind));
	if (refusal !== undefined) {
		const own = kind === "lan" ? { untrusted_certificate: addPrinter.lanCertificate } : {};
		const texts: Readonly<Record<string, string>> = { ...link, ...addPrinter, ...own };
		const text = words.language.code === "en" ? undefined : texts[refusal.code];
		return said(
			text === undefined ? refusal.message : fill(text, { host: form.host, serial: form.serial }),
			true,
		);
	}
	if (phase !== "saved") return said("");
	const printer = state.printers.find(({ id }) => id === savedId);
	if (printer === undefined) return said(addPrinter.saved);
	if (printer.link === "online") return said(fill(addPrinter.connected, { name: printer.name }), false, true);
	if (printer.linkError === undefined) return said(addPrinter.saved);
	const help = words.language.code === "en" ? printer.linkHelp : undefined;
	return said(help || fill(link[printer.linkError], { host: printer.host, serial: printer.serial }), true);
}
