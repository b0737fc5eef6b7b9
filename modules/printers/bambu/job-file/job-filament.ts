// What the job under way takes of each slot: reads its file, and joins that with the slots that its filaments come from.

import type { Clock, Timer } from "../../../platform/clock";
import type { FilamentUse, JobFileErrorCode, JobFileQuery, JobFileResult, JobFiles } from "../../job-files";
import { isUnderWay } from "../../job-status";
import { withoutEndings } from "../../job-title";
import type { PrinterTarget } from "../../printer";
import type { JobState, PrinterState } from "../../printer-state";
import { sameValue } from "../../same-value";
import type { PrintReport } from "../report-schema";
import { nameOfUse, type StartCommand, shareOut, trayOfReport, trayOfStart } from "./job-mapping";

/** A file may still be on its way to the printer, and its server may be busy. */
export const RETRY_AFTER_MS: readonly number[] = Object.freeze([
	5_000, 15_000, 45_000, 120_000, 300_000, 600_000,
]);
const WORTH_A_RETRY: readonly JobFileErrorCode[] = Object.freeze(["unreachable", "busy", "not_found"]);
/** Of the printer's own jobs, such as a calibration. */
const SYSTEM_FOLDER = "/usr/";
const PLATE_BEFORE = "plate_";
const PLATE_BEHIND = ".gcode";

export interface JobFilamentOptions {
	clock: Clock;
	jobFiles: JobFiles;
	serial: string;
	/** Where the printer is now. */
	target(): PrinterTarget;
	/** Of that host's file server; `undefined`: where printers have it. */
	port(host: string): number | undefined;
	/** {@link JobFilaments.shown} is another one; not called while {@link JobFilaments.report} runs. */
	onChange(): void;
}

/** The command that starts a job, as it was sent or as the printer repeats it. */
export interface JobStart extends StartCommand {
	readonly command?: unknown;
	readonly sequence_id?: unknown;
	readonly param?: unknown;
	readonly file?: unknown;
	readonly subtask_name?: unknown;
	readonly result?: unknown;
}

/** What the job is seen with. */
export type JobView = Pick<PrinterState, "job" | "filament" | "nozzles">;
export type ShownFilament = Pick<JobState, "filament" | "filamentHelp">;

const NOTHING: ShownFilament = Object.freeze({});

export class JobFilaments {
	private readonly options: JobFilamentOptions;
	/** Of the next job, or of this one. */
	private start: JobStart | undefined;
	private view: JobView | undefined;
	private print: PrintReport = {};
	/** Counts jobs: what was asked for another one is of no use. */
	private count = 0;
	private isReading = false;
	private timer: Timer | undefined;
	private failures = 0;
	/** Nothing more is to be learnt from its file. */
	private isOver = false;
	private problem: string | undefined;
	private uses: readonly FilamentUse[] | undefined;
	#shown: ShownFilament = NOTHING;

	constructor(options: JobFilamentOptions) {
		this.options = options;
	}

	get shown(): ShownFilament {
		return this.#shown;
	}

	/** The printer has said something of its job, its nozzles or its spools. */
	report(view: JobView, print: PrintReport): void {
		const before = this.view;
		this.view = view;
		if (!isUnderWay(view.job.state)) {
			this.rest();
			return;
		}
		if (!before || isAnother(before.job, view.job)) this.begin(view.job);
		this.print = print;
		this.read(view);
		this.share();
	}

	/** A job is being started, by us or by another client of the printer. */
	heard(start: JobStart): void {
		if (isRefused(start.result)) {
			if (isSameCommand(start, this.start)) this.start = undefined;
			return;
		}
		const { job } = this.view ?? {};
		// The printer may say first that it prepares.
		if (job && isUnderWay(job.state) && !isOf(start, job)) return;
		// An answer need not repeat what was asked for.
		this.start = isSameCommand(start, this.start) ? { ...this.start, ...start } : start;
		this.update();
	}

	/** Nothing is called afterwards, until there is another report. */
	close(): void {
		this.count++;
		this.isReading = false;
		this.rest();
		this.view = undefined;
	}

	private rest(): void {
		this.timer?.cancel();
		this.timer = undefined;
	}

	private begin(job: JobState): void {
		this.count++;
		this.rest();
		this.isReading = false;
		this.failures = 0;
		this.isOver = false;
		this.problem = undefined;
		this.uses = undefined;
		this.#shown = NOTHING;
		if (this.start && !isOf(this.start, job)) this.start = undefined;
	}

