// A job as a state machine over simulated time: download, heat, level, print layer by layer, finish.

import { changeMs } from "./filament-change";
import type { TrayAddress } from "./spools";

export type JobStatus = "idle" | "preparing" | "running" | "paused" | "finished" | "failed";

/** Numbers of `stg_cur` that this printer uses. */
export const stages = {
	printing: 0,
	levelling: 1,
	heatingBed: 2,
	vibration: 3,
	changingFilament: 4,
	runout: 6,
	heatingNozzle: 7,
	calibratingExtrusion: 8,
	homing: 13,
	cleaningNozzle: 14,
	pausedByUser: 16,
	calibratingFlow: 19,
	unloading: 22,
	loading: 24,
	motorNoise: 25,
	pausedByGcode: 30,
	nozzleOffset: 39,
	levellingHot: 40,
	heatingChamber: 49,
} as const;

export type JobStep =
	/** Named, not begun: the state is still IDLE. */
	| { readonly kind: "accept"; readonly durationMs: number }
	| { readonly kind: "download"; readonly durationMs: number }
	/** Ends when the part is hot. */
	| { readonly kind: "heat"; readonly part: "bed" | "nozzle" | "chamber"; readonly targetC: number }
	| {
			readonly kind: "routine";
			readonly stage: number;
			readonly durationMs: number;
			readonly preparing: boolean;
	  }
	/** Ends when that filament is in the nozzle; `to: undefined` unloads. */
	| { readonly kind: "change"; readonly to: TrayAddress | undefined }
	| {
			readonly kind: "layers";
			/** Layers already printed before this step. */
			readonly done: number;
			readonly count: number;
			/** At standard speed. */
			readonly durationMs: number;
			readonly tray: TrayAddress;
			/** Used up by the whole step. */
			readonly grams: number;
	  };

/** One of the filaments that a plate was sliced with. */
export interface PlateFilament {
	/** `undefined`: the plate does not use it. */
	readonly tray: TrayAddress | undefined;
	/** What the whole job takes of it. */
	readonly grams: number;
}

export interface JobPlan {
	readonly kind: "print" | "calibration";
	/** How it came to the printer: only the maker's cloud numbers its jobs. */
	readonly source: "local" | "cloud";
	/** Title, as `subtask_name`. */
	readonly name: string;
	readonly file: string;
	readonly totalLayers: number;
	readonly nozzleC: number;
	readonly steps: readonly JobStep[];
	/** In the order in which the slicer numbers them. */
	readonly filaments: readonly PlateFilament[];
}

export interface Job {
	readonly status: JobStatus;
	/** Stays after the end: the printer keeps showing its last job. */
	readonly plan: JobPlan | undefined;
	readonly stepIndex: number;
	/** Spent in the step; for layers counted at standard speed. */
	readonly stepMs: number;
	/** `stg_cur` while paused. */
	readonly pauseStage: number;
}

export const noJob: Job = {
	status: "idle",
	plan: undefined,
	stepIndex: 0,
	stepMs: 0,
	pauseStage: stages.pausedByUser,
};

export interface PrintOptions {
	readonly name: string;
	readonly file?: string;
	readonly source?: JobPlan["source"];
	/**
	 * One slot for each of the plate's filaments, in the order they are printed; `undefined` for one that it does not use.
	 * At least one.
	 */
	readonly filaments: readonly (TrayAddress | undefined)[];
	/** Left out: one filament after the other. Else they take turns, so many layers each. */
	readonly layersPerTurn?: number | undefined;
	readonly layers?: number;
	/** At standard speed. */
	readonly layerMs?: number;
	/** Of each filament that is used, or of each one by itself. */
	readonly gramsPerFilament?: number | readonly number[];
	readonly bedC?: number;
	readonly nozzleC?: number;
	readonly levelBed?: boolean;
	readonly calibrateVibration?: boolean;
}

