// The connection to a heater on the network: what it sends and when, and above all what it never sends.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	FIRST_RETRY_MS,
	HeaterLink,
	LAST_RETRY_MS,
	SILENCE_MS,
	SNAPSHOT_TIMEOUT_MS,
} from "../../../../modules/breath/remote/heater-link";
import type { RemoteChanges } from "../../../../modules/breath/remote/wish-frames";
import { FakeWebSocketClient } from "../../../fakes/fake-web-socket-client";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { snapshot } from "./snapshot-fixture";

const ASK = { get_settings: 1 };
const OFF = [{ settings: { work_on: false } }, { settings: { isrunning: 0 } }];
const HEAT = [
	{ settings: { work_mode: 2 } },
	{ settings: { set_temp: 45 } },
	{ settings: { work_on: true } },
];
const heat: RemoteChanges = { mode: "always_on", target: 45, on: true };

function bench({ random = 0.5 } = {}) {
	const clock = new ManualClock({ startMs: 10_000 });
	const log = new MemoryLog();
	const client = new FakeWebSocketClient();
	let changes = 0;
	const link = new HeaterLink({
		clock,
		random: () => random,
		log,
		webSocketClient: client,
		host: "192.0.2.40",
		port: 80,
		onChange: () => void changes++,
	});
	link.start();
	return { clock, log, client, link, changes: () => changes };
}

/** Connected, with its state known. */
function online(settings: Record<string, unknown> = {}) {
	const parts = bench();
	parts.client.last.accept();
	parts.client.last.say(snapshot(settings));
	assert.equal(parts.link.status, "online");
	return parts;
}

test("it connects to /ws on port 80, and is online once the whole state has come", () => {
	const { client, link } = bench();
	assert.equal(client.last.options.url, "ws://192.0.2.40/ws");
	assert.equal(link.status, "connecting");
	client.last.accept();
	client.last.say({ settings: { warehouse_temper: 30 } });
	assert.equal(link.status, "connecting", "a temperature alone is not the state");
	client.last.say(snapshot({ work_on: 1 }));
	assert.equal(link.status, "online");
	assert.deepEqual([link.report.on, link.report.chamber, link.report.version], [true, 22, "V1.0.3"]);
});

test("to be connected sends nothing at all; later only what reading needs", () => {
	const { client, clock } = online({ work_on: 1 });
	for (let second = 0; second < 29; second++) {
		clock.advance(1_000);
		client.last.say({ settings: { warehouse_temper: 30 } });
	}
	assert.deepEqual(client.last.frames, []);
	clock.advance(2_000);
	assert.deepEqual(client.last.frames, [ASK]);
	assert.equal(client.connections.length, 1);
});

test("a wish is carried out once the heater says so", async () => {
	const { client, link } = online();
	const asked = link.change(heat);
	assert.deepEqual(client.last.frames, HEAT);
	client.last.say({ settings: { work_on: 1 } });
	assert.deepEqual(await asked, { ok: true });
	assert.equal(link.report.on, true);
});

test("what a heater was asked for is not shown before it says it", () => {
	const { link } = online();
	void link.change(heat);
	void link.change({ target: 55 });
	assert.deepEqual([link.report.on, link.report.target], [false, 45]);
});

test("a heater that echoes nothing is looked at anew: by asking, then over a second connection", async () => {
	const { client, clock, link } = online();
	const first = client.last;
	const asked = link.change(heat);
	clock.advance(2_000);
	assert.deepEqual(first.frames.slice(HEAT.length), [ASK]);
	clock.advance(3_500);
	assert.equal(client.connections.length, 2);
	assert.equal(link.status, "online", "the first one stays meanwhile");
	client.last.accept();
	client.last.say(snapshot({ work_on: 1 }));
	assert.deepEqual(await asked, { ok: true });
	assert.deepEqual([first.closedByUs, client.open.length, link.status], [true, 1, "online"]);
	assert.deepEqual(client.last.frames, [], "the wish is not sent again");
});

