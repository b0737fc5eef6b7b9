// The links to Anycubic printers with real sockets: a broker that nobody here wrote, and a printer in LAN mode.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { connect, type MqttClient } from "mqtt";
import type { AnycubicCommand } from "../../modules/printers/anycubic/anycubic-connection";
import { BrokerLink } from "../../modules/printers/anycubic/broker/broker-link";
import { type BrokerSettings, brokerTarget } from "../../modules/printers/anycubic/broker/broker-target";
import { LanLink, type LanTarget } from "../../modules/printers/anycubic/lan/lan-link";
import type { LinkReport } from "../../modules/printers/link-report";
import { createClock } from "../../sim/host/clock";
import { handshakeCrypto } from "../../sim/host/handshake-crypto";
import { createHttpClient } from "../../sim/host/http-client";
import { createMqttClient } from "../../sim/host/mqtt-client";
import { createTextCodec } from "../../sim/host/text-codec";
import { openLanMode } from "../../sim/printers/anycubic/lan-mode";
import { VirtualKobra } from "../../sim/printers/anycubic/virtual-kobra";
import { MemoryLog } from "../fakes/memory-log";
import { ACCESS_CODE, Mosquitto } from "./mosquitto";
import { until } from "./simulator-process";

const HOST = "127.0.0.1";
const ID = "0123456789abcdef0123456789abcdef";
const ROOT = "anycubic/anycubicCloud/v1";
const PAUSE: AnycubicCommand = {
	type: "print",
	action: "pause",
	msgid: "11111111-1111-4111-8111-111111111111",
	data: { taskid: "1" },
};

const means = () => ({
	clock: createClock(),
	random: Math.random,
	log: new MemoryLog(),
	mqtt: createMqttClient(),
	text: createTextCodec(),
});

let broker: Mosquitto;

before(async () => {
	broker = await Mosquitto.create({ commonName: HOST, asksClients: true });
	broker.issue("culm", "culm");
	broker.issue("kobra", "kobra");
	await broker.start();
});
after(() => broker.remove());

function file(name: string): string {
	return readFileSync(join(broker.directory, name), "utf8");
}

function settings(changes: Partial<BrokerSettings> = {}): BrokerSettings {
	return {
		host: HOST,
		port: broker.port,
		security: "tls",
		username: "bblp",
		password: ACCESS_CODE,
		authorities: file("ca.pem"),
		pinnedSha256: "",
		clientCertificate: file("culm.pem"),
		clientKey: file("culm.key"),
		...changes,
	};
}

/** A link to the broker, one printer there, and what was heard of it. */
function startLink(changes: Partial<BrokerSettings> = {}) {
	const link = new BrokerLink({ ...means(), target: brokerTarget(settings(changes)) });
	const statuses: LinkReport[] = [];
	const reports: string[] = [];
	const printer = link.printer(
		{ modelId: "20022", deviceId: ID },
		{ onStatus: (report) => statuses.push(report), onReport: (type) => reports.push(type) },
	);
	printer.start();
	return { link, printer, statuses, reports };
}

/** Printers check who has issued a broker's certificate, not how it is called. */
const anyName = { checkServerIdentity: () => undefined };

/** As old firmware: hears commands on `<type>/<action>`, and names the question in its answer. */
function startPrinter(): { client: MqttClient; heard: string[] } {
	const base = `${ROOT}/printer/public/20022/${ID}`;
	const heard: string[] = [];
	const report = (type: string, state: string, msgid = "", data: object | null = null) =>
		JSON.stringify({ type, action: "", msgid, state, code: 200, msg: "", data });
	const client = connect(`mqtts://${HOST}:${broker.port}`, {
		username: "bblp",
		password: ACCESS_CODE,
		ca: file("ca.pem"),
		cert: file("kobra.pem"),
		key: file("kobra.key"),
		...anyName,
		reconnectPeriod: 100,
		will: {
			topic: `${base}/lastWill/report`,
			payload: Buffer.from(report("lastWill", "offline")),
			qos: 0,
			retain: false,
		},
	});
	client.on("error", () => {});
	client.on("connect", () => {
		client.subscribe(`${ROOT}/server/printer/20022/${ID}/+/+`);
		client.publish(`${base}/lastWill/report`, report("lastWill", "online"));
	});
	client.on("message", (topic, payload) => {
		const command = topic.replace(`${ROOT}/server/printer/20022/${ID}/`, "");
		const { msgid } = JSON.parse(payload.toString()) as { msgid: string };
		heard.push(command);
		if (command === "ota/reportVersion")
			client.publish(`${base}/ota/report`, report("ota", "done", msgid, { firmware_version: "2.3.9" }));
		if (command === "status/query") client.publish(`${base}/status/report`, report("status", "free", msgid));
	});
	return { client, heard };
}