/** The steps of a print. With the defaults it takes about 20 minutes. */
export function planPrint(options: PrintOptions): JobPlan {
	const { name, filaments, layers = 60, layerMs = 12_000, gramsPerFilament = 30 } = options;
	const { bedC = 60, nozzleC = 220, levelBed = true, calibrateVibration = false } = options;
	const steps: JobStep[] = [
		{ kind: "accept", durationMs: 2000 },
		{ kind: "download", durationMs: 10_000 },
		{ kind: "heat", part: "bed", targetC: bedC },
		routine(stages.homing, 15_000, true),
		// Not hotter, so that nothing oozes on the bed while it is measured.
		{ kind: "heat", part: "nozzle", targetC: Math.min(140, nozzleC) },
	];
	if (levelBed) steps.push(routine(stages.levelling, 40_000, true));
	if (calibrateVibration) steps.push(routine(stages.vibration, 30_000, true));
	const turns = planTurns(filaments, layers, options.layersPerTurn);
	const gramsOf = (index: number): number =>
		typeof gramsPerFilament === "number" ? gramsPerFilament : (gramsPerFilament[index] ?? 0);
	const layersOf = (index: number): number =>
		turns.reduce((sum, turn) => (turn.index === index ? sum + turn.count : sum), 0);
	turns.forEach(({ index, tray, done, count }, turn) => {
		steps.push({ kind: "change", to: tray });
		if (turn === 0) steps.push(routine(stages.cleaningNozzle, 20_000, false));
		const grams = (gramsOf(index) * count) / layersOf(index);
		steps.push({ kind: "layers", done, count, durationMs: count * layerMs, tray, grams });
	});
	steps.push({ kind: "change", to: undefined });
	return {
		kind: "print",
		source: options.source ?? "local",
		name,
		file: options.file ?? `${name}.gcode.3mf`,
		totalLayers: layers,
		nozzleC,
		steps,
		filaments: filaments.map((tray, index) =>
			layersOf(index) > 0 ? { tray, grams: gramsOf(index) } : { tray: undefined, grams: 0 },
		),
	};
}

/** Layers that one filament prints before the next one's turn. */
interface Turn {
	/** Of the plate's filament. */
	readonly index: number;
	readonly tray: TrayAddress;
	/** Layers before it. */
	readonly done: number;
	readonly count: number;
}

function planTurns(
	filaments: PrintOptions["filaments"],
	layers: number,
	layersPerTurn: number | undefined,
): readonly Turn[] {
	const used = filaments
		.flatMap((tray, index) => (tray === undefined ? [] : [{ tray, index }]))
		.slice(0, layers);
	const count = layersPerTurn === undefined ? used.length : Math.ceil(layers / layersPerTurn);
	const turns: Turn[] = [];
	for (let turn = 0; turn < count; turn++) {
		const filament = used[turn % used.length];
		if (filament === undefined) break;
		const done = layersPerTurn === undefined ? Math.floor((layers * turn) / count) : turn * layersPerTurn;
		const end =
			layersPerTurn === undefined
				? Math.floor((layers * (turn + 1)) / count)
				: Math.min(layers, done + layersPerTurn);
		turns.push({ ...filament, done, count: end - done });
	}
	return turns;
}

const calibrations: readonly (readonly [bit: number, stage: number, durationMs: number])[] = [
	[0, stages.calibratingExtrusion, 30_000],
	[1, stages.levelling, 40_000],
	[2, stages.vibration, 60_000],
	[3, stages.motorNoise, 60_000],
	[4, stages.nozzleOffset, 45_000],
	[5, stages.levellingHot, 60_000],
];

/** The steps of a calibration; `undefined` when `option` asks for nothing this printer knows. */
export function planCalibration(option: number): JobPlan | undefined {
	const wanted = calibrations.filter(([bit]) => ((option >> bit) & 1) === 1);
	if (wanted.length === 0) return undefined;
	return {
		kind: "calibration",
		source: "local",
		name: "",
		file: "/usr/etc/print/auto_cali_for_user.gcode",
		totalLayers: 0,
		nozzleC: 0,
		steps: [
			routine(stages.homing, 15_000, false),
			...wanted.map(([, stage, durationMs]) => routine(stage, durationMs, false)),
		],
		filaments: [],
	};
}

export function startJob(plan: JobPlan): Job {
	return atStep({ ...noJob, plan, status: "preparing" }, 0);
}

export function pauseJob(job: Job, stage: number): Job {
	return isUnderWay(job) ? { ...job, status: "paused", pauseStage: stage } : job;
}

export function resumeJob(job: Job): Job {
	return job.status === "paused" ? { ...job, status: statusIn(currentStep(job)) } : job;
}

export function stopJob(job: Job): Job {
	return isActive(job) ? { ...job, status: "failed" } : job;
}

/** What the job's step waits for. */
export interface JobConditions {
	readonly elapsedMs: number;
	/** The part that a heat step heats is hot. */
	readonly heated: boolean;
	/** The filament that a change step asks for is in the nozzle. */
	readonly changed: boolean;
	/** 100 = standard. Only layers are printed faster or slower. */
	readonly speedPercent: number;
}

export function stepJob(job: Job, { elapsedMs, heated, changed, speedPercent }: JobConditions): Job {
	const step = currentStep(job);
	if (step === undefined || !isUnderWay(job)) return job;
	const stepMs = job.stepMs + (step.kind === "layers" ? (elapsedMs * speedPercent) / 100 : elapsedMs);
	const over = step.kind === "heat" ? heated : step.kind === "change" ? changed : stepMs >= step.durationMs;
	return over ? atStep(job, job.stepIndex + 1) : { ...job, stepMs };
}