test("a heater that does something else, or says nothing, is told of in words", async () => {
	const { client, clock, link } = online();
	const refused = link.change(heat);
	clock.advance(2_000);
	client.last.say(snapshot({ work_on: 0 }));
	const result = await refused;
	assert.ok(
		!result.ok && result.code === "refused" && /something else/.test(result.message),
		JSON.stringify(result),
	);

	const unanswered = link.change(heat);
	clock.advance(10_500);
	const silent = await unanswered;
	assert.ok(!silent.ok && silent.code === "no_answer");
});

test("a heater that is locked says so, and can be turned off all the same", async () => {
	const { client, link } = online({ work_on: 1 });
	const on = link.change({ target: 50 });
	const off = link.change({ on: false });
	client.last.say({ response: { type: "locked", ok: 0 } });
	client.last.say({ settings: { work_on: 0, isrunning: 0 } });
	assert.deepEqual(await off, { ok: true });
	const result = await on;
	assert.ok(!result.ok && result.code !== "no_answer", JSON.stringify(result));
	const again = link.change({ target: 50 });
	client.last.say({ response: { type: "locked", ok: 0 } });
	const locked = await again;
	assert.ok(!locked.ok && locked.code === "locked");
});

test("off is sent in the same moment, before the rest of its own wish, and ends what waits", async () => {
	const { client, link } = online();
	const on = link.change(heat);
	client.last.sent.length = 0;
	const off = link.change({ on: false, target: 30 });
	assert.deepEqual(client.last.frames, [...OFF, { settings: { set_temp: 30 } }]);
	const superseded = await on;
	assert.ok(!superseded.ok && superseded.code === "superseded");
	client.last.say({ settings: { work_on: 0, isrunning: 0, set_temp: 30 } });
	assert.deepEqual(await off, { ok: true });
});

test("off next to a start of drying is off", () => {
	const { client, link } = online();
	void link.change({ on: false, dryingRunning: true, mode: "drying" });
	const sent = client.last.sent.join();
	assert.ok(!sent.includes('"isrunning":1') && !sent.includes('"work_on":true'), sent);
});

test("off does not wait behind what the heater has not read: it takes a connection of its own", async () => {
	const { client, link } = online({ work_on: 1 });
	const stuck = client.last;
	stuck.queuedBytes = 4_000;
	const off = link.change({ on: false });
	assert.equal(client.connections.length, 2);
	client.last.accept();
	assert.deepEqual(client.last.frames, OFF, "before anything else");
	client.last.say(snapshot({ work_on: 0 }));
	assert.deepEqual(await off, { ok: true });
});

test("off that is not confirmed is repeated, on a new connection too, and told of when all was in vain", async () => {
	const { client, clock, link } = online({ work_on: 1 });
	const first = client.last;
	const off = link.change({ on: false });
	clock.advance(5_000);
	assert.equal(client.connections.length, 2);
	client.last.accept();
	assert.deepEqual(client.last.frames.slice(0, 2), OFF);
	assert.ok(first.sent.filter((frame) => frame.includes('"work_on":false')).length >= 2);
	clock.advance(6_000);
	const result = await off;
	assert.ok(!result.ok && result.code === "no_answer" && /pull its plug/.test(result.message));
	client.last.say(snapshot({ work_on: 1 }));
	for (const { sent } of client.connections) sent.length = 0;
	clock.advance(20_000);
	const later = client.connections.flatMap(({ sent }) => sent);
	assert.ok(!later.some((frame) => frame.includes("work_on")), "given up is given up");
});

