// Which of the four lamps is lit when.

import type { HeaterLed } from "../platform/heater-board";
import type { BreathState } from "./breath-state";

/** Half a period: as long as a lamp stays lit, and then dark. */
export const FAST_BLINK_MS = 200;
export const SLOW_BLINK_MS = 1_000;

export type Lamp = "dark" | "lit" | "slow" | "fast";

export type Lamps = Readonly<Record<HeaterLed, Lamp>>;

const ALL_FAST: Lamps = Object.freeze({ power: "fast", auto: "fast", on: "fast", dry: "fast" });

/**
 * Power: lit while the firmware lives, blinking fast with a fault. Of the others, that of the mode that runs: lit, and
 * blinking slowly as long as it waits and wants no heat. `wiping`: all of them blink, the settings are being wiped.
 */
export function lampsOf({ mode, on, activeTarget, fault }: BreathState, wiping: boolean): Lamps {
	if (wiping) return ALL_FAST;
	const running: Lamp = !on ? "dark" : activeTarget === 0 ? "slow" : "lit";
	return {
		power: fault === undefined ? "lit" : "fast",
		auto: mode === "auto" ? running : "dark",
		on: mode === "always_on" ? running : "dark",
		dry: mode === "drying" ? running : "dark",
	};
}

export function isLit(lamp: Lamp, nowMs: number): boolean {
	switch (lamp) {
		case "dark":
			return false;
		case "lit":
			return true;
		case "slow":
			return Math.floor(nowMs / SLOW_BLINK_MS) % 2 === 0;
		case "fast":
			return Math.floor(nowMs / FAST_BLINK_MS) % 2 === 0;
	}
}

/** How often the lamps have to be looked after; `undefined`: none of them blinks. */
export function blinkIntervalMs(lamps: Lamps): number | undefined {
	const all = [lamps.power, lamps.auto, lamps.on, lamps.dry];
	if (all.includes("fast")) return FAST_BLINK_MS;
	return all.includes("slow") ? SLOW_BLINK_MS : undefined;
}
