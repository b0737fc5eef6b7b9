// The connection to a printer in LAN mode: a handshake for each, a certificate that a person confirms, and all that goes wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnycubicCommand } from "../../../../../modules/printers/anycubic/anycubic-connection";
import { answer, BenchKobra, HOST, ID, info, PIN, secret } from "./bench-kobra";

const MSGID = "11111111-1111-4111-8111-111111111111";
const PAUSE: AnycubicCommand = { type: "print", action: "pause", msgid: MSGID, data: { taskid: "-1" } };
const pem = (label: string) => `-----BEGIN ${label}-----\nMAMBAgM=\n-----END ${label}-----\n`;

test("it shakes hands, connects with what it was given, and asks for everything", async () => {
	const kobra = new BenchKobra();
	kobra.link.start();
	await kobra.settle();
	const [first, second] = kobra.http.requests;
	assert.deepEqual([first?.method, first?.url], ["GET", `http://${HOST}:18910/info`]);
	assert.equal(second?.method, "POST");
	assert.match(
		second?.url ?? "",
		/^http:\/\/192\.0\.2\.30:18910\/ctrl\?ts=\d{13}&nonce=[a-z0-9]{6}&sign=.+&did=[A-Z0-9]{32}$/,
	);
	const { options } = kobra.mqtt.last;
	assert.deepEqual(
		[options.host, options.port, options.username, options.password, options.tls],
		[HOST, 9883, "user", "secret", { authorities: [], pinnedSha256: PIN }],
	);
	assert.match(options.clientId, /^culm-[a-z0-9]{12}$/);
	await kobra.open();
	assert.deepEqual(kobra.mqtt.last.subscriptions, [`anycubic/anycubicCloud/v1/printer/public/20025/${ID}/#`]);
	assert.deepEqual(
		kobra.sent(),
		["info", "tempature", "fan", "light", "print", "peripherie"]
			.map((type) => `web:${type} ${type}/query`)
			.concat("web:multiColorBox multiColorBox/getInfo"),
	);
	assert.equal(kobra.last?.status, "connecting");
	kobra.say("info");
	assert.equal(kobra.last?.status, "online");
	assert.deepEqual(kobra.reports, ['info {"state":"done"}']);
	await kobra.link.close();
	assert.equal(kobra.mqtt.last.disconnected, true);
	assert.equal(kobra.clock.pendingTimers, 0);
});

test("commands go out as from the web or from a slicer, and only while it is connected", async () => {
	const kobra = new BenchKobra();
	assert.equal(kobra.link.publish(PAUSE), false);
	kobra.link.start();
	assert.equal(kobra.link.publish(PAUSE), false);
	await kobra.open();
	kobra.sent();
	assert.ok(kobra.link.publish(PAUSE));
	assert.ok(kobra.link.publish({ ...PAUSE, action: "start" }));
	assert.deepEqual(kobra.sent(), ["web:print print/pause", "slicer:print print/start"]);
	kobra.mqtt.last.fail("closed_by_peer");
	assert.equal(kobra.link.publish(PAUSE), false);
});

test("the boxes are asked for every 30 seconds, and a silent printer for all it knows", async () => {
	const kobra = new BenchKobra();
	kobra.link.start();
	await kobra.open();
	kobra.sent();
	let boxes = 0;
	for (let round = 0; round < 60; round++) {
		kobra.say("tempature");
		kobra.clock.advance(5000);
		const sent = kobra.sent();
		boxes += sent.filter((line) => line.includes("getInfo")).length;
		assert.ok(!sent.some((line) => line.includes("info/query")), "one that talks is not asked");
	}
	assert.equal(boxes, 10);
	kobra.clock.advance(30_000);
	assert.ok(kobra.sent().includes("web:info info/query"));
	assert.equal(kobra.last?.status, "online");
	kobra.clock.advance(30_000);
	assert.equal(kobra.last?.status, "stale");
	kobra.say("info");
	assert.equal(kobra.last?.status, "online");
	kobra.clock.advance(110_000);
	assert.equal(kobra.mqtt.connections[0]?.disconnected, true);
	assert.match(kobra.statuses.find(({ status }) => status === "offline")?.help ?? "", /says nothing/);
	await kobra.link.close();
});

test("each reconnect begins with a handshake of its own", async () => {
	const kobra = new BenchKobra();
	kobra.link.start();
	await kobra.open();
	kobra.say("info");
	kobra.http.answer = answer(secret({ username: "another", password: "one" }));
	kobra.mqtt.last.fail("closed_by_peer");
	assert.equal(kobra.last?.status, "offline");
	kobra.clock.advance(1300);
	await kobra.open();
	assert.equal(kobra.http.requests.length, 4);
	assert.equal(kobra.mqtt.last.options.username, "another");
	assert.notEqual(kobra.mqtt.connections[0]?.options.clientId, kobra.mqtt.last.options.clientId);
	kobra.say("info");
	assert.equal(kobra.last?.status, "online");
	assert.equal(kobra.last?.error, undefined);
});

