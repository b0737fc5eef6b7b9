// What a job takes of each slot: from its file, the printer's own mapping, and the command that started it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RETRY_AFTER_MS } from "../../../../modules/printers/bambu/job-file/job-filament";
import type {
	FilamentUse,
	JobFileQuery,
	JobFileResult,
	JobFiles,
} from "../../../../modules/printers/job-files";
import { ACCESS_CODE, benchPrinter, type Json } from "./bench-printer";

/** Let promises settle. */
const settle = async (): Promise<void> => {
	for (let turn = 0; turn < 8; turn++) await Promise.resolve();
};

class FakeFiles implements JobFiles {
	readonly queries: JobFileQuery[] = [];
	readonly answers: ((result: JobFileResult) => void)[] = [];

	read(query: JobFileQuery): Promise<JobFileResult> {
		this.queries.push(query);
		return new Promise((resolve) => this.answers.push(resolve));
	}

	async answer(result: JobFileResult): Promise<void> {
		this.answers.shift()?.(result);
		await settle();
	}

	close(): void {}
}

const two: readonly FilamentUse[] = [
	{ index: 1, grams: 10.5, material: "PLA", color: "FF0000" },
	{ index: 2, grams: 4.25, material: "PETG", color: "00FF00" },
];
const found = (filaments: readonly FilamentUse[]): JobFileResult => ({ ok: true, filaments });

const tray = (id: number, type: string, color: string): Json => ({
	id: `${id}`,
	tray_type: type,
	tray_color: color,
});
const spools: Json = {
	ams: {
		ams: [
			{ id: "0", tray: [tray(0, "PLA", "FF0000FF"), tray(1, "PLA", "0000FFFF")] },
			{ id: "128", tray: [tray(0, "PETG", "00FF00FF")] },
		],
		tray_now: "255",
	},
	vt_tray: tray(254, "TPU", "FFFFFFFF"),
};
const full = (print: Json): Json => ({ print: { command: "push_status", msg: 0, ...spools, ...print } });
const delta = (print: Json): Json => ({ print: { command: "push_status", msg: 1, ...print } });
const printing: Json = {
	gcode_state: "RUNNING",
	subtask_name: "Cube",
	gcode_file: "",
	layer_num: 3,
	mc_percent: 5,
};
const start: Json = {
	command: "project_file",
	sequence_id: "20001",
	param: "Metadata/plate_2.gcode",
	subtask_name: "Cube",
	file: "Cube.gcode.3mf",
	use_ams: true,
	ams_mapping: [1, -1],
	ams_mapping2: [
		{ ams_id: 0, slot_id: 1 },
		{ ams_id: 255, slot_id: 0 },
	],
	result: "success",
	reason: "",
};

function bench(serial?: string) {
	const jobFiles = new FakeFiles();
	const printer = benchPrinter({ jobFiles, ...(serial !== undefined && { serial }) });
	const job = () => printer.printer.state.job;
	return { ...printer, files: jobFiles, job };
}

test("the file of a job is asked for once, where the printer is, with its plate, and the report's mapping shares it out", async () => {
	const { deliver, files, job } = bench();
	deliver(full({ ...printing, gcode_file: "/data/Metadata/plate_3.gcode", mapping: [1, 32768] }));
	deliver(delta({ mc_percent: 6 }));
	assert.deepEqual(files.queries, [
		{
			host: "192.0.2.7",
			serial: "01P00A000000001",
			accessCode: ACCESS_CODE,
			pinnedSha256: "",
			file: "/data/Metadata/plate_3.gcode",
			title: "Cube",
			plate: 3,
		},
	]);
	assert.equal(job().filament, undefined);
	await files.answer(found(two));
	assert.deepEqual(job().filament, [
		{ tray: 1, grams: 10.5 },
		{ tray: 128, grams: 4.25 },
	]);
	deliver(delta({ gcode_state: "FINISH", mapping: [], mc_percent: 100 }));
	assert.equal(job().filament?.length, 2);
	assert.equal(files.queries.length, 1);
});

