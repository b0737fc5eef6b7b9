// What the virtual Spoolman keeps in a file, and the example that it begins with.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { filledSlots } from "../../../../sim/printers/bambu/spools";
import { startVirtualSpoolman, type VirtualSpoolman } from "../../../../sim/spoolman/server";
import { MemoryLog } from "../../../fakes/memory-log";

// biome-ignore lint/suspicious/noExplicitAny: JSON, which each test compares as a whole or in part.
type Json = any;

function folder(t: TestContext): string {
	const path = mkdtempSync(join(tmpdir(), "culm-spoolman-"));
	t.after(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

async function start(
	t: TestContext,
	options: { file?: string; hasExample?: boolean },
): Promise<VirtualSpoolman> {
	const spoolman = await startVirtualSpoolman({ port: 0, log: new MemoryLog(), ...options });
	t.after(() => spoolman.close());
	return spoolman;
}

const ask = async (
	spoolman: VirtualSpoolman,
	method: string,
	path: string,
	body?: unknown,
): Promise<Json> => {
	const response = await fetch(`${spoolman.url}${path}`, {
		method,
		...(body !== undefined && {
			headers: { "content-type": "application/json" },
			body: JSON.stringify(body),
		}),
	});
	return response.json();
};

test("what is stored in a file is there after a restart, also extra values and settings", async (t) => {
	const file = join(folder(t), "spoolman.sqlite");
	const first = await start(t, { file, hasExample: true });
	assert.equal(first.lastUrl, "");
	const used = await ask(first, "PUT", "/spool/1/use", { use_weight: 12.25 });
	const setting = await ask(first, "POST", "/setting/currency", '"SEK"');
	assert.equal(setting.is_set, true);
	const { url } = first;
	await first.close();
	await first.close();
	const second = await start(t, { file, hasExample: true });
	assert.deepEqual(await ask(second, "GET", "/spool/1"), used);
	assert.ok(used.extra.tag, "the example's spool has a tag");
	assert.deepEqual(await ask(second, "GET", "/setting/currency"), setting);
	assert.equal(second.snapshot().total, 4, "the example is not added once more");
	assert.equal(second.lastUrl, url);
});

test("without a file every start is empty", async (t) => {
	const first = await start(t, {});
	await ask(first, "POST", "/vendor", { name: "x" });
	await first.close();
	assert.deepEqual(await ask(await start(t, {}), "GET", "/vendor"), []);
});

test("a file that is no database is refused, with its name", async (t) => {
	const file = join(folder(t), "spoolman.sqlite");
	writeFileSync(file, "This is a text and no database. ".repeat(40));
	await assert.rejects(startVirtualSpoolman({ port: 0, file, log: new MemoryLog() }), (error: Error) => {
		assert.match(error.message, /spoolman\.sqlite: no database can be kept there/);
		return "code" in error && error.code === "storage";
	});
});

test("the example knows two of the virtual printer's tags, and its spool without one", async (t) => {
	const spoolman = await start(t, { hasExample: true });
	const [first, second, third, fourth] = filledSlots(0, "ams");
	const tagged = async (uuid: string | undefined) => {
		const found = await ask(spoolman, "GET", `/spool?extra.tag=%22${uuid}%22`);
		return found.map((spool: { id: number; remaining_weight: number }) => [spool.id, spool.remaining_weight]);
	};
	assert.deepEqual(await tagged(first?.tag?.uuid), [[1, first?.remainingGrams]]);
	assert.deepEqual(await tagged(second?.tag?.uuid), [[2, second?.remainingGrams]]);
	assert.deepEqual(await tagged(third?.tag?.uuid), [], "to be offered");
	assert.equal(fourth?.tag, undefined);
	assert.equal(spoolman.slots, "3:3");
	assert.equal((await ask(spoolman, "GET", "/spool/3")).remaining_weight, fourth?.remainingGrams);
	assert.deepEqual(spoolman.snapshot().spools[3], {
		id: 4,
		name: "Bambu Lab PLA Basic Blue",
		color: "0A2CA5",
		remainingGrams: 1000,
		usedGrams: 0,
		location: "Shelf",
		hasTag: false,
	});
	await ask(spoolman, "DELETE", "/spool/3");
	assert.equal(spoolman.slots, "");
});
