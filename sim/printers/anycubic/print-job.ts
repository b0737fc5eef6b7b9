// A Kobra's job as a state machine over simulated time: fetched, checked, heated, printed, ended.

/** As `state` of a print report says it. */
export type JobPhase =
	| "downloading"
	| "checking"
	| "preheating"
	| "auto_leveling"
	| "vibrating"
	| "flow_calibrating"
	| "printing"
	| "pausing"
	| "paused"
	| "resuming"
	| "resumed"
	| "stopping"
	| "stoped"
	| "finished"
	| "failed";

export interface JobFailure {
	readonly code: number;
	readonly msg: string;
}

export interface Job {
	readonly taskId: string;
	/** Of a job that was started at the printer itself. */
	readonly localTask: string;
	readonly fileName: string;
	readonly phase: JobPhase;
	/** Spent in the phase. */
	readonly phaseMs: number;
	/** What it goes through, up to and with the printing. */
	readonly route: readonly JobPhase[];
	/** Who asked for the present phase, as `action` of the reports. */
	readonly action: "start" | "pause" | "resume" | "stop";
	/** Where a pause goes back to. */
	readonly resumeTo: JobPhase;
	readonly failure: JobFailure | undefined;
	/** Printed so far, at standard speed. */
	readonly doneMs: number;
	readonly totalMs: number;
	/** Since it began to heat, pauses included. */
	readonly elapsedMs: number;
	readonly totalLayers: number;
	/** Of filament, for all of it. */
	readonly totalMm: number;
	readonly nozzleC: number;
	readonly bedC: number;
	/** Of the filament box. */
	readonly slot: number;
}

export interface JobOptions {
	readonly taskId: string;
	readonly localTask?: string;
	readonly fileName: string;
	readonly isFetched?: boolean;
	/** Also levels and measures before it prints. */
	readonly calibrates?: boolean;
	/** At standard speed. */
	readonly totalMs?: number;
	readonly totalLayers?: number;
	readonly totalMm?: number;
	readonly nozzleC?: number;
	readonly bedC?: number;
	readonly slot?: number;
}

export interface JobSurroundings {
	/** Nozzle and bed are as warm as they should be. */
	readonly heated: boolean;
	readonly speedPercent: number;
	readonly filamentBroken: boolean;
	readonly downloadFails: boolean;
}

/** How long the phases take that do not end by themselves. */
const durationsMs: Readonly<Partial<Record<JobPhase, number>>> = {
	downloading: 10_000,
	checking: 3000,
	auto_leveling: 40_000,
	vibrating: 20_000,
	flow_calibrating: 20_000,
	pausing: 3000,
	resuming: 3000,
	resumed: 1000,
	stopping: 3000,
};

export const failures = {
	/** What a start meets while another job is under way. */
	busy: { code: 10101, msg: "task is still active" },
	filament: { code: 10107, msg: "filament broken" },
	// Only these two numbers are known; the others stand for codes that nobody has written down.
	download: { code: 10901, msg: "download failed" },
	file: { code: 10902, msg: "file does not exist" },
	arguments: { code: 10903, msg: "wrong parameter" },
} as const satisfies Record<string, JobFailure>;

const calibration: readonly JobPhase[] = ["auto_leveling", "vibrating", "flow_calibrating"];
const ended: ReadonlySet<JobPhase> = new Set(["stoped", "finished", "failed"]);
const unpausable: ReadonlySet<JobPhase> = new Set([
	"downloading",
	"checking",
	"pausing",
	"paused",
	"resuming",
	"resumed",
	"stopping",
]);

/** With the defaults it takes about 20 minutes. */
export function startJob(options: JobOptions): Job {
	const { taskId, localTask = "", fileName, isFetched = false, calibrates = false, slot = 0 } = options;
	const { totalMs = 15 * 60_000, totalLayers = 60, totalMm = 4200, nozzleC = 220, bedC = 60 } = options;
	const route: readonly JobPhase[] = [
		isFetched ? "downloading" : "checking",
		...(isFetched ? (["checking"] as const) : []),
		"preheating",
		...(calibrates ? calibration : []),
		"printing",
	];
	return {
		taskId,
		localTask,
		fileName,
		phase: isFetched ? "downloading" : "checking",
		phaseMs: 0,
		route,
		action: "start",
		resumeTo: "printing",
		failure: undefined,
		doneMs: 0,
		totalMs,
		elapsedMs: 0,
		totalLayers,
		totalMm,
		nozzleC,
		bedC,
		slot,
	};
}

