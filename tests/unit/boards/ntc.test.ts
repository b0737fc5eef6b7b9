import assert from "node:assert/strict";
import { test } from "node:test";
import { millivoltsOf, temperatureOf } from "../../../modules/boards/panda_breath/ntc";
import type { ReferenceOhms } from "../../../modules/platform/heater-board";

const REFERENCES: readonly ReferenceOhms[] = [33_000, 82_000];

/** What a divider of the sensor's resistance and the reference, on 3.3 V, puts on the pin. */
function pinMillivolts(sensorOhms: number, referenceOhms: ReferenceOhms): number {
	return (3_300 * sensorOhms) / (referenceOhms + sensorOhms);
}

function celsiusAt(millivolts: number, referenceOhms: ReferenceOhms): number {
	const temperature = temperatureOf({ raw: 2_000, millivolts, referenceOhms });
	assert.equal(temperature.status, "ok");
	return temperature.status === "ok" ? temperature.celsius : Number.NaN;
}

test("the sensor's known resistances read as their temperatures, with either reference", () => {
	const known: readonly [celsius: number, ohms: number][] = [
		[12, 198_700],
		[20, 136_800],
		[25, 109_200],
		[27, 100_000],
		[45, 47_200],
		[60, 26_600],
		[85, 11_200],
		[105, 6_000],
		[125, 3_400],
	];
	for (const referenceOhms of REFERENCES) {
		for (const [celsius, ohms] of known) {
			const read = celsiusAt(pinMillivolts(ohms, referenceOhms), referenceOhms);
			assert.ok(Math.abs(read - celsius) < 0.01, `${ohms} Ω at ${referenceOhms} Ω read ${read} °C`);
		}
	}
});

test("between whole degrees the temperature is interpolated", () => {
	const ohms = (109_200 + 104_500) / 2;
	assert.ok(Math.abs(celsiusAt(pinMillivolts(ohms, 82_000), 82_000) - 25.5) < 0.01);
});

test("colder than 12 °C reads 12 and hotter than 125 °C reads 125, never something else", () => {
	for (const referenceOhms of REFERENCES) {
		assert.equal(celsiusAt(pinMillivolts(500_000, referenceOhms), referenceOhms), 12);
		assert.equal(celsiusAt(3_299, referenceOhms), 12);
		assert.equal(celsiusAt(pinMillivolts(1_000, referenceOhms), referenceOhms), 125);
		assert.equal(celsiusAt(1, referenceOhms), 125);
	}
});

test("the temperature rises whenever the voltage falls", () => {
	for (const referenceOhms of REFERENCES) {
		let last = 125;
		for (let millivolts = 1; millivolts < 3_300; millivolts++) {
			const celsius = celsiusAt(millivolts, referenceOhms);
			assert.ok(celsius <= last, `${millivolts} mV at ${referenceOhms} Ω`);
			last = celsius;
		}
		assert.equal(last, 12);
	}
});

test("a simulator's voltages read as the temperatures they were made from", () => {
	for (const referenceOhms of REFERENCES) {
		for (let celsius = 12; celsius <= 125; celsius += 0.25) {
			assert.ok(Math.abs(celsiusAt(millivoltsOf(celsius, referenceOhms), referenceOhms) - celsius) < 0.001);
		}
		assert.equal(millivoltsOf(-10, referenceOhms), millivoltsOf(12, referenceOhms));
		assert.equal(millivoltsOf(200, referenceOhms), millivoltsOf(125, referenceOhms));
	}
});

test("an open sensor is told from a shorted one at the stock firmware's limits", () => {
	const at = (raw: number) => temperatureOf({ raw, millivolts: 1_600, referenceOhms: 82_000 }).status;
	assert.equal(at(0xffe), "open");
	assert.equal(at(0xffd), "ok");
	assert.equal(at(0x15), "ok");
	assert.equal(at(0x14), "short");
	assert.equal(at(0), "short");
});

test("a voltage at a rail is an open or a shorted sensor, whatever the reading", () => {
	const at = (millivolts: number) => temperatureOf({ raw: 2_000, millivolts, referenceOhms: 33_000 }).status;
	assert.equal(at(3_300), "open");
	assert.equal(at(3_400), "open");
	assert.equal(at(0), "short");
	assert.equal(at(-5), "short");
});

test("without a reading or without the chip's calibration there is no temperature", () => {
	assert.deepEqual(temperatureOf({ raw: undefined, millivolts: undefined, referenceOhms: 82_000 }), {
		status: "failed",
	});
	assert.deepEqual(temperatureOf({ raw: 2_000, millivolts: undefined, referenceOhms: 82_000 }), {
		status: "failed",
	});
});

test("an open sensor is told even without calibration", () => {
	assert.deepEqual(temperatureOf({ raw: 4_095, millivolts: undefined, referenceOhms: 82_000 }), {
		status: "open",
	});
});
