// What is refused before it is sent, with which code, and what a person is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { commandTable } from "../../../../../modules/printers/anycubic/commands/table";
import { BUSY_STAGE } from "../../../../../modules/printers/anycubic/report/job-words";
import type { CommandRefusal, CommandRequest } from "../../../../../modules/printers/command";
import {
	ace,
	type CommandBenchOptions,
	commandBench,
	idle,
	KOBRA_2_PLUS,
	KOBRA_3,
	KOBRA_S1,
	KOBRA_X,
	levelling,
	paused,
	printing,
} from "./command-bench";

type Row = readonly [
	why: string,
	printer: CommandBenchOptions,
	request: CommandRequest,
	code: CommandRefusal,
	words: RegExp,
];

const k2: CommandBenchOptions = { ...idle, modelId: KOBRA_2_PLUS };
const running: CommandBenchOptions = { ...printing, modelId: KOBRA_2_PLUS };
const waiting: CommandBenchOptions = { ...paused, modelId: KOBRA_2_PLUS };
const busy: CommandBenchOptions = { ...levelling, modelId: KOBRA_2_PLUS };
/** As the state shows it once the printer has said it. */
const busyStage: CommandBenchOptions = { ...busy, job: { state: "unknown", stage: BUSY_STAGE } };
const unheard: CommandBenchOptions = { ...k2, job: { state: "unknown" } };
const outOfSight: CommandBenchOptions = { ...k2, isCurrent: false };
const finished: CommandBenchOptions = { ...k2, job: { state: "finished" } };
const k3: CommandBenchOptions = { ...idle, modelId: KOBRA_3, units: [ace(0)] };
const k3Running: CommandBenchOptions = { ...k3, ...printing };
const s1: CommandBenchOptions = { ...idle, modelId: KOBRA_S1 };
const kx: CommandBenchOptions = { ...idle, modelId: KOBRA_X, units: [ace(0)] };

const MD5 = "943c0dff568dd508e21af2d894bb6b49";
const start = (fields: object = {}): CommandRequest => ({ command: "start", file: "Boat.gcode", ...fields });
const fetched = (fields: object = {}): CommandRequest =>
	start({ url: "http://192.0.2.5/Boat.gcode", sizeBytes: 1_000, md5: MD5, ...fields });
const remove = (fields: object = {}): CommandRequest => ({
	command: "delete_file",
	place: "local",
	file: "Boat.gcode",
	confirm: true,
	...fields,
});
const dry = (fields: object = {}): CommandRequest => ({
	command: "dry_start",
	unit: 0,
	target: 45,
	hours: 4,
	...fields,
});

/** What an idle printer drops without a word. */
const tuning: readonly CommandRequest[] = [
	{ command: "speed", level: 2 },
	{ command: "nozzle_temperature", target: 200 },
	{ command: "bed_temperature", target: 50 },
	{ command: "fan", fan: "part", percent: 50 },
	{ command: "z_compensation", distance: 0.1 },
	{ command: "query_settings" },
];

const badFiles = [
	"../Boat.gcode",
	"boats/../../Boat.gcode",
	"./Boat.gcode",
	"/Boat.gcode",
	"//Boat.gcode",
	"boats//Boat.gcode",
	"boats/",
	"boats\\Boat.gcode",
	"Boat.3mf",
	"Boat.gcode.sh",
	".gcode",
	"boats/.gcode",
	`${"x".repeat(300)}.gcode`,
];
const badUrls = [
	"ftp://192.0.2.5/Boat.gcode",
	"file:///etc/passwd",
	"http://192.0.2.5",
	"http:///Boat.gcode",
	"http://user@192.0.2.5/Boat.gcode",
	"http://192.0.2.5:99999/Boat.gcode",
	"http://192.0.2.5:8o/Boat.gcode",
	"http://192.0.2.5:80:80/Boat.gcode",
	"http://192.0.2.5/Boat of mine.gcode",
	"http://..example.org/Boat.gcode",
	"http://evil\\@anycubic.com/Boat.gcode",
	"HTTP//192.0.2.5/Boat.gcode",
];