test("heat that was asked for on a connection which is replaced is followed by off once more", async () => {
	const { client, clock, link } = online();
	void link.change(heat);
	client.last.queuedBytes = 100;
	const off = link.change({ on: false });
	client.last.accept();
	client.last.say(snapshot());
	assert.deepEqual(await off, { ok: true });
	assert.deepEqual(client.last.frames, OFF);
	clock.advance(3_500);
	assert.deepEqual(client.last.frames, [...OFF, ...OFF]);
	clock.advance(10_000);
	assert.equal(client.last.sent.filter((frame) => frame.includes("work_on")).length, 2);
});

test("without a connection off is the only wish that is taken: it connects at once, and sends it first", async () => {
	const { client, clock, link } = bench();
	client.last.fail("unreachable");
	assert.equal(link.status, "offline");
	const on = await link.change(heat);
	assert.ok(!on.ok && on.code === "unreachable");
	const off = link.change({ on: false });
	assert.equal(client.connections.length, 2, "it does not wait for the next attempt");
	client.last.accept();
	assert.deepEqual(client.last.frames, OFF);
	client.last.say(snapshot({ work_on: 0 }));
	assert.deepEqual(await off, { ok: true });
	clock.advance(60_000);
	assert.ok(
		client.connections.flatMap(({ sent }) => sent).every((frame) => !frame.includes('work_on":true')),
	);
});

test("an off that could not be delivered is told, and forgotten: later connections send nothing", async () => {
	const { client, clock, link } = bench();
	const off = link.change({ on: false });
	for (let second = 0; second < 12; second++) {
		client.last.fail("unreachable");
		clock.advance(1_000);
	}
	const result = await off;
	assert.ok(!result.ok && result.code === "no_answer");
	clock.advance(LAST_RETRY_MS * 2);
	client.last.accept();
	client.last.say(snapshot({ work_on: 1 }));
	assert.deepEqual(client.last.frames, []);
});

test("a wish for heat ends an off that is still being repeated", async () => {
	const { client, clock, link } = online({ work_on: 1 });
	const off = link.change({ on: false });
	void link.change(heat);
	const result = await off;
	assert.ok(!result.ok && result.code === "superseded");
	client.last.sent.length = 0;
	clock.advance(9_000);
	for (const { sent } of client.connections) assert.ok(!sent.some((frame) => frame.includes("false")));
});

test("a heater that restarts stays off: to connect again sends nothing, whatever was wished before", async () => {
	const { client, clock, link } = online();
	const asked = link.change(heat);
	client.last.say({ settings: { work_on: 1 } });
	assert.deepEqual(await asked, { ok: true });
	client.last.fail("closed_by_peer");
	assert.deepEqual([link.status, link.error], ["offline", "unreachable"]);
	clock.advance(FIRST_RETRY_MS);
	client.last.accept();
	client.last.say(snapshot({ work_on: 0 }));
	assert.deepEqual([link.status, link.error, link.report.on], ["online", undefined, false]);
	clock.advance(5_000);
	assert.deepEqual(client.last.frames, []);
});

test("a wish whose connection is lost is not sent again on the next one", async () => {
	const { client, clock, link } = online();
	const asked = link.change(heat);
	client.last.fail("closed_by_peer");
	const result = await asked;
	assert.ok(!result.ok && result.code === "no_answer");
	clock.advance(FIRST_RETRY_MS);
	client.last.accept();
	client.last.say(snapshot());
	assert.deepEqual(client.last.frames, []);
});

test("pauses between attempts grow from 1 to 30 s, varied by a fifth", () => {
	for (const [random, factor] of [
		[0, 0.8],
		[1, 1.2],
	] as const) {
		const { client, clock } = bench({ random });
		const pauses: number[] = [];
		for (let attempt = 0; attempt < 8; attempt++) {
			client.last.fail("refused");
			const { length } = client.connections;
			const failedAtMs = clock.now();
			while (client.connections.length === length) clock.advance(100);
			pauses.push(clock.now() - failedAtMs);
		}
		const expected = [1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000 * factor);
		for (const [at, pause] of pauses.entries()) {
			const wanted = expected[at] ?? 0;
			assert.ok(pause >= wanted && pause <= wanted + 200, `${pause} ms for ${wanted} ms`);
		}
	}
});

