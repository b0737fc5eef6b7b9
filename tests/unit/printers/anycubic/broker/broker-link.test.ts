// The connection to a broker: all printers share one, it comes back, and it says what is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, assert as hold, integer, property, string } from "fast-check";
import { brokerTarget } from "../../../../../modules/printers/anycubic/broker/broker-target";
import { BenchBroker, BenchPrinter, ID, OTHER_ID, ROOT } from "./bench-broker";

const ONLINE = { type: "lastWill", action: "onlineReport", state: "online", code: 200, data: null };
const OFFLINE = { ...ONLINE, state: "offline" };
const TEMPERATURES = {
	type: "tempature",
	action: "auto",
	state: "done",
	code: 200,
	data: { curr_nozzle_temp: 20 },
};

test("two printers share one connection, which ends with the last of them", async () => {
	const broker = new BenchBroker({ username: "u", password: "p" });
	const first = new BenchPrinter(broker);
	const second = new BenchPrinter(broker, { deviceId: OTHER_ID });
	assert.equal(broker.mqtt.connections.length, 0);
	first.link.start();
	second.link.start();
	first.link.start();
	assert.equal(broker.mqtt.connections.length, 1);
	const { options } = broker.mqtt.last;
	assert.deepEqual(
		[options.host, options.port, options.username, options.password],
		["192.0.2.9", 1883, "u", "p"],
	);
	assert.equal(options.tls, undefined);
	assert.match(options.clientId, /^culm-[a-z0-9]{12}$/);
	broker.open();
	assert.deepEqual(broker.mqtt.last.subscriptions, [`${ROOT}/printer/public/#`]);
	await first.link.close();
	assert.equal(broker.mqtt.last.disconnected, false);
	await second.link.close();
	assert.equal(broker.mqtt.last.disconnected, true);
	assert.equal(broker.clock.pendingTimers, 0);
});

test("it is connected without any printer to find some, with their models and whether they are on", async () => {
	const broker = new BenchBroker();
	broker.link.start();
	broker.open();
	assert.deepEqual(
		broker.statuses.map(({ status }) => status),
		["connecting", "online"],
	);
	broker.say("tempature", TEMPERATURES);
	broker.say("tempature", TEMPERATURES);
	broker.say("lastWill", ONLINE, { id: OTHER_ID, model: "20021" });
	broker.say("lastWill", OFFLINE, { id: OTHER_ID, model: "20021" });
	broker.say("lastWill", ONLINE, { id: "0".repeat(32), model: "40001" });
	assert.equal(broker.found.length, 3, "only what is new is told");
	assert.deepEqual(
		broker.link.found.map(({ modelId, deviceId, isOnline }) => [modelId, deviceId, isOnline]),
		[
			["20021", OTHER_ID, false],
			["20022", ID, true],
		],
	);
	await broker.link.close();
});

test("no more than 32 printers are kept, the latest ones", async () => {
	const broker = new BenchBroker();
	broker.link.start();
	broker.open();
	for (let index = 0; index < 100; index++)
		broker.say("status", TEMPERATURES, { id: index.toString(16).padStart(32, "0") });
	assert.equal(broker.link.found.length, 32);
	assert.equal(broker.link.found[0]?.deviceId, (99).toString(16).padStart(32, "0"));
	await broker.link.close();
});

test("a broker that is lost is tried again with growing pauses, and the printers are told", () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	printer.link.start();
	const pauses: number[] = [];
	for (let round = 0; round < 8; round++) {
		const count = broker.mqtt.connections.length;
		broker.mqtt.last.fail("refused");
		assert.equal(printer.last?.status, "offline");
		assert.equal(printer.last?.error, "unreachable");
		assert.match(printer.last?.help ?? "", /192\.0\.2\.9:1883/);
		const since = broker.clock.now();
		for (let second = 0; second < 400 && broker.mqtt.connections.length === count; second++)
			broker.clock.advance(100);
		pauses.push(broker.clock.now() - since);
	}
	const allowed = [1, 2, 4, 8, 16, 30, 30, 30];
	for (const [index, pause] of pauses.entries()) {
		const middle = 1000 * (allowed[index] ?? 0);
		assert.ok(pause >= 0.8 * middle && pause <= 1.2 * middle + 100, `pause ${index}: ${pause}`);
	}
	broker.open();
	assert.equal(printer.last?.status, "connecting");
	assert.equal(printer.last?.error, undefined);
});

