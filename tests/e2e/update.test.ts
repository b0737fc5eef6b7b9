// An update from the client's socket to the slots' files, with all between them as in the simulator.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parts as allParts } from "../../modules/boards/controller_parts/parts";
import { type Firmware, startFirmware } from "../../modules/firmware";
import { FirmwareUpdate } from "../../modules/update/firmware-update";
import { createClock } from "../../sim/host/clock";
import { createFileUpdate } from "../../sim/host/file-update";
import { createHttpServer } from "../../sim/host/http-server";
import { createPlatform } from "../../sim/host/platform";
import { createSha256 } from "../../sim/host/sha256";
import { firmwareImage } from "../fakes/firmware-image";
import { MemoryLog } from "../fakes/memory-log";

const LIMIT_MS = 20_000;
/** As large as a Panda Breath's slot is, less a little: what a real image has. */
const LARGE = { segmentBytes: [400_000, 8, 1_400_000] };

async function start(t: TestContext) {
	const directory = mkdtempSync(join(tmpdir(), "culm-update-"));
	t.after(() => rmSync(directory, { recursive: true, force: true }));
	const log = new MemoryLog();
	const device = { isHeating: false };
	const ended: [boolean, string][] = [];
	let restarted: () => void = () => {};
	const restart = new Promise<void>((resolve) => {
		restarted = resolve;
	});
	/** As the device does at each start. */
	const startSlots = () => createFileUpdate({ directory, log });
	const slots = startSlots();
	const update = new FirmwareUpdate({
		port: slots,
		sha256: createSha256,
		board: "simulator",
		clock: createClock(),
		log,
		events: { add() {} },
		isHeating: () => device.isHeating,
		onEnded: (...how) => ended.push(how),
		restart: restarted,
	});
	t.after(() => update.close());
	const server = await createHttpServer({ address: "127.0.0.1" }).listen({
		port: 0,
		maxBodyBytes: 4096,
		onBody: (head, sizeBytes) => (head.path === "/ota" ? update.receive(head, sizeBytes) : undefined),
		onRequest: () => ({ status: 200, body: "hello" }),
		onUpgrade: () => ({ status: 404 }),
		onError: ({ message }) => log.error(message),
	});
	t.after(() => server.close());

	const open = async (): Promise<Client> => {
		const socket = connect(server.port, "127.0.0.1");
		t.after(() => socket.destroy());
		await once(socket, "connect");
		return new Client(socket);
	};
	/** As most clients do: everything first, then the answer. */
	const post = async (image: Uint8Array, headers?: readonly string[]): Promise<Answer> => {
		const client = await open();
		client.send(headOf(image.length, headers));
		client.send(image);
		return client.answer();
	};
	const slot = (name: "a" | "b"): Buffer => readFileSync(join(directory, `slot-${name}.bin`));
	return { update, slots, startSlots, device, ended, restart, log, open, post, slot, server };
}

function headOf(length: number, headers: readonly string[] = ["OTA-Type: ota_fw"]): string {
	const lines = ["POST /ota HTTP/1.1", "Host: a", `Content-Length: ${length}`, ...headers];
	return `${lines.join("\r\n")}\r\n\r\n`;
}

interface Answer {
	status: number;
	head: string;
	code: string | undefined;
	message: string | undefined;
}

class Client {
	readonly #socket: Socket;
	#received = "";

	constructor(socket: Socket) {
		this.#socket = socket;
		socket.on("error", () => {});
		socket.on("data", (bytes: Buffer) => {
			this.#received += bytes.toString("latin1");
		});
	}

	send(bytes: string | Uint8Array): void {
		this.#socket.write(bytes);
	}

