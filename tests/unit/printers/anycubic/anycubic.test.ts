// Anycubic's printers as the firmware joins them: by the settings, on a network and a clock that are the test's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import { Anycubic } from "../../../../modules/printers/anycubic/anycubic";
import { PrinterBookError } from "../../../../modules/printers/printer-book";
import { PrinterManager } from "../../../../modules/printers/printer-manager";
import { PrinterSearch } from "../../../../modules/printers/printer-search";
import { SpareLink } from "../../../../modules/printers/spare-link";
import { Settings, type SettingsChanges } from "../../../../modules/settings/settings";
import { createMemoryStorage } from "../../../../sim/host/memory-storage";
import { FakeMqtt } from "../../../fakes/fake-mqtt";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";
import { textCodec } from "../../../fakes/text-codec";
import { ROOT } from "./broker/bench-broker";
import { FakeHttp, fakeCrypto, HOST, ID, info, PIN } from "./lan/bench-kobra";

const BROKER: SettingsChanges = { "anycubic.brokerHost": "nas.local" };
const AT_BROKER: SettingsChanges = {
	"printer3.vendor": "anycubic",
	"printer3.way": "broker",
	"printer3.serial": ID,
};
const IN_LAN: SettingsChanges = {
	"printer4.vendor": "anycubic",
	"printer4.host": HOST,
	"printer4.port": 18910,
	"printer4.serial": ID,
	"printer4.pinnedSha256": PIN,
};

function bench(changes: SettingsChanges = {}, { hasCrypto = true, hasAnycubic = true } = {}) {
	const clock = new ManualClock({ startMs: 1000, wallTimeMs: 1_700_000_000_000 });
	const log = new MemoryLog();
	const mqtt = new FakeMqtt();
	const http = new FakeHttp();
	const settings = new Settings({ storage: createMemoryStorage(), clock, log });
	settings.set(changes);
	const anycubic = new Anycubic({
		settings,
		clock,
		log,
		mqtt,
		http,
		random: () => 0.5,
		text: textCodec,
		...(hasCrypto && { crypto: fakeCrypto }),
	});
	const printers = new PrinterManager({
		settings,
		clock,
		log,
		liveLinks: 10,
		mostPrinters: 10,
		spare: new SpareLink(),
		uptimeSeconds: () => 0,
		create: (setup) => (hasAnycubic ? anycubic.create(setup) : undefined),
	});
	anycubic.start();
	printers.start();
	const say = (model: string, type = "lastWill", body: object = { state: "online" }) =>
		mqtt.last.deliver(
			{ type, ...body },
			Number.POSITIVE_INFINITY,
			`${ROOT}/printer/public/${model}/${ID}/${type}/report`,
		);
	const open = (): void => {
		mqtt.last.accept();
		mqtt.last.grant();
	};
	return { clock, log, mqtt, http, settings, anycubic, printers, say, open };
}

