import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultFilaments } from "../../../../sim/printers/bambu/job-commands";
import {
	createMachine,
	type Machine,
	machineStage,
	spoolIn,
	withSpool,
} from "../../../../sim/printers/bambu/machine";
import {
	advance,
	changeByHand,
	pausePrintJob,
	resumePrintJob,
	startPrintJob,
	stopPrintJob,
	withPrintError,
} from "../../../../sim/printers/bambu/machine-run";
import { printerModel, printerModelNames } from "../../../../sim/printers/bambu/models";
import {
	gcodeState,
	jobLayer,
	jobPercent,
	jobPreparePercent,
	jobRemainingMinutes,
	planCalibration,
	planPrint,
} from "../../../../sim/printers/bambu/print-job";
import { fullReport } from "../../../../sim/printers/bambu/report";
import { flatTray, taggedSpool } from "../../../../sim/printers/bambu/spools";

const minuteMs = 60_000;

function idle(name: Parameters<typeof printerModel>[0] = "P1S"): Machine {
	return createMachine({ model: printerModel(name) });
}

function printing(machine = idle()): Machine {
	return startPrintJob(machine, planPrint({ name: "Boat", filaments: defaultFilaments(machine) }));
}

/** Moves on in reports' steps until the condition holds, at most an hour; returns the states on the way. */
function until(machine: Machine, condition: (machine: Machine) => boolean): Machine[] {
	const passed = [machine];
	for (let moved = machine; !condition(moved); ) {
		moved = advance(moved, 2000);
		passed.push(moved);
		assert.ok(passed.length < 1800, "it takes more than an hour");
	}
	return passed;
}

function untilState(machine: Machine, state: string): Machine {
	const last = until(machine, ({ job }) => gcodeState(job) === state).at(-1);
	assert.ok(last !== undefined);
	return last;
}

function runs<T>(values: readonly T[]): T[] {
	return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}

for (const name of printerModelNames) {
	test(`a whole job on ${name} goes through all states, layers and filaments, in about 20 minutes`, () => {
		const start = idle(name);
		const filaments = defaultFilaments(start);
		assert.equal(filaments.length, 4);
		const passed = until(printing(start), ({ job }) => job.status === "finished");

		assert.deepEqual(runs(passed.map(({ job }) => gcodeState(job))), [
			"IDLE",
			"PREPARE",
			"RUNNING",
			"FINISH",
		]);
		const minutes = (passed.length * 2000) / minuteMs;
		assert.ok(minutes > 17 && minutes < 24, `${minutes} minutes`);

		const percents = passed.map(({ job }) => jobPercent(job));
		assert.deepEqual(
			percents,
			[...percents].sort((a, b) => a - b),
		);
		assert.equal(percents[0], 0);
		assert.equal(percents.at(-1), 100);
		assert.equal(percents.at(-2), 99);

		const layers = runs(passed.map(({ job }) => jobLayer(job)));
		assert.deepEqual(
			layers,
			Array.from({ length: 61 }, (_, layer) => layer),
		);

		const remaining = passed
			.filter(({ job }) => job.status === "running")
			.map(({ job }) => jobRemainingMinutes(job, 100));
		assert.deepEqual(
			remaining,
			[...remaining].sort((a, b) => b - a),
		);
		assert.ok((remaining[0] ?? 0) >= 15);

		const layered = passed.filter(
			(machine) => machineStage(machine) === 0 && machine.job.status === "running",
		);
		const loaded = runs(layered.map(({ loaded, activeNozzle }) => loaded[activeNozzle])).filter(
			(tray) => tray !== undefined,
		);
		assert.deepEqual(loaded.map(flatTray), filaments.map(flatTray));
	});
}

test("PREPARE shows download, bed heating, homing, nozzle heating and levelling in this order", () => {
	const passed = until(printing(), ({ job }) => job.status === "running");
	const preparing = passed.filter(({ job }) => gcodeState(job) === "PREPARE");
	assert.deepEqual(runs(preparing.map(machineStage)), [255, 2, 13, 7, 1]);
	const download = runs(passed.map(({ job }) => jobPreparePercent(job)));
	assert.deepEqual(download, [0, 20, 40, 60, 80, 100]);
	assert.ok(preparing.every(({ job }) => jobRemainingMinutes(job, 100) === 0));
	assert.equal(passed.at(-1)?.homed, true);
});

