import assert from "node:assert/strict";
import { test } from "node:test";
import { parts as allParts } from "../../../modules/boards/controller_parts/parts";
import type { StoredValue } from "../../../modules/platform/storage";
import { BambuPrinter } from "../../../modules/printers/bambu/bambu-printer";
import { PrinterManager, type PrintersEvent } from "../../../modules/printers/printer-manager";
import { SpareLink } from "../../../modules/printers/spare-link";
import { Settings, type SettingsChanges } from "../../../modules/settings/settings";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { FakeMqtt } from "../../fakes/fake-mqtt";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { textCodec } from "../../fakes/text-codec";

interface BenchOptions {
	liveLinks?: number;
	/** Settings beside those of the slots. */
	changes?: SettingsChanges;
	/** The slot that is live before all others. */
	first?: number;
	mostPrinters?: number;
}

function bench(
	slots: Record<number, { host: string; serial: string }>,
	{ liveLinks = 10, mostPrinters = 10, changes: more = {}, first }: BenchOptions = {},
) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const mqtt = new FakeMqtt();
	const settings = new Settings({ storage: createMemoryStorage(), clock, log });
	const changes: Record<string, StoredValue> = {};
	for (const [slot, { host, serial }] of Object.entries(slots)) {
		changes[`printer${slot}.host`] = host;
		changes[`printer${slot}.serial`] = serial;
	}
	settings.set({ ...(changes as SettingsChanges), ...more });
	const spare = new SpareLink();
	const manager = new PrinterManager({
		settings,
		clock,
		log,
		liveLinks,
		mostPrinters,
		spare,
		uptimeSeconds: () => Math.floor(clock.now() / 1000),
		first: () => first,
		create: ({ slot, ...setup }) =>
			new BambuPrinter({
				...setup,
				clock,
				log,
				mqtt,
				random: () => 0.5,
				text: textCodec,
				spoolDetails: true,
				openCommands: allParts.openCommands,
				tls: { connect: () => assert.fail("nobody asks for a picture") },
				cameraFrameBytes: 0,
				authorities: [],
				clientId: `culm-${slot}`,
			}),
	});
	const events: PrintersEvent[] = [];
	manager.onChange((event) => events.push(event));
	manager.start();
	return { clock, log, mqtt, settings, spare, manager, events };
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

