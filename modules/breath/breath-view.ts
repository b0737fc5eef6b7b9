// Puts into the shown state what the parts of the chamber heater say, and words the reason anew where it has to be.

import type { Clock } from "../platform/clock";
import type { BreathState, ReasonCode } from "./breath-state";
import { faultWords } from "./fault-words";
import type { FollowedPrinter } from "./followed-printer";
import type { HeaterReport } from "./heater-loop";
import { HeatingEstimate } from "./heating-estimate";
import type { ModeDemand } from "./modes";
import type { Presence } from "./presence";
import { heatReason, type ReasonFacts, reasonDetails, reasonText } from "./reasons";
import type { ShownState } from "./shown-state";
import type { Switches } from "./switches";
import type { WishedSettings } from "./wished-settings";

export interface BreathViewOptions {
	shown: ShownState;
	wished: WishedSettings;
	switches: Switches;
	followed: FollowedPrinter;
	presence: Presence;
	clock: Clock;
}

/** Before anything is known of the heater. */
export function firstState({
	mode,
	target,
	bedThreshold,
	filterThreshold,
	plan,
}: WishedSettings): BreathState {
	return {
		mode,
		on: false,
		heating: false,
		fan: false,
		fanOnly: false,
		target,
		activeTarget: 0,
		bedThreshold,
		filterThreshold,
		drying: { running: false, ...plan, remainingSeconds: 0 },
		reason: "",
		reasonCode: "off",
	};
}

/** Most ticks change little: nothing is made, and no words are put together, where all is as it was. */
export class BreathView {
	private readonly shown: ShownState;
	private readonly wished: WishedSettings;
	private readonly switches: Switches;
	private readonly followed: FollowedPrinter;
	private readonly presence: Presence;
	private readonly clock: Clock;
	private readonly estimate = new HeatingEstimate();
	#isStale = true;
	/** What the words say that changes by itself. */
	private minutesToTarget: number | undefined;
	private dryingMinutesLeft = 0;
	private minutesAlone: number | undefined;
	private coolingDown = false;

	constructor({ shown, wished, switches, followed, presence, clock }: BreathViewOptions) {
		this.shown = shown;
		this.wished = wished;
		this.switches = switches;
		this.followed = followed;
		this.presence = presence;
		this.clock = clock;
	}

	/** Something besides the report and the time may have changed since the last `refresh`. */
	get isStale(): boolean {
		return this.#isStale;
	}

	/** To be called after each change of wishes, switches, printer or demand: `refresh` does not look for these. */
	markStale(): void {
		this.#isStale = true;
	}

	/** At each tick, before `refresh`: how fast it gets warmer is a part of the words. */
	observe({ chamber }: HeaterReport): void {
		const { reasonCode } = this.shown.current;
		if (chamber !== undefined && (reasonCode === "heating" || reasonCode === "element_hot"))
			this.estimate.add(chamber, this.clock.now());
		else this.estimate.reset();
	}

	refresh(report: HeaterReport, demand: ModeDemand): void {
		const chamber = tenths(report.chamber);
		this.shown.put("heating", report.heating);
		this.shown.put("fan", report.fan);
		this.shown.put("chamber", chamber);
		this.shown.put("ptc", tenths(report.element));
		if (this.#isStale) {
			this.shown.put("activeTarget", demand.target);
			this.putWishes();
			this.putFault();
		}
		this.putDrying();
		const code = heatReason({
			wanted: demand.reasonCode === "off" ? this.switches.ending.code : demand.reasonCode,
			target: demand.target,
			chamber,
			ready: report.ready,
			elementAtLimit: report.elementAtLimit,
			before: this.shown.current.reasonCode,
		});
		this.putReason(code, report, demand);
		this.#isStale = false;
	}

	private putWishes(): void {
		this.shown.put("mode", this.wished.mode);
		this.shown.put("on", this.switches.on);
		this.shown.put("fanOnly", this.switches.fanOnly);
		this.shown.put("target", this.wished.target);
		this.shown.put("bedThreshold", this.wished.bedThreshold);
		this.shown.put("filterThreshold", this.wished.filterThreshold);
	}

