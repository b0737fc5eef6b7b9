// A job's key is another one for each job, the same from its beginning to after its end, and absent rather than wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type JobKey, NO_JOB_KEY, stepJobKey } from "../../../../modules/printers/bambu/derive/job-key";
import type { PrintReport } from "../../../../modules/printers/bambu/report-schema";
import type { JobStatus } from "../../../../modules/printers/printer-state";

/** The keys after each step. */
function keys(...steps: [state: JobStatus, print: PrintReport][]): (string | undefined)[] {
	let key: JobKey = NO_JOB_KEY;
	return steps.map(([state, print]) => {
		key = stepJobKey(key, state, print, "Boat");
		return key.key;
	});
}

const first: PrintReport = { task_id: "7" };
const second: PrintReport = { task_id: "8" };

test("a key stays from the beginning of a job to after its end, and the next job has another one", () => {
	assert.deepEqual(
		keys(
			["preparing", first],
			["printing", first],
			["paused", first],
			["finished", first],
			["idle", second],
			["preparing", second],
			["printing", second],
			["failed", {}],
		),
		["t7 Boat", "t7 Boat", "t7 Boat", "t7 Boat", "t7 Boat", "t8 Boat", "t8 Boat", "t8 Boat"],
	);
});

test("numbers that are still those of the job before make no key, until the new ones come", () => {
	assert.deepEqual(
		keys(
			["printing", first],
			["finished", first],
			["preparing", first],
			["printing", first],
			["printing", second],
		),
		["t7 Boat", "t7 Boat", undefined, undefined, "t8 Boat"],
	);
});

test("a number that comes after the key was made does not change it", () => {
	assert.deepEqual(
		keys(
			["printing", { gcode_start_time: "1681479206" }],
			["printing", { gcode_start_time: "1681479206", task_id: "9", job_id: "4" }],
			["finished", { gcode_start_time: "0", task_id: "9" }],
		),
		["g1681479206 Boat", "g1681479206 Boat", "g1681479206 Boat"],
	);
});

test("while a job prepares only the number that decides after a restart, too, makes a key", () => {
	const late = { job_id: "4" };
	assert.deepEqual(keys(["preparing", late], ["preparing", { ...late, task_id: "9" }]), [
		undefined,
		"t9 Boat",
	]);
	assert.deepEqual(keys(["preparing", late], ["printing", late]), [undefined, "j4 Boat"]);
});

test("a job that began unheard after another one has a key of its own", () => {
	assert.deepEqual(keys(["printing", first], ["printing", {}], ["printing", second]), [
		"t7 Boat",
		"t7 Boat",
		"t8 Boat",
	]);
});

test("where nothing tells jobs apart there is no key", () => {
	const none: PrintReport = { task_id: "0", subtask_id: "0", job_id: "", gcode_start_time: "0" };
	assert.deepEqual(keys(["preparing", none], ["printing", none], ["finished", none]), [
		undefined,
		undefined,
		undefined,
	]);
	assert.deepEqual(keys(["printing", first], ["finished", first], ["printing", none]), [
		"t7 Boat",
		"t7 Boat",
		undefined,
	]);
});

test("a key is short however long the job's name is, and holds whole characters", () => {
	const { key = "" } = stepJobKey(NO_JOB_KEY, "printing", first, "\u{1F6A2}".repeat(200));
	assert.equal(key, `t7 ${"\u{1F6A2}".repeat(24)}`);
});

test("after a restart of ours the job under way has the key that it had before", () => {
	const all: PrintReport = { task_id: "7", subtask_id: "3", gcode_start_time: "1681479206" };
	assert.deepEqual(keys(["preparing", all], ["printing", all]), ["t7 Boat", "t7 Boat"]);
	assert.deepEqual(keys(["printing", all]), ["t7 Boat"]);
	assert.deepEqual(keys(["finished", all]), ["t7 Boat"]);
});
