import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_MESSAGE_BYTES } from "../../../../modules/printers/bambu/message-reader";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { type BenchPrinter, benchPrinter, type Json, readCapture } from "./bench-printer";
import { expectedStates } from "./captures.expected";

const captures = Object.entries(expectedStates).map(([name, { serial }]) => ({
	serial,
	capture: readCapture(name),
}));

function printerWith({ serial, capture }: (typeof captures)[number]): BenchPrinter {
	const bench = benchPrinter({ serial });
	bench.deliver(capture.get_version);
	bench.deliver(capture.pushall);
	return bench;
}

/** Delivers the message to a printer that has its capture, and gives the state before and after. */
function states(index: number, message: unknown): { before: PrinterState; after: PrinterState; log: string } {
	const entry = captures[index % captures.length] ?? assert.fail();
	const bench = printerWith(entry);
	const before = structuredClone(bench.printer.state);
	bench.deliver(message);
	return { before, after: bench.printer.state, log: JSON.stringify(bench.log.lines) };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const anyCapture = fc.nat(captures.length - 1);
const deltaOf = (fields: Json): Json => ({ print: { command: "push_status", msg: 1, ...fields } });

test("a message cut off anywhere changes nothing and is counted", () => {
	fc.assert(
		fc.property(anyCapture, fc.double({ min: 0, max: 0.999, noNaN: true }), (index, share) => {
			const whole = bytes(JSON.stringify(captures[index]?.capture.pushall));
			const { before, after, log } = states(index, whole.subarray(0, Math.floor(whole.length * share)));
			assert.deepEqual(after, before);
			assert.match(log, /cut off or no JSON/);
		}),
	);
});

test("any bytes at all neither throw nor change the state, unless they are a report", () => {
	fc.assert(
		fc.property(anyCapture, fc.uint8Array({ maxLength: 300 }), (index, message) => {
			const { before, after } = states(index, message);
			assert.deepEqual(after, before);
		}),
	);
});

test("any JSON without a known section changes nothing and is counted", () => {
	fc.assert(
		fc.property(anyCapture, fc.json({ maxDepth: 4 }), (index, json) => {
			fc.pre(!/"(print|info)"/.test(json));
			const { before, after } = states(index, bytes(json));
			assert.deepEqual(after, before);
		}),
	);
	assert.match(states(0, { unheard_of: { of: 1 } }).log, /only unknown sections/);
	assert.match(states(0, [1, 2]).log, /no sections/);
});

test("sections that printers send and Culm does not need are no reason for a warning", () => {
	const { before, after, log } = states(0, { system: { command: "ledctrl", result: "success" } });
	assert.deepEqual(after, before);
	assert.doesNotMatch(log, /warn/);
});

test("answers to commands are no reports", () => {
	const { before, after } = states(0, { print: { command: "print_speed", spd_lvl: 4, mc_percent: 3 } });
	assert.deepEqual(after, before);
});

test("a message of 40 KB is read; one over the limit changes nothing, is not kept, and is counted", () => {
	const filler = (size: number) => deltaOf({ mc_percent: 77, filler: "x".repeat(size) });
	assert.equal(states(0, filler(40 * 1024)).after.job.percent, 77);
	for (const pieceBytes of [1_000, Number.POSITIVE_INFINITY]) {
		const bench = printerWith(captures[0] ?? assert.fail());
		const before = structuredClone(bench.printer.state);
		bench.deliver(filler(MAX_MESSAGE_BYTES), pieceBytes);
		assert.deepEqual(bench.printer.state, before);
		assert.match(JSON.stringify(bench.log.lines), /larger than any report/);
		bench.deliver(deltaOf({ mc_percent: 78 }));
		assert.equal(bench.printer.state.job.percent, 78, "the next message is read again");
	}
});

test("half a message is forgotten with its connection", () => {
	const { printer, mqtt, clock, deliver } = benchPrinter();
	deliver(deltaOf({ mc_percent: 5 }));
	mqtt.last.options.onMessage("t", bytes('{"print":{"mc_percent":'), 3);
	mqtt.last.fail("closed_by_peer");
	clock.advance(2_000);
	mqtt.last.accept();
	mqtt.last.grant();
	mqtt.last.deliver(deltaOf({ mc_percent: 6 }));
	assert.equal(printer.state.job.percent, 6);
});

test("bytes that are not UTF-8: the rest of the report is used, the damaged text says so, a warning is counted", () => {
	const message = bytes('{"print":{"command":"push_status","mc_percent":12,"subtask_name":"W?rfel"}}');
	message[message.indexOf("?".charCodeAt(0))] = 0xfc;
	const { after, log } = states(0, message);
	assert.equal(after.job.percent, 12);
	assert.equal(after.job.name, "W\uFFFDrfel");
	assert.match(log, /not UTF-8/);
	// Outside of a text they are no JSON.
	const broken = bytes('{"print":{"mc_percent":?}}');
	broken[broken.indexOf("?".charCodeAt(0))] = 0xff;
	const { before, after: unchanged } = states(0, broken);
	assert.deepEqual(unchanged, before);
});

/** Every place in a JSON value, as the keys that lead there. */
function paths(value: unknown, prefix: (string | number)[] = []): (string | number)[][] {
	if (typeof value !== "object" || value === null) return [prefix];
	return [
		prefix,
		...Object.entries(value).flatMap(([key, inner]) =>
			paths(inner, [...prefix, Array.isArray(value) ? Number(key) : key]),
		),
	];
}

function withValueAt(value: unknown, path: (string | number)[], replacement: unknown): unknown {
	const [key, ...rest] = path;
	if (key === undefined) return replacement;
	const copy = (Array.isArray(value) ? [...value] : { ...(value as Json) }) as Record<
		string | number,
		unknown
	>;
	copy[key] = withValueAt(copy[key], rest, replacement);
	return copy;
}

function valueAt(value: unknown, path: (string | number)[]): unknown {
	return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

const kindOf = (value: unknown): string =>
	Array.isArray(value) ? "array" : value === null ? "null" : typeof value;

test("a wrong type anywhere in a report leaves the state as it was", () => {
	const wrong = fc.oneof(
		fc.constantFrom<unknown>({}, [], [[]], [{}], "", "no number", true, false, -1, 1e300, {
			__proto__: null,
			constructor: 1,
		}),
		fc.jsonValue({ maxDepth: 2 }),
	);
	const places = captures.map(({ capture }) => paths(capture.pushall).filter((path) => path.length > 1));
	fc.assert(
		fc.property(anyCapture, fc.nat(), wrong, (index, place, replacement) => {
			const { pushall } = captures[index]?.capture ?? assert.fail();
			const path = places[index]?.[place % (places[index]?.length ?? 1)] ?? assert.fail();
			const original = valueAt(pushall, path);
			// Another type, and no number where a decimal text is usual, or the other way round.
			fc.pre(kindOf(replacement) !== kindOf(original) && kindOf(replacement) !== "null");
			fc.pre(!(typeof original === "string" && typeof replacement === "number"));
			fc.pre(!(typeof original === "number" && typeof replacement === "string"));
			// An id says which entry is meant, and the command whether it is a report: those are not values.
			fc.pre(!["id", "command", "msg"].includes(String(path.at(-1))));
			const { before, after } = states(index, withValueAt(pushall, path, replacement));
			assert.deepEqual(after, before, path.join("."));
		}),
		{ numRuns: 1_500 },
	);
});

test("whatever a report holds, nothing throws, and the state stays one that JSON can carry", () => {
	const places = captures.map(({ capture }) => paths(capture.pushall));
	const anything = fc.oneof(
		fc.jsonValue({ maxDepth: 3 }),
		fc.constantFrom<unknown>(
			Number.MAX_SAFE_INTEGER,
			-2147483648,
			4294967295,
			"ffffffffffffffffff",
			"-1",
			"1e5",
		),
	);
	fc.assert(
		fc.property(
			anyCapture,
			fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 8 }),
			(index, edits) => {
				let message: unknown = captures[index]?.capture.pushall;
				for (const [place, replacement] of edits) {
					const path = places[index]?.[place % (places[index]?.length ?? 1)] ?? [];
					try {
						message = withValueAt(message, path, replacement);
					} catch {
						// An earlier edit took that place away.
					}
				}
				const { after } = states(index, message);
				assert.deepEqual(JSON.parse(JSON.stringify(after)), after);
				assert.ok(
					after.filament.units.length <= 32 && after.faults.length <= 33 && after.nozzles.length <= 32,
				);
			},
		),
		{ numRuns: 1_000 },
	);
});

test("keys named like parts of every object are ignored", () => {
	const message =
		'{"print":{"__proto__":{"mc_percent":99},"constructor":{"prototype":{"polluted":1}},"ams":{"ams":[{"id":"0","__proto__":{"x":1}}]}}}';
	const { after } = states(0, bytes(message));
	assert.notEqual(after.job.percent, 99);
	assert.equal(({} as Json).polluted, undefined);
	assert.equal(({} as Json).x, undefined);
});

test("a flood of bad messages is counted, but logged only at each tenth power", () => {
	const bench = printerWith(captures[0] ?? assert.fail());
	for (let i = 0; i < 1_000; i++) bench.deliver(bytes("}"));
	const lines = bench.log.lines.filter(({ level }) => level === "warn");
	assert.equal(lines.length, 4);
	assert.match(lines.at(-1)?.text ?? "", /1000 times/);
});

test("a list that grows without end is refused", () => {
	const { printer, deliver } = printerWith(captures[0] ?? assert.fail());
	for (let id = 0; id < 200; id++) deliver(deltaOf({ ams: { ams: [{ id: String(id), tray: [] }] } }));
	assert.ok(printer.state.filament.units.length <= 32);
});
