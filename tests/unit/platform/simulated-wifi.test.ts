// What the twin of the radio promises beside the contract: the time that things take.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type SimulatedNetwork, SimulatedWifi } from "../../../modules/platform/twins/simulated-wifi";
import { ManualClock } from "../../fakes/manual-clock";
import { textCodec } from "../../fakes/text-codec";

const network: SimulatedNetwork = { ssid: "Workshop", password: "filament", rssiDbm: -50 };

function create(networks: readonly SimulatedNetwork[] = [network]): {
	wifi: SimulatedWifi;
	clock: ManualClock;
	statuses: string[];
} {
	const clock = new ManualClock();
	const wifi = new SimulatedWifi({
		clock,
		text: textCodec,
		callSafely: (callback) => callback(),
		networks,
		address: "10.0.0.7",
		macAddress: "a0b1c2d3e4f5",
	});
	const statuses: string[] = [];
	wifi.onChange((state) => statuses.push(state.status === "disconnected" ? state.reason : state.status));
	return { wifi, clock, statuses };
}

test("it has the addresses that it is given", () => {
	const { wifi, clock } = create();
	assert.equal(wifi.macAddress, "a0b1c2d3e4f5");
	wifi.join(network);
	clock.advance(5000);
	assert.deepEqual(wifi.state, { status: "connected", ssid: "Workshop", address: "10.0.0.7", rssiDbm: -50 });
});

test("of several networks of a name it joins the strongest, and shows that one alone", async () => {
	const { wifi, clock } = create([
		{ ssid: "Workshop", password: "filament", rssiDbm: -80 },
		{ ssid: "Cafe", password: "", rssiDbm: -60 },
		network,
	]);
	const scan = wifi.scan();
	wifi.join(network);
	clock.advance(5000);
	assert.deepEqual(await scan, [
		{ ssid: "Workshop", rssiDbm: -50, secure: true },
		{ ssid: "Cafe", rssiDbm: -60, secure: false },
	]);
	assert.ok(wifi.state.status === "connected" && wifi.state.rssiDbm === -50);
});

test("a network that is not there is sought until it is", () => {
	const { wifi, clock, statuses } = create([]);
	wifi.join(network);
	clock.advance(60_000);
	assert.ok(statuses.filter((status) => status === "not_found").length > 5);
	wifi.setNetworks([network]);
	clock.advance(10_000);
	assert.equal(statuses.at(-1), "connected");
	assert.equal(clock.pendingTimers, 0);
});

test("a wrong password is not tried again", () => {
	const { wifi, clock, statuses } = create();
	wifi.join({ ssid: "Workshop", password: "wrong" });
	clock.advance(600_000);
	assert.deepEqual(statuses, ["connecting", "wrong_password"]);
	assert.equal(clock.pendingTimers, 0);
});

test("a network that is lost while it is sought again stays sought", () => {
	const { wifi, clock, statuses } = create();
	wifi.join(network);
	clock.advance(5000);
	wifi.setNetworks([]);
	wifi.setNetworks([]);
	assert.deepEqual(statuses, ["connecting", "connected", "lost"]);
	clock.advance(60_000);
	wifi.setNetworks([network]);
	clock.advance(10_000);
	assert.equal(statuses.at(-1), "connected");
});

test("nothing goes on once the network was left", () => {
	for (const passedMs of [0, 100, 5000]) {
		const { wifi, clock, statuses } = create(passedMs === 100 ? [] : [network]);
		wifi.join(network);
		clock.advance(passedMs);
		wifi.leave();
		wifi.leave();
		wifi.setNetworks([]);
		assert.equal(clock.pendingTimers, 0);
		assert.equal(statuses.at(-1), "off");
		assert.equal(statuses.filter((status) => status === "off").length, 1);
	}
});

test("the simulator sees the network that the device opens", async () => {
	const { wifi } = create();
	const opened = { ssid: "Culm-E4F5", password: "12345678", address: "192.168.4.1" };
	await wifi.openAccessPoint(opened);
	assert.deepEqual(wifi.accessPoint, opened);
	await assert.rejects(wifi.openAccessPoint({ ...opened, address: "nowhere" }), { code: "invalid" });
	assert.deepEqual(wifi.accessPoint, opened);
	await wifi.closeAccessPoint();
	assert.equal(wifi.accessPoint, undefined);
});