	private putFault(): void {
		const code = this.switches.fault;
		if (this.shown.current.fault?.code === code) return;
		if (code === undefined) {
			this.shown.put("fault", undefined);
			return;
		}
		const { text, help } = faultWords(code);
		this.shown.put("fault", { code, text: `${text}. ${help}`, latched: true });
	}

	private putDrying(): void {
		const { target, hours } = this.wished.plan;
		const running = this.switches.isDrying;
		const remainingSeconds = running ? this.switches.dryingSecondsLeft : 0;
		const before = this.shown.current.drying;
		if (
			before.running !== running ||
			before.target !== target ||
			before.hours !== hours ||
			before.remainingSeconds !== remainingSeconds
		)
			this.shown.put("drying", { running, target, hours, remainingSeconds });
	}

	private putReason(code: ReasonCode, report: HeaterReport, demand: ModeDemand): void {
		const { reason, reasonCode } = this.shown.current;
		const haveMoved = this.move(code, report, demand);
		if (!haveMoved && !this.#isStale && code === reasonCode) return;
		this.shown.put("reasonCode", code);
		const facts = this.facts(code, demand);
		const details = reasonDetails(facts);
		const text = reasonText(facts, details);
		// Without another word there is no other detail either.
		if (text === reason && code === reasonCode) return;
		this.shown.put("reason", text);
		this.shown.put("reasonDetails", details);
	}

	/** What the words say that changes by itself; returns whether it has. */
	private move(code: ReasonCode, report: HeaterReport, demand: ModeDemand): boolean {
		const minutesToTarget = code === "heating" ? this.estimate.minutesTo(demand.target) : undefined;
		const dryingMinutesLeft = Math.ceil(this.shown.current.drying.remainingSeconds / 60);
		const minutesAlone = this.minutesUntilAbandoned(demand);
		const coolingDown = report.fan && !demand.fanWanted;
		if (
			minutesToTarget === this.minutesToTarget &&
			dryingMinutesLeft === this.dryingMinutesLeft &&
			minutesAlone === this.minutesAlone &&
			coolingDown === this.coolingDown
		)
			return false;
		this.minutesToTarget = minutesToTarget;
		this.dryingMinutesLeft = dryingMinutesLeft;
		this.minutesAlone = minutesAlone;
		this.coolingDown = coolingDown;
		return true;
	}

	private facts(code: ReasonCode, { target, followed }: ModeDemand): ReasonFacts {
		const { fault, ending } = this.switches;
		const printer = this.followed.state;
		return {
			code,
			target,
			offBy: ending.by,
			faultText: fault === undefined ? "" : faultWords(fault).text,
			printerName: printer?.name,
			isKlipper: this.followed.isKlipper,
			bed: printer?.bed,
			bedThreshold: this.wished.bedThreshold,
			filament: followed.filament,
			filtering: followed.filtering,
			coolingDown: this.coolingDown,
			minutesToTarget: this.minutesToTarget,
			dryingMinutesLeft: this.dryingMinutesLeft,
			minutesAlone: this.minutesAlone,
			minutesAbandoned: ending.minutesAlone,
			minutesLost: ending.minutesLost,
		};
	}

	/** A cycle that ends before that does not need to be warned of it. */
	private minutesUntilAbandoned(demand: ModeDemand): number | undefined {
		if (demand.target === 0) return undefined;
		const minutes = this.presence.minutesLeft(this.wished.deadmanMinutes);
		if (minutes === undefined || !this.switches.isDrying) return minutes;
		return this.switches.dryingSecondsLeft <= minutes * 60 ? undefined : minutes;
	}
}

function tenths(celsius: number | undefined): number | undefined {
	return celsius === undefined ? undefined : Math.round(celsius * 10) / 10;
}
