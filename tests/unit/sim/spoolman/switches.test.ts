// What can go wrong with the virtual Spoolman, switched on and off again.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { WebSocket } from "ws";
import { startVirtualSpoolman, type VirtualSpoolman } from "../../../../sim/spoolman/server";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";

async function start(t: TestContext) {
	const clock = new ManualClock();
	const spoolman = await startVirtualSpoolman({ port: 0, hasExample: true, log: new MemoryLog(), clock });
	t.after(() => spoolman.close());
	return { clock, spoolman };
}

/** A status, or why there was none. */
async function use(spoolman: VirtualSpoolman): Promise<unknown> {
	try {
		const response = await fetch(`${spoolman.url}/spool/1/use`, {
			method: "PUT",
			headers: { "content-type": "application/json", connection: "close" },
			body: '{"use_weight":1}',
		});
		await response.text();
		return response.status;
	} catch (error) {
		return error instanceof Error && error.cause instanceof Error && "code" in error.cause
			? error.cause.code
			: error;
	}
}

const used = (spoolman: VirtualSpoolman) => spoolman.snapshot().spools[0]?.usedGrams;

test("down refuses connections and ends those that are there; up again it is where it was", async (t) => {
	const { spoolman } = await start(t);
	const socket = new WebSocket(`${spoolman.url.replace("http", "ws")}/spool`);
	await once(socket, "open");
	const closed = once(socket, "close");
	await spoolman.setSwitch("down", true);
	await closed;
	assert.equal(spoolman.snapshot().switches.down, true);
	assert.equal(await use(spoolman), "ECONNREFUSED");
	assert.equal(used(spoolman), 180);
	await spoolman.setSwitch("down", true);
	await spoolman.setSwitch("down", false);
	await spoolman.setSwitch("down", false);
	assert.equal(spoolman.snapshot().switches.down, false);
	assert.equal(await use(spoolman), 200);
	assert.equal(used(spoolman), 181);
});

test("switched in haste it ends as the last switch says", async (t) => {
	const { spoolman } = await start(t);
	await Promise.all([true, false, true, false].map((on) => spoolman.setSwitch("down", on)));
	assert.equal(await use(spoolman), 200);
	await Promise.all([true, false, true].map((on) => spoolman.setSwitch("down", on)));
	assert.equal(await use(spoolman), "ECONNREFUSED");
});

test("when somebody took its port meanwhile it stays down, and says so", async (t) => {
	const { spoolman } = await start(t);
	await spoolman.setSwitch("down", true);
	const thief = createServer().listen(Number(new URL(spoolman.url).port), "127.0.0.1");
	await once(thief, "listening");
	await assert.rejects(spoolman.setSwitch("down", false), { code: "address_in_use" });
	assert.equal(spoolman.snapshot().switches.down, true);
	thief.close();
	await once(thief, "close");
	await spoolman.setSwitch("down", false);
	assert.equal(await use(spoolman), 200);
});

test("slow does what it is asked at once, and answers 10 s later", async (t) => {
	const { spoolman, clock } = await start(t);
	await spoolman.setSwitch("slow", true);
	const answer = use(spoolman);
	for (let i = 0; i < 2_000 && clock.pendingTimers === 0; i++)
		await new Promise((resolve) => setTimeout(resolve, 1));
	assert.equal(clock.pendingTimers, 1);
	assert.equal(used(spoolman), 181);
	clock.advance(9_999);
	assert.equal(clock.pendingTimers, 1);
	clock.advance(1);
	assert.equal(await answer, 200);
	await spoolman.setSwitch("slow", false);
	assert.equal(await use(spoolman), 200);
});

test("an answer that is due when it ends is never given, and the end does not wait for it", async (t) => {
	const { spoolman, clock } = await start(t);
	await spoolman.setSwitch("slow", true);
	const answer = use(spoolman);
	for (let i = 0; i < 2_000 && clock.pendingTimers === 0; i++)
		await new Promise((resolve) => setTimeout(resolve, 1));
	await spoolman.close();
	assert.equal(clock.pendingTimers, 0);
	assert.notEqual(await answer, 200);
});

test("with errors every answer is 500, nothing is done, and no WebSocket opens", async (t) => {
	const { spoolman } = await start(t);
	await spoolman.setSwitch("failing", true);
	assert.equal(await use(spoolman), 500);
	assert.equal(used(spoolman), 180);
	const socket = new WebSocket(`${spoolman.url.replace("http", "ws")}/spool`);
	const [error] = (await once(socket, "error")) as [Error];
	assert.match(error.message, /500/);
	await spoolman.setSwitch("failing", false);
	assert.equal(await use(spoolman), 200);
});
