// `/ws` under whatever a network and its programs can do to it: every OFF that arrives counts, nothing else gets through.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SNAPSHOT_DELAY_MS } from "../../modules/breath/protocol/clients";
import { encodeFrame, Opcode } from "../contract/node/peers/websocket-frames";
import { type BreathDevice, handshake, startDevice, textFrame, until } from "./panda-breath-device";

const OFF = { settings: { work_on: false } };

/** The device is there, and an OFF of somebody else counts. */
async function stillServes(device: BreathDevice): Promise<void> {
	await device.heat();
	const client = await device.upgrade();
	await client.frame("a snapshot", ({ settings }) => settings?.fw_version === "V1.0.3");
	client.send(OFF);
	await until("the heater is off", () => !device.isHeating());
	client.socket.destroy();
}

test("an OFF that is followed at once by the end of the connection, in whatever way, turns the heater off", async (t) => {
	const device = await startDevice(t);
	for (const end of ["fin", "reset"] as const)
		for (const hasUnread of [false, true]) {
			await device.heat();
			const client = await device.upgrade();
			if (hasUnread) {
				client.socket.pause();
				await new Promise((resolve) => setTimeout(resolve, 2 * SNAPSHOT_DELAY_MS));
			}
			client.send(OFF);
			if (end === "fin") client.socket.end();
			else client.socket.resetAndDestroy();
			await until(`the heater is off after a ${end}`, () => !device.isHeating());
			assert.equal(device.breath.state.on, false);
			client.socket.destroy();
		}
	const [last] = device.events.list();
	assert.deepEqual([last?.event, last?.by], ["turned_off", "websocket"]);
});

test("an OFF in one piece with the handshake counts, also when the client is gone before the answer", async (t) => {
	const device = await startDevice(t);
	await device.heat();
	const client = await device.open();
	client.write(Buffer.concat([Buffer.from(handshake()), textFrame(OFF)]));
	client.socket.end();
	await until("the heater is off", () => !device.isHeating());
});

test("frames come in one piece or byte by byte, and each counts once, in order", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	const frames = [
		{ settings: { work_mode: 2 } },
		{ settings: { set_temp: 45 } },
		{ settings: { set_temp: 50 } },
	];
	client.write(Buffer.concat(frames.map(textFrame)));
	await until("the frames are taken", () => device.breath.state.target === 50);
	assert.equal(device.breath.state.mode, "always_on");
	for (const byte of textFrame({ settings: { set_temp: 33 } })) {
		client.write(Buffer.of(byte));
		await new Promise((resolve) => setImmediate(resolve));
	}
	await until("the frame is taken", () => device.breath.state.target === 33);
});

test("the snapshot comes in a read of its own, at least 100 ms after the answer to the handshake", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	await client.until("a frame comes", () => client.texts.length > 0);
	const { head = 0, first = 0 } = client.times;
	assert.ok(first - head >= 100, `${first - head} ms`);
	assert.ok(first - head < 2_000, `${first - head} ms: some clients wait for 2 s`);
	assert.ok(Buffer.byteLength(client.texts[0] ?? "") < 4096);
});

test("something comes each second", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	const isTemperature = ({ settings }: { settings?: Record<string, unknown> }): boolean =>
		typeof settings?.warehouse_temper === "number" && settings.fw_version === undefined;
	await client.until("three temperatures", () => client.frames.filter(isTemperature).length >= 3);
});

const brokenFrames = [
	["is not masked", Buffer.concat([Buffer.of(0x81, 28), Buffer.from('{"settings":{"work_on":true}')]), 1002],
	[
		"is not masked and says 15 bytes for 18",
		Buffer.concat([Buffer.of(0x81, 15), Buffer.from('{"get_settings":1}')]),
		1002,
	],
	["has 1 MB", textFrame(`{"settings":{"work_on":true,"x":"${"x".repeat(1024 * 1024)}"}}`), 1009],
	[
		"is binary",
		encodeFrame({
			opcode: Opcode.binary,
			final: true,
			payload: Buffer.from('{"settings":{"work_on":true}}'),
		}),
		1003,
	],
	[
		"is not UTF-8",
		encodeFrame({
			opcode: Opcode.text,
			final: true,
			payload: Buffer.from('{"settings":{"work_on":true,"x":"\xff"}}', "latin1"),
		}),
		1007,
	],
	["continues nothing", encodeFrame({ opcode: 0, final: true, payload: Buffer.from("{}") }), 1002],
	["is of no known kind", encodeFrame({ opcode: 5, final: true, payload: Buffer.from("{}") }), 1002],
] as const;

test("a frame that is broken ends its connection with the code that says why, changes nothing, and the others go on", async (t) => {
	const device = await startDevice(t);
	for (const [what, bytes, code] of brokenFrames) {
		const client = await device.upgrade();
		client.write(bytes);
		await client.until(`the connection ends whose frame ${what}`, () => client.ended);
		assert.equal(client.closeCode, code, what);
		assert.equal(device.breath.state.on, false, what);
		await stillServes(device);
	}
});