test("an unknown certificate is shown to be confirmed; confirmed, it connects at once", async () => {
	const kobra = new BenchKobra({ pinnedSha256: "" });
	const certificate = { commonName: "anycubic", sha256: "cd".repeat(32) };
	kobra.link.start();
	await kobra.settle();
	assert.equal(kobra.mqtt.last.options.tls?.authorities.length, 0);
	assert.equal(kobra.mqtt.last.options.tls?.pinnedSha256, undefined);
	kobra.mqtt.last.fail("untrusted", { certificate });
	assert.deepEqual([kobra.last?.status, kobra.last?.error], ["offline", "untrusted_certificate"]);
	assert.deepEqual(kobra.last?.certificate, certificate);
	assert.match(kobra.last?.help ?? "", /confirm/);
	kobra.clock.advance(20_000);
	await kobra.settle();
	assert.equal(kobra.mqtt.connections.length, 1, "it does not knock all the time");
	kobra.link.retarget({ host: HOST, pinnedSha256: certificate.sha256 });
	await kobra.open();
	assert.equal(kobra.mqtt.last.options.tls?.pinnedSha256, certificate.sha256);
	kobra.say("info");
	assert.equal(kobra.last?.status, "online");
	assert.equal(kobra.last?.certificate, undefined);
	kobra.mqtt.last.fail("certificate_changed", { certificate });
	assert.equal(kobra.last?.error, "certificate_changed");
});

test("a printer that is bound to the cloud tells what to switch on", async () => {
	const kobra = new BenchKobra();
	kobra.http.info = info({ ctrlType: "cloud" });
	kobra.link.start();
	await kobra.settle();
	assert.deepEqual([kobra.last?.status, kobra.last?.error], ["offline", "lan_mode_off"]);
	assert.match(kobra.last?.help ?? "", /LAN Mode/);
	assert.equal(kobra.http.requests.length, 1);
	assert.equal(kobra.mqtt.connections.length, 0);
	kobra.http.info = info();
	kobra.clock.advance(36_000);
	await kobra.open();
	kobra.say("info");
	assert.equal(kobra.last?.status, "online");
});

test("another printer at that address is said to be that, by name and id", async () => {
	const kobra = new BenchKobra();
	kobra.http.answer = answer(secret({ deviceId: "f".repeat(32) }));
	kobra.link.start();
	await kobra.settle();
	assert.equal(kobra.last?.error, "wrong_serial");
	assert.match(kobra.last?.help ?? "", /Kobra S1 with the id f{32}/);
	assert.equal(kobra.mqtt.connections.length, 0, "it is not logged in to");
});

test("whatever goes wrong has words, and is tried again", async () => {
	const cases: [change: (kobra: BenchKobra) => void, words: RegExp][] = [
		[({ http }) => Object.assign(http, { info: "refused" }), /test: refused/],
		[({ http }) => Object.assign(http, { info: "timeout" }), /Is it on/],
		[({ http }) => Object.assign(http, { info: "<html>" }), /no Anycubic printer/],
		[({ http }) => Object.assign(http, { status: 404 }), /no Anycubic printer/],
		[({ http }) => Object.assign(http, { answer: { code: 19002 } }), /does not accept how we ask/],
		[({ http }) => Object.assign(http, { answer: { code: 1 } }), /LAN mode off and on/],
		[({ http }) => Object.assign(http, { answer: "{" }), /LAN mode off and on/],
		[
			({ http }) => Object.assign(http, { info: info({ ctrlInfoUrl: "http://192.0.2.1/" }) }),
			/another device/,
		],
	];
	for (const [change, words] of cases) {
		const kobra = new BenchKobra();
		change(kobra);
		kobra.link.start();
		await kobra.settle();
		assert.equal(kobra.last?.status, "offline");
		assert.equal(kobra.last?.error, "unreachable");
		assert.match(kobra.last?.help ?? "", words);
		const requests = kobra.http.requests.length;
		kobra.clock.advance(40_000);
		await kobra.settle();
		assert.ok(kobra.http.requests.length > requests);
		await kobra.link.close();
		assert.equal(kobra.clock.pendingTimers, 0);
	}
});

