// The virtual Kobra as a process of its own, against Debian's mosquitto and in LAN mode.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Listener } from "../unit/sim/anycubic/mqtt-listener";
import { KobraBroker, PASSWORD } from "./kobra-broker";
import { KobraProcess } from "./kobra-process";
import { freePort } from "./mosquitto";

const id = "0123456789abcdef0123456789abcdef";
const commands = `anycubic/anycubicCloud/v1/server/printer/20021/${id}`;
const start = { taskid: "1", filename: "benchmark_boat.gcode", filepath: "/", filetype: 1 };
const cleanups: (() => unknown)[] = [];
let broker: KobraBroker;

before(async () => {
	broker = await KobraBroker.create();
	await broker.start();
});
after(() => broker.remove());
afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function listen(): Promise<Listener> {
	const listener = await Listener.connect(broker.url);
	cleanups.push(() => listener.close());
	return listener;
}

async function powerOn(...args: string[]): Promise<KobraProcess> {
	const kobra = new KobraProcess(["--model", "20021", "--id", id, "--speed", "100", ...args]);
	cleanups.push(() => kobra.kill());
	await kobra.started();
	return kobra;
}

test("it prints what it is told to, and Ctrl-C makes it say that it is offline", async () => {
	const listener = await listen();
	const kobra = await powerOn("--broker", broker.url);
	await listener.next("lastWill", "online");
	listener.send(`${commands}/print`, { type: "print", action: "start", data: start });
	for (const state of ["checking", "preheating", "printing", "finished"]) await listener.next("print", state);
	assert.equal(await kobra.interrupt(), 0);
	await listener.next("lastWill", "offline");
	assert.ok(!kobra.output.includes(PASSWORD), kobra.output);
});

test("killed, the broker says its last will", async () => {
	const listener = await listen();
	const kobra = await powerOn("--broker", broker.url);
	await listener.next("lastWill", "online");
	await kobra.kill();
	await listener.next("lastWill", "offline");
});

test("the broker killed and started again in the middle of a print finds it printing on", async () => {
	const listener = await listen();
	const kobra = await powerOn("--broker", broker.url, "--speed", "20", "--job");
	await listener.next("print", "printing");
	await broker.kill();
	await broker.start();
	const again = await listen();
	await again.next("lastWill", "online");
	const report = await again.next("print", "printing");
	assert.equal((report.data as { filename?: string }).filename, start.filename);
	assert.equal(await kobra.interrupt(), 0);
});

test("with TLS it trusts the authority it was given, and shows its certificate", async () => {
	const listener = await listen();
	const tls = ["--ca", broker.file("ca.pem"), "--cert", broker.file("client.pem")];
	const kobra = await powerOn("--broker", broker.tlsUrl, ...tls, "--key", broker.file("client.key"));
	const secure = await Listener.connect(broker.tlsUrl, {
		ca: broker.read("ca.pem"),
		cert: broker.read("client.pem"),
		key: broker.read("client.key"),
		...{ checkServerIdentity: () => undefined },
	});
	cleanups.push(() => secure.close());
	secure.send(`${commands}/status`, { type: "status", action: "query" });
	await listener.next("status", "free");
	assert.equal(await kobra.interrupt(), 0);
});

test("a broker that nobody vouches for is not joined, and why is said", async () => {
	const kobra = await powerOn("--broker", broker.tlsUrl);
	const giveUpAt = Date.now() + 10_000;
	while (!/self-signed|issuer|verify/.test(kobra.output)) {
		assert.ok(Date.now() < giveUpAt, kobra.output);
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	assert.equal(await kobra.interrupt(), 0);
});

test("in LAN mode it can be asked who it is", async () => {
	const [port, brokerPort] = [await freePort(), await freePort()];
	const kobra = new KobraProcess(["--lan", "--port", String(port), "--broker-port", String(brokerPort)]);
	cleanups.push(() => kobra.kill());
	await kobra.started();
	const info = (await (await fetch(`http://127.0.0.1:${port}/info`)).json()) as Record<string, string>;
	assert.equal(info.modelName, "Anycubic Kobra 3");
	assert.equal(await kobra.interrupt(), 0);
	assert.match(kobra.output, /[0-9a-f]{64}/);
});

test("a bad option ends it with code 2, what cannot be had with 1, and the help with 0", async () => {
	for (const [args, code, word] of [
		[["--broker", "nowhere"], 2, "--broker"],
		[["--lan", "--address", "192.0.2.1", "--port", "20000"], 1, "192.0.2.1"],
		[["--broker", "mqtts://127.0.0.1", "--ca", "/nowhere.pem"], 1, "nowhere.pem"],
		[["--help"], 0, "--switch"],
	] as const) {
		const kobra = new KobraProcess(args);
		cleanups.push(() => kobra.kill());
		assert.equal(await kobra.ended(), code, kobra.output);
		assert.ok(kobra.output.includes(word), kobra.output);
	}
});
