import assert from "node:assert/strict";
import { test } from "node:test";
import type { MdnsService } from "../../../modules/platform/mdns";
import type { WifiPort, WifiState } from "../../../modules/platform/wifi";
import { Settings } from "../../../modules/settings/settings";
import { MdnsAnnouncement } from "../../../modules/wifi/mdns-announcement";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";

async function settle(): Promise<void> {
	for (let i = 0; i < 20; i++) await undefined;
}

function bench() {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const settings = new Settings({ storage: { get: () => undefined, write: async () => {} }, clock, log });
	const services: MdnsService[] = [];
	let open = 0;
	let mostOpen = 0;
	const mdns = {
		advertise(service: MdnsService) {
			services.push(service);
			mostOpen = Math.max(mostOpen, ++open);
			return { close: async () => void open-- };
		},
	};
	let station: (state: WifiState) => void = () => {};
	const wifi = {
		onChange: (listener: (state: WifiState) => void) => {
			station = listener;
			return () => {
				station = () => {};
			};
		},
	} as unknown as WifiPort;
	const announcement = new MdnsAnnouncement({
		mdns,
		wifi,
		settings,
		log,
		defaultHostname: "PandaBreath",
		board: "panda_breath",
	});
	return {
		announcement,
		settings,
		services,
		log,
		mdns,
		counts: () => ({ open, mostOpen }),
		connect: () => station({ status: "connected", ssid: "Workshop", address: "10.0.0.7", rssiDbm: -50 }),
		lose: () => station({ status: "disconnected", ssid: "Workshop", reason: "lost" }),
	};
}

test("the page is announced with host name, port and board", async () => {
	const { announcement, services } = bench();
	announcement.start(80);
	await settle();
	const { onConflict: _, ...service } = services[0] ?? assert.fail();
	assert.deepEqual(service, {
		hostname: "PandaBreath",
		name: "Culm",
		type: "_http._tcp",
		port: 80,
		text: { board: "panda_breath" },
	});
	assert.equal(announcement.hostname, "PandaBreath");
	announcement.start(81);
	await settle();
	assert.equal(services.length, 1);
});

test("a name that is somebody else's gets a number, and is tried anew when it changes", async () => {
	const { announcement, settings, services, log } = bench();
	announcement.start(80);
	await settle();
	for (const expected of ["PandaBreath-2", "PandaBreath-3"]) {
		services.at(-1)?.onConflict();
		await settle();
		assert.equal(services.at(-1)?.hostname, expected);
		assert.equal(announcement.hostname, expected);
	}
	assert.equal(log.texts("warn").length, 2);
	settings.set({ hostname: "shed" });
	await settle();
	assert.equal(services.at(-1)?.hostname, "shed");
	assert.equal(announcement.hostname, "shed");
});

test("a conflict of an announcement that is over is none", async () => {
	const { announcement, settings, services } = bench();
	announcement.start(80);
	await settle();
	settings.set({ hostname: "shed" });
	await settle();
	services[0]?.onConflict();
	await settle();
	assert.equal(announcement.hostname, "shed");
	assert.equal(services.length, 2);
});

test("the longest name still has room for its number", async () => {
	const { announcement, settings, services } = bench();
	settings.set({ hostname: "x".repeat(32) });
	announcement.start(80);
	await settle();
	services[0]?.onConflict();
	await settle();
	assert.equal(services[1]?.hostname, `${"x".repeat(32)}-2`);
});

test("where every name is taken, it keeps silent in the end", async () => {
	const { announcement, services, counts, log } = bench();
	announcement.start(80);
	await settle();
	for (let i = 0; i < 200; i++) {
		services.at(-1)?.onConflict();
		await settle();
	}
	assert.equal(services.length, 99);
	assert.equal(counts().open, 0);
	assert.match(log.texts("warn").at(-1) ?? "", /choose another name/);
});

test("it is announced anew in another network and under another name, one at a time", async () => {
	const { announcement, settings, services, counts, connect, lose } = bench();
	announcement.start(80);
	connect();
	lose();
	connect();
	settings.set({ deviceName: "Shed heater" });
	settings.set({ "breath.target": 20 });
	await settle();
	assert.equal(services.at(-1)?.name, "Shed heater");
	assert.deepEqual(counts(), { open: 1, mostOpen: 1 });
	const before = services.length;
	connect();
	await settle();
	assert.equal(services.length, before + 1);
});

test("closing says goodbye, and nothing is announced afterwards", async () => {
	const { announcement, settings, services, counts, connect } = bench();
	announcement.start(80);
	await settle();
	await announcement.close();
	await announcement.close();
	settings.set({ hostname: "late" });
	connect();
	services[0]?.onConflict();
	await settle();
	assert.equal(services.length, 1);
	assert.equal(counts().open, 0);
	const early = bench();
	early.announcement.start(80);
	await early.announcement.close();
	await settle();
	assert.equal(early.counts().open, 0);
});

test("a port that throws, or does not end well, is said in the log", async () => {
	const { announcement, mdns, settings, log } = bench();
	mdns.advertise = () => {
		throw new Error("no socket");
	};
	announcement.start(80);
	await settle();
	assert.match(log.texts("warn").join(), /not announced: no socket/);
	mdns.advertise = () => ({ close: () => Promise.reject(new Error("gone")) });
	settings.set({ hostname: "shed" });
	await settle();
	await announcement.close();
	assert.match(log.texts("warn").join(), /did not end well: gone/);
});