test("the external spool is counted under the number of its holder, and several filaments of one slot are one", async () => {
	for (const [external, expected] of [
		[{}, 254],
		[{ vir_slot: [tray(254, "TPU", "00000000"), tray(255, "TPU", "00000000")] }, 255],
	] as const) {
		const { deliver, files, job } = bench();
		deliver(full({ ...external, ...printing, mapping: [0xff00, 65535, 0xff00] }));
		await files.answer(found([two[0] as FilamentUse, { index: 3, grams: 1 }]));
		assert.deepEqual(job().filament, [{ tray: expected, grams: 11.5 }]);
	}
});

test("the command of another client that starts a job tells slots, plate and file of a printer that reports no mapping", async () => {
	const { deliver, files, job } = bench();
	deliver(full({ gcode_state: "FINISH", subtask_name: "Before" }));
	deliver({ print: start });
	deliver(delta({ gcode_state: "PREPARE", subtask_name: "Cube" }));
	assert.equal(files.queries[0]?.plate, 2);
	assert.equal(files.queries[0]?.file, "Cube.gcode.3mf");
	await files.answer(found(two));
	assert.deepEqual(job().filament, [
		{ tray: 1, grams: 10.5 },
		{ tray: 254, grams: 4.25 },
	]);
});

test("a start that was refused, or of another job, says nothing", async () => {
	for (const command of [
		{ ...start, result: "failed", reason: "mqtt message verify failed" },
		{ ...start, subtask_name: "Other" },
	]) {
		const { deliver, files, job } = bench();
		deliver(full({ gcode_state: "IDLE" }));
		deliver({ print: command });
		deliver(full(printing));
		await files.answer(found(two));
		// By material and colour.
		assert.deepEqual(job().filament, [
			{ tray: 0, grams: 10.5 },
			{ tray: 128, grams: 4.25 },
		]);
	}
});

test("what we send ourselves starts a job with the slots we gave it", async () => {
	const { printer, deliver, files, job, mqtt } = bench();
	deliver(
		full({
			gcode_state: "IDLE",
			ams: { ...(spools.ams as Json), ams_exist_bits: "11", tray_exist_bits: "10003" },
		}),
	);
	const done = printer.command({
		command: "start",
		file: "Cube.gcode.3mf",
		spools: [{ unit: 0, slot: 1 }, "external"],
	});
	const sent = JSON.parse(mqtt.last.published.at(-1)?.payload ?? "{}") as { print: Json };
	assert.equal(sent.print.command, "project_file");
	deliver({ print: { command: "project_file", sequence_id: sent.print.sequence_id, result: "success" } });
	assert.equal((await done).ok, true);
	deliver(delta({ gcode_state: "PREPARE", subtask_name: "Cube" }));
	await files.answer(found(two));
	assert.deepEqual(
		job().filament?.map(({ tray }) => tray),
		[1, 254],
	);
});

test("without a mapping a job of one filament takes it from the active slot, once it prints", async () => {
	const { deliver, files, job } = bench();
	deliver(
		full({ ...printing, layer_num: 0, mc_percent: 0, ams: { ...(spools.ams as Json), tray_now: "1" } }),
	);
	await files.answer(found(two.slice(0, 1)));
	assert.deepEqual([job().filament, job().filamentHelp], [undefined, undefined]);
	deliver(delta({ ams: { tray_now: "0" } }));
	deliver(delta({ layer_num: 1 }));
	assert.deepEqual(job().filament, [{ tray: 0, grams: 10.5 }]);
	deliver(delta({ ams: { tray_now: "254" } }));
	assert.deepEqual(job().filament, [{ tray: 254, grams: 10.5 }]);
});

