// Anycubic printers as the firmware sees them, with a virtual Kobra at the other end: at Debian's mosquitto, and in LAN mode.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AnycubicPrinter } from "../../modules/printers/anycubic/anycubic-printer";
import { BrokerLink } from "../../modules/printers/anycubic/broker/broker-link";
import { LanLink } from "../../modules/printers/anycubic/lan/lan-link";
import type { CommandRequest } from "../../modules/printers/command";
import type { FilePlace } from "../../modules/printers/printer-files";
import type { JobFilament, JobStatus } from "../../modules/printers/printer-state";
import { createClock } from "../../sim/host/clock";
import { handshakeCrypto } from "../../sim/host/handshake-crypto";
import { createHttpClient } from "../../sim/host/http-client";
import { createMqttClient } from "../../sim/host/mqtt-client";
import { createTextCodec } from "../../sim/host/text-codec";
import { MemoryLog } from "../fakes/memory-log";
import { KobraBroker, PASSWORD, USER } from "./kobra-broker";
import { KobraProcess } from "./kobra-process";
import { freePort } from "./mosquitto";
import { until } from "./simulator-process";

const HOST = "127.0.0.1";
const ID = "0123456789abcdef0123456789abcdef";
const FILE = "benchmark_boat.gcode";
const SOON_MS = 10_000;
const JOB_MS = 60_000;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

const means = () => ({
	clock: createClock(),
	random: Math.random,
	log: new MemoryLog(),
	mqtt: createMqttClient(),
	text: createTextCodec(),
});

async function powerOn(args: readonly string[]): Promise<KobraProcess> {
	const kobra = new KobraProcess(["--id", ID, ...args]);
	cleanups.push(() => kobra.kill());
	await kobra.started();
	return kobra;
}

/** Starts it, and keeps what its job was like. */
function follow(printer: AnycubicPrinter) {
	const jobs: JobStatus[] = [];
	let used: readonly JobFilament[] = [];
	let key: string | undefined;
	const shrunk: string[] = [];
	printer.onChange(({ job }) => {
		// For a moment it may be busy, and not have said with what.
		if (job.state !== "unknown" && jobs.at(-1) !== job.state) jobs.push(job.state);
		if (job.filament) {
			for (const { tray, usedLengthMm = 0 } of key === job.key ? used : []) {
				const now = job.filament.find((other) => other.tray === tray)?.usedLengthMm ?? 0;
				if (now < usedLengthMm) shrunk.push(`tray ${tray}: ${usedLengthMm} mm, then ${now} mm`);
			}
			used = job.filament;
			key = job.key;
		}
	});
	printer.start();
	cleanups.push(() => printer.close());
	return {
		jobs,
		/** Of what was used, where it became less. */
		shrunk,
		get usedMm(): number {
			return used.reduce((sum, { usedLengthMm = 0 }) => sum + usedLengthMm, 0);
		},
		get trays(): number[] {
			return used.map(({ tray }) => tray);
		},
		online: () => until(async () => printer.state.link === "online" && isKnown(printer), SOON_MS),
		reaches: (state: JobStatus, limitMs = SOON_MS) =>
			until(async () => printer.state.job.state === state, limitMs),
		done: async (request: CommandRequest): Promise<void> =>
			assert.deepEqual(await printer.command(request), { ok: true }, JSON.stringify(request)),
		refused: async (request: CommandRequest, code: string): Promise<void> => {
			const result = await printer.command(request);
			assert.equal(result.ok || result.code, code, JSON.stringify(request));
		},
		names: async (place: FilePlace, folder = "/"): Promise<string[]> => {
			const list = await printer.files.list(place, folder);
			assert.ok(list.ok, JSON.stringify(list));
			return list.files.map(({ name }) => name);
		},
	};
}

function isKnown({ state: { job, firmware } }: AnycubicPrinter): boolean {
	return job.state !== "unknown" && firmware !== undefined;
}