	async sent(bytes: Uint8Array): Promise<void> {
		await new Promise<void>((resolve) => this.#socket.write(bytes, () => resolve()));
	}

	drop(): void {
		this.#socket.destroy();
	}

	/** Waits until it is complete, by its own length. */
	async answer(): Promise<Answer> {
		const deadline = AbortSignal.timeout(LIMIT_MS);
		for (;;) {
			const [head = "", body] = this.#received.split("\r\n\r\n", 2);
			const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
			if (body !== undefined && body.length >= length) {
				const { error } = JSON.parse(body) as { error?: { code: string; message: string } };
				return { status: Number(head.split(" ")[1]), head, code: error?.code, message: error?.message };
			}
			await once(this.#socket, "data", { signal: deadline });
		}
	}
}

/** Waits for what follows from something on another connection. */
async function eventually(what: string, condition: () => boolean): Promise<void> {
	for (const deadline = Date.now() + LIMIT_MS; !condition(); ) {
		assert.ok(Date.now() < deadline, what);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

test("a whole image is in the other slot, starts next, and stays once it has served", async (t) => {
	const { slots, startSlots, ended, restart, post, slot } = await start(t);
	const image = firmwareImage({ ...LARGE, version: "2.0.0" });
	const { status, head } = await post(image);
	assert.equal(status, 200);
	assert.match(head, /\r\nconnection: close/i);
	assert.deepEqual(ended, [[true, "ota_fw"]]);
	assert.ok(slot("b").equals(image));
	assert.equal(slots.next, "b");
	await restart;
	const next = startSlots();
	assert.equal(next.running, "b");
	next.confirm();
	assert.equal(startSlots().running, "b");
});

test("an image that never serves is given up for the one before it", async (t) => {
	const { startSlots, post } = await start(t);
	await post(firmwareImage());
	assert.equal(startSlots().running, "b");
	assert.equal(startSlots().running, "a");
});

test("a slow client gets its image through", async (t) => {
	const { slots, update, open, slot } = await start(t);
	const image = firmwareImage();
	const client = await open();
	client.send(headOf(image.length));
	for (let offset = 0; offset < image.length; offset += 61) {
		await client.sent(image.subarray(offset, offset + 61));
		const sent = Math.min(image.length, offset + 61);
		await eventually("the piece arrives", () => (update.status.receivedBytes ?? sent) >= sent);
	}
	assert.equal((await client.answer()).status, 200);
	assert.equal(slots.next, "b");
	assert.ok(slot("b").equals(image));
});

test("a client that hangs up in the middle leaves the running image, and an empty slot", async (t) => {
	const { slots, startSlots, update, ended, open, slot, post } = await start(t);
	const image = firmwareImage(LARGE);
	const client = await open();
	client.send(headOf(image.length));
	client.send(image.subarray(0, 1_000_000));
	await eventually("half of it arrives", () => (update.status.receivedBytes ?? 0) === 1_000_000);
	client.drop();
	await eventually("it is noticed", () => ended.length > 0);
	assert.deepEqual(ended, [[false, "ota_fw"]]);
	assert.match(update.status.message ?? "", /connection was lost/);
	assert.equal(slots.next, "a");
	assert.equal(slot("b").length, 0);
	assert.equal(startSlots().running, "a");
	assert.equal((await post(image)).status, 200);
});

test("what is sent instead of an image, or for another device, is refused in words", async (t) => {
	const { slots, ended, post } = await start(t);
	const cases: readonly [image: Uint8Array, code: string][] = [
		[firmwareImage({ ...LARGE, chip: 9, board: "moddable_six" }), "wrong_chip"],
		[firmwareImage({ ...LARGE, project: "dragonbreath", board: undefined }), "wrong_project"],
		[firmwareImage({ board: "moddable_six" }), "wrong_board"],
		[Buffer.from("<!doctype html>".repeat(50_000)), "not_an_image"],
		[firmwareImage(LARGE).fill(0, 1_000_000, 1_000_001), "wrong_checksum"],
	];
	for (const [image, expected] of cases) {
		const { status, code, message } = await post(image);
		assert.deepEqual([status, code], [400, expected]);
		assert.match(message ?? "", /^[A-Z].*\.$/);
	}
	assert.deepEqual(
		ended,
		cases.map(() => [false, "ota_fw"]),
	);
	assert.equal(slots.next, "a");
});

test("2 MB too much are refused, and the client that sends all of it first sees why", async (t) => {
	const { slots, post } = await start(t);
	const { status, code } = await post(new Uint8Array(slots.slotBytes + 2_000_000));
	assert.deepEqual([status, code], [413, "too_large"]);
});

test("a client that waits for leave sends nothing that would be refused", async (t) => {
	const { device, open } = await start(t);
	device.isHeating = true;
	const client = await open();
	client.send(headOf(1_000_000, ["OTA-Type: ota_fw", "Expect: 100-continue"]));
	assert.deepEqual((await client.answer()).code, "heating");
});

test("while the device heats nothing is taken, and heat that begins meanwhile keeps the old image", async (t) => {
	const { slots, device, update, open, post } = await start(t);
	const image = firmwareImage();
	device.isHeating = true;
	assert.deepEqual((await post(image)).status, 409);
	device.isHeating = false;
	const client = await open();
	client.send(headOf(image.length));
	client.send(image.subarray(0, -1));
	await eventually("nearly all arrives", () => update.status.receivedBytes === image.length - 1);
	device.isHeating = true;
	client.send(image.subarray(-1));
	assert.deepEqual((await client.answer()).code, "heating");
	assert.equal(slots.next, "a");
});

test("other OTA types, none, and a length that is not told are refused", async (t) => {
	const { ended, post, open } = await start(t);
	for (const headers of [["OTA-Type: ota_img"], ["OTA-Type: ota_gif"], ["OTA-Type: ota_get_img"], []])
		assert.deepEqual((await post(firmwareImage(), headers)).code, "wrong_type");
	assert.ok(ended.every(([ok, kind]) => !ok && kind === "ota_unknown"));
	const client = await open();
	client.send("POST /ota HTTP/1.1\r\nHost: a\r\nOTA-Type: ota_fw\r\nTransfer-Encoding: chunked\r\n\r\n");
	assert.deepEqual((await client.answer()).status, 411);
});

test("a second client is refused, while the first one gets its image through", async (t) => {
	const { update, open, post } = await start(t);
	const image = firmwareImage(LARGE);
	const first = await open();
	first.send(headOf(image.length));
	first.send(image.subarray(0, 500_000));
	await eventually("the first one has begun", () => update.status.receivedBytes === 500_000);
	assert.deepEqual((await post(firmwareImage())).code, "busy");
	first.send(image.subarray(500_000));
	assert.equal((await first.answer()).status, 200);
});

test("a server that closes in the middle leaves the running image", async (t) => {
	const { server, slots, update, open } = await start(t);
	const image = firmwareImage();
	const client = await open();
	client.send(headOf(image.length));
	client.send(image.subarray(0, 600));
	await eventually("it has begun", () => update.status.receivedBytes === 600);
	await server.close();
	assert.equal(update.status.phase, "failed");
	assert.equal(slots.next, "a");
});

/** The whole firmware, which starts anew in the same process, as in the simulator. */
async function startWhole(t: TestContext) {
	const storageDirectory = mkdtempSync(join(tmpdir(), "culm-update-"));
	t.after(() => rmSync(storageDirectory, { recursive: true, force: true }));
	const log = new MemoryLog();
	const running: Firmware[] = [];
	const start = (): void => void running.push(startFirmware(platform, allParts));
	const platform = createPlatform({ log, webPort: 0, storageDirectory, onRestart: start });
	start();
	t.after(() => running.at(-1)?.close());
	const boot = (): unknown => JSON.parse(readFileSync(join(storageDirectory, "boot.json"), "utf8"));
	const ask = async (path: string, init?: RequestInit): Promise<number> => {
		const port = await running.at(-1)?.served;
		const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
			...init,
			signal: AbortSignal.timeout(LIMIT_MS),
		});
		await answer.arrayBuffer();
		return answer.status;
	};
	const updated = async (): Promise<void> => {
		const starts = running.length;
		const headers = { "ota-type": "ota_fw" };
		assert.equal(await ask("/ota", { method: "POST", headers, body: Buffer.from(firmwareImage()) }), 200);
		await eventually("it restarts", () => running.length > starts);
		await running.at(-1)?.served;
	};
	return { ask, boot, log, platform, running, start, updated };
}

test("a restart starts the new image, which stays as soon as it has answered a request", async (t) => {
	const { ask, boot, platform, running, updated } = await startWhole(t);
	await updated();
	assert.deepEqual(boot(), { slot: "b", state: "started" });
	assert.equal(await ask("/api/state"), 200);
	assert.deepEqual(boot(), { slot: "b", state: "confirmed" });
	await running.at(-1)?.close();
	platform.restart();
	assert.deepEqual(boot(), { slot: "b", state: "confirmed" });
	await updated();
	assert.deepEqual(boot(), { slot: "a", state: "started" }, "the next one goes to the other slot");
});

test("a restart gives up the new image when it has not answered one", async (t) => {
	const { boot, log, platform, running, updated } = await startWhole(t);
	await updated();
	await running.at(-1)?.close();
	platform.restart();
	assert.deepEqual(boot(), { slot: "a", state: "confirmed" });
	assert.match(log.texts("warn").join(), /slot b never worked/);
});

test("a restart in the middle of an upload leaves the running image", async (t) => {
	const { ask, running } = await startWhole(t);
	const image = firmwareImage(LARGE);
	const socket = connect((await running[0]?.served) ?? 0, "127.0.0.1");
	t.after(() => socket.destroy());
	socket.on("error", () => {});
	socket.write(headOf(image.length).replace("Host: a", "Host: 127.0.0.1"));
	socket.write(image.subarray(0, 500_000));
	const phase = () => running[0]?.state().update.receivedBytes;
	await eventually("it has begun", () => phase() === 500_000);
	assert.equal(await ask("/api/restart", { method: "POST" }), 200);
	await eventually("it restarts", () => running.length === 2);
	await running[1]?.served;
	assert.equal(await ask("/api/state"), 200);
	assert.deepEqual(running[1]?.state().update, { phase: "idle" });
	const headers = { "ota-type": "ota_fw" };
	assert.equal(await ask("/ota", { method: "POST", headers, body: Buffer.from(image) }), 200);
});
