// Pictures over a WebSocket: for one viewer, as fast as it takes them, and with the device's password if there is one.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CameraRefusal } from "../../../modules/printers/cameras";
import { cameraOf } from "../../../modules/web/camera/camera-feed";
import { FakeSocket } from "../../fakes/fake-http-server";
import { bearer, benchWeb, errorCode, HOST, PASSWORD } from "./bench-web";

const PATH = "/api/printers/01P00A000000001/camera";
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

async function bench(options: Parameters<typeof benchWeb>[0] = {}) {
	const web = await benchWeb(options);
	const open = (headers: Record<string, string> = {}): FakeSocket => {
		const socket = web.http.upgrade(PATH, { host: HOST, ...headers });
		return socket instanceof FakeSocket ? socket : assert.fail(`refused with ${socket.status}`);
	};
	return { ...web, open };
}

const messages = (socket: FakeSocket) => socket.frames.map((frame) => JSON.parse(frame));

function errorOf(socket: FakeSocket): string {
	const { error } = messages(socket).at(-1);
	assert.ok(error.message.length > 10);
	return error.code;
}

test("a viewer gets what the camera tells as JSON, and pictures as they are", async () => {
	const { cameras, open } = await bench();
	const socket = open();
	assert.deepEqual(cameras.asked, ["01P00A000000001"]);
	const viewer = cameras.viewer ?? assert.fail();
	viewer.onStatus({ state: "waiting", error: "hung_up", help: "words" });
	viewer.onPicture(JPEG);
	assert.deepEqual(messages(socket), [{ status: { state: "waiting", error: "hung_up", help: "words" } }]);
	assert.deepEqual(socket.binaries, [JPEG]);
});

test("a viewer that has not taken the last picture is spared the next one", async () => {
	const { cameras, open } = await bench();
	const socket = open();
	assert.equal(cameras.viewer?.isReady(), true);
	socket.queuedBytes = 1;
	assert.equal(cameras.viewer?.isReady(), false);
	socket.queuedBytes = 0;
	assert.equal(cameras.viewer?.isReady(), true);
});

test("a viewer that takes nothing for 30 s makes room for others", async () => {
	const { cameras, clock, open } = await bench();
	const socket = open();
	clock.advance(20_000);
	assert.equal(cameras.viewer?.isReady(), true);
	socket.queuedBytes = 1;
	clock.advance(29_999);
	assert.equal(cameras.viewer?.isReady(), false);
	assert.equal(socket.closedWith, undefined);
	clock.advance(1);
	assert.equal(cameras.viewer?.isReady(), false);
	assert.deepEqual([errorOf(socket), socket.closedWith, cameras.viewer], ["too_slow", 1013, undefined]);
});

test("the camera is off when the viewer has gone", async () => {
	const { cameras, open } = await bench();
	const socket = open();
	assert.ok(cameras.viewer);
	socket.events.onClosed();
	assert.equal(cameras.viewer, undefined);
});

test("who cannot be shown a camera is told why, and the connection ends", async () => {
	const { cameras, open } = await bench();
	const codes: Record<CameraRefusal, number> = {
		not_found: 1008,
		none: 1008,
		rtsps: 1008,
		no_room: 1008,
		taken: 1013,
	};
	for (const [refusal, code] of Object.entries(codes)) {
		cameras.refusal = refusal as CameraRefusal;
		const socket = open();
		assert.deepEqual([errorOf(socket), socket.closedWith], [refusal, code]);
	}
});

test("a printer that goes takes its viewer along", async () => {
	const { cameras, open } = await bench();
	const socket = open();
	cameras.viewer?.onGone();
	assert.deepEqual([errorOf(socket), socket.closedWith], ["gone", 1013]);
});

test("the end of the device ends the viewer, and the camera", async () => {
	const { cameras, open, web } = await bench();
	const socket = open();
	await web.close();
	assert.deepEqual([socket.closedWith, cameras.viewer], [1001, undefined]);
});

test("pages of other sites are refused", async () => {
	const { cameras, http } = await bench();
	const answer = http.upgrade(PATH, { host: HOST, origin: "http://elsewhere.example" });
	assert.ok(!(answer instanceof FakeSocket));
	assert.equal(errorCode(answer), "foreign_origin");
	assert.deepEqual(cameras.asked, []);
});

test("with a password, pictures are for those who know it: in the request, or as the first message", async () => {
	const { cameras, open } = await bench({ password: true });
	open(bearer());
	assert.ok(cameras.viewer);
	cameras.viewer = undefined;

	const socket = open();
	assert.deepEqual([cameras.viewer, socket.frames], [undefined, []]);
	socket.events.onText(JSON.stringify({ password: PASSWORD }));
	assert.ok(cameras.viewer);
	assert.equal(socket.closedWith, undefined);
	socket.events.onText(JSON.stringify({ password: "whatever" }));
	assert.equal(socket.closedWith, undefined, "what comes later is of no interest");
});

test("a wrong password, none, or something else in its place is refused, and counted when it is one", async () => {
	const { cameras, events, open } = await bench({ password: true });
	const before = events.length;
	for (const [text, code] of [
		['{"password":""}', "unauthorized"],
		['{"password":5}', "unauthorized"],
		["null", "unauthorized"],
		["{", "unauthorized"],
		["{}", "unauthorized"],
	] as const) {
		const socket = open();
		socket.events.onText(text);
		assert.deepEqual([errorOf(socket), socket.closedWith], [code, 1008], text);
	}
	assert.equal(events.length, before);
	const socket = open();
	socket.events.onText('{"password":"wrong-horse"}');
	assert.deepEqual([errorOf(socket), socket.closedWith], ["wrong_password", 1008]);
	assert.equal(events.length, before + 1);
	assert.deepEqual(cameras.asked, []);
});

test("who does not send the password makes room after 10 s; only two may make others wait", async () => {
	const { clock, http, open } = await bench({ password: true });
	const [first, second] = [open(), open()];
	const third = http.upgrade(PATH, { host: HOST });
	assert.ok(!(third instanceof FakeSocket));
	assert.deepEqual([third.status, errorCode(third)], [503, "too_many_clients"]);
	first.events.onClosed();
	open().events.onClosed();
	clock.advance(10_000);
	assert.deepEqual([errorOf(second), second.closedWith], ["unauthorized", 1008]);
	assert.equal(clock.pendingTimers, 0);
	open();
});

test("a device without a password does not mind one", async () => {
	const { cameras, open } = await bench();
	const socket = open();
	socket.events.onText('{"password":""}');
	assert.ok(cameras.viewer);
	assert.equal(socket.closedWith, undefined);
});

test("a camera has the path of its printer, and nothing else is one", () => {
	assert.equal(cameraOf("/api/printers/a%20b/camera"), "a b");
	for (const path of [
		"/api/printers/camera",
		"/api/printers//camera",
		"/api/printers/a/b/camera",
		"/api/printers/%/camera",
		"/api/printers/a/camera/",
		"/api/live",
	])
		assert.equal(cameraOf(path), undefined, path);
});