test("RUNNING shows stage 4 during filament changes, 0 while printing and 22 for the last unloading", () => {
	const passed = until(printing(), ({ job }) => job.status === "finished");
	const stages = runs(passed.filter(({ job }) => job.status === "running").map(machineStage));
	assert.deepEqual(stages, [4, 14, 0, 4, 0, 4, 0, 4, 0, 22]);
});

test("temperatures follow the job: bed and nozzle reach their targets and cool down after it", () => {
	const passed = until(printing(), ({ job }) => job.status === "finished");
	const layers = passed.filter((machine) => machineStage(machine) === 0 && machine.job.status === "running");
	for (const { nozzles, bed } of layers) {
		assert.equal(nozzles[0]?.targetC, 220);
		assert.ok((nozzles[0]?.currentC ?? 0) > 215);
		assert.equal(bed.currentC, 60);
	}
	const levelling = passed.find((machine) => machineStage(machine) === 1);
	assert.equal(levelling?.nozzles[0]?.targetC, 140);
	const end = passed.at(-1);
	assert.ok(end !== undefined);
	assert.equal(end.bed.targetC, 0);
	assert.equal(end.nozzles[0]?.targetC, 0);
	const later = advance(end, 60 * minuteMs);
	assert.ok((later.nozzles[0]?.currentC ?? 99) < 30);
	assert.ok(later.bed.currentC < 30);
});

test("filament use lowers what remains on the spools that were used, and the report shows it", () => {
	const start = idle();
	const end = untilState(printing(start), "FINISH");
	for (const [slot, before] of (start.units[0]?.slots ?? []).entries()) {
		const after = end.units[0]?.slots[slot];
		assert.ok(before !== undefined && after !== undefined);
		assert.ok(Math.abs(before.remainingGrams - after.remainingGrams - 30) < 0.001);
	}
	const remains = (machine: Machine): unknown => {
		const { ams } = fullReport(machine) as { ams: { ams: { tray: { remain: number }[] }[] } };
		return ams.ams[0]?.tray.map(({ remain }) => remain);
	};
	assert.deepEqual(remains(start), [82, 46, 97, -1]);
	assert.deepEqual(remains(end), [79, 43, 94, -1]);
});

test("the units' version counts loading and unloading, and stands still while filament is used", () => {
	const passed = until(printing(), ({ job }) => job.status === "finished");
	const versions = (stage: number): number[] =>
		runs(passed.filter((machine) => machineStage(machine) === stage).map(({ amsVersion }) => amsVersion));
	assert.equal(versions(0).length, 4);
	assert.ok((passed.at(-1)?.amsVersion ?? 0) > (versions(0).at(-1) ?? 0));
});

test("tray_pre names the filament of the change before, tray_tar the one that is coming", () => {
	const trays = (machine: Machine): unknown[] => {
		const { ams } = fullReport(machine) as { ams: Record<string, unknown> };
		return [ams.tray_pre, ams.tray_now, ams.tray_tar];
	};
	const passed = until(printing(), ({ job }) => jobLayer(job) === 17);
	const seen = passed.map((machine) => trays(machine).join(" "));
	assert.deepEqual(runs(seen), [
		"255 255 255",
		"255 255 0",
		"255 0 0",
		"0 0 0",
		"0 0 1",
		"0 255 1",
		"0 1 1",
		"1 1 1",
	]);
});

test("it does not matter in which portions time is handed over", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 40 }), (portions) => {
			const begun = printing();
			const total = portions.reduce((sum, portion) => sum + portion, 0);
			assert.deepEqual(portions.reduce(advance, begun), advance(begun, total));
		}),
		{ numRuns: 30 },
	);
});

