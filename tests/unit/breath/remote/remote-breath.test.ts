// The heater on the network as the rest of the firmware sees it: which one, and what is shown of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteBreath } from "../../../../modules/breath/remote/remote-breath";
import { Settings } from "../../../../modules/settings/settings";
import { createMemoryStorage } from "../../../../sim/host/memory-storage";
import { FakeWebSocketClient } from "../../../fakes/fake-web-socket-client";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { snapshot } from "./snapshot-fixture";

async function bench(host = "") {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const client = new FakeWebSocketClient();
	const settings = new Settings({ storage: createMemoryStorage(), clock, log });
	await settings.flush();
	if (host !== "") settings.set({ "breath.remoteHost": host });
	await settings.flush();
	const remote = new RemoteBreath({
		settings,
		clock,
		random: () => 0.5,
		log,
		webSocketClient: client,
		uptimeSeconds: () => Math.floor(clock.now() / 1000),
	});
	remote.start();
	return { clock, client, settings, remote };
}

test("without a host there is no state, no connection and no timer; a wish is refused in words", async () => {
	const { clock, client, remote } = await bench();
	assert.deepEqual([remote.state, client.connections.length, clock.pendingTimers], [undefined, 0, 0]);
	const result = await remote.change({ on: true });
	assert.ok(!result.ok && result.code === "unreachable" && result.message === "No chamber heater is set up.");
});

test("nothing is known before the heater has said it", async () => {
	const { remote } = await bench("PandaBreath.local");
	assert.deepEqual(remote.state, { host: "PandaBreath.local", link: "connecting", drying: {} });
});

test("the state is what the heater said, and its drying is counted down", async () => {
	const { clock, client, remote } = await bench("192.0.2.40");
	client.last.accept();
	client.last.say(
		snapshot({ work_on: 1, work_mode: 3, isrunning: 1, remaining_seconds: 3_600, filament_drying_mode: 1 }),
	);
	clock.advance(2_000);
	assert.deepEqual(remote.state, {
		host: "192.0.2.40",
		link: "online",
		version: "V1.0.3",
		mode: "drying",
		on: true,
		target: 45,
		chamber: 22,
		bedThreshold: 80,
		filterThreshold: 30,
		drying: { running: true, target: 60, hours: 12, preset: "pla", remainingSeconds: 3_598 },
	});
});

test("offline it says why, what to do, and when the heater was last heard", async () => {
	const { clock, client, remote } = await bench("192.0.2.40");
	clock.advance(4_000);
	client.last.accept();
	client.last.say(snapshot({ work_on: 1 }));
	clock.advance(3_000);
	client.last.fail("unreachable");
	const { link, linkError, linkHelp, heardAtSeconds, on } = remote.state ?? assert.fail();
	assert.deepEqual([link, linkError, heardAtSeconds, on], ["offline", "unreachable", 4, true]);
	assert.match(linkHelp ?? "", /192\.0\.2\.40/);
});

test("every fault that the heater reports has words", async () => {
	const { client, remote } = await bench("192.0.2.40");
	client.last.accept();
	for (const [settings, code] of [
		[{ warehouse_sensor_status: 1 }, "chamber_sensor_short"],
		[{ warehouse_sensor_status: 2 }, "chamber_sensor_open"],
		[{ ptc_sensor_status: 1 }, "element_sensor_short"],
		[{ ptc_sensor_status: 2 }, "element_sensor_open"],
		[{ ptc_heater_status: 0 }, "heater_fault"],
		[{}, undefined],
	] as const) {
		client.last.say(snapshot(settings));
		const fault = remote.state?.fault;
		assert.equal(fault?.code, code);
		assert.ok(!fault || fault.text.length > 20);
	}
});

test("another host in the settings is another heater, of which nothing is known; none ends it", async () => {
	const { clock, client, remote, settings } = await bench("192.0.2.40");
	let told = 0;
	remote.onChange(() => void told++);
	client.last.accept();
	client.last.say(snapshot());
	settings.set({ "breath.remoteHost": "fd00::40", "breath.remotePort": 8080 });
	assert.equal(client.connections[0]?.closedByUs, true);
	assert.equal(client.last.options.url, "ws://[fd00::40]:8080/ws");
	assert.deepEqual(remote.state, { host: "fd00::40", link: "connecting", drying: {} });
	settings.set({ "breath.remoteHost": "" });
	assert.equal(remote.state, undefined);
	assert.equal(client.open.length, 0);
	await settings.flush();
	assert.equal(clock.pendingTimers, 0);
	assert.equal(told, 3);
});

test("other settings leave the connection alone, and a closed one stays closed", async () => {
	const { client, remote, settings } = await bench("192.0.2.40");
	let told = 0;
	remote.onChange(() => void told++);
	settings.set({ "breath.target": 50 });
	assert.equal(client.connections.length, 1);
	remote.close();
	remote.close();
	settings.set({ "breath.remoteHost": "192.0.2.41" });
	remote.start();
	assert.deepEqual([client.connections.length, told], [1, 0]);
});