const rows: readonly Row[] = [
	...[running, waiting, { ...running, job: { state: "preparing" } as const }].map(
		(printer): Row => ["a job is under way", printer, start(), "wrong_state", /job is under way/],
	),
	...[busy, busyStage].flatMap((printer): Row[] => [
		[
			"it is busy without a job",
			printer,
			start(),
			"wrong_state",
			/busy with something of its own.*lock it up/,
		],
		["it is busy without a job", printer, fetched({ patched: true }), "wrong_state", /lock it up/],
		["it is busy without a job", printer, { command: "pause" }, "wrong_state", /no job/],
		["it is busy without a job", printer, { command: "stop", confirm: true }, "wrong_state", /no job/],
	]),
	["it has not said what it does", unheard, start(), "wrong_state", /not said yet/],
	["it has not been heard since it connected", outOfSight, start(), "wrong_state", /not said yet/],

	...tuning.flatMap((request): Row[] => [
		["it is idle", k2, request, "wrong_state", /only while it prints.*drops it without a word/],
		["its job is over", finished, request, "wrong_state", /drops it without a word/],
		["it is busy without a job", busyStage, request, "wrong_state", /drops it without a word/],
		["it has not said what it does", unheard, request, "wrong_state", /not said yet/],
		["another one is idle", k3, request, "wrong_state", /drops it without a word/],
	]),

	["nothing is printed", k2, { command: "pause" }, "wrong_state", /Nothing is being printed/],
	["it is paused already", waiting, { command: "pause" }, "wrong_state", /Nothing is being printed/],
	["nothing is paused", running, { command: "resume" }, "wrong_state", /Nothing is paused/],
	["there is no job", k2, { command: "stop", confirm: true }, "wrong_state", /No job/],
	["there is no job", k2, { command: "cancel", confirm: true }, "wrong_state", /No job/],
	[
		"there is no job",
		k2,
		{ command: "transfer_local_task", task: "1", localTask: "2" },
		"wrong_state",
		/No job/,
	],
	["nobody has confirmed it", running, { command: "stop" }, "not_confirmed", /"confirm": true/],
	["nobody has confirmed it", running, { command: "cancel" }, "not_confirmed", /"confirm": true/],
	["nobody has confirmed it", k2, remove({ confirm: false }), "not_confirmed", /"confirm": true/],
	["it may not be confirmed", k2, start({ confirm: true }), "bad_field", /no field "confirm"/],

	["it has no such speed", running, { command: "speed", level: 4 }, "not_supported", /3 \(sport\)/],
	["no printer has it", running, { command: "speed", level: 0 }, "out_of_range", /"level"/],
	["that is too hot", running, { command: "nozzle_temperature", target: 261 }, "out_of_range", /260 °C/],
	["that is too hot", running, { command: "bed_temperature", target: 91 }, "out_of_range", /90 °C/],
	["that is below 0", running, { command: "bed_temperature", target: -1 }, "out_of_range", /"target"/],
	[
		"it has one nozzle",
		running,
		{ command: "nozzle_temperature", target: 200, nozzle: 1 },
		"not_supported",
		/one nozzle/,
	],
	["it has no such fan", running, { command: "fan", fan: "aux", percent: 9 }, "not_supported", /that fan/],
	[
		"it has no such fan",
		running,
		{ command: "fan", fan: "chamber", percent: 9 },
		"not_supported",
		/that fan/,
	],
	[
		"none has a second one",
		{ ...s1, ...printing },
		{ command: "fan", fan: "aux2", percent: 9 },
		"not_supported",
		/fan/,
	],
	[
		"that is no percentage",
		running,
		{ command: "fan", fan: "part", percent: 101 },
		"out_of_range",
		/"percent"/,
	],
	["that is too far", running, { command: "z_compensation", distance: 1.01 }, "out_of_range", /"distance"/],
	["that is too low", running, { command: "z_compensation", distance: -1.01 }, "out_of_range", /"distance"/],
	[
		"that is no task",
		running,
		{ command: "transfer_local_task", task: '1"', localTask: "2" },
		"bad_field",
		/numbers of tasks/,
	],
	[
		"that is no task",
		running,
		{ command: "transfer_local_task", task: "1", localTask: "-" },
		"bad_field",
		/tasks/,
	],

	...badFiles.flatMap((file): Row[] => [
		[`the file is ${file.slice(0, 40)}`, k2, start({ file }), "bad_field", /path of a \.gcode file/],
		[`the file is ${file.slice(0, 40)}`, k3, remove({ file }), "bad_field", /path of a \.gcode file/],
	]),
	["the file's name breaks the line", k2, start({ file: "a\nb.gcode" }), "bad_field", /control characters/],
	...["boats", "/boats/", "/../", "/..", "//", "/a/./b", "/a\\b", ""].map(
		(folder): Row => [
			`the folder is "${folder}"`,
			k2,
			{ command: "list_files", place: "local", folder },
			"bad_field",
			/folder/,
		],
	),
	["there is no such place", k2, { command: "list_files", place: "cloud" }, "bad_field", /local, usb/],
	["it is printed", running, remove(), "wrong_state", /being printed/],
	["it may be printed", { ...running, job: { state: "paused" } }, remove(), "wrong_state", /being printed/],
	[
		"it is printed from there",
		{ ...running, job: { state: "printing", name: "Boat.gcode" } },
		remove({ file: "boats/Boat.gcode" }),
		"wrong_state",
		/being printed/,
	],

	...badUrls.map(
		(url): Row => [`the address is ${url}`, k2, fetched({ url, patched: true }), "bad_field", /"url"/],
	),
	["its size is missing", k2, fetched({ sizeBytes: undefined, md5: MD5 }), "bad_field", /"sizeBytes"/],
	[
		"no size and digest are there",
		k2,
		start({ url: "http://192.0.2.5/a.gcode" }),
		"bad_field",
		/"md5" have to/,
	],
	["its digest is none", k2, fetched({ md5: "x".repeat(32) }), "bad_field", /hex digits/],
	["it is in two places", k2, fetched({ place: "usb" }), "bad_field", /not at both/],
	["that belongs to an address", k2, start({ md5: MD5 }), "bad_field", /not at both/],
	["that belongs to an address", k2, start({ patched: true }), "bad_field", /not at both/],
	["it does not fetch files", k3, fetched(), "not_supported", /does not fetch/],
	["its firmware is not known", k2, fetched(), "not_supported", /"patched": true/],
	["its firmware checks hosts", { ...k2, firmware: "3.1.0" }, fetched(), "not_supported", /"patched": true/],
	[
		"its firmware checks hosts",
		{ ...k2, firmware: "3.1.2" },
		fetched({ url: "http://notanycubic.com/Boat.gcode" }),
		"not_supported",
		/maker's servers/,
	],

	["it takes the steps as set there", k2, start({ levelBed: true }), "not_supported", /on their screen/],
	[
		"it takes the spool as set there",
		k2,
		start({ spools: ["external"] }),
		"not_supported",
		/on their screen/,
	],
	[
		"there is no such slot",
		k3,
		start({ spools: [{ unit: 0, slot: 4 }] }),
		"not_supported",
		/no slot 4 in a unit 0/,
	],
	["there is no such unit", k3, start({ spools: [{ unit: 1, slot: 0 }] }), "not_supported", /unit 1/],
	["that slot is empty", k3, start({ spools: [{ unit: 0, slot: 2 }] }), "wrong_state", /empty/],
	["it has one nozzle", k3, start({ spools: ["external_left"] }), "not_supported", /one nozzle/],
	[
		"it does not mix them",
		k3,
		start({ spools: ["external", { unit: 0, slot: 0 }] }),
		"not_supported",
		/not from both/,
	],

	["a Kobra 2 has no light", k2, { command: "light", mode: "on" }, "not_supported", /Kobra 2/],
	["it has no light", k3, { command: "light", mode: "on" }, "not_supported", /no light/],
	[
		"it has no such light",
		s1,
		{ command: "light", light: "work", mode: "on" },
		"not_supported",
		/are: chamber/,
	],
	["it does not flash", s1, { command: "light", mode: "flashing" }, "bad_field", /on, off/],
	["a Kobra 2 has no box", k2, dry(), "not_supported", /Kobra 2/],
	["there is no such box", k3, dry({ unit: 1 }), "not_supported", /unit 1/],
	["the box that is built in does not dry", kx, dry(), "not_supported", /does not dry/],
	[
		"the box that is built in does not dry",
		kx,
		{ command: "dry_stop", unit: 0 },
		"not_supported",
		/does not dry/,
	],
	["that is too hot for it", k3, dry({ target: 56 }), "out_of_range", /35 to 55 °C/],
	["that is too cold to dry", k3, dry({ target: 34 }), "out_of_range", /35 to 55 °C/],
	["that is too long", k3, dry({ hours: 25 }), "out_of_range", /"hours"/],
	["there is no such box", k3, { command: "auto_feed", unit: 3, on: true }, "not_supported", /unit 3/],

	["nobody knows it", k2, { command: "home" }, "unknown_command", /"home"/],
	["nobody knows it", k3, { command: "update" }, "unknown_command", /"update"/],
	["it is no command of a printer", k2, { command: "toString" }, "unknown_command", /toString/],
	["no name is given", k2, { command: 7 as unknown as string }, "bad_field", /"command"/],
	["a field is missing", k2, { command: "start" }, "bad_field", /"file" is missing/],
	["nobody knows the field", k2, start({ plate: 1 }), "bad_field", /no field "plate"/],
];

