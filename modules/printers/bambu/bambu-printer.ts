// A Bambu Lab printer: what its link delivers becomes its report, and its report becomes the printer's state.

import type { TextCodec } from "../../platform/text-codec";
import type { Printer } from "../printer";
import type { PrinterState } from "../printer-state";
import { type PrinterStateListener, PrinterStore } from "../printer-store";
import { deriveState } from "./derive/state";
import { type BambuConnection, BambuLink, type LinkReport } from "./link";
import { MessageReader } from "./message-reader";
import { findModel } from "./models";
import { RefusalLog } from "./refusal-log";
import { Section } from "./report-fields";
import { mergeReport, type ReportChanges } from "./report-merge";
import { type BambuReport, type ReportSchema, reportSchema, shortReportSchema } from "./report-schema";

export interface BambuPrinterOptions extends BambuConnection {
	/** As a person named it; "" makes a name from model and serial number. */
	name: string;
	text: TextCodec;
	/** Of spools and their units, whether more is kept than the material. */
	spoolDetails: boolean;
}

export class BambuPrinter implements Printer {
	readonly #options: BambuPrinterOptions;
	readonly #schema: ReportSchema;
	readonly #store: PrinterStore;
	readonly #link: BambuLink;
	readonly #reader: MessageReader;
	readonly #refusals: RefusalLog;
	readonly #report: BambuReport = {};
	#name: string;

	constructor(options: BambuPrinterOptions) {
		this.#options = options;
		this.#name = options.name;
		this.#schema = options.spoolDetails ? reportSchema : shortReportSchema;
		this.#store = new PrinterStore(this.initialState());
		this.#refusals = new RefusalLog({ log: options.log, printer: options.serial });
		this.#reader = new MessageReader({
			text: options.text,
			schema: this.#schema,
			onMessage: (message) => this.take(message),
			onRefused: (code) => this.#refusals.count(code),
		});
		this.#link = new BambuLink({
			...options,
			onStatus: (report) => this.showLink(report),
			onMessage: (bytes, remaining) => this.#reader.take(bytes, remaining),
		});
	}

	get state(): PrinterState {
		return this.#store.state;
	}

	start(): void {
		this.#link.start();
	}

	onChange(listener: PrinterStateListener): () => void {
		return this.#store.onChange(listener);
	}

	rename(name: string): void {
		this.#name = name;
		this.#store.update({ name: this.nameFor(this.state.model) });
	}

	async close(): Promise<void> {
		await this.#link.close();
	}

	private initialState(): PrinterState {
		const { serial, host } = this.#options;
		const model = findModel(serial).name;
		return {
			id: serial,
			vendor: "bambu",
			model,
			name: this.nameFor(model),
			serial,
			host,
			link: "offline",
			control: "unknown",
			job: { state: "unknown" },
			nozzles: [],
			bed: {},
			fans: {},
			lights: {},
			filament: { units: [], external: [] },
			faults: [],
		};
	}

	private nameFor(model: string): string {
		return this.#name || `${model} ${this.#options.serial.slice(-4)}`;
	}

	private take(message: Record<string, unknown>): void {
		const { print, info } = message as Partial<Record<string, Header | null>>;
		// Answers to commands, ours and those of others, come in the same sections; they are no reports.
		if (!isReport(print, "push_status")) delete message.print;
		if (info && !isReport(info, "get_version")) delete message.info;
		const full = print?.command === "push_status" && print.msg === 0;
		const merged = mergeReport(this.#report, message, full, this.#schema);
		if (merged.refused.length > 0) this.#refusals.count("wrong_type", merged.refused.slice(0, 5).join(", "));
		if (merged.changed !== Section.none) this.derive(merged);
		this.#link.heard(full);
	}

	private derive(changes: ReportChanges): void {
		const patch = deriveState(this.#report, this.#options.serial, changes, this.#store.state);
		if (patch.model) patch.name = this.nameFor(patch.model);
		this.#store.update(patch);
	}

	private showLink({ status, error, help, certificate }: LinkReport): void {
		// Half a message from a connection that is gone must not be continued by the next one.
		if (status === "offline") this.#reader.reset();
		this.#store.update({
			link: status,
			linkError: error,
			linkHelp: help,
			linkCertificate: certificate,
		});
	}
}

/** What a section that is an object may begin with. */
interface Header {
	command?: unknown;
	msg?: unknown;
}

/** Older firmware leaves the command out of a report. A section of a wrong type goes on, to be refused. */
function isReport(section: Header | null | undefined, command: string): boolean {
	const found = section?.command;
	return found === command || found === undefined;
}
