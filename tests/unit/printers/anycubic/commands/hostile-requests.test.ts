// Whatever a stranger sends, or a printer answers: nothing throws, and what goes out is within the printer's limits.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AnycubicCommand } from "../../../../../modules/printers/anycubic/anycubic-connection";
import { commandTable } from "../../../../../modules/printers/anycubic/commands/table";
import { capabilitiesOf } from "../../../../../modules/printers/anycubic/models";
import type { CommandRequest } from "../../../../../modules/printers/command";
import {
	ace,
	type CommandBenchOptions,
	commandBench,
	idle,
	KOBRA_2_PLUS,
	KOBRA_3,
	KOBRA_S1,
	levelling,
	paused,
	printing,
} from "./command-bench";

const SEED = 20_021;
const commands = Object.keys(commandTable);
const fields = [...new Set(Object.values(commandTable).flatMap((entry) => Object.keys(entry.fields)))];
const words = [
	...new Set(
		Object.values(commandTable).flatMap((entry) =>
			Object.values(entry.fields).flatMap((field) => ("words" in field ? field.words : [])),
		),
	),
];

const path = fc
	.array(fc.constantFrom("..", ".", "", "a", "boats", "Boat.gcode", "x.gcode", "\\", "a\\b", "~", "é"), {
		minLength: 1,
		maxLength: 4,
	})
	.map((parts) => parts.join("/"));
const url = fc
	.tuple(
		fc.constantFrom("http://", "https://", "ftp://", "http:/", ""),
		fc.constantFrom("192.0.2.5", "anycubic.com", "x.anycubic.com", "xanycubic.com", "a@b", "a:80", ""),
		fc.constantFrom("/a.gcode", "", "/../a", "/ a"),
	)
	.map((parts) => parts.join(""));
const place = fc.record({ unit: fc.integer({ min: -1, max: 3 }), slot: fc.integer({ min: -1, max: 5 }) });
const value = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: -20, max: 500 }) },
	{ weight: 2, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
	{ weight: 2, arbitrary: fc.boolean() },
	{ weight: 3, arbitrary: fc.constantFrom(...words, "PLA", "a.gcode", "0123456789abcdef0123456789abcdef") },
	{ weight: 3, arbitrary: path },
	{ weight: 2, arbitrary: url },
	{ weight: 1, arbitrary: fc.array(fc.oneof(place, fc.constantFrom(null, "external"))) },
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
			{ maxKeys: 6 },
		),
	)
	.map(([command, rest]): CommandRequest => ({ ...rest, command }));
/** Each field of the kind that it has to be of, so that the guards are asked. */
const fitting = fc.constantFrom(...commands).chain((command) => {
	const entry = commandTable[command] ?? assert.fail();
	const arbitraries: Record<string, fc.Arbitrary<unknown>> = {};
	for (const [key, field] of Object.entries(entry.fields)) {
		const fit =
			field.kind === "flag"
				? fc.boolean()
				: field.kind === "number"
					? field.whole
						? fc.integer({ min: Math.max(-400, field.min), max: Math.min(400, field.max) })
						: fc.double({ min: field.min, max: field.max, noNaN: true })
					: field.kind === "word"
						? fc.constantFrom(...field.words)
						: field.kind === "places"
							? fc.array(fc.oneof(place, fc.constantFrom(null, "external")), { minLength: 1, maxLength: 3 })
							: key === "url"
								? url
								: key === "md5"
									? fc.constant("0123456789abcdef0123456789abcdef")
									: key === "folder"
										? path.map((folder) => `/${folder}`)
										: path;
		arbitraries[key] = fit;
	}
	const required = Object.keys(entry.fields).filter((key) => entry.fields[key]?.optional === undefined);
	return fc
		.record(arbitraries, { requiredKeys: required })
		.map((values): CommandRequest => ({ ...values, ...(entry.confirm && { confirm: true }), command }));
});

