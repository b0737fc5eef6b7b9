// A firmware update as a state machine over simulated time.

export type UpdatePhase = "start" | "downloading" | "updating" | "update-success" | "download-failed";

export interface FirmwareUpdate {
	readonly phase: UpdatePhase;
	readonly phaseMs: number;
	/** The firmware that will be there afterwards. */
	readonly version: string;
}

const phaseMs = 10_000;

export function startUpdate(version: string): FirmwareUpdate {
	return { phase: "start", phaseMs: 0, version };
}

/** `undefined` once the printer has said how it went. */
export function stepUpdate(
	update: FirmwareUpdate,
	elapsedMs: number,
	downloadFails: boolean,
): FirmwareUpdate | undefined {
	const spentMs = update.phaseMs + elapsedMs;
	if (update.phase === "update-success" || update.phase === "download-failed") return undefined;
	if (update.phase === "downloading" && downloadFails)
		return { ...update, phase: "download-failed", phaseMs: 0 };
	if (update.phase !== "start" && spentMs < phaseMs) return { ...update, phaseMs: spentMs };
	const next = { start: "downloading", downloading: "updating", updating: "update-success" } as const;
	return { ...update, phase: next[update.phase], phaseMs: 0 };
}

/** Whole percent of the phase. */
export function updatePercent(update: FirmwareUpdate): number {
	return Math.min(99, Math.floor((100 * update.phaseMs) / phaseMs));
}
