import assert from "node:assert/strict";
import { test } from "node:test";
import {
	ChamberHistory,
	HISTORY_INTERVAL_MS,
	HISTORY_SAMPLES,
	type History,
} from "../../../modules/breath/history";

const read = (history: ChamberHistory): History => JSON.parse(history.toJson()) as History;
const moment = { chamber: 45.26, element: 91, target: 45, duty: 0.5 };

test("keeps the reading at the end of each interval, and the interval's mean duty", () => {
	const history = new ChamberHistory();
	for (let index = 0; index < 60; index++)
		history.add({ ...moment, chamber: 40 + index / 10, duty: index < 15 ? 1 : 0 }, HISTORY_INTERVAL_MS / 60);
	assert.deepEqual(read(history), {
		intervalSeconds: 30,
		chamber: [45.9],
		ptc: [91],
		target: [45],
		duty: [25],
	});
});

test("has nothing before the first interval is over", () => {
	const history = new ChamberHistory();
	history.add(moment, HISTORY_INTERVAL_MS - 1);
	assert.deepEqual(read(history).chamber, []);
});

test("says null where there was no good reading", () => {
	const history = new ChamberHistory();
	history.add({ ...moment, chamber: undefined, element: undefined }, HISTORY_INTERVAL_MS);
	assert.deepEqual(read(history).chamber, [null]);
	assert.deepEqual(read(history).ptc, [null]);
});

test("forgets the oldest sample when it is full", () => {
	const history = new ChamberHistory();
	for (let index = 0; index < HISTORY_SAMPLES + 3; index++)
		history.add({ ...moment, chamber: index / 10 }, HISTORY_INTERVAL_MS);
	const { chamber, duty } = read(history);
	assert.equal(chamber.length, HISTORY_SAMPLES);
	assert.equal(chamber[0], 0.3);
	assert.equal(chamber.at(-1), (HISTORY_SAMPLES + 2) / 10);
	assert.equal(duty.length, HISTORY_SAMPLES);
});
