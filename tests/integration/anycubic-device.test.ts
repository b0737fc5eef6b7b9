// The whole device with Debian's mosquitto as the broker and a virtual Kobra 2 as a process of its own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { PrinterState } from "../../modules/printers/printer-state";
import { freePorts } from "../e2e/free-ports";
import { KobraBroker, PASSWORD } from "./kobra-broker";
import { KobraProcess } from "./kobra-process";
import { SimulatorProcess, until } from "./simulator-process";

const ID = "0123456789abcdef0123456789abcdef";
const SOON_MS = 30_000;
const FILE = "benchmark_boat.gcode";

let broker: KobraBroker;
let kobra: KobraProcess;
let device: SimulatorProcess;
let port: number;

before(async () => {
	broker = await KobraBroker.create();
	await broker.start();
	port = await freePorts(3);
	device = new SimulatorProcess({ port, args: ["--headless", "--anycubic-broker", broker.url] });
	await device.started();
	kobra = new KobraProcess(["--model", "20021", "--id", ID, "--speed", "30", "--broker", broker.url]);
	await kobra.started();
});
after(async () => {
	await device.interrupt();
	await device.remove();
	await kobra.kill();
	await broker.remove();
});

async function printer(): Promise<PrinterState | undefined> {
	return (await device.state()).printers.find(({ id }) => id === ID);
}

const becomes = (isSo: (state: PrinterState) => boolean, limitMs = SOON_MS) =>
	until(async () => {
		const state = await printer();
		return state !== undefined && isSo(state);
	}, limitMs);

async function run(command: object): Promise<void> {
	const url = `http://127.0.0.1:${port}/api/printers/${ID}/command`;
	const response = await fetch(url, { method: "POST", body: JSON.stringify(command) });
	assert.deepEqual(await response.json(), { ok: true }, JSON.stringify(command));
}

test("a printer that is heard at the broker is set up by itself, and the broker's password is nowhere to be seen", async () => {
	await becomes(({ link }) => link === "online");
	const state = await printer();
	assert.deepEqual([state?.vendor, state?.model, state?.host], ["anycubic", "Kobra 2 Pro", "127.0.0.1"]);
	const settings = await (await fetch(`http://127.0.0.1:${port}/api/settings`)).text();
	for (const text of [settings, device.output, JSON.stringify(state)]) assert.ok(!text.includes(PASSWORD));
});

test("the broker killed and started again in the middle of a print: the device finds the job again", async () => {
	await run({ command: "start", place: "local", file: FILE });
	await becomes(({ job }) => job.state === "printing" && (job.percent ?? 0) > 0);
	const before = await printer();
	await broker.kill();
	await becomes(({ link, linkError }) => link === "offline" && linkError === "unreachable");
	assert.equal((await printer())?.job.state, "printing", "what is known stays");
	await broker.start();
	await becomes(({ link }) => link === "online");
	await becomes(({ job }) => (job.percent ?? 0) > (before?.job.percent ?? 0));
	assert.equal((await printer())?.job.key, before?.job.key);
	await run({ command: "pause" });
	await becomes(({ job }) => job.state === "paused");
	await run({ command: "resume" });
	await run({ command: "stop", confirm: true });
	await becomes(({ job }) => job.state === "failed" && job.cancelled === true);
});

test("by TLS with a client certificate, entered as settings: only what the authority vouches for is talked to", async () => {
	const patch = async (changes: object): Promise<number> => {
		const url = `http://127.0.0.1:${port}/api/settings`;
		return (await fetch(url, { method: "PATCH", body: JSON.stringify(changes) })).status;
	};
	// Their certificates are made for another name than the address: the first one is refused, and shown.
	assert.equal(await patch({ "anycubic.clientCertificate": broker.read("client.pem") }), 200);
	assert.equal(await patch({ "anycubic.clientKey": broker.read("client.key") }), 200);
	assert.equal(
		await patch({
			"anycubic.brokerSecurity": "tls",
			"anycubic.brokerPort": broker.tlsPort,
			"anycubic.brokerUser": "",
			"anycubic.brokerPassword": "",
			"anycubic.brokerCa": broker.read("ca.pem"),
		}),
		200,
	);
	await becomes(({ linkError }) => linkError === "untrusted_certificate");
	const sha256 = (await printer())?.linkCertificate?.sha256;
	assert.match(sha256 ?? "", /^[0-9a-f]{64}$/);
	assert.equal(await patch({ "anycubic.brokerPin": sha256 }), 200);
	// Mosquitto hands on between its ports what the printer says at the plain one.
	await becomes(({ link }) => link === "online");
	const settings = await (await fetch(`http://127.0.0.1:${port}/api/settings`)).text();
	assert.ok(!settings.includes("PRIVATE KEY"));
});
