// Which parts of the heater's state differ.

import type { BreathState } from "./breath-state";

const KEYS: readonly (keyof BreathState)[] = Object.freeze([
	"mode",
	"on",
	"heating",
	"fan",
	"fanOnly",
	"target",
	"activeTarget",
	"chamber",
	"ptc",
	"bedThreshold",
	"filterThreshold",
	"drying",
	"fault",
	"reason",
	"reasonCode",
	"reasonDetails",
]);

export function changedKeys(before: BreathState, after: BreathState): (keyof BreathState)[] {
	return KEYS.filter((key) => {
		if (before[key] === after[key]) return false;
		if (key === "drying") return !isSameDrying(before.drying, after.drying);
		if (key === "fault") return before.fault?.code !== after.fault?.code;
		return true;
	});
}

function isSameDrying(a: BreathState["drying"], b: BreathState["drying"]): boolean {
	return (
		a.running === b.running &&
		a.target === b.target &&
		a.hours === b.hours &&
		a.remainingSeconds === b.remainingSeconds
	);
}
