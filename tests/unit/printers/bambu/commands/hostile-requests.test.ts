// Whatever a stranger sends: nothing throws, and what goes out is within the printer's limits.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commandTable } from "../../../../../modules/printers/bambu/commands/table";
import type { CommandRequest } from "../../../../../modules/printers/command";
import { readGcode } from "../../../../../sim/printers/bambu/gcode";
import { isJsonObject, type JsonObject, parseJson } from "../../../../../sim/printers/bambu/json";
import type { PrinterModelName } from "../../../../../sim/printers/bambu/models";
import { type CommandBenchOptions, commandBench, homed, hot, paused, printing } from "./command-bench";

const commands = Object.keys(commandTable);
const fields = [...new Set(Object.values(commandTable).flatMap((entry) => Object.keys(entry.fields)))];
const words = [
	...new Set(
		Object.values(commandTable).flatMap((entry) =>
			Object.values(entry.fields).flatMap((field) => ("words" in field ? field.words : [])),
		),
	),
];

const place = fc.record({
	unit: fc.constantFrom(0, 1, 2, 16, 128, 255),
	slot: fc.integer({ min: -1, max: 5 }),
});
const value = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: -20, max: 500 }) },
	{ weight: 2, arbitrary: fc.boolean() },
	{ weight: 2, arbitrary: fc.constantFrom(...words, "external", "external_left", "PLA", "FF8800", "a.3mf") },
	{ weight: 2, arbitrary: place },
	{ weight: 1, arbitrary: fc.array(fc.constantFrom(...words)) },
	{ weight: 1, arbitrary: fc.array(fc.oneof(fc.integer(), place, fc.constant(null))) },
	{ weight: 2, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
);
const request = fc
	.tuple(
		fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...commands) }, { weight: 1, arbitrary: fc.string() }),
		fc.dictionary(
			fc.oneof(
				{ weight: 9, arbitrary: fc.constantFrom(...fields, "confirm") },
				{ weight: 1, arbitrary: fc.string() },
			),
			value,
			{ maxKeys: 4 },
		),
	)
	.map(([command, rest]): CommandRequest => ({ ...rest, command }));

/** Requests with exactly the fields that their command has: most of them go through. */
const fitting = fc.constantFrom(...commands).chain((command) =>
	fc
		.record(
			Object.fromEntries(Object.keys(commandTable[command]?.fields ?? {}).map((name) => [name, value])),
			{ requiredKeys: [] },
		)
		.map((rest): CommandRequest => ({ ...rest, confirm: true, command }))
		.map((given) => {
			const { confirm, ...others } = given;
			return commandTable[command]?.confirm ? given : { ...others, command };
		}),
);

interface Limits {
	nozzle: number;
	bed: number;
	chamber: number;
}
const limits: Partial<Record<PrinterModelName, Limits>> = {
	P1S: { nozzle: 300, bed: 100, chamber: 0 },
	"A1 mini": { nozzle: 300, bed: 80, chamber: 0 },
	H2D: { nozzle: 350, bed: 120, chamber: 65 },
};

const within = (value: unknown, min: number, max: number): void =>
	assert.ok(typeof value === "number" && value >= min && value <= max, `${value} is from ${min} to ${max}`);

function checkMessage(body: JsonObject, { nozzle, bed, chamber }: Limits): void {
	assert.ok(!Object.values(body).includes(null as never), "nothing is null");
	switch (body.command) {
		case "set_nozzle_temp":
			within(body.target_temp, 0, nozzle);
			within(body.extruder_index, 0, 1);
			break;
		case "set_bed_temp":
			within(body.temp, 0, bed);
			break;
		case "set_ctt":
			within(body.ctt_val, 0, chamber);
			break;
		case "set_fan":
			within(body.speed, 0, 100);
			break;
		case "set_extrusion_length":
			within(Math.abs(Number(body.length)), 1, 50);
			break;
		case "ams_filament_drying":
			within(body.temp, 0, 85);
			within(body.duration, 0, 24);
			break;
		case "ams_filament_setting":
			within(body.nozzle_temp_max, 1, nozzle);
			within(body.nozzle_temp_min, 1, Number(body.nozzle_temp_max));
			break;
		case "print_speed":
			assert.ok(["1", "2", "3", "4"].includes(String(body.param)));
			break;
		case "project_file":
			assert.ok(!String(body.url).includes(".."));
			break;
		case "gcode_line":
			for (const effect of readGcode(String(body.param))) {
				if ("targetC" in effect) within(effect.targetC, 0, { nozzle, bed, chamber }[effect.kind]);
				if (effect.kind === "fan") within(effect.speed, 0, 255);
			}
	}
}

const situations: readonly [string, NonNullable<CommandBenchOptions["machine"]>][] = [
	["at rest", (machine) => homed(hot(machine))],
	["at work", printing],
	["in a pause", paused],
];
/** What may not go out while a job is under way. */
const atRestOnly = [
	"back_to_center",
	"xyz_ctrl",
	"calibration",
	"project_file",
	"select_extruder",
	"ams_get_rfid",
];
const notRunning = ["ams_change_filament", "unload_filament", "set_extrusion_length"];

for (const model of Object.keys(limits) as PrinterModelName[])
	for (const [situation, machine] of situations)
		for (const [kind, requests] of [
			["any request", request],
			["a request that nearly fits", fitting],
		] as const)
			test(`${kind} to a ${model} ${situation} is answered, and keeps to the limits`, async () => {
				const { run } = commandBench({ model, machine });
				await fc.assert(
					fc.asyncProperty(requests, async (given) => {
						const { result, sent } = await run(given);
						assert.ok(result.ok || result.message.length > 0);
						for (const text of sent) {
							const message = parseJson(text);
							const [body] = isJsonObject(message) ? Object.values(message) : [];
							assert.ok(isJsonObject(body));
							checkMessage(body, limits[model] ?? { nozzle: 0, bed: 0, chamber: 0 });
							const command = String(body.command);
							if (situation !== "at rest") assert.ok(!atRestOnly.includes(command), text);
							if (situation === "at work") assert.ok(!notRunning.includes(command), text);
						}
					}),
					{ numRuns: 300 },
				);
			});

test("a request that was made to harm objects harms none", async () => {
	const { run } = commandBench();
	for (const text of [
		'{"command":"bed_temperature","__proto__":{"target":400}}',
		'{"command":"bed_temperature","target":{"valueOf":1}}',
		'{"command":"__proto__"}',
		'{"command":"toString"}',
		'{"command":"light","mode":["on"]}',
		'{"command":"light","mode":"on","light":"__proto__"}',
		'{"command":"calibration","steps":["toString"]}',
		'{"command":"load","spool":{"__proto__":{"unit":0,"slot":0}}}',
	]) {
		const { result, sent } = await run(JSON.parse(text) as CommandRequest);
		assert.equal(result.ok, false, text);
		assert.deepEqual(sent, []);
	}
});