test("a pause holds the job where it is, and it goes on from there", () => {
	const running = advance(untilState(printing(), "RUNNING"), 4 * minuteMs);
	const paused = pausePrintJob(running);
	assert.equal(gcodeState(paused.job), "PAUSE");
	assert.equal(machineStage(paused), 16);
	const later = advance(paused, 30 * minuteMs);
	assert.equal(jobLayer(later.job), jobLayer(running.job));
	assert.equal(jobPercent(later.job), jobPercent(running.job));
	assert.equal(later.nozzles[0]?.targetC, 220);
	const resumed = resumePrintJob(later);
	assert.equal(gcodeState(resumed.job), "RUNNING");
	assert.equal(gcodeState(untilState(resumed, "FINISH").job), "FINISH");
});

test("a pause during PREPARE returns to PREPARE", () => {
	const preparing = untilState(printing(), "PREPARE");
	const resumed = resumePrintJob(advance(pausePrintJob(preparing), minuteMs));
	assert.equal(gcodeState(resumed.job), "PREPARE");
});

test("a pause in the middle of a filament change lets the change end and the job go on", () => {
	const changing = until(printing(), (machine) => machine.change?.phase === "feed").at(-1);
	assert.ok(changing !== undefined);
	const waited = advance(pausePrintJob(changing), 5 * minuteMs);
	assert.equal(waited.change, undefined);
	assert.equal(machineStage(waited), 16);
	assert.equal(gcodeState(untilState(resumePrintJob(waited), "FINISH").job), "FINISH");
});

test("a stop ends in FAILED with the error of a cancelled job, everything cold", () => {
	const stopped = stopPrintJob(advance(untilState(printing(), "RUNNING"), 5 * minuteMs));
	assert.equal(gcodeState(stopped.job), "FAILED");
	assert.equal(stopped.printError, 50348044);
	assert.equal(machineStage(stopped), 255);
	assert.equal(stopped.bed.targetC, 0);
	assert.equal(stopped.nozzles[0]?.targetC, 0);
	assert.equal(stopped.change, undefined);
	const percent = jobPercent(stopped.job);
	assert.ok(percent > 0 && percent < 100);
	assert.equal(jobPercent(advance(stopped, minuteMs).job), percent);
	assert.equal(stopPrintJob(stopped), stopped);
});

test("a new job may begin after a finished and after a stopped one", () => {
	const stopped = stopPrintJob(advance(printing(), minuteMs));
	const again = printing(stopped);
	assert.equal(again.printError, 0);
	assert.equal(gcodeState(untilState(again, "FINISH").job), "FINISH");
});

test("speed levels make layers faster or slower, and the remaining time with them", () => {
	const running = until(printing(), (machine) => jobLayer(machine.job) === 1).at(-1);
	assert.ok(running !== undefined);
	const layerAfter2Minutes = (speedLevel: 1 | 2 | 3 | 4): number =>
		jobLayer(advance({ ...running, speedLevel }, 2 * minuteMs).job);
	assert.deepEqual(
		[1, 2, 3, 4].map((level) => layerAfter2Minutes(level as 1)),
		[6, 11, 13, 15],
	);
	assert.ok(jobRemainingMinutes(running.job, 50) > jobRemainingMinutes(running.job, 166));
});

test("a spool that is taken out pauses the job as run out, and the job goes on once there is one again", () => {
	const running = until(printing(), (machine) => jobLayer(machine.job) === 3).at(-1);
	assert.ok(running !== undefined);
	const out = advance(withSpool(running, { unit: 0, slot: 0 }, undefined), 2000);
	assert.equal(gcodeState(out.job), "PAUSE");
	assert.equal(machineStage(out), 6);
	assert.equal(out.printError, 0x07008011);
	assert.equal(gcodeState(advance(resumePrintJob(out), 2000).job), "PAUSE");
	const filled = withSpool(out, { unit: 0, slot: 0 }, taggedSpool(77));
	const resumed = resumePrintJob(filled);
	assert.equal(resumed.printError, 0);
	assert.equal(gcodeState(untilState(resumed, "FINISH").job), "FINISH");
});

test("a spool that is used up pauses the job too", () => {
	const start = withSpool(idle("A1"), { unit: 0, slot: 0 }, taggedSpool(78, { remainingGrams: 1 }));
	const out = untilState(printing(start), "PAUSE");
	assert.equal(out.printError, 0x12008011);
	assert.equal(spoolIn(out, { unit: 0, slot: 0 })?.remainingGrams, 0);
});

