import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import { createClock } from "../../../../sim/host/clock";
import { BrokerConnection } from "../../../../sim/printers/anycubic/broker-connection";
import { type OwnBroker, openOwnBroker } from "../../../../sim/printers/anycubic/own-broker";
import { VirtualKobra } from "../../../../sim/printers/anycubic/virtual-kobra";
import { soon } from "../bambu/broker-client";
import { deviceId, objectOf, root } from "./kobra";
import { Listener } from "./mqtt-listener";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function openBroker(port = 0): Promise<OwnBroker> {
	const broker = await openOwnBroker({ port });
	cleanups.push(() => broker.close());
	return broker;
}

async function listen({ port }: OwnBroker): Promise<Listener> {
	const listener = await Listener.connect(`mqtt://127.0.0.1:${port}`);
	cleanups.push(() => listener.close());
	return listener;
}

function powerOn(port: number) {
	const printer = new VirtualKobra({ clock: createClock({ speed: 20 }), deviceId });
	const told: string[] = [];
	const connection = new BrokerConnection({
		printer,
		target: { url: `mqtt://127.0.0.1:${port}` },
		reconnectMs: 50,
		onStatus: (status) => told.push(status),
	});
	printer.start();
	connection.start();
	cleanups.push(
		() => printer.close(),
		() => connection.close(),
	);
	return { printer, connection, told };
}

test("it joins, says that it is online, and carries out what it is told", async () => {
	const broker = await openBroker();
	const listener = await listen(broker);
	powerOn(broker.port);
	await listener.next("lastWill", "online");
	const data = { taskid: "1", filename: "benchmark_boat.gcode", filepath: "/", filetype: 1 };
	listener.send(`${root}/server/printer/20022/${deviceId}/print`, { type: "print", action: "start", data });
	await listener.next("print", "checking");
	const { data: heating } = await listener.next("print", "preheating");
	assert.equal(objectOf(heating).filename, "benchmark_boat.gcode");
	await listener.next("tempature", "done");
});

test("vanished without a goodbye, its broker says its last will; then it comes back", async () => {
	const broker = await openBroker();
	const listener = await listen(broker);
	const { printer, told } = powerOn(broker.port);
	await listener.next("lastWill", "online");
	printer.switches.set("offline", true);
	await listener.next("lastWill", "offline");
	assert.equal(printer.snapshot().isConnected, false);
	printer.switches.set("offline", false);
	await listener.next("lastWill", "online");
	assert.deepEqual(told, ["connected", "connected"], "nobody is told of what was wanted");
});

test("closed, it says itself that it is offline, once", async () => {
	const broker = await openBroker();
	const listener = await listen(broker);
	const { connection } = powerOn(broker.port);
	await listener.next("lastWill", "online");
	await soon(Promise.all([connection.close(), connection.close()]), "close");
	await listener.next("lastWill", "offline");
	// Whatever else was on its way has come by then.
	await listener.client.subscribeAsync("nothing");
	assert.deepEqual(listener.messages, []);
});

test("a broker that goes away and comes back finds the job further on", async () => {
	const broker = await openBroker();
	const before = await listen(broker);
	const { printer, told } = powerOn(broker.port);
	await before.next("lastWill", "online");
	printer.startJob();
	await before.next("print", "checking");
	await broker.close();
	await before.close();
	const again = await openBroker(broker.port);
	const after = await listen(again);
	await after.next("lastWill", "online");
	await after.next("status", "busy");
	assert.ok(told.includes("lost"));
	assert.equal(told.at(-1), "connected");
});

test("without a broker it keeps trying, tells of it once, and can be closed", async () => {
	const broker = await openBroker();
	await broker.close();
	const { connection, told } = powerOn(broker.port);
	await new Promise<void>((resolve) => {
		const look = setInterval(() => {
			if (told.length === 0) return;
			clearInterval(look);
			resolve();
		}, 5);
	});
	await soon(connection.close(), "close");
	assert.deepEqual(told, ["lost"]);
});

test("the port of a broker that is taken is told", async () => {
	const { port } = await openBroker();
	await assert.rejects(
		openOwnBroker({ port }),
		(error) => error instanceof PortError && error.code === "address_in_use",
	);
});
