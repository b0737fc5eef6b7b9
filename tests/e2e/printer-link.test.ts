// A Bambu link over real sockets and real TLS against the virtual printer: each way to fail is told from the others.
// The link's clock is the test's; only the network takes its own time.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { after, before, test } from "node:test";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { BambuPrinter } from "../../modules/printers/bambu/bambu-printer";
import type { LinkError, PrinterState } from "../../modules/printers/printer-state";
import { createClock } from "../../sim/host/clock";
import { createMqttClient } from "../../sim/host/mqtt-client";
import { createTls } from "../../sim/host/tls-stream";
import { PrinterBroker } from "../../sim/printers/bambu/broker";
import { openCertificates, type PrinterCertificates } from "../../sim/printers/bambu/certificates";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { ManualClock } from "../fakes/manual-clock";
import { MemoryLog } from "../fakes/memory-log";
import { textCodec } from "../fakes/text-codec";
import { FreezingProxy } from "./freezing-proxy";

const SERIAL = "01P00A000000001";
const ACCESS_CODE = "k3yc0de9";
const LIMIT_MS = 10_000;

let certificates: PrinterCertificates;
before(async () => {
	certificates = await openCertificates({ serial: SERIAL, wallTimeMs: Date.now() });
});

const endings: (() => Promise<void> | void)[] = [];
after(async () => {
	for (const end of endings.reverse()) await end();
});

async function startVirtual({ serial = SERIAL, shown = certificates } = {}) {
	const virtual = new VirtualBambuPrinter({ clock: createClock(), serial, accessCode: ACCESS_CODE });
	const broker = new PrinterBroker({ printer: virtual, certificates: shown });
	const { port } = await broker.listen({ port: 0 });
	virtual.start();
	const end = async (): Promise<void> => {
		await broker.close();
		virtual.close();
	};
	endings.push(end);
	return { virtual, port, end };
}

interface LinkOptions {
	port: number;
	accessCode?: string;
	authorities?: readonly Uint8Array[];
	pinnedSha256?: string;
	serial?: string;
}

function startLink(options: LinkOptions) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const printer = new BambuPrinter({
		clock,
		log,
		random: () => 0.5,
		text: textCodec,
		spoolDetails: true,
		openCommands: allParts.openCommands,
		faultText: allParts.faultText,
		mqtt: createMqttClient(),
		tls: createTls(),
		cameraFrameBytes: 0,
		authorities: certificates.authorities,
		clientId: `culm-e2e-${options.port}`,
		name: "",
		host: "127.0.0.1",
		serial: SERIAL,
		accessCode: ACCESS_CODE,
		pinnedSha256: "",
		...options,
	});
	endings.push(() => printer.close());
	printer.start();
	/** Resolves when the state is so; it is looked at whenever it changes. */
	const reaches = (what: string, isSo: (state: PrinterState) => boolean): Promise<PrinterState> =>
		new Promise((resolve, reject) => {
			const done = (): void => {
				clearTimeout(limit);
				stop();
				resolve(printer.state);
			};
			const stop = printer.onChange((state) => isSo(state) && done());
			const limit = setTimeout(() => {
				stop();
				reject(new Error(`never ${what}: ${JSON.stringify(printer.state)} ${JSON.stringify(log.lines)}`));
			}, LIMIT_MS);
			if (isSo(printer.state)) done();
		});
	const fails = (error: LinkError) => reaches(error, ({ linkError }) => linkError === error);
	const online = () => reaches("online", ({ link }) => link === "online");
	return { printer, clock, log, reaches, fails, online };
}

/** Resolves once the link is subscribed: then only the printer's silence can keep it from being online. */
async function subscribed(virtual: VirtualBambuPrinter): Promise<void> {
	const giveUpAt = Date.now() + LIMIT_MS;
	while (virtual.snapshot().clients.length === 0) {
		if (Date.now() > giveUpAt) throw new Error("nobody connects");
		await new Promise((resolve) => setImmediate(resolve));
	}
}

async function closedPort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}

test("with the right serial number, access code and authorities it is online and knows the printer", async () => {
	const { port, virtual } = await startVirtual();
	virtual.startJob({ name: "Benchy" });
	const { printer, online, reaches } = startLink({ port });
	await online();
	const state = await reaches(
		"complete",
		({ firmware, job }) => firmware !== undefined && job.name === "Benchy",
	);
	assert.equal(state.model, "P1S");
	assert.equal(state.filament.units.length, 1);
	await printer.close();
});

test("wrong access code", async () => {
	const { port } = await startVirtual();
	const { fails } = startLink({ port, accessCode: "00000000" });
	await fails("wrong_access_code");
});