test("what answers and never tells its state is no Panda Breath; a name without address is told apart", () => {
	const { client, clock, link } = bench();
	client.last.accept();
	client.last.say("<html>");
	client.last.say({ hello: 1 });
	clock.advance(SNAPSHOT_TIMEOUT_MS);
	assert.deepEqual([link.status, link.error], ["offline", "no_panda_breath"]);
	assert.equal(client.last.closedByUs, true);
	clock.advance(FIRST_RETRY_MS);
	client.last.fail("host_not_found");
	assert.equal(link.error, "unknown_name");
});

test("a heater that falls silent is asked, and left after half a minute; what it said last stays", () => {
	const { client, clock, link } = online({ work_on: 1 });
	const heardAtMs = clock.now();
	clock.advance(16_000);
	assert.deepEqual(client.connections[0]?.frames, [ASK]);
	clock.advance(SILENCE_MS);
	assert.equal(link.error ?? "silent", "silent");
	assert.notEqual(link.status, "online");
	assert.equal(link.heardAtMs, heardAtMs);
	assert.deepEqual([link.report.on, link.report.target], [true, 45]);
});

test("nonsense does not count as being heard, changes nothing, and is logged once", () => {
	const { client, clock, link, log, changes } = online();
	const before = [changes(), link.report];
	for (let second = 0; second < 10; second++) {
		client.last.say("nonsense");
		client.last.say("[".repeat(20_000));
		clock.advance(1_000);
	}
	assert.deepEqual([changes(), link.report], before);
	assert.equal(log.texts("warn").length, 1);
});

test("an oversized message ends the connection, and it is tried again", () => {
	const { client, clock, link } = online();
	assert.ok(client.last.options.maxMessageBytes <= 64 * 1024);
	client.last.fail("too_large");
	assert.equal(link.status, "offline");
	clock.advance(FIRST_RETRY_MS);
	assert.equal(client.connections.length, 2);
});

test("how long a drying cycle still takes is asked for when one has begun", () => {
	const { client, clock, link } = online();
	client.last.say({ settings: { work_mode: 3, isrunning: 1 } });
	clock.advance(1_000);
	assert.deepEqual(client.last.frames, [ASK]);
	client.last.say(snapshot({ work_mode: 3, isrunning: 1, remaining_seconds: 3_600 }));
	assert.equal(link.report.remaining?.seconds, 3_600);
});

test("a heater that does not answer when asked is looked at over a new connection each minute", () => {
	const { client, clock } = online();
	const pushes = (seconds: number): void => {
		for (let second = 0; second < seconds; second++) {
			clock.advance(1_000);
			for (const socket of client.open) socket.say({ settings: { warehouse_temper: 22 } });
			const { last } = client;
			if (last.sent.length === 0 && !last.isOver) {
				last.accept();
				if (client.open.length > 1) last.say(snapshot());
			}
		}
	};
	pushes(300);
	assert.ok(client.connections.length >= 4 && client.connections.length <= 7, `${client.connections.length}`);
	assert.equal(client.open.length, 1);
	const asked = client.connections.flatMap(({ frames }) => frames);
	assert.deepEqual(asked, [ASK], "it is not asked again what it does not answer");
});

test("closing ends everything: no timer, no callback, no answer that is still waited for", async () => {
	const { client, clock, link, changes } = online();
	const asked = link.change(heat);
	link.close();
	link.close();
	const result = await asked;
	assert.equal(result.ok, false);
	const before = changes();
	assert.equal(clock.pendingTimers, 0);
	client.last.options.onText(JSON.stringify(snapshot({ work_on: 1 })));
	client.last.options.onOpen();
	assert.equal(changes(), before);
	assert.equal(client.last.closedByUs, true);
	const late = await link.change({ on: false });
	assert.equal(late.ok, false);
	assert.equal(client.connections.length, 1);
});

