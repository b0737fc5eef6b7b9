// Holds the device to docs/api.yaml.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { FAULT_CODES } from "../../modules/breath/fault-words";
import type {
	RemoteBreathState,
	RemoteRefusal,
	RemoteResult,
} from "../../modules/breath/remote/remote-breath-state";
import { ASKERS } from "../../modules/event-log/asker";
import { EVENT_CODES } from "../../modules/event-log/event-codes";
import type { HttpResponse } from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import { commandTable as anycubicTable } from "../../modules/printers/anycubic/commands/table";
import { commandTable as bambuTable } from "../../modules/printers/bambu/commands/table";
import type { CameraError } from "../../modules/printers/camera";
import type { CameraRefusal } from "../../modules/printers/cameras";
import type { CommandRefusal } from "../../modules/printers/command";
import { PrinterBookError } from "../../modules/printers/printer-book";
import type { TagError } from "../../modules/spools/filament-tag";
import type { TagFailureCode } from "../../modules/spools/filament-tags";
import type { SpoolFailureCode } from "../../modules/spools/spools";
import type { SpoolSlotStatus, SpoolsState } from "../../modules/spools/spools-state";
import type { UpdateErrorCode } from "../../modules/update/firmware-update";
import { type ApiErrorCode, apiError } from "../../modules/web/answers";
import { routes } from "../../modules/web/routes";
import { spoolRoutes } from "../../modules/web/spools/routes";
import { defaultFilaments } from "../../sim/printers/bambu/job-commands";
import { createMachine } from "../../sim/printers/bambu/machine";
import { advance, startPrintJob, withPrintError } from "../../sim/printers/bambu/machine-run";
import { printerModel, printerModelNames } from "../../sim/printers/bambu/models";
import { planPrint, stages } from "../../sim/printers/bambu/print-job";
import { fullReport } from "../../sim/printers/bambu/report";
import { benchPrinter, readCapture, readRecording } from "./printers/bambu/bench-printer";
import { a1PrintSerial, expectedStates } from "./printers/bambu/captures.expected";
import { bearer, benchWeb, content } from "./web/bench-web";