const settle = async (): Promise<void> => {
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test("a broker in the settings is connected to without any printer, and those that talk there are found", () => {
	const { mqtt, anycubic, say, open } = bench(BROKER);
	assert.deepEqual(
		[mqtt.last.options.host, mqtt.last.options.port, mqtt.last.options.tls],
		["nas.local", 1883, undefined],
	);
	open();
	assert.deepEqual(anycubic.found, []);
	say("20023");
	assert.deepEqual(anycubic.found, [
		{
			vendor: "anycubic",
			way: "broker",
			serial: ID,
			host: "nas.local",
			name: "Kobra 2 Max cdef",
			model: "Kobra 2 Max",
		},
	]);
	assert.equal(anycubic.modelIdOf(ID.toUpperCase()), "20023");
	assert.equal(anycubic.modelIdOf("f".repeat(32)), "");
});

test("no broker: nothing is connected, and a printer that needs it says what to do", async () => {
	const { mqtt, printers, settings, open } = bench(AT_BROKER);
	assert.equal(mqtt.connections.length, 0);
	const [state] = printers.states;
	assert.deepEqual([state?.link, state?.linkError], ["offline", "unreachable"]);
	assert.match(state?.linkHelp ?? "", /No broker is set up/);
	settings.set(BROKER);
	open();
	await settle();
	assert.deepEqual([printers.states[0]?.link, printers.states[0]?.host], ["connecting", "nas.local"]);
});

test("a setting of the broker makes the connection anew, and what is not one leaves it alone", async () => {
	const { mqtt, settings, printers, say, open, anycubic } = bench({ ...BROKER, ...AT_BROKER });
	open();
	say("20021", "status", { state: "free" });
	assert.equal(printers.states[0]?.link, "online");
	settings.set({ deviceName: "Shed" });
	assert.equal(mqtt.connections.length, 1);
	settings.set({
		"anycubic.brokerUser": "me",
		"anycubic.brokerPassword": "secret",
		"anycubic.brokerPort": 1999,
	});
	const [first, second] = mqtt.connections;
	assert.equal(mqtt.connections.length, 2);
	assert.equal(first?.disconnected, true);
	assert.deepEqual(
		[second?.options.username, second?.options.password, second?.options.port],
		["me", "secret", 1999],
	);
	assert.deepEqual(anycubic.found, [], "who was at the one before is not known to be at this one");
	await settle();
	assert.notEqual(printers.states[0]?.link, "online");
	open();
	say("20021", "status", { state: "free" });
	assert.equal(printers.states[0]?.link, "online");
	settings.set({ "anycubic.brokerHost": "" });
	await settle();
	assert.equal(second?.disconnected, true);
	assert.match(printers.states[0]?.linkHelp ?? "", /No broker is set up/);
	assert.equal(mqtt.connections.length, 2);
});

test("a certificate that cannot be read keeps the connection from being made, in words", () => {
	const tls = { "anycubic.brokerSecurity": "tls", "anycubic.brokerCa": "nonsense" } as const;
	const { mqtt, printers, settings } = bench({ ...BROKER, ...AT_BROKER, ...tls });
	assert.equal(mqtt.connections.length, 0);
	assert.match(printers.states[0]?.linkHelp ?? "", /broker's authority/);
	settings.set({ "anycubic.brokerCa": "", "anycubic.brokerPin": PIN });
	assert.deepEqual(mqtt.last.options.tls, { authorities: [], pinnedSha256: PIN });
});

test("a printer in LAN mode that is another one, or that this device cannot shake hands with, is left out and said", () => {
	assert.equal(bench(IN_LAN).printers.states.length, 1);
	for (const [changes, means] of [
		[IN_LAN, { hasCrypto: false }],
		[IN_LAN, { hasAnycubic: false }],
		[{ ...IN_LAN, "printer4.serial": "01P00A000000001" } as SettingsChanges, {}],
	] as const) {
		const { printers, log } = bench(changes, means);
		assert.deepEqual(printers.states, []);
		assert.match(log.texts("warn").join(), /slot 4 is left out/);
	}
});

test("another maker or another way in a slot makes another printer of it", () => {
	const { printers, settings } = bench({ ...BROKER, ...IN_LAN });
	const before = printers.find(ID);
	settings.set({ "printer4.way": "broker" });
	assert.notEqual(printers.find(ID), before);
	assert.equal(printers.states[0]?.host, "nas.local");
});

test("who a printer in LAN mode is, is asked by a handshake, and its certificate is shown first", async () => {
	const { anycubic, mqtt } = bench();
	const trust = () => mqtt.last.options.tls;
	const first = anycubic.identify({ host: HOST, port: 18910, pinnedSha256: "" });
	await settle();
	assert.deepEqual(trust(), { authorities: [] });
	mqtt.last.fail("untrusted", { certificate: { commonName: "Kobra", sha256: PIN } });
	await assert.rejects(first, (error) => {
		assert.ok(error instanceof PrinterBookError);
		assert.deepEqual([error.code, error.certificate?.sha256], ["untrusted_certificate", PIN]);
		return true;
	});
	const second = anycubic.identify({ host: HOST, port: 18910, pinnedSha256: PIN });
	await settle();
	assert.equal(trust()?.pinnedSha256, PIN);
	mqtt.last.accept();
	assert.deepEqual(await second, { deviceId: ID, modelId: "20025" });
	assert.equal(mqtt.last.disconnected, true);
});

test("a printer that is bound to the cloud, or is none, is told from one that is not there", async () => {
	const { anycubic, http } = bench();
	const code = () =>
		anycubic.identify({ host: HOST }).then(
			() => assert.fail("it was identified"),
			(error: unknown) => (error instanceof PrinterBookError ? error.code : assert.fail(String(error))),
		);
	http.info = info({ ctrlType: "cloud" });
	assert.equal(await code(), "lan_mode_off");
	http.info = "refused";
	assert.equal(await code(), "unreachable");
	http.info = "<html>";
	assert.equal(await code(), "unreachable");
	await assert.rejects(bench({}, { hasCrypto: false }).anycubic.identify({ host: HOST }), PrinterBookError);
});

test("a search finds printers of all makers, and fails only when there is none at all", async () => {
	const left = { serial: "01P00A000000001", host: "192.0.2.9", name: "Left", model: "P1S" };
	const kobra = { ...left, vendor: "anycubic", way: "broker", serial: ID } as const;
	const announced = { scan: async () => [left] };
	const all = new PrinterSearch({ announced, heard: () => [kobra] });
	assert.deepEqual(await all.scan(1), [{ vendor: "bambu", ...left }, kobra]);
	const deaf = {
		scan: async () => {
			throw new PortError("address_in_use", "somebody is there");
		},
	};
	assert.deepEqual(await new PrinterSearch({ announced: deaf, heard: () => [kobra] }).scan(1), [kobra]);
	await assert.rejects(new PrinterSearch({ announced: deaf, heard: () => [] }).scan(1), PortError);
});
