import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeviceState } from "../../../modules/device-state";
import type { HttpResponse } from "../../../modules/platform/http";
import type { PrinterState } from "../../../modules/printers/printer-state";
import { MAX_CLIENTS, type Snapshot, type Update } from "../../../modules/web/live-feed";
import { WebServer } from "../../../modules/web/web-server";
import { FakeHttpServer, FakeSocket } from "../../fakes/fake-http-server";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

const printer = (id: string): PrinterState => ({
	id,
	vendor: "bambu",
	model: "P1S",
	name: id,
	serial: id,
	host: "192.0.2.9",
	link: "online",
	control: "unknown",
	job: { state: "idle" },
	nozzles: [],
	bed: {},
	fans: {},
	lights: {},
	filament: { units: [], external: [] },
	faults: [],
});

async function bench() {
	const clock = new ManualClock();
	const http = new FakeHttpServer();
	const state: DeviceState = {
		device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: 3 },
		printers: [printer("a"), printer("b")],
	};
	const files = new Map([
		["index.html", "<h1>"],
		["page.js", "js"],
		["page.css", "css"],
	]);
	const web = new WebServer({
		clock,
		log: new MemoryLog(),
		http,
		resources: { read: (name) => (files.has(name) ? new TextEncoder().encode(files.get(name)) : undefined) },
		tokensCss: ":root{}",
		port: 0,
		hostname: () => "culm",
		state: () => state,
	});
	await web.start();
	const connect = (): FakeSocket => {
		const socket = http.upgrade();
		return socket instanceof FakeSocket ? socket : assert.fail(`refused with ${socket.status}`);
	};
	return { clock, http, web, state, connect };
}

const body = (response: HttpResponse): { error: { code: string; message: string } } =>
	JSON.parse(String(response.body));
const frames = (socket: FakeSocket): (Snapshot & Update)[] => socket.frames.map((frame) => JSON.parse(frame));

test("GET /api/state answers the state as JSON that nobody caches", async () => {
	const { http, state } = await bench();
	const response = await http.request("/api/state?pretty");
	assert.equal(response.status, 200);
	assert.equal(response.headers?.["content-type"], "application/json");
	assert.equal(response.headers?.["cache-control"], "no-store");
	assert.deepEqual(JSON.parse(String(response.body)), state);
});

test("the page and its files come from the image, and may load nothing from elsewhere", async () => {
	const { http } = await bench();
	for (const [path, type] of [
		["/", "text/html"],
		["/page.js", "text/javascript"],
		["/page.css", "text/css"],
		["/tokens.css", "text/css"],
	] as const) {
		const response = await http.request(path);
		assert.equal(response.status, 200, path);
		assert.ok(response.headers?.["content-type"]?.startsWith(type), path);
		assert.match(response.headers?.["content-security-policy"] ?? "", /default-src 'none'/);
		assert.ok((response.body?.length ?? 0) > 0);
	}
});

test("other paths and methods are refused with a code and words", async () => {
	const { http } = await bench();
	for (const path of ["/nothing", "/api", "/../package.json", "/api/state/", "//"]) {
		const response = await http.request(path);
		assert.equal(response.status, 404, path);
		assert.equal(body(response).error.code, "not_found");
	}
	for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
		const response = await http.request("/api/state", { method });
		assert.equal(response.status, 405);
		assert.equal(response.headers?.allow, "GET");
	}
});

test("a foreign page is refused, by its origin or by the name it calls us; a program without origin is served", async () => {
	const { http } = await bench();
	const status = async (headers: Record<string, string>) => {
		const upgrade = http.upgrade("/ws", headers);
		const { status: read } = await http.request("/api/state", { headers: headers as { host: string } });
		assert.equal(upgrade instanceof FakeSocket ? 200 : upgrade.status, read);
		if (upgrade instanceof FakeSocket) upgrade.events.onClosed();
		return read;
	};
	for (const host of [
		"192.0.2.1",
		"192.0.2.1:8080",
		"culm.local",
		"CULM",
		"localhost:8080",
		"[fe80::1]:80",
	]) {
		assert.equal(await status({ host }), 200, host);
		assert.equal(await status({ host, origin: `http://${host}` }), 200, host);
	}
	assert.equal(await status({ host: "192.0.2.1", origin: "http://evil.example" }), 403);
	assert.equal(await status({ host: "192.0.2.1", origin: "null" }), 403);
	assert.equal(await status({ host: "192.0.2.1:8080", origin: "http://192.0.2.1:8081" }), 403);
	assert.equal(await status({ host: "evil.example", origin: "http://evil.example" }), 403, "DNS rebinding");
	assert.equal(await status({ host: "192.0.2.1.evil.example" }), 403);
	assert.equal(await status({ host: "192.0.2.1", origin: "http://192.0.2.1.evil.example" }), 403);
	assert.equal(await status({ host: "192.0.2.1", origin: "https://192.0.2.1" }), 403);
	assert.equal(await status({}), 403);
});

