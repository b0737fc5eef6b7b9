// A machine at work: how it moves on with time, and how jobs and filament changes begin and end.

import { planChange, stepChange } from "./filament-change";
import {
	fansOff,
	type Machine,
	nozzleOf,
	printErrors,
	replaced,
	speedPercent,
	spoolIn,
	withBedTarget,
	withChamberTarget,
	withNozzleTarget,
	withSpool,
} from "./machine";
import {
	currentStep,
	isActive,
	isUnderWay,
	type Job,
	type JobPlan,
	type JobStep,
	pauseJob,
	resumeJob,
	stages,
	startJob,
	stepJob,
	stopJob,
} from "./print-job";
import { type AmsUnit, type Drying, externalUnit, sameTray, type TrayAddress } from "./spools";
import { tickTagReads } from "./tag-reads";
import {
	bedProfile,
	chamberAmbientC,
	chamberProfile,
	dryerProfile,
	type Heater,
	nozzleProfile,
	stepTemperature,
	type ThermalProfile,
} from "./thermal-model";

/** The machine moves in steps of this length, so that it does not matter how time is handed to it. */
const quantumMs = 500;

/** Nozzle °C from which filament can be moved. */
export const movableC = 170;

/** Lets simulated time pass. */
export function advance(machine: Machine, elapsedMs: number): Machine {
	let leftoverMs = machine.leftoverMs + elapsedMs;
	let moved = machine;
	for (; leftoverMs >= quantumMs; leftoverMs -= quantumMs) {
		moved = tickJob(tickChange(tickDrying(tickHeat(tickTagReads(moved, quantumMs)))));
	}
	return { ...moved, leftoverMs };
}

export function startPrintJob(machine: Machine, plan: JobPlan): Machine {
	const jobNumber = machine.jobNumber + 1;
	return enterStep({ ...machine, job: startJob(plan), jobNumber, printError: 0, skippedObjects: [] });
}

export function pausePrintJob(machine: Machine, stage: number = stages.pausedByUser): Machine {
	return { ...machine, job: pauseJob(machine.job, stage) };
}

export function resumePrintJob(machine: Machine): Machine {
	if (machine.job.status !== "paused") return machine;
	const resumed = { ...machine, job: resumeJob(machine.job), printError: 0 };
	return currentStep(resumed.job)?.kind === "change" ? enterStep(resumed) : resumed;
}

export function stopPrintJob(machine: Machine): Machine {
	if (!isActive(machine.job)) return machine;
	return {
		...heatersOff(machine),
		job: stopJob(machine.job),
		change: undefined,
		printError: printErrors.cancelled,
	};
}

/** A change asked for by hand. `undefined` unloads the active nozzle. */
export function changeByHand(machine: Machine, to: TrayAddress | undefined, targetC: number): Machine {
	const nozzle = to === undefined ? machine.activeNozzle : nozzleOf(machine, to);
	const begun = beginChange(machine, nozzle, to, { byHand: true });
	return begun.change === undefined ? begun : withNozzleTarget(begun, nozzle, targetC);
}

/** A fault of 8 hex digits: shown as `print_error`, and it pauses a job under way. */
export function withPrintError(machine: Machine, code: number, stage: number): Machine {
	return { ...pausePrintJob(machine, stage), printError: code };
}

function tickHeat(machine: Machine): Machine {
	const step = (heater: Heater, profile: ThermalProfile, ambientC: number): Heater => ({
		...heater,
		currentC: stepTemperature(heater, quantumMs, { profile, ambientC }),
	});
	const { roomC, bed, model } = machine;
	return {
		...machine,
		nozzles: machine.nozzles.map((nozzle) => step(nozzle, nozzleProfile, roomC)),
		bed: step(bed, bedProfile, roomC),
		chamber: step(machine.chamber, chamberProfile, chamberAmbientC(roomC, bed.currentC, model.enclosed)),
	};
}

function tickDrying(machine: Machine): Machine {
	const restC = machine.roomC + 4;
	const resting = machine.units.every(
		({ drying, temperatureC }) => drying === undefined && Math.abs(temperatureC - restC) < 0.01,
	);
	return resting ? machine : { ...machine, units: machine.units.map((unit) => dryUnit(unit, restC)) };
}

function dryUnit({ drying, ...unit }: AmsUnit, restC: number): AmsUnit {
	const targetC = drying?.temperatureC ?? 0;
	const heater = { currentC: unit.temperatureC, targetC };
	const temperatureC = stepTemperature(heater, quantumMs, { profile: dryerProfile, ambientC: restC });
	const left: Drying | undefined =
		drying === undefined || drying.remainingMs <= quantumMs
			? undefined
			: { ...drying, remainingMs: drying.remainingMs - quantumMs };
	return left === undefined ? { ...unit, temperatureC } : { ...unit, temperatureC, drying: left };
}

function tickChange(machine: Machine): Machine {
	const { change } = machine;
	const nozzle = change === undefined ? undefined : machine.nozzles[change.nozzle];
	if (change === undefined || nozzle === undefined) return machine;
	const heated = nozzle.currentC >= Math.max(movableC, nozzle.targetC - 2);
	const before = machine.loaded[change.nozzle];
	const step = stepChange(change, before, { elapsedMs: quantumMs, heated });
	const moved = sameTray(before, step.loaded)
		? { ...machine, change: step.change }
		: {
				...machine,
				change: step.change,
				loaded: replaced(machine.loaded, change.nozzle, step.loaded),
				amsVersion: machine.amsVersion + 1,
			};
	if (step.change !== undefined) return moved;
	const done = { ...moved, previous: replaced(moved.previous, change.nozzle, step.loaded) };
	return change.byHand ? withNozzleTarget(done, change.nozzle, 0) : done;
}

