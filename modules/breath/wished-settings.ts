// What the settings say of mode, target, thresholds and drying, and the event of each change, whoever made it.

import type { Asker } from "../event-log/asker";
import { MODES } from "../event-log/event-codes";
import type { EventLog } from "../event-log/event-log";
import type { Settings } from "../settings/settings";
import type { BreathMode } from "./breath-state";
import { type DryingPlan, dryingPlan } from "./drying";
import { type FilamentTargets, parseFilamentTargets } from "./filament-targets";

/** °C, where no target above 0 is known. */
const USUAL_TARGET = 45;
/** The longest that heat without an end of its own is left alone; a drying cycle has one. */
const LONGEST_ALONE_MINUTES = 120;

export class WishedSettings {
	private readonly settings: Settings;
	private readonly events: EventLog;
	#mode: BreathMode;
	#target: number;
	#bedThreshold: number;
	#filterThreshold: number;
	#filaments: FilamentTargets;
	#plan: DryingPlan;
	/** Everything was turned off since the target was named last. */
	private offSinceTarget = true;

	constructor(settings: Settings, events: EventLog) {
		this.settings = settings;
		this.events = events;
		this.#mode = settings.get("breath.mode");
		this.#target = settings.get("breath.target");
		this.#bedThreshold = settings.get("breath.bedThreshold");
		this.#filterThreshold = settings.get("breath.filterThreshold");
		this.#filaments = readFilaments(settings);
		this.#plan = readPlan(settings);
	}

	get mode(): BreathMode {
		return this.#mode;
	}

	/** °C for auto and always-on; may be 0, which is never stored. */
	get target(): number {
		return this.#target;
	}

	get bedThreshold(): number {
		return this.#bedThreshold;
	}

	get filterThreshold(): number {
		return this.#filterThreshold;
	}

	get filaments(): FilamentTargets {
		return this.#filaments;
	}

	get plan(): DryingPlan {
		return this.#plan;
	}

	/** How long heat is left alone. */
	get deadmanMinutes(): number {
		const minutes = this.settings.get("breath.deadmanMinutes");
		return this.#mode === "drying" ? minutes : Math.min(minutes, LONGEST_ALONE_MINUTES);
	}

	/** Looks for changes. The target is not among them: one that is set to what is stored already counts as well. */
	note(by: Asker | undefined): void {
		const settings = this.settings;
		const mode = settings.get("breath.mode");
		if (mode !== this.#mode) {
			this.#mode = mode;
			this.events.add("mode_changed", by, MODES.indexOf(mode));
		}
		const bedThreshold = settings.get("breath.bedThreshold");
		if (bedThreshold !== this.#bedThreshold) {
			this.events.add("bed_threshold_changed", by, this.#bedThreshold, bedThreshold);
			this.#bedThreshold = bedThreshold;
		}
		const filterThreshold = settings.get("breath.filterThreshold");
		if (filterThreshold !== this.#filterThreshold) {
			this.events.add("filter_threshold_changed", by, this.#filterThreshold, filterThreshold);
			this.#filterThreshold = filterThreshold;
		}
		const plan = readPlan(settings);
		if (plan.target !== this.#plan.target || plan.hours !== this.#plan.hours) {
			this.events.add("drying_changed", by, plan.target, plan.hours);
			this.#plan = plan;
		}
	}

	/** As `note`, for what is not looked at each time: the settings of these keys have been set. */
	take(keys: readonly string[], by: Asker | undefined): void {
		if (keys.includes("breath.target")) this.setTarget(this.settings.get("breath.target"), by);
		if (keys.includes("breath.filamentTargets")) this.#filaments = readFilaments(this.settings);
	}

	setTarget(target: number, by: Asker | undefined): void {
		if (target === this.#target) return;
		this.events.add("target_changed", by, this.#target, target);
		this.#target = target;
		this.offSinceTarget = false;
	}

	/** No heat, and that is meant: also when the target was 0 already. */
	setTargetToZero(by: Asker): void {
		this.setTarget(0, by);
		this.offSinceTarget = false;
	}

	/** From now on a target of 0 was a part of turning off. */
	noteOff(): void {
		this.offSinceTarget = true;
	}

	/** Before a start: puts the last target above 0 in the place of a 0 that no longer counts. */
	restoreTarget(by: Asker): void {
		if (this.#target !== 0) return;
		// A button cannot say how warm.
		if (by === "button" || this.offSinceTarget)
			this.setTarget(this.settings.get("breath.target") || USUAL_TARGET, by);
	}
}

function readFilaments(settings: Settings): FilamentTargets {
	return parseFilamentTargets(settings.get("breath.filamentTargets"));
}

function readPlan(settings: Settings): DryingPlan {
	return dryingPlan(
		settings.get("breath.dryingPreset"),
		settings.get("breath.dryingTarget"),
		settings.get("breath.dryingHours"),
	);
}