test("filaments that no one slot is like are not shared out, and it is said which", async () => {
	const { deliver, files, job } = bench();
	deliver(full(printing));
	await files.answer(
		found([two[0] as FilamentUse, { index: 3, grams: 2, material: "ABS", color: "123456" }]),
	);
	assert.deepEqual(job().filament, [{ tray: 0, grams: 10.5 }]);
	assert.match(job().filamentHelp ?? "", /3 \(ABS, #123456\)/);
});

test("a file that is not there yet is asked for again, ever more seldom, as long as the job runs", async () => {
	const { deliver, files, job, clock } = bench();
	deliver(full({ ...printing, gcode_state: "PREPARE" }));
	const missing: JobFileResult = { ok: false, code: "not_found", message: "It is not there." };
	await files.answer(missing);
	assert.equal(job().filamentHelp, undefined);
	deliver(delta({ gcode_state: "RUNNING" }));
	assert.equal(job().filamentHelp, "It is not there.");
	for (const [index, waitMs] of RETRY_AFTER_MS.entries()) {
		clock.advance(waitMs - 1);
		assert.equal(files.queries.length, index + 1);
		clock.advance(1);
		assert.equal(files.queries.length, index + 2);
		await files.answer(missing);
	}
	clock.advance(3_600_000);
	assert.equal(files.queries.length, RETRY_AFTER_MS.length + 1);
	assert.equal(job().filamentHelp, "It is not there.");
});

test("nothing is asked for after the job has ended, and an answer for the job before is of no use to the next one", async () => {
	const { deliver, files, job, clock } = bench();
	deliver(full(printing));
	await files.answer({ ok: false, code: "unreachable", message: "Not reached." });
	deliver(delta({ gcode_state: "FAILED" }));
	clock.advance(14_000);
	assert.equal(files.queries.length, 1);
	deliver(delta({ gcode_state: "RUNNING", subtask_name: "Next" }));
	assert.equal(files.queries.length, 2);
	assert.equal(job().filamentHelp, undefined);
	deliver(delta({ gcode_state: "FINISH" }));
	deliver(delta({ gcode_state: "RUNNING", subtask_name: "Third" }));
	await files.answer(found(two));
	assert.equal(job().filament, undefined);
	await files.answer(found(two));
	assert.equal(job().filament?.length, 2);
});

test("what no other attempt would change is said at once and not asked again", async () => {
	const { deliver, files, job, clock } = bench();
	deliver(full({ ...printing, gcode_state: "PREPARE" }));
	await files.answer({ ok: false, code: "no_use", message: "No sliced file." });
	clock.advance(14_000);
	deliver(delta({ mc_percent: 7 }));
	assert.deepEqual([files.queries.length, job().filamentHelp], [1, "No sliced file."]);
});

test("a calibration has no file, and a closed printer asks for none", async () => {
	const { printer, deliver, files, clock } = bench();
	deliver(full({ gcode_state: "RUNNING", gcode_file: "/usr/etc/print/auto_cali_for_user.gcode" }));
	assert.equal(files.queries.length, 0);
	deliver(delta({ ...printing, gcode_file: "" }));
	await files.answer({ ok: false, code: "busy", message: "Busy." });
	await printer.close();
	clock.advance(3_600_000);
	assert.equal(files.queries.length, 1);
	assert.equal(clock.pendingTimers, 0);
});

test("a start command of any shape does no harm", async () => {
	const { deliver, files, job } = bench();
	deliver(full({ gcode_state: "IDLE" }));
	for (const value of [null, 5, "x", [], [null, {}, "a"], { toString: 1 }, [{ ams_id: -1, slot_id: 1e9 }]])
		deliver({
			print: {
				...start,
				ams_mapping: value,
				ams_mapping2: value,
				subtask_name: value,
				file: value,
				param: value,
				result: undefined,
			},
		});
	deliver(delta(printing));
	await files.answer(found(two));
	assert.equal(job().filament?.length, 2);
});
