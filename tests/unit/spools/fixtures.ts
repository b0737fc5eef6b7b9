// Spools, trays and reports for the tests of filament tracking.

import type { Identity } from "../../../modules/spools/identity";
import { EMPTY_OUTBOX, type Outbox } from "../../../modules/spools/outbox";
import type { TrayReport } from "../../../modules/spools/remain";
import type { Spool } from "../../../modules/spools/spool";
import {
	beginUsage,
	DEFAULT_USAGE_OPTIONS,
	takeReport,
	type UsageOptions,
	type UsageReport,
	type UsageState,
} from "../../../modules/spools/usage";

export const TAG = "0123456789ABCDEF0123456789ABCDEF";
export const OTHER_TAG = "FEDCBA9876543210FEDCBA9876543210";
export const NO_TAG = "0".repeat(32);

export function spoolWith(changes: Partial<Spool> = {}): Spool {
	return { id: 1, archived: false, usedG: 200, baseG: 1000, ...changes };
}

export function known(spool: Spool, by: "tag" | "slot" = "tag"): Identity {
	return { kind: "spool", spool, by };
}

/** A tagged spool with 80 % left, in the first slot of an AMS. */
export function trayWith(changes: Partial<TrayReport> = {}): TrayReport {
	const identity = known(spoolWith({ tag: TAG }));
	return {
		tray: 0,
		kind: "ams",
		isThere: true,
		isReading: false,
		uuid: TAG,
		trayWeightG: 1000,
		identity,
		...changes,
	};
}

/** Gives one report after another, ten minutes apart unless told. */
export class Tracker {
	state: UsageState = beginUsage();
	/** As it is for each report; what is handed on is not kept in it. */
	outbox: Outbox = EMPTY_OUTBOX;
	nowMs = 0;
	/** Whether the printer says that it measures. */
	says: { tracksRemaining?: boolean } = { tracksRemaining: true };
	readonly options: UsageOptions;

	constructor(options: Partial<UsageOptions> = {}) {
		this.options = { ...DEFAULT_USAGE_OPTIONS, ...options };
	}

	take(report: Partial<UsageReport>, stepMs = 600_000) {
		this.nowMs += stepMs;
		const { nowMs } = this;
		const whole: UsageReport = { job: { state: "idle" }, trays: [], ...this.says, ...report, nowMs };
		const result = takeReport(this.state, whole, this.options, this.outbox);
		this.state = result.state;
		return result;
	}

	/** The same report twice, as what is to be believed has to be said. */
	twice(report: Partial<UsageReport>, stepMs?: number) {
		const first = this.take(report, stepMs);
		const second = this.take(report, stepMs);
		return {
			intents: [...first.intents, ...second.intents],
			differs: [...first.differs, ...second.differs],
		};
	}
}