for (const [why, printer, request, code, words] of rows)
	test(`${JSON.stringify(request).slice(0, 120)} is refused by a ${printer.modelId} (${printer.job?.state}): ${why}`, async () => {
		const result = await commandBench(printer).refused(request);
		assert.equal(result.code, code, result.message);
		assert.match(result.message, words);
	});

test("without a connection nothing goes out", async () => {
	for (const link of ["offline", "connecting"] as const)
		for (const command of Object.keys(commandTable)) {
			const bench = commandBench({ ...running, link });
			const result = await bench.gate.run({ command, confirm: true });
			assert.ok(!result.ok);
			assert.deepEqual(bench.sent(), []);
		}
	assert.equal(
		(await commandBench({ ...running, link: "offline" }).refused({ command: "pause" })).code,
		"offline",
	);
});

test("a printer that has been silent for a while is given commands", () => {
	const bench = commandBench({ ...running, link: "stale" });
	assert.equal(bench.give({ command: "pause" }).command.action, "pause");
});

test("firmware that does not check hosts fetches from anywhere, later firmware from the maker's", () => {
	const wanted: [string | undefined, string][] = [
		["2.3.9", "http://192.0.2.5/Boat.gcode"],
		["3.0.9", "http://host.example:8000/a/b/Boat.gcode"],
		["3.1.2", "https://workbench.s3.us-east-2.amazonaws.com/Boat.gcode"],
		["3.1.0", "http://ANYCUBIC.com/Boat.gcode"],
		[undefined, "https://cdn.anycubicloud.com/Boat.gcode"],
	];
	for (const [firmware, url] of wanted) {
		const bench = commandBench({ ...k2, ...(firmware !== undefined && { firmware }) });
		assert.equal(bench.give(fetched({ url })).command.data?.url, url);
	}
});

test("another file than the one that is printed may be deleted", () => {
	const { command } = commandBench(running).give(remove({ file: "Ship.gcode" }));
	assert.equal(command.action, "deleteLocal");
});

test("within a printer's own limits everything goes out", () => {
	for (const [printer, request] of [
		[running, { command: "nozzle_temperature", target: 260 }],
		[running, { command: "bed_temperature", target: 90 }],
		[k3Running, { command: "nozzle_temperature", target: 300 }],
		[k3Running, { command: "z_compensation", distance: -1 }],
		[k3, dry({ target: 35, hours: 24 })],
		[k3, dry({ target: 55, hours: 1 })],
	] as const)
		assert.ok(commandBench(printer).give(request));
});
