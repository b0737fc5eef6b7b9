// The simulated chamber: it warms, holds and cools as one of that size would.

import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, double, assert as hold, integer, property, record } from "fast-check";
import { ChamberPlant, type PlantOptions } from "../../../../sim/heater/plant";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function heated(options?: PlantOptions): ChamberPlant {
	const plant = new ChamberPlant(options);
	plant.heater = true;
	plant.fan = true;
	return plant;
}

/** Until something is so; fails when it takes longer than `mostMs`. */
function timeUntil(plant: ChamberPlant, isSo: () => boolean, mostMs: number): number {
	for (let passed = 0; passed < mostMs; passed += 100) {
		if (isSo()) return passed;
		plant.step(100);
	}
	return assert.fail(`it took more than ${mostMs} ms: ${JSON.stringify(temperatures(plant))}`);
}

function temperatures({ chamberCelsius, wallCelsius, elementCelsius }: ChamberPlant): number[] {
	return [chamberCelsius, wallCelsius, elementCelsius];
}

test("all of it starts at the room's temperature and stays there by itself", () => {
	const plant = new ChamberPlant({ ambientCelsius: 18 });
	plant.step(HOUR);
	assert.deepEqual(temperatures(plant), [18, 18, 18]);
	assert.deepEqual([plant.chamberSensorCelsius, plant.elementSensorCelsius], [18, 18]);
	assert.equal(plant.lossWatts, 0);
});

test("40 l are heated from 22 to 55 °C in 10 to 20 minutes; a larger enclosure takes longer", () => {
	const [small, usual, large] = [30, 40, 60].map((volumeLitres) => {
		const plant = heated({ volumeLitres });
		return timeUntil(plant, () => plant.chamberCelsius >= 55, HOUR) / MINUTE;
	}) as [number, number, number];
	assert.ok(usual >= 10 && usual <= 20, `${usual} min`);
	assert.ok(small < usual && usual < large && large < 25, `${small}, ${usual}, ${large} min`);
});

test("the element stays below 102 °C on the way to 55 °C while the fan blows", () => {
	const plant = heated();
	timeUntil(
		plant,
		() => {
			assert.ok(plant.elementCelsius < 102, `${plant.elementCelsius} °C`);
			return plant.chamberCelsius >= 55;
		},
		HOUR,
	);
});

test("energy is neither made nor lost: at rest the room takes what the element draws", () => {
	const plant = heated();
	plant.step(24 * HOUR);
	assert.ok(plant.heaterWatts > 50);
	assert.ok(Math.abs(plant.heaterWatts - plant.lossWatts) < 0.01);
});

test("a relay that never opens takes the element beyond 105 °C, where it limits itself", () => {
	const plant = heated();
	plant.step(24 * HOUR);
	assert.ok(plant.elementCelsius > 105 && plant.elementCelsius < 120, `${plant.elementCelsius} °C`);
	assert.ok(plant.heaterWatts < 250, `${plant.heaterWatts} W`);
});

test("without airflow the element is over 105 °C within a minute or so, and the chamber hardly warms", () => {
	for (const still of [
		(plant: ChamberPlant) => {
			plant.fan = false;
		},
		(plant: ChamberPlant) => {
			plant.airBlocked = true;
		},
	]) {
		const plant = heated();
		still(plant);
		assert.equal(plant.isBlowing, false);
		const ms = timeUntil(plant, () => plant.elementCelsius > 105, 2 * MINUTE);
		assert.ok(ms > 20 * SECOND && ms < 90 * SECOND, `${ms} ms`);
		assert.ok(plant.chamberCelsius < 30, `${plant.chamberCelsius} °C`);
	}
});

test("a cold element draws more than it is rated for, and less and less as it warms up", () => {
	const plant = heated();
	assert.ok(plant.heaterWatts > 400, `${plant.heaterWatts} W`);
	plant.step(MINUTE);
	assert.ok(Math.abs(plant.heaterWatts - 300) < 15, `${plant.heaterWatts} W`);
});

