// Ten virtual printers at once over real sockets and real TLS: one drops its clients every three seconds, one says
// nothing, one demands signed commands. What becomes of these must not be seen in the other seven.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { startFirmware } from "../../modules/firmware";
import type { PrinterState } from "../../modules/printers/printer-state";
import { createClock } from "../../sim/host/clock";
import { createPlatform } from "../../sim/host/platform";
import { PrinterBroker } from "../../sim/printers/bambu/broker";
import { openCertificates } from "../../sim/printers/bambu/certificates";
import { exampleSerial, type PrinterModelName, printerModel } from "../../sim/printers/bambu/models";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { MemoryLog } from "../fakes/memory-log";

const MODELS: readonly PrinterModelName[] = [
	"P1S",
	"A1",
	"X1C",
	"P1S",
	"A1",
	"X1C",
	"P1S",
	"A1",
	"X1C",
	"P1S",
];
const DROPPING = 2;
const SILENT = 5;
const SECURED = 8;
const ACCESS_CODE = "12345678";
const MOST_AGE_MS = 3_000;
/** Six times as long as the dropping one lets anybody stay, and twice as long as a silence is suffered. */
const WATCHED_MS = 20_000;
const SAMPLE_MS = 100;
const LIMIT_MS = 30_000;
/** Reports round what they tell. */
const ROUNDING_CELSIUS = 1;

const serialOf = (index: number): string => exampleSerial(printerModel(MODELS[index] ?? "P1S"), 100 + index);

async function startPrinters(t: TestContext) {
	const directory = mkdtempSync(join(tmpdir(), "culm-ten-"));
	t.after(() => rmSync(directory, { recursive: true, force: true }));
	const printers: { virtual: VirtualBambuPrinter; port: number; serial: string }[] = [];
	let authorities: readonly Uint8Array[] = [];
	for (const [index, model] of MODELS.entries()) {
		const serial = serialOf(index);
		// In one directory, so that all have one authority.
		const certificates = await openCertificates({ serial, directory, wallTimeMs: Date.now() });
		authorities = certificates.authorities;
		const virtual = new VirtualBambuPrinter({ clock: createClock(), model, serial, accessCode: ACCESS_CODE });
		const broker = new PrinterBroker({ printer: virtual, certificates });
		const { port } = await broker.listen({ port: 0 });
		t.after(async () => {
			await broker.close();
			virtual.close();
		});
		virtual.start();
		printers.push({ virtual, port, serial });
	}
	return { printers, authorities };
}