test("a job whose next filament is missing waits at the change", () => {
	const start = printing();
	const out = untilState(withSpool(start, { unit: 0, slot: 1 }, undefined), "PAUSE");
	assert.equal(jobLayer(out.job), 15);
	assert.equal(machineStage(out), 6);
	const filled = resumePrintJob(withSpool(out, { unit: 0, slot: 1 }, taggedSpool(79)));
	assert.equal(machineStage(filled), 4);
	assert.equal(gcodeState(untilState(filled, "FINISH").job), "FINISH");
});

test("filament unloaded during a pause is loaded again before the job goes on", () => {
	const running = until(printing(), (machine) => jobLayer(machine.job) === 3).at(-1);
	assert.ok(running !== undefined);
	const unloaded = advance(changeByHand(pausePrintJob(running), undefined, 220), 3 * minuteMs);
	assert.equal(unloaded.loaded[0], undefined);
	const resumed = advance(resumePrintJob(unloaded), 10_000);
	assert.equal(machineStage(resumed), 4);
	assert.equal(jobLayer(resumed.job), 3);
	assert.equal(gcodeState(untilState(resumed, "FINISH").job), "FINISH");
});

test("filament can be loaded and unloaded by hand, and the nozzle goes cold afterwards", () => {
	const begun = changeByHand(idle(), { unit: 0, slot: 2 }, 230);
	assert.equal(begun.nozzles[0]?.targetC, 230);
	assert.equal(machineStage(begun), 4);
	const loaded = until(begun, ({ change }) => change === undefined).at(-1);
	assert.ok(loaded !== undefined);
	assert.deepEqual(loaded.loaded[0], { unit: 0, slot: 2 });
	assert.equal(loaded.nozzles[0]?.targetC, 0);
	const unloading = changeByHand(loaded, undefined, 220);
	assert.equal(machineStage(unloading), 22);
	const unloaded = until(unloading, ({ change }) => change === undefined).at(-1);
	assert.equal(unloaded?.loaded[0], undefined);
});

test("an error while printing pauses the job, one at rest is only shown", () => {
	const running = untilState(printing(), "RUNNING");
	assert.equal(gcodeState(withPrintError(running, 0x0300800a, 30).job), "PAUSE");
	const resting = withPrintError(idle(), 0x0300800a, 30);
	assert.equal(gcodeState(resting.job), "IDLE");
	assert.equal(resting.printError, 0x0300800a);
});

test("a calibration runs its stages and finishes", () => {
	const plan = planCalibration(0b110);
	assert.ok(plan !== undefined);
	const passed = until(startPrintJob(idle(), plan), ({ job }) => job.status === "finished");
	assert.deepEqual(runs(passed.map(machineStage)), [13, 1, 3, 255]);
	assert.equal(fullReport(passed[1] ?? idle()).print_type, "system");
	assert.equal(planCalibration(0), undefined);
});

test("drying warms the unit, counts down and ends by itself", () => {
	const start = idle("P2S");
	const drying = { filament: "PLA", temperatureC: 50, hours: 1, remainingMs: 60 * minuteMs };
	const begun = { ...start, units: start.units.map((unit) => ({ ...unit, drying })) };
	const half = advance(begun, 30 * minuteMs);
	assert.equal(half.units[0]?.temperatureC, 50);
	assert.equal(half.units[0]?.drying?.remainingMs, 30 * minuteMs);
	const done = advance(begun, 61 * minuteMs);
	assert.equal(done.units[0]?.drying, undefined);
	assert.ok((done.units[0]?.temperatureC ?? 99) < 50);
});

test("A1 printers say stage 0 until their first job and 255 afterwards, the others do not change", () => {
	assert.equal(machineStage(idle("A1")), 0);
	assert.equal(machineStage(untilState(printing(idle("A1")), "FINISH")), 255);
	assert.equal(machineStage(idle("P1S")), 255);
	assert.equal(machineStage(idle("X1C")), -1);
	assert.equal(machineStage(untilState(printing(idle("X1C")), "FINISH")), -1);
});
