import assert from "node:assert/strict";
import { test } from "node:test";
import { Rig, type RigOptions } from "./rig";

/** What people do with a chamber that is in order. */
const uses: Readonly<Record<string, (rig: Rig) => void>> = {
	"is heated and held": (rig) => {
		rig.run(5_400);
	},
	"is opened for a minute, and for three": (rig) => {
		rig.run(1_800);
		open(rig, 60);
		rig.run(900);
		open(rig, 180);
		rig.run(900);
	},
	"is left open for 20 minutes": (rig) => {
		rig.run(1_200);
		open(rig, 1_200);
		rig.run(600);
	},
	"is heated with its door open for 40 minutes": (rig) => open(rig, 2_400),
	"is turned off and on, and then opened": (rig) => {
		const { target } = rig;
		rig.run(1_500);
		rig.target = 0;
		rig.run(60);
		rig.target = target;
		rig.run(100);
		open(rig, 600);
	},
	"gets one target after another": (rig) => {
		for (const target of [rig.target, 30, 60, 20, 45]) {
			rig.target = target;
			rig.run(700);
		}
	},
	"has a hot bed, which then cools": (rig) => {
		rig.plant.bedCelsius = 100;
		rig.run(2_400);
		rig.plant.bedCelsius = rig.plant.ambientCelsius;
		rig.run(1_200);
	},
	"stands idle above a hot bed": (rig) => {
		rig.target = 0;
		rig.plant.bedCelsius = 110;
		rig.run(3_600);
	},
	"has a fan that cools it after heat": (rig) => {
		rig.run(1_500);
		rig.target = 0;
		rig.run(1_800);
		assert.equal(rig.outputs.fan, false, "the fan still runs");
	},
};

function open(rig: Rig, seconds: number): void {
	rig.plant.doorOpen = true;
	rig.run(seconds);
	rig.plant.doorOpen = false;
}

const chambers: readonly RigOptions[] = [
	{ volumeLitres: 30, ambientCelsius: 15, target: 60 },
	{ volumeLitres: 30, ambientCelsius: 30, target: 45, seed: 2 },
	{ volumeLitres: 40, ambientCelsius: 22, target: 55, seed: 3 },
	{ volumeLitres: 60, ambientCelsius: 15, target: 60, seed: 4 },
	{ volumeLitres: 60, ambientCelsius: 30, target: 60, seed: 5 },
];

for (const [use, run] of Object.entries(uses))
	test(`no fault is found in a chamber that ${use}`, () => {
		for (const chamber of chambers) {
			const rig = new Rig(chamber);
			run(rig);
			assert.equal(rig.fault, undefined, JSON.stringify(chamber));
		}
	});

test("a cold start below what the sensors can show is no fault", () => {
	for (const ambientCelsius of [-5, 0, 5]) {
		const rig = new Rig({ volumeLitres: 40, ambientCelsius, target: 50 });
		rig.run(5_400);
		assert.equal(rig.fault, undefined);
		assert.ok(rig.plant.chamberCelsius > 45, `${rig.plant.chamberCelsius}`);
	}
});

test("a normal run never meets the element's foldback", () => {
	const rig = new Rig({ volumeLitres: 60, ambientCelsius: 30, target: 60 });
	rig.run(3_600, () => rig.outputs.elementAtLimit);
	assert.equal(rig.outputs.elementAtLimit, false);
});
