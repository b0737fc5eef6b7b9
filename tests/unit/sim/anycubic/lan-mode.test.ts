import assert from "node:assert/strict";
import { createDecipheriv, createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterEach, test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import { createClock } from "../../../../sim/host/clock";
import { openLanMode } from "../../../../sim/printers/anycubic/lan-mode";
import { openSelfSigned } from "../../../../sim/printers/anycubic/self-signed";
import { Sessions } from "../../../../sim/printers/anycubic/sessions";
import { VirtualKobra } from "../../../../sim/printers/anycubic/virtual-kobra";
import { eventually, soon } from "../bambu/broker-client";
import { deviceId, objectOf, root } from "./kobra";
import { Listener } from "./mqtt-listener";

const did = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const commands = `${root}/web/printer/20024/${deviceId}`;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function powerOn() {
	const printer = new VirtualKobra({ clock: createClock(), model: "20024", deviceId });
	const lan = await openLanMode({
		printer,
		address: "127.0.0.1",
		port: 0,
		brokerPort: 0,
		wallTimeMs: Date.now(),
	});
	printer.start();
	cleanups.push(() => printer.close(), lan.close);
	return { printer, lan, door: `http://127.0.0.1:${lan.port}` };
}

async function read(url: string, method = "GET"): Promise<Record<string, unknown>> {
	const response = await fetch(url, { method, signal: AbortSignal.timeout(10_000) });
	return (await response.json()) as Record<string, unknown>;
}

function md5(text: string): string {
	return createHash("md5").update(text).digest("hex");
}

/** The query that a client with that token sends. */
function signed(token: string, ts = String(Date.now()), nonce = "aB3dE6"): string {
	return `ts=${ts}&nonce=${nonce}&sign=${md5(md5(token.slice(0, 16)) + ts + nonce)}&did=${did}`;
}

async function shakeHands(door: string) {
	const { token, ctrlInfoUrl } = await read(`${door}/info`);
	const answer = await read(`${ctrlInfoUrl}?${signed(String(token))}`, "POST");
	assert.deepEqual([answer.code, answer.message], [200, "success"]);
	const data = objectOf(answer.data);
	const iv = Buffer.alloc(16);
	iv.write(String(data.token));
	const decipher = createDecipheriv("aes-128-cbc", String(token).slice(16, 32), iv);
	const text = Buffer.concat([decipher.update(String(data.info), "base64"), decipher.final()]).toString();
	return JSON.parse(text) as Record<string, string>;
}

async function join(info: Record<string, string>, authority: string): Promise<Listener> {
	const tls = { ca: [authority], checkServerIdentity: () => undefined };
	const { broker = "", username = "", password = "" } = info;
	const listener = await Listener.connect(broker, { username, password, ...tls });
	cleanups.push(() => listener.close());
	return listener;
}

test("/info tells who it is, where to ask, and a token of 32 characters", async () => {
	const { door } = await powerOn();
	const info = await read(`${door}/info`);
	assert.match(String(info.token), /^[0-9A-Za-z]{32}$/);
	assert.deepEqual(
		[info.ctrlInfoUrl, info.ctrlType, info.modelId, info.modelName, info.deviceType],
		[`${door}/ctrl`, "lan", "20024", "Anycubic Kobra 3", "fdm"],
	);
	assert.equal((await fetch(`${door}/other`)).status, 404);
	assert.equal((await fetch(`${door}/ctrl`)).status, 404, "GET");
});

test("a signed request is answered with where the broker is, a user, a password and a client certificate", async () => {
	const { door, lan } = await powerOn();
	const info = await shakeHands(door);
	assert.equal(info.broker, `mqtts://127.0.0.1:${lan.brokerPort}`);
	assert.deepEqual([info.deviceId, info.modelId, info.ip], [deviceId, "20024", "127.0.0.1"]);
	assert.ok(info.username && info.password);
	assert.ok(new X509Certificate(info.devicecrt ?? "").subject.includes("client-"));
	assert.match(info.devicepk ?? "", /^-----BEGIN PRIVATE KEY-----/);
});

test("a request that is signed wrongly, or not at all, is answered with code 19002", async () => {
	const { door } = await powerOn();
	const { token } = await read(`${door}/info`);
	const good = signed(String(token));
	for (const query of [
		"",
		signed("x".repeat(32)),
		signed(String(token), "12"),
		signed(String(token), String(Date.now()), "aB3dE"),
		good.replace(did, did.toLowerCase()),
		good.replace("nonce=a", "nonce=b"),
	])
		assert.equal((await read(`${door}/ctrl?${query}`, "POST")).code, 19002, query);
});

test("the broker lets in whoever comes from the handshake, once, and answers commands", async () => {
	const { door, lan, printer } = await powerOn();
	const authority = lan.certificate;
	assert.equal(new X509Certificate(authority).fingerprint256.replaceAll(":", "").toLowerCase(), lan.sha256);
	const info = await shakeHands(door);
	const listener = await join(info, authority);
	await eventually(() => printer.snapshot().isConnected, "connected");
	listener.send(`${commands}/info`, { type: "info", action: "query", msgid: "a" });
	const report = await listener.next("info", "done");
	assert.equal(objectOf(report.data).ip, "127.0.0.1");
	listener.send(`${commands}/multiColorBox`, { type: "multiColorBox", action: "getInfo", msgid: "b" });
	await listener.next("multiColorBox", "done");
	await assert.rejects(join(info, authority), /Not authorized/i, "the same again");
	await assert.rejects(join({ ...info, username: "x" }, authority), /Not authorized/i);
	await listener.close();
	await eventually(() => !printer.snapshot().isConnected, "gone");
	await join(await shakeHands(door), authority);
});

test("in cloud mode it says so, lets nobody in, and whoever was there is gone", async () => {
	const { door, lan, printer } = await powerOn();
	const authority = lan.certificate;
	const listener = await join(await shakeHands(door), authority);
	const unused = await shakeHands(door);
	const gone = new Promise<void>((resolve) => listener.client.once("close", () => resolve()));
	printer.switches.set("cloudMode", true);
	await soon(gone, "end of the connection");
	const { ctrlType, token } = await read(`${door}/info`);
	assert.equal(ctrlType, "cloud");
	const answer = await read(`${door}/ctrl?${signed(String(token))}`, "POST");
	assert.notEqual(answer.code, 200);
	assert.equal(answer.data, undefined);
	await assert.rejects(join(unused, authority));
	printer.switches.set("cloudMode", false);
	await assert.rejects(join(unused, authority), /Not authorized/i, "of before");
	await join(await shakeHands(door), authority);
});

test("offline it cannot be reached at all; afterwards it is where it was, with the same certificate", async () => {
	const { door, lan, printer } = await powerOn();
	const authority = lan.certificate;
	const listener = await join(await shakeHands(door), authority);
	const info = await shakeHands(door);
	const gone = new Promise<void>((resolve) => listener.client.once("close", () => resolve()));
	printer.switches.set("offline", true);
	await soon(gone, "end of the connection");
	await soon(assert.rejects(untilRefused(`${door}/info`)), "closed port");
	await assert.rejects(join(info, authority));
	printer.switches.set("offline", false);
	printer.switches.set("offline", true);
	printer.switches.set("offline", false);
	await soon(untilAnswered(`${door}/info`), "open port");
	await join(await shakeHands(door), authority);
});

/** Rejects as soon as nobody answers there. */
async function untilRefused(url: string): Promise<void> {
	for (let attempt = 0; attempt < 500; attempt++) await fetch(url, { signal: AbortSignal.timeout(1000) });
}

async function untilAnswered(url: string): Promise<void> {
	for (let attempt = 0; attempt < 500; attempt++) {
		if (await fetch(url).then(Boolean, () => false)) return;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	assert.fail("nobody answers");
}

test("a port that is taken is told, and leaves nothing open", async () => {
	const other = createServer().listen(0, "127.0.0.1");
	await new Promise((resolve) => other.once("listening", resolve));
	cleanups.push(() => other.close());
	const { port } = other.address() as { port: number };
	const printer = new VirtualKobra({ clock: createClock(), model: "20024", deviceId });
	cleanups.push(() => printer.close());
	for (const ports of [
		{ port, brokerPort: 0 },
		{ port: 0, brokerPort: port },
	])
		await assert.rejects(
			openLanMode({ printer, address: "127.0.0.1", ...ports, wallTimeMs: Date.now() }),
			(error) => error instanceof PortError && error.code === "address_in_use",
		);
});

test("a certificate that is kept in a folder is the same next time, unless it is damaged or over", async () => {
	const directory = mkdtempSync(joinPath(tmpdir(), "culm-kobra-"));
	cleanups.push(() => rmSync(directory, { recursive: true }));
	const options = { commonName: "kobra-1", directory, wallTimeMs: Date.now() };
	const file = joinPath(directory, "kobra-1-lan.pem");
	const first = await openSelfSigned(options);
	assert.deepEqual(await openSelfSigned(options), first);
	assert.equal(statSync(file).mode & 0o777, 0o600);
	writeFileSync(file, "damaged");
	const second = await openSelfSigned(options);
	assert.notEqual(second.sha256, first.sha256);
	const later = await openSelfSigned({ ...options, wallTimeMs: Date.now() + 11 * 365 * 86_400_000 });
	assert.notEqual(later.sha256, second.sha256);
	await assert.rejects(
		openSelfSigned({ ...options, directory: joinPath(file, "below") }),
		(error) => error instanceof PortError && error.code === "storage",
	);
});

test("of many handshakes that nobody used only the last sixteen are good", () => {
	const sessions = new Sessions();
	const made = Array.from({ length: 20 }, () => sessions.create());
	assert.deepEqual(
		made.map((credentials) => sessions.take(credentials)),
		made.map((_, index) => index >= 4),
	);
});
