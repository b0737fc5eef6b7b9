// A filament box with four slots: what is in them, what is used up, and how it dries.

import { dryerProfile, stepTemperature } from "../bambu/thermal-model";

export interface BoxSlot {
	readonly index: number;
	/** "" when empty. */
	readonly type: string;
	readonly color: readonly [number, number, number];
	/** Left of the spool. */
	readonly percent: number;
	readonly sku: string;
}

export interface Drying {
	readonly targetC: number;
	readonly durationMinutes: number;
	readonly remainingMs: number;
}

export interface FilamentBox {
	readonly id: number;
	readonly modelId: number;
	readonly autoFeed: boolean;
	readonly temperatureC: number;
	readonly humidityPercent: number;
	readonly drying: Drying | undefined;
	/** Whose filament is in the nozzle; -1 when none is. */
	readonly loadedSlot: number;
	readonly slots: readonly BoxSlot[];
}

/** Of a spool of 1 kg. */
const spoolMm = 330_000;
const restC = 27;

export function filledBox(modelId: number): FilamentBox {
	return {
		id: 0,
		modelId,
		autoFeed: true,
		temperatureC: restC,
		humidityPercent: 24,
		drying: undefined,
		loadedSlot: -1,
		slots: [
			{ index: 0, type: "PLA", color: [240, 240, 240], percent: 83, sku: "AHPLWH-101" },
			{ index: 1, type: "PETG", color: [20, 80, 200], percent: 41, sku: "AHPEBL-102" },
			{ index: 2, type: "PLA", color: [220, 30, 40], percent: 100, sku: "" },
			{ index: 3, type: "", color: [0, 0, 0], percent: 0, sku: "" },
		],
	};
}

export function withSlot(box: FilamentBox, index: number, change: Partial<BoxSlot>): FilamentBox {
	return {
		...box,
		slots: box.slots.map((slot) => (slot.index === index ? { ...slot, ...change, index } : slot)),
	};
}

/** Takes that length off the slot that feeds. */
export function feedFrom(box: FilamentBox, lengthMm: number): FilamentBox {
	const slot = box.slots[box.loadedSlot];
	if (slot === undefined || lengthMm <= 0) return box;
	return withSlot(box, slot.index, { percent: Math.max(0, slot.percent - (100 * lengthMm) / spoolMm) });
}

export function stepBox(box: FilamentBox, elapsedMs: number): FilamentBox {
	if (box.drying === undefined && Math.abs(box.temperatureC - restC) < 0.01) return box;
	const heater = { currentC: box.temperatureC, targetC: box.drying?.targetC ?? 0 };
	const temperatureC = stepTemperature(heater, elapsedMs, { profile: dryerProfile, ambientC: restC });
	const remainingMs = (box.drying?.remainingMs ?? 0) - elapsedMs;
	const drying = box.drying && remainingMs > 0 ? { ...box.drying, remainingMs } : undefined;
	return { ...box, temperatureC, drying };
}
