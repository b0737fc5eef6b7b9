// Adding a printer or changing one: what the search has found, and the form with what is wrong beside each field.

import type { DiscoveredPrinter, FormField, Refusal } from "../device";
import type { ModelInput } from "../screen";
import { fill } from "../words/texts";
import { type CertificateView, certificateView } from "./printers";

/** What a person has typed so far; the screen keeps it. */
export interface PrinterForm {
	readonly host: string;
	readonly accessCode: string;
	readonly serial: string;
	readonly name: string;
}

export type PrinterFormField = keyof PrinterForm;

/** How the search and the adding go; the screen keeps it. */
export interface AddPrinterProgress {
	/** Of a printer that is changed; absent when one is added. */
	readonly editedId?: string;
	readonly scan: "idle" | "running" | "done" | "failed";
	/** Until the search ends. */
	readonly scanSecondsLeft?: number;
	readonly found: readonly DiscoveredPrinter[];
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
	readonly found: readonly FoundPrinter[];
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

export interface FoundPrinter {
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
	const isPending = progress.phase === "asking";
	const why = firstProblem(input, form, isEdit);
	const { text, isBad, isConnected } = outcome(input, form, progress);
	const saved = input.state.printers.find(({ id }) => id === progress.savedId);
	const certificate = progress.refusal?.certificate ?? saved?.linkCertificate;
	return {
		title: isEdit ? addPrinter.editTitle : addPrinter.title,
		scan: {
			label: progress.scan === "done" || progress.scan === "failed" ? words.common.again : addPrinter.scan,
			enabled: progress.scan !== "running",
			text: scanText(input, progress),
		},
		found: progress.found.map((printer) => foundPrinter(input, printer)),
		fields: (["host", "accessCode", "serial", "name"] as const).map((id) =>
			fieldView(input, form, id, isEdit),
		),
		submit: {
			label: isEdit ? words.common.save : addPrinter.connect,
			enabled: why === "" && !isPending,
			why: isPending ? addPrinter.asking : why,
		},
		message: text,
		isMessageBad: isBad,
		isPending,
		isConnected,
		...(certificate !== undefined && { certificate: certificateView(words, certificate) }),
	};
}

function scanText(
	{ words: { addPrinter } }: ModelInput,
	{ scan, scanSecondsLeft = 0, found }: AddPrinterProgress,
): string {
	if (scan === "running") return fill(addPrinter.scanning, { n: Math.max(0, Math.ceil(scanSecondsLeft)) });
	if (scan === "failed") return addPrinter.unavailable;
	return scan === "done" && found.length === 0 ? addPrinter.foundNone : "";
}

function foundPrinter({ state, words }: ModelInput, printer: DiscoveredPrinter): FoundPrinter {
	const { name, model, host, serial } = printer;
	const isAdded = state.printers.some((other) => other.serial.toUpperCase() === serial.toUpperCase());
	const note = [model, host, isAdded ? words.addPrinter.alreadyAdded : ""];
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

function firstProblem(input: ModelInput, form: PrinterForm, isEdit: boolean): string {
	for (const id of ["host", "accessCode", "serial", "name"] as const) {
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
function outcome({ state, words }: ModelInput, form: PrinterForm, progress: AddPrinterProgress) {
	const { addPrinter, link } = words;
	const { phase, refusal, savedId } = progress;
	const said = (text: string, isBad = false, isConnected = false) => ({ text, isBad, isConnected });
	if (phase === "asking") return said(addPrinter.asking);
	if (refusal !== undefined) {
		const texts: Readonly<Record<string, string>> = { ...link, ...addPrinter };
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
