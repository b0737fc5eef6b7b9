// The printers, as the panel asks for them.

import type {
	AddOutcome,
	Done,
	FoundPrinter,
	NewPrinter,
	Outcome,
	PanelPrinters,
	PrinterCommand,
	PrinterEntry,
	PrinterFields,
	Refusal,
} from "../../ui/panel/device";
import type { Timer } from "../platform/clock";
import { SCAN_MS } from "../printers/bambu/discovery";
import type { CommandRefusal } from "../printers/command";
import { commandById } from "../printers/command-by-id";
import type { PrinterBookErrorCode } from "../printers/printer-book";
import { slotOf } from "../printers/printer-slots";
import type { PanelParts } from "./panel-parts";
import { bookRefusal, DONE, NO_PRINTER, refuse, unavailable } from "./refusals";

/** Who is attended to keeps its connection for a minute. */
const ATTEND_AGAIN_MS = 45_000;

export class DevicePrinters implements PanelPrinters {
	private readonly parts: PanelParts;
	/** Of the one that is looked at. */
	private attending: Timer | undefined;

	constructor(parts: PanelParts) {
		this.parts = parts;
	}

	attend(id: string): () => void {
		const { clock, printers } = this.parts;
		this.attending?.cancel();
		void printers.attend(id);
		const timer = clock.every(ATTEND_AGAIN_MS, () => void printers.attend(id));
		this.attending = timer;
		return () => timer.cancel();
	}

	async command(id: string, command: PrinterCommand): Promise<Done<CommandRefusal | "not_found">> {
		try {
			return (await commandById(this.parts.printers, id, command)) ?? NO_PRINTER;
		} catch (error) {
			return refuse("not_sent", unavailable(error).message);
		}
	}

	refusal(id: string, command: PrinterCommand): Refusal<CommandRefusal | "not_found"> | undefined {
		const printer = this.parts.printers.find(id);
		return printer ? printer.refusal(command) : NO_PRINTER;
	}

	async scan(): Promise<Outcome<readonly FoundPrinter[], "unavailable">> {
		try {
			return { ok: true, value: await this.parts.discovery.scan(SCAN_MS) };
		} catch (error) {
			return unavailable(error);
		}
	}

	async add(fields: NewPrinter): Promise<AddOutcome> {
		try {
			const { id } = await this.parts.book.add(fields);
			return { ok: true, value: { id } };
		} catch (error) {
			return bookRefusal(error);
		}
	}

	entry(id: string): PrinterEntry | undefined {
		const { settings } = this.parts;
		const slot = slotOf(settings, id);
		if (slot === undefined) return undefined;
		return {
			host: settings.get(`printer${slot}.host`),
			serial: settings.get(`printer${slot}.serial`),
			name: settings.get(`printer${slot}.name`),
			port: settings.get(`printer${slot}.port`),
			pinnedSha256: settings.get(`printer${slot}.pinnedSha256`),
			live: settings.get(`printer${slot}.live`),
			vendor: settings.get(`printer${slot}.vendor`),
			way: settings.get(`printer${slot}.way`),
		};
	}

	edit(id: string, fields: PrinterFields): Outcome<{ readonly id: string }, PrinterBookErrorCode> {
		const { book } = this.parts;
		try {
			return { ok: true, value: { id: book.edit(book.slotOf(id), fields).id } };
		} catch (error) {
			return bookRefusal(error);
		}
	}

	forget(id: string): Done<PrinterBookErrorCode> {
		return this.ask(() => this.parts.book.forget(id));
	}

	reorder(ids: readonly string[]): Done<PrinterBookErrorCode> {
		return this.ask(() => this.parts.book.reorder(ids));
	}

	trust(id: string, sha256: string): Done<"not_found" | "changed"> {
		const printer = this.parts.printers.find(id);
		if (!printer) return NO_PRINTER;
		const refused = printer.state.linkCertificate?.sha256.toLowerCase();
		if (refused === undefined || refused !== sha256.toLowerCase())
			return refuse("changed", "The printer no longer shows that certificate. Look at the new one.");
		const trusted = this.ask(() => this.parts.book.trust(id, refused));
		return trusted.ok ? DONE : NO_PRINTER;
	}

	/** May be called any number of times. */
	close(): void {
		this.attending?.cancel();
	}

	private ask(action: () => unknown): Done<PrinterBookErrorCode> {
		try {
			action();
			return DONE;
		} catch (error) {
			return bookRefusal(error);
		}
	}
}
