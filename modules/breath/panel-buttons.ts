// What pressing the four buttons means: a pure function of presses, releases and time.

import type { HeaterButton } from "../platform/heater-board";

/** Power held for this long turns everything off, and clears a fault. */
export const LONG_PRESS_MS = 2_000;
/** Power and Auto held together for this long wipe the settings. */
export const FACTORY_RESET_MS = 5_000;

/**
 * - `off`: everything off
 * - `on`: start the mode that is selected
 * - `auto`, `always_on`, `drying`: select that mode and start it
 * - `clear_fault`, `factory_reset`
 */
export type ButtonAction = "off" | "on" | "auto" | "always_on" | "drying" | "clear_fault" | "factory_reset";

export interface ButtonsState {
	/** When each one that is down went down. */
	readonly down: Readonly<Partial<Record<HeaterButton, number>>>;
	/** Those of them whose press already had its effect: their release has none. */
	readonly spent: readonly HeaterButton[];
	/** Power and Auto were down together in this press of Power. */
	readonly together: boolean;
	readonly wiped: boolean;
	readonly panicked: boolean;
}

export const noButtonDown: ButtonsState = Object.freeze({
	down: Object.freeze({}),
	spent: Object.freeze([]),
	together: false,
	wiped: false,
	panicked: false,
});

export type ButtonEvent =
	| { type: "pressed" | "released"; button: HeaterButton; nowMs: number }
	/** The time that was asked for with `wakeAtMs` has come. */
	| { type: "woken"; nowMs: number };

export interface ButtonStep {
	state: ButtonsState;
	actions: readonly ButtonAction[];
	/** When to come back with `woken`, instead of any time asked for before; `undefined` is never. */
	wakeAtMs: number | undefined;
}

const MODES: Readonly<Record<Exclude<HeaterButton, "power">, ButtonAction>> = Object.freeze({
	auto: "auto",
	on: "always_on",
	dry: "drying",
});

/**
 * Off counts when Power goes down, everything else when a short press ends: a button that is leant on, or stuck,
 * starts nothing. `running`: heat or fan is on; `faulted`: a fault keeps the heater off.
 */
export function stepButtons(
	state: ButtonsState,
	event: ButtonEvent,
	{ running, faulted }: { running: boolean; faulted: boolean },
): ButtonStep {
	switch (event.type) {
		case "pressed":
			return pressed(state, event.button, event.nowMs, running);
		case "released":
			return released(state, event.button, event.nowMs);
		case "woken":
			return woken(state, event.nowMs, faulted);
	}
}

function pressed(state: ButtonsState, button: HeaterButton, nowMs: number, running: boolean): ButtonStep {
	const down = { ...state.down, [button]: nowMs };
	const spent = state.spent.filter((other) => other !== button);
	const isOff = button === "power" && running;
	if (isOff) spent.push("power");
	const fresh = button === "power" ? { together: false, wiped: false, panicked: false } : {};
	let next: ButtonsState = { ...state, ...fresh, down, spent };
	if (down.power !== undefined && down.auto !== undefined)
		next = { ...next, together: true, spent: [...spent, "power", "auto"] };
	return stepTo(next, isOff ? ["off"] : []);
}

function released(state: ButtonsState, button: HeaterButton, nowMs: number): ButtonStep {
	const since = state.down[button];
	const down = { ...state.down };
	delete down[button];
	const next = { ...state, down, spent: state.spent.filter((other) => other !== button) };
	const isShort = since !== undefined && nowMs - since < LONG_PRESS_MS && !state.spent.includes(button);
	return stepTo(next, isShort ? [button === "power" ? "on" : MODES[button]] : []);
}

function woken(state: ButtonsState, nowMs: number, faulted: boolean): ButtonStep {
	const wipeAtMs = wipeTime(state);
	if (wipeAtMs !== undefined && nowMs >= wipeAtMs)
		return stepTo({ ...state, wiped: true }, ["factory_reset"]);
	const panicAtMs = panicTime(state);
	if (panicAtMs !== undefined && nowMs >= panicAtMs)
		return stepTo({ ...state, panicked: true }, faulted ? ["off", "clear_fault"] : ["off"]);
	return stepTo(state, []);
}

function stepTo(state: ButtonsState, actions: readonly ButtonAction[]): ButtonStep {
	return { state, actions, wakeAtMs: wipeTime(state) ?? panicTime(state) };
}

function wipeTime({ down, wiped }: ButtonsState): number | undefined {
	if (down.power === undefined || down.auto === undefined || wiped) return undefined;
	return Math.max(down.power, down.auto) + FACTORY_RESET_MS;
}

function panicTime({ down, together, panicked }: ButtonsState): number | undefined {
	if (down.power === undefined || together || panicked) return undefined;
	return down.power + LONG_PRESS_MS;
}