test("what can be no command changes nothing and ends nothing; what is right in it counts", async (t) => {
	const device = await startDevice(t);
	const client = await device.upgrade();
	for (const text of [
		"[".repeat(64 * 1024 - 1),
		'{"a":'.repeat(13_000),
		`{"settings":{"work_on":${"[".repeat(2_000)}`,
		`{"settings":{"work_on":true,"x":"${"x".repeat(60_000)}"}}`,
		"",
		"nonsense",
		"null",
		'"{"',
		'[{"settings":{"work_on":true}}]',
		'{"settings":true}',
		'{"ui_action":{"work_on":true},"unknown":[1,2,3],"settings":{"work_on":"true","unknown":1}}',
		'{"__proto__":{"settings":{"work_on":true}}}',
		'{"settings":{"work_mode":{"work_on":true},"set_temp":null,"filtertemp":"30","hotbedtemp":55}}',
	])
		client.send(text);
	await until("the last frame is taken", () => device.breath.state.bedThreshold === 55);
	assert.equal(device.breath.state.on, false);
	assert.equal(client.ended, false);
	assert.equal(device.log.texts("error").join(), "");
	await stillServes(device);
});

test("a message in fragments counts when it is complete, and a ping between them is answered", async (t) => {
	const device = await startDevice(t);
	await device.heat();
	const client = await device.upgrade();
	const parts = [Buffer.from('{"settings":{"wo'), Buffer.from('rk_on":'), Buffer.from("false}}")];
	for (const [index, payload] of parts.entries()) {
		const isFirst = index === 0;
		const isLast = index === parts.length - 1;
		client.write(encodeFrame({ opcode: isFirst ? Opcode.text : 0, final: isLast, payload }));
		if (!isLast) client.write(encodeFrame({ opcode: Opcode.ping, final: true, payload: Buffer.from("?") }));
	}
	await until("the heater is off", () => !device.isHeating());
	await stillServes(device);
});

test("two hundred connections that never finish their handshake keep nobody from turning the heater off", async (t) => {
	const device = await startDevice(t);
	await device.heat();
	const half = await Promise.all(
		Array.from({ length: 200 }, async (_, index) => {
			const client = await device.open();
			if (index % 2 === 0) client.write("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgr");
			return client;
		}),
	);
	const client = await device.upgrade();
	client.send(OFF);
	await until("the heater is off", () => !device.isHeating());
	assert.ok(
		half.some(({ ended }) => ended),
		"the oldest made room",
	);
});

test("eight clients are served, the ninth is told why not, and its place is free when one leaves", async (t) => {
	const device = await startDevice(t);
	const clients = await Promise.all(Array.from({ length: 8 }, () => device.upgrade()));
	for (const client of clients)
		await client.frame("a snapshot", ({ settings }) => settings?.fw_version === "V1.0.3");
	const ninth = await device.upgrade();
	await ninth.until("the answer is complete", () => ninth.body.endsWith("}}"));
	assert.match(ninth.head, /^HTTP\/1\.1 503 /);
	const { error } = JSON.parse(ninth.body) as { error: { code: string; message: string } };
	assert.equal(error.code, "too_many_clients");
	assert.ok(error.message.length > 0);
	clients[2]?.socket.resetAndDestroy();
	await until("the place is free", () => !device.pandaBreath.isFull);
	const next = await device.upgrade();
	await next.frame("a snapshot", ({ settings }) => settings?.fw_version === "V1.0.3");
});

test("clients that come all at once are eight at most", async (t) => {
	const device = await startDevice(t);
	const clients = await Promise.all(Array.from({ length: 30 }, () => device.upgrade()));
	const accepted = clients.filter(({ head }) => head.startsWith("HTTP/1.1 101"));
	await until("the others are gone", () => accepted.filter(({ ended }) => !ended).length <= 8);
	const served = accepted.filter(({ ended }) => !ended);
	assert.equal(served.length, 8);
	for (const client of served)
		await client.frame("a snapshot", ({ settings }) => settings?.fw_version === "V1.0.3");
});

test("a client that asks and never reads is dropped, and others do not notice", async (t) => {
	const device = await startDevice(t);
	const other = await device.upgrade();
	const slow = await device.upgrade();
	slow.socket.pause();
	let isOver = false;
	slow.socket.once("close", () => {
		isOver = true;
	});
	// Whatever is written is answered; the network between takes some megabytes.
	const asking = setInterval(() => {
		if (slow.socket.writableLength < 1_000_000)
			slow.write(
				Buffer.concat(Array.from({ length: 500 }, () => textFrame({ settings: { set_temp: 45 }, query: 1 }))),
			);
	}, 5);
	t.after(() => clearInterval(asking));
	await until(
		"it is dropped",
		() => isOver || device.log.texts("warn").some((line) => line.includes("do not read")),
	);
	clearInterval(asking);
	const heard = other.texts.length;
	await other.until("the other one hears on", () => other.texts.length > heard);
});

test("a foreign page is refused; a program without Origin is not", async (t) => {
	const device = await startDevice(t);
	const foreign = await device.open();
	foreign.write(handshake("Origin: http://evil.example\r\n"));
	await foreign.until("an answer comes", () => foreign.head !== "");
	assert.match(foreign.head, /^HTTP\/1\.1 403 /);
	await stillServes(device);
});
