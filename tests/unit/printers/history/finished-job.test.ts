import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	type JobRecord,
	MOST_RECORD_BYTES,
	readRecord,
	toFinishedJob,
	writeRecord,
} from "../../../../modules/printers/history/finished-job";

const record: JobRecord = {
	number: 1234,
	printerId: "01P00A000000001",
	name: "Benchy, the boat; 2",
	result: "finished",
	endedAtSeconds: 1_767_265_200,
	seconds: 5_025,
	layers: 240,
	filament: [
		{ slot: "A1", material: "PLA", color: "FF0000FF", percent: 12, grams: 120 },
		{ slot: "HT-A", material: "PA6-CF", color: "00000080" },
		{ slot: "external" },
	],
};

test("a job is stored in little, and read as it was", () => {
	const text = writeRecord(record);
	assert.deepEqual(readRecord(text), record);
	assert.ok(text.length < 110, `${text.length} characters`);
	const bare: JobRecord = { number: 0, printerId: "01P00A000000001", result: "cancelled" };
	assert.deepEqual(readRecord(writeRecord(bare)), bare);
});

test("a job says when it began and ended, as far as that is known", () => {
	const job = toFinishedJob(record, "Left");
	assert.equal(job.endedAt, "2026-01-01T11:00:00.000Z");
	assert.equal(job.startedAt, "2026-01-01T09:36:15.000Z");
	assert.equal(job.printerName, "Left");
	assert.ok(!("number" in job) && !("endedAtSeconds" in job));
	const { endedAtSeconds: _, ...untimed } = record;
	const { startedAt, endedAt, seconds } = toFinishedJob(untimed, "Left");
	assert.deepEqual([startedAt, endedAt, seconds], [undefined, undefined, 5_025]);
});

test("what is too long is cut: first the name, then what it was printed with", () => {
	const uses = Array.from({ length: 16 }, (_, slot) => ({
		slot: `A${slot}`,
		material: "PETG",
		color: "00FF00FF",
	}));
	const long = readRecord(writeRecord({ ...record, name: "长".repeat(100), filament: uses }));
	assert.equal(long?.name, "长".repeat(12));
	assert.ok((long?.filament?.length ?? 0) >= 1);
	assert.deepEqual(long?.filament?.[0], uses[0]);
	const named = readRecord(writeRecord({ ...record, name: "x".repeat(500), filament: [] }));
	assert.ok((named?.name?.length ?? 0) > 70);
});

test("a number that is no number of layers, grams or seconds is left out, and the job is stored without it", () => {
	const { layers: _, seconds: __, ...rest } = record;
	for (const far of [36 ** 7, 1e300, Number.POSITIVE_INFINITY, Number.NaN, -1]) {
		const uses = [{ slot: "A1", grams: far, percent: far }];
		const read = readRecord(writeRecord({ ...record, layers: far, seconds: far, filament: uses }));
		assert.deepEqual(read, { ...rest, filament: [{ slot: "A1" }] });
	}
	assert.equal(readRecord(writeRecord({ ...record, layers: 36 ** 7 - 1 }))?.layers, 36 ** 7 - 1);
});

const word = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 80 }));
const jobs: fc.Arbitrary<JobRecord> = fc.record(
	{
		number: fc.nat(2 ** 31 - 1),
		printerId: fc.stringMatching(/^[0-9A-Z]{4,24}$/),
		result: fc.constantFrom("finished", "failed", "cancelled"),
		name: word,
		endedAtSeconds: fc.nat(2 ** 33),
		seconds: fc.nat(10 ** 7),
		layers: fc.nat(10 ** 5),
		filament: fc.array(
			fc.record(
				{ slot: word, material: word, color: word, percent: fc.nat(100), grams: fc.nat(5_000) },
				{ requiredKeys: ["slot"] },
			),
			{ maxLength: 30 },
		),
	},
	{ requiredKeys: ["number", "printerId", "result"] },
);

test("whatever a printer calls its job and its filament, it fits, and number, printer and result are read back", () => {
	fc.assert(
		fc.property(jobs, (job) => {
			const text = writeRecord(job);
			assert.ok(new TextEncoder().encode(text).length <= MOST_RECORD_BYTES);
			const read = readRecord(text);
			assert.deepEqual(
				[read?.number, read?.printerId, read?.result, read?.endedAtSeconds, read?.seconds, read?.layers],
				[job.number, job.printerId, job.result, job.endedAtSeconds, job.seconds, job.layers],
			);
			assert.equal(
				writeRecord(read ?? record),
				writeRecord(readRecord(writeRecord(read ?? record)) ?? record),
			);
		}),
		{ numRuns: 1_000 },
	);
});

test("of what is damaged nothing is read, or a job that can be shown", () => {
	const text = writeRecord(record);
	const damaged = fc
		.array(fc.tuple(fc.nat(text.length - 1), fc.string({ maxLength: 2 })), { maxLength: 8 })
		.map((edits) => {
			const characters = [...text];
			for (const [at, replacement] of edits) characters[at] = replacement;
			return characters.join("");
		});
	fc.assert(
		fc.property(fc.oneof(damaged, fc.string({ maxLength: 200 }), fc.anything()), (value) => {
			const read = readRecord(value);
			if (!read) return;
			const job = toFinishedJob(read, "x");
			assert.match(job.printerId, /^[0-9A-Za-z]{4,24}$/);
			for (const time of [job.startedAt, job.endedAt])
				assert.ok(time === undefined || !Number.isNaN(Date.parse(time)));
			for (const { slot, color = "00000000", percent = 0 } of job.filament ?? []) {
				assert.notEqual(slot, "");
				assert.match(color, /^[0-9A-F]{8}$/);
				assert.ok(percent >= 0 && percent <= 100);
			}
		}),
		{ numRuns: 3_000 },
	);
});