	private read({ job }: JobView): void {
		if (this.uses || this.isOver || this.isReading || this.timer) return;
		const query = this.query(job);
		if (!query) return;
		this.isReading = true;
		const count = this.count;
		void this.options.jobFiles.read(query).then((result) => {
			if (count !== this.count) return;
			this.isReading = false;
			this.take(result);
			this.update();
		});
	}

	/** `undefined`: the job has no file of a slicer, or the printer has not said which. */
	private query({ name = "" }: JobState): JobFileQuery | undefined {
		const { serial, target, port } = this.options;
		const { host, accessCode, pinnedSha256 } = target();
		const filesPort = port(host);
		const { file: started, param } = this.start ?? {};
		const named = this.print.gcode_file || textOf(started);
		if (named.startsWith(SYSTEM_FOLDER) || (name === "" && named === "")) return undefined;
		const plate = plateOf(named) ?? plateOf(textOf(param));
		return {
			host,
			serial,
			accessCode,
			pinnedSha256,
			file: named,
			title: name,
			...(plate !== undefined && { plate }),
			...(filesPort !== undefined && { port: filesPort }),
		};
	}

	private take(result: JobFileResult): void {
		if (result.ok) {
			this.uses = result.filaments;
			this.problem = undefined;
			return;
		}
		this.problem = result.message;
		const waitMs = WORTH_A_RETRY.includes(result.code) ? RETRY_AFTER_MS[this.failures++] : undefined;
		const view = this.view;
		if (waitMs === undefined || !view || !isUnderWay(view.job.state)) {
			this.isOver = true;
			return;
		}
		this.timer = this.options.clock.after(waitMs, () => {
			this.timer = undefined;
			if (this.view) this.read(this.view);
		});
	}

	private update(): void {
		const before = this.#shown;
		this.share();
		if (this.#shown !== before) this.options.onChange();
	}

	private share(): void {
		const view = this.view;
		// What a job that has ended took is what was known at its end.
		if (!view || (!isUnderWay(view.job.state) && this.#shown.filament)) return;
		const next = this.uses ? this.shareOf(this.uses, view) : this.helpOf(view);
		if (!sameValue(this.#shown, next)) this.#shown = next;
	}

	private helpOf({ job: { state } }: JobView): ShownFilament {
		// Until it prints its file may be on its way.
		return this.problem === undefined || (state === "preparing" && !this.isOver)
			? NOTHING
			: { filamentHelp: this.problem };
	}

	private shareOf(uses: readonly FilamentUse[], view: JobView): ShownFilament {
		const { filament, job } = view;
		const { mapping: packed = [] } = this.print;
		const reported = packed.length > 0 ? trayOfReport(packed, filament) : undefined;
		const started = this.start && trayOfStart(this.start, filament);
		// At first the report still has that of the job before.
		const mapping = (job.state === "preparing" ? (started ?? reported) : (reported ?? started)) ?? [];
		const { shares, missing, isPending } = shareOut(uses, mapping, view);
		const shown: ShownFilament = {};
		if (shares.length > 0) shown.filament = shares;
		if (missing.length > 0 && !isPending) shown.filamentHelp = unknownPlaces(missing);
		return shown;
	}
}

function unknownPlaces(missing: readonly FilamentUse[]): string {
	const names = missing.map(nameOfUse).join(", ");
	return `It is not known which slot the job's filament ${names} comes from: the printer does not say it, and not exactly one slot has that material and colour. It is not counted.`;
}

/** A job of the same name and without a key of its own is only another one when the last one was seen to end. */
function isAnother(before: JobState, now: JobState): boolean {
	if (!isUnderWay(before.state)) return true;
	const isOther = (one: string | undefined, other: string | undefined): boolean =>
		one !== undefined && other !== undefined && one !== other;
	return isOther(before.key, now.key) || isOther(before.name, now.name);
}

/** Whether that command has started this job. */
function isOf({ subtask_name }: JobStart, { name }: JobState): boolean {
	const title = withoutEndings(textOf(subtask_name).trim());
	return title === "" || name === undefined || title === name;
}

function isSameCommand(a: JobStart, b: JobStart | undefined): boolean {
	return a.sequence_id !== undefined && a.sequence_id === b?.sequence_id;
}

function isRefused(result: unknown): boolean {
	return result !== undefined && textOf(result).toLowerCase() !== "success";
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}

/** "/data/Metadata/plate_2.gcode" */
function plateOf(path: string): number | undefined {
	const name = path.slice(path.lastIndexOf("/") + 1);
	if (!name.startsWith(PLATE_BEFORE) || !name.endsWith(PLATE_BEHIND)) return undefined;
	const plate = Number(name.slice(PLATE_BEFORE.length, -PLATE_BEHIND.length));
	return Number.isInteger(plate) && plate >= 1 ? plate : undefined;
}
