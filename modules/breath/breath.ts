// The chamber heater as the rest of the firmware sees it: takes wishes, tells the control what is wanted, says why.
//
// Wishes go into the settings and the switches; from these and the printer follows what is wanted of the heater; what
// the control reports of it goes into the view, and from there to whoever listens.

import type { Asker } from "../event-log/asker";
import type { EventLog } from "../event-log/event-log";
import type { Clock } from "../platform/clock";
import type { HeaterBoard } from "../platform/heater-board";
import type { Log } from "../platform/log";
import type { Storage } from "../platform/storage";
import type { PrinterState } from "../printers/printer-state";
import type { Settings } from "../settings/settings";
import type { BreathState } from "./breath-state";
import { BreathView, firstState } from "./breath-view";
import { FAULT_CODES, faultWords } from "./fault-words";
import { FollowedPrinter } from "./followed-printer";
import type { FaultCode } from "./heater/faults";
import { type HeaterDemand, HeaterLoop, type HeaterReport } from "./heater-loop";
import { demand, type ModeDemand, nothingFollowed } from "./modes";
import { Presence } from "./presence";
import { type BreathListener, ShownState } from "./shown-state";
import { Switches } from "./switches";
import { WishedSettings } from "./wished-settings";
import { type BreathChanges, inRange, isDryingAsked, settingsOf } from "./wishes";

export type ClearAnswer = "cleared" | "still_there" | "not_stored";

export interface BreathOptions {
	board: HeaterBoard;
	settings: Settings;
	storage: Storage;
	clock: Clock;
	log: Log;
	events: EventLog;
	/** The printer in the slot that auto follows. */
	printer(): PrinterState | undefined;
}

const NOTHING_WANTED: ModeDemand = Object.freeze({
	target: 0,
	fanWanted: false,
	reasonCode: "off",
	followed: nothingFollowed,
});

export class Breath {
	private readonly settings: Settings;
	private readonly log: Log;
	private readonly events: EventLog;
	private readonly wished: WishedSettings;
	private readonly switches: Switches;
	private readonly followed: FollowedPrinter;
	private readonly presence: Presence;
	private readonly shown: ShownState;
	private readonly view: BreathView;
	private readonly loop: HeaterLoop;
	private readonly ignoreSettings: () => void;
	/** Who asks, while a change is being taken in. */
	private asker: Asker | undefined;
	private holds = 0;
	/** Since what is wanted was found out. */
	#printerChanged = false;
	private demand: ModeDemand = NOTHING_WANTED;
	private heaterDemand: HeaterDemand;
	private closed = false;

	constructor({ board, settings, storage, clock, log, events, printer }: BreathOptions) {
		this.settings = settings;
		this.log = log;
		this.events = events;
		const wished = new WishedSettings(settings, events);
		const switches = new Switches({ wished, events, clock });
		const followed = new FollowedPrinter({ settings, events, clock, printer });
		const presence = new Presence(clock);
		const shown = new ShownState(firstState(wished), log);
		this.wished = wished;
		this.switches = switches;
		this.followed = followed;
		this.presence = presence;
		this.shown = shown;
		this.view = new BreathView({ shown, wished, switches, followed, presence, clock });
		this.heaterDemand = heaterDemand(NOTHING_WANTED, settings);
		this.loop = new HeaterLoop({
			board,
			storage,
			clock,
			log,
			demand: () => this.onDemand(),
			onTick: (report) => this.onTick(report),
			onFault: (code, details) => this.onFault(code, details),
		});
		this.ignoreSettings = settings.onChange((keys) => this.onSettings(keys));
		switches.takeFault(this.report.fault);
		this.evaluate();
		this.view.refresh(this.report, this.demand);
		shown.tell();
	}

	/** A value: it does not change afterwards, and stays the same one as long as nothing changes. */
	get state(): BreathState {
		if (this.view.isStale) this.view.refresh(this.report, this.demand);
		return this.shown.show();
	}

	get report(): HeaterReport {
		return this.loop.report;
	}

