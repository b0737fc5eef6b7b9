// What runs: the mode, or the fan alone; since when; and why nothing does.

import type { Asker } from "../event-log/asker";
import { MODES } from "../event-log/event-codes";
import type { EventLog } from "../event-log/event-log";
import type { Clock } from "../platform/clock";
import type { ReasonCode } from "./breath-state";
import { dryingSecondsLeft } from "./drying";
import type { FaultCode } from "./heater/faults";
import type { WishedSettings } from "./wished-settings";

export interface SwitchesOptions {
	wished: WishedSettings;
	events: EventLog;
	clock: Clock;
}

/** How what ran last has ended. */
export interface Ending {
	readonly code: Extract<ReasonCode, "off" | "drying_done" | "abandoned">;
	/** `undefined`: nothing has run since the start. */
	readonly by: Asker | undefined;
	/** Of `abandoned`: that nobody was there, and that a drying cycle still had. */
	readonly minutesAlone: number;
	readonly minutesLost: number;
}

const NOTHING_RAN: Ending = Object.freeze({ code: "off", by: undefined, minutesAlone: 0, minutesLost: 0 });

/** After a start, nothing is on. */
export class Switches {
	private readonly wished: WishedSettings;
	private readonly events: EventLog;
	private readonly clock: Clock;
	#on = false;
	#fanOnly = false;
	#fault: FaultCode | undefined;
	private dryingStartedAtMs = 0;
	#ending: Ending = NOTHING_RAN;

	constructor({ wished, events, clock }: SwitchesOptions) {
		this.wished = wished;
		this.events = events;
		this.clock = clock;
	}

	/** The mode runs; never together with the fan alone. */
	get on(): boolean {
		return this.#on;
	}

	get fanOnly(): boolean {
		return this.#fanOnly;
	}

	/** What keeps heat off until it is cleared. */
	get fault(): FaultCode | undefined {
		return this.#fault;
	}

	get ending(): Ending {
		return this.#ending;
	}

	get isDrying(): boolean {
		return this.#on && this.wished.mode === "drying";
	}

	/** Of the cycle that runs; 0 when its time is over. */
	get dryingSecondsLeft(): number {
		return dryingSecondsLeft(this.dryingStartedAtMs, this.wished.plan.hours, this.clock.now());
	}

	turnOn(by: Asker): void {
		this.turnOff(by);
		this.#on = true;
		const { mode, plan } = this.wished;
		if (mode === "drying") {
			this.dryingStartedAtMs = this.clock.now();
			this.events.add("drying_started", by, plan.target, plan.hours);
		} else {
			this.events.add("turned_on", by, MODES.indexOf(mode));
		}
	}

	turnFanOn(by: Asker): void {
		if (this.#fanOnly) return;
		this.turnOff(by);
		this.#fanOnly = true;
		this.events.add("fan_on", by);
	}

	/** Everything off; without a word when nothing was on, so that the reason why it went off stays. */
	turnOff(by: Asker): void {
		if (this.isDrying) this.events.add("drying_stopped", by, this.dryingMinutesLeft());
		else if (this.#on) this.events.add("turned_off", by);
		this.end({ code: "off", by, minutesAlone: 0, minutesLost: 0 });
	}

	finishDrying(): void {
		this.events.add("drying_done", "firmware");
		this.end({ code: "drying_done", by: "firmware", minutesAlone: 0, minutesLost: 0 });
	}

	/** Nobody was there for so long. */
	abandon(minutesAlone: number): void {
		const minutesLost = this.isDrying ? this.dryingMinutesLeft() : 0;
		this.events.add("abandoned", "firmware", minutesAlone, minutesLost);
		this.end({ code: "abandoned", by: "firmware", minutesAlone, minutesLost });
	}

	/** What heats has ended by it, so that clearing it starts nothing. A fan that runs alone does no harm. */
	takeFault(code: FaultCode | undefined): void {
		this.#fault = code;
		if (code !== undefined && this.#on) this.turnOff("firmware");
	}

	private end(ending: Ending): void {
		if (this.#fanOnly) this.events.add("fan_off", ending.by);
		if (this.#on || this.#fanOnly) this.#ending = ending;
		this.#on = false;
		this.#fanOnly = false;
	}

	private dryingMinutesLeft(): number {
		return Math.ceil(this.dryingSecondsLeft / 60);
	}
}
