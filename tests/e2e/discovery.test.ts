// Finding the virtual printer as a real one is found, over the loopback network, and binding what was found.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { DeviceState } from "../../modules/device-state";
import type { DiscoveredPrinter } from "../../modules/printers/bambu/ssdp";
import type { PrinterState } from "../../modules/printers/printer-state";
import { startQuietSimulator } from "./quiet-simulator";

const LIMIT_MS = 20_000;

test("a scan finds the virtual printer; bound with its access code it comes online, and with another it says why not; it is followed to another address, and found by host and access code alone", async (t) => {
	const storage = mkdtempSync(join(tmpdir(), "culm-discovery-"));
	t.after(() => rmSync(storage, { recursive: true, force: true }));
	const { simulator, port } = await startQuietSimulator(storage, "--model", "A1");
	t.after(() => simulator.close());
	const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
		const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
		assert.ok(response.ok, await response.clone().text());
		return response.json();
	};
	const hide = async (on: boolean): Promise<void> => {
		const body = JSON.stringify({ switch: "hidden", on });
		assert.ok((await fetch(`http://127.0.0.1:${port + 1}/api/world`, { method: "POST", body })).ok);
	};
	const reaches = (isSo: (printer: PrinterState) => boolean): Promise<void> =>
		new Promise((resolve, reject) => {
			const stop = simulator.firmware.printers.onChange(() => look());
			const limit = setTimeout(() => {
				stop();
				reject(new Error(JSON.stringify(simulator.firmware.printers.states)));
			}, LIMIT_MS);
			const look = (): void => {
				if (!simulator.firmware.printers.states.some(isSo)) return;
				clearTimeout(limit);
				stop();
				resolve();
			};
			look();
		});

	const [printer] = ((await ask("GET", "/api/state")) as DeviceState).printers;
	assert.ok(printer);
	const { serial } = printer;
	const note = simulator.places.find(({ what }) => what === "Virtual printer")?.note;
	assert.equal(note, `serial ${serial}, access code 12345678. A search finds it.`);
	await ask("DELETE", `/api/printers/${serial}`);
	assert.deepEqual(simulator.firmware.printers.states, []);

	// Other tests have virtual printers of their own at the same time, and this one is told from them.
	const { printers } = (await ask("POST", "/api/printers/scan", {})) as { printers: DiscoveredPrinter[] };
	const found = printers.find((one) => one.serial === serial);
	assert.equal(found?.model, "A1");
	assert.equal(found?.name, "Virtual A1");

	await hide(true);
	const later = (await ask("POST", "/api/printers/scan", {})) as { printers: DiscoveredPrinter[] };
	assert.ok(!later.printers.some((one) => one.serial === serial), "one that does not announce itself");
	await hide(false);

	const { host } = found;
	await ask("POST", "/api/printers", { host, serial, accessCode: "87654321" });
	await reaches(({ linkError }) => linkError === "wrong_access_code");
	await ask("POST", "/api/printers", { slot: 0, accessCode: "12345678" });
	await reaches(({ link, id }) => link === "online" && id === serial);

	// An address where nobody is, as after the router has given the printer another one.
	await ask("PATCH", `/api/printers/${serial}`, { host: "127.0.0.253" });
	await reaches(({ linkError }) => linkError === "unreachable");
	await reaches((state) => state.link === "online" && state.host === host);
	assert.equal(simulator.firmware.settings.get("printer0.host"), host, "it is stored");

	await ask("DELETE", `/api/printers/${serial}`);
	const added = await ask("POST", "/api/printers", { host, accessCode: "12345678" });
	assert.deepEqual(added, { slot: 0, id: serial }, "the certificate says who it is");
	await reaches(({ link, id }) => link === "online" && id === serial);
	await ask("DELETE", `/api/printers/${serial}`);
	for (const [body, code] of [
		[{ host, accessCode: "87654321" }, "wrong_access_code"],
		[{ host: "127.0.0.253", accessCode: "12345678" }, "unreachable"],
	] as const) {
		const init = { method: "POST", body: JSON.stringify(body) };
		const response = await fetch(`http://127.0.0.1:${port}/api/printers`, init);
		assert.equal(((await response.json()) as { error: { code: string } }).error.code, code);
	}
	assert.deepEqual(simulator.firmware.printers.states, []);
});

test("two simulators on one computer have printers that are told apart", async (t) => {
	const start = async () => {
		const storage = mkdtempSync(join(tmpdir(), "culm-discovery-"));
		t.after(() => rmSync(storage, { recursive: true, force: true }));
		const { simulator } = await startQuietSimulator(storage);
		t.after(() => simulator.close());
		return simulator.places.find(({ what }) => what === "Virtual printer");
	};
	const [one, other] = [await start(), await start()];
	assert.notEqual(one?.where, other?.where);
	assert.notEqual(one?.note, other?.note);
	assert.match(`${one?.where} ${other?.where}`, /^127\.0\.0\.\d+:8883 127\.0\.0\.\d+:8883$/);
});
