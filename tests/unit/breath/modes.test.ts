import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseFilamentTargets } from "../../../modules/breath/filament-targets";
import { demand, type ModeInputs, nothingFollowed } from "../../../modules/breath/modes";
import type { JobStatus, LinkStatus, PrinterState } from "../../../modules/printers/printer-state";
import { printerState } from "./printer-fixture";

const inputs = (changes: Partial<ModeInputs> = {}): ModeInputs => ({
	mode: "auto",
	on: true,
	faulted: false,
	fanOnly: false,
	held: false,
	target: 45,
	dryingTarget: 55,
	bedThreshold: 80,
	filterThreshold: 30,
	autoBy: "bed",
	filamentTargets: parseFilamentTargets("PLA=0,PETG=40,ABS=55"),
	printer: printerState(),
	followed: nothingFollowed,
	...changes,
});

const bed = (
	current: number | undefined,
	target: number | undefined,
	job: JobStatus = "idle",
): PrinterState =>
	printerState({
		bed: {
			...(current === undefined ? {} : { current }),
			...(target === undefined ? {} : { target }),
		},
		job: { state: job },
	});

const outcome = (changes: Partial<ModeInputs>) => {
	const { target, fanWanted, reasonCode } = demand(inputs(changes));
	return [target, fanWanted, reasonCode];
};

test("off wants nothing, in any mode, however warm the bed is", () => {
	for (const mode of ["auto", "always_on", "drying"] as const)
		assert.deepEqual(outcome({ mode, on: false, printer: bed(100, 100, "printing") }), [0, false, "off"]);
});

test("a fault wants no heat, and leaves the fan to whoever wanted it alone", () => {
	for (const mode of ["auto", "always_on", "drying"] as const) {
		assert.deepEqual(outcome({ mode, faulted: true, printer: bed(100, 100) }), [0, false, "fault"]);
		assert.deepEqual(outcome({ mode, faulted: true, on: false, fanOnly: true }), [0, true, "fault"]);
	}
});

test("fan only wants the fan and no heat", () => {
	assert.deepEqual(outcome({ on: false, fanOnly: true }), [0, true, "fan_only"]);
});

test("always on and drying heat with or without a printer", () => {
	for (const printer of [undefined, printerState({ link: "offline" }), printerState()]) {
		assert.deepEqual(outcome({ mode: "always_on", printer }), [45, false, "heating"]);
		assert.deepEqual(outcome({ mode: "drying", printer }), [55, false, "drying"]);
	}
});

test("while heat is held off no mode heats, the fan filters on, and a bed that was warm is remembered", () => {
	const printer = bed(81, 0, "printing");
	for (const mode of ["auto", "always_on", "drying"] as const)
		assert.deepEqual(outcome({ mode, held: true, printer }), [0, true, "updating"]);
	assert.deepEqual(outcome({ held: true, on: false }), [0, false, "off"]);
	assert.deepEqual(outcome({ held: true, faulted: true }), [0, false, "fault"]);
	const warm = demand(inputs({ printer }));
	const held = demand(inputs({ held: true, printer: bed(78, 0, "printing"), followed: warm.followed }));
	assert.equal(demand(inputs({ printer: bed(78, 0, "printing"), followed: held.followed })).target, 45);
});

test("target 0 is no heat in always on and in auto, whatever auto goes by", () => {
	assert.deepEqual(outcome({ mode: "always_on", target: 0 }), [0, false, "target_zero"]);
	assert.deepEqual(outcome({ target: 0, printer: bed(100, 100, "printing") }), [0, true, "target_zero"]);
	assert.deepEqual(outcome({ target: 0, printer: bed(20, 0) }), [0, false, "target_zero"]);
	const printer = { ...printing("ABS"), bed: {} };
	assert.deepEqual(outcome({ target: 0, autoBy: "filament", printer }), [0, false, "target_zero"]);
});

test("auto without a printer, or with one that does not answer, does not heat", () => {
	assert.deepEqual(outcome({ printer: undefined }), [0, false, "no_printer"]);
	for (const link of ["offline", "connecting"] as LinkStatus[])
		assert.deepEqual(outcome({ printer: { ...bed(100, 100, "printing"), link } }), [
			0,
			false,
			"printer_offline",
		]);
	assert.deepEqual(outcome({ printer: { ...bed(100, 100), link: "stale" } }), [45, true, "heating"]);
});

test("auto heats as soon as the bed is set to the threshold, so that both get warm together", () => {
	assert.deepEqual(outcome({ printer: bed(22, 80) }), [45, true, "heating"]);
	assert.deepEqual(outcome({ printer: bed(22, 79) }), [0, true, "bed_cold"]);
	assert.deepEqual(outcome({ printer: bed(22, 20) }), [0, false, "bed_cold"]);
	assert.deepEqual(outcome({ printer: bed(undefined, undefined) }), [0, false, "bed_cold"]);
});

test("a bed that is warm counts during a job only: after it a hot bed is no reason to heat", () => {
	for (const job of ["preparing", "printing", "paused"] as JobStatus[]) {
		assert.deepEqual(outcome({ printer: bed(81, undefined, job) }), [45, true, "heating"], job);
		assert.deepEqual(outcome({ printer: bed(81, 60, job) }), [45, true, "heating"], job);
	}
	for (const job of ["idle", "finished", "failed", "unknown"] as JobStatus[])
		assert.deepEqual(outcome({ printer: bed(81, 0, job) }), [0, true, "bed_cold"], job);
});