function tickJob(machine: Machine): Machine {
	const step = currentStep(machine.job);
	if (step === undefined || !isUnderWay(machine.job)) return machine;
	if (step.kind === "layers") {
		const fed = feed(machine, step);
		if (fed !== undefined) return fed;
	}
	const job = stepJob(machine.job, {
		elapsedMs: quantumMs,
		heated: step.kind === "heat" && isHot(machine, step.part),
		changed: machine.change === undefined,
		speedPercent: speedPercent(machine),
	});
	const printed = step.kind === "layers" ? useFilament(machine, step, job) : machine;
	return job.stepIndex === machine.job.stepIndex ? { ...printed, job } : enterStep({ ...printed, job });
}

/** Something has to be loaded before these layers can go on; `undefined` when they can. */
function feed(machine: Machine, { tray }: { tray: TrayAddress }): Machine | undefined {
	if (machine.change !== undefined) return machine;
	if (isRunOut(machine, tray)) return withPrintError(machine, runoutError(machine, tray), stages.runout);
	const nozzle = nozzleOf(machine, tray);
	if (sameTray(machine.loaded[nozzle], tray)) return undefined;
	return changeForJob(machine, nozzle, tray);
}

function useFilament(machine: Machine, step: Extract<JobStep, { kind: "layers" }>, job: Job): Machine {
	const spool = spoolIn(machine, step.tray);
	if (spool === undefined) return machine;
	const doneMs = job.stepIndex === machine.job.stepIndex ? job.stepMs : step.durationMs;
	const usedGrams = (step.grams * (doneMs - machine.job.stepMs)) / step.durationMs;
	const remainingGrams = Math.max(0, spool.remainingGrams - usedGrams);
	const used = withSpool(machine, step.tray, { ...spool, remainingGrams });
	return { ...used, amsVersion: machine.amsVersion, tagReads: machine.tagReads };
}

function isRunOut(machine: Machine, tray: TrayAddress): boolean {
	const spool = spoolIn(machine, tray);
	return spool === undefined || spool.remainingGrams <= 0;
}

/** XXXX_8011 of the unit: AMS 07, AMS Lite 12, AMS HT 18; 07FF is the external spool. */
function runoutError(machine: Machine, { unit }: TrayAddress): number {
	if (unit === externalUnit) return 0x07ff8011;
	const kind = machine.units.find(({ id }) => id === unit)?.kind;
	const module = kind === "ams_lite" ? 0x12 : kind === "ams_ht" ? 0x18 : 0x07;
	return (module << 24) | ((unit & 0x7f) << 16) | 0x8011;
}

/** What happens at the beginning of a step, and at the end of the job. */
function enterStep(machine: Machine): Machine {
	const { job } = machine;
	const step = currentStep(job);
	if (job.status === "finished" || step === undefined) return heatersOff(machine);
	switch (step.kind) {
		case "heat":
			if (step.part === "bed") return withBedTarget(machine, step.targetC);
			if (step.part === "chamber") return withChamberTarget(machine, step.targetC);
			return withNozzleTarget(machine, machine.activeNozzle, step.targetC);
		case "routine":
			return step.stage === stages.homing ? { ...machine, homed: true } : machine;
		case "change": {
			const { to } = step;
			if (to !== undefined && isRunOut(machine, to)) {
				return withPrintError(machine, runoutError(machine, to), stages.runout);
			}
			const nozzle = to === undefined ? machine.activeNozzle : nozzleOf(machine, to);
			return changeForJob(machine, nozzle, to);
		}
		case "layers":
			return { ...machine, fans: { ...machine.fans, part: 178 } };
		default:
			return machine;
	}
}

/** The nozzle is heated for the job, and the other one, if any, goes cold. */
function changeForJob(machine: Machine, nozzle: number, to: TrayAddress | undefined): Machine {
	const begun = beginChange(machine, nozzle, to, { byHand: false });
	const nozzles = begun.nozzles.map((other, index) => (index === nozzle ? other : { ...other, targetC: 0 }));
	return withNozzleTarget({ ...begun, nozzles }, nozzle, machine.job.plan?.nozzleC ?? 0);
}

function beginChange(
	machine: Machine,
	nozzle: number,
	to: TrayAddress | undefined,
	options: { byHand: boolean },
): Machine {
	const change = planChange(nozzle, machine.loaded[nozzle], to, options);
	return { ...machine, change, activeNozzle: nozzle };
}

function isHot(machine: Machine, part: "bed" | "nozzle" | "chamber"): boolean {
	const heater =
		part === "bed"
			? machine.bed
			: part === "chamber"
				? machine.chamber
				: machine.nozzles[machine.activeNozzle];
	return heater !== undefined && heater.currentC >= heater.targetC - 1;
}

function heatersOff(machine: Machine): Machine {
	const off = (heater: Heater): Heater => ({ ...heater, targetC: 0 });
	return {
		...machine,
		nozzles: machine.nozzles.map(off),
		bed: off(machine.bed),
		chamber: off(machine.chamber),
		fans: fansOff,
	};
}
