import assert from "node:assert/strict";
import { test } from "node:test";
import { PortError } from "../../../modules/platform/port-error";
import type { StorageChange, StoredValue } from "../../../modules/platform/storage";
import type { UdpOptions, UdpPort } from "../../../modules/platform/udp";
import type { WifiNetwork, WifiPort, WifiState } from "../../../modules/platform/wifi";
import { Settings, type SettingsChanges, SettingsError } from "../../../modules/settings/settings";
import { StationState, stationStateOf } from "../../../modules/wifi/station-state";
import { WifiSetup, type WifiSetupOptions } from "../../../modules/wifi/wifi-setup";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

/** A radio that does what the test says. */
class FakeWifi implements WifiPort {
	readonly macAddress = "02c0ffee0001";
	state: WifiState = { status: "off" };
	readonly joined: { ssid: string; password: string }[] = [];
	left = 0;
	open: { ssid: string; password: string; address: string } | undefined;
	opened = 0;
	refusal: PortError | undefined;
	found: readonly WifiNetwork[] = [];
	scans = 0;
	readonly #listeners = new Set<(state: WifiState) => void>();

	join(network: { ssid: string; password: string }): void {
		this.joined.push(network);
		this.set({ status: "connecting", ssid: network.ssid });
	}

	leave(): void {
		this.left++;
		this.set({ status: "off" });
	}

	async scan(): Promise<readonly WifiNetwork[]> {
		this.scans++;
		if (this.refusal) throw this.refusal;
		return this.found;
	}

	async openAccessPoint(network: { ssid: string; password: string; address: string }): Promise<void> {
		if (this.refusal) throw this.refusal;
		this.opened++;
		this.open = network;
	}

	async closeAccessPoint(): Promise<void> {
		if (this.refusal) throw this.refusal;
		this.open = undefined;
	}

