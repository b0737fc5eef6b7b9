// G-code that a person typed: what goes through and what does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { CommandRefusal } from "../../../../../modules/printers/command";
import { readGcode } from "../../../../../sim/printers/bambu/gcode";
import { commandBench, homed, hot, printing } from "./command-bench";

const ready = { machine: (machine: Parameters<typeof hot>[0]) => homed(hot(machine)) };

async function sentFor(lines: string, options = ready as Parameters<typeof commandBench>[0]) {
	const { result, sent } = await commandBench(options).run({ command: "gcode", lines });
	assert.deepEqual(result, { ok: true }, lines);
	return (JSON.parse(sent[0] ?? "") as { print: { param: string } }).print.param;
}

test("lines go out as they are, with an end to the last one", async () => {
	for (const lines of [
		"M104 S220",
		"M104 T0 S220\nM140 S60\n",
		"m106 p2 s0 ; off",
		"M106S10",
		"M107",
		"M1002 gcode_claim_action : 0",
		"M117 Hello there",
		"M620 R5",
		"G4 P500",
		"; a remark\n\nM400",
		"G28",
		"M109 S200",
		"T1000",
		"G29.1 Z-0.02",
		"M106 P1 S+.5",
	])
		assert.equal(await sentFor(lines), lines.endsWith("\n") ? lines : `${lines}\n`);
});

test("what moves gets the printer's own limits around it, whichever way the word is written", async () => {
	for (const lines of ["G1 X10", "g0 z5", "G01 Y-1", "G91\nG380 S2 Z5 F100", "G1.1 Z-5", "G1 E5"])
		assert.equal(await sentFor(lines), `M211 S\nM211 X1 Y1 Z1\n${lines}\nM211 R\n`);
});

const refusals: readonly [string, CommandRefusal][] = [
	["M104 S301", "out_of_range"],
	["M104 S-1", "out_of_range"],
	["M0104 S301", "out_of_range"],
	["M109 R999", "out_of_range"],
	["M109 S200 H999", "out_of_range"],
	["m140s101", "out_of_range"],
	["M190 S101", "out_of_range"],
	["M141 S1", "out_of_range"],
	["M191 S60", "out_of_range"],
	["M106 P1 S256", "out_of_range"],
	["M106 S-1", "out_of_range"],
	["M400\nM104 S301", "out_of_range"],
	["M104 S200 S400", "bad_field"],
	["M104 S200 M104 S400", "bad_field"],
	["N1 M104 S400*33", "bad_field"],
	["M104 S1e3", "bad_field"],
	["M104 S0x190", "bad_field"],
	["G28 Z", "bad_field"],
	["G28 X Y", "bad_field"],
	["; nothing", "bad_field"],
	["   ", "bad_field"],
	["G1X10E5", "bad_field"],
	["M104 SINF", "bad_field"],
	["hello", "bad_field"],
	["(M104 S400)", "bad_field"],
	["M104\tS400", "bad_field"],
	["M104 S200\r\n", "bad_field"],
	["M104 Ｓ400", "bad_field"],
	["M211 X0 Y0 Z0", "not_supported"],
	["M302 P1", "not_supported"],
	["M303 E0 S400", "not_supported"],
	["M997", "not_supported"],
	["M302.1 P1", "not_supported"],
	["M211.5 X0", "not_supported"],
	["M104.1 S400", "out_of_range"],
	["m0140.05 s300", "out_of_range"],
	["M106.1 S256", "out_of_range"],
	["G28.1 Z", "bad_field"],
];
for (const [lines, code] of refusals)
	test(`${JSON.stringify(lines)} is refused: ${code}`, async () => {
		assert.equal((await commandBench(ready).refused({ command: "gcode", lines })).code, code);
	});

test("no G-code heats beyond the limits, as the printer reads it", async () => {
	const part = fc.constantFrom(
		"M104",
		"M109",
		"M140",
		"M190",
		"M141",
		"m104 ",
		"M0140",
		"G1",
		";",
		"\n",
		" ",
		"S",
		"T1",
		"R",
	);
	const number = fc.integer({ min: -50, max: 999 }).map(String);
	const lines = fc
		.array(fc.oneof(part, number), { minLength: 1, maxLength: 12 })
		.map((parts) => parts.join(""));
	const { run } = commandBench({ machine: (machine) => homed(hot(machine)) });
	await fc.assert(
		fc.asyncProperty(lines, async (given) => {
			const { sent } = await run({ command: "gcode", lines: given });
			if (sent.length === 0) return;
			const { param } = (JSON.parse(sent[0] ?? "") as { print: { param: string } }).print;
			for (const effect of readGcode(param)) {
				if (!("targetC" in effect)) continue;
				const limit = { nozzle: 300, bed: 100, chamber: 0 }[effect.kind];
				assert.ok(effect.targetC >= 0 && effect.targetC <= limit, param);
			}
		}),
		{ numRuns: 500 },
	);
});

test("during a job G-code may heat and blow, and nothing else", async () => {
	const { refused } = commandBench({ machine: printing });
	for (const lines of ["G1 X1", "G28", "M84", "T1", "M1002 x", "M104.1 S0", "M104 S200\nG28"])
		assert.equal((await refused({ command: "gcode", lines })).code, "wrong_state");
	assert.equal((await refused({ command: "gcode", lines: "M104 S301" })).code, "out_of_range");
});
