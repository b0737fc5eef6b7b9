// A filament change as it happens: heat, pull the old one back, push the new one in, purge.

import { sameTray, type TrayAddress } from "./spools";

export type ChangePhase = "heat" | "retract" | "feed" | "purge";

export interface FilamentChange {
	readonly nozzle: number;
	readonly from: TrayAddress | undefined;
	/** `undefined` = unload only. */
	readonly to: TrayAddress | undefined;
	readonly phase: ChangePhase;
	/** Time spent in the phase. */
	readonly phaseMs: number;
	/** Asked for by hand, not by the running job: the nozzle goes cold afterwards. */
	readonly byHand: boolean;
}

/** Of one phase that does not wait for heat. */
const changePhaseMs = 18_000;

/** About how long a change takes once the nozzle is hot. */
export const changeMs = 3 * changePhaseMs;

/** The change that is needed, or `undefined` when that filament is loaded already. */
export function planChange(
	nozzle: number,
	from: TrayAddress | undefined,
	to: TrayAddress | undefined,
	{ byHand }: { byHand: boolean },
): FilamentChange | undefined {
	return sameTray(from, to) ? undefined : { nozzle, from, to, phase: "heat", phaseMs: 0, byHand };
}

/** What is in the nozzle after a step, and the change that is left, if any. */
export interface ChangeStep {
	readonly change: FilamentChange | undefined;
	readonly loaded: TrayAddress | undefined;
}

/** One step. `heated` tells whether the nozzle is hot enough to move filament. */
export function stepChange(
	change: FilamentChange,
	loaded: TrayAddress | undefined,
	{ elapsedMs, heated }: { elapsedMs: number; heated: boolean },
): ChangeStep {
	const { from, to, phase } = change;
	const phaseMs = change.phaseMs + elapsedMs;
	if (phase === "heat") {
		const next = from === undefined ? "feed" : "retract";
		return { change: heated ? { ...change, phase: next, phaseMs: 0 } : { ...change, phaseMs }, loaded };
	}
	if (phaseMs < changePhaseMs) return { change: { ...change, phaseMs }, loaded };
	if (phase === "retract") {
		return {
			change: to === undefined ? undefined : { ...change, phase: "feed", phaseMs: 0 },
			loaded: undefined,
		};
	}
	if (phase === "feed") return { change: { ...change, phase: "purge", phaseMs: 0 }, loaded: to };
	return { change: undefined, loaded };
}

const amsSteps: Readonly<Record<ChangePhase, number>> = { heat: 2, retract: 4, feed: 5, purge: 7 };

/** `ams_status`: the high byte is 1 for a change, 3 for helping a job, 0 for rest; the low byte is the step. */
export function amsStatus(change: FilamentChange | undefined, assisting: boolean): number {
	if (change !== undefined) return 0x100 | amsSteps[change.phase];
	return assisting ? 0x300 : 0;
}
