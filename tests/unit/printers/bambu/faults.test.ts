// What is said of a fault, and what is offered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faultText, faultTexts } from "../../../../modules/printers/bambu/fault-texts/fault-texts";
import { familyCode, faultModule } from "../../../../modules/printers/bambu/faults/fault-codes";
import type { Fault } from "../../../../modules/printers/printer-state";
import { benchPrinter, type Json } from "./bench-printer";

const numberOf = (digits: string): number => Number.parseInt(digits.replace("_", ""), 16);

/** Of a report with that `print_error`, or of that entry in `hms`. */
function faultsOf(digits: string, print: Json = {}): Fault[] {
	const { printer, deliver } = benchPrinter();
	const [first, second] = [digits.slice(0, 9), digits.slice(10)];
	const fields =
		second === ""
			? { print_error: numberOf(first) }
			: { hms: [{ attr: numberOf(first), code: numberOf(second) }] };
	deliver({ print: { command: "push_status", msg: 0, ...fields, ...print } });
	return printer.state.faults;
}
const faultOf = (digits: string, print?: Json): Fault => faultsOf(digits, print)[0] ?? assert.fail(digits);

test("the table has more than eighty meanings, each for well-formed codes, in short words of its own", () => {
	assert.ok(new Set(faultTexts.values()).size >= 80);
	for (const [digits, text] of faultTexts) {
		assert.match(digits, /^[0-9A-F]{4}(_[0-9A-F]{4}){1}((_[0-9A-F]{4}){2})?$/);
		assert.match(text, /^[A-Z].*\.$/, digits);
		assert.ok(text.length <= 100, `${digits}: ${text}`);
		assert.equal(faultText(digits), text);
	}
});

test("every code of the table is reported with its text, its part and its link", () => {
	for (const [digits, text] of faultTexts) {
		const fault = faultOf(digits);
		assert.equal(fault.text, text);
		assert.notEqual(fault.module, "Printer", digits);
		assert.match(fault.url ?? "", /^https:\/\/wiki\.bambulab\.com\/en\/hms/);
	}
});

test("of a code without a text, part and code are told, with a link: it is never blank", () => {
	assert.deepEqual(faultsOf("0500_0600_0002_0070"), [
		{
			code: "HMS_0500_0600_0002_0070",
			severity: "serious",
			module: "Mainboard",
			text: "Mainboard: fault 0500_0600_0002_0070",
			url: "https://wiki.bambulab.com/en/hmscode/0500_0600_0002_0070",
			actions: [],
		},
	]);
	assert.deepEqual(faultsOf("0100_0020"), [
		{
			code: "0100_0020",
			severity: "serious",
			module: "Printer",
			text: "Printer: fault 0100_0020",
			url: "https://wiki.bambulab.com/en/hms/home",
			actions: ["dismiss"],
		},
	]);
	assert.equal(faultOf("0C00_0900_0004_0001").text, "Camera: notice 0C00_0900_0004_0001");
});

for (const [digits, severity] of [
	["0300_0100_0001_0001", "fatal"],
	["0300_0100_0002_0001", "serious"],
	["0C00_0300_0003_0007", "common"],
	["0C00_0300_0004_0007", "info"],
	["0C00_0300_0009_0007", "info"],
	["0300_8004", "serious"],
	["0300_4000", "serious"],
	["0C00_C003", "common"],
] as const) {
	test(`${digits} is ${severity}`, () => {
		assert.equal(faultOf(digits).severity, severity);
	});
}

for (const [digits, module] of [
	["0300_8004", "Motion controller"],
	["0500_4004", "Mainboard"],
	["0800_0100_0001_0001", "Toolhead"],
	["0C00_0300_0003_0007", "Camera"],
	["0700_8011", "AMS A"],
	["0701_2300_0002_0001", "AMS B, slot 4"],
	["0703_1000_0002_0002", "AMS D, slot 1"],
	["0702_9600_0001_0001", "AMS C"],
	["07FF_8011", "External spool"],
	["1200_2100_0002_0001", "AMS Lite A, slot 2"],
	["1801_8011", "AMS HT B"],
	["1800_2000_0002_0001", "AMS HT A"],
	["0710_8011", "AMS"],
	["18FF_8011", "External spool"],
	["9900_0000", "Printer"],
] as const) {
	test(`${digits} is of: ${module}`, () => {
		assert.equal(faultModule(digits), module);
	});
}