function brokerPrinter(broker: KobraBroker, modelId: string): AnycubicPrinter {
	const target = { host: HOST, port: broker.port, username: USER, password: PASSWORD };
	const { clock, random, log, ...rest } = means();
	const link = new BrokerLink({ ...rest, clock, random, log, target });
	return new AnycubicPrinter({
		modelId,
		deviceId: ID,
		name: "",
		host: HOST,
		way: "broker",
		clock,
		random,
		log,
		link: (events) => link.printer({ modelId, deviceId: ID }, events),
	});
}

async function startBroker(): Promise<KobraBroker> {
	const broker = await KobraBroker.create();
	cleanups.push(() => broker.remove());
	await broker.start();
	return broker;
}

test("a Kobra 2 prints a whole job by mosquitto, which is killed and started again in the middle of it", {
	timeout: 150_000,
}, async () => {
	const broker = await startBroker();
	await powerOn(["--model", "20021", "--broker", broker.url, "--speed", "60"]);
	const printer = brokerPrinter(broker, "20021");
	const culm = follow(printer);
	await culm.online();
	assert.deepEqual([printer.state.name, printer.state.control], ["Kobra 2 Pro cdef", "full"]);
	assert.equal(printer.state.job.state, "idle");
	assert.ok((await culm.names("local")).includes(FILE));
	assert.deepEqual((await culm.names("usb")).sort(), ["brackets", "calibration_cube.gcode"]);
	assert.deepEqual(await culm.names("usb", "/brackets"), ["bracket left.gcode"]);
	await culm.refused({ command: "bed_temperature", target: 50 }, "wrong_state");
	await culm.refused({ command: "delete_file", place: "local", file: FILE }, "not_confirmed");
	await culm.done({ command: "delete_file", place: "local", file: "cable clip (6x).gcode", confirm: true });
	assert.ok(!(await culm.names("local")).includes("cable clip (6x).gcode"));
	for (const command of ["query_status", "query_print", "query_slice_parameters", "query_firmware"])
		await culm.done({ command });

	await culm.done({ command: "start", place: "local", file: FILE });
	await culm.refused({ command: "start", place: "local", file: FILE }, "wrong_state");
	await culm.reaches("printing", 30_000);
	assert.equal(printer.state.job.name, "benchmark_boat");
	await until(async () => printer.state.job.speedLevel === 2, SOON_MS);
	await culm.done({ command: "speed", level: 1 });
	await culm.done({ command: "nozzle_temperature", target: 215 });
	await culm.done({ command: "bed_temperature", target: 55 });
	await culm.done({ command: "fan", fan: "part", percent: 40 });
	await culm.done({ command: "z_compensation", distance: 0.05 });
	const { job, nozzles, bed, fans } = printer.state;
	assert.deepEqual([job.speedLevel, nozzles[0]?.target, bed.target, fans.part], [1, 215, 55, 40]);
	await culm.done({ command: "pause" });
	await culm.reaches("paused");
	await culm.done({ command: "resume" });
	await culm.reaches("printing");

	const { key, percent = 0 } = printer.state.job;
	await broker.kill();
	await until(async () => printer.state.link === "offline", SOON_MS);
	assert.equal(printer.state.linkError, "unreachable");
	await culm.refused({ command: "pause" }, "offline");
	await broker.start();
	await until(async () => printer.state.link === "online", 30_000);
	await until(async () => (printer.state.job.percent ?? 0) > percent, SOON_MS);
	assert.deepEqual([printer.state.job.state, printer.state.job.key], ["printing", key]);
	await culm.done({ command: "speed", level: 3 });
	await culm.reaches("finished", JOB_MS);
	assert.deepEqual(culm.jobs, [
		"idle",
		"preparing",
		"printing",
		"paused",
		"printing",
		"finished",
	] satisfies JobStatus[]);
	assert.deepEqual([culm.trays, culm.usedMm, culm.shrunk], [[254], 4200, []]);
	assert.equal(printer.refusal({ command: "start", file: FILE }), undefined);
});

