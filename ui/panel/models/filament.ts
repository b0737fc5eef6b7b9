// All spools of a printer: its units with their slots, and the spools outside.

import type { SpoolPlace } from "../device";
import type { ModelInput, PrinterOfState } from "../screen";
import type { Words } from "../words/en";
import { degrees, degreesRange, durationOfMinutes, isKnown, percent } from "../words/format";
import { fill } from "../words/texts";
import { type Action, action } from "./action";
import { colorName, skinColor } from "./color-names";
import {
	gramsText,
	type SlotNote,
	type Spools,
	slotNote,
	spoolShare,
	spoolSlotOf,
	trayOf,
} from "./spool-slots";
import type { Tone } from "./tone";

type Slot = PrinterOfState["filament"]["external"][number];
type Unit = PrinterOfState["filament"]["units"][number];

export interface FilamentView {
	readonly units: readonly UnitView[];
	readonly external: readonly SlotView[];
	readonly externalTitle: string;
	/** When there is neither; else "". */
	readonly emptyText: string;
	readonly unload: Action;
}

export interface UnitView {
	readonly id: number;
	/** "AMS A" */
	readonly title: string;
	/** "left nozzle"; "" of printers with one. */
	readonly feeds: string;
	/** "Humidity 24%" or "Humidity dry"; "" of units that do not measure it. */
	readonly humidity: string;
	readonly humidityTone: Tone;
	/** "31 °C", or "". */
	readonly temperature: string;
	/** "drying, 3 h 20 min left"; "" when it does not. */
	readonly drying: string;
	/** "3 h 20 min", or "". */
	readonly dryingShort: string;
	readonly isDrying: boolean;
	/** It has a dryer: there is a way to its settings. */
	readonly canDry: boolean;
	readonly slots: readonly SlotView[];
}

export interface SlotView {
	readonly place: SpoolPlace;
	/** "A1", "HT-A"; "External spool" of those outside. */
	readonly name: string;
	/** "PLA", "empty", or "not known". */
	readonly material: string;
	/** "PLA Basic"; "" where nobody has said it. */
	readonly brand: string;
	/** "#RRGGBB", or "" without one. */
	readonly color: string;
	readonly colorName: string;
	/** "640 g left" as Spoolman says, else "80% left" as the printer does; "" where it is not known. */
	readonly remaining: string;
	/** "640 g" or "80%", or "". */
	readonly remainingShort: string;
	/** What Spoolman makes one look at: "40 g, low", "New tag"; "" when all is well. */
	readonly note: string;
	/** Somebody has to do something about it. */
	readonly isAttention: boolean;
	/** Global tray. */
	readonly tray: number;
	/** 0 to 1; 1 where it is not known and a spool is there, 0 when the slot is empty. */
	readonly fullness: number;
	readonly isRemainingKnown: boolean;
	/** "Nozzle 190–230 °C", or "". */
	readonly temperatures: string;
	/** "Spool 12" of Spoolman, or "". */
	readonly spool: string;
	readonly isEmpty: boolean;
	/** It is in the nozzle. */
	readonly isActive: boolean;
	/** "in use", or "". */
	readonly activeText: string;
	readonly hasTag: boolean;
}

/** Units that dry; of which of them they may be told to is said by the printer. */
export function hasDryer(kind: Unit["kind"]): kind is "ams_2_pro" | "ams_ht" | "ace" {
	return kind === "ams_2_pro" || kind === "ams_ht" || kind === "ace";
}

export function filamentView(input: ModelInput): FilamentView {
	const { printer, words } = input;
	const { spools } = input.state;
	const { units = [], external = [] } = printer?.filament ?? {};
	return {
		units: printer === undefined ? [] : units.map((unit) => unitView(words, printer, unit, spools)),
		external: printer === undefined ? [] : external.map((slot) => externalView(words, printer, slot, spools)),
		externalTitle: words.filament.external,
		emptyText: units.length + external.length === 0 ? words.filament.none : "",
		unload: unload(input),
	};
}

/** Of what is in the nozzle, whatever that is. */
export function unload(input: ModelInput): Action {
	const { filament } = input.words;
	return action(
		input,
		filament.unload,
		{ command: "unload", confirm: true },
		{
			question: {
				title: filament.unloadQuestion,
				text: filament.unloadText,
				yes: filament.unloadYes,
				no: input.words.common.cancel,
				isDangerous: true,
			},
		},
	);
}

