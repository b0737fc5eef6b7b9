// The four buttons and four lamps of the device itself.

import type { Clock, Timer } from "../platform/clock";
import type { HeaterBoard, HeaterButton, HeaterLed } from "../platform/heater-board";
import type { Log } from "../platform/log";
import type { Breath } from "./breath";
import { type ButtonAction, type ButtonEvent, noButtonDown, stepButtons } from "./panel-buttons";
import { blinkIntervalMs, isLit, type Lamps, lampsOf } from "./panel-lamps";

const LEDS: readonly HeaterLed[] = Object.freeze(["power", "auto", "on", "dry"]);

/** Long enough to be seen by whoever still holds the buttons; the restart comes in the middle of it, or after. */
const WIPING_MS = 3_000;

export interface FrontPanelOptions {
	board: HeaterBoard;
	clock: Clock;
	log: Log;
	breath: Pick<Breath, "state" | "change" | "clearFault" | "attend" | "onChange">;
	/** Power and Auto were held: wipe the settings and restart. Everything is off already. */
	onFactoryReset(): void;
}

export class FrontPanel {
	private readonly board: HeaterBoard;
	private readonly clock: Clock;
	private readonly log: Log;
	private readonly breath: FrontPanelOptions["breath"];
	private readonly onFactoryReset: () => void;
	private readonly endings: readonly (() => void)[];
	private buttons = noButtonDown;
	private press: Timer | undefined;
	private blink: Timer | undefined;
	private blinkMs: number | undefined;
	private wiping: Timer | undefined;
	private lamps: Lamps;
	private closed = false;

	constructor({ board, clock, log, breath, onFactoryReset }: FrontPanelOptions) {
		this.board = board;
		this.clock = clock;
		this.log = log;
		this.breath = breath;
		this.onFactoryReset = onFactoryReset;
		this.lamps = lampsOf(breath.state, false);
		this.endings = [
			board.onButton((button, pressed) => this.onButton(button, pressed)),
			breath.onChange(() => this.show()),
		];
		this.show();
	}

	/** Lamps off. May be called any number of times. */
	close(): void {
		if (this.closed) return;
		this.closed = true;
		for (const end of this.endings) end();
		this.press?.cancel();
		this.wiping?.cancel();
		this.setBlink(undefined);
		this.guard(() => {
			for (const led of LEDS) this.board.setLed(led, false);
		});
	}

	private onButton(button: HeaterButton, isDown: boolean): void {
		// Whoever presses a button is there, for the dead man's timer.
		this.breath.attend()();
		this.step({ type: isDown ? "pressed" : "released", button, nowMs: this.clock.now() });
	}

	private step(event: ButtonEvent): void {
		if (this.closed) return;
		this.guard(() => {
			const { on, fanOnly, fault } = this.breath.state;
			const step = stepButtons(this.buttons, event, {
				running: on || fanOnly,
				faulted: fault !== undefined,
			});
			this.buttons = step.state;
			this.wakeAt(step.wakeAtMs);
			for (const action of step.actions) this.do(action);
			this.show();
		});
	}

	private wakeAt(atMs: number | undefined): void {
		this.press?.cancel();
		this.press = undefined;
		if (atMs === undefined) return;
		const nowMs = this.clock.now();
		this.press = this.clock.after(Math.max(0, atMs - nowMs), () => {
			this.step({ type: "woken", nowMs: this.clock.now() });
		});
	}

	private do(action: ButtonAction): void {
		const breath = this.breath;
		switch (action) {
			case "off":
				breath.change({ on: false }, "button");
				break;
			case "on":
				breath.change({ on: true }, "button");
				break;
			case "drying":
				breath.change({ dryingRunning: true }, "button");
				break;
			case "auto":
			case "always_on":
				breath.change({ mode: action, on: true }, "button");
				break;
			case "clear_fault":
				void breath.clearFault("button").then(() => this.show());
				break;
			case "factory_reset":
				this.wipe();
				break;
		}
	}

	private wipe(): void {
		this.breath.change({ on: false }, "button");
		this.wiping?.cancel();
		this.wiping = this.clock.after(WIPING_MS, () => {
			this.wiping = undefined;
			this.show();
		});
		this.onFactoryReset();
	}

	private show(): void {
		if (this.closed) return;
		this.guard(() => {
			this.lamps = lampsOf(this.breath.state, this.wiping !== undefined);
			this.setBlink(blinkIntervalMs(this.lamps));
			this.light();
		});
	}

	private light(): void {
		const nowMs = this.clock.now();
		for (const led of LEDS) this.board.setLed(led, isLit(this.lamps[led], nowMs));
	}

	/** No timer runs while nothing blinks. */
	private setBlink(intervalMs: number | undefined): void {
		if (intervalMs === this.blinkMs) return;
		this.blink?.cancel();
		this.blinkMs = intervalMs;
		this.blink =
			intervalMs === undefined
				? undefined
				: this.clock.every(intervalMs, () => this.guard(() => this.light()));
	}

	private guard(work: () => void): void {
		try {
			work();
		} catch (error) {
			this.log.error(`front panel: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
}
