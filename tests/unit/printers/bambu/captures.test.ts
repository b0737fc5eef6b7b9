import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilamentSlot, PrinterState } from "../../../../modules/printers/printer-state";
import { benchPrinter, readCapture, readRecording } from "./bench-printer";
import {
	a1PrintMilestones,
	a1PrintSerial,
	type CaptureState,
	expectedStates,
	h2dDeltaExpectations,
} from "./captures.expected";

/** What a report alone decides. */
function captureState(state: PrinterState): CaptureState {
	const {
		id: _id,
		vendor: _vendor,
		name: _name,
		serial: _serial,
		host: _host,
		link: _link,
		linkError: _linkError,
		linkHelp: _linkHelp,
		linkCertificate: _linkCertificate,
		watch: _watch,
		lookSeconds: _lookSeconds,
		heardAtSeconds: _heardAtSeconds,
		capabilities: _capabilities,
		faults,
		...rest
	} = state;
	return { ...rest, faults: faults.map(({ text: _text, ...fault }) => fault) };
}

function printerWith(name: string, serial: string) {
	const bench = benchPrinter({ serial });
	const { get_version: version, pushall } = readCapture(name);
	bench.deliver(version);
	bench.deliver(pushall);
	return bench;
}

/** What is left of a slot where there is no room for spools' details. */
function withoutDetails({ id, state, material }: FilamentSlot): FilamentSlot {
	return { id, state, ...(material !== undefined && { material }) };
}

for (const [name, { serial, state }] of Object.entries(expectedStates)) {
	test(`the capture ${name} gives the same on a small board, but for spools' details, the job's key and the air ducts`, () => {
		const { get_version: version, pushall } = readCapture(name);
		const { airDuct: _airDuct, ...rest } = state;
		const { key: _key, ...job } = state.job;
		const { units, external, active } = state.filament;
		const expected = {
			...rest,
			job,
			filament: {
				units: units.map(({ id, kind, nozzle, slots }) => ({
					id,
					kind,
					...(nozzle !== undefined && { nozzle }),
					slots: slots.map(withoutDetails),
				})),
				external: external.map(withoutDetails),
				...(active !== undefined && { active }),
			},
		};
		for (const pieceBytes of [undefined, 1_000]) {
			const { printer, deliver } = benchPrinter({ serial, spoolDetails: false });
			deliver(version, pieceBytes);
			deliver(pushall, pieceBytes);
			assert.deepEqual(captureState(printer.state), expected);
		}
	});

	test(`the capture ${name} gives the state that a person reads in it`, () => {
		assert.deepEqual(captureState(printerWith(name, serial).printer.state), state);
	});

	test(`the capture ${name} gives the same state when it comes in pieces of 100 bytes, indented, in the other order`, () => {
		const bench = benchPrinter({ serial });
		const { get_version: version, pushall } = readCapture(name);
		for (const message of [pushall, version])
			bench.deliver(new TextEncoder().encode(JSON.stringify(message, null, 4)), 100);
		assert.deepEqual(captureState(bench.printer.state), state);
	});
}

test("every fault has words", () => {
	for (const [name, { serial }] of Object.entries(expectedStates))
		for (const fault of printerWith(name, serial).printer.state.faults) assert.notEqual(fault.text, "", name);
});

for (const [name, expected] of Object.entries(h2dDeltaExpectations)) {
	test(`the delta ${name} of the H2D changes what it says and nothing else`, () => {
		const { serial } = expectedStates["h2d-deltas"] ?? assert.fail();
		const { printer, deliver } = printerWith("h2d-deltas", serial);
		const before = captureState(printer.state);
		deliver(readCapture("h2d-deltas")[name]);
		assert.deepEqual(captureState(printer.state), { ...before, ...expected });
	});
}

test("the recorded print of the A1 goes through the states that a person reads in it", () => {
	const { printer, deliver } = benchPrinter({ serial: a1PrintSerial });
	const messages = readRecording("a1-print");
	assert.ok(a1PrintMilestones.length >= 12);
	let line = 0;
	for (const { afterLine, expected } of a1PrintMilestones) {
		while (line < afterLine) deliver(messages[line++]?.report);
		const state = captureState(printer.state);
		for (const [key, value] of Object.entries(expected))
			assert.deepEqual(state[key as keyof CaptureState], value, `${key} after line ${afterLine}`);
	}
});