function startDevice(t: TestContext, authorities: readonly Uint8Array[], liveLinks?: number) {
	const log = new MemoryLog();
	const platform = createPlatform({
		log,
		webPort: 0,
		extraAuthorities: authorities,
		...(liveLinks !== undefined && { liveLinks }),
	});
	const firmware = startFirmware(platform, allParts);
	t.after(() => firmware.close());
	const stateOf = (serial: string): PrinterState =>
		firmware.printers.states.find(({ id }) => id === serial) ?? assert.fail(`${serial} is not set up`);
	const until = async (what: string, isSo: () => boolean): Promise<void> => {
		const giveUpAt = Date.now() + LIMIT_MS;
		while (!isSo()) {
			if (Date.now() > giveUpAt)
				assert.fail(`never ${what}: ${JSON.stringify(firmware.printers.states)} ${log.texts().join("\n")}`);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	};
	return { firmware, clock: platform.clock, stateOf, until };
}

test("of ten printers, of which one drops us, one is silent and one is secured, the other seven are never older than 3 s", async (t) => {
	const { printers, authorities } = await startPrinters(t);
	const { firmware, clock, stateOf, until } = startDevice(t, authorities);
	printers[DROPPING]?.virtual.switches.set("dropping", true);
	printers[SILENT]?.virtual.switches.set("silent", true);
	printers[SECURED]?.virtual.switches.set("secured", true);
	for (const [slot, { serial, port }] of printers.entries()) {
		firmware.settings.patch({
			[`printer${slot}.host`]: "127.0.0.1",
			[`printer${slot}.port`]: port,
			[`printer${slot}.serial`]: serial,
			[`printer${slot}.accessCode`]: ACCESS_CODE,
		});
	}
	const well = printers.filter((_, index) => index !== DROPPING && index !== SILENT && index !== SECURED);
	assert.equal(well.length, 7);
	const [dropping, silent, secured] = [serialOf(DROPPING), serialOf(SILENT), serialOf(SECURED)];
	const isWell = ({ link, bed }: PrinterState): boolean => link === "online" && bed.current !== undefined;
	await until("all of them reached", () => well.every(({ serial }) => isWell(stateOf(serial))));
	// From now on beds warm up: what is shown can be told from what was.
	for (const { virtual } of printers) virtual.startJob();

	const warmth = new Map(well.map(({ serial }) => [serial, [] as { atMs: number; celsius: number }[]]));
	let oldestMs = 0;
	let droppedTimes = 0;
	const stop = firmware.printers.onChange((event) => {
		if (event.type === "changed" && event.state.id === dropping && event.changed.includes("link"))
			if (event.state.link === "offline") droppedTimes++;
	});
	const endAtMs = clock.now() + WATCHED_MS;
	while (clock.now() < endAtMs) {
		await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
		const nowMs = clock.now();
		for (const { serial, virtual } of well) {
			const state = stateOf(serial);
			assert.equal(state.link, "online", serial);
			const heardAtMs = firmware.printers.find(serial)?.heardAtMs ?? assert.fail(serial);
			oldestMs = Math.max(oldestMs, nowMs - heardAtMs);
			const past = warmth.get(serial) ?? [];
			past.push({ atMs: nowMs, celsius: virtual.snapshot().bed.current ?? 0 });
			const recent = past.filter(({ atMs }) => atMs >= nowMs - MOST_AGE_MS).map(({ celsius }) => celsius);
			const { current = Number.NaN } = state.bed;
			assert.ok(
				current >= Math.min(...recent) - ROUNDING_CELSIUS &&
					current <= Math.max(...recent) + ROUNDING_CELSIUS,
				`${serial} shows ${current} °C, and had ${recent.join(", ")} in the last 3 s`,
			);
		}
	}
	stop();
	assert.ok(oldestMs <= MOST_AGE_MS, `${oldestMs} ms`);
	t.diagnostic(`the oldest state of the seven was ${Math.round(oldestMs)} ms old`);
	for (const [serial, past] of warmth)
		assert.ok(
			(past.at(-1)?.celsius ?? 0) - (past[0]?.celsius ?? 0) > 3 * ROUNDING_CELSIUS,
			`${serial} warmed up`,
		);
	assert.ok(droppedTimes >= 2, `dropped ${droppedTimes} times`);
	assert.equal(stateOf(silent).linkError, "wrong_serial", "a printer that never said a word");
	assert.deepEqual([stateOf(secured).link, stateOf(secured).control], ["online", "read_only"]);
	await until("the dropping one is back", () => stateOf(dropping).link === "online");
});

test("with fewer connections than printers all of them become known, and no printer is ever met by two", async (t) => {
	const { printers, authorities } = await startPrinters(t);
	const { firmware, stateOf, until } = startDevice(t, authorities, 3);
	let most = 0;
	const looking = setInterval(() => {
		const clients = printers.map(({ virtual }) => virtual.snapshot().clients.length);
		most = Math.max(most, ...clients);
	}, 5);
	t.after(() => clearInterval(looking));
	for (const [slot, { serial, port }] of printers.entries()) {
		firmware.settings.patch({
			[`printer${slot}.host`]: "127.0.0.1",
			[`printer${slot}.port`]: port,
			[`printer${slot}.serial`]: serial,
			[`printer${slot}.accessCode`]: ACCESS_CODE,
			[`printer${slot}.live`]: slot === 9,
		});
	}
	await until("all of them known", () =>
		printers.every(({ serial }) => stateOf(serial).firmware !== undefined),
	);
	assert.deepEqual(
		firmware.printers.states.map(({ watch }) => watch),
		["live", "live", ...Array(7).fill("polled"), "live"],
	);
	assert.ok(printers.every(({ serial }) => stateOf(serial).link === "online"));
	await until("the last look is over", () => {
		const connected = printers.filter(({ virtual }) => virtual.snapshot().clients.length > 0);
		return connected.length === 3;
	});
	for (const { serial } of printers)
		assert.equal(stateOf(serial).heardAtSeconds === undefined, stateOf(serial).watch === "live");
	assert.equal(most, 1);
});