test("a broker that lasted is tried again at once after it is lost", () => {
	const broker = new BenchBroker();
	broker.link.start();
	broker.mqtt.last.fail("refused");
	broker.clock.advance(2000);
	broker.open();
	broker.clock.advance(60_000);
	broker.mqtt.last.fail("closed_by_peer");
	const count = broker.mqtt.connections.length;
	broker.clock.advance(1300);
	assert.equal(broker.mqtt.connections.length, count + 1);
});

test("what a person has to mend is said as that, with the certificate, and not tried all the time", () => {
	const certificate = { commonName: "broker", sha256: "ab".repeat(32) };
	const cases = [
		["unauthorized", "wrong_access_code", "does not let us in"],
		["untrusted", "untrusted_certificate", "fingerprint"],
		["wrong_name", "untrusted_certificate", '"broker"'],
		["certificate_changed", "certificate_changed", "confirmed"],
	] as const;
	for (const [code, error, words] of cases) {
		const broker = new BenchBroker();
		const printer = new BenchPrinter(broker);
		printer.link.start();
		broker.mqtt.last.fail(code, { certificate });
		assert.equal(printer.last?.error, error);
		assert.deepEqual(printer.last?.certificate, certificate);
		assert.ok(printer.last?.help?.includes(words), printer.last?.help);
		broker.clock.advance(20_000);
		assert.equal(broker.mqtt.connections.length, 1, code);
		broker.clock.advance(20_000);
		assert.equal(broker.mqtt.connections.length, 2, code);
	}
});

test("a broker that lets us read nothing is said to be that", () => {
	const broker = new BenchBroker();
	broker.link.start();
	broker.mqtt.last.accept();
	broker.mqtt.last.grant(false);
	assert.equal(broker.mqtt.last.disconnected, true);
	assert.match(broker.statuses.at(-1)?.help ?? "", /anycubic\/#/);
});

test("a broker that never answers the subscription is left, and tried again", () => {
	const broker = new BenchBroker();
	broker.link.start();
	broker.mqtt.last.accept();
	broker.clock.advance(10_000);
	assert.equal(broker.mqtt.last.disconnected, true);
	assert.equal(broker.statuses.at(-1)?.error, "unreachable");
});

test("another broker is connected to at once, after the goodbye to the one before", async () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	printer.link.start();
	broker.open();
	broker.link.retarget({ host: "192.0.2.10", port: 8883 });
	await new Promise<void>(
		(resolve) =>
			void Promise.resolve()
				.then(() => Promise.resolve())
				.then(resolve),
	);
	await Promise.resolve();
	assert.equal(broker.mqtt.connections[0]?.disconnected, true);
	assert.equal(broker.mqtt.last.options.host, "192.0.2.10");
	broker.open();
	assert.deepEqual(
		printer.statuses.map(({ status }) => status),
		["connecting", "offline", "connecting"],
	);
	await printer.link.close();
});

test("after its end nothing is heard of it, also when it is ended by one who was told", async () => {
	const broker = new BenchBroker();
	let told = 0;
	const link = broker.link.printer(
		{ modelId: "20022", deviceId: ID },
		{
			onStatus() {
				told++;
				void link.close();
			},
			onReport: () => assert.fail("a report"),
		},
	);
	link.start();
	await link.close();
	assert.equal(told, 1);
	assert.equal(broker.mqtt.connections.length, 0);
	assert.equal(broker.clock.pendingTimers, 0);
});