const description = parse(readFileSync(new URL("../../docs/api.yaml", import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(description, "api");

function schema(name: string): ValidateFunction {
	return ajv.getSchema(`api#/components/schemas/${name}`) ?? assert.fail(`no schema ${name}`);
}

function conforms(name: string, value: unknown): void {
	const validate = schema(name);
	assert.ok(validate(JSON.parse(JSON.stringify(value))), JSON.stringify(validate.errors, undefined, 1));
}

test("every capture's state is as the description says", () => {
	for (const [name, { serial }] of Object.entries(expectedStates)) {
		const { printer, deliver } = benchPrinter({ serial });
		conforms("PrinterState", printer.state);
		const { get_version: version, pushall } = readCapture(name);
		deliver(version);
		deliver(pushall);
		conforms("PrinterState", printer.state);
	}
});

test("the state of every model is as the description says, also with a fault and a finish time", () => {
	for (const name of printerModelNames) {
		const idle = createMachine({ model: printerModel(name) });
		const plan = planPrint({ name: "Boat", filaments: defaultFilaments(idle) });
		const printing = advance(startPrintJob(idle, plan), 400_000);
		const runOut = withPrintError(printing, 0x07018011, stages.runout);
		const { printer, deliver, clock } = benchPrinter({ serial: idle.serial });
		clock.setWallTime(Date.UTC(2026, 0, 15));
		deliver({ print: { command: "push_status", msg: 0, ...fullReport(printing) } });
		conforms("PrinterState", printer.state);
		assert.notEqual(printer.state.job.finishTime, undefined, name);
		deliver({ print: { command: "push_status", msg: 0, ...fullReport(runOut) } });
		conforms("PrinterState", printer.state);
		assert.equal(printer.state.faults.length, 1, name);
	}
});

test("every state in the course of a print is as the description says", () => {
	const { printer, deliver } = benchPrinter({ serial: a1PrintSerial });
	for (const { report } of readRecording("a1-print")) {
		deliver(report);
		conforms("PrinterState", printer.state);
	}
});

test("a refused certificate and its help are as the description says", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.fail("untrusted", { certificate: { commonName: "x", sha256: "0f".repeat(32) } });
	conforms("PrinterState", printer.state);
});

test("the description refuses what is no state", () => {
	assert.equal(schema("PrinterState")({}), false);
	const state = { ...benchPrinter().printer.state, accessCode: "12345678" };
	assert.equal(schema("PrinterState")(state), false, "a field that is not described is not let through");
});

test("every error is as the description says", () => {
	const codes: Record<ApiErrorCode, number> = {
		bad_json: 400,
		bad_field: 400,
		unauthorized: 401,
		wrong_password: 401,
		foreign_origin: 403,
		not_found: 404,
		no_heater: 404,
		no_spools: 404,
		method_not_allowed: 405,
		not_acceptable: 406,
		already_set_up: 409,
		no_free_slot: 409,
		wrong_access_code: 409,
		wrong_serial: 409,
		untrusted_certificate: 409,
		certificate_changed: 409,
		printer_full: 409,
		lan_mode_off: 409,
		fault_remains: 409,
		not_supported: 409,
		heater_locked: 409,
		heater_refused: 409,
		superseded: 409,
		no_answer: 504,
		too_many_attempts: 429,
		not_stored: 500,
		unreachable: 502,
		unavailable: 503,
		busy: 503,
		too_many_clients: 503,
	};
	for (const [code, status] of Object.entries(codes)) {
		const response = apiError(code as ApiErrorCode, "words");
		assert.equal(response.status, status);
		conforms("Error", JSON.parse(String(response.body)));
	}
	const described = description.components.schemas.Error.properties.error.properties.code.enum;
	assert.deepEqual(described.sort(), Object.keys(codes).sort());
});

test("what a camera's WebSocket tells is as the description says", async () => {
	const { cameras, http } = await benchWeb();
	const open = (): string[] => {
		const socket = http.upgrade("/api/printers/a/camera", { host: "192.0.2.1" });
		return "frames" in socket ? socket.frames : assert.fail();
	};
	const errors: Record<CameraError, true> = {
		unreachable: true,
		camera_off: true,
		hung_up: true,
		no_pictures: true,
		too_large: true,
		not_understood: true,
		wrong_serial: true,
		untrusted_certificate: true,
		certificate_changed: true,
	};
	const watching = open();
	for (const state of ["connecting", "live", "waiting"] as const) {
		cameras.viewer?.onStatus({ state });
		for (const error of Object.keys(errors))
			cameras.viewer?.onStatus({ state, error: error as CameraError, help: "words" });
	}
	cameras.viewer?.onGone();
	const refusals: Record<CameraRefusal, true> = {
		not_found: true,
		none: true,
		rtsps: true,
		no_room: true,
		taken: true,
	};
	const frames = Object.keys(refusals).flatMap((refusal) => {
		cameras.refusal = refusal as CameraRefusal;
		return open();
	});
	for (const frame of [...watching, ...frames]) conforms("CameraMessage", JSON.parse(frame));
	const { status, error } = description.components.schemas.CameraMessage.properties;
	assert.deepEqual(status.properties.error.enum.sort(), Object.keys(errors).sort());
	const ends = [...Object.keys(refusals), "gone", "too_slow"];
	assert.deepEqual(error.properties.code.enum.sort(), ends.sort());
	assert.equal(schema("CameraMessage")({}), false);
	assert.equal(schema("CameraMessage")({ status: { state: "live" }, error: {} }), false);
});

test("every fault of the heater is described", () => {
	assert.deepEqual(description.components.schemas.FaultCode.enum.sort(), [...FAULT_CODES].sort());
});

test("every route is described, and no other", () => {
	const described = Object.entries(description.paths as Record<string, object>).flatMap(
		([path, operations]) =>
			Object.keys(operations)
				.filter((key) => key !== "parameters")
				.map((method) => `${method.toUpperCase()} ${path.replace("{id}", "*")}`),
	);
	const served = [...routes, ...spoolRoutes]
		.filter(({ path }) => path.startsWith("/api/") || path === "/ota")
		.map(({ method, path }) => `${method} ${path}`);
	assert.deepEqual(described.sort(), served.sort());
});

/** Every one. */
const COMMAND_REFUSALS = Object.keys({
	unknown_command: 0,
	bad_field: 0,
	not_confirmed: 0,
	not_supported: 0,
	wrong_state: 0,
	too_cold: 0,
	not_homed: 0,
	out_of_range: 0,
	read_only: 0,
	offline: 0,
	busy: 0,
	refused: 0,
	timed_out: 0,
	not_sent: 0,
} satisfies Record<CommandRefusal, 0>) as CommandRefusal[];

test("every reason to refuse a command is described", () => {
	const described = description.components.schemas.CommandError.properties.error.properties.code.enum;
	assert.deepEqual(described.sort(), [...COMMAND_REFUSALS, "bad_json"].sort());
});

test("every command of a printer is described, with its fields and no others", () => {
	interface DescribedCommand {
		required: string[];
		properties: Record<string, { const?: unknown; minimum?: number; maximum?: number; enum?: string[] }>;
	}
	const tables = { PrinterCommand: bambuTable, AnycubicCommand: anycubicTable };
	for (const [schemaName, commandTable] of Object.entries(tables)) {
		const described = description.components.schemas[schemaName].oneOf as DescribedCommand[];
		assert.deepEqual(
			described.map(({ properties }) => properties.command?.const),
			Object.keys(commandTable),
		);
		for (const { properties, required } of described) {
			const name = String(properties.command?.const);
			const { fields = {}, confirm } = commandTable[name] ?? {};
			const confirmation = confirm ? ["confirm"] : [];
			assert.deepEqual(Object.keys(properties), ["command", ...Object.keys(fields), ...confirmation], name);
			const needed = Object.keys(fields).filter((field) => !fields[field]?.optional);
			assert.deepEqual(required, ["command", ...needed, ...confirmation], name);
			for (const [field, kind] of Object.entries(fields)) {
				if (kind.kind === "word") assert.deepEqual(properties[field]?.enum, kind.words);
				if (kind.kind !== "number") continue;
				assert.deepEqual([properties[field]?.minimum, properties[field]?.maximum], [kind.min, kind.max]);
			}
		}
	}
});

interface Described {
	content: { "application/json": { schema: { $ref: string } } };
	headers?: Record<string, unknown>;
}

/** With "{id}" where a printer's id stands. */
function describedPath(path: string): string {
	if (description.paths[path] !== undefined) return path;
	return path.replace(/^\/api\/printers\/[^/]+/, "/api/printers/{id}");
}

/** What the description says of that answer. */
function describedResponse(method: string, path: string, status: number): Described {
	const { pathname } = new URL(path, "http://culm.local");
	const operation = description.paths[describedPath(pathname)][method.toLowerCase()];
	const found =
		operation.responses[status] ?? assert.fail(`${method} ${path} answers ${status}, undescribed`);
	return found.$ref ? description.components.responses[found.$ref.split("/").at(-1) ?? ""] : found;
}

/** A heater on the network of which everything is known, and something is wrong. */
const fullRemoteState: RemoteBreathState = {
	host: "PandaBreath.local",
	link: "offline",
	linkError: "silent",
	linkHelp: "It says nothing.",
	heardAtSeconds: 3,
	version: "V1.0.3",
	mode: "drying",
	on: true,
	target: 45,
	chamber: 40.5,
	bedThreshold: 80,
	filterThreshold: 30,
	drying: { running: true, target: 60, hours: 12, preset: "custom", remainingSeconds: 60 },
	printerConnected: true,
	fault: { code: "heater_fault", text: "It is broken." },
};
const REMOTE_REFUSALS: Record<RemoteRefusal, true> = {
	unreachable: true,
	not_supported: true,
	locked: true,
	refused: true,
	no_answer: true,
	superseded: true,
	busy: true,
};
const REMOTE_RESULTS: RemoteResult[] = [
	{ ok: true },
	...Object.keys(REMOTE_REFUSALS).map(
		(code): RemoteResult => ({ ok: false, code: code as RemoteRefusal, message: "Not now." }),
	),
];

const SPOOL_FAILURES = Object.keys({
	not_set_up: 0,
	unknown_slot: 0,
	no_tag: 0,
	in_use: 0,
	archived: 0,
	nothing_to_do: 0,
	storage: 0,
	unreachable: 0,
	timeout: 0,
	unavailable: 0,
	refused: 0,
	not_found: 0,
	invalid: 0,
	not_spoolman: 0,
	too_large: 0,
} satisfies Record<SpoolFailureCode, 0>) as SpoolFailureCode[];

test("every reason of a failure about spools is described", () => {
	const described = description.components.schemas.SpoolError.properties.error.properties.code.enum;
	assert.deepEqual(described.sort(), [...SPOOL_FAILURES, "no_spools"].sort());
	const shown = description.components.schemas.SpoolsState.properties.spoolman.properties.error.enum;
	const own: SpoolFailureCode[] = [
		"not_set_up",
		"unknown_slot",
		"no_tag",
		"in_use",
		"archived",
		"nothing_to_do",
	];
	assert.deepEqual(shown.sort(), SPOOL_FAILURES.filter((code) => !own.includes(code)).sort());
	const statuses: Record<SpoolSlotStatus, 0> = {
		unknown: 0,
		reading: 0,
		linked: 0,
		new_tag: 0,
		not_linked: 0,
		missing: 0,
		archived: 0,
		tag_twice: 0,
	};
	const listed = description.components.schemas.SpoolSlot.properties.status.enum;
	assert.deepEqual(listed.sort(), Object.keys(statuses).sort());
});

test("every reason to refuse a tag is described", () => {
	const own: Record<Exclude<TagFailureCode, CommandRefusal>, 0> = {
		bad_tag: 0,
		no_tag: 0,
		no_profile: 0,
		unknown_printer: 0,
	};
	const described = description.components.schemas.TagError.properties.error.properties.code.enum;
	const codes = [...COMMAND_REFUSALS, ...Object.keys(own), "bad_json", "no_spools"];
	assert.deepEqual(described.sort(), codes.sort());
	const read: Record<TagError["code"], 0> = {
		empty: 0,
		too_large: 0,
		malformed: 0,
		chunked: 0,
		no_json: 0,
		bad_tag: 0,
		unreadable: 0,
	};
	const shown = description.components.schemas.FilamentTagError.properties.code.enum;
	assert.deepEqual(shown.sort(), Object.keys(read).sort());
});

/** Of which everything is known, and a lot is wrong. */
const fullSpoolsState: SpoolsState = {
	spoolman: { state: "failed", version: "0.26.1", error: "unreachable", help: "Nobody is there." },
	waiting: { grams: 12.5, spools: 2 },
	refused: { spoolId: 4, grams: 3, message: "Spoolman has no such spool." },
	slots: [
		{ printerId: "a", tray: 0, status: "new_tag", suggestedSpoolId: 7 },
		{
			printerId: "a",
			tray: 255,
			status: "linked",
			by: "tag",
			spool: {
				id: 4,
				name: "Red",
				vendor: "Somebody",
				material: "PLA",
				color: "FF0000",
				remainingGrams: 12.25,
				fullGrams: 1000,
				location: "Shelf",
			},
			jobGrams: 20.5,
			warning: "not_enough",
			printerPercent: 40,
		},
	],
};
const FOLDER = { name: "brackets", isFolder: true };
const OPEN_SPOOL = {
	protocol: "openspool",
	type: "PLA",
	color_hex: "ffaabb",
	brand: "Generic",
	min_temp: "190",
	max_temp: "230",
};

test("every answer of the server is described, and every described answer is given", async () => {
	const seen = new Set<string>();
	const check = (method: string, path: string, response: HttpResponse) => {
		const { content: media, headers = {} } = describedResponse(method, path, response.status);
		conforms(media["application/json"].schema.$ref.split("/").at(-1) ?? "", content(response));
		for (const name of Object.keys(headers)) assert.ok(response.headers?.[name.toLowerCase()], name);
		const [where = ""] = path.split("?");
		seen.add(`${method} ${describedPath(where)} ${response.status}`);
	};
	const left = { host: "192.0.2.20", serial: "01P00A000000001", accessCode: "12345678" };
	const bench = await benchWeb();
	const { ask, asked, breath, calls, events, found, jobs, printers, spools, wifi } = bench;
	const send = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
		check(method, path, await ask(method, path, body, headers));

	await send("GET", "/api/state");
	for (const event of EVENT_CODES) for (const by of ASKERS) events.add(event, by, 1, 2);
	await send("GET", "/api/log");
	breath.state = { ...breath.state, fault: { code: "no_mains", text: "There is no mains.", latched: true } };
	await send("POST", "/api/breath", { on: false, target: 50 });
	await send("POST", "/api/breath", { mode: "sauna" });
	breath.clearing = "still_there";
	await send("POST", "/api/breath", { clearFault: true });
	breath.clearing = "not_stored";
	await send("POST", "/api/breath", { clearFault: true });
	await send("GET", "/api/breath/history");
	await send("GET", "/api/settings");
	await send("PATCH", "/api/settings", { deviceName: "Shed" });
	await send("PATCH", "/api/settings", { deviceName: 5 });
	await send("POST", "/api/printers", left);
	await send("POST", "/api/printers", left);
	await send("POST", "/api/printers", { slot: 0, name: "Left" });
	await send("POST", "/api/printers", {});
	await send("PATCH", `/api/printers/${left.serial}`, { live: true });
	await send("PATCH", `/api/printers/${left.serial}`, { host: "" });
	await send("PATCH", "/api/printers/nobody", { live: true });
	const { serial: _, ...unknown } = left;
	await send("POST", "/api/printers", unknown);
	await send("PATCH", `/api/printers/${left.serial}`, { serial: asked.serial, accessCode: left.accessCode });
	asked.refusal = new PrinterBookError("untrusted_certificate", "It is not known.", {
		commonName: "x",
		sha256: "0f".repeat(32),
	});
	await send("POST", "/api/printers", unknown);
	asked.refusal = new PrinterBookError("unreachable", "Nobody is there.");
	await send("POST", "/api/printers", unknown);
	asked.refusal = new PrinterBookError("busy", "Others are asked.");
	await send("POST", "/api/printers", unknown);
	await send("POST", "/api/printers/order", { printers: [left.serial] });
	await send("POST", "/api/printers/order", { printers: "all" });
	await send("POST", "/api/printers/order", { printers: ["nobody"] });
	await send("DELETE", `/api/printers/${left.serial}`);
	await send("DELETE", `/api/printers/${left.serial}`);
	jobs.list = [
		{ printerId: "01P00A000000001", printerName: "Left", result: "cancelled" },
		{
			printerId: "01P00A000000001",
			printerName: "Left",
			name: "Benchy",
			result: "finished",
			startedAt: "2026-01-01T10:00:00.000Z",
			endedAt: "2026-01-01T11:00:00.000Z",
			seconds: 3600,
			layers: 240,
			filament: [
				{ slot: "A1", material: "PLA", color: "FF0000FF", grams: 12, percent: 1 },
				{ slot: "external" },
			],
		},
	];
	await send("GET", "/api/history");
	jobs.refuses = true;
	await send("DELETE", "/api/history");
	jobs.refuses = false;
	await send("DELETE", "/api/history");
	await send("POST", "/api/printers/nobody/command", { command: "pause" });
	await send("POST", `/api/printers/${printers.id}/command`, { command: "pause" });
	for (const code of COMMAND_REFUSALS) {
		printers.result = { ok: false, code, message: "Not now." };
		await send("POST", `/api/printers/${printers.id}/command`, { command: "pause" });
	}
	await send("POST", `/api/printers/${printers.id}/command`, []);
	printers.result = { ok: true };
	const files = `/api/printers/${printers.id}/files`;
	await send("GET", files);
	printers.files = {
		ok: true,
		files: [FOLDER, { name: "boat.gcode", isFolder: false, sizeBytes: 5, modifiedSeconds: 7 }],
	};
	await send("GET", `${files}?place=usb&folder=%2Fa`);
	await send("GET", `${files}?place=cloud`);
	await send("GET", "/api/printers/nobody/files");
	for (const code of COMMAND_REFUSALS) {
		printers.files = { ok: false, code, message: "Not now." };
		await send("GET", files);
	}
	spools.state = fullSpoolsState;
	await send("GET", "/api/state");
	spools.page = { ok: true, spools: fullSpoolsState.slots.flatMap(({ spool }) => spool ?? []), total: 1 };
	await send("GET", "/api/spools");
	await send("GET", "/api/spools?limit=0");
	await send("POST", "/api/spools", { action: "retry" });
	await send("POST", "/api/spools", {});
	for (const code of SPOOL_FAILURES) {
		spools.page = spools.result = { ok: false, code, message: "Not now." };
		await send("GET", "/api/spools");
		await send("POST", "/api/spools", { action: "retry" });
	}
	await send("POST", "/api/filament-tag", OPEN_SPOOL);
	await send("GET", "/api/state");
	await send("POST", `/api/filament-tag?printer=${printers.id}&tray=0`);
	await send("POST", `/api/filament-tag?printer=${printers.id}&tray=0`);
	await send("POST", "/api/filament-tag", { ...OPEN_SPOOL, brand: 5 });
	await send("POST", "/api/filament-tag", []);
	await send("POST", `/api/filament-tag?printer=${printers.id}&tray=0`, { ...OPEN_SPOOL, type: "Wood" });
	for (const code of COMMAND_REFUSALS) {
		printers.result = { ok: false, code, message: "Not now." };
		await send("POST", `/api/filament-tag?printer=${printers.id}&tray=0`, OPEN_SPOOL);
	}
	await send("DELETE", "/api/filament-tag");
	await send("DELETE", "/api/filament-tag", { all: true });
	const none = await benchWeb({ tracking: false });
	for (const [method, path] of [
		["GET", "/api/spools"],
		["POST", "/api/filament-tag"],
		["DELETE", "/api/filament-tag"],
	] as const)
		check(method, path, await none.ask(method, path));
	check("POST", "/api/spools", await none.ask("POST", "/api/spools", { action: "retry" }));
	await send("POST", "/api/printers/scan");
	await send("POST", "/api/wifi", { ssid: "Workshop", password: "filament" });
	await send("POST", "/api/wifi", {});
	await send("DELETE", "/api/wifi");
	await send("POST", "/api/wifi/scan");
	for (const station of [
		{ status: "off" },
		{ status: "connecting", ssid: "x" },
		{ status: "disconnected", ssid: "x", reason: "lost" },
	] as const) {
		wifi.status = { ...wifi.status, station, networks: [{ ssid: "x", rssiDbm: -1, secure: true }] };
		await send("GET", "/api/state");
	}
	found.refusal = wifi.refusal = new PortError("unreachable", "not now");
	await send("POST", "/api/printers/scan");
	await send("POST", "/api/wifi/scan");
	await send("POST", "/api/restart");
	await send("POST", "/api/restart", { now: true });
	await send("POST", "/api/factory-reset", { confirm: true });
	await send("POST", "/api/factory-reset", {});
	calls.resetFails = true;
	await send("POST", "/api/factory-reset", { confirm: true });

	const panel = await benchWeb({ heater: false });
	for (const [method, path] of [
		["POST", "/api/breath"],
		["GET", "/api/breath/history"],
		["GET", "/api/state"],
	] as const)
		check(method, path, await panel.ask(method, path));
	panel.remoteBreath.state = { host: "192.0.2.40", link: "connecting", drying: {} };
	check("GET", "/api/state", await panel.ask("GET", "/api/state"));
	panel.remoteBreath.state = fullRemoteState;
	for (const result of REMOTE_RESULTS) {
		panel.remoteBreath.result = result;
		check("POST", "/api/breath", await panel.ask("POST", "/api/breath", { on: true }));
	}
	check("POST", "/api/breath", await panel.ask("POST", "/api/breath", { fanOnly: true }));
	panel.heaters.found = [{ name: "PandaBreath", host: "192.0.2.40", port: 80 }];
	check("POST", "/api/breath/scan", await panel.ask("POST", "/api/breath/scan"));
	check("POST", "/api/breath/scan", await panel.ask("POST", "/api/breath/scan", { port: 80 }));
	panel.heaters.refusal = new PortError("unreachable", "there is no network");
	check("POST", "/api/breath/scan", await panel.ask("POST", "/api/breath/scan"));
	await send("POST", "/api/breath/scan");

	const locked = await benchWeb({ password: true });
	const each = async (headers: Record<string, string>) => {
		for (const { method, path, guard } of [...routes, ...spoolRoutes]) {
			const target = path.replace("*", "x");
			if (!path.startsWith("/api/") && path !== "/ota") continue;
			if (guard === "open" && headers.origin === undefined) continue;
			check(method, target, await locked.ask(method, target, undefined, headers));
		}
	};
	await each({ origin: "http://www.example.com" });
	await each({});
	for (let i = 0; i < 6; i++) await locked.ask("POST", "/api/restart", undefined, bearer(`wrong-wrong-${i}`));
	await each(bearer());

	// What becomes of an image is the update's to say.
	for (const update of ["POST /ota 200", "POST /ota 400", "POST /ota 409", "POST /ota 411", "POST /ota 413"])
		seen.add(update);
	for (const update of ["POST /ota 500", "POST /ota 501", "POST /ota 503"]) seen.add(update);
	const described = Object.entries(description.paths as Record<string, Record<string, { responses: object }>>)
		.flatMap(([path, operations]) =>
			Object.entries(operations).map(([method, { responses }]) => ({ method, path, responses })),
		)
		.filter(({ method }) => method !== "parameters")
		.flatMap(({ method, path, responses }) =>
			Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
		);
	assert.deepEqual([...seen].sort(), described.sort());
});

test("every refusal of an image is described", () => {
	const codes: Record<UpdateErrorCode, true> = {
		wrong_type: true,
		busy: true,
		heating: true,
		length_required: true,
		empty: true,
		too_large: true,
		connection_lost: true,
		no_updates: true,
		storage: true,
		failed: true,
		not_an_image: true,
		wrong_chip: true,
		no_hash: true,
		wrong_project: true,
		wrong_board: true,
		malformed: true,
		wrong_size: true,
		wrong_checksum: true,
		wrong_hash: true,
	};
	const described = description.components.schemas.UpdateError.properties.error.properties.code.enum;
	assert.deepEqual(described.sort(), Object.keys(codes).sort());
});

test("what a change may hold is what the server takes", async () => {
	const { ask, breath } = await benchWeb();
	const samples: Record<string, unknown> = { boolean: true, number: 50 };
	const fields = description.components.schemas.BreathChanges.properties as Record<
		string,
		{ type?: string; enum?: string[] }
	>;
	for (const [name, { type = "", enum: words }] of Object.entries(fields)) {
		const value = words?.[0] ?? samples[type];
		assert.ok(schema("BreathChanges")({ [name]: value }));
		assert.equal((await ask("POST", "/api/breath", { [name]: value })).status, 200, name);
	}
	assert.equal(breath.asked.length + breath.cleared.length, Object.keys(fields).length);
});