type Step =
	| { do: "say"; text: string }
	| { do: "fail" | "accept" | "snapshot" }
	| { do: "wait"; ms: number }
	| { do: "off" };
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant("say" as const), text: fc.oneof(fc.string(), fc.json()) }),
	fc.record({ do: fc.constantFrom("fail" as const, "accept" as const, "snapshot" as const) }),
	fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
	fc.record({ do: fc.constant("off" as const) }),
);

test("whatever the network and the heater do, nothing is ever sent that heats, and never more than two connections are open", () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
			const { client, clock, link } = bench();
			for (const next of steps) {
				const { last } = client;
				if (next.do === "say") last.say(next.text);
				else if (next.do === "fail") last.fail("closed_by_peer");
				else if (next.do === "accept") last.accept();
				else if (next.do === "snapshot") last.say(snapshot({ work_on: 1, work_mode: 3, isrunning: 1 }));
				else if (next.do === "wait") clock.advance(next.ms);
				else void link.change({ on: false });
				assert.ok(client.open.length <= 2);
			}
			const allowed = [...OFF, ASK].map((frame) => JSON.stringify(frame));
			for (const { sent } of client.connections)
				for (const frame of sent) assert.ok(allowed.includes(frame), frame);
			link.close();
			assert.equal(clock.pendingTimers, 0);
			assert.equal(client.open.length, 0);
		}),
		{ numRuns: 500 },
	);
});

test("off may be said any number of times: few are waited for, and a heater that does not read is not sent them all", async () => {
	const { client, link } = online({ work_on: 1 });
	const stuck = client.last;
	let ended = 0;
	const offs = Array.from({ length: 50 }, () => link.change({ on: false }));
	for (const off of offs) void off.then(() => ended++);
	await new Promise((resolve) => setImmediate(resolve));
	assert.equal(ended, 42);
	stuck.say({ settings: { work_on: 0, isrunning: 0 } });
	assert.deepEqual(await offs.at(-1), { ok: true });

	stuck.sent.length = 0;
	stuck.queuedBytes = 4_000;
	void link.change(heat);
	for (let count = 0; count < 50; count++) void link.change({ on: false });
	assert.deepEqual(stuck.frames, [...HEAT, ...OFF], "behind the heat there is one off");
	stuck.queuedBytes = 0;
	void link.change({ on: false });
	assert.deepEqual(stuck.frames.slice(-2), OFF);
	assert.equal(stuck.frames.length, HEAT.length + 2 * OFF.length);
});

test("heat that was asked for on a connection which was lost is followed by a later off once more", async () => {
	const { client, clock, link } = online();
	const lost = client.last;
	void link.change(heat);
	clock.advance(SILENCE_MS + 1_000);
	assert.equal(lost.isOver, true);
	clock.advance(2_000);
	const next = client.last;
	next.accept();
	next.say(snapshot());
	const off = link.change({ on: false });
	next.say({ settings: { work_on: 0, isrunning: 0 } });
	assert.deepEqual(await off, { ok: true });
	next.sent.length = 0;
	// What the lost connection still had to deliver.
	next.say({ settings: { work_on: 1 } });
	clock.advance(3_500);
	assert.deepEqual(next.frames, OFF);
	clock.advance(20_000);
	assert.equal(next.sent.filter((frame) => frame.includes("work_on")).length, 1);
});

test("off does not wait for a connection that does not come about, but tries another one", async () => {
	const { client, clock, link } = bench();
	const stuck = client.last;
	clock.advance(500);
	const off = link.change({ on: false });
	clock.advance(6_500);
	assert.deepEqual([stuck.closedByUs, client.connections.length, client.open.length], [true, 2, 1]);
	client.last.accept();
	assert.deepEqual(client.last.frames, OFF);
	client.last.say(snapshot());
	assert.deepEqual(await off, { ok: true });
});
