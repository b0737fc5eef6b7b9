// How a heated part's temperature moves: first order, up by its heater and down to what surrounds it.

export interface ThermalProfile {
	/** °C it would settle at with the heater always on. */
	readonly fullPowerC: number;
	/** Time constant while the heater is on. */
	readonly heatingMs: number;
	/** Time constant while it is off. */
	readonly coolingMs: number;
}

export interface Heater {
	readonly currentC: number;
	/** 0 = off */
	readonly targetC: number;
}

export const nozzleProfile: ThermalProfile = { fullPowerC: 450, heatingMs: 90_000, coolingMs: 180_000 };
export const bedProfile: ThermalProfile = { fullPowerC: 140, heatingMs: 240_000, coolingMs: 600_000 };
export const chamberProfile: ThermalProfile = { fullPowerC: 90, heatingMs: 600_000, coolingMs: 900_000 };
export const dryerProfile: ThermalProfile = { fullPowerC: 100, heatingMs: 600_000, coolingMs: 900_000 };

/**
 * The temperature after `elapsedMs`. Two steps one after the other give the same as one step of both lengths,
 * as long as target and surroundings stay the same. A target is held exactly once it is reached.
 */
export function stepTemperature(
	heater: Heater,
	elapsedMs: number,
	{ profile, ambientC }: { profile: ThermalProfile; ambientC: number },
): number {
	const { currentC, targetC } = heater;
	const restedC = approach(currentC, ambientC, elapsedMs / profile.coolingMs);
	// A heater has nothing to do for a target that is no warmer than what surrounds it.
	if (targetC <= ambientC) return restedC;
	if (currentC >= targetC) return Math.max(restedC, targetC);
	const heatedC = approach(currentC, profile.fullPowerC, elapsedMs / profile.heatingMs);
	return Math.min(heatedC, targetC);
}

/** Where a chamber without a heater of its own tends to: warmed by the bed below it. */
export function chamberAmbientC(roomC: number, bedC: number, enclosed: boolean): number {
	return roomC + (bedC - roomC) * (enclosed ? 0.35 : 0.08);
}

function approach(fromC: number, towardsC: number, timeConstants: number): number {
	// From `fromC` on, so that no time changes nothing: the other way round the smallest numbers are rounded away.
	return fromC - (towardsC - fromC) * Math.expm1(-timeConstants);
}
