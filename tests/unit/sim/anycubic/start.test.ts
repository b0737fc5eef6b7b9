import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { openOwnBroker } from "../../../../sim/printers/anycubic/own-broker";
import { StartError } from "../../../../sim/start-error";
import { startVirtualKobra, type VirtualKobraStart } from "../../../../sim/virtual-kobra";
import { MemoryLog } from "../../../fakes/memory-log";
import { eventually } from "../bambu/broker-client";
import { Listener } from "./mqtt-listener";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function start(options: Omit<VirtualKobraStart, "storage"> = {}) {
	const storage = mkdtempSync(join(tmpdir(), "culm-kobra-"));
	cleanups.push(() => rmSync(storage, { recursive: true }));
	return startVirtualKobra({ ...options, storage }, new MemoryLog(), cleanups as (() => void)[]);
}

test("without anything it is a Kobra 2 with a job, at a broker of its own", async () => {
	const { printer, target, place } = await start();
	assert.equal(target.way, "broker");
	const url = target.way === "broker" ? target.broker.url : "";
	assert.equal(url, `mqtt://${place}`);
	const listener = await Listener.connect(url);
	cleanups.push(() => listener.close());
	await eventually(() => printer.snapshot().isConnected, "connected");
	assert.equal(printer.snapshot().job?.phase, "checking");
	printer.stop();
	await listener.next("print", "stopping");
});

test("it joins the broker that it is given; several are told apart, and may stand idle", async () => {
	const { port } = await openOwnBroker({ port: 0 }).then((broker) => {
		cleanups.push(() => broker.close());
		return broker;
	});
	const broker = { url: `mqtt://127.0.0.1:${port}` };
	const first = await start({ broker, count: 1, idle: true });
	const second = await start({ broker, count: 2, idle: true, model: "20023" });
	for (const { printer } of [first, second]) await eventually(() => printer.snapshot().isConnected, "joined");
	assert.notEqual(first.target.deviceId, second.target.deviceId);
	assert.equal(first.printer.snapshot().job, undefined);
});

test("in LAN mode it tells where its handshake is, and its certificate's number", async () => {
	const { target, place } = await start({ way: "lan" });
	assert.ok(target.way === "lan");
	assert.match(target.sha256, /^[0-9a-f]{64}$/);
	const info = (await (await fetch(`http://${place}/info`)).json()) as Record<string, unknown>;
	assert.equal(info.modelId, target.modelId);
	assert.equal(place, `${target.host}:${target.port}`);
});

test("a model that does not go with the rest is refused with words", async () => {
	for (const options of [
		{ model: "20024", way: "broker" },
		{ model: "20021", way: "lan" },
		{ model: "20024", broker: { url: "mqtt://127.0.0.1:1" } },
		{ model: "Kobra 9" },
	] as const)
		await assert.rejects(start(options), (error) => error instanceof StartError && error.code === "usage");
});
