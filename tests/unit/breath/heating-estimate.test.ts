import assert from "node:assert/strict";
import { test } from "node:test";
import { HeatingEstimate } from "../../../modules/breath/heating-estimate";

/** Ticks of 500 ms for so many minutes; `chamber` is a function of minutes. */
function heated(minutes: number, chamber: (minutes: number) => number): HeatingEstimate {
	const estimate = new HeatingEstimate();
	for (let ms = 0; ms <= minutes * 60_000; ms += 500) estimate.add(chamber(ms / 60_000), ms);
	return estimate;
}

const steadily = (perMinute: number) => (minutes: number) => 22 + perMinute * minutes;
/** As far as to that temperature, with a time constant of 8 minutes. */
const towards = (end: number) => (minutes: number) => end - (end - 22) * Math.exp(-minutes / 8);

test("after two minutes the time to the target is known", () => {
	assert.equal(heated(1.9, steadily(1)).minutesTo(45), undefined);
	assert.equal(heated(2, steadily(1)).minutesTo(32), 8);
	assert.equal(heated(10, steadily(2)).minutesTo(45), 2);
});

test("long times are rounded to five minutes", () => {
	assert.equal(heated(2, steadily(0.5)).minutesTo(45), 45);
});

test("a chamber that gets warmer ever more slowly takes longer, or does not get there", () => {
	// It is at 50 °C after 8 · ln(48 / 20) = 7.0 minutes.
	for (const minutes of [3, 4, 5]) {
		const left = heated(minutes, towards(70)).minutesTo(50) ?? Number.NaN;
		assert.ok(Math.abs(left - (7 - minutes)) <= 1, `${left} after ${minutes}`);
	}
	assert.equal(heated(4, towards(48)).minutesTo(50), undefined);
});

test("nothing is said about a chamber that hardly gets warmer, is warm, or began anew", () => {
	assert.equal(heated(10, steadily(0.05)).minutesTo(45), undefined);
	assert.equal(heated(10, steadily(-1)).minutesTo(45), undefined);
	assert.equal(heated(10, steadily(0.11)).minutesTo(60), undefined);
	assert.equal(heated(12, steadily(2)).minutesTo(45), undefined);
	const estimate = heated(5, steadily(1));
	estimate.reset();
	assert.equal(estimate.minutesTo(45), undefined);
});