test("wrong serial number: subscribed, and silent", async () => {
	// A certificate that fits the number we have, on a printer that has another one.
	const { port, virtual } = await startVirtual({ serial: "01P00A999999999" });
	const { clock, fails, printer } = startLink({ port });
	await subscribed(virtual);
	assert.equal(printer.state.linkError, undefined);
	let isWrong = false;
	const failed = fails("wrong_serial").finally(() => {
		isWrong = true;
	});
	// The answer to the subscription is on its way; should time overtake it, the link tries again by itself.
	while (!isWrong) {
		clock.advance(1_000);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await failed;
});

test("certificate of an unknown authority", async () => {
	const { port, virtual } = await startVirtual();
	virtual.switches.set("untrustedCa", true);
	const { linkCertificate } = await startLink({ port }).fails("untrusted_certificate");
	assert.equal(linkCertificate?.commonName, SERIAL);
});

test("certificate with another printer's serial number", async () => {
	const { port, virtual } = await startVirtual();
	virtual.switches.set("wrongCommonName", true);
	const { linkHelp, linkCertificate } = await startLink({ port }).fails("wrong_serial");
	assert.notEqual(linkCertificate?.commonName, SERIAL);
	assert.ok(linkHelp?.includes(linkCertificate?.commonName ?? "?"));
});

test("leaf alone: trusted when its device authority is known, refused with its fingerprint when it is not", async () => {
	const { port, virtual } = await startVirtual();
	virtual.switches.set("leafOnly", true);
	await startLink({ port }).online();
	const rootOnly = certificates.authorities.slice(0, 1);
	const { linkCertificate } = await startLink({ port, authorities: rootOnly }).fails("untrusted_certificate");
	const leaf = new X509Certificate(certificates.chain[0] ?? "");
	assert.equal(linkCertificate?.sha256, leaf.fingerprint256.replaceAll(":", "").toLowerCase());
	// A person compared the fingerprint and confirmed it.
	const pinnedSha256 = linkCertificate?.sha256 ?? assert.fail();
	await startLink({ port, authorities: rootOnly, pinnedSha256 }).online();
});

test("another certificate than the one that was confirmed, even one of a known authority", async () => {
	const { port } = await startVirtual();
	const { linkHelp } = await startLink({ port, pinnedSha256: "0".repeat(64) }).fails("certificate_changed");
	assert.match(linkHelp ?? "", /confirm/);
});

test("the printer hangs up in the handshake three times: too many clients", async () => {
	const { port, virtual } = await startVirtual();
	virtual.switches.set("slotsFull", true);
	const { clock, fails, log, online, reaches } = startLink({ port });
	for (let attempt = 1; attempt <= 2; attempt++) {
		await reaches(`offline after attempt ${attempt}`, ({ link }) => link === "offline");
		assert.equal(log.lines.length, attempt);
		clock.advance(5_000);
	}
	await fails("too_many_clients");
	virtual.switches.set("slotsFull", false);
	clock.advance(5_000);
	assert.equal((await online()).linkError, undefined);
});

test("nobody listens on the port", async () => {
	await startLink({ port: await closedPort() }).fails("unreachable");
});

test("the host vanishes without a word: stale, then unreachable", async () => {
	const { port } = await startVirtual();
	const proxy = new FreezingProxy(port);
	endings.push(() => proxy.close());
	const { clock, online, printer, fails } = startLink({ port: await proxy.listen() });
	await online();
	proxy.freeze();
	clock.advance(16_000);
	assert.equal(printer.state.link, "stale");
	clock.advance(46_000);
	await fails("unreachable");
});

test("a printer that drops its clients is online again each time, with one connection", async () => {
	const { port, virtual } = await startVirtual();
	const { clock, online, reaches } = startLink({ port });
	for (let round = 0; round < 5; round++) {
		await online();
		virtual.switches.set("wrongCommonName", true);
		virtual.switches.set("wrongCommonName", false);
		await reaches("offline", ({ link }) => link === "offline");
		// The pauses grow to 4 s, since no connection lasts.
		clock.advance(5_000);
	}
	await online();
	assert.equal(virtual.snapshot().clients.length, 1);
});

test("closing says goodbye: the printer's place is free at once", async () => {
	const { port, virtual } = await startVirtual();
	const { printer, online } = startLink({ port });
	await online();
	assert.equal(virtual.snapshot().clients.length, 1);
	await printer.close();
	const giveUpAt = Date.now() + LIMIT_MS;
	while (virtual.snapshot().clients.length > 0) {
		assert.ok(Date.now() < giveUpAt);
		await new Promise((resolve) => setImmediate(resolve));
	}
});