export function unitView(words: Words, printer: PrinterOfState, unit: Unit, spools?: Spools): UnitView {
	const { filament } = words;
	const isDrying = isKnown(unit.dryingMinutes) && unit.dryingMinutes > 0;
	return {
		id: unit.id,
		title: unitTitle(words, printer, unit),
		feeds: feedsText(words, printer, unit),
		...humidityOf(words, unit),
		temperature: isKnown(unit.temperature) ? degrees(words, unit.temperature) : "",
		drying: isDrying ? fill(filament.drying, { time: durationOfMinutes(words, unit.dryingMinutes) }) : "",
		dryingShort: isDrying ? durationOfMinutes(words, unit.dryingMinutes) : "",
		isDrying,
		canDry: hasDryer(unit.kind),
		slots: unit.slots.map((slot) => slotOfUnit(words, printer, unit, slot, spools)),
	};
}

/** "AMS A": units for one spool are lettered by themselves. */
export function unitTitle(words: Words, printer: PrinterOfState, unit: Unit): string {
	const letter = letterOf(printer, unit);
	return fill(words.filament.unit, { kind: words.filament[unit.kind], letter });
}

/** What is at that place; `undefined` when there is no such place. */
export function slotAt(
	words: Words,
	printer: PrinterOfState,
	place: SpoolPlace,
	spools?: Spools,
): SlotView | undefined {
	const { units, external } = printer.filament;
	if (typeof place !== "string") {
		const unit = units.find(({ id }) => id === place.unit);
		const slot = unit?.slots.find(({ id }) => id === place.slot);
		return unit && slot && slotOfUnit(words, printer, unit, slot, spools);
	}
	const slot = external.find((other) => placeOfExternal(printer, other) === place);
	return slot && externalView(words, printer, slot, spools);
}

/** As it is in the state, for a form that changes it. */
export function rawSlotAt(printer: PrinterOfState, place: SpoolPlace): Slot | undefined {
	const { units, external } = printer.filament;
	if (typeof place === "string") return external.find((slot) => placeOfExternal(printer, slot) === place);
	return units.find(({ id }) => id === place.unit)?.slots.find(({ id }) => id === place.slot);
}

function feedsText({ filament }: Words, { capabilities }: PrinterOfState, { nozzle }: Unit): string {
	if (capabilities.nozzles < 2 || nozzle === undefined) return "";
	return nozzle === 0 ? filament.feedsRight : filament.feedsLeft;
}

/** Percent of humidity from which filament suffers. */
const DAMP_PERCENT = 40;
const WET_PERCENT = 60;
/** 1 wet … 5 dry */
const DAMP_LEVEL = 3;
const WET_LEVEL = 1;

function humidityOf(words: Words, { humidityPercent, humidityLevel }: Unit) {
	const { filament } = words;
	if (isKnown(humidityPercent)) {
		const tone: Tone =
			humidityPercent >= WET_PERCENT ? "danger" : humidityPercent >= DAMP_PERCENT ? "warn" : "muted";
		return {
			humidity: fill(filament.humidity, { percent: percent(words, humidityPercent) }),
			humidityTone: tone,
		};
	}
	if (!isKnown(humidityLevel)) return { humidity: "", humidityTone: "muted" as Tone };
	const level = Math.min(5, Math.max(1, Math.round(humidityLevel))) as 1 | 2 | 3 | 4 | 5;
	const tone: Tone = level <= WET_LEVEL ? "danger" : level <= DAMP_LEVEL ? "warn" : "muted";
	return {
		humidity: fill(filament.humidity, { percent: filament[`humidity_${level}`] }),
		humidityTone: tone,
	};
}

function letterOf({ filament }: PrinterOfState, unit: Unit): string {
	const isSingle = unit.kind === "ams_ht";
	let before = 0;
	for (const { id, kind } of filament.units) if (id < unit.id && (kind === "ams_ht") === isSingle) before++;
	return String.fromCharCode(0x41 + Math.min(before, 25));
}

