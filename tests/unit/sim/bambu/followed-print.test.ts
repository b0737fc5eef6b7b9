// A client that joins late, loses a message or its connection ends up with the same state as one that asks at the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { runCommand } from "../../../../sim/printers/bambu/commands";
import { defaultFilaments } from "../../../../sim/printers/bambu/job-commands";
import type { JsonObject } from "../../../../sim/printers/bambu/json";
import {
	createMachine,
	type Machine,
	withHms,
	withoutHms,
	withSpool,
} from "../../../../sim/printers/bambu/machine";
import {
	advance,
	pausePrintJob,
	resumePrintJob,
	startPrintJob,
	withPrintError,
} from "../../../../sim/printers/bambu/machine-run";
import { exampleSerial, type PrinterModelName, printerModel } from "../../../../sim/printers/bambu/models";
import { planPrint, stages } from "../../../../sim/printers/bambu/print-job";
import { fullReport, versionReport } from "../../../../sim/printers/bambu/report";
import { reportDelta } from "../../../../sim/printers/bambu/report-delta";
import { taggedSpool, unknownSpool } from "../../../../sim/printers/bambu/spools";
import { type BenchPrinter, benchPrinter, type Json } from "../../printers/bambu/bench-printer";

const MESSAGES = 4_000;
/** Between two messages; all of them take as long as the job. */
const STEP_MS = 1_400;
/** 0C00_0300_0003_0007 */
const FIRST_LAYER = { attr: 0x0c000300, code: 0x00030007 };
const FRONT_COVER = 0x03008005;

type Event = (machine: Machine) => Machine;
const command =
	(section: string, fields: JsonObject): Event =>
	(machine) =>
		runCommand(machine, section, { sequence_id: "1", ...fields }).machine;
const light = (mode: string): Event =>
	command("system", {
		command: "ledctrl",
		led_node: "chamber_light",
		led_mode: mode,
		led_on_time: 500,
		led_off_time: 500,
		loop_times: 1,
		interval_time: 0,
	});
const door =
	(isOpen: boolean): Event =>
	(machine) => {
		const { model } = machine;
		const bits = isOpen
			? { ...model.bits, homeFlag: model.bits.homeFlag | (1 << 23), stat: "800000" }
			: printerModel(model.name).bits;
		return { ...machine, model: { ...model, bits } };
	};
const spool =
	(slot: number, spool: Parameters<typeof withSpool>[2]): Event =>
	(machine) =>
		withSpool(machine, { unit: machine.units[0]?.id ?? 0, slot }, spool);

/** What happens besides the job itself, in turn. */
const events: readonly Event[] = [
	light("off"),
	spool(3, undefined),
	command("print", { command: "print_speed", param: "3" }),
	door(true),
	(machine) => withHms(machine, FIRST_LAYER),
	spool(3, taggedSpool(77, { material: "ABS" })),
	pausePrintJob,
	light("on"),
	resumePrintJob,
	// The last unit is unplugged, and plugged in again.
	(machine) => ({ ...machine, units: machine.units.slice(0, -1) }),
	door(false),
	(machine) => ({ ...machine, units: createMachine({ model: machine.model }).units }),
	(machine) => withPrintError(machine, FRONT_COVER, stages.pausedByUser),
	(machine) => resumePrintJob({ ...machine, printError: 0 }),
	spool(3, unknownSpool()),
	(machine) => withoutHms(machine, FIRST_LAYER),
	command("print", { command: "gcode_line", param: "M106 P1 S128\n" }),
	(machine) => ({ ...machine, airDuctMode: 1 - machine.airDuctMode }),
];
const EVERY = 40;

interface Run {
	model: PrinterModelName;
	/** What was said at each moment, and what would have been answered to a request for everything. */
	deltas: JsonObject[];
	fulls: JsonObject[];
}

function record(model: PrinterModelName): Run {
	let machine = createMachine({ model: printerModel(model) });
	const filaments = defaultFilaments(machine);
	machine = startPrintJob(machine, planPrint({ name: "Vase", filaments, layers: 400 }));
	const run: Run = { model, deltas: [], fulls: [fullReport(machine)] };
	for (let index = 1; index < MESSAGES; index++) {
		machine = advance(machine, STEP_MS);
		if (index % EVERY === 0) machine = (events[(index / EVERY) % events.length] ?? assert.fail())(machine);
		const full = fullReport(machine);
		run.deltas[index] = reportDelta(run.fulls[index - 1] ?? assert.fail(), full);
		run.fulls.push(full);
	}
	return run;
}