/** Under way and not paused. */
export function isUnderWay({ status }: Job): boolean {
	return status === "preparing" || status === "running";
}

/** Between start and end, paused or not. */
export function isActive(job: Job): boolean {
	return isUnderWay(job) || job.status === "paused";
}

export function currentStep({ plan, stepIndex }: Job): JobStep | undefined {
	return plan?.steps[stepIndex];
}

export function gcodeState(job: Job): string {
	switch (job.status) {
		case "idle":
			return "IDLE";
		case "preparing":
			return currentStep(job)?.kind === "accept" ? "IDLE" : "PREPARE";
		case "running":
			return "RUNNING";
		case "paused":
			return "PAUSE";
		case "finished":
			return "FINISH";
		case "failed":
			return "FAILED";
	}
}

/** `stg_cur`; `idleStage` is what the model sends while nothing goes on. */
export function jobStage(job: Job, idleStage: number): number {
	if (job.status === "paused") return job.pauseStage;
	const step = isUnderWay(job) ? currentStep(job) : undefined;
	return step === undefined || step.kind === "accept" || step.kind === "download" ? idleStage : stageOf(step);
}

/** The stages the job runs through, in order: `stg`. */
export function jobStages({ plan }: Job): readonly number[] {
	if (plan === undefined) return [];
	const all = plan.steps
		.filter(({ kind }) => kind === "heat" || kind === "routine" || kind === "change")
		.map(stageOf);
	return [...new Set(all)];
}

/** Whole percent of the part after PREPARE; 100 only when finished. */
export function jobPercent(job: Job): number {
	if (job.status === "finished") return 100;
	const total = runningMs(job, 100, 0);
	if (total === 0) return 0;
	return Math.min(99, Math.max(0, Math.floor((100 * (total - runningMs(job, 100))) / total)));
}

/** Minutes, rounded up; 0 until RUNNING. */
export function jobRemainingMinutes(job: Job, speedPercent: number): number {
	const step = currentStep(job);
	if (step === undefined || statusIn(step) === "preparing" || !isActive(job)) return 0;
	return Math.ceil(runningMs(job, speedPercent) / 60_000);
}

/** The layer being printed; 0 before the first. */
export function jobLayer({ plan, stepIndex, stepMs }: Job): number {
	if (plan === undefined) return 0;
	const step = plan.steps[stepIndex];
	if (step?.kind === "layers") {
		return step.done + Math.min(step.count, Math.floor((stepMs / step.durationMs) * step.count) + 1);
	}
	return plan.steps
		.slice(0, stepIndex)
		.reduce((layer, past) => (past.kind === "layers" ? past.done + past.count : layer), 0);
}

/** Whole percent of the download. */
export function jobPreparePercent(job: Job): number {
	const step = currentStep(job);
	if (job.plan === undefined || step?.kind === "accept") return 0;
	return step?.kind === "download" ? Math.floor((100 * job.stepMs) / step.durationMs) : 100;
}

function stageOf(step: JobStep): number {
	switch (step.kind) {
		case "heat":
			return { bed: stages.heatingBed, nozzle: stages.heatingNozzle, chamber: stages.heatingChamber }[
				step.part
			];
		case "routine":
			return step.stage;
		case "change":
			return step.to === undefined ? stages.unloading : stages.changingFilament;
		default:
			return stages.printing;
	}
}

function statusIn(step: JobStep | undefined): JobStatus {
	if (step === undefined) return "finished";
	const preparing =
		step.kind === "routine" ? step.preparing : step.kind !== "change" && step.kind !== "layers";
	return preparing ? "preparing" : "running";
}

function atStep(job: Job, stepIndex: number): Job {
	return { ...job, stepIndex, stepMs: 0, status: statusIn(job.plan?.steps[stepIndex]) };
}

/** Left to run from the job's step on, or from `fromStep`. A change counts as long as one usually takes. */
function runningMs({ plan, stepIndex, stepMs }: Job, speedPercent: number, fromStep?: number): number {
	if (plan === undefined) return 0;
	const first = fromStep ?? stepIndex;
	let sumMs = 0;
	plan.steps.forEach((step, index) => {
		if (index < first || statusIn(step) !== "running") return;
		const spentMs = fromStep === undefined && index === stepIndex ? stepMs : 0;
		sumMs += Math.max(0, nominalMs(step) - spentMs) * (step.kind === "layers" ? 100 / speedPercent : 1);
	});
	return sumMs;
}

function nominalMs(step: JobStep): number {
	if (step.kind === "change") return step.to === undefined ? changeMs / 3 : changeMs;
	return step.kind === "heat" ? 60_000 : step.durationMs;
}

function routine(stage: number, durationMs: number, preparing: boolean): JobStep {
	return { kind: "routine", stage, durationMs, preparing };
}