test("a printer that is set up, changed and forgotten while running comes, connects anew, and goes", async () => {
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
	assert.deepEqual(told, ["added", "removed"], "with another access code it is the same printer");
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

const three = {
	0: { host: "a", serial: serialOf(0) },
	1: { host: "b", serial: serialOf(1) },
	2: { host: "c", serial: serialOf(2) },
};
const fullReport = { print: { command: "push_status", msg: 0, gcode_state: "IDLE", mc_percent: 3 } };

/** Lets the connection to that host be made and a full report come. */
function answer(mqtt: FakeMqtt, host: string, report: unknown = fullReport): void {
	const connection = mqtt.connections.findLast(({ options }) => options.host === host);
	assert.ok(connection, `${host} is connected to`);
	connection.accept();
	connection.grant();
	connection.deliver(report);
}

const open = (mqtt: FakeMqtt) =>
	mqtt.connections.filter((one) => !one.disconnected).map(({ options }) => options.host);

test("another host, access code or confirmed certificate keeps what is known of the printer", async () => {
	const { settings, manager, mqtt, events } = bench({ 0: { host: "a", serial: serialOf(0) } });
	answer(mqtt, "a");
	for (const change of [
		{ "printer0.host": "b" },
		{ "printer0.accessCode": "87654321" },
		{ "printer0.pinnedSha256": "ab".repeat(32) },
		{ "printer0.port": 18883 },
	] as const) {
		const before = mqtt.last;
		settings.set(change);
		await settle();
		assert.equal(before.disconnected, true, JSON.stringify(change));
		assert.notEqual(mqtt.last, before);
		assert.equal(manager.states[0]?.link, "connecting");
		assert.equal(manager.states[0]?.job.percent, 3);
	}
	const { host, port, password, tls } = mqtt.last.options;
	assert.deepEqual([host, port, password, tls?.pinnedSha256], ["b", 18883, "87654321", "ab".repeat(32)]);
	assert.equal(manager.states[0]?.host, "b");
	assert.ok(events.every(({ type }) => type === "changed"));
});

test("with fewer connections than printers the first ones in order are live, and the others are looked at in turn", async () => {
	const { manager, mqtt, clock } = bench(three, { liveLinks: 1 });
	assert.deepEqual(
		manager.states.map(({ watch }) => watch),
		["live", "polled", "polled"],
	);
	answer(mqtt, "a");
	clock.advance(0);
	await settle();
	assert.deepEqual(open(mqtt), ["a", "b"], "one at a time beside those that stay");
	answer(mqtt, "b");
	clock.advance(1_000);
	await settle();
	assert.deepEqual(open(mqtt), ["a"], "it says goodbye when it knows everything");
	const [, second] = manager.states;
	assert.deepEqual([second?.link, second?.job.percent, second?.heardAtSeconds], ["online", 3, 0]);
	assert.equal(second?.lookSeconds, 300);
	clock.advance(0);
	await settle();
	assert.deepEqual(open(mqtt), ["a", "c"]);
	mqtt.last.fail("refused");
	await settle();
	const [first, , third] = manager.states;
	assert.deepEqual(
		[third?.link, third?.linkError, third?.heardAtSeconds],
		["offline", "unreachable", undefined],
	);
	assert.equal(first?.link, "online");
	assert.equal(first?.heardAtSeconds, undefined);
});

test("a printer that is looked at shows how the last look ended while the next one is under way", async () => {
	const { manager, mqtt, clock } = bench(three, { liveLinks: 2 });
	const [, , third] = manager.states;
	clock.advance(0);
	await settle();
	answer(mqtt, "c");
	clock.advance(1_000);
	await settle();
	const seen = new Set<string>();
	manager.onChange(
		(event) => event.type === "changed" && event.state.id === third?.id && seen.add(event.state.link),
	);
	for (let second = 0; second < 299; second++) {
		clock.advance(1_000);
		await settle();
	}
	assert.equal(mqtt.last.options.host, "c");
	assert.equal(mqtt.last.disconnected, false, "after five minutes it is looked at again");
	answer(mqtt, "c", { print: { command: "push_status", msg: 0, mc_percent: 9 } });
	clock.advance(1_000);
	await settle();
	assert.deepEqual([...seen], ["online"], "it never flickers");
	assert.deepEqual([manager.states[2]?.job.percent, manager.states[2]?.heardAtSeconds], [9, 300]);
});

test("a look at a printer that says nothing ends, and the next one has its turn", async () => {
	const { manager, mqtt, clock } = bench(three, { liveLinks: 1 });
	clock.advance(0);
	await settle();
	const silent = mqtt.last;
	silent.accept();
	silent.grant();
	clock.advance(20_000);
	await settle();
	assert.equal(silent.disconnected, true);
	assert.equal(manager.states[1]?.linkError, "wrong_serial");
	clock.advance(0);
	await settle();
	assert.equal(mqtt.last.options.host, "c");
});

test("chosen printers are live before others, and the one that a heater follows before all", async () => {
	const { manager, settings } = bench(three, { liveLinks: 1, changes: { "printer2.live": true } });
	const live = () => manager.states.filter(({ watch }) => watch === "live").map(({ host }) => host);
	assert.deepEqual(live(), ["c"]);
	settings.set({ "printer2.live": false });
	assert.deepEqual(live(), ["a"]);
	settings.set({ printerOrder: "1" });
	assert.deepEqual(live(), ["b"], "of those that nobody chose, the first in order");
	const heater = bench(three, { liveLinks: 1, changes: { "printer2.live": true }, first: 1 });
	assert.equal(heater.manager.states.find(({ watch }) => watch === "live")?.host, "b");
});

test("a printer that becomes live after it was looked at stays connected, and the one that gave way says goodbye", async () => {
	const { mqtt, clock, settings, manager } = bench(three, { liveLinks: 1 });
	answer(mqtt, "a");
	clock.advance(0);
	await settle();
	answer(mqtt, "b");
	settings.set({ "printer1.live": true });
	await settle();
	clock.advance(1_000);
	await settle();
	assert.ok(open(mqtt).includes("b"), "the look's connection is the one that stays");
	assert.ok(!open(mqtt).includes("a"));
	assert.deepEqual(
		manager.states.map(({ watch }) => watch),
		["polled", "live", "polled"],
	);
	assert.equal(manager.states[0]?.heardAtSeconds, 0);
});

test("whoever attends to a printer has it connected for a minute", async () => {
	const { mqtt, clock, manager } = bench(three, { liveLinks: 1 });
	answer(mqtt, "a");
	const online = manager.attend(serialOf(2));
	await settle();
	assert.equal(manager.states[2]?.watch, "live");
	answer(mqtt, "c");
	assert.equal(await online, true);
	assert.equal(await manager.attend(serialOf(2)), true, "also when it is live already");
	clock.advance(60_000);
	await settle();
	assert.equal(manager.states[0]?.watch, "live");
	assert.equal(manager.states[2]?.watch, "polled");
	const failing = manager.attend(serialOf(1));
	await settle();
	mqtt.connections.findLast(({ options }) => options.host === "b")?.fail("refused");
	assert.equal(await failing, false);
	assert.equal(await manager.attend("nobody"), false);
	const waiting = manager.attend(serialOf(2));
	await manager.close();
	assert.equal(await waiting, false);
});

test("the one that a heater follows gives its connection to nobody", async () => {
	const { mqtt, manager } = bench(three, { liveLinks: 1, first: 0 });
	answer(mqtt, "a");
	assert.equal(await manager.attend(serialOf(1)), false);
	assert.equal(manager.states[0]?.watch, "live");
});

test("printers are in the order that people gave them, and a change of it is told once", () => {
	const { manager, settings, events } = bench(three, { changes: { printerOrder: "20" } });
	const hosts = () => manager.states.map(({ host }) => host);
	assert.deepEqual(hosts(), ["c", "a", "b"]);
	settings.set({ printerOrder: "210" });
	assert.deepEqual(hosts(), ["c", "b", "a"]);
	settings.set({ printerOrder: "21" });
	assert.deepEqual(hosts(), ["c", "b", "a"]);
	assert.deepEqual(
		events.filter(({ type }) => type !== "changed"),
		[{ type: "reordered" }],
	);
});

test("on a board with room for few printers those that come later are left out, never the one that a heater follows", async () => {
	const { manager, settings, log } = bench(three, { mostPrinters: 2 });
	const hosts = () => manager.states.map(({ host }) => host);
	assert.deepEqual(hosts(), ["a", "b"]);
	assert.match(log.texts("warn").join(), /room for 2 printers; slot 2 is left out/);
	settings.set({ "printer0.serial": "" });
	await settle();
	assert.deepEqual(hosts(), ["b", "c"]);
	const heater = bench(three, { mostPrinters: 1, first: 2 });
	assert.deepEqual(
		heater.manager.states.map(({ host }) => host),
		["c"],
	);
});

test("of a live printer that is not heard it is said since when", () => {
	const { manager, mqtt, clock } = bench({ 0: { host: "a", serial: serialOf(0) } });
	clock.advance(5_000);
	answer(mqtt, "a");
	assert.equal(manager.states[0]?.heardAtSeconds, undefined);
	clock.advance(15_000);
	assert.deepEqual([manager.states[0]?.link, manager.states[0]?.heardAtSeconds], ["stale", 5]);
	mqtt.last.deliver(fullReport);
	assert.deepEqual([manager.states[0]?.link, manager.states[0]?.heardAtSeconds], ["online", undefined]);
});

test("while looks are under way, closing ends them and leaves no timer", async () => {
	const { manager, mqtt, clock, settings } = bench(three, { liveLinks: 1 });
	clock.advance(0);
	await settle();
	assert.equal(open(mqtt).length, 2);
	await manager.close();
	await settle();
	await settings.close();
	assert.equal(clock.pendingTimers, 0);
	assert.deepEqual(open(mqtt), []);
});

test("a printer that another one takes the place of is no longer looked at", async () => {
	const { settings, mqtt, clock } = bench(three, { liveLinks: 1 });
	settings.set({ "printer1.serial": "" });
	clock.advance(0);
	await settle();
	assert.equal(mqtt.last.options.host, "c");
});