/** From the start to the end, pauses included. */
export function isActive(job: Job | undefined): job is Job {
	return job !== undefined && !ended.has(job.phase);
}

export function isPausable({ phase }: Job): boolean {
	return !ended.has(phase) && !unpausable.has(phase);
}

export function pauseJob(job: Job): Job {
	if (!isPausable(job)) return job;
	return { ...enter(job, "pausing"), action: "pause", resumeTo: job.phase };
}

export function resumeJob(job: Job): Job {
	return job.phase === "paused" ? { ...enter(job, "resuming"), action: "resume" } : job;
}

export function stopJob(job: Job): Job {
	return !isActive(job) || job.phase === "stopping" ? job : { ...enter(job, "stopping"), action: "stop" };
}

export function failJob(job: Job, failure: JobFailure): Job {
	return { ...enter(job, "failed"), failure };
}

export function stepJob(job: Job, elapsedMs: number, around: JobSurroundings): Job {
	if (!isActive(job)) return job;
	const heats = job.phase !== "downloading" && job.phase !== "checking";
	const moved: Job = {
		...job,
		phaseMs: job.phaseMs + elapsedMs,
		elapsedMs: job.elapsedMs + (heats ? elapsedMs : 0),
	};
	switch (job.phase) {
		case "downloading":
			// Half of it comes, so that there is some progress to be seen before.
			if (around.downloadFails && moved.phaseMs >= durationOf("downloading") / 2)
				return failJob(moved, failures.download);
			break;
		case "preheating":
			return around.heated ? enter(moved, nextOf(job)) : moved;
		case "printing": {
			if (around.filamentBroken) return failJob(moved, failures.filament);
			const doneMs = Math.min(job.totalMs, job.doneMs + (elapsedMs * around.speedPercent) / 100);
			return doneMs >= job.totalMs ? enter({ ...moved, doneMs }, "finished") : { ...moved, doneMs };
		}
		case "paused":
			return moved;
		default:
	}
	if (moved.phaseMs < durationOf(job.phase)) return moved;
	// Once it prints again, reports are what they were before the pause.
	return { ...enter(moved, nextOf(job)), action: job.phase === "resumed" ? "start" : job.action };
}

/** Of the download while that lasts, afterwards of the print. Whole percent; 100 only at the end. */
export function jobPercent({ phase, phaseMs, doneMs, totalMs }: Job): number {
	if (phase === "finished") return 100;
	const done = phase === "downloading" ? phaseMs / durationOf("downloading") : doneMs / totalMs;
	return Math.min(99, Math.floor(100 * done));
}

/** The layer being printed; 0 before the first. */
export function jobLayer({ doneMs, totalMs, totalLayers }: Job): number {
	return doneMs === 0 ? 0 : Math.min(totalLayers, Math.floor((totalLayers * doneMs) / totalMs) + 1);
}

/** Minutes, rounded up. */
export function jobRemainingMinutes({ doneMs, totalMs }: Job, speedPercent: number): number {
	return Math.ceil(((totalMs - doneMs) * 100) / speedPercent / 60_000);
}

/** Full minutes. */
export function jobElapsedMinutes({ elapsedMs }: Job): number {
	return Math.floor(elapsedMs / 60_000);
}

/** Of filament, so far: whole millimetres. */
export function jobUsedMm({ doneMs, totalMs, totalMm }: Job): number {
	return Math.round((totalMm * doneMs) / totalMs);
}

function durationOf(phase: JobPhase): number {
	return durationsMs[phase] ?? 0;
}

function enter(job: Job, phase: JobPhase): Job {
	return { ...job, phase, phaseMs: 0 };
}

function nextOf(job: Job): JobPhase {
	switch (job.phase) {
		case "pausing":
			return "paused";
		case "resuming":
			return "resumed";
		case "resumed":
			return job.resumeTo;
		case "stopping":
			return "stoped";
		default:
			return job.route[job.route.indexOf(job.phase) + 1] ?? "printing";
	}
}
