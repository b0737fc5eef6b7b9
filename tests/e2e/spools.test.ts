// A print on the virtual printer from four slots, counted in the virtual Spoolman: what becomes of it when Spoolman is
// away, and when the power of the device fails.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { type Firmware, startFirmware } from "../../modules/firmware";
import type { HttpClientPort } from "../../modules/platform/http";
import { PortError } from "../../modules/platform/port-error";
import type { Storage } from "../../modules/platform/storage";
import { createClock } from "../../sim/host/clock";
import { createMemoryStorage } from "../../sim/host/memory-storage";
import { createPlatform } from "../../sim/host/platform";
import { PrinterBroker } from "../../sim/printers/bambu/broker";
import { openCertificates } from "../../sim/printers/bambu/certificates";
import { PrinterFileServer } from "../../sim/printers/bambu/file-server";
import { exampleSerial, printerModel } from "../../sim/printers/bambu/models";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { startVirtualSpoolman } from "../../sim/spoolman/server";
import { MemoryLog } from "../fakes/memory-log";

const ACCESS_CODE = "12345678";
const GRAMS = [30, 20.5, 41.25, 12] as const;
/** g used before: of the two with a tag as much as the printer measures. */
const BEFORE = [180, 545, 0, 0] as const;
const LIMIT_MS = 150_000;

interface Spool {
	id: number;
	used_weight: number;
	first_used?: string;
}

