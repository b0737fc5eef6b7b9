import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectTcp, createServer } from "node:net";
import { afterEach, before, test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import { PrinterBroker } from "../../../../sim/printers/bambu/broker";
import {
	openCertificates,
	otherSerial,
	type PrinterCertificates,
} from "../../../../sim/printers/bambu/certificates";
import {
	VirtualBambuPrinter,
	type VirtualBambuPrinterOptions,
} from "../../../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../../../fakes/manual-clock";
import { type ClientOptions, eventually, soon, TestClient, tlsConnect } from "./broker-client";
import { at } from "./fixtures";

const serial = "01P00A000000001";
const requestTopic = `device/${serial}/request`;
const reportTopic = `device/${serial}/report`;
const pushall = { pushing: { sequence_id: "1", command: "pushall", version: 1, push_target: 1 } };
const pause = { print: { sequence_id: "20002", command: "pause", param: "" } };

let certificates: PrinterCertificates;
const cleanups: (() => Promise<unknown>)[] = [];

before(async () => {
	certificates = await openCertificates({ serial, wallTimeMs: Date.now() });
});

afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function powerOn(options: Omit<VirtualBambuPrinterOptions, "clock" | "serial"> = {}) {
	const clock = new ManualClock();
	const printer = new VirtualBambuPrinter({ clock, random: () => 0.4, serial, ...options });
	const broker = new PrinterBroker({ printer, certificates });
	const { port } = await broker.listen({ port: 0 });
	printer.start();
	cleanups.push(async () => {
		printer.close();
		await broker.close();
	});
	const target = { port, authorities: certificates.authorities, serial };
	return { clock, printer, broker, port, target };
}

async function connect(options: ClientOptions): Promise<TestClient> {
	const client = await TestClient.connect(options);
	cleanups.push(() => client.close());
	return client;
}

/** A client that hears the printer. */
async function listen(options: ClientOptions): Promise<TestClient> {
	const client = await connect(options);
	await client.subscribe(reportTopic);
	return client;
}

function withCode(...codes: (string | number)[]): (error: unknown) => boolean {
	return (error) => {
		assert.ok(error instanceof Error && "code" in error, String(error));
		assert.ok(codes.includes(error.code as string), `${error.code}: ${error.message}`);
		return true;
	};
}

test("the connection is TLS 1.2 with the one cipher that printers offer", async () => {
	const { target } = await powerOn();
	const socket = await tlsConnect(target);
	assert.equal(socket.getProtocol(), "TLSv1.2");
	assert.equal(socket.getCipher().name, "ECDHE-RSA-AES256-GCM-SHA384");
	assert.equal(socket.authorized, true);
	assert.equal(socket.getPeerCertificate().subject.CN, serial);
	assert.equal(socket.getPeerCertificate().subjectaltname, undefined);
	assert.equal(socket.isSessionReused(), false);
	assert.equal(socket.getTLSTicket(), undefined);
	socket.destroy();
});

test("TLS 1.3, TLS 1.1 and other ciphers are refused", async () => {
	const { target } = await powerOn();
	await assert.rejects(
		tlsConnect(target, { minVersion: "TLSv1.3" }),
		withCode("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"),
	);
	await assert.rejects(
		tlsConnect(target, { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
		withCode("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"),
	);
	for (const ciphers of ["ECDHE-RSA-AES128-GCM-SHA256", "AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305"]) {
		await assert.rejects(
			tlsConnect(target, { maxVersion: "TLSv1.2", ciphers }),
			withCode("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE"),
		);
	}
	(await tlsConnect(target, { ciphers: "ECDHE-RSA-AES256-GCM-SHA384", maxVersion: "TLSv1.2" })).destroy();
});

test("with the right access code pushall and get_version are answered, and changes follow", async () => {
	const { clock, target, printer } = await powerOn();
	const client = await listen({ ...target, clientId: "culm-0a1b2c-0" });
	assert.deepEqual(printer.snapshot().clients, ["culm-0a1b2c-0"]);
	await client.publish(requestTopic, { info: { sequence_id: "7", command: "get_version" } });
	const version = await client.nextIn("info");
	assert.equal(version.sequence_id, "7");
	assert.equal(at(version, "module", 0, "product_name"), "Bambu Lab P1S");
	await client.publish(requestTopic, pushall);
	const full = await client.nextIn("print");
	assert.equal(full.msg, 0);
	assert.equal(full.gcode_state, "IDLE");
	clock.advance(2000);
	const delta = await client.nextIn("print");
	assert.equal(delta.msg, 1);
	assert.match(String(delta.wifi_signal), /dBm$/);
});

test("a report of an H2D arrives whole", async () => {
	const { target, printer } = await powerOn({ model: "H2D" });
	let said = "";
	printer.onReport((_, text) => {
		said = text;
	});
	const client = await listen(target);
	await client.publish(requestTopic, pushall);
	const { text, topic } = await client.next();
	assert.equal(topic, reportTopic);
	assert.ok(text.length > 20_000);
	assert.equal(text, said);
});

test("a wrong access code, user name or none at all is answered with return code 5", async () => {
	const { target, printer } = await powerOn();
	for (const wrong of [
		{ password: "87654321" },
		{ password: "" },
		{ username: "admin" },
		{ username: serial },
	]) {
		await assert.rejects(connect({ ...target, ...wrong }), withCode(5));
	}
	assert.deepEqual(printer.snapshot().clients, []);
});

test("MQTT 5 is refused", async () => {
	const { target } = await powerOn();
	await assert.rejects(connect({ ...target, protocolVersion: 5 }));
});

test("a wrong serial number in the topic is granted and stays silent", async () => {
	const { target, clock, printer } = await powerOn();
	const lost = await connect(target);
	assert.deepEqual(await lost.subscribe("device/01P00A000000002/report"), [0]);
	assert.deepEqual(await lost.subscribe(reportTopic.toLowerCase()), [0]);
	await lost.publish("device/01P00A000000002/request", pushall);
	await lost.publish(requestTopic.toLowerCase(), pushall);
	clock.advance(10_000);
	assert.equal(await lost.settled(), 0);
	assert.deepEqual(printer.snapshot().lastCommands, []);
});

test("the wildcard # hears the printer, as it does on printers", async () => {
	const { target } = await powerOn();
	const client = await connect(target);
	assert.deepEqual(await client.subscribe("#"), [0]);
	await client.publish(requestTopic, pushall);
	assert.equal((await client.next()).topic, reportTopic);
	assert.equal(await client.settled(), 0);
});

test("clients do not hear each other, on any topic, retained or not", async () => {
	const { target } = await powerOn();
	const listener = await connect(target);
	await listener.subscribe("#");
	const talker = await connect(target);
	for (const topic of [reportTopic, "chat", "device/other/report"]) {
		await talker.publish(topic, "hello", { retain: true });
	}
	assert.equal(await listener.settled(), 0);
	const late = await connect(target);
	await late.subscribe("#");
	assert.equal(await late.settled(), 0);
});

test("acks go to everybody who listens, as on printers", async () => {
	const { target } = await powerOn();
	const asking = await listen(target);
	const other = await listen(target);
	await asking.publish(requestTopic, pause);
	for (const client of [asking, other]) {
		const ack = await client.nextIn("print");
		assert.equal(ack.command, "pause");
		assert.equal(ack.sequence_id, "20002");
		assert.equal(ack.result, "fail");
	}
});

test("what is not JSON is ignored, and the connection lives on", async () => {
	const { target } = await powerOn();
	const client = await listen(target);
	for (const text of ["", "{", "\u0000\u0001", "[1]"]) await client.publish(requestTopic, text);
	await client.publish(requestTopic, pushall);
	assert.equal((await client.nextIn("print")).msg, 0);
	assert.equal(await client.settled(), 0);
});

test("the fifth client is refused in the handshake, and gets in when another one leaves", async () => {
	const { target, printer } = await powerOn();
	const clients: TestClient[] = [];
	for (let count = 0; count < 4; count++) clients.push(await connect(target));
	await assert.rejects(connect(target), withCode("ECONNRESET"));
	await assert.rejects(tlsConnect(target), withCode("ECONNRESET"));
	assert.equal(printer.snapshot().clients.length, 4);
	await clients[0]?.close();
	await eventually(() => printer.snapshot().clients.length === 3, "the client is gone");
	const late = await listen(target);
	await late.publish(requestTopic, pushall);
	assert.equal((await late.nextIn("print")).msg, 0);
});

test("a second connection with the same client id ends the first one", async () => {
	const { target } = await powerOn();
	const first = await connect({ ...target, clientId: "twin" });
	await connect({ ...target, clientId: "twin" });
	await first.gone();
});

test("secured: a real client gets the refusal, and light still works", async () => {
	const { target, printer } = await powerOn({ model: "P2S" });
	printer.switches.set("secured", true);
	const client = await listen(target);
	await client.publish(requestTopic, pause);
	assert.deepEqual(await client.nextIn("print"), {
		command: "pause",
		sequence_id: "20002",
		result: "failed",
		reason: "mqtt message verify failed",
		err_code: 84033543,
	});
	await client.publish(requestTopic, {
		system: {
			sequence_id: "3",
			command: "ledctrl",
			led_node: "chamber_light",
			led_mode: "off",
			led_on_time: 500,
			led_off_time: 500,
			loop_times: 1,
			interval_time: 0,
		},
	});
	assert.equal((await client.nextIn("system")).result, "success");
});

test("slow: a real client waits eight seconds of the printer's time for its answer", async () => {
	const { target, printer, clock } = await powerOn();
	const client = await listen(target);
	printer.switches.set("slow", true);
	await client.publish(requestTopic, pushall);
	clock.advance(7999);
	assert.equal(await client.settled(), 0);
	clock.advance(1);
	assert.equal((await client.nextIn("print")).msg, 0);
});

test("silent: a real client is let in and subscribed, and hears nothing", async () => {
	const { target, printer, clock } = await powerOn();
	printer.switches.set("silent", true);
	const client = await connect(target);
	assert.deepEqual(await client.subscribe(reportTopic), [0]);
	await client.publish(requestTopic, pushall);
	clock.advance(60_000);
	assert.equal(await client.settled(), 0);
	printer.switches.set("silent", false);
	clock.advance(2000);
	assert.equal((await client.nextIn("print")).msg, 1);
});

test("dropping: every connection ends after three seconds, until it is switched off", async () => {
	const { target, printer, clock } = await powerOn();
	const first = await connect(target);
	printer.switches.set("dropping", true);
	clock.advance(2999);
	assert.equal(await first.settled(), 0);
	const second = await connect(target);
	clock.advance(1);
	await first.gone();
	await second.gone();
	const third = await connect(target);
	clock.advance(3000);
	await third.gone();
	printer.switches.set("dropping", false);
	const last = await listen(target);
	clock.advance(10_000);
	await last.publish(requestTopic, pushall);
	assert.equal(await last.settled(), 6);
});

test("slotsFull: clients are gone, and new ones meet the end of the connection in the handshake", async () => {
	const { target, printer } = await powerOn();
	const client = await connect(target);
	printer.switches.set("slotsFull", true);
	await client.gone();
	await assert.rejects(connect(target), withCode("ECONNRESET"));
	await assert.rejects(tlsConnect(target), withCode("ECONNRESET"));
	const tcp = connectTcp(target.port, "127.0.0.1");
	await soon(once(tcp, "connect"), "TCP is accepted");
	tcp.destroy();
	printer.switches.set("slotsFull", false);
	await connect(target);
});

test("leafOnly: whoever trusts the device CA still connects, whoever trusts the root alone does not", async () => {
	const { target, printer } = await powerOn();
	const rootOnly = { ...target, authorities: certificates.authorities.slice(0, 1) };
	const client = await connect(rootOnly);
	printer.switches.set("leafOnly", true);
	await client.gone();
	await connect(target);
	await assert.rejects(connect(rootOnly), withCode("UNABLE_TO_VERIFY_LEAF_SIGNATURE"));
	printer.switches.set("leafOnly", false);
	await connect(rootOnly);
});

test("wrongCommonName: the certificate is trusted, but is another printer's", async () => {
	const { target, printer } = await powerOn();
	const client = await connect(target);
	printer.switches.set("wrongCommonName", true);
	await client.gone();
	await assert.rejects(connect(target), withCode("WRONG_NAME"));
	(await tlsConnect({ ...target, serial: otherSerial(serial) })).destroy();
	printer.switches.set("wrongCommonName", false);
	await connect(target);
});

test("untrustedCa: the certificate has the right name and nobody's trust", async () => {
	const { target, printer } = await powerOn();
	const client = await connect(target);
	printer.switches.set("untrustedCa", true);
	await client.gone();
	await assert.rejects(connect(target), withCode("SELF_SIGNED_CERT_IN_CHAIN"));
	printer.switches.set("leafOnly", true);
	await assert.rejects(connect(target), withCode("UNABLE_TO_VERIFY_LEAF_SIGNATURE"));
	printer.switches.set("leafOnly", false);
	printer.switches.set("untrustedCa", false);
	await connect(target);
});

test("switches that are on before the broker starts count from its first connection", async () => {
	const printer = new VirtualBambuPrinter({ clock: new ManualClock(), serial });
	const broker = new PrinterBroker({ printer, certificates });
	cleanups.push(async () => {
		printer.close();
		await broker.close();
	});
	printer.switches.set("wrongCommonName", true);
	const { port } = await broker.listen({ port: 0 });
	await assert.rejects(
		connect({ port, authorities: certificates.authorities, serial }),
		withCode("WRONG_NAME"),
	);
});

test("strangers that do not speak TLS, or stop in the middle, harm nobody", async () => {
	const { target } = await powerOn();
	const plain = connectTcp(target.port, "127.0.0.1");
	plain.on("error", () => {});
	plain.write("GET / HTTP/1.1\r\n\r\n");
	await soon(once(plain, "close"), "the printer hangs up");
	const rude = await tlsConnect(target);
	rude.write(Buffer.alloc(1000, 0xff));
	await soon(once(rude, "close"), "the printer hangs up");
	const gone = connectTcp(target.port, "127.0.0.1");
	await soon(once(gone, "connect"), "connect");
	gone.resetAndDestroy();
	const client = await listen(target);
	await client.publish(requestTopic, pushall);
	assert.equal((await client.nextIn("print")).msg, 0);
});

test("a port in use is told as such, and nothing is left open", async () => {
	const taken = createServer();
	taken.listen(0, "127.0.0.1");
	await once(taken, "listening");
	cleanups.push(async () => void taken.close());
	const address = taken.address();
	assert.ok(typeof address === "object" && address !== null);
	const printer = new VirtualBambuPrinter({ clock: new ManualClock(), serial });
	const broker = new PrinterBroker({ printer, certificates });
	await assert.rejects(
		broker.listen({ port: address.port }),
		(error) => error instanceof PortError && error.code === "address_in_use",
	);
	await broker.close();
});

test("an address that is not this computer's, and a second listen, are invalid", async () => {
	const printer = new VirtualBambuPrinter({ clock: new ManualClock(), serial });
	const isInvalid = (error: unknown): boolean => error instanceof PortError && error.code === "invalid";
	const broker = new PrinterBroker({ printer, certificates });
	await assert.rejects(broker.listen({ port: 0, address: "203.0.113.1" }), isInvalid);
	await assert.rejects(broker.listen({ port: 0 }), isInvalid);
	const other = new PrinterBroker({ printer, certificates });
	await other.close();
	await assert.rejects(other.listen({ port: 0 }), isInvalid);
});

test("close ends every connection, may be called again, and leaves no socket behind", async () => {
	const sockets = (): string[] =>
		process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Server/.test(name));
	await eventually(() => sockets().length === 0, "sockets of other tests are gone");
	const { target, printer, broker, clock, port } = await powerOn();
	printer.switches.set("dropping", true);
	const client = await listen(target);
	const halfWay = connectTcp(port, "127.0.0.1");
	halfWay.on("error", () => {});
	await soon(once(halfWay, "connect"), "connect");
	const closing = broker.close();
	assert.equal(broker.close(), closing);
	await soon(closing, "close");
	await client.gone();
	await eventually(() => halfWay.destroyed, "the half-way connection ends");
	await assert.rejects(tlsConnect(target), withCode("ECONNREFUSED"));
	assert.deepEqual(printer.snapshot().clients, []);
	clock.advance(10_000);
	printer.close();
	assert.equal(clock.pendingTimers, 0);
	await client.close();
	await eventually(() => sockets().length === 0, "no socket is left");
});

test("a broker that is closed while it opens does not stay open", async () => {
	const printer = new VirtualBambuPrinter({ clock: new ManualClock(), serial });
	const broker = new PrinterBroker({ printer, certificates });
	const opening = broker.listen({ port: 0 });
	await soon(broker.close(), "close");
	const { port } = await opening;
	await assert.rejects(
		tlsConnect({ port, authorities: certificates.authorities, serial }),
		withCode("ECONNREFUSED"),
	);
});
