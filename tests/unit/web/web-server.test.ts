import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_CLIENTS, type Snapshot, type Update } from "../../../modules/web/live-feed";
import { FakeSocket } from "../../fakes/fake-http-server";
import { benchWeb, content, errorCode, printer } from "./bench-web";

const frames = (socket: FakeSocket): (Snapshot & Update)[] => socket.frames.map((frame) => JSON.parse(frame));

test("GET /api/state answers the state as JSON that nobody caches", async () => {
	const { http, state } = await benchWeb();
	const response = await http.request("/api/state?pretty");
	assert.equal(response.status, 200);
	assert.equal(response.headers?.["content-type"], "application/json");
	assert.equal(response.headers?.["cache-control"], "no-store");
	assert.deepEqual(content(response), state());
});

test("the page and its files come from the image, and may load nothing from elsewhere", async () => {
	const { http } = await benchWeb();
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
	const { http } = await benchWeb();
	const paths = [
		"/nothing",
		"/api",
		"/../package.json",
		"/api/state/",
		"//",
		"/missing.js",
		"/.js",
		"/%2e%2e.js",
	];
	for (const path of [...paths, "/index.html", "/a/page.js", "/%zz.js", "/page.js%00.css"]) {
		const response = await http.request(path);
		assert.equal(response.status, 404, path);
		assert.equal(errorCode(response), "not_found");
	}
	for (const path of ["/nothing", "/api/printers/", "/api/printers/a/b", "/api/printers/%zz"])
		assert.equal((await http.request(path, { method: "DELETE" })).status, 404, path);
	for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
		const response = await http.request("/api/state", { method });
		assert.equal(response.status, 405);
		assert.equal(response.headers?.allow, "GET");
	}
	assert.equal((await http.request("/api/settings", { method: "PUT" })).headers?.allow, "GET, PATCH");
	assert.equal((await http.request("/api/printers/scan")).headers?.allow, "POST, PATCH, DELETE");
	assert.equal((await http.request("/page.js", { method: "POST" })).headers?.allow, "GET");
	assert.equal((await http.request("/ota")).headers?.allow, "POST");
});

test("a long path does not come back as a long answer", async () => {
	const { http } = await benchWeb();
	const long = `/${"a".repeat(5_000)}.js`;
	const response = await http.request(long);
	assert.equal(response.status, 404);
	assert.ok(String(response.body).length < 200);
});

