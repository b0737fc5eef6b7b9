// `npm start`'s inside: the firmware and the virtual world in one process, seen over HTTP as a user sees them.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { DeviceState } from "../../modules/device-state";
import type { JobStatus, PrinterState } from "../../modules/printers/printer-state";
import { parseCommandLine, type SimulatorOptions } from "../../sim/command-line";
import { type Simulator, startSimulator } from "../../sim/simulator";
import { StartError } from "../../sim/start-error";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";

const LIMIT_MS = 30_000;
const storage = mkdtempSync(join(tmpdir(), "culm-e2e-"));
const running = new Set<Simulator>();
after(async () => {
	for (const simulator of running) await simulator.close();
	rmSync(storage, { recursive: true, force: true });
});

function options(args: readonly string[]): SimulatorOptions {
	const parsed = parseCommandLine(["--storage", storage, ...args]);
	return parsed.kind === "run" ? parsed.options : assert.fail(JSON.stringify(parsed));
}

async function start(...args: string[]) {
	const port = await freePorts(2);
	const log = new MemoryLog();
	const simulator = await startSimulator(options(["--port", String(port), ...args]), log);
	running.add(simulator);
	const state = async (): Promise<DeviceState> =>
		(await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as DeviceState;
	const reaches = (what: string, isSo: (printer: PrinterState) => boolean): Promise<PrinterState> =>
		new Promise((resolve, reject) => {
			const look = (): void => {
				const printer = simulator.firmware.printers.states.find(isSo);
				if (!printer) return;
				clearTimeout(limit);
				stop();
				resolve(printer);
			};
			const stop = simulator.firmware.printers.onChange(look);
			const limit = setTimeout(() => {
				stop();
				reject(new Error(`never ${what}: ${JSON.stringify(simulator.firmware.printers.states)}`));
			}, LIMIT_MS);
			look();
		});
	const close = async (): Promise<void> => {
		running.delete(simulator);
		await simulator.close();
	};
	const workbench = async (wish?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
		fetch(`http://127.0.0.1:${port + 1}/api/world`, {
			headers,
			...(wish !== undefined && { method: "POST", body: JSON.stringify(wish) }),
		});
	return { simulator, port, log, state, reaches, workbench, close };
}

test("a replayed print goes through its states with the recording's own numbers", async () => {
	const recording = "tests/fixtures/bambu/a1-print.jsonl";
	const { simulator, reaches, state, close } = await start("--replay", recording, "--speed", "200");
	const jobs: JobStatus[] = [];
	const percents = new Set<number | undefined>();
	simulator.firmware.printers.onChange(({ type, ...event }) => {
		if (type !== "changed" || !("state" in event)) return;
		const { job } = event.state;
		if (job.state !== "unknown" && jobs.at(-1) !== job.state) jobs.push(job.state);
		percents.add(job.percent);
	});
	await reaches("printing", ({ job }) => job.state === "printing");
	// The end of the recording: the bed has cooled down to what its last message with a bed temperature says.
	await reaches("finished", ({ job, bed }) => job.state === "finished" && bed.current === 56.1875);
	assert.deepEqual(jobs, ["finished", "idle", "preparing", "printing", "finished"]);
	for (const percent of [100, 0, 13, 54, 76, 96]) assert.ok(percents.has(percent), `${percent} %`);
	const [printer] = (await state()).printers;
	assert.equal(printer?.model, "A1");
	assert.deepEqual(printer?.job, {
		...printer?.job,
		state: "finished",
		percent: 100,
		layer: 50,
		totalLayers: 50,
	});
	assert.equal(printer?.nozzles[0]?.current, 133.625);
	await close();
});

test("the virtual printer prints from start to end: it prepares, heats, changes filament, and finishes", async () => {
	const { simulator, reaches, close } = await start("--speed", "100");
	const jobs = new Set<JobStatus>();
	const slots = new Set<number>();
	let hottest = 0;
	simulator.firmware.printers.onChange((event) => {
		if (event.type !== "changed") return;
		const { job, nozzles, filament } = event.state;
		jobs.add(job.state);
		hottest = Math.max(hottest, nozzles[0]?.current ?? 0);
		if (typeof filament.active === "object") slots.add(filament.active.slot);
	});
	const { job } = await reaches("finished", (printer) => printer.job.state === "finished");
	assert.equal(job.percent, 100);
	assert.equal(job.layer, job.totalLayers);
	assert.ok(jobs.has("preparing") && jobs.has("printing"), [...jobs].join());
	assert.ok(hottest > 200 && hottest < 300, `${hottest} °C`);
	assert.ok(slots.size >= 2, "filament was changed");
	await close();
});

test("a switch of the workbench shows on the device: refused certificate, then back online", async () => {
	const { reaches, workbench, close } = await start();
	await reaches("online", ({ link }) => link === "online");
	assert.equal((await workbench({ switch: "untrustedCa", on: true })).status, 200);
	const { linkHelp } = await reaches("refused", ({ linkError }) => linkError === "untrusted_certificate");
	assert.match(linkHelp ?? "", /authority/);
	await close();
});

test("a fault inserted at the workbench shows on the device in words, and pauses the job", async () => {
	const { reaches, workbench, close } = await start("--speed", "50");
	await reaches("printing", ({ job }) => job.state === "printing");
	await workbench({ fault: "0300_8004" });
	const { faults } = await reaches(
		"paused",
		({ job, faults }) => job.state === "paused" && faults.length > 0,
	);
	assert.equal(faults[0]?.code, "0300_8004");
	assert.match(faults[0]?.text ?? "", /filament/);
	await workbench({ action: "clearFaults" });
	await reaches("no fault", ({ faults: left }) => left.length === 0);
	await close();
});

test("a command over HTTP moves the virtual printer, or is answered with the reason why not", async () => {
	const { port, reaches, workbench, close } = await start();
	const { id } = await reaches("online", ({ link, job }) => link === "online" && job.state !== "unknown");
	const command = async (body: object): Promise<[number, unknown]> => {
		const url = `http://127.0.0.1:${port}/api/printers/${id}/command`;
		const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
		const { ok, error } = (await response.json()) as { ok?: boolean; error?: { code: string } };
		return [response.status, ok ?? error?.code];
	};
	await reaches("at work", ({ job: { state } }) => state === "preparing" || state === "printing");
	assert.deepEqual(await command({ command: "home" }), [409, "wrong_state"]);
	assert.deepEqual(await command({ command: "stop" }), [409, "not_confirmed"]);
	assert.deepEqual(await command({ command: "stop", confirm: true }), [200, true]);
	await reaches("at rest", ({ job }) => job.state === "failed");
	assert.deepEqual(await command({ command: "bed_temperature", target: 57 }), [200, true]);
	await reaches("heating", ({ bed }) => bed.target === 57);
	assert.deepEqual(await command({ command: "extrude", distance: 10 }), [409, "too_cold"]);
	assert.deepEqual(await command({ command: "bed_temperature" }), [400, "bad_field"]);
	const refused = { command: "pressure_advance", spool: "external", profile: 7, filamentId: "GFL99" };
	assert.deepEqual(await command(refused), [502, "refused"]);
	await workbench({ switch: "secured", on: true });
	assert.deepEqual(await command({ command: "bed_temperature", target: 0 }), [409, "read_only"]);
	assert.deepEqual(await command({ command: "light", mode: "off" }), [200, true]);
	await reaches("dark", ({ lights }) => lights.chamber === false);
	await close();
});

test("the workbench refuses what it does not know, and pages of other origins", async () => {
	const { workbench, port, close } = await start();
	for (const wish of [
		{},
		[],
		null,
		"x",
		{ switch: "constructor", on: true },
		{ switch: "slow" },
		{ action: "toString" },
	])
		assert.equal((await workbench(wish)).status, 400, JSON.stringify(wish));
	assert.equal((await workbench({ fault: "everything" })).status, 400);
	assert.equal((await workbench({ action: "resume" })).status, 409);
	assert.equal(
		(await workbench({ switch: "silent", on: true }, { origin: "http://evil.example" })).status,
		403,
	);
	const { printer } = (await (await workbench()).json()) as {
		printer: { switches: Record<string, boolean> };
	};
	assert.deepEqual(Object.values(printer.switches).filter(Boolean), []);
	const page = await fetch(`http://127.0.0.1:${port + 1}/`);
	assert.match(await page.text(), /Workbench/);
	await close();
});

test("headless runs the firmware alone, with what is in its storage", async () => {
	const { simulator, state, port, close } = await start("--headless");
	assert.deepEqual(
		simulator.places.map(({ what }) => what),
		["Device page", "Storage"],
	);
	assert.equal((await state()).device.name, "Culm");
	await assert.rejects(fetch(`http://127.0.0.1:${port + 1}/`));
	await close();
});

test("a port in use is said with the option that helps, and nothing is left running", async () => {
	const { port, close } = await start("--headless");
	const startOn = (taken: number) => startSimulator(options(["--port", String(taken)]), new MemoryLog());
	const isSaid = (error: unknown) =>
		error instanceof StartError && error.code === "environment" && /--port/.test(error.message);
	await assert.rejects(startOn(port), isSaid);
	await assert.rejects(startOn(port - 1), isSaid, "the workbench's port");
	await close();
	const again = await startOn(port);
	await again.close();
	await again.close();
});

test("the access code is in no state, no log line and no page", async () => {
	const secret = "q7z1k9xw";
	const place = ["--printer", "127.0.0.1:1", "--serial", "01P00A000000001", "--access-code", secret];
	const { reaches, port, log, close } = await start(...place, "--headless");
	await reaches("unreachable", ({ linkError }) => linkError === "unreachable");
	for (const path of [
		"/api/state",
		"/",
		"/page.js",
		"/api/settings",
		"/settings.json",
		"/../settings.json",
	]) {
		const response = await fetch(`http://127.0.0.1:${port}${path}`);
		assert.ok(!(await response.text()).includes(secret), path);
	}
	assert.ok(log.lines.length > 0);
	assert.ok(!JSON.stringify(log.lines).includes(secret));
	await close();
});