	/** Takes what it can; never throws. Off and target 0 count before this returns. */
	change(changes: BreathChanges, by: Asker): void {
		if (this.closed) return;
		const wishes = inRange(changes);
		this.asker = by;
		try {
			this.takeOff(wishes, by);
			if (by !== "firmware") this.presence.touch();
			this.store(wishes, by);
			this.takeOn(wishes, by);
		} catch (error) {
			this.log.error(`breath: a change was not taken in whole: ${describe(error)}`);
		} finally {
			this.asker = undefined;
		}
		this.evaluate();
		// Also when nothing was to be heated as far as is known here.
		if (wishes.on === false || wishes.target === 0) this.turnOff();
	}

	/** Whether heat is given, or would be as soon as the chamber gets a little colder. */
	get isHeatWanted(): boolean {
		return this.demand.target > 0 || this.report.heating;
	}

	/** No heat, whatever is on, until the returned function is called: a new firmware is being received. */
	hold(): () => void {
		this.holds++;
		this.evaluate();
		let isHeld = true;
		return () => {
			if (!isHeld) return;
			isHeld = false;
			this.holds--;
			if (!this.closed) this.evaluate();
		};
	}

	/** Afterwards everything is off, and has to be turned on again. */
	async clearFault(by: Asker): Promise<ClearAnswer> {
		const code = this.report.fault;
		let answer: ClearAnswer = "not_stored";
		try {
			answer = await this.loop.clearFault();
		} catch (error) {
			this.log.error(`breath: the fault is not cleared: ${describe(error)}`);
		}
		if (answer === "cleared" && code !== undefined)
			this.events.add("fault_cleared", by, FAULT_CODES.indexOf(code));
		if (this.closed) return answer;
		this.switches.takeFault(this.report.fault);
		this.evaluate();
		return answer;
	}

	/** Somebody who may have asked for heat is there, until the returned function is called. */
	attend(): () => void {
		return this.presence.attend();
	}

	/** Counts at the next tick: printers change several times a second. */
	printerChanged(): void {
		this.#printerChanged = true;
	}

	/** Told once a tick at most, and only when something changed. The returned function ends that. */
	onChange(listener: BreathListener): () => void {
		return this.shown.onChange(listener);
	}

	turnOffForRestart(): void {
		this.switches.turnOff("firmware");
		this.evaluate();
		this.turnOff();
	}

	/** Everything off. May be called any number of times; no callback comes afterwards. */
	close(): void {
		if (this.closed) return;
		this.turnOffForRestart();
		this.closed = true;
		this.shown.close();
		this.ignoreSettings();
		this.loop.close();
	}

	// What is asked for.

	private takeOff({ on, target, dryingRunning }: BreathChanges, by: Asker): void {
		if (on === false) this.switches.turnOff(by);
		if (target === 0) {
			if (this.switches.isDrying) this.switches.turnOff(by);
			this.wished.setTargetToZero(by);
		}
		if (on === false) this.wished.noteOff();
		if (dryingRunning === false && this.switches.isDrying) this.switches.turnOff(by);
	}

	private store(wishes: BreathChanges, by: Asker): void {
		const { target } = wishes;
		// Settings do not tell when it is what was stored already, as after a 0.
		if (target !== undefined && target > 0) this.wished.setTarget(target, by);
		try {
			this.settings.set(settingsOf(wishes, this.wished.plan));
		} catch (error) {
			// They are set: who is told of it has failed.
			this.log.error(`breath: settings: ${describe(error)}`);
		}
		this.noteSettings();
	}

	private takeOn(wishes: BreathChanges, by: Asker): void {
		const { on, target, fanOnly, dryingRunning } = wishes;
		if (fanOnly === true) {
			this.switches.turnFanOn(by);
			return;
		}
		if (fanOnly === false && this.switches.fanOnly) this.switches.turnOff(by);
		const isAsked = on === true || isDryingAsked(wishes);
		if (!isAsked || on === false || this.switches.on || this.switches.fault !== undefined) return;
		if (this.wished.mode === "drying" && (dryingRunning === false || target === 0)) return;
		this.wished.restoreTarget(by);
		this.switches.turnOn(by);
	}

	private onSettings(keys: readonly string[]): void {
		this.wished.take(keys, this.asker);
		this.evaluate();
	}