test("a Kobra 2 whose model is not known is found by its id, with old firmware too, and its last will is shown", {
	timeout: 60_000,
}, async () => {
	const broker = await startBroker();
	const printer = brokerPrinter(broker, "");
	const kobra = await powerOn(["--model", "20023", "--broker", broker.url, "--switch", "oldFirmware"]);
	const culm = follow(printer);
	await culm.online();
	assert.equal(printer.state.name, "Kobra 2 Max cdef");
	assert.ok((await culm.names("local")).includes(FILE));
	await kobra.interrupt();
	await until(async () => printer.state.link === "offline", SOON_MS);
	assert.equal(printer.state.linkHelp, "The printer is off or has lost its network.");
	await powerOn(["--model", "20023", "--broker", broker.url]);
	await culm.online();
	assert.ok((await culm.names("local")).includes(FILE), "its new firmware hears us, too");
});

test("a Kobra 3 in LAN mode prints a whole job from a slot of its unit", { timeout: 150_000 }, async () => {
	const [port, brokerPort] = [await freePort(), await freePort()];
	const lan = ["--lan", "--port", String(port), "--broker-port", String(brokerPort)];
	await powerOn(["--model", "20024", ...lan, "--speed", "60"]);
	const { clock, random, log, mqtt, text } = means();
	const printer = new AnycubicPrinter({
		modelId: "",
		deviceId: ID,
		name: "",
		host: HOST,
		way: "lan",
		clock,
		random,
		log,
		link: (events) =>
			new LanLink({
				clock,
				random,
				log,
				mqtt,
				text,
				http: createHttpClient(),
				crypto: handshakeCrypto,
				target: { host: HOST, port },
				deviceId: ID,
				onStatus: (report) => events.onStatus(report),
				onReport: (type, report) => events.onReport(type, report),
				onResponse: (response) => events.onResponse?.(response),
				onModel: (modelId) => events.onModel?.(modelId),
			}),
	});
	const culm = follow(printer);
	await until(async () => printer.state.linkError === "untrusted_certificate", SOON_MS);
	const pinnedSha256 = printer.state.linkCertificate?.sha256 ?? "";
	printer.retarget({ host: HOST, port, accessCode: "", pinnedSha256 });
	await culm.online();
	assert.deepEqual([printer.state.name, printer.state.control], ["Kobra 3 cdef", "full"]);
	await until(async () => printer.state.filament.units.length > 0, SOON_MS);
	const [unit] = printer.state.filament.units;
	assert.equal(unit?.kind, "ace");
	assert.equal(unit?.slots.length, 4);
	await culm.done({ command: "light", mode: "on" });
	assert.deepEqual(printer.state.lights, { work: true });
	await culm.done({ command: "dry_start", unit: 0, target: 45, hours: 2 });
	await until(async () => (printer.state.filament.units[0]?.dryingMinutes ?? 0) > 0, SOON_MS);
	await culm.done({ command: "dry_stop", unit: 0 });
	await culm.done({ command: "delete_file", place: "usb", file: "calibration_cube.gcode", confirm: true });
	assert.deepEqual(await culm.names("usb"), ["brackets"]);

	const spools = [{ unit: 0, slot: 1 }];
	await culm.done({ command: "start", place: "local", file: FILE, spools, levelBed: true });
	await culm.reaches("printing", 30_000);
	assert.deepEqual(printer.state.filament.active, { unit: 0, slot: 1 });
	await culm.done({ command: "fan", fan: "part", percent: 40 });
	await culm.done({ command: "nozzle_temperature", target: 215 });
	assert.deepEqual([printer.state.nozzles[0]?.target, printer.state.fans.part], [215, 40]);
	await culm.done({ command: "pause" });
	await culm.reaches("paused");
	await culm.refused({ command: "start", place: "local", file: FILE }, "wrong_state");
	await culm.done({ command: "resume" });
	await culm.done({ command: "speed", level: 3 });
	await culm.reaches("finished", JOB_MS);
	assert.deepEqual(culm.jobs, [
		"idle",
		"preparing",
		"printing",
		"paused",
		"printing",
		"finished",
	] satisfies JobStatus[]);
	assert.deepEqual([culm.trays, culm.usedMm, culm.shrunk], [[1], 4200, []]);

	await culm.done({ command: "start", place: "local", file: FILE });
	await culm.done({ command: "stop", confirm: true });
	await culm.reaches("failed", 30_000);
	assert.equal(printer.state.job.cancelled, true);
});
