// What is derived step by step, from what each message changed, against what is derived from the whole report.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type DeriveOptions, deriveState } from "../../../../modules/printers/bambu/derive/state";
import { type Fields, Section } from "../../../../modules/printers/bambu/report-fields";
import { mergeReport } from "../../../../modules/printers/bambu/report-merge";
import { type BambuReport, reportSchema } from "../../../../modules/printers/bambu/report-schema";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { type PrinterStatePatch, PrinterStore } from "../../../../modules/printers/printer-store";
import { ManualClock } from "../../../fakes/manual-clock";
import { benchPrinter, type Json, readCapture, readRecording } from "./bench-printer";
import { a1PrintSerial, expectedStates } from "./captures.expected";

/** Keys, and indexes of list entries. */
type Path = (string | number)[];

const captures = Object.entries(expectedStates).map(([name, { serial }]) => ({
	serial,
	capture: readCapture(name),
}));

/** Derives after each message, as the firmware does, beside a derivation of all of it at the end. */
class Comparison {
	readonly #options: DeriveOptions;
	readonly #report: BambuReport = {};
	readonly #empty: PrinterState;
	readonly #store: PrinterStore;

	constructor(serial: string) {
		this.#options = { serial, clock: new ManualClock(), spoolDetails: true };
		this.#empty = benchPrinter({ serial }).printer.state;
		this.#store = new PrinterStore(this.#empty);
	}