test("a new client gets the whole state 150 ms after the upgrade, then a push each second", async () => {
	const { clock, connect, state } = await bench();
	const socket = connect();
	clock.advance(149);
	assert.deepEqual(socket.frames, []);
	clock.advance(1);
	assert.deepEqual(frames(socket), [{ snapshot: state }]);
	clock.advance(3_000);
	assert.equal(socket.frames.length, 4);
	assert.deepEqual(frames(socket).at(-1), { update: { device: state.device, printers: [], removed: [] } });
});

test("a push holds the printers that changed since the last one, whole, and the ids of those removed", async () => {
	const { clock, web, connect } = await bench();
	const socket = connect();
	clock.advance(1_000);
	web.feed.printerChanged("b");
	web.feed.printerChanged("b");
	web.feed.printerRemoved("c");
	clock.advance(1_000);
	const { update } = frames(socket).at(-1) ?? assert.fail();
	assert.deepEqual(update.printers, [printer("b")]);
	assert.deepEqual(update.removed, ["c"]);
	clock.advance(1_000);
	assert.deepEqual(frames(socket).at(-1)?.update.printers, []);
});

test("a printer that went and came back is not among the removed, one that went is not among the changed", async () => {
	const { clock, web, connect } = await bench();
	const socket = connect();
	clock.advance(1_000);
	web.feed.printerRemoved("a");
	web.feed.printerChanged("a");
	web.feed.printerChanged("b");
	web.feed.printerRemoved("b");
	clock.advance(1_000);
	const { update } = frames(socket).at(-1) ?? assert.fail();
	assert.deepEqual(
		update.printers.map(({ id }) => id),
		["a"],
	);
	assert.deepEqual(update.removed, ["b"]);
});

test("what changed while nobody listened is in the snapshot, and not told again", async () => {
	const { clock, web, connect } = await bench();
	connect().events.onClosed();
	web.feed.printerChanged("a");
	web.feed.printerRemoved("z");
	const first = connect();
	clock.advance(1_000);
	first.events.onClosed();
	web.feed.printerChanged("a");
	const second = connect();
	clock.advance(2_000);
	for (const frame of frames(second).slice(1))
		assert.deepEqual([frame.update.printers, frame.update.removed], [[], []]);
});

test("all clients get the very same text: it is made once", async () => {
	const { clock, connect } = await bench();
	const sockets = Array.from({ length: MAX_CLIENTS }, connect);
	clock.advance(5_000);
	const [first] = sockets;
	assert.equal(first?.frames.length, 6);
	for (const socket of sockets) assert.deepEqual(socket.frames, first?.frames);
});

test("the ninth client is told that there are too many, and served once one has left", async () => {
	const { clock, http, connect } = await bench();
	const sockets = Array.from({ length: MAX_CLIENTS }, connect);
	const refused = http.upgrade();
	assert.ok(!(refused instanceof FakeSocket));
	assert.equal(refused.status, 503);
	assert.match(body(refused).error.message, /8 clients/);
	sockets[0]?.events.onClosed();
	clock.advance(1_000);
	connect();
});

test("a client that does not read is dropped; the others go on", async () => {
	const { clock, connect } = await bench();
	const slow = connect();
	const quick = connect();
	clock.advance(1_000);
	slow.queuedBytes = 65 * 1024;
	clock.advance(2_000);
	assert.equal(slow.closedWith, 1013);
	assert.equal(quick.closedWith, undefined);
	assert.equal(quick.frames.length, 4);
});

test("what clients say is ignored so far, whatever it is", async () => {
	const { clock, connect } = await bench();
	const socket = connect();
	for (const text of ["", "{", '{"settings":{"work_on":true}}', "x".repeat(60_000)])
		socket.events.onText(text);
	clock.advance(1_000);
	assert.equal(socket.frames.length, 2);
});

test("without clients no timer runs, and closing leaves none", async () => {
	const { clock, web, http, connect } = await bench();
	assert.equal(clock.pendingTimers, 0);
	const early = connect();
	early.events.onClosed();
	assert.equal(clock.pendingTimers, 0);
	assert.deepEqual(early.frames, []);
	const socket = connect();
	clock.advance(500);
	const newcomer = connect();
	await web.close();
	clock.advance(1_000);
	assert.deepEqual(newcomer.frames, []);
	assert.equal(newcomer.closedWith, 1001);
	await web.close();
	assert.equal(socket.closedWith, 1001);
	assert.equal(clock.pendingTimers, 0);
	assert.ok(http.closed >= 1);
});