test("a foreign page is refused, by its origin or by the name it calls us; a program without origin is served", async () => {
	const { http } = await benchWeb();
	const status = async (headers: Record<string, string>) => {
		const upgrade = http.upgrade("/api/live", headers);
		const { status: read } = await http.request("/api/state", { headers });
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
		"culm.local.",
		"CULM.local.:8080",
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
	assert.equal(await status({ host: "192.0.2.1:80", origin: "http://192.0.2.1" }), 200, "the usual port");
	assert.equal(await status({ host: "192.0.2.1", origin: "http://192.0.2.1:80" }), 200);
	assert.equal(await status({ host: "192.0.2.1:8080", origin: "http://192.0.2.1" }), 403);
});

test("no form of Host or Origin makes a foreign page one of ours", async () => {
	const { http } = await benchWeb();
	const status = async (headers: Record<string, string>) =>
		(await http.request("/api/state", { headers })).status;
	for (const host of [
		"",
		".",
		":80",
		"local",
		".local",
		"culm.local..",
		"culm.local.evil.example",
		"evil.example.",
		"culm.evil.example",
		"192.0.2.1.evil.example.",
		"192.0.2.1:80:80",
		"192.0.2.1@evil.example",
		"192.0.2.1, evil.example",
		"evil.example, 192.0.2.1",
		"culm.local/evil",
		"culm.local:",
		"0xc0000201",
		"[::1].evil.example",
		"[evil.example]",
		"::1",
		"\u0441ulm.local",
	]) {
		assert.equal(await status({ host }), 403, host);
		assert.equal(await status({ host, origin: `http://${host}` }), 403, host);
	}
	for (const origin of [
		"",
		"null",
		"file://",
		"192.0.2.1",
		"http://192.0.2.1/",
		"http://192.0.2.1.",
		"http://192.0.2.1:80:80",
		"http://192.0.2.1 http://evil.example",
		"http://192.0.2.1, http://evil.example",
		"http://evil.example http://192.0.2.1",
		"http://evil@192.0.2.1",
	])
		assert.equal(await status({ host: "192.0.2.1", origin }), 403, origin);
});

test("a new client gets the whole state 150 ms after the upgrade, then a push each second", async () => {
	const { clock, connect, state } = await benchWeb();
	const socket = connect();
	clock.advance(149);
	assert.deepEqual(socket.frames, []);
	clock.advance(1);
	assert.deepEqual(frames(socket), [{ snapshot: state() }]);
	clock.advance(3_000);
	assert.equal(socket.frames.length, 4);
	assert.deepEqual(frames(socket).at(-1), { update: { device: state().device, printers: [], removed: [] } });
});

test("a push holds the printers that changed since the last one, whole, and the ids of those removed", async () => {
	const { clock, web, connect } = await benchWeb();
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
	const { clock, web, connect } = await benchWeb();
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

test("another order of the printers is told once, as the ids of all of them", async () => {
	const { clock, web, connect } = await benchWeb();
	const socket = connect();
	clock.advance(1_000);
	web.feed.reordered();
	clock.advance(1_000);
	assert.deepEqual(frames(socket).at(-1)?.update.order, ["a", "b"]);
	clock.advance(1_000);
	assert.equal(frames(socket).at(-1)?.update.order, undefined);
});

test("what changed while nobody listened is in the snapshot, and not told again", async () => {
	const { clock, web, connect } = await benchWeb();
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
	const { clock, connect } = await benchWeb();
	const sockets = Array.from({ length: MAX_CLIENTS }, connect);
	clock.advance(5_000);
	const [first] = sockets;
	assert.equal(first?.frames.length, 6);
	for (const socket of sockets) assert.deepEqual(socket.frames, first?.frames);
});

test("the fifth page is told that there are too many, and served once one has left", async () => {
	const { clock, http, connect } = await benchWeb();
	const sockets = Array.from({ length: MAX_CLIENTS }, connect);
	const refused = http.upgrade("/api/live");
	assert.ok(!(refused instanceof FakeSocket));
	assert.equal(refused.status, 503);
	assert.match(content(refused).error.message, /4 pages/);
	sockets[0]?.events.onClosed();
	clock.advance(1_000);
	connect();
});

test("a client that does not read is dropped; the others go on", async () => {
	const { clock, connect } = await benchWeb();
	const slow = connect();
	const quick = connect();
	clock.advance(1_000);
	slow.queuedBytes = 65 * 1024;
	clock.advance(2_000);
	assert.equal(slow.closedWith, 1013);
	assert.equal(quick.closedWith, undefined);
	assert.equal(quick.frames.length, 4);
});

test("what pages say is ignored, whatever it is", async () => {
	const { clock, connect } = await benchWeb();
	const socket = connect();
	for (const text of ["", "{", '{"settings":{"work_on":true}}', "x".repeat(60_000)])
		socket.events.onText(text);
	clock.advance(1_000);
	assert.equal(socket.frames.length, 2);
});

test("without clients no timer runs, and closing leaves none", async () => {
	const { clock, web, http, connect } = await benchWeb();
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

test("heater, networks and update are in the snapshot, and in a push when they changed", async () => {
	const { clock, connect, breath, wifi, update } = await benchWeb();
	const socket = connect();
	clock.advance(1_000);
	assert.deepEqual(frames(socket)[0]?.snapshot.breath, breath.state);
	breath.state = { ...breath.state, chamber: 41.5 };
	breath.tell();
	breath.tell();
	clock.advance(1_000);
	assert.deepEqual(Object.keys(frames(socket).at(-1)?.update ?? {}), [
		"device",
		"printers",
		"removed",
		"breath",
	]);
	assert.equal(frames(socket).at(-1)?.update.breath?.chamber, 41.5);
	wifi.status = { ...wifi.status, scanning: true };
	wifi.tell();
	clock.advance(1_000);
	assert.deepEqual(frames(socket).at(-1)?.update.wifi, wifi.status);
	update.status = { phase: "receiving", receivedBytes: 10, totalBytes: 100 };
	clock.advance(1_000);
	assert.deepEqual(frames(socket).at(-1)?.update.update, update.status);
	clock.advance(1_000);
	assert.deepEqual(Object.keys(frames(socket).at(-1)?.update ?? {}), ["device", "printers", "removed"]);
});

test("spools are in the snapshot, and in a push when they changed", async () => {
	const { clock, connect, spools } = await benchWeb();
	const socket = connect();
	clock.advance(1_000);
	assert.deepEqual(frames(socket)[0]?.snapshot.spools, spools.state);
	spools.state = { spoolman: { state: "ready", version: "0.26.1" }, slots: [] };
	spools.tell();
	clock.advance(1_000);
	assert.deepEqual(frames(socket).at(-1)?.update.spools, spools.state);
	clock.advance(1_000);
	assert.equal(frames(socket).at(-1)?.update.spools, undefined);
});

test("the held tag is pushed when it changed, and null once there is none", async () => {
	const { clock, connect, tags } = await benchWeb();
	const socket = connect();
	clock.advance(1_000);
	const last = () => frames(socket).at(-1)?.update ?? assert.fail();
	assert.equal("filamentTag" in last(), false);
	await tags.take({
		protocol: "openspool",
		type: "PLA",
		color_hex: "ffaabb",
		brand: "Generic",
		min_temp: "190",
		max_temp: "230",
	});
	clock.advance(1_000);
	assert.equal(last().filamentTag?.type, "PLA");
	assert.equal(last().filamentTagError, null);
	tags.drop();
	clock.advance(1_000);
	assert.equal(last().filamentTag, null);
	clock.advance(1_000);
	assert.equal("filamentTag" in last(), false);
});

test("a heater on the network is in the snapshot, in a push when it changed, and null when it is set up no longer", async () => {
	const { clock, connect, remoteBreath } = await benchWeb({ heater: false });
	remoteBreath.state = { host: "192.0.2.40", link: "online", chamber: 22, drying: {} };
	const { frames } = connect();
	const last = () => JSON.parse(frames.at(-1) ?? "") as Record<string, { remoteBreath?: unknown }>;
	clock.advance(150);
	assert.deepEqual(last().snapshot?.remoteBreath, remoteBreath.state);
	clock.advance(1_000);
	assert.equal("remoteBreath" in (last().update ?? {}), false);
	remoteBreath.state = { ...remoteBreath.state, chamber: 23 };
	remoteBreath.tell();
	clock.advance(1_000);
	assert.deepEqual(last().update?.remoteBreath, remoteBreath.state);
	remoteBreath.state = undefined;
	remoteBreath.tell();
	clock.advance(1_000);
	assert.equal(last().update?.remoteBreath, null);
	clock.advance(1_000);
	assert.equal("remoteBreath" in (last().update ?? {}), false);
});

test("a page that comes while an update runs does not keep it from the others", async () => {
	const { clock, connect, update } = await benchWeb();
	const first = connect();
	clock.advance(1_000);
	clock.advance(700);
	update.status = { phase: "failed", message: "cut off" };
	connect();
	clock.advance(200);
	clock.advance(100);
	assert.deepEqual(frames(first).at(-1)?.update.update, { phase: "failed", message: "cut off" });
});

test("a device without a heater has none in its frames, and no /ws", async () => {
	const { clock, connect, http } = await benchWeb({ heater: false });
	const socket = connect();
	clock.advance(2_000);
	assert.equal("breath" in (frames(socket)[0]?.snapshot ?? {}), false);
	const refused = http.upgrade("/ws");
	assert.ok(!(refused instanceof FakeSocket));
	assert.equal(refused.status, 404);
	assert.match(content(refused).error.message, /\/api\/live/);
});

test("an open page is somebody who is there, for the heater's dead man's timer", async () => {
	const { clock, web, breath, connect } = await benchWeb();
	const first = connect();
	const second = connect();
	clock.advance(1_000);
	assert.equal(breath.present, 1, "they are there as one");
	first.events.onClosed();
	first.events.onClosed();
	assert.equal(breath.present, 1);
	second.queuedBytes = 1_000_000;
	clock.advance(1_000);
	assert.equal(breath.present, 0, "a page that is dropped is gone");
	connect();
	await web.close();
	assert.equal(breath.present, 0);
});

test("/ws is the Panda Breath protocol, as long as there is room", async () => {
	const { http, pandaBreath } = await benchWeb();
	assert.ok(http.upgrade("/ws") instanceof FakeSocket);
	assert.deepEqual(pandaBreath.rights, [{ mayWrite: true }]);
	pandaBreath.isFull = true;
	const refused = http.upgrade("/ws");
	assert.ok(!(refused instanceof FakeSocket));
	assert.equal(refused.status, 503);
	assert.equal(errorCode(refused), "too_many_clients");
});

test("whatever is answered confirms the firmware that answers", async () => {
	const { http, update, connect } = await benchWeb();
	await http.request("/");
	assert.equal(update.servedRequests, 1);
	connect();
	http.upgrade("/ws");
	assert.equal(update.servedRequests, 3);
});