const runs = (["P1S", "A2L", "H2D"] as const).map(record);

const whole = (print: JsonObject | undefined): Json => ({
	print: { command: "push_status", msg: 0, ...print },
});
const part = (print: JsonObject | undefined): Json => ({
	print: { command: "push_status", msg: 1, ...print },
});

function benchOf({ model }: Run): BenchPrinter {
	const machine = createMachine({ model: printerModel(model) });
	const bench = benchPrinter({ serial: exampleSerial(machine.model) });
	bench.deliver({ info: { command: "get_version", ...versionReport(machine) } });
	return bench;
}

/** Of a client that knows nothing but what is said at that moment. */
function stateAt(run: Run, index: number): PrinterState {
	const bench = benchOf(run);
	bench.deliver(whole(run.fulls[index]));
	return bench.printer.state;
}

test("the run is a whole print with all that happens on the way", () => {
	for (const { model, fulls, deltas } of runs) {
		const states = new Set(fulls.map(({ gcode_state }) => gcode_state));
		for (const state of ["IDLE", "PREPARE", "RUNNING", "PAUSE"])
			assert.ok(states.has(state), `${model} ${state}`);
		assert.equal(fulls.length, MESSAGES);
		for (const key of ["hms", "lights_report", "print_error", "ams", "spd_lvl"])
			assert.ok(
				deltas.some((delta) => key in delta),
				`${model} ${key}`,
			);
	}
});

const anyRun = fc.constantFrom(...runs);
const anyMoment = fc.integer({ min: 1, max: MESSAGES - 1 });

test("at whatever message a client joins, it knows from then on what the printer would answer", () => {
	fc.assert(
		fc.property(
			anyRun,
			anyMoment,
			fc.nat(30),
			fc.array(anyMoment, { maxLength: 4 }),
			(run, join, wait, looks) => {
				const bench = benchOf(run);
				const answered = Math.min(join + wait, MESSAGES - 1);
				// What comes before the answer is a part of a report of which the rest is not known.
				for (let index = join; index <= answered; index++) bench.deliver(part(run.deltas[index]));
				bench.deliver(whole(run.fulls[answered]));
				for (let index = answered + 1; index < MESSAGES; index++) {
					bench.deliver(part(run.deltas[index]));
					if (looks.includes(index)) assert.deepEqual(bench.printer.state, stateAt(run, index));
				}
				assert.deepEqual(bench.printer.state, stateAt(run, MESSAGES - 1));
			},
		),
		{ numRuns: 12 },
	);
});

test("what a lost message said is known with the next full report, and nothing of before is left", () => {
	fc.assert(
		fc.property(
			anyRun,
			fc.uniqueArray(anyMoment, { minLength: 1, maxLength: 20 }),
			anyMoment,
			(run, lost, full) => {
				const bench = benchOf(run);
				bench.deliver(whole(run.fulls[0]));
				for (let index = 1; index <= full; index++)
					if (!lost.includes(index)) bench.deliver(part(run.deltas[index]));
				bench.deliver(whole(run.fulls[full]));
				assert.deepEqual(bench.printer.state, stateAt(run, full));
				for (let index = full + 1; index < MESSAGES; index++) bench.deliver(part(run.deltas[index]));
				assert.deepEqual(bench.printer.state, stateAt(run, MESSAGES - 1));
			},
		),
		{ numRuns: 12 },
	);
});

test("after a connection was lost, the answer to the next one makes up for all that was missed", () => {
	fc.assert(
		fc.property(anyRun, anyMoment, anyMoment, (run, one, other) => {
			const [lost, back] = [Math.min(one, other), Math.max(one, other)];
			const bench = benchOf(run);
			bench.deliver(whole(run.fulls[0]));
			for (let index = 1; index <= lost; index++) bench.deliver(part(run.deltas[index]));
			bench.mqtt.last.fail("closed_by_peer");
			assert.equal(bench.printer.state.link, "offline");
			bench.clock.advance(120_000);
			bench.mqtt.last.accept();
			bench.mqtt.last.grant();
			assert.ok(bench.mqtt.last.requests.includes("pushing.pushall"));
			bench.deliver(whole(run.fulls[back]));
			assert.deepEqual(bench.printer.state, stateAt(run, back));
			for (let index = back + 1; index < MESSAGES; index++) bench.deliver(part(run.deltas[index]));
			assert.deepEqual(bench.printer.state, stateAt(run, MESSAGES - 1));
		}),
		{ numRuns: 8 },
	);
});
