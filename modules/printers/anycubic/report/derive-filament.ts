import type { FilamentSlot, FilamentState, FilamentUnit } from "../../printer-state";
import { BOX_SLOTS } from "../models";
import type { AnycubicReport, BoxReport, BoxSlotReport } from "./anycubic-report";
import { EXTERNAL_TRAY, feedingTray, loadedSlot } from "./merge-usage";

export function deriveFilament(report: AnycubicReport, modelId: string): FilamentState {
	const { boxes = [] } = report;
	const filament: FilamentState = { units: boxes.map(deriveUnit), external: [deriveExternal(report)] };
	const loaded = loadedSlot(report);
	if (loaded) filament.active = loaded;
	else if (boxes.length === 0 && feedingTray(report, modelId) === EXTERNAL_TRAY) filament.active = "external";
	return filament;
}

function deriveUnit({ unit: id, humidity, temperature, dryingMinutes, slots }: BoxReport): FilamentUnit {
	const unit: FilamentUnit = { id, kind: "ace", slots: [] };
	if (humidity !== undefined) unit.humidityPercent = humidity;
	if (temperature !== undefined) unit.temperature = temperature;
	if (dryingMinutes !== undefined) unit.dryingMinutes = dryingMinutes;
	// A box has them all, also those that it has not told of yet.
	for (let slot = 0; slot < BOX_SLOTS; slot++)
		unit.slots.push(deriveSlot(slots.find((known) => known.id === slot) ?? { id: slot }));
	return unit;
}

function deriveSlot({ id, material, color, remainPercent }: BoxSlotReport): FilamentSlot {
	if (material === "") return { id, state: "empty" };
	const slot: FilamentSlot = { id, state: material ? "loaded" : "unknown" };
	if (material) slot.material = material;
	if (color !== undefined) slot.color = color;
	if (remainPercent !== undefined) slot.remainPercent = remainPercent;
	return slot;
}

/** Every printer has a holder for a spool, but only few say what is on it. */
function deriveExternal({ external = {} }: AnycubicReport): FilamentSlot {
	const { material, color, isLoaded } = external;
	if (isLoaded === false) return { id: EXTERNAL_TRAY, state: "empty" };
	const slot: FilamentSlot = { id: EXTERNAL_TRAY, state: material ? "loaded" : "unknown" };
	if (material) slot.material = material;
	if (color !== undefined) slot.color = color;
	return slot;
}