	/** From the settings, whoever has changed them. */
	private noteSettings(): void {
		const mode = this.settings.get("breath.mode");
		const modeBefore = this.wished.mode;
		// Nothing dries, and no drying heats on, because of another mode.
		if (mode !== modeBefore && (mode === "drying" || modeBefore === "drying") && this.switches.on)
			this.switches.turnOff(this.asker ?? "program");
		this.wished.note(this.asker);
		this.followed.noteBinding(this.asker);
	}

	// What happens by itself.

	/** At the beginning of each tick. Never throws: the control would have to take that for a failure. */
	private onDemand(): HeaterDemand {
		try {
			if (this.#printerChanged) this.evaluate();
			this.followed.noteLink();
			if (this.switches.isDrying && this.switches.dryingSecondsLeft === 0) {
				this.switches.finishDrying();
				this.evaluate();
			}
			this.watchPresence();
		} catch (error) {
			this.log.error(`breath: ${describe(error)}; heat is turned off`);
			this.switches.turnOff("firmware");
			this.evaluate();
		}
		return this.heaterDemand;
	}

	/** The dead man's timer. */
	private watchPresence(): void {
		const isPrinterOnline = this.followed.state?.link === "online";
		const aloneMs = this.presence.aloneMs(this.demand.target > 0, isPrinterOnline);
		const limitMinutes = this.wished.deadmanMinutes;
		if (aloneMs < limitMinutes * 60_000) return;
		this.switches.abandon(limitMinutes);
		this.log.warn("breath: nobody was there for too long; heat is turned off");
		this.evaluate();
	}

	/** At the end of each tick. */
	private onTick(report: HeaterReport): void {
		try {
			if (report.fault !== this.switches.fault) {
				this.switches.takeFault(report.fault);
				this.evaluate();
			}
			this.view.observe(report);
			this.view.refresh(this.report, this.demand);
			this.shown.tell();
		} catch (error) {
			this.log.error(`breath: ${describe(error)}`);
		}
	}

	private onFault(code: FaultCode, details: string): void {
		const { text } = faultWords(code);
		this.log.error(`breath: ${text}${details === "" ? "" : ` (${details})`}`);
		this.events.add("fault", "firmware", FAULT_CODES.indexOf(code));
		this.switches.takeFault(code);
		this.evaluate();
	}

	// What follows from all that.

	private evaluate(): void {
		const wasHeating = this.demand.target > 0;
		this.#printerChanged = false;
		this.noteSettings();
		this.demand = this.wanted();
		this.heaterDemand = heaterDemand(this.demand, this.settings);
		this.view.markStale();
		if (wasHeating && this.demand.target === 0) this.turnOff();
	}

	private wanted(): ModeDemand {
		const wished = this.wished;
		const switches = this.switches;
		try {
			return demand({
				mode: wished.mode,
				on: switches.on,
				faulted: switches.fault !== undefined,
				fanOnly: switches.fanOnly,
				held: this.holds > 0,
				target: wished.target,
				dryingTarget: wished.plan.target,
				bedThreshold: wished.bedThreshold,
				filterThreshold: wished.filterThreshold,
				autoBy: this.settings.get("breath.autoBy"),
				filamentTargets: wished.filaments,
				printer: this.followed.look(),
				followed: this.demand.followed,
			});
		} catch (error) {
			this.log.error(`breath: what is wanted cannot be told: ${describe(error)}; heat is turned off`);
			this.followed.forget();
			switches.turnOff("firmware");
			return NOTHING_WANTED;
		}
	}

	private turnOff(): void {
		try {
			this.loop.turnOff();
		} catch (error) {
			this.log.error(`breath: ${describe(error)}`);
		}
	}
}

function heaterDemand({ target, fanWanted }: ModeDemand, settings: Settings): HeaterDemand {
	return {
		target,
		fanWanted,
		fanReleaseCelsius: settings.get("breath.fanReleaseCelsius"),
		chamberOffset: settings.get("breath.chamberOffsetTenths") / 10,
		elementOffset: settings.get("breath.elementOffsetTenths") / 10,
	};
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