test("mosquitto that wants a client certificate: found, spoken to, off by its will, and back after a restart", {
	timeout: 60_000,
}, async () => {
	const culm = startLink();
	const kobra = startPrinter();
	try {
		await until(async () => culm.statuses.at(-1)?.status === "online", 10_000);
		await until(async () => kobra.heard.includes("print/query"), 10_000);
		assert.equal(culm.link.found[0]?.deviceId, ID);
		assert.ok(culm.reports.includes("ota"));
		assert.ok(culm.printer.publish(PAUSE));
		await until(async () => kobra.heard.includes("print/pause"), 5_000);

		kobra.client.stream.destroy();
		await until(async () => culm.statuses.some(({ help }) => help?.includes("lost its network")), 5_000);
		await until(async () => culm.statuses.at(-1)?.status === "online", 10_000);

		await broker.kill();
		await until(async () => culm.statuses.at(-1)?.error === "unreachable", 5_000);
		await broker.start();
		const before = kobra.heard.length;
		await until(async () => culm.statuses.at(-1)?.status === "online", 20_000);
		await until(async () => kobra.heard.slice(before).includes("print/query"), 10_000);
	} finally {
		await culm.printer.close();
		await kobra.client.endAsync(true);
	}
});

test("mosquitto lets nobody in without a certificate, or with that of a stranger", async () => {
	broker.issue("other", "other");
	const stranger = await Mosquitto.create();
	try {
		stranger.issue("culm", "culm");
		const theirs = {
			clientCertificate: readFileSync(join(stranger.directory, "culm.pem"), "utf8"),
			clientKey: readFileSync(join(stranger.directory, "culm.key"), "utf8"),
		};
		for (const changes of [{ clientCertificate: "", clientKey: "" }, theirs, { password: "wrong" }]) {
			const culm = startLink(changes);
			await until(async () => culm.statuses.at(-1)?.error === "wrong_access_code", 10_000);
			assert.match(culm.statuses.at(-1)?.help ?? "", /client certificate/);
			await culm.printer.close();
		}
	} finally {
		await stranger.remove();
	}
});

test("a broker that nobody vouches for is shown, and used once it is confirmed", async () => {
	const first = startLink({ authorities: "" });
	await until(async () => first.statuses.at(-1)?.error === "untrusted_certificate", 10_000);
	const { sha256 = "", commonName } = first.statuses.at(-1)?.certificate ?? {};
	assert.equal(commonName, HOST);
	await first.printer.close();
	const second = startLink({ authorities: "", pinnedSha256: sha256 });
	await until(async () => second.link.found.length > 0 || second.statuses.length > 0, 10_000);
	second.link.start();
	const kobra = startPrinter();
	await until(async () => second.statuses.at(-1)?.status === "online", 10_000);
	await kobra.client.endAsync(true);
	await second.printer.close();
	await second.link.close();
});

test("a printer in LAN mode: its certificate is confirmed once, then it is online, also after it was away", {
	timeout: 60_000,
}, async () => {
	const clock = createClock();
	const kobra = new VirtualKobra({ clock, model: "20025" });
	const { deviceId } = kobra.address;
	const lan = await openLanMode({
		printer: kobra,
		address: HOST,
		port: 0,
		brokerPort: 0,
		wallTimeMs: Date.now(),
	});
	const statuses: LinkReport[] = [];
	const reports: string[] = [];
	const target: LanTarget = { host: HOST, port: lan.port };
	const link = new LanLink({
		...means(),
		http: createHttpClient(),
		crypto: handshakeCrypto,
		target,
		deviceId,
		onStatus: (report) => statuses.push(report),
		onReport: (type) => reports.push(type),
	});
	try {
		link.start();
		await until(async () => statuses.at(-1)?.error === "untrusted_certificate", 10_000);
		assert.equal(statuses.at(-1)?.certificate?.sha256, lan.sha256);
		link.retarget({ ...target, pinnedSha256: lan.sha256 });
		await until(async () => statuses.at(-1)?.status === "online", 10_000);
		await until(async () => reports.includes("info") && reports.includes("multiColorBox"), 10_000);

		kobra.switches.set("offline", true);
		await until(async () => statuses.at(-1)?.status === "offline", 10_000);
		kobra.switches.set("cloudMode", true);
		kobra.switches.set("offline", false);
		await until(async () => statuses.at(-1)?.help?.includes("LAN Mode") ?? false, 20_000);
		kobra.switches.set("cloudMode", false);
		link.retarget({ ...target, pinnedSha256: lan.sha256 });
		await until(async () => statuses.at(-1)?.status === "online", 10_000);

		link.retarget({ ...target, pinnedSha256: "0".repeat(64) });
		await until(async () => statuses.at(-1)?.error === "certificate_changed", 10_000);
	} finally {
		await link.close();
		await lan.close();
	}
});
