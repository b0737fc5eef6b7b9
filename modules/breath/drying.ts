// Drying filament: how warm, how long, and how long still.

export type DryingPreset = "pla" | "petg_abs" | "custom";

export interface DryingPlan {
	/** °C */
	readonly target: number;
	readonly hours: number;
}

/** Those of the stock Panda Breath's page. */
const PRESETS: Readonly<Record<Exclude<DryingPreset, "custom">, DryingPlan>> = Object.freeze({
	pla: Object.freeze({ target: 55, hours: 12 }),
	petg_abs: Object.freeze({ target: 60, hours: 12 }),
});

const HOUR_MS = 3_600_000;

export function dryingPlan(preset: DryingPreset, target: number, hours: number): DryingPlan {
	return preset === "custom" ? { target, hours } : PRESETS[preset];
}

/** Rounded up, so that 0 means that the time is over. */
export function dryingSecondsLeft(startedAtMs: number, hours: number, nowMs: number): number {
	const elapsedMs = Math.max(0, nowMs - startedAtMs);
	return Math.ceil(Math.max(0, hours * HOUR_MS - elapsedMs) / 1000);
}