function slotOfUnit(words: Words, printer: PrinterOfState, unit: Unit, slot: Slot, spools: Spools): SlotView {
	const { active } = printer.filament;
	const letter = letterOf(printer, unit);
	const isActive = typeof active === "object" && active.unit === unit.id && active.slot === slot.id;
	return {
		place: { unit: unit.id, slot: slot.id },
		name: unit.kind === "ams_ht" ? `HT-${letter}` : `${letter}${slot.id + 1}`,
		...spoolOf(words, slot, isActive),
		...accountOf(words, printer, trayOf(unit, slot), slot, spools),
	};
}

function externalView(words: Words, printer: PrinterOfState, slot: Slot, spools: Spools): SlotView {
	const { external, active } = printer.filament;
	const { filament } = words;
	const place = placeOfExternal(printer, slot);
	const isOneOfTwo = external.length > 1;
	// Which of two is in use the printer tells by its nozzle.
	const side = place === "external_left" ? 1 : 0;
	const isActive = active === "external" && (!isOneOfTwo || printer.nozzles[side]?.active === true);
	return {
		place,
		name: !isOneOfTwo
			? filament.external
			: place === "external_left"
				? filament.externalLeft
				: filament.externalRight,
		...spoolOf(words, slot, isActive),
		...accountOf(words, printer, trayOf(undefined, slot), slot, spools),
	};
}

/** Of two, 255 is the right nozzle's and 254 the left one's. */
const LEFT_EXTERNAL = 254;

function placeOfExternal({ filament, capabilities }: PrinterOfState, { id }: Slot): SpoolPlace {
	const isLeft = filament.external.length > 1 && capabilities.nozzles === 2 && id === LEFT_EXTERNAL;
	return isLeft ? "external_left" : "external";
}

type OfAccount = "note" | "isAttention" | "tray";

/** What Spoolman says of it takes the place of what the printer does. */
function accountOf(
	words: Words,
	{ id }: PrinterOfState,
	tray: number,
	{ state }: Slot,
	spools: Spools,
): Pick<SlotView, OfAccount> & Partial<SlotView> {
	const found = state === "empty" ? undefined : spoolSlotOf(spools, { printerId: id, tray });
	if (found === undefined) return { note: "", isAttention: false, tray };
	const { text, isAttention }: SlotNote = slotNote(words, found);
	const { spool } = found;
	const shown = { note: isAttention ? text : "", isAttention, tray };
	if (found.status !== "linked" || spool === undefined) return shown;
	const number = { ...shown, spool: fill(words.filament.spool, { n: spool.id }) };
	if (!isKnown(spool.remainingGrams)) return number;
	const amount = gramsText(words, spool.remainingGrams);
	return {
		...number,
		remaining: fill(words.spools.remaining, { amount }),
		remainingShort: amount,
		fullness: spoolShare(spool) ?? 1,
		isRemainingKnown: true,
	};
}

function spoolOf(words: Words, slot: Slot, isActive: boolean): Omit<SlotView, "place" | "name" | OfAccount> {
	const { filament, common } = words;
	const isEmpty = slot.state === "empty";
	const isRemainingKnown = !isEmpty && isKnown(slot.remainPercent);
	const remain = isRemainingKnown ? (slot.remainPercent ?? 0) / 100 : 1;
	return {
		material: isEmpty ? common.empty : slot.material || filament.unknownSpool,
		brand: isEmpty ? "" : (slot.name ?? ""),
		color: isEmpty ? "" : skinColor(slot.color),
		colorName: isEmpty ? "" : colorName(words, slot.color),
		remaining: isRemainingKnown
			? fill(filament.remaining, { percent: percent(words, slot.remainPercent) })
			: "",
		remainingShort: isRemainingKnown ? percent(words, slot.remainPercent) : "",
		fullness: isEmpty ? 0 : Math.min(1, Math.max(0, remain)),
		isRemainingKnown,
		temperatures:
			!isEmpty && (isKnown(slot.nozzleMin) || isKnown(slot.nozzleMax))
				? fill(filament.temperatures, { range: degreesRange(words, slot.nozzleMin, slot.nozzleMax) })
				: "",
		spool: isKnown(slot.spoolId) ? fill(filament.spool, { n: slot.spoolId }) : "",
		isEmpty,
		isActive,
		activeText: isActive ? common.inUse : "",
		hasTag: slot.spoolUuid !== undefined,
	};
}