	onChange(listener: (state: WifiState) => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	get isOpen(): boolean {
		return this.open !== undefined;
	}

	get listeners(): number {
		return this.#listeners.size;
	}

	set(state: WifiState): void {
		this.state = state;
		for (const listener of [...this.#listeners]) listener(state);
	}

	connect(address = "10.0.0.7"): void {
		this.set({ status: "connected", ssid: this.joined.at(-1)?.ssid ?? "", address, rssiDbm: -50 });
	}

	lose(reason: "lost" | "wrong_password" | "not_found" = "lost"): void {
		this.set({ status: "disconnected", ssid: this.joined.at(-1)?.ssid ?? "", reason });
	}
}

class FakeUdp implements UdpPort {
	server: UdpOptions | undefined;
	readonly sent: { bytes: Uint8Array; address: string; port: number }[] = [];
	refusal: PortError | undefined;

	get isOpen(): boolean {
		return this.server !== undefined;
	}

	async open(options: UdpOptions) {
		if (this.refusal) throw this.refusal;
		assert.equal(this.server, undefined, "one name server at a time");
		this.server = options;
		return {
			port: options.port,
			send: (bytes: Uint8Array, address: string, port: number) =>
				void this.sent.push({ bytes, address, port }),
			close: () => {
				this.server = undefined;
			},
		};
	}
}

const NAME = "Panda_Breath_02C0FFEE0001";
const network = { "wifi.ssid": "Workshop", "wifi.password": "filament" } as const;

/** Lets promises run to their end. */
async function settle(): Promise<void> {
	for (let i = 0; i < 20; i++) await undefined;
}

function bench(changes: SettingsChanges = {}, options: Partial<WifiSetupOptions> = {}) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const values = new Map<string, StoredValue>();
	const storage = {
		get: (namespace: string, key: string) => values.get(`${namespace}/${key}`),
		async write(written: readonly StorageChange[]) {
			for (const { namespace, key, value } of written)
				if (value !== undefined) values.set(`${namespace}/${key}`, value);
		},
	};
	const settings = new Settings({ storage, clock, log });
	settings.set(changes);
	const wifi = new FakeWifi();
	const udp = new FakeUdp();
	const events: string[] = [];
	const setup = new WifiSetup({
		wifi,
		udp,
		settings,
		clock,
		log,
		events: { add: (event) => void events.push(event) },
		deviceKind: "breath",
		...options,
	});
	const pass = async (ms: number) => {
		clock.advance(ms);
		await settle();
	};
	const start = async () => {
		setup.start();
		await pass(600);
	};
	return { clock, log, settings, wifi, udp, events, setup, start, pass };
}

test("without a network in the settings the device opens its own, named after its kind and its address", async () => {
	for (const [deviceKind, ssid] of [
		["breath", NAME],
		["panel", "Culm_02C0FFEE0001"],
	] as const) {
		const { wifi, setup, start, pass } = bench({}, { deviceKind });
		await start();
		assert.deepEqual(wifi.open, { ssid, password: "987654321", address: "192.168.254.1" });
		assert.deepEqual(setup.status.accessPoint, { on: true, ssid, address: "192.168.254.1" });
		assert.equal(wifi.joined.length, 0);
		await pass(600_000);
		assert.ok(wifi.open, "it stays");
	}
});

test("a network in the settings is joined, and no other is opened while that works", async () => {
	const { wifi, setup, events, start, pass } = bench(network);
	await start();
	assert.deepEqual(wifi.joined, [{ ssid: "Workshop", password: "filament" }]);
	wifi.connect();
	await pass(3_600_000);
	assert.equal(wifi.opened, 0);
	assert.deepEqual(setup.status.accessPoint, { on: false, ssid: NAME, address: "192.168.254.1" });
	assert.equal(setup.status.station.status, "connected");
	assert.deepEqual(events, ["wifi_joined"]);
});

test("after 30 s without it the device opens its own, and closes that a minute after the network was joined", async () => {
	const { wifi, events, start, pass } = bench(network);
	await start();
	await pass(29_000);
	assert.equal(wifi.isOpen, false);
	await pass(1_000);
	assert.equal(wifi.open?.ssid, NAME);
	assert.equal(wifi.joined.length, 1, "the radio goes on trying");
	await pass(100_000);
	wifi.connect();
	await pass(59_000);
	assert.ok(wifi.open);
	await pass(1_000);
	assert.equal(wifi.isOpen, false);
	assert.deepEqual(events, ["access_point_opened", "wifi_joined", "access_point_closed"]);
});

test("a network that is lost is waited for, for a minute", async () => {
	const { wifi, events, start, pass } = bench(network);
	await start();
	wifi.connect();
	await pass(100_000);
	wifi.lose();
	wifi.set({ status: "connecting", ssid: "Workshop" });
	await pass(40_000);
	wifi.connect();
	await pass(100_000);
	assert.equal(wifi.opened, 0, "it came back in time");
	wifi.lose();
	await pass(59_000);
	wifi.lose("not_found");
	assert.equal(wifi.isOpen, false);
	await pass(1_000);
	assert.ok(wifi.open, "tries in between do not prolong the wait");
	assert.deepEqual(events, ["wifi_joined", "wifi_lost", "wifi_joined", "wifi_lost", "access_point_opened"]);
});

test("a network that is lost again within that minute keeps ours open", async () => {
	const { wifi, start, pass } = bench(network);
	await start();
	await pass(30_000);
	wifi.connect();
	await pass(30_000);
	wifi.lose();
	await pass(120_000);
	assert.ok(wifi.open);
	assert.equal(wifi.opened, 1);
});

test("a person who wants it open has it open, beside the other one", async () => {
	const { wifi, setup, start, pass } = bench({ ...network, "wifi.accessPoint": true });
	await start();
	wifi.connect();
	await pass(600_000);
	assert.ok(wifi.open);
	setup.setAccessPoint({ on: false });
	await settle();
	assert.equal(wifi.isOpen, false);
	setup.setAccessPoint({ on: true });
	await settle();
	assert.ok(wifi.open);
});

test("its name, password and address are changed while it is open", async () => {
	const { wifi, udp, setup, start } = bench();
	await start();
	setup.setAccessPoint({ ssid: "Shed", password: "", address: "10.1.1.1" });
	await settle();
	assert.deepEqual(wifi.open, { ssid: "Shed", password: "", address: "10.1.1.1" });
	assert.ok(udp.server);
	assert.throws(() => setup.setAccessPoint({ password: "short" }), { name: "SettingsError" });
	assert.throws(() => setup.setAccessPoint({ address: "nowhere" }), { name: "SettingsError" });
	assert.equal(wifi.open?.ssid, "Shed");
});

test("a name, password or address that no radio takes is refused in words", async () => {
	const { settings, setup, start } = bench();
	await start();
	const refused = (action: () => void, words: RegExp) =>
		assert.throws(action, (error: unknown) => error instanceof SettingsError && words.test(error.message));
	refused(
		() => setup.setAccessPoint({ ssid: "ä".repeat(17) }),
		/accessPointSsid" has to be at most 32 bytes/,
	);
	refused(
		() => setup.setAccessPoint({ password: "ä".repeat(32) }),
		/accessPointPassword" has to be 8 to 63 bytes/,
	);
	for (const address of ["0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "10.0.0.0", "10.0.0.255"])
		refused(() => setup.setAccessPoint({ address }), /accessPointAddress" has to be an IPv4 address/);
	refused(() => setup.join({ ssid: "网".repeat(11), password: "" }), /wifi.ssid" has to be at most 32 bytes/);
	refused(() => setup.join({ ssid: "", password: "" }), /wifi.ssid" has to be/);
	refused(
		() => setup.join({ ssid: "a", password: "😀".repeat(16) }),
		/wifi.password" has to be 8 to 63 bytes/,
	);
	assert.equal(settings.get("wifi.ssid"), "");
	setup.setAccessPoint({
		ssid: `${"网".repeat(10)}é`,
		password: `${"ä".repeat(31)}x`,
		address: "223.255.255.254",
	});
	setup.setAccessPoint({ ssid: "" });
	setup.join({ ssid: "ä".repeat(16), password: "x".repeat(63) });
});

test("a join waits for its answer to go out, is stored, and replaces the network before", async () => {
	const { wifi, settings, setup, start, pass } = bench(network);
	await start();
	wifi.connect();
	setup.join({ ssid: "Cafe", password: "" });
	assert.equal(wifi.joined.length, 1);
	await pass(1_000);
	assert.deepEqual(wifi.joined.at(-1), { ssid: "Cafe", password: "" });
	assert.equal(settings.get("wifi.ssid"), "Cafe");
	await pass(30_000);
	assert.ok(wifi.open, "it did not work within 30 s");
	assert.throws(() => setup.join({ ssid: "Cafe", password: "short" }), { name: "SettingsError" });
	assert.throws(() => setup.join({ ssid: "x".repeat(33), password: "" }), { name: "SettingsError" });
});

test("the same network is joined again when somebody asks for it", async () => {
	const { wifi, events, setup, start, pass } = bench(network);
	await start();
	wifi.lose("wrong_password");
	setup.join({ ssid: "Workshop", password: "filament" });
	await pass(1_000);
	assert.equal(wifi.joined.length, 2);
	assert.deepEqual(events, ["wifi_refused"]);
});

test("a network that is forgotten is left, and ours opened", async () => {
	const { wifi, settings, setup, start, pass } = bench(network);
	await start();
	wifi.connect();
	setup.forget();
	await pass(1_000);
	assert.equal(wifi.left, 1);
	assert.ok(wifi.open);
	assert.equal(settings.get("wifi.password"), "");
});

test("while it is open every name leads to the page, and no longer", async () => {
	const { wifi, udp, start, pass } = bench(network);
	await start();
	assert.equal(udp.isOpen, false);
	await pass(30_000);
	const server = udp.server ?? assert.fail("no name server");
	assert.equal(server.port, 53);
	const question = Uint8Array.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 1]);
	server.onMessage(question, { address: "192.168.254.2", port: 5000 });
	server.onMessage(Uint8Array.of(1, 2, 3), { address: "192.168.254.2", port: 5000 });
	assert.equal(udp.sent.length, 1);
	assert.deepEqual([...(udp.sent[0]?.bytes.subarray(-4) ?? [])], [192, 168, 254, 1]);
	assert.equal(udp.sent[0]?.port, 5000);
	wifi.connect();
	await pass(60_000);
	assert.equal(udp.isOpen, false);
});

test("without a name server the network is open all the same, and the log says so", async () => {
	const { wifi, udp, log, start } = bench({}, { dnsPort: 5353 });
	udp.refusal = new PortError("address_in_use", "somebody is there");
	await start();
	assert.ok(wifi.open);
	assert.match(log.texts("warn").join(), /names do not lead to the page: somebody is there/);
});

test("a radio that refuses is asked again, unless it never can", async () => {
	const { wifi, log, setup, start, pass } = bench();
	wifi.refusal = new PortError("unreachable", "not now");
	await start();
	assert.equal(setup.status.accessPoint.on, false);
	wifi.refusal = undefined;
	await pass(30_000);
	assert.ok(wifi.open);
	wifi.refusal = new PortError("unreachable", "not now");
	setup.join({ ssid: "Workshop", password: "filament" });
	await pass(1_000);
	wifi.connect();
	await pass(60_000);
	assert.ok(wifi.open, "it could not be closed");
	assert.equal(setup.status.accessPoint.on, true, "and that is said");
	wifi.refusal = undefined;
	await pass(30_000);
	assert.equal(wifi.isOpen, false);

	const never = bench();
	never.wifi.refusal = new PortError("unsupported", "no radio");
	await never.start();
	assert.equal(never.clock.pendingTimers, 0);
	assert.equal(log.texts("error").length, 0);
});

test("a scan is one for all who ask while it runs, and is kept for who asks later", async () => {
	const { wifi, setup, start } = bench();
	await start();
	const statuses: boolean[] = [];
	setup.onChange(() => statuses.push(setup.status.scanning));
	wifi.found = Array.from({ length: 30 }, (_, i) => ({ ssid: `n${i}`, rssiDbm: -i, secure: true }));
	const [first, second] = await Promise.all([setup.scan(), setup.scan()]);
	assert.equal(wifi.scans, 1);
	assert.equal(first, second);
	assert.equal(first.length, 20, "the strongest ones");
	assert.equal(setup.status.networks, first);
	assert.deepEqual(statuses, [true, false]);
	wifi.refusal = new PortError("unreachable", "not now");
	await assert.rejects(setup.scan(), { code: "unreachable" });
	assert.equal(setup.status.scanning, false);
	assert.equal(setup.status.networks, first);
});

test("listeners hear of each change, until they stop", async () => {
	const { wifi, setup, start, pass } = bench(network);
	let calls = 0;
	const stop = setup.onChange(() => calls++);
	await start();
	const before = calls;
	wifi.connect();
	assert.ok(calls > before);
	stop();
	stop();
	const after = calls;
	wifi.lose();
	await pass(120_000);
	assert.equal(calls, after);
});

test("closing closes our own network, and leaves no timer and no listener", async () => {
	for (const passedMs of [0, 500, 30_000]) {
		const { wifi, udp, setup, clock, settings, start, pass } = bench(network);
		await start();
		await pass(passedMs);
		setup.join({ ssid: "Cafe", password: "" });
		await settings.flush();
		await setup.close();
		await setup.close();
		assert.equal(wifi.isOpen, false);
		assert.equal(udp.isOpen, false);
		assert.equal(clock.pendingTimers, 0);
		assert.equal(wifi.listeners, 0);
		setup.start();
		assert.equal(wifi.listeners, 0);
	}
});

test("closing while it is being opened closes it", async () => {
	const { wifi, setup } = bench();
	setup.start();
	await setup.close();
	assert.equal(wifi.isOpen, false);
});

test("the station's state has the protocol's numbers", () => {
	const ssid = "Workshop";
	assert.equal(stationStateOf({ status: "off" }), StationState.noSsid);
	assert.equal(stationStateOf({ status: "connecting", ssid }), 2);
	assert.equal(stationStateOf({ status: "connected", ssid, address: "10.0.0.7", rssiDbm: -50 }), 3);
	assert.equal(stationStateOf({ status: "disconnected", ssid, reason: "lost" }), 4);
	assert.equal(stationStateOf({ status: "disconnected", ssid, reason: "not_found" }), 4);
	assert.equal(stationStateOf({ status: "disconnected", ssid, reason: "wrong_password" }), 5);
});
