// The chamber heater, as the panel asks for it.

import type { Done, HeaterHistory, HeaterOptions, PanelHeater } from "../../ui/panel/device";
import type { BreathState } from "../breath/breath-state";
import { clearRefusal } from "../breath/clear-words";
import { type ChamberHistory, HISTORY_INTERVAL_MS, HISTORY_SAMPLES } from "../breath/history";
import type { BreathChanges } from "../breath/wishes";
import { isInUse, slotOf } from "../printers/printer-slots";
import type { SettingsChanges } from "../settings/settings";
import type { PanelParts } from "./panel-parts";
import { badField, DONE, NO_PRINTER, refuse } from "./refusals";

export interface DeviceHeaterOptions extends Pick<PanelParts, "settings"> {
	breath: NonNullable<PanelParts["breath"]>;
	history: ChamberHistory;
}

export class DeviceHeater implements PanelHeater {
	readonly #options: DeviceHeaterOptions;
	readonly history: HeaterHistory;

	constructor(options: DeviceHeaterOptions) {
		this.#options = options;
		this.history = new ChamberSamples(options.history);
	}

	change(changes: BreathChanges): BreathState {
		const { breath } = this.#options;
		breath.change(changes, "panel");
		return breath.state;
	}

	async clearFault(): Promise<Done<"fault_remains" | "not_stored">> {
		const refusal = clearRefusal(await this.#options.breath.clearFault("panel"));
		return refusal ? refuse(refusal.code, refusal.message) : DONE;
	}

	options(): HeaterOptions {
		const { settings } = this.#options;
		const slot = settings.get("breath.printerSlot");
		return {
			dryingPreset: settings.get("breath.dryingPreset"),
			autoBy: settings.get("breath.autoBy"),
			followedPrinter: isInUse(settings, slot) ? settings.get(`printer${slot}.serial`) : "",
		};
	}

	setOptions({
		dryingPreset,
		autoBy,
		followedPrinter,
	}: Partial<HeaterOptions>): Done<"bad_field" | "not_found"> {
		const { breath, settings } = this.#options;
		const slot = followedPrinter === undefined ? undefined : slotOf(settings, followedPrinter);
		if (followedPrinter !== undefined && slot === undefined) return NO_PRINTER;
		const changes: SettingsChanges = {
			...(autoBy !== undefined && { "breath.autoBy": autoBy }),
			...(slot !== undefined && { "breath.printerSlot": slot }),
		};
		try {
			settings.set(changes);
		} catch (error) {
			return badField(error);
		}
		if (dryingPreset !== undefined) breath.change({ dryingPreset }, "panel");
		return DONE;
	}
}

class ChamberSamples implements HeaterHistory {
	readonly intervalSeconds = HISTORY_INTERVAL_MS / 1000;
	readonly most = HISTORY_SAMPLES;
	private readonly history: ChamberHistory;

	constructor(history: ChamberHistory) {
		this.history = history;
	}

	get length(): number {
		return this.history.length;
	}

	get count(): number {
		return this.history.total;
	}

	chamber(index: number): number {
		return this.history.chamberAt(index);
	}

	target(index: number): number {
		return this.history.targetAt(index);
	}
}