	take(message: object, full: boolean): void {
		const changes = mergeReport(this.#report, message, full, reportSchema);
		this.#store.update(deriveState(this.#report, this.#options, changes, this.#store.state));
	}

	check(): void {
		const all: PrinterStatePatch = deriveState(
			this.#report,
			this.#options,
			{ changed: Section.model, entries: [] },
			this.#empty,
		);
		const scratch = new PrinterStore(this.#empty);
		scratch.update(all);
		assert.deepEqual(this.#store.state, scratch.state);
	}
}

/** Every place of a wanted value in a section, as the keys that lead there. */
function places(value: unknown, fields: Fields, prefix: Path = []): Path[] {
	return Object.entries(value as Json).flatMap(([key, inner]) => {
		const field = fields[key];
		const path = [...prefix, key];
		if (!field) return [];
		if (!("fields" in field) || typeof inner !== "object") return [path];
		if (!Array.isArray(inner)) return [path, ...places(inner, field.fields, path)];
		return [path, ...inner.flatMap((entry, index) => places(entry, field.fields, [...path, index]))];
	});
}

/** Only what is on the way to that place, and the ids of the list entries it is in: a delta of that one value. */
function only(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
	if (key === undefined) return replacement;
	const inner = (value as Record<string | number, unknown>)[key];
	if (Array.isArray(value)) {
		const entry = only(inner, rest, replacement);
		const { id } = inner as Json;
		return typeof entry === "object" && entry !== null && id !== undefined ? [{ id, ...entry }] : [entry];
	}
	return { [key]: only(inner, rest, replacement) };
}

const anyCapture = fc.nat(captures.length - 1);
const printsOf = captures.map(({ capture }) => (capture.pushall as { print: Json }).print);
const placesOf = printsOf.map((print) => places(print, reportSchema.fields.print.fields));
/** By key: what printers send there. */
const values = new Map<string, unknown[]>();
for (const [index, paths] of placesOf.entries())
	for (const path of paths) {
		const value = path.reduce<unknown>((inner, key) => (inner as Json)[key], printsOf[index]);
		const key = String(path.at(-1));
		values.set(key, [...(values.get(key) ?? []), value]);
	}

const replacement = fc.oneof(
	fc.integer(),
	fc.integer({ min: -1, max: 100 }).map(String),
	fc.constantFrom<unknown>("", "0", "f", "1003", "PLA", 0x02, 0x12, null, true, false, [], {}),
);

/** A message made of the values of some printer: often the same one, else another. */
const anyMessage = fc.record({
	from: fc.option(anyCapture, { freq: 4 }),
	place: fc.nat(),
	/** One of the values that printers send there, or else anything. */
	value: fc.option(fc.nat(), { freq: 3 }),
	replacement,
	whole: fc.integer({ min: 0, max: 9 }),
	full: fc.boolean(),
});

test("after any messages, what was derived step by step is what the whole report says", () => {
	fc.assert(
		fc.property(anyCapture, fc.array(anyMessage, { minLength: 1, maxLength: 12 }), (index, messages) => {
			const { serial, capture } = captures[index] ?? assert.fail();
			const comparison = new Comparison(serial);
			comparison.take(capture.get_version ?? {}, false);
			comparison.take(capture.pushall ?? {}, true);
			for (const { from, place, value, replacement, whole, full } of messages) {
				const source = from ?? index;
				const print = printsOf[source] ?? assert.fail();
				const paths = placesOf[source] ?? assert.fail();
				const path = paths[place % paths.length] ?? assert.fail();
				const usual = values.get(String(path.at(-1))) ?? assert.fail();
				const now = value === null ? replacement : usual[value % usual.length];
				// One message in ten is a report of everything, as of another printer.
				if (whole === 0) comparison.take({ print }, full);
				else comparison.take({ print: only(print, path, now) as Json }, full && whole === 1);
				comparison.check();
			}
		}),
		{ numRuns: 1_000 },
	);
});

test("so it is at each moment of a recorded print", () => {
	const comparison = new Comparison(a1PrintSerial);
	for (const { report } of readRecording("a1-print")) {
		comparison.take(report, (report.print as Json | undefined)?.msg === 0);
		comparison.check();
	}
});

test("at whatever message of a recorded print a client joins, the next full report completes what it knows", () => {
	const messages = readRecording("a1-print").map(({ report }) => report);
	const isFull = (report: Json | undefined) => (report?.print as Json | undefined)?.msg === 0;
	const fulls = [...messages.keys()].filter((index) => isFull(messages[index]));
	assert.equal(fulls.length, 4);
	for (let join = 0; join < messages.length; join++) {
		const bench = benchPrinter({ serial: a1PrintSerial });
		const next = fulls.find((full) => full >= join);
		if (next === undefined) break;
		for (let index = join; index <= next; index++) bench.deliver(messages[index]);
		const alone = benchPrinter({ serial: a1PrintSerial });
		alone.deliver(messages[next]);
		assert.deepEqual(bench.printer.state, alone.printer.state, `joined at ${join}`);
	}
});

test("a change of one value leaves all other parts of the state the same objects", () => {
	const { serial, capture } = captures.find(({ capture }) => unitsOf(capture).length > 1) ?? assert.fail();
	const { printer, deliver } = benchPrinter({ serial });
	deliver(capture.get_version);
	deliver(capture.pushall);
	const before = printer.state;
	const [unit] = unitsOf(capture);
	deliver({
		print: { command: "push_status", ams: { ams: [{ id: unit?.id, humidity: "3", temp: "44.5" }] } },
	});
	const { filament, ...rest } = printer.state;
	for (const [key, value] of Object.entries(rest)) assert.equal(value, before[key as keyof PrinterState]);
	const [changed, ...others] = filament.units;
	assert.equal(changed?.temperature, 44.5);
	assert.equal(changed?.slots, before.filament.units[0]?.slots);
	assert.deepEqual(others, before.filament.units.slice(1));
	for (const [index, other] of others.entries()) assert.equal(other, before.filament.units[index + 1]);
});

function unitsOf({ pushall }: Record<string, Json>): Json[] {
	return (pushall as { print: { ams?: { ams?: Json[] } } }).print.ams?.ams ?? [];
}

test("the short list of keys has all that a message of plain values can have", () => {
	for (const [section, { fields }] of Object.entries(reportSchema.fields))
		for (const key of [section, "command", "msg", ...Object.keys(fields)])
			assert.ok(reportSchema.flatKeys.includes(key), key);
	assert.ok(reportSchema.flatKeys.every((key) => reportSchema.wantedKeys.includes(key)));
	assert.ok(reportSchema.flatKeys.length < reportSchema.wantedKeys.length / 2);
});