test("without mains, with a broken element or an open relay no power flows", () => {
	for (const off of [
		(plant: ChamberPlant) => {
			plant.mains = false;
		},
		(plant: ChamberPlant) => {
			plant.elementBroken = true;
		},
		(plant: ChamberPlant) => {
			plant.heater = false;
		},
	]) {
		const plant = heated();
		off(plant);
		assert.equal(plant.heaterWatts, 0);
		plant.step(MINUTE);
		assert.deepEqual(temperatures(plant), [22, 22, 22]);
	}
});

test("an open door cools the chamber within a minute, and keeps it from getting warm", () => {
	const plant = heated();
	timeUntil(plant, () => plant.chamberCelsius >= 55, HOUR);
	plant.doorOpen = true;
	plant.step(MINUTE);
	assert.ok(plant.chamberCelsius < 45, `${plant.chamberCelsius} °C`);
	plant.step(HOUR);
	assert.ok(plant.chamberCelsius < 40, `${plant.chamberCelsius} °C`);
});

test("a bed of 100 °C warms the chamber by itself to what enclosed printers reach; a cold one cools nothing", () => {
	const plant = new ChamberPlant();
	plant.bedCelsius = 100;
	plant.step(2 * HOUR);
	assert.ok(plant.chamberCelsius > 40 && plant.chamberCelsius < 55, `${plant.chamberCelsius} °C`);
	const [withCold, without] = [5, 22].map((bedCelsius) => {
		const heatedPlant = heated();
		heatedPlant.bedCelsius = bedCelsius;
		heatedPlant.step(10 * MINUTE);
		return heatedPlant.chamberCelsius;
	});
	assert.equal(withCold, without);
});

test("the sensors lag behind, the chamber's by seconds", () => {
	const plant = heated();
	plant.step(20 * SECOND);
	assert.ok(plant.chamberSensorCelsius < plant.chamberCelsius - 1);
	assert.ok(plant.elementSensorCelsius < plant.elementCelsius - 1);
	plant.heater = false;
	plant.step(HOUR);
	assert.ok(Math.abs(plant.chamberSensorCelsius - plant.chamberCelsius) < 0.1);
});

test("a loose sensor falls to the room's temperature while the chamber stays warm", () => {
	const plant = heated();
	plant.step(10 * MINUTE);
	plant.chamberSensorLoose = true;
	plant.elementSensorLoose = true;
	plant.step(2 * MINUTE);
	assert.ok(plant.chamberSensorCelsius < 23 && plant.elementSensorCelsius < 23);
	assert.ok(plant.chamberCelsius > 50 && plant.elementCelsius > 80);
});

const conditions = record({
	heater: constantFrom(true, false),
	fan: constantFrom(true, false),
	mains: constantFrom(true, false),
	doorOpen: constantFrom(true, false),
	bedCelsius: integer({ min: 22, max: 110 }),
	ms: integer({ min: 1, max: 20 * MINUTE }),
});

test("whatever is done to it, no temperature leaves what its sources allow", () => {
	hold(
		property(array(conditions, { maxLength: 30 }), integer({ min: 30, max: 60 }), (phases, volumeLitres) => {
			const plant = new ChamberPlant({ volumeLitres });
			for (const { ms, ...inputs } of phases) {
				Object.assign(plant, inputs);
				plant.step(ms);
				for (const celsius of temperatures(plant))
					assert.ok(celsius > 21.99 && celsius < 135, JSON.stringify(temperatures(plant)));
			}
		}),
		{ numRuns: 50 },
	);
});

test("many short steps come to the same as a long one", () => {
	hold(
		property(array(double({ min: 1, max: 700, noNaN: true }), { minLength: 20, maxLength: 200 }), (steps) => {
			const [one, many] = [heated(), heated()];
			one.step(steps.reduce((sum, ms) => sum + ms, 0));
			for (const ms of steps) many.step(ms);
			temperatures(one).forEach((celsius, index) => {
				assert.ok(Math.abs(celsius - (temperatures(many)[index] ?? Number.NaN)) < 0.25);
			});
		}),
		{ numRuns: 50 },
	);
});

test("time does not go back, and an enclosure has a volume", () => {
	const plant = new ChamberPlant();
	for (const ms of [-1, Number.NaN]) assert.throws(() => plant.step(ms), RangeError);
	for (const volumeLitres of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
		assert.throws(() => new ChamberPlant({ volumeLitres }), RangeError);
	plant.step(0);
	assert.deepEqual(temperatures(plant), [22, 22, 22]);
});