function checkSent({ type, action, data }: AnycubicCommand, modelId: string, situation: string): void {
	const { maxNozzle, maxBed } = capabilitiesOf(modelId);
	const text = JSON.stringify(data);
	assert.ok(!(type === "ota" && action !== "reportVersion"), "firmware is never updated");
	if (type === "print" && action === "start") {
		assert.equal(situation, "at rest", "no job on top of anything");
		assert.ok(String(data?.filename).toLowerCase().endsWith(".gcode"), text);
		if (data?.url !== undefined) assert.match(String(data.url), /^https?:\/\/[a-z0-9.-]+(:\d+)?\//);
	}
	if (type === "print" && action === "update") {
		assert.ok(situation === "at work" || situation === "in a pause", "an idle printer drops it");
		const settings = (data?.settings ?? {}) as Record<string, unknown>;
		const within = (key: string, max: number): void => {
			const setting = settings[key];
			if (setting === undefined) return;
			assert.ok(typeof setting === "number" && setting >= 0 && setting <= max, text);
		};
		within("target_nozzle_temp", maxNozzle);
		within("target_hotbed_temp", maxBed);
		within("fan_speed_pct", 100);
		within("aux_fan_speed_pct", 100);
		within("box_fan_level", 100);
		within("print_speed_mode", 3);
		if (settings.z_comp !== undefined) assert.match(String(settings.z_comp), /^-?(0\.[0-9]{2}|1\.00)$/);
	}
	if (type === "print" && (action === "pause" || action === "stop" || action === "cancel"))
		assert.ok(situation === "at work" || situation === "in a pause", action);
	for (const key of ["filename", "filepath", "path"]) {
		const where = data?.[key];
		if (where === undefined) continue;
		assert.ok(typeof where === "string" && !where.split("/").includes("..") && !where.includes("\\"), text);
	}
	if (type === "multiColorBox" && text.includes("target_temp")) {
		const target = Number(/"target_temp":(-?\d+)/.exec(text)?.[1]);
		assert.ok(target >= 35 && target <= 55, text);
	}
}

const situations: readonly [string, CommandBenchOptions][] = [
	["at rest", idle],
	["at work", printing],
	["in a pause", paused],
	["levelling", levelling],
];

for (const modelId of [KOBRA_2_PLUS, KOBRA_3, KOBRA_S1])
	for (const [situation, options] of situations)
		for (const [kind, requests] of [
			["any request", request],
			["a request that nearly fits", fitting],
		] as const)
			test(`${kind} to a ${modelId} ${situation} is answered, and keeps to the limits`, () => {
				let sentInAll = 0;
				fc.assert(
					fc.property(requests, (given) => {
						const bench = commandBench({ ...options, modelId, units: [ace(0)] });
						const refusal = bench.gate.refusal(given);
						void bench.gate.run(given);
						const sent = bench.sent();
						assert.equal(sent.length, refusal ? 0 : 1);
						if (refusal) assert.ok(refusal.message.length > 0);
						for (const command of sent) {
							assert.ok(bench.wire(command).length < 4_000);
							checkSent(command, modelId, situation);
						}
						sentInAll += sent.length;
						bench.gate.disconnected();
						assert.equal(bench.clock.pendingTimers, 0);
					}),
					{ numRuns: 250, seed: SEED },
				);
				if (kind !== "any request") assert.ok(sentInAll > 20, `only ${sentInAll} were sent`);
			});

test("whatever a printer answers, each command ends once and nothing is left behind", async () => {
	const envelope = fc.record(
		{
			action: fc.constantFrom("", "start", "pause", "stop", "update", "listLocal", "query", "toString"),
			state: fc.constantFrom("done", "failed", "paused", "updated", "checking", "stoped", "__proto__", ""),
			code: fc.constantFrom(200, 10101, 10107, 0, -1, 1e300),
			msg: fc.string({ maxLength: 160 }),
			msgid: fc.constantFrom("mine", "", "x", "__proto__"),
		},
		{ requiredKeys: ["action"] },
	);
	const step = fc.oneof(
		fc.record({
			kind: fc.constant("report" as const),
			type: fc.constantFrom("print", "file", "status", "ota", "toString"),
			envelope,
		}),
		fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 4_000 }) }),
		fc.record({
			kind: fc.constant("ask" as const),
			request: fc.constantFrom<CommandRequest>(
				{ command: "start", file: "Boat.gcode" },
				{ command: "list_files", place: "local" },
				{ command: "query_status" },
				{ command: "query_print" },
				{ command: "query_firmware" },
			),
		}),
		fc.record({ kind: fc.constant("lose" as const) }),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
			const bench = commandBench(idle);
			let asked = 0;
			let ended = 0;
			let last = "";
			let starts = 0;
			for (const one of steps) {
				if (one.kind === "wait") bench.clock.advance(one.ms);
				else if (one.kind === "lose") bench.gate.disconnected();
				else if (one.kind === "ask") {
					asked++;
					void bench.gate.run(one.request).then(() => ended++);
				} else {
					const { msgid, ...rest } = one.envelope;
					const named = msgid === undefined ? {} : { msgid: msgid === "mine" ? last : msgid };
					bench.gate.take({ type: one.type, envelope: { data: {}, ...rest, ...named } });
				}
				for (const command of bench.sent()) {
					last = command.msgid;
					if (command.action === "start") starts++;
				}
			}
			bench.clock.advance(30_000);
			for (let turn = 0; turn < 10; turn++) await Promise.resolve();
			assert.equal(ended, asked, "each one has ended");
			assert.equal(bench.clock.pendingTimers, 0);
			assert.ok(starts <= asked * 2);
		}),
		{ numRuns: 400, seed: SEED },
	);
});

test("a request that was made to harm objects harms none", async () => {
	for (const text of [
		'{"command":"speed","__proto__":{"level":1}}',
		'{"command":"bed_temperature","target":{"valueOf":1}}',
		'{"command":"__proto__"}',
		'{"command":"constructor"}',
		'{"command":"light","mode":["on"]}',
		'{"command":"delete_file","place":"__proto__","file":"a.gcode","confirm":true}',
		'{"command":"delete_file","place":"local","file":{"split":1},"confirm":true}',
		'{"command":"start","file":"a.gcode","spools":[{"__proto__":{"unit":0,"slot":0}}]}',
		'{"command":"stop","confirm":1}',
	]) {
		const bench = commandBench({ ...printing, modelId: KOBRA_S1, units: [ace(0)] });
		const result = await bench.refused(JSON.parse(text) as CommandRequest);
		assert.equal(result.ok, false, text);
	}
});
