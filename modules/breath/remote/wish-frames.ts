// What is wished of a heater on the network, as frames of its protocol, and how it is seen that they were carried out.

import { type BreathChanges, inRange } from "../wishes";
import type { HeaterReport } from "./heater-messages";

/** The protocol has no word for the fan alone. */
export type RemoteChanges = Omit<BreathChanges, "fanOnly">;

/** What the heater says once it has done it. */
export type Expectation = Readonly<
	Partial<
		Pick<
			HeaterReport,
			| "mode"
			| "on"
			| "target"
			| "bedThreshold"
			| "filterThreshold"
			| "dryingRunning"
			| "dryingTarget"
			| "dryingHours"
		>
	>
>;

export interface WishPlan {
	/** Text frames in their order. */
	frames: readonly string[];
	expected: Expectation;
}

/** Ends whatever heats. Stock firmware takes nothing but a JSON boolean for `work_on`. */
export const OFF_FRAMES: readonly string[] = Object.freeze([
	'{"settings":{"work_on":false}}',
	'{"settings":{"isrunning":0}}',
]);
export const OFF_EXPECTED: Expectation = Object.freeze({ on: false, dryingRunning: false });

/** For a heater that answers; the others ignore it. */
export const ASK_FRAME = '{"get_settings":1}';

const MODE_CODES = Object.freeze({ auto: 1, always_on: 2, drying: 3 } as const);
const PRESET_CODES = Object.freeze({ pla: 1, petg_abs: 2, custom: 3 } as const);

/**
 * Everything but `on: false`, which has {@link OFF_FRAMES}. One field a frame, in the order in which stock pages send
 * them: V1.0.3 is particular about both. What ends heat comes first, what starts it last.
 */
export function planWishes(changes: RemoteChanges, known: HeaterReport): WishPlan {
	const wishes = inRange(changes);
	const { mode, on, target, bedThreshold, filterThreshold } = wishes;
	const isDryingStarted = wishes.dryingRunning === true && on !== false;
	const wantedMode = isDryingStarted ? (mode ?? "drying") : mode;
	const startsDrying = isDryingStarted && wantedMode === "drying";
	const frames: string[] = [];
	const expected: { -readonly [K in keyof Expectation]: Expectation[K] } = {};
	const send = (field: string, value: unknown): void =>
		void frames.push(JSON.stringify({ settings: { [field]: value } }));
	const targetField = known.usesOldTarget ? "temp" : "set_temp";

	if (target === 0) send(targetField, 0);
	const leavesDrying = wantedMode !== undefined && wantedMode !== "drying" && known.dryingRunning !== false;
	if (wishes.dryingRunning === false || leavesDrying) {
		send("isrunning", 0);
		expected.dryingRunning = false;
	}
	if (wantedMode !== undefined) {
		send("work_mode", MODE_CODES[wantedMode]);
		expected.mode = wantedMode;
	}
	if (target !== undefined) {
		if (target > 0) send(targetField, target);
		expected.target = target;
	}
	if (filterThreshold !== undefined) {
		send("filtertemp", filterThreshold);
		expected.filterThreshold = filterThreshold;
	}
	if (bedThreshold !== undefined) {
		send("hotbedtemp", bedThreshold);
		expected.bedThreshold = bedThreshold;
	}
	planDrying(wishes, known, send, expected);
	if (on === true) {
		send("work_on", true);
		expected.on = true;
	}
	// In drying, to run is to have a cycle.
	if (startsDrying || (on === true && (wantedMode ?? known.mode) === "drying")) {
		send("isrunning", 1);
		expected.dryingRunning = true;
	}
	return { frames, expected };
}

export function wantsHeat({ on, dryingRunning }: RemoteChanges): boolean {
	return on === true || (dryingRunning === true && on !== false);
}

export function isMet(expected: Expectation, report: HeaterReport): boolean {
	// The first stock firmware does not tell whether it dries.
	return (Object.keys(expected) as (keyof Expectation)[]).every(
		(name) => report[name] === expected[name] || (report[name] === undefined && expected[name] === false),
	);
}

/** Stock firmware forgets temperature and hours unless the preset "custom" follows, and takes both together. */
function planDrying(
	{ dryingTarget, dryingHours, dryingPreset }: RemoteChanges,
	known: HeaterReport,
	send: (field: string, value: unknown) => void,
	expected: { -readonly [K in keyof Expectation]: Expectation[K] },
): void {
	const preset = dryingPreset ?? ((dryingTarget ?? dryingHours) ? "custom" : undefined);
	if (preset === "custom") {
		// What a heater says of itself may be wrong, and is not to be asked of it.
		const told = inRange({
			...(known.dryingTarget !== undefined && { dryingTarget: known.dryingTarget }),
			...(known.dryingHours !== undefined && { dryingHours: known.dryingHours }),
		});
		const target = dryingTarget ?? told.dryingTarget;
		const hours = dryingHours ?? told.dryingHours;
		if (target !== undefined) send("filament_temp", target);
		if (hours !== undefined) send("filament_timer", hours);
		if (dryingTarget !== undefined) expected.dryingTarget = dryingTarget;
		if (dryingHours !== undefined) expected.dryingHours = dryingHours;
	}
	if (preset !== undefined) send("filament_drying_mode", PRESET_CODES[preset]);
}