test("logins, subscriptions and brokers that fail have words as well", async () => {
	for (const [code, words] of [
		["unauthorized", /login/],
		["refused", /MQTT connection/],
	] as const) {
		const kobra = new BenchKobra();
		kobra.link.start();
		await kobra.settle();
		kobra.mqtt.last.fail(code);
		assert.match(kobra.last?.help ?? "", words);
		assert.ok(!kobra.log.texts().some((line) => line.includes("secret")), "no password in the log");
	}
	const refusing = new BenchKobra();
	refusing.link.start();
	await refusing.settle();
	refusing.mqtt.last.accept("");
	refusing.mqtt.last.grant(false);
	assert.equal(refusing.last?.status, "offline");
	const silent = new BenchKobra();
	silent.link.start();
	await silent.settle();
	silent.mqtt.last.accept("");
	silent.clock.advance(10_000);
	assert.equal(silent.last?.status, "offline");
});

test("the certificate that the printer hands out is shown to its broker, unless TLS cannot use it", async () => {
	const kobra = new BenchKobra();
	kobra.http.answer = answer(secret({ devicecrt: pem("CERTIFICATE"), devicepk: pem("PRIVATE KEY") }));
	kobra.link.start();
	await kobra.settle();
	assert.equal(kobra.mqtt.last.options.tls?.identity?.certificates.length, 1);
	kobra.mqtt.last.fail("invalid");
	kobra.clock.advance(1300);
	await kobra.settle();
	assert.equal(kobra.mqtt.connections.length, 2);
	assert.equal(kobra.mqtt.last.options.tls?.identity, undefined);
});

test("what a handshake brings after the end, or after another beginning, is of no effect", async () => {
	const kobra = new BenchKobra();
	kobra.http.isHeld = true;
	kobra.link.start();
	await kobra.settle();
	await kobra.link.close();
	const told = kobra.statuses.length;
	kobra.http.release();
	await kobra.settle();
	assert.equal(kobra.mqtt.connections.length, 0);
	assert.equal(kobra.statuses.length, told);
	kobra.http.isHeld = true;
	kobra.link.start();
	await kobra.settle();
	kobra.link.retarget({ host: HOST, pinnedSha256: PIN });
	await kobra.settle();
	kobra.http.release();
	await kobra.settle();
	assert.equal(kobra.mqtt.connections.length, 1);
});

test("it may be closed by whoever is told of anything", async () => {
	for (const at of ["connecting", "offline", "online"]) {
		const kobra = new BenchKobra();
		kobra.onStatus = ({ status }) => {
			if (status === at) void kobra.link.close();
		};
		if (at === "offline") kobra.http.info = "refused";
		kobra.link.start();
		await kobra.settle();
		if (at === "online") {
			await kobra.open();
			kobra.say("info");
			assert.deepEqual(kobra.reports, []);
		}
		await kobra.settle();
		assert.equal(kobra.last?.status, at);
		assert.equal(kobra.clock.pendingTimers, 0, at);
	}
});

test("messages of other printers, and what is no report, do not count", async () => {
	const kobra = new BenchKobra();
	kobra.link.start();
	await kobra.open();
	kobra.say("info", { state: "done" }, "f".repeat(32));
	kobra.mqtt.last.deliver(
		{ msgid: MSGID },
		100,
		`anycubic/anycubicCloud/v1/printer/public/20025/${ID}/print/response`,
	);
	kobra.say("file", { state: "done", records: "x".repeat(70_000) });
	assert.deepEqual(kobra.reports, []);
	assert.equal(kobra.last?.status, "connecting");
	assert.equal(kobra.log.texts("warn").length, 1);
});

test("the model is told before the connection is made, and whoever is told may close it", async () => {
	const kobra = new BenchKobra();
	kobra.link.start();
	await kobra.open();
	assert.deepEqual(kobra.models, ["20025"]);
	assert.equal(
		kobra.statuses.some(({ status }) => status === "online"),
		false,
	);
	await kobra.link.close();
	const other = new BenchKobra();
	other.onModel = () => void other.link.close();
	other.link.start();
	await other.settle();
	assert.deepEqual([other.models, other.mqtt.connections.length], [["20025"], 0]);
	assert.equal(other.clock.pendingTimers, 0);
});

test("that a command has arrived is passed on, and is no report of the printer", async () => {
	const kobra = new BenchKobra();
	kobra.link.start();
	await kobra.open();
	const ack = { msgid: MSGID };
	kobra.mqtt.last.deliver(ack, 100, `anycubic/anycubicCloud/v1/printer/public/20025/${ID}/response`);
	assert.deepEqual(
		[kobra.responses, kobra.reports, kobra.last?.status],
		[[JSON.stringify(ack)], [], "connecting"],
	);
	await kobra.link.close();
});
