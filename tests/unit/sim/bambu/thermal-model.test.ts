import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	bedProfile,
	chamberAmbientC,
	nozzleProfile,
	stepTemperature,
} from "../../../../sim/printers/bambu/thermal-model";

const temperature = fc.double({ min: -10, max: 300, noNaN: true });
const duration = fc.integer({ min: 0, max: 3_600_000 });
const options = { profile: nozzleProfile, ambientC: 22 };

test("two steps one after the other end where one long step ends", () => {
	fc.assert(
		fc.property(temperature, temperature, duration, duration, (currentC, targetC, firstMs, secondMs) => {
			const first = stepTemperature({ currentC, targetC }, firstMs, options);
			const second = stepTemperature({ currentC: first, targetC }, secondMs, options);
			const whole = stepTemperature({ currentC, targetC }, firstMs + secondMs, options);
			assert.ok(Math.abs(second - whole) < 1e-6, `${second} against ${whole}`);
		}),
	);
});

test("a heated part never passes its target on the way up, nor on the way down", () => {
	fc.assert(
		fc.property(temperature, temperature, duration, (currentC, targetC, elapsedMs) => {
			const reached = stepTemperature({ currentC, targetC }, elapsedMs, options);
			if (targetC <= 22) assert.ok(Math.abs(reached - 22) <= Math.abs(currentC - 22));
			else if (currentC < targetC) assert.ok(reached >= currentC && reached <= targetC);
			else assert.ok(reached <= currentC && reached >= targetC);
		}),
	);
});

test("a nozzle is hot in about a minute and a bed in about two", () => {
	assert.equal(stepTemperature({ currentC: 22, targetC: 220 }, 60_000, options), 220);
	assert.ok(stepTemperature({ currentC: 22, targetC: 220 }, 30_000, options) < 160);
	const bed = { profile: bedProfile, ambientC: 22 };
	assert.equal(stepTemperature({ currentC: 22, targetC: 60 }, 120_000, bed), 60);
	assert.ok(stepTemperature({ currentC: 22, targetC: 60 }, 60_000, bed) < 60);
});

test("a part that is switched off cools down to the room and stays there", () => {
	const after = stepTemperature({ currentC: 220, targetC: 0 }, 24_000, options);
	assert.ok(after < 220 && after > 180);
	const late = stepTemperature({ currentC: 220, targetC: 0 }, 36_000_000, options);
	assert.ok(Math.abs(late - 22) < 0.01);
});

test("a part colder than the room warms up to it without a heater", () => {
	const after = stepTemperature({ currentC: 5, targetC: 0 }, 36_000_000, options);
	assert.ok(Math.abs(after - 22) < 0.01);
});

test("a closed chamber follows the bed, an open one hardly does", () => {
	assert.equal(chamberAmbientC(22, 22, true), 22);
	assert.ok(chamberAmbientC(22, 100, true) > 45);
	assert.ok(chamberAmbientC(22, 100, false) < 30);
});