async function world(t: TestContext, speed: number) {
	const directory = mkdtempSync(join(tmpdir(), "culm-spools-"));
	t.after(() => rmSync(directory, { recursive: true, force: true }));
	const log = new MemoryLog();
	const serial = exampleSerial(printerModel("X1C"), 1);
	const certificates = await openCertificates({ serial, directory, wallTimeMs: Date.now() });
	const clock = createClock({ speed });
	const printer = new VirtualBambuPrinter({ clock, model: "X1C", serial, accessCode: ACCESS_CODE });
	const broker = new PrinterBroker({ printer, certificates });
	const { port } = await broker.listen({ port: 0 });
	const files = new PrinterFileServer({ printer, certificates, clock: createClock() });
	const { port: filesPort } = await files.listen({ port: 0, address: "127.0.0.1" });
	const spoolman = await startVirtualSpoolman({ port: 0, log });
	t.after(async () => {
		await files.close();
		await broker.close();
		printer.close();
		await spoolman.close();
	});
	printer.start();

	const api = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const response = await fetch(`${spoolman.url}${path}`, {
			method,
			headers: { "content-type": "application/json" },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const answer: unknown = await response.json();
		assert.equal(response.status, 200, `${method} ${path}: ${JSON.stringify(answer)}`);
		return answer;
	};
	await api("POST", "/field/spool/tag", { name: "Tag", field_type: "text" });
	await api("POST", "/filament", {
		name: "PLA",
		material: "PLA",
		density: 1.24,
		diameter: 1.75,
		weight: 1000,
	});
	for (const used_weight of BEFORE)
		await api("POST", "/spool", { filament_id: 1, initial_weight: 1000, used_weight });

	const storage = createMemoryStorage();
	const state = { isAway: false };
	const power = { isOn: true };
	let current: { firmware: Firmware; power: { isOn: boolean } } | undefined;
	const start = (): Firmware => {
		const own = { ...power };
		const platform = createPlatform({ log, webPort: 0, extraAuthorities: certificates.authorities });
		const firmware = startFirmware(
			{
				...platform,
				storage: whilePowered(storage, own),
				httpClient: reachable(platform.httpClient, () => own.isOn && !state.isAway),
				printerFilesPort: () => filesPort,
			},
			allParts,
		);
		current = { firmware, power: own };
		return firmware;
	};
	/** Nothing that it does afterwards is stored, or leaves it. */
	const kill = async (): Promise<void> => {
		if (!current) return;
		current.power.isOn = false;
		await current.firmware.close();
	};
	t.after(() => kill());
	const firmware = start();
	firmware.settings.patch({
		"printer0.host": "127.0.0.1",
		"printer0.port": port,
		"printer0.serial": serial,
		"printer0.accessCode": ACCESS_CODE,
		"spoolman.url": spoolman.url,
		"spools.thresholdTenths": 1,
		"spools.intervalSeconds": 10,
	});
	assert.equal(await firmware.settings.flush(), true);

	const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
		const giveUpAt = Date.now() + LIMIT_MS;
		while (!(await isSo())) {
			if (Date.now() > giveUpAt)
				assert.fail(
					`never ${what}: ${JSON.stringify(current?.firmware.state().spools)} ${JSON.stringify(current?.firmware.printers.states[0]?.job)} ${log.texts().slice(-20).join("\n")}`,
				);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	};
	const slots = () => current?.firmware.spools?.state.slots.filter(({ tray }) => tray < 4) ?? [];
	// Two by their tags, one by its slot.
	await until("four slots shown", () => slots().length === 4);
	const uuids = firmware.printers.states[0]?.filament.units[0]?.slots.map(({ spoolUuid }) => spoolUuid) ?? [];
	for (const slot of [0, 1])
		await api("PATCH", `/spool/${slot + 1}`, { extra: { tag: JSON.stringify(uuids[slot]) } });
	firmware.settings.patch({ "printer0.spools": "3:3" });
	assert.equal(await firmware.settings.flush(), true);
	assert.deepEqual(await firmware.spools?.act({ action: "retry" }), { ok: true });
	await until("the slots identified", () => slots().filter(({ status }) => status === "linked").length === 3);

	return {
		printer,
		until,
		kill,
		start,
		slots,
		state,
		job: () => current?.firmware.printers.states[0]?.job,
		waiting: () => current?.firmware.spools?.state.waiting,
		print: () =>
			printer.startJob({
				name: "Four colours",
				filaments: [0, 1, 3, 2].map((slot) => ({ unit: 0, slot })),
				layersPerTurn: 5,
				gramsPerFilament: GRAMS,
			}),
		async finished(): Promise<void> {
			await until("finished", () => current?.firmware.printers.states[0]?.job.state === "finished");
			await until("all written", async () => {
				const used = await Promise.all([1, 2, 3].map((id) => api("GET", `/spool/${id}`)));
				return (
					current?.firmware.spools?.state.waiting === undefined &&
					used.every(
						(spool, index) => (spool as Spool).used_weight > (BEFORE[index] ?? 0) + (GRAMS[index] ?? 0) - 1,
					)
				);
			});
			// What would come twice has come by then.
			await new Promise((resolve) => setTimeout(resolve, 500));
			const spools = (await api("GET", "/spool?sort=id:asc")) as Spool[];
			const used = spools.map(({ used_weight }, index) => used_weight - (BEFORE[index] ?? 0));
			for (const [index, grams] of [30, 20.5, 41.25, 0].entries())
				assert.ok(Math.abs((used[index] ?? -1) - grams) < 1, `spool ${index + 1}: ${used[index]} g`);
			assert.equal(used[3], 0, "nobody's spool is untouched");
		},
	};
}

function whilePowered(storage: Storage, power: { isOn: boolean }): Storage {
	return {
		get: (namespace, key) => storage.get(namespace, key),
		write: async (changes) => {
			if (power.isOn) await storage.write(changes);
		},
	};
}

function reachable(http: HttpClientPort, isReachable: () => boolean): HttpClientPort {
	const fail = (): never => {
		throw new PortError("unreachable", "nothing answers");
	};
	return {
		request: async (request) => {
			if (!isReachable()) fail();
			const response = await http.request(request);
			// It may have been done, and its answer never came.
			return isReachable() ? response : fail();
		},
	};
}

test("after a print from four slots, Spoolman has what it took of each, and the unknown spool is offered", {
	timeout: 180_000,
}, async (t) => {
	const { print, finished, slots } = await world(t, 150);
	assert.equal(print(), true);
	await finished();
	assert.deepEqual(
		slots().map(({ tray, status, by }) => [tray, status, by]),
		[
			[0, "linked", "tag"],
			[1, "linked", "tag"],
			[2, "new_tag", undefined],
			[3, "linked", "slot"],
		],
	);
});

test("the same with Spoolman away for half of the print", { timeout: 180_000 }, async (t) => {
	const { print, finished, until, job, state, waiting } = await world(t, 100);
	assert.equal(print(), true);
	await until("at 25 %", () => job()?.state === "printing" && (job()?.percent ?? 0) >= 25);
	state.isAway = true;
	await until("at 75 %", () => (job()?.percent ?? 0) >= 75 || job()?.state === "finished");
	assert.ok((waiting()?.grams ?? 0) > 5, `${JSON.stringify(waiting())} waits`);
	state.isAway = false;
	await finished();
});

test("the same with the device's power failing at fifty moments", { timeout: 240_000 }, async (t) => {
	const { print, finished, until, job, kill, start } = await world(t, 40);
	assert.equal(print(), true);
	// On a new device, a job that it first meets under way is counted from there.
	await until("heard of", () => job()?.state === "preparing" && job()?.key !== undefined);
	await new Promise((resolve) => setTimeout(resolve, 100));
	let random = 20_261;
	for (let kills = 0; kills < 50; kills++) {
		random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
		await new Promise((resolve) => setTimeout(resolve, 60 + (random % 900)));
		await kill();
		start();
	}
	await finished();
});
