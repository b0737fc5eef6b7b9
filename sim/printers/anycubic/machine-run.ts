// A Kobra at work: how it moves on with time, and what the beginning and the end of a job do to it.

import {
	bedProfile,
	chamberAmbientC,
	chamberProfile,
	type Heater,
	nozzleProfile,
	stepTemperature,
	type ThermalProfile,
} from "../bambu/thermal-model";
import { feedFrom, stepBox } from "./filament-box";
import { stepUpdate } from "./firmware-update";
import { heatersOff, type Machine, speedPercent, withTargets } from "./machine";
import { isActive, type Job, stepJob } from "./print-job";

/** The machine moves in steps of this length, so that it does not matter how time is handed to it. */
export const quantumMs = 500;

/** Lets simulated time pass. `visit` sees the machine after each step, so that no phase is missed. */
export function advance(machine: Machine, elapsedMs: number, visit: (machine: Machine) => void): Machine {
	let leftoverMs = machine.leftoverMs + elapsedMs;
	let moved = machine;
	for (; leftoverMs >= quantumMs; leftoverMs -= quantumMs) {
		moved = tickJob(tickUpdate(tickBox(tickHeat(moved))));
		visit(moved);
	}
	return { ...moved, leftoverMs };
}

/** The machine with that job, and what a job that enters such a phase does to it. */
export function withJob(machine: Machine, job: Job): Machine {
	const changed = { ...machine, job };
	if (job.phase === machine.job?.phase) return changed;
	switch (job.phase) {
		case "preheating":
			return withTargets(changed, { nozzleC: job.nozzleC, bedC: job.bedC });
		case "flow_calibrating":
			return loaded(changed, job);
		case "printing":
			return loaded({ ...changed, fans: { ...changed.fans, part: changed.fans.part || 70 } }, job);
		case "stoped":
		case "finished":
		case "failed":
			return heatersOff(changed);
		default:
			return changed;
	}
}

/** With the filament in the nozzle that the job begins with. */
function loaded(machine: Machine, { slot }: Job): Machine {
	return machine.box ? { ...machine, box: { ...machine.box, loadedSlot: slot } } : machine;
}

function tickHeat(machine: Machine): Machine {
	const step = (heater: Heater, profile: ThermalProfile, ambientC: number): Heater => ({
		...heater,
		currentC: stepTemperature(heater, quantumMs, { profile, ambientC }),
	});
	const { roomC, bed, model } = machine;
	return {
		...machine,
		nozzle: step(machine.nozzle, nozzleProfile, roomC),
		bed: step(bed, bedProfile, roomC),
		chamber: step(machine.chamber, chamberProfile, chamberAmbientC(roomC, bed.currentC, model.enclosed)),
	};
}

function tickBox(machine: Machine): Machine {
	return machine.box ? { ...machine, box: stepBox(machine.box, quantumMs) } : machine;
}

function tickUpdate(machine: Machine): Machine {
	if (machine.update === undefined) return machine;
	const update = stepUpdate(machine.update, quantumMs, machine.switches.downloadFails);
	const isDone = update?.phase === "update-success";
	return { ...machine, update, ...(isDone && { firmware: machine.update.version }) };
}

function tickJob(machine: Machine): Machine {
	const { job, nozzle, bed, switches } = machine;
	if (!isActive(job)) return machine;
	const stepped = stepJob(job, quantumMs, {
		heated: isHot(nozzle) && isHot(bed),
		speedPercent: speedPercent(machine),
		filamentBroken: switches.brokenFilament,
		downloadFails: switches.downloadFails,
	});
	const moved = withJob(machine, stepped);
	if (moved.box === undefined) return moved;
	return { ...moved, box: feedFrom(moved.box, usedExactly(stepped) - usedExactly(job)) };
}

/** Without rounding: a step uses less than a reported millimetre may show. */
function usedExactly({ doneMs, totalMs, totalMm }: Job): number {
	return (totalMm * doneMs) / totalMs;
}

function isHot({ currentC, targetC }: Heater): boolean {
	return currentC >= targetC - 1;
}
