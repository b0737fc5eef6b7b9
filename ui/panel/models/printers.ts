// All printers, as a list or as cards: which is shown, how each one is, in which order.

import type { ModelInput, PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { severityTone } from "./faults";
import { type JobView, jobView } from "./job";
import { type LinkView, linkView } from "./link";
import { momentOf } from "./moment";
import type { Tone } from "./tone";

export interface PrintersView {
	readonly cards: readonly PrinterCard[];
	/** When there are none; else "". */
	readonly emptyText: string;
	readonly add: { readonly label: string; readonly enabled: boolean; readonly why: string };
}

export interface PrinterCard {
	readonly id: string;
	readonly name: string;
	readonly model: string;
	/** It is the one that the other screens show. */
	readonly isShown: boolean;
	readonly link: LinkView;
	readonly job: JobView;
	/** "2 faults", or "". */
	readonly faults: string;
	readonly faultTone: Tone;
	/** "read-only", or "". */
	readonly readOnlyBadge: string;
	readonly canMoveUp: boolean;
	readonly canMoveDown: boolean;
}

export interface PrinterDetailsView extends PrinterCard {
	readonly rows: readonly { readonly label: string; readonly value: string }[];
	readonly forget: Question;
	/** Of the certificate that was refused; absent when none was. */
	readonly certificate?: CertificateView;
}

export interface CertificateView {
	/** "Certificate of 01P00A…" */
	readonly title: string;
	/** In groups of four, to be compared. */
	readonly fingerprint: string;
	/** To be given back. */
	readonly sha256: string;
	readonly trustLabel: string;
}

export function printersView(input: ModelInput): PrintersView {
	const { state, words, device } = input;
	const { mostPrinters } = device.facts;
	const isFull = state.printers.length >= mostPrinters;
	return {
		cards: state.printers.map((printer, place) => cardOf(input, printer, place)),
		emptyText: state.printers.length === 0 ? words.printers.none : "",
		add: {
			label: words.addPrinter.title,
			enabled: !isFull,
			why: isFull ? fill(words.printers.full, { n: mostPrinters }) : "",
		},
	};
}

/** `undefined` when there is no such printer any more. */
export function printerDetailsView(input: ModelInput, id: string): PrinterDetailsView | undefined {
	const { state, words } = input;
	const place = state.printers.findIndex((other) => other.id === id);
	const printer = state.printers[place];
	if (printer === undefined) return undefined;
	const { printers, common } = words;
	const certificate = printer.linkCertificate;
	return {
		...cardOf(input, printer, place),
		rows: [
			{ label: printers.model, value: printer.model || common.unknown },
			{ label: printers.address, value: printer.host || common.unknown },
			{ label: printers.serial, value: printer.serial || common.unknown },
			{ label: printers.firmware, value: printer.firmware || common.unknown },
		],
		forget: {
			title: fill(printers.forgetQuestion, { name: printer.name }),
			text: printers.forgetText,
			yes: printers.forgetYes,
			no: common.cancel,
			isDangerous: true,
		},
		...(certificate !== undefined && { certificate: certificateView(words, certificate) }),
	};
}

export function certificateView(
	{ printers, common }: Words,
	{ commonName, sha256 }: { readonly commonName: string; readonly sha256: string },
): CertificateView {
	return {
		title: fill(printers.certificate, { name: commonName || common.unknown }),
		fingerprint: inFours(sha256),
		sha256,
		trustLabel: printers.trust,
	};
}

/** The ids in the order after that one has moved by a place; the same when it cannot. */
export function movedBy(ids: readonly string[], id: string, by: -1 | 1): readonly string[] {
	const from = ids.indexOf(id);
	const to = from + by;
	if (from < 0 || to < 0 || to >= ids.length) return ids;
	const moved = ids.filter((other) => other !== id);
	moved.splice(to, 0, id);
	return moved;
}

function cardOf(input: ModelInput, printer: PrinterOfState, place: number): PrinterCard {
	const { state, words } = input;
	const now = momentOf(input);
	const count = printer.faults.length;
	return {
		id: printer.id,
		name: printer.name,
		model: printer.model,
		isShown: printer.id === input.printer?.id,
		link: linkView(words, printer, now),
		job: jobView(words, printer, now),
		faults:
			count === 0 ? "" : count === 1 ? words.printers.faultOne : fill(words.printers.faultMany, { n: count }),
		faultTone: severityTone(printer.faults.map(({ severity }) => severity)),
		readOnlyBadge: printer.control === "read_only" ? words.readOnly.badge : "",
		canMoveUp: place > 0,
		canMoveDown: place < state.printers.length - 1,
	};
}

function inFours(digits: string): string {
	let text = "";
	for (let at = 0; at < digits.length; at += 4) text += (at === 0 ? "" : " ") + digits.slice(at, at + 4);
	return text.toUpperCase();
}
