// Looks for printers of all makers at once.

import type { PrinterWay } from "./printer-makers";
import type { PrinterVendor } from "./printer-state";

export interface FoundPrinter {
	vendor: PrinterVendor;
	/** Of an Anycubic printer. */
	way?: PrinterWay;
	/** Of an Anycubic printer the id of its device. */
	serial: string;
	/** Its address; of one at a broker that of the broker. */
	host: string;
	/** Never empty. */
	name: string;
	/** As people call it: "P1S". */
	model: string;
}

type Announced = Omit<FoundPrinter, "vendor" | "way">;

export interface PrinterSearchOptions {
	/** Those that announce themselves; may reject with a `PortError`. */
	announced: { scan(durationMs: number): Promise<readonly Announced[]> };
	/** Those that were heard of so far in other ways. */
	heard(): readonly FoundPrinter[];
}

export class PrinterSearch {
	private readonly options: PrinterSearchOptions;

	constructor(options: PrinterSearchOptions) {
		this.options = options;
	}

	/** Resolves with each printer once. Rejects with a `PortError` when it could not be looked for any, and none is known. */
	async scan(durationMs: number): Promise<readonly FoundPrinter[]> {
		const { announced, heard } = this.options;
		let printers: FoundPrinter[] = [];
		try {
			const found = await announced.scan(durationMs);
			printers = found.map((printer) => ({ vendor: "bambu", ...printer }));
		} catch (error) {
			if (heard().length === 0) throw error;
		}
		return [...printers, ...heard()];
	}
}
