import assert from "node:assert/strict";
import { test } from "node:test";
import { ButtonFilter } from "../../../modules/boards/panda_breath/button-filter";

/** The changes that a row of samples leads to. */
function changesOf(initial: number, samples: readonly number[]): string[] {
	const filter = new ButtonFilter(initial);
	return samples.flatMap((sample) => {
		const change = filter.take(sample);
		return change === undefined ? [] : [`${change.changed}>${change.down}`];
	});
}

test("a press is told once, after two samples, and so is the release", () => {
	assert.deepEqual(changesOf(0, [1, 1, 1, 1, 0, 0, 0]), ["1>1", "1>0"]);
});

test("a contact that bounces is told once", () => {
	assert.deepEqual(changesOf(0, [1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0]), ["1>1", "1>0"]);
});

test("a spike of one sample is not told", () => {
	assert.deepEqual(changesOf(0, [0, 4, 0, 0, 4, 0]), []);
});

test("buttons do not disturb each other", () => {
	assert.deepEqual(changesOf(0, [1, 3, 3, 2, 10, 10]), ["1>1", "2>3", "1>2", "8>10"]);
});

test("two buttons pressed at once are told at once", () => {
	assert.deepEqual(changesOf(0, [9, 9, 0, 0]), ["9>9", "9>0"]);
});

test("a button that is down at start-up is not told as pressed", () => {
	assert.deepEqual(changesOf(2, [2, 2, 2, 0, 0, 2, 2]), ["2>0", "2>2"]);
});
