// Follows one printer: turns its state into reports for `usage.ts`, as long as it is heard.

import type { PrinterState } from "../printers/printer-state";
import type { JobReport, Progress } from "./job-progress";
import type { Outbox } from "./outbox";
import type { TrayReport } from "./remain";
import type { IdentifiedTray } from "./tray-identities";
import { activeTray } from "./trays";
import {
	beginUsage,
	differences,
	jobGramsLeft,
	loseSight,
	type SpoolDiffers,
	takeReport,
	trustPrinter,
	trustSpoolman,
	type UsageOptions,
	type UsageResult,
	type UsageState,
} from "./usage";

/** The file that says what a job takes may come after the end of a short one. */
const LATE_FILE_MS = 120_000;

export class PrinterWatch {
	private usage: UsageState;
	private isInSight = false;
	/** When a printer that is only looked at was last heard: what it said then is no news later. */
	private heardAtSeconds: number | undefined;
	/** How a job has ended, as long as it is not known whom it took from, and since when. */
	private end: { state: PrinterState; sinceMs: number } | undefined;

	constructor(progress: Progress | undefined) {
		this.usage = beginUsage(progress);
	}

	get progress(): Progress {
		return this.usage.progress;
	}

	/** Where printer and Spoolman do not agree. */
	get differences(): readonly SpoolDiffers[] {
		return differences(this.usage);
	}

	/** g that the running job will still take. */
	jobGrams(tray: number): number | undefined {
		return jobGramsLeft(this.usage, tray);
	}

	/** What is to be handed on now; `undefined` while the printer is not heard. */
	take(
		state: PrinterState,
		trays: readonly IdentifiedTray[],
		nowMs: number,
		options: UsageOptions,
		outbox: Outbox,
	): UsageResult | undefined {
		if (!this.see(state)) return undefined;
		if (this.isEndAwaited(state, trays, nowMs, options)) return undefined;
		const { end } = this;
		this.end = undefined;
		if (!end || isEnded(state)) return this.report(state, trays, nowMs, options, outbox);
		const last = this.report(end.state, trays, nowMs, options, outbox);
		const next = this.report(state, trays, nowMs, options, last.outbox);
		return { ...next, differs: [...last.differs, ...next.differs] };
	}

	private report(
		state: PrinterState,
		trays: readonly IdentifiedTray[],
		nowMs: number,
		options: UsageOptions,
		outbox: Outbox,
	): UsageResult {
		const { tracksRemaining } = state.filament;
		const report = {
			nowMs,
			...(tracksRemaining !== undefined && { tracksRemaining }),
			job: jobReport(state),
			trays: trays.map(trayReport),
		};
		const result = takeReport(this.usage, report, options, outbox);
		this.usage = result.state;
		return result;
	}

	/** Whether there is something new to say once more: values count when they are said twice. */
	isDue({ watch, heardAtSeconds }: PrinterState): boolean {
		if (watch === "live" || heardAtSeconds !== this.heardAtSeconds) {
			this.heardAtSeconds = heardAtSeconds;
			return true;
		}
		return false;
	}

	/** `undefined`: there is no difference to end. */
	resync(tray: number, by: "printer" | "spoolman", outbox: Outbox): Outbox | undefined {
		if (by === "spoolman") {
			const usage = trustSpoolman(this.usage, tray);
			if (usage) this.usage = usage;
			return usage && outbox;
		}
		const result = trustPrinter(this.usage, tray, outbox);
		if (result) this.usage = result.state;
		return result?.outbox;
	}

	/** What a job took is handed on when it has ended, and only then: not before it is known of which spool. */
	private isEndAwaited(
		state: PrinterState,
		trays: readonly IdentifiedTray[],
		nowMs: number,
		{ prefer }: UsageOptions,
	): boolean {
		const { isUnderWay, key } = this.usage.progress;
		if (!isUnderWay || !isEnded(state) || (key !== undefined && state.job.key !== key)) return false;
		const sinceMs = this.end?.sinceMs ?? nowMs;
		this.end = { state, sinceMs };
		const { filament, filamentHelp } = state.job;
		if (filament)
			return trays.some(({ awaits, tray }) => awaits && filament.some((use) => use.tray === tray));
		const isRead = prefer === "usage" && filamentHelp === undefined && key !== undefined;
		return isRead && nowMs - sinceMs < LATE_FILE_MS;
	}

	private see({ link, watch }: PrinterState): boolean {
		if (link === "online") {
			this.isInSight = true;
			return true;
		}
		// The next look at a printer begins with a connection; only one that failed is a gap.
		const isBetweenLooks = watch === "polled" && link !== "offline";
		if (this.isInSight && !isBetweenLooks) {
			this.isInSight = false;
			this.usage = loseSight(this.usage);
		}
		return false;
	}
}

function jobReport({ job, filament }: PrinterState): JobReport {
	const { state, key, percent, filament: use } = job;
	const active = activeTray(filament);
	return {
		state,
		...(key !== undefined && { key }),
		...(percent !== undefined && { percent }),
		...(use && { use }),
		...(active !== undefined && { active }),
	};
}

function isEnded({ job: { state } }: PrinterState): boolean {
	return state === "finished" || state === "failed" || state === "idle";
}

function trayReport({ tray, kind, slot, identity }: IdentifiedTray): TrayReport {
	const { state, isReading, spoolUuid, remainPercent, fullGrams } = slot;
	return {
		tray,
		kind,
		isThere: state !== "empty",
		isReading: isReading === true,
		...(spoolUuid !== undefined && { uuid: spoolUuid }),
		...(remainPercent !== undefined && { remain: remainPercent }),
		...(fullGrams !== undefined && { trayWeightG: fullGrams }),
		identity,
	};
}
