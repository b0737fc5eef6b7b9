import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultCode } from "../../../../modules/breath/heater/faults";
import { Rig, type RigOptions } from "./rig";

interface Scenario {
	what: string;
	fault: FaultCode;
	/** In which it is found. */
	withinSeconds: number;
	/** For how long all is well before; 0: it is there from the start. */
	afterSeconds?: number;
	happen(rig: Rig): void;
}

const scenarios: readonly Scenario[] = [
	{
		what: "a chamber sensor that breaks off",
		fault: "chamber_sensor_open",
		withinSeconds: 2,
		afterSeconds: 300,
		happen: (rig) => {
			rig.chamberCondition = "open";
		},
	},
	{
		what: "an element sensor whose leads touch",
		fault: "element_sensor_short",
		withinSeconds: 2,
		afterSeconds: 300,
		happen: (rig) => {
			rig.elementCondition = "short";
		},
	},
	{
		what: "a converter that does not answer",
		fault: "element_sensor_failed",
		withinSeconds: 2,
		happen: (rig) => {
			rig.elementCondition = "converter_dead";
			rig.chamberCondition = "converter_dead";
		},
	},
	{
		what: "a broken element at the start",
		fault: "heating_too_slow",
		withinSeconds: 50,
		happen: (rig) => {
			rig.plant.elementBroken = true;
		},
	},
	{
		what: "a relay that closes no more while the chamber is held",
		fault: "heating_too_slow",
		withinSeconds: 120,
		afterSeconds: 2_400,
		happen: (rig) => {
			rig.relayDead = true;
		},
	},
	{
		what: "an element sensor that is loose from the start",
		fault: "heating_too_slow",
		withinSeconds: 50,
		happen: (rig) => {
			rig.plant.elementSensorLoose = true;
		},
	},
	{
		what: "an element sensor that comes loose while the chamber is held",
		fault: "heating_too_slow",
		withinSeconds: 605,
		afterSeconds: 2_400,
		happen: (rig) => {
			rig.plant.elementSensorLoose = true;
		},
	},
	{
		what: "a fan that moves no air from the start",
		fault: "heating_too_slow",
		withinSeconds: 310,
		happen: (rig) => {
			rig.plant.airBlocked = true;
		},
	},
	{
		what: "a fan that stops moving air while the chamber is held",
		fault: "heating_too_slow",
		withinSeconds: 605,
		afterSeconds: 2_400,
		happen: (rig) => {
			rig.plant.airBlocked = true;
		},
	},
	{
		what: "a chamber sensor that is loose from the start",
		fault: "heating_too_slow",
		withinSeconds: 910,
		happen: (rig) => {
			rig.plant.chamberSensorLoose = true;
		},
	},
	{
		what: "a chamber sensor that comes loose while the chamber is held",
		fault: "cooling_while_heating",
		withinSeconds: 120,
		afterSeconds: 2_400,
		happen: (rig) => {
			rig.plant.chamberSensorLoose = true;
		},
	},
	{
		what: "sensors that are swapped",
		fault: "sensors_swapped",
		withinSeconds: 15,
		happen: (rig) => {
			rig.swapped = true;
		},
	},
	{
		what: "a relay that sticks while nothing is wanted",
		fault: "heater_stuck_on",
		withinSeconds: 20,
		happen: (rig) => {
			rig.target = 0;
			rig.run(30);
			rig.relayStuck = true;
		},
	},
	{
		what: "a relay that sticks when the heater is turned off",
		fault: "heater_stuck_on",
		withinSeconds: 75,
		afterSeconds: 300,
		happen: (rig) => {
			rig.relayStuck = true;
			rig.target = 0;
		},
	},
	{
		what: "a zero cross that never comes",
		fault: "no_mains",
		withinSeconds: 5,
		happen: (rig) => {
			rig.zeroCross = false;
		},
	},
	{
		what: "mains that go away",
		fault: "no_mains",
		withinSeconds: 4,
		afterSeconds: 300,
		happen: (rig) => {
			rig.plant.mains = false;
		},
	},
];

const chambers: readonly RigOptions[] = [
	{ volumeLitres: 30, ambientCelsius: 15, target: 60 },
	{ volumeLitres: 30, ambientCelsius: 30, target: 60, seed: 2 },
	{ volumeLitres: 60, ambientCelsius: 15, target: 60, seed: 3 },
];

for (const { what, fault, withinSeconds, afterSeconds = 0, happen } of scenarios)
	test(`${what}: found within ${withinSeconds} s, and the heater stays off`, () => {
		for (const chamber of chambers) {
			const rig = new Rig(chamber);
			rig.run(afterSeconds);
			assert.equal(rig.fault, undefined);
			happen(rig);
			let hottest = 0;
			const seconds = rig.run(withinSeconds, () => {
				hottest = Math.max(hottest, rig.plant.chamberCelsius);
				return rig.fault !== undefined;
			});
			assert.equal(rig.fault, fault, `after ${seconds} s of ${JSON.stringify(chamber)}`);
			assert.ok(hottest < 75, `${hottest} °C meanwhile`);
			rig.run(60, () => rig.outputs.heater);
			assert.equal(rig.outputs.heater, false);
		}
	});

test("a relay that sticks while the chamber is held is found before the chamber is much too warm", () => {
	for (const chamber of chambers) {
		const rig = new Rig(chamber);
		rig.run(2_400);
		rig.relayStuck = true;
		rig.run(900, () => rig.fault !== undefined);
		assert.equal(rig.fault, "heater_stuck_on");
		assert.ok(rig.plant.chamberCelsius < 67, `${rig.plant.chamberCelsius}`);
		assert.equal(rig.outputs.fan, true);
	}
});

test("whatever sensor lies or fan stops, element and chamber stay below what harms them", () => {
	const ways: ((rig: Rig) => void)[] = [
		(rig) => {
			rig.plant.chamberSensorLoose = true;
		},
		(rig) => {
			rig.plant.airBlocked = true;
		},
		(rig) => {
			rig.swapped = true;
		},
	];
	for (const happen of ways)
		for (const chamber of chambers) {
			const rig = new Rig(chamber);
			happen(rig);
			let [element, air] = [0, 0];
			rig.run(1_800, () => {
				element = Math.max(element, rig.plant.elementCelsius);
				air = Math.max(air, rig.plant.chamberCelsius);
				return false;
			});
			assert.notEqual(rig.fault, undefined);
			assert.ok(element < 106 && air < 75, `${element} °C, ${air} °C`);
		}
});