test("messages in pieces are put together, too large ones are dropped, and the next one is whole again", () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	printer.link.start();
	broker.open();
	broker.say("tempature", TEMPERATURES, { pieceBytes: 7 });
	assert.deepEqual(printer.reports, [`tempature ${JSON.stringify(TEMPERATURES)}`]);
	broker.say("file", { state: "done", records: "x".repeat(70_000) }, { pieceBytes: 5000 });
	broker.say("file", { state: "done", records: "x".repeat(70_000) });
	assert.equal(broker.log.texts("warn").length, 1);
	const large = { state: "done", records: "x".repeat(60_000) };
	broker.say("file", large, { pieceBytes: 5000 });
	assert.equal(printer.reports.length, 2);
	assert.equal(printer.reports[1], `file ${JSON.stringify(large)}`);
});

test("the rest of a message that was cut off by a lost connection is not mixed with another one", () => {
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	printer.link.start();
	broker.open();
	const topic = `${ROOT}/printer/public/20022/${ID}/print/report`;
	broker.mqtt.last.options.onMessage(topic, Uint8Array.of(123), 10);
	broker.mqtt.last.fail("closed_by_peer");
	broker.clock.advance(2000);
	broker.open();
	broker.say("tempature", TEMPERATURES);
	assert.deepEqual(printer.reports, [`tempature ${JSON.stringify(TEMPERATURES)}`]);
});

test("no topic and no text that a broker may deliver does harm", () => {
	const part = constantFrom(
		ROOT,
		"printer",
		"public",
		"20022",
		ID,
		"print",
		"lastWill",
		"report",
		"response",
		"",
		"+",
	);
	const topic = array(part, { maxLength: 9 }).map((parts) => parts.join("/"));
	const text = constantFrom("{}", "null", "[", '{"state":"offline"}', '{"state":1}', "\u0000");
	const broker = new BenchBroker();
	const printer = new BenchPrinter(broker);
	printer.link.start();
	broker.open();
	hold(
		property(
			topic,
			text,
			string({ maxLength: 20 }),
			integer({ min: 1, max: 9 }),
			(name, known, other, pieceBytes) => {
				const bytes = new TextEncoder().encode(known + other);
				broker.mqtt.last.deliver(bytes, pieceBytes, name);
				broker.mqtt.last.deliver(bytes, pieceBytes, `${ROOT}/printer/public/20022/${ID}/lastWill/report`);
				assert.ok(broker.link.found.length <= 1);
			},
		),
		{ seed: 8, numRuns: 300 },
	);
});

test("settings become a target: plain, with authorities, with a pin, with a client certificate", () => {
	const settings = {
		host: "broker.lan",
		port: 8883,
		security: "plain" as "plain" | "tls",
		username: "",
		password: "",
		authorities: "",
		pinnedSha256: "",
		clientCertificate: "",
		clientKey: "",
	};
	const pem = (label: string) => `-----BEGIN ${label}-----\nMAMBAgM=\n-----END ${label}-----\n`;
	assert.deepEqual(brokerTarget(settings), { host: "broker.lan", port: 8883 });
	assert.deepEqual(brokerTarget({ ...settings, password: "p" }), {
		host: "broker.lan",
		port: 8883,
		username: "",
		password: "p",
	});
	const tls = { ...settings, security: "tls" as const };
	assert.deepEqual(brokerTarget(tls).tls, { authorities: [], commonName: "broker.lan" });
	const pinned = brokerTarget({ ...tls, pinnedSha256: "ab".repeat(32) });
	assert.deepEqual(pinned.tls, { authorities: [], pinnedSha256: "ab".repeat(32) });
	const whole = { ...tls, authorities: pem("CERTIFICATE"), clientCertificate: pem("CERTIFICATE") };
	const { tls: trust } = brokerTarget({ ...whole, clientKey: pem("PRIVATE KEY") });
	assert.equal(trust?.authorities.length, 1);
	assert.equal(trust?.identity?.certificates.length, 1);
	assert.throws(() => brokerTarget(whole), /client certificate.*BEGIN PRIVATE KEY/);
	assert.throws(() => brokerTarget({ ...tls, authorities: "x" }), /authority.*BEGIN CERTIFICATE/);
});
