// The device with the virtual Kobra 2 at a broker and the virtual Kobra 3 in LAN mode, over real sockets and HTTP.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import mqtt, { type MqttClient } from "mqtt";
import type { DeviceState } from "../../modules/device-state";
import type { PrinterState } from "../../modules/printers/printer-state";
import type { KobraSnapshot } from "../../sim/printers/anycubic/virtual-kobra";
import { type QuietSimulator, startQuietSimulator } from "./quiet-simulator";

const K2 = "20022c0ffee000000000000000000001";
const K3 = "20024c0ffee000000000000000000001";
const FILE = "benchmark_boat.gcode";
const COMMANDS = `anycubic/anycubicCloud/v1/server/printer/20022/${K2}`;
const LIMIT_MS = 20_000;
const JOB_MS = 60_000;
/** Of 4,200 mm of 1.75 mm PLA. */
const JOB_GRAMS = 12.53;

// biome-ignore lint/suspicious/noExplicitAny: JSON, which each test compares in part.
type Json = any;

const storage = mkdtempSync(join(tmpdir(), "culm-anycubic-"));
let device: QuietSimulator;
let spy: MqttClient;
/** What went to the Kobra 2, as it was on the wire. */
const sent: { topic: string; text: string }[] = [];

before(async () => {
	device = await startQuietSimulator(storage, "--with-anycubic", "--speed", "60");
	const broker = device.simulator.places.find(({ what }) => what === "Virtual Kobra 2 Plus")?.where;
	spy = await mqtt.connectAsync(`mqtt://${broker}`);
	spy.on("message", (topic, payload) => sent.push({ topic, text: payload.toString() }));
	await spy.subscribeAsync("anycubic/anycubicCloud/v1/server/#");
});
after(async () => {
	await spy.endAsync(true);
	await device.simulator.close();
	rmSync(storage, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: object): Promise<{ status: number; answer: Json }> {
	const response = await fetch(`http://127.0.0.1:${device.port}${path}`, {
		method,
		...(body && { body: JSON.stringify(body) }),
	});
	return { status: response.status, answer: await response.json() };
}

async function stateOf(id: string): Promise<PrinterState> {
	const { printers } = (await ask("GET", "/api/state")).answer as DeviceState;
	return printers.find((printer) => printer.id === id) ?? assert.fail(`there is no ${id}`);
}

async function until<Value>(
	what: string,
	read: () => Promise<Value | undefined | false>,
	limitMs = LIMIT_MS,
) {
	const giveUpAt = Date.now() + limitMs;
	while (Date.now() < giveUpAt) {
		const value = await read();
		if (value !== undefined && value !== false) return value;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return assert.fail(`never ${what}: ${JSON.stringify([await stateOf(K2), await stateOf(K3)])}`);
}

const reaches = (id: string, state: string, limitMs = LIMIT_MS) =>
	until(`${id} ${state}`, async () => (await stateOf(id)).job.state === state, limitMs);

async function run(id: string, command: object): Promise<void> {
	const { status, answer } = await ask("POST", `/api/printers/${id}/command`, command);
	assert.deepEqual([status, answer], [200, { ok: true }], JSON.stringify(command));
}

async function refused(id: string, command: object, code: string): Promise<void> {
	const { answer } = await ask("POST", `/api/printers/${id}/command`, command);
	assert.equal(answer.error?.code, code, JSON.stringify(answer));
}

async function kobra(id: string): Promise<KobraSnapshot> {
	const response = await fetch(`http://127.0.0.1:${device.port + 1}/api/world`);
	const { kobras } = (await response.json()) as { kobras: KobraSnapshot[] };
	return kobras.find(({ deviceId }) => deviceId === id) ?? assert.fail(`no virtual ${id}`);
}

async function wish(id: string, fields: object): Promise<number> {
	const body = JSON.stringify({ kobra: id, ...fields });
	return (await fetch(`http://127.0.0.1:${device.port + 1}/api/world`, { method: "POST", body })).status;
}

const files = async (id: string, place: string, folder = "/"): Promise<string[]> => {
	const path = `/api/printers/${id}/files?place=${place}&folder=${encodeURIComponent(folder)}`;
	const { status, answer } = await ask("GET", path);
	assert.equal(status, 200, JSON.stringify(answer));
	return answer.files.map(({ name }: { name: string }) => name);
};

/** The last command of that kind on the wire, in its envelope. */
function lastSent(type: string, action: string): Json {
	for (const { topic, text } of [...sent].reverse()) {
		const message = JSON.parse(text) as Json;
		if (message.type !== type || message.action !== action) continue;
		assert.equal(topic, `${COMMANDS}/${type}`);
		assert.match(message.msgid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		assert.ok(Math.abs(message.timestamp - Date.now()) < 60_000, "in ms since 1970");
		assert.ok(!/[^\\]\//.test(text), `each "/" is escaped: ${text}`);
		return message.data;
	}
	return assert.fail(`nobody sent ${type} ${action}`);
}

test("both are there beside the Bambu printer, each set up by itself, and what they can do is said", async () => {
	for (const id of [K2, K3]) await until(`${id} online`, async () => (await stateOf(id)).link === "online");
	const { printers } = (await ask("GET", "/api/state")).answer as DeviceState;
	assert.deepEqual(
		printers.map(({ vendor, name }) => [vendor, name]),
		[
			// Another simulator on this computer may have taken the first number.
			["bambu", `P1S ${printers[0]?.serial.slice(-4)}`],
			["anycubic", "Kobra 2 Plus 0001"],
			["anycubic", "Kobra 3 0001"],
		],
	);
	const [k2, k3] = [await stateOf(K2), await stateOf(K3)];
	assert.deepEqual([k2.control, k2.capabilities.motion, k2.capabilities.fastestSpeed], ["full", false, 3]);
	assert.deepEqual(k3.capabilities.filesIn, ["local", "usb"]);
	await until("its unit", async () => (await stateOf(K3)).filament.units[0]?.kind === "ace");
	assert.equal((await stateOf(K3)).filament.units[0]?.slots.length, 4);
});

test("the search offers the one at the broker, and it can be forgotten and added again by its id", async () => {
	const { answer } = await ask("POST", "/api/printers/scan");
	const found = answer.printers.find(({ serial }: { serial: string }) => serial === K2);
	assert.deepEqual([found?.vendor, found?.way, found?.model], ["anycubic", "broker", "Kobra 2 Plus"]);
	await ask("DELETE", `/api/printers/${K2}`);
	const added = await ask("POST", "/api/printers", { vendor: "anycubic", way: "broker", deviceId: K2 });
	assert.deepEqual([added.status, added.answer], [201, { slot: 1, id: K2 }]);
	await until("online again", async () => (await stateOf(K2)).link === "online");
});

test("the one in LAN mode is added by its address: first its certificate is shown, then it is trusted", async () => {
	const { host } = await stateOf(K3);
	await ask("DELETE", `/api/printers/${K3}`);
	const printer = { vendor: "anycubic", host };
	// Its port is the usual one unless that was taken on this computer.
	const place = device.simulator.places.find(({ what }) => what === "Virtual Kobra 3")?.where ?? "";
	const port = Number(place.split(":").at(-1));
	const first = await ask("POST", "/api/printers", { ...printer, port });
	assert.deepEqual([first.status, first.answer.error.code], [409, "untrusted_certificate"]);
	const pinnedSha256 = first.answer.error.certificate.sha256;
	const wrong = await ask("POST", "/api/printers", { ...printer, port, pinnedSha256: "0f".repeat(32) });
	assert.deepEqual([wrong.status, wrong.answer.error.code], [409, "certificate_changed"]);
	const second = await ask("POST", "/api/printers", { ...printer, port, pinnedSha256 });
	assert.deepEqual([second.status, second.answer], [201, { slot: 2, id: K3 }]);
	await until("online again", async () => (await stateOf(K3)).link === "online");
});

test("the Kobra 2 gets every command on its topic, in its envelope", async () => {
	// Its first job may have come to its end.
	await wish(K2, { action: "stop" });
	await until("at rest", async () => ["failed", "finished"].includes((await stateOf(K2)).job.state));
	await until("free", async () => !(await kobra(K2)).isBusy);
	assert.equal(await wish(K2, { action: "start" }), 200);
	await reaches(K2, "printing");
	await run(K2, { command: "pause" });
	await reaches(K2, "paused");
	await run(K2, { command: "resume" });
	await reaches(K2, "printing");
	const { taskid } = lastSent("print", "resume");
	assert.deepEqual(lastSent("print", "pause"), { taskid });
	const update = async (command: object, settings: object): Promise<void> => {
		await run(K2, command);
		assert.deepEqual(lastSent("print", "update"), { taskid, settings });
	};
	await update({ command: "speed", level: 1 }, { print_speed_mode: 1 });
	await update({ command: "nozzle_temperature", target: 215 }, { target_nozzle_temp: 215 });
	await update({ command: "bed_temperature", target: 55 }, { target_hotbed_temp: 55 });
	await update({ command: "fan", fan: "part", percent: 40 }, { fan_speed_pct: 40 });
	await update({ command: "z_compensation", distance: 0.05 }, { z_comp: "0.05" });
	for (const [command, type, action] of [
		["query_status", "status", "query"],
		["query_print", "print", "query"],
		["query_slice_parameters", "print", "getSliceParam"],
		["query_firmware", "ota", "reportVersion"],
		["video_start", "video", "startCapture"],
		["video_stop", "video", "stopCapture"],
	] as const) {
		await run(K2, { command });
		assert.equal(lastSent(type, action), null, command);
	}
	// The second job that was started at the printer itself.
	await run(K2, { command: "transfer_local_task", task: "77", localTask: "700002" });
	assert.deepEqual(lastSent("print", "localtasktrans"), { taskid: "77", localtask: "700002" });
	await refused(K2, { command: "start", file: FILE }, "wrong_state");
	await refused(K2, { command: "stop" }, "not_confirmed");
	await run(K2, { command: "stop", confirm: true });
	lastSent("print", "stop");
	await reaches(K2, "failed");
	await refused(K2, { command: "bed_temperature", target: 55 }, "wrong_state");
	assert.ok(
		!sent.some(({ text }) => JSON.parse(text).action === "update" && JSON.parse(text).type === "ota"),
	);
});

test("files are listed, deleted and started, in memory and on a stick", async () => {
	const inMemory = await files(K2, "local");
	assert.ok(inMemory.includes(FILE));
	assert.deepEqual(lastSent("file", "listLocal"), { path: "/" });
	assert.deepEqual(await files(K2, "usb", "/brackets"), ["bracket left.gcode"]);
	assert.deepEqual(lastSent("file", "listUdisk"), { path: "/brackets" });
	const clip =
		inMemory.find((name) => name !== FILE && name.endsWith(".gcode")) ?? assert.fail("one file alone");
	await refused(K2, { command: "delete_file", place: "local", file: clip }, "not_confirmed");
	await run(K2, { command: "delete_file", place: "local", file: clip, confirm: true });
	assert.deepEqual(lastSent("file", "deleteLocal"), { path: "/", filename: clip });
	assert.ok(!(await files(K2, "local")).includes(clip));
	await run(K2, { command: "delete_file", place: "usb", file: "calibration_cube.gcode", confirm: true });
	assert.deepEqual(await files(K2, "usb"), ["brackets"]);
	const { printers } = (await ask("GET", "/api/state")).answer as DeviceState;
	const bambuId = printers.find(({ vendor }) => vendor === "bambu")?.id;
	const bambu = await ask("GET", `/api/printers/${bambuId}/files`);
	assert.deepEqual([bambu.status, bambu.answer.error?.code], [409, "not_supported"]);
});

test("what a job of the Kobra 2 takes by its length comes to the spool that is mapped to its place", async () => {
	const spoolman = device.simulator.places.find(({ what }) => what === "Virtual Spoolman")?.where;
	const used = async (): Promise<number> => {
		const response = await fetch(`${spoolman}/spool/4`, { headers: { connection: "close" } });
		return ((await response.json()) as { used_weight: number }).used_weight;
	};
	assert.equal(await used(), 0);
	await ask("PATCH", "/api/settings", { "printer1.spools": "254:4" });
	await run(K2, { command: "start", place: "local", file: FILE });
	assert.deepEqual(
		{ ...lastSent("print", "start"), taskid: "" },
		{ taskid: "", filename: FILE, filepath: "/", filetype: 1, task_mode: 1 },
	);
	await reaches(K2, "printing", JOB_MS);
	await run(K2, { command: "speed", level: 3 });
	assert.deepEqual(lastSent("print", "update").settings, { print_speed_mode: 3 });
	await until("fast", async () => (await stateOf(K2)).job.speedLevel === 3);
	await reaches(K2, "finished", JOB_MS);
	await until("counted", async () => (await used()) > JOB_GRAMS - 0.5);
	assert.ok(Math.abs((await used()) - JOB_GRAMS) < 0.1, String(await used()));
});

test("the Kobra 2 fetches a job from an address, and it is cancelled", async () => {
	const fetched = {
		command: "start",
		url: "http://192.0.2.5/parts/fetched part.gcode".replaceAll(" ", "%20"),
		file: "fetched part.gcode",
		sizeBytes: 123_456,
		md5: "0123456789ABCDEF0123456789ABCDEF",
	};
	// Firmware of today fetches from its maker's servers alone, unless somebody has patched it.
	await refused(K2, fetched, "not_supported");
	await refused(K2, { ...fetched, patched: true, url: "ftp://192.0.2.5/fetched.gcode" }, "bad_field");
	await refused(K2, { ...fetched, patched: true, file: "../fetched.gcode" }, "bad_field");
	await run(K2, { ...fetched, patched: true });
	const { taskid, ...data } = lastSent("print", "start");
	assert.match(taskid, /^[1-9]\d{8}$/);
	assert.deepEqual(data, {
		url: fetched.url,
		filename: fetched.file,
		filesize: fetched.sizeBytes,
		md5: fetched.md5.toLowerCase(),
		filetype: 0,
		task_mode: 1,
	});
	await reaches(K2, "printing", JOB_MS);
	assert.equal((await stateOf(K2)).job.name, "fetched part");
	assert.ok((await files(K2, "local")).includes(fetched.file));
	await refused(K2, { ...fetched, patched: true }, "wrong_state");
	await refused(K2, { command: "cancel" }, "not_confirmed");
	await run(K2, { command: "cancel", confirm: true });
	assert.deepEqual(lastSent("print", "cancel"), { taskid });
	await reaches(K2, "failed");
	assert.equal((await stateOf(K2)).job.cancelled, true);
});

test("the Kobra 3 is paused, resumed, lit, dried with and stopped through its own broker", async () => {
	// Its first job may have come to its end.
	await wish(K3, { action: "stop" });
	await until("at rest", async () => !(await kobra(K3)).isBusy);
	await run(K3, { command: "start", place: "local", file: FILE, spools: [{ unit: 0, slot: 1 }] });
	await reaches(K3, "printing", JOB_MS);
	await run(K3, { command: "pause" });
	await reaches(K3, "paused");
	await run(K3, { command: "resume" });
	await reaches(K3, "printing");
	await run(K3, { command: "light", mode: "on" });
	await run(K3, { command: "dry_start", unit: 0, target: 45, hours: 2 });
	await until("it dries", async () => ((await stateOf(K3)).filament.units[0]?.dryingMinutes ?? 0) > 0);
	await run(K3, { command: "dry_stop", unit: 0 });
	await run(K3, { command: "stop", confirm: true });
	await reaches(K3, "failed");
	const heard = (await kobra(K3)).lastCommands.map(({ topic, action, ignored }) => [topic, action, ignored]);
	for (const [topic, action] of [
		["print", "pause"],
		["print", "resume"],
		["light", "control"],
		["multiColorBox", "setDry"],
		["print", "stop"],
	])
		assert.ok(
			heard.some(([at, what, ignored]) => at === topic && what === action && ignored === ""),
			JSON.stringify(heard),
		);
	assert.ok((await files(K3, "local")).includes(FILE));
});

test("what goes wrong with them on the workbench is said in words", async () => {
	assert.equal(await wish(K2, { switch: "offline", on: true }), 200);
	const off = await until("offline", async () => {
		const state = await stateOf(K2);
		return state.link === "offline" && state;
	});
	assert.equal(off.linkHelp, "The printer is off or has lost its network.");
	assert.equal(await wish(K2, { switch: "offline", on: false }), 200);
	await until("back", async () => (await stateOf(K2)).link === "online");
	assert.equal(await wish(K3, { action: "start" }), 200);
	await reaches(K3, "preparing");
	for (const bad of [
		{ switch: "nothing", on: true },
		{ switch: "offline" },
		{ action: "jump" },
		{ action: "start" },
	])
		assert.equal(await wish(K3, bad), 400, JSON.stringify(bad));
	assert.equal(await wish("nobody", { action: "start" }), 400);
});

test("without --with-anycubic, the next run knows nothing of them; with it, names stay", async () => {
	await ask("PATCH", `/api/printers/${K2}`, { name: "Big one" });
	await device.simulator.close();
	device = await startQuietSimulator(storage, "--with-anycubic");
	assert.equal((await stateOf(K2)).name, "Big one");
	await device.simulator.close();
	device = await startQuietSimulator(storage);
	const { printers } = (await ask("GET", "/api/state")).answer as DeviceState;
	assert.deepEqual(
		printers.map(({ vendor }) => vendor),
		["bambu"],
	);
	assert.equal((await ask("GET", "/api/settings")).answer["anycubic.brokerHost"], "");
});
