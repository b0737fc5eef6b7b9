// Applies a report of filament boxes. Most reports tell of one slot of one box: what they leave out stays known.

import { BOX_SLOTS, unitOfBox } from "../models";
import type { AnycubicReport, BoxReport, BoxSlotReport } from "./anycubic-report";
import { spoolColor } from "./spool-color";
import { between, isObject, plainText, type Values, wholeBetween } from "./values";

/** More entries than there are boxes, or slots, are left out. */
const MOST_ENTRIES = 8;
const MAX_WORD = 32;
const MAX_MINUTES = 7 * 24 * 60;
/** Of `drying_status`. */
const NOT_DRYING = 0;
/** Of `edit_status`: a person has entered what it is, so no tag says how much is left. */
const ENTERED_BY_HAND = 1;

/** `isComplete`: the report names all the boxes there are. */
export function mergeBoxes(
	report: AnycubicReport,
	data: Values,
	modelId: string,
	isComplete: boolean,
): boolean {
	const list = data.multi_color_box;
	// Which slot is loaded is also told of one box without a list.
	const entries: unknown[] = Array.isArray(list) ? list.slice(0, MOST_ENTRIES) : [data];
	if (!Array.isArray(list) && data.id === undefined) return false;
	const known = report.boxes ?? [];
	const named: BoxReport[] = [];
	for (const entry of entries) {
		if (!isObject(entry)) continue;
		const unit = unitOfBox(modelId, wholeBetween(-1, entry.id, 8) ?? Number.NaN);
		if (unit === undefined) continue;
		const box = [...known, ...named].find((other) => other.unit === unit) ?? { unit, slots: [] };
		mergeBox(box, entry);
		if (!named.includes(box)) named.push(box);
	}
	const boxes = isComplete ? named : [...known.filter((box) => !named.includes(box)), ...named];
	report.boxes = boxes.sort((a, b) => a.unit - b.unit);
	return true;
}

function mergeBox(box: BoxReport, entry: Values): void {
	const loaded = wholeBetween(-1, entry.loaded_slot, BOX_SLOTS - 1);
	const drying = isObject(entry.drying_status) ? entry.drying_status : {};
	// 0 stands for "not measured" in both.
	const temperature = between(1, entry.temp, 150);
	const humidity = between(1, entry.humidity ?? drying.humidity, 100);
	if (loaded !== undefined) box.loadedSlot = loaded;
	if (temperature !== undefined) box.temperature = temperature;
	if (humidity !== undefined) box.humidity = humidity;
	mergeDrying(box, drying);
	const slots = Array.isArray(entry.slots) ? entry.slots.slice(0, MOST_ENTRIES) : [];
	for (const slot of slots) if (isObject(slot)) mergeSlot(box, slot);
}

function mergeDrying(box: BoxReport, { status, remain_time, duration }: Values): void {
	const state = wholeBetween(0, status, 100);
	if (state === undefined) return;
	const isBegun = !box.isDrying;
	box.isDrying = state !== NOT_DRYING;
	if (!box.isDrying) {
		box.dryingMinutes = 0;
		return;
	}
	const left = between(0, remain_time, MAX_MINUTES);
	const whole = between(1, duration, MAX_MINUTES);
	if (left !== undefined) box.dryingMinutes = Math.ceil(left);
	else if (isBegun && whole !== undefined) box.dryingMinutes = Math.ceil(whole);
	else if (isBegun) delete box.dryingMinutes;
}

function mergeSlot(box: BoxReport, entry: Values): void {
	const id = wholeBetween(0, entry.index, BOX_SLOTS - 1);
	if (id === undefined) return;
	const before: BoxSlotReport = box.slots.find((slot) => slot.id === id) ?? { id };
	const material = plainText(entry.type, MAX_WORD);
	const slot: BoxSlotReport = material === "" ? { id, material } : { ...before };
	if (material !== "") {
		const color = spoolColor(entry.color, entry.color_group);
		const sku = plainText(entry.sku, MAX_WORD);
		// What was left on another spool says nothing of this one.
		if (isOther(before.material, material) || isOther(before.color, color) || isOther(before.sku, sku))
			delete slot.remainPercent;
		if (material !== undefined) slot.material = material;
		if (color !== undefined) slot.color = color;
		if (sku !== undefined) slot.sku = sku;
		// Boxes say 0 of every spool that they know nothing of.
		const left = between(1, entry.consumables_percent, 100);
		if (entry.edit_status === ENTERED_BY_HAND) delete slot.remainPercent;
		else if (left !== undefined) slot.remainPercent = left;
	}
	box.slots = [...box.slots.filter((other) => other.id !== id), slot].sort((a, b) => a.id - b.id);
}

function isOther(before: string | undefined, now: string | undefined): boolean {
	return before !== undefined && now !== undefined && before !== now;
}