test("a bed that swings around the threshold does not switch the heat", () => {
	let followed = nothingFollowed;
	const reasons = [79, 80, 79, 77, 76, 77, 79, 80, 78].map((current) => {
		const answer = demand(inputs({ printer: bed(current, undefined, "printing"), followed }));
		followed = answer.followed;
		return answer.target > 0;
	});
	assert.deepEqual(reasons, [false, true, true, true, false, false, false, true, true]);
});

test("the fan filters above its threshold in every mode, with hysteresis, and never at threshold 0", () => {
	for (const mode of ["auto", "always_on", "drying"] as const) {
		const fan = (changes: Partial<ModeInputs>) => demand(inputs({ mode, ...changes })).fanWanted;
		assert.equal(fan({ printer: bed(30, 0) }), true);
		assert.equal(fan({ printer: bed(20, 30) }), true);
		assert.equal(fan({ printer: bed(29, 0) }), false);
		assert.equal(fan({ printer: bed(28, 0), followed: { bedWarm: false, filtering: true } }), true);
		assert.equal(fan({ printer: bed(26, 0), followed: { bedWarm: false, filtering: true } }), false);
		assert.equal(fan({ printer: bed(90, 60), filterThreshold: 0 }), false);
		assert.equal(fan({ printer: { ...bed(90, 90), link: "offline" } }), false);
	}
});

function printing(material: string | undefined, job: JobStatus = "printing"): PrinterState {
	const slot = { id: 0, state: "loaded" as const, ...(material === undefined ? {} : { material }) };
	return printerState({
		job: { state: job },
		filament: {
			units: [{ id: 0, kind: "ams", slots: [slot] }],
			external: [],
			active: { unit: 0, slot: 0 },
		},
	});
}

test("by filament, auto heats to what the filament of the running print wants", () => {
	const heat = (printer: PrinterState) => outcome({ autoBy: "filament", printer });
	for (const job of ["preparing", "printing", "paused"] as JobStatus[])
		assert.deepEqual(heat(printing("ABS-GF", job)), [55, false, "heating"]);
	assert.deepEqual(heat(printing("PETG")), [40, false, "heating"]);
	assert.deepEqual(heat(printing("PLA")), [0, false, "filament_cold"]);
	assert.deepEqual(heat(printing("PVA")), [0, false, "filament_cold"]);
	assert.deepEqual(heat(printing(undefined)), [0, false, "filament_cold"]);
	for (const job of ["idle", "finished", "failed", "unknown"] as JobStatus[])
		assert.deepEqual(heat(printing("ABS", job)), [0, false, "no_job"]);
});

test("while the printer changes filaments, the last one of the job counts; not that of the job before", () => {
	const changing = (job: JobStatus): PrinterState =>
		printerState({ job: { state: job }, filament: { units: [], external: [] } });
	const first = demand(inputs({ autoBy: "filament", printer: printing("ABS") }));
	const during = demand(
		inputs({ autoBy: "filament", printer: changing("printing"), followed: first.followed }),
	);
	assert.equal(during.target, 55);
	const between = demand(
		inputs({ autoBy: "filament", printer: changing("idle"), followed: during.followed }),
	);
	const next = demand(
		inputs({ autoBy: "filament", printer: changing("preparing"), followed: between.followed }),
	);
	assert.equal(next.target, 0);
	assert.equal(next.reasonCode, "filament_cold");
});

test("nothing but a mode that runs without a fault ever wants heat, and never more than was set", () => {
	const temperature = fc.option(fc.integer({ min: 0, max: 130 }), { nil: undefined });
	const printers = fc.option(
		fc
			.record({
				current: temperature,
				target: temperature,
				job: fc.constantFrom<JobStatus>("idle", "preparing", "printing", "paused", "finished", "failed"),
				link: fc.constantFrom<LinkStatus>("offline", "connecting", "online", "stale"),
			})
			.map(({ current, target, job, link }) => ({ ...bed(current, target, job), link })),
		{ nil: undefined },
	);
	const anyInputs = fc.record({
		mode: fc.constantFrom("auto" as const, "always_on" as const, "drying" as const),
		on: fc.boolean(),
		faulted: fc.boolean(),
		fanOnly: fc.boolean(),
		target: fc.integer({ min: 0, max: 60 }),
		bedThreshold: fc.integer({ min: 40, max: 120 }),
		autoBy: fc.constantFrom("bed" as const, "filament" as const),
		printer: printers,
		followed: fc.record({ bedWarm: fc.boolean(), filtering: fc.boolean() }),
	});
	fc.assert(
		fc.property(anyInputs, (changes) => {
			const { target, reasonCode } = demand(inputs(changes));
			if (changes.faulted || !changes.on) assert.equal(target, 0);
			if (changes.mode !== "drying" && changes.target === 0) assert.equal(target, 0);
			assert.ok(target === 0 || target === (changes.mode === "drying" ? 55 : changes.target));
			assert.equal(target > 0, reasonCode === "heating" || reasonCode === "drying");
		}),
	);
});