test("a fault of any unit and slot has the text of the first one", () => {
	assert.equal(familyCode("0702_2300_0002_0001"), "0700_2000_0002_0001");
	assert.equal(familyCode("1801_8011"), "0700_8011");
	assert.equal(familyCode("18FF_8011"), "07FF_8011");
	assert.equal(familyCode("0701_9600_0001_0001"), "0700_9600_0001_0001");
	assert.equal(familyCode("0300_8004"), "");
	for (const digits of ["0700_8011", "0703_8011", "1200_8011", "1807_8011"])
		assert.equal(faultText(digits), "The spool has run out. Put a new one into the same slot, then resume.");
	for (const digits of ["0701_2200_0002_0002", "1200_2300_0002_0002", "1803_2000_0002_0002"])
		assert.equal(faultText(digits), "The slot is empty. Put in a spool.");
	assert.notEqual(
		faultText("1200_8005"),
		faultText("0700_8005"),
		"where a kind of unit means something else",
	);
});

test("what a person did on purpose is no fault: a cancelled job is marked, a paused one is paused", () => {
	const jobOf = (print: Json) => {
		const { printer, deliver } = benchPrinter();
		deliver({ print: { command: "push_status", msg: 0, ...print } });
		assert.deepEqual(printer.state.faults, []);
		return printer.state.job;
	};
	assert.deepEqual(jobOf({ print_error: 50348044, gcode_state: "FAILED" }), {
		state: "failed",
		cancelled: true,
	});
	assert.deepEqual(jobOf({ print_error: 0x0500400e, gcode_state: "FAILED" }), {
		state: "failed",
		cancelled: true,
	});
	assert.deepEqual(jobOf({ print_error: 0x03008001, gcode_state: "PAUSE" }), { state: "paused" });
	assert.deepEqual(jobOf({ print_error: 50348044, gcode_state: "RUNNING" }), { state: "printing" });
	assert.deepEqual(jobOf({ print_error: 0, gcode_state: "FAILED" }), { state: "failed" });
});

for (const [digits, job, actions] of [
	// Errors that pause a job, that end one, and notices.
	["0300_8004", "PAUSE", ["resume", "stop", "dismiss"]],
	["0300_8004", "RUNNING", ["stop", "dismiss"]],
	["0300_8004", "FAILED", ["dismiss"]],
	["0300_4000", "PAUSE", ["dismiss"]],
	["0C00_C003", "RUNNING", ["dismiss"]],
	["0700_8011", "PAUSE", ["resume", "stop", "dismiss"]],
	// Steps of loading and unloading.
	["0702_8006", "PAUSE", ["retry", "stop", "dismiss"]],
	["1800_8003", "IDLE", ["retry", "dismiss"]],
	["07FF_C006", "IDLE", ["retry", "dismiss"]],
	["07FF_8007", "PAUSE", ["done", "retry", "stop", "dismiss"]],
	["18FF_8007", "IDLE", ["done", "retry", "dismiss"]],
	// Doubts.
	["0500_8051", "PAUSE", ["resume", "ignore", "stop", "dismiss"]],
	["0500_8051", "IDLE", ["dismiss"]],
	// An error that is not in any table.
	["0300_8FFF", "PAUSE", ["resume", "stop", "dismiss"]],
] as const) {
	test(`${digits} offers ${actions.join(", ")} while the job is ${job}`, () => {
		assert.deepEqual(faultOf(digits, { gcode_state: job }).actions, actions);
	});
}

test("what is offered follows the job", () => {
	const { printer, deliver } = benchPrinter();
	const delta = (print: Json) => deliver({ print: { command: "push_status", msg: 1, ...print } });
	delta({ gcode_state: "RUNNING", print_error: numberOf("0300_8005") });
	assert.deepEqual(printer.state.faults[0]?.actions, ["stop", "dismiss"]);
	delta({ gcode_state: "PAUSE" });
	assert.deepEqual(printer.state.faults[0]?.actions, ["resume", "stop", "dismiss"]);
	delta({ print_error: 0 });
	assert.deepEqual(printer.state.faults, []);
});

test("entries of hms are there to be read, the worst first, and offer nothing", () => {
	const hms = ["0300_9600_0003_0001", "0700_2000_0002_0002"].map((digits) => ({
		attr: numberOf(digits.slice(0, 9)),
		code: numberOf(digits.slice(10)),
	}));
	const faults = faultsOf("0300_8042", { hms, gcode_state: "PAUSE" });
	assert.deepEqual(
		faults.map(({ module, text, actions }) => [module, text, actions.length]),
		[
			["Motion controller", "The door is open, and the job is paused. Close it, then resume.", 3],
			["AMS A, slot 1", "The slot is empty. Put in a spool.", 0],
			["Motion controller", "The door is open.", 0],
		],
	);
});
