import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoredValue } from "../../../modules/platform/storage";
import { BambuPrinter } from "../../../modules/printers/bambu/bambu-printer";
import { PrinterManager, type PrintersEvent } from "../../../modules/printers/printer-manager";
import { Settings, type SettingsChanges } from "../../../modules/settings/settings";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { FakeMqtt } from "../../fakes/fake-mqtt";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { textCodec } from "../../fakes/text-codec";

function bench(slots: Record<number, { host: string; serial: string }>) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const mqtt = new FakeMqtt();
	const settings = new Settings({ storage: createMemoryStorage(), clock, log });
	const changes: Record<string, StoredValue> = {};
	for (const [slot, { host, serial }] of Object.entries(slots)) {
		changes[`printer${slot}.host`] = host;
		changes[`printer${slot}.serial`] = serial;
	}
	settings.set(changes as SettingsChanges);
	const manager = new PrinterManager({
		settings,
		log,
		create: ({ slot, ...setup }) =>
			new BambuPrinter({
				...setup,
				clock,
				log,
				mqtt,
				random: () => 0.5,
				text: textCodec,
				spoolDetails: true,
				authorities: [],
				clientId: `culm-${slot}`,
			}),
	});
	const events: PrintersEvent[] = [];
	manager.onChange((event) => events.push(event));
	manager.start();
	return { clock, log, mqtt, settings, manager, events };
}

/** Lets what waits for a goodbye go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const serialOf = (n: number) => `01P00A00000000${n}`;

test("ten slots make ten printers, each with one connection and a client id of its own", () => {
	const slots = Object.fromEntries(
		Array.from({ length: 10 }, (_, n) => [n, { host: `10.0.0.${n}`, serial: serialOf(n) }]),
	);
	const { manager, mqtt } = bench(slots);
	assert.equal(manager.states.length, 10);
	assert.equal(mqtt.connections.length, 10);
	assert.equal(new Set(mqtt.connections.map(({ options }) => options.clientId)).size, 10);
});

test("a slot without host or serial number is not in use", () => {
	const { manager } = bench({
		0: { host: "10.0.0.1", serial: "" },
		4: { host: "10.0.0.4", serial: serialOf(4) },
	});
	assert.deepEqual(
		manager.states.map(({ serial }) => serial),
		[serialOf(4)],
	);
});

test("one printer in two slots is connected once: two clients would push each other out", () => {
	const { mqtt, log } = bench({
		0: { host: "10.0.0.1", serial: serialOf(1) },
		1: { host: "10.0.0.2", serial: serialOf(1) },
	});
	assert.equal(mqtt.connections.length, 1);
	assert.match(log.lines.at(-1)?.text ?? "", /set up twice/);
});

test("a printer that is set up, changed and forgotten while running comes, is made anew, and goes", async () => {
	const { settings, manager, mqtt, events } = bench({});
	settings.set({
		"printer2.host": "10.0.0.2",
		"printer2.serial": serialOf(2),
		"printer2.accessCode": "12345678",
	});
	assert.equal(mqtt.connections.length, 1);
	settings.set({ "printer2.accessCode": "87654321" });
	await settle();
	assert.equal(mqtt.connections.length, 2);
	assert.equal(mqtt.connections[0]?.disconnected, true);
	assert.equal(mqtt.last.options.password, "87654321");
	settings.set({ deviceName: "Shed" });
	assert.equal(mqtt.connections.length, 2);
	settings.set({ "printer2.serial": "" });
	assert.deepEqual(manager.states, []);
	assert.equal(mqtt.last.disconnected, true);
	const told = events.filter(({ type }) => type !== "changed").map(({ type }) => type);
	assert.deepEqual(told, ["added", "removed", "added", "removed"]);
});

test("a new name is only shown: the connection and what is known stay", () => {
	const { settings, manager, mqtt, events } = bench({ 0: { host: "a", serial: serialOf(0) } });
	mqtt.last.accept();
	mqtt.last.grant();
	mqtt.last.deliver({ print: { command: "push_status", mc_percent: 42 } });
	settings.set({ "printer0.name": "Workshop" });
	assert.equal(manager.states[0]?.name, "Workshop");
	assert.equal(manager.states[0]?.job.percent, 42);
	assert.equal(mqtt.connections.length, 1);
	assert.equal(events.at(-1)?.type, "changed");
	settings.set({ "printer0.name": "" });
	assert.equal(manager.states[0]?.name, "P1S 0000");
});

test("printers that change places, and one that another slot kept out, are all there afterwards", async () => {
	const { settings, manager } = bench({
		0: { host: "a", serial: serialOf(0) },
		1: { host: "b", serial: serialOf(1) },
	});
	settings.set({ "printer0.serial": serialOf(1), "printer1.serial": serialOf(0) });
	await settle();
	assert.deepEqual(
		manager.states.map(({ serial }) => serial),
		[serialOf(1), serialOf(0)],
	);
	settings.set({ "printer0.serial": serialOf(5), "printer1.serial": serialOf(5) });
	assert.equal(manager.states.length, 1);
	settings.set({ "printer0.serial": "" });
	await settle();
	assert.deepEqual(
		manager.states.map(({ serial, host }) => serial + host),
		[`${serialOf(5)}b`],
	);
});

test("one serial number in upper and lower case is one printer", () => {
	const { mqtt } = bench({
		0: { host: "a", serial: "01P00A00000000A" },
		1: { host: "b", serial: "01p00a00000000a" },
	});
	assert.equal(mqtt.connections.length, 1);
});

test("a slot connects again only when its last connection has said goodbye", async () => {
	const { settings, mqtt } = bench({ 0: { host: "a", serial: serialOf(0) } });
	let goodbye = (): void => {};
	mqtt.last.close = () => new Promise((resolve) => (goodbye = resolve));
	settings.set({ "printer0.port": 18883 });
	await settle();
	assert.equal(mqtt.connections.length, 1);
	goodbye();
	await settle();
	assert.equal(mqtt.connections.length, 2);
});

test("one printer's failure touches no other", () => {
	const { manager, mqtt, clock } = bench({
		0: { host: "a", serial: serialOf(0) },
		1: { host: "b", serial: serialOf(1) },
	});
	const [first, second] = mqtt.connections;
	second?.accept();
	second?.grant();
	first?.fail("unauthorized");
	second?.deliver({ print: { command: "push_status", gcode_state: "RUNNING" } });
	clock.advance(5_000);
	assert.deepEqual(
		manager.states.map(({ link }) => link),
		["offline", "online"],
	);
	assert.equal(mqtt.connections.length, 2);
});

test("closing says goodbye to every printer and leaves no timer", async () => {
	const { manager, mqtt, clock, settings } = bench({
		0: { host: "a", serial: serialOf(0) },
		1: { host: "b", serial: serialOf(1) },
	});
	await manager.close();
	await manager.close();
	await settings.close();
	assert.ok(mqtt.connections.every(({ disconnected }) => disconnected));
	assert.equal(clock.pendingTimers, 0);
	settings.set({ "printer5.host": "c", "printer5.serial": serialOf(5) });
	assert.equal(mqtt.connections.length, 2, "settings are no longer listened to");
});
