import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createJobArchive } from "../../../../sim/printers/bambu/job-archive";
import { planPrint } from "../../../../sim/printers/bambu/print-job";
import { plainSpool } from "../../../../sim/printers/bambu/spools";

test("a job's file is the same bytes whenever it is asked for", () => {
	const plan = planPrint({ name: "Boat", filaments: [{ unit: 0, slot: 0 }] });
	mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 2, 1) });
	const early = createJobArchive(plan, [plainSpool()]);
	mock.timers.setTime(Date.UTC(2026, 2, 1, 0, 0, 10));
	const late = createJobArchive(plan, [plainSpool()]);
	mock.timers.reset();
	assert.ok(early.length > 1000);
	assert.deepEqual(late, early);
});
