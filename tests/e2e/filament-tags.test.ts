// OpenSpool tags from a phone and from a reader, through the device to a virtual printer's slots.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { DeviceState } from "../../modules/device-state";
import type { FilamentSlot } from "../../modules/printers/printer-state";
import { sampleTagNames } from "../../sim/tag-reader";
import { type QuietSimulator, startQuietSimulator } from "./quiet-simulator";

const LIMIT_MS = 20_000;
const TAG = {
	protocol: "openspool",
	version: "1.0",
	type: "ASA",
	color_hex: "1f8a4c",
	brand: "Generic",
	min_temp: "240",
	max_temp: "270",
};

const storage = mkdtempSync(join(tmpdir(), "culm-tags-"));
let device: QuietSimulator;
/** The printer's id. */
let id: string;
before(async () => {
	device = await startQuietSimulator(storage);
	const { printers } = await reaches("online", ({ printers: [first] }) => first?.job.state === "preparing");
	id = printers[0]?.id ?? assert.fail();
	await world({ action: "stop" });
	await reaches("at rest", ({ printers: [first] }) => first?.job.state === "failed");
});
after(async () => {
	await device?.simulator.close();
	rmSync(storage, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown, port = device.port) {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, {
		method,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	// biome-ignore lint/suspicious/noExplicitAny: whatever the device answered.
	return { status: response.status, content: (await response.json()) as any };
}

async function world(wish: unknown): Promise<void> {
	const { status, content } = await ask("POST", "/api/world", wish, device.port + 1);
	assert.equal(status, 200, JSON.stringify(content));
}

async function state(): Promise<DeviceState> {
	return (await ask("GET", "/api/state")).content;
}

async function reaches(what: string, isSo: (state: DeviceState) => boolean): Promise<DeviceState> {
	const end = Date.now() + LIMIT_MS;
	for (;;) {
		const now = await state();
		if (isSo(now)) return now;
		if (Date.now() > end) assert.fail(`never ${what}: ${JSON.stringify(now)}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

function slot({ printers: [first] }: DeviceState, tray: number): FilamentSlot | undefined {
	if (tray >= 254) return first?.filament.external[0];
	const unit = first?.filament.units.find(({ id: number }) => number === Math.floor(tray / 4));
	return unit?.slots.find(({ id: number }) => number === tray % 4);
}

/** A slot with a spool that has no tag of the maker, and one that has. */
async function trays() {
	const now = await state();
	const loaded = [0, 1, 2, 3].filter((tray) => slot(now, tray)?.state === "loaded");
	const plain = loaded.find((tray) => slot(now, tray)?.spoolUuid === undefined);
	const tagged = loaded.find((tray) => slot(now, tray)?.spoolUuid !== undefined);
	const empty = [0, 1, 2, 3].find((tray) => slot(now, tray)?.state === "empty");
	return {
		plain: plain ?? assert.fail("no plain spool"),
		tagged: tagged ?? assert.fail("no tagged spool"),
		empty,
	};
}

test("a tag that is sent with a slot is what the printer says of that slot", async () => {
	const { plain } = await trays();
	const { status, content } = await ask("POST", `/api/filament-tag?printer=${id}&tray=${plain}`, TAG);
	assert.deepEqual([status, content.sent], [200, true], JSON.stringify(content));
	const now = await reaches("described", (next) => slot(next, plain)?.material === "ASA");
	const { color, nozzleMin, nozzleMax } = slot(now, plain) ?? assert.fail();
	assert.deepEqual([color, nozzleMin, nozzleMax], ["1F8A4CFF", 240, 270]);
	assert.equal(now.filamentTag, undefined);
});

test("the spool outside is described in the same way", async () => {
	const { status } = await ask("POST", `/api/filament-tag?printer=${id}&tray=254`, { ...TAG, type: "TPU" });
	assert.equal(status, 200);
	await reaches("described", (next) => slot(next, 254)?.material === "TPU");
});

test("a tag at the reader is held, and the printer has it once it is given to a slot", async () => {
	const { plain } = await trays();
	await world({ tag: "pla_red" });
	assert.equal((await state()).filamentTag?.color, "E53935FF");
	await world({ tag: "petg_hf" });
	const { filamentTag } = await state();
	assert.deepEqual([filamentTag?.type, filamentTag?.subtype], ["PETG", "HF"]);
	const { status, content } = await ask("POST", `/api/filament-tag?printer=${id}&tray=${plain}`);
	assert.deepEqual([status, content.sent, content.tag.brand], [200, true, "Bambu"]);
	const now = await reaches("described", (next) => slot(next, plain)?.material === "PETG");
	assert.equal(slot(now, plain)?.color, "1E88E5FF");
	assert.equal(now.filamentTag, undefined, "it is held no longer");
});

test("a spool with the maker's tag is not described by another one, and the held tag stays", async () => {
	const { tagged } = await trays();
	await world({ tag: "pla_red" });
	const { status, content } = await ask("POST", `/api/filament-tag?printer=${id}&tray=${tagged}`);
	assert.deepEqual([status, content.error.code], [409, "wrong_state"]);
	assert.match(content.error.message, /has a tag which says what it is/);
	assert.equal((await state()).filamentTag?.type, "PLA");
	assert.deepEqual((await ask("DELETE", "/api/filament-tag")).content, { dropped: true });
	assert.equal((await state()).filamentTag, undefined);
});

test("every sample tag is either held, or it is said what is wrong with it", async () => {
	const outcomes: unknown[] = [];
	for (const tag of sampleTagNames) {
		await world({ tag });
		const { filamentTag, filamentTagError } = await state();
		outcomes.push(filamentTag?.type ?? filamentTagError?.code);
	}
	assert.deepEqual(outcomes, ["PLA", "PETG", "bad_tag", "no_json", "empty"]);
	const unknown = await ask("POST", "/api/world", { tag: "gold" }, device.port + 1);
	assert.equal(unknown.status, 400);
});
