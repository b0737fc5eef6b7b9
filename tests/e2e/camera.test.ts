// The virtual printer's camera over real TLS: pictures come while somebody looks, and each way to fail is told.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, before, test } from "node:test";
import { WebSocket } from "ws";
import { CameraStream } from "../../modules/printers/bambu/camera/camera-stream";
import type { CameraError, CameraStatus } from "../../modules/printers/camera";
import { createClock } from "../../sim/host/clock";
import { createTls } from "../../sim/host/tls-stream";
import { CameraServer } from "../../sim/printers/bambu/camera-server";
import { openCertificates, type PrinterCertificates } from "../../sim/printers/bambu/certificates";
import { VirtualBambuPrinter } from "../../sim/printers/bambu/virtual-printer";
import { MemoryLog } from "../fakes/memory-log";
import { textCodec } from "../fakes/text-codec";
import { startQuietSimulator } from "./quiet-simulator";

const SERIAL = "01P00A000000001";
const ACCESS_CODE = "k3yc0de9";
const LIMIT_MS = 15_000;

let certificates: PrinterCertificates;
before(async () => {
	certificates = await openCertificates({ serial: SERIAL, wallTimeMs: Date.now() });
});

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const end of endings.splice(0).reverse()) await end();
});

async function until(what: string, isSo: () => boolean): Promise<void> {
	const giveUpAt = Date.now() + LIMIT_MS;
	while (!isSo()) {
		if (Date.now() > giveUpAt) assert.fail(`never: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

async function startVirtual() {
	const printer = new VirtualBambuPrinter({ clock: createClock(), serial: SERIAL, accessCode: ACCESS_CODE });
	// Ten pictures a second: a test has no time to look.
	const camera = new CameraServer({ printer, certificates, clock: createClock({ speed: 10 }) });
	const { port } = await camera.listen({ port: 0 });
	printer.start();
	endings.push(async () => {
		await camera.close();
		printer.close();
	});
	return { printer, camera, port };
}

interface ViewOptions {
	port: number;
	accessCode?: string;
	authorities?: readonly Uint8Array[];
	pinnedSha256?: string;
	roomBytes?: number;
}

function view({ port, authorities, accessCode = ACCESS_CODE, pinnedSha256 = "", roomBytes }: ViewOptions) {
	const log = new MemoryLog();
	const stream = new CameraStream({
		// A second of its pauses takes 50 ms.
		clock: createClock({ speed: 20 }),
		log,
		random: () => 0.5,
		text: textCodec,
		tls: createTls(),
		authorities: authorities ?? certificates.authorities,
		serial: SERIAL,
		target: () => ({ host: "127.0.0.1", accessCode, pinnedSha256 }),
		roomBytes: roomBytes ?? 200_000,
		port,
	});
	endings.push(() => stream.close());
	const pictures: Uint8Array[] = [];
	const statuses: CameraStatus[] = [];
	const leave = stream.watch({
		isReady: () => true,
		onPicture: (jpeg) => pictures.push(jpeg),
		onStatus: (status) => statuses.push(status),
		onGone() {},
	});
	const fails = async (error: CameraError): Promise<CameraStatus> => {
		await until(error, () => statuses.some((status) => status.error === error));
		assert.deepEqual(new Set(statuses.map((status) => status.error)), new Set([undefined, error]));
		return statuses.find((status) => status.error === error) ?? assert.fail();
	};
	const sees = (count: number) => until(`${count} pictures`, () => pictures.length >= count);
	return { leave: leave ?? assert.fail(), pictures, statuses, fails, sees, log };
}

test("pictures come, each of them another one, until nobody looks", async () => {
	const { camera, port, printer } = await startVirtual();
	printer.startJob();
	const { leave, pictures, sees } = view({ port });
	await sees(3);
	assert.equal(camera.viewers, 1);
	leave();
	await until("nobody watches", () => camera.viewers === 0);
	for (const picture of pictures) assert.deepEqual([...picture.subarray(0, 2)], [0xff, 0xd8]);
	const distinct = new Set(pictures.map((picture) => Buffer.from(picture).toString("base64")));
	assert.ok(distinct.size > 1);
	const seen = pictures.length;
	await new Promise((resolve) => setTimeout(resolve, 250));
	assert.equal(pictures.length, seen);
});

test("wrong access code: the printer hangs up, and that is said", async () => {
	const { port } = await startVirtual();
	const { log, fails } = view({ port, accessCode: "wr0ngc0d" });
	const { help } = await fails("hung_up");
	assert.match(help ?? "", /access code/);
	assert.doesNotMatch(log.texts().join(), /wr0ngc0d/);
});

test("certificates are checked as they are for the link", async () => {
	const { port, printer } = await startVirtual();
	printer.switches.set("untrustedCa", true);
	await view({ port }).fails("untrusted_certificate");
	printer.switches.set("untrustedCa", false);
	printer.switches.set("wrongCommonName", true);
	await view({ port }).fails("wrong_serial");
	printer.switches.set("wrongCommonName", false);
	await view({ port, pinnedSha256: "0".repeat(64) }).fails("certificate_changed");
	printer.switches.set("leafOnly", true);
	await view({ port, authorities: certificates.authorities.slice(0, 1) }).fails("untrusted_certificate");
	await view({ port }).sees(1);
});

test("a printer with no place left, and one without a camera", async () => {
	const { port, printer } = await startVirtual();
	printer.switches.set("slotsFull", true);
	await view({ port }).fails("hung_up");
	const nobody = createServer().listen(0, "127.0.0.1");
	await once(nobody, "listening");
	const closed = (nobody.address() as AddressInfo).port;
	nobody.close();
	await once(nobody, "close");
	await view({ port: closed }).fails("camera_off");
});

test("a camera that sends nothing, and one that comes back", async () => {
	const { port, printer } = await startVirtual();
	printer.switches.set("silent", true);
	const { fails, sees, statuses } = view({ port });
	await fails("no_pictures");
	printer.switches.set("silent", false);
	await sees(1);
	assert.deepEqual(statuses.at(-1), { state: "live" });
});

test("a printer that drops its viewers is connected to again, without an error", async () => {
	const { port, printer } = await startVirtual();
	const { pictures, sees, statuses } = view({ port });
	for (let round = 0; round < 3; round++) {
		await sees(pictures.length + 1);
		// As after a restart.
		printer.switches.set("leafOnly", true);
		printer.switches.set("leafOnly", false);
	}
	await sees(pictures.length + 1);
	assert.ok(statuses.filter(({ state }) => state === "live").length >= 3);
	assert.ok(statuses.every(({ error }) => error === undefined));
});

test("pictures that are too large are let pass, and that is said", async () => {
	const { port } = await startVirtual();
	const { fails, pictures } = view({ port, roomBytes: 1_024 });
	await fails("too_large");
	assert.equal(pictures.length, 0);
});

/** A WebSocket of the device, and what came over it. */
function openSocket(url: string) {
	const socket = new WebSocket(url);
	endings.push(() => socket.terminate());
	const texts: string[] = [];
	const pictures: Buffer[] = [];
	const seen = { texts, pictures, code: 0, socket };
	socket.on("message", (data: Buffer, isBinary) => {
		if (isBinary) pictures.push(data);
		else texts.push(data.toString());
	});
	socket.on("close", (code) => {
		seen.code = code;
	});
	socket.on("error", () => {});
	return seen;
}

test("the device shows the camera to one viewer at a time, and not that of a printer which has another kind", async () => {
	const start = async (model: string) => {
		const storage = mkdtempSync(join(tmpdir(), "culm-camera-"));
		const { simulator, port } = await startQuietSimulator(storage, "--model", model);
		endings.push(
			() => rmSync(storage, { recursive: true, force: true }),
			() => simulator.close(),
		);
		const [state] = simulator.firmware.printers.states;
		return `ws://127.0.0.1:${port}/api/printers/${state?.id}/camera`;
	};
	const url = await start("P1S");
	const first = openSocket(url);
	await until("the first picture", () => first.pictures.length > 0);
	assert.deepEqual([...(first.pictures[0]?.subarray(0, 2) ?? [])], [0xff, 0xd8]);
	assert.ok(first.texts.includes('{"status":{"state":"live"}}'));

	const second = openSocket(url);
	await until("the second is refused", () => second.code !== 0);
	assert.deepEqual([JSON.parse(second.texts[0] ?? "").error.code, second.code], ["taken", 1013]);

	first.socket.close();
	await until("the first has left", () => first.code !== 0);
	const third = openSocket(url);
	await until("the third has a picture", () => third.pictures.length > 0);

	const other = openSocket(await start("X1C"));
	await until("it is refused", () => other.code !== 0);
	assert.equal(JSON.parse(other.texts[0] ?? "").error.code, "rtsps");
});
