// Whether the printer takes our commands: what it reports, and what it has refused.

import type { ControlStatus } from "../../printer-state";
import { hasRefusalFault } from "../derive/control";
import type { PrintReport } from "../report-schema";

/**
 * Some firmware never says that it takes signed commands only. So a refusal counts, until the connection is a new one,
 * the fault that came with it has gone, a command succeeds, or the printer says that it takes commands again.
 */
export class ControlLatch {
	private reported: ControlStatus = "unknown";
	private hasFault = false;
	private isRefused = false;

	get status(): ControlStatus {
		return this.isRefused ? "read_only" : this.reported;
	}

	/** What is derived of the report, and the report. */
	report(reported: ControlStatus, print: PrintReport): void {
		const hasFault = hasRefusalFault(print);
		const faultIsGone = this.hasFault && !hasFault;
		const isFullNow = reported === "full" && this.reported === "read_only";
		if (faultIsGone || isFullNow) this.isRefused = false;
		this.hasFault = hasFault;
		this.reported = reported;
	}

	refused(): void {
		this.isRefused = true;
	}

	succeeded(): void {
		this.isRefused = false;
	}

	reconnected(): void {
		this.isRefused = false;
	}
}
