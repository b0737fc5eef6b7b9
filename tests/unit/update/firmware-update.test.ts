// What an update promises: the device switches to an image only when all of it is there and right, and nothing heats.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { BodyReceiver, HttpRequestHead, HttpResponse } from "../../../modules/platform/http";
import { PortError } from "../../../modules/platform/port-error";
import type { UpdatePort, UpdateSlot } from "../../../modules/platform/update";
import { FirmwareUpdate, type UpdateKind } from "../../../modules/update/firmware-update";
import { firmwareImage } from "../../fakes/firmware-image";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { createFakeSha256 } from "../../fakes/sha256";

const SLOT_BYTES = 20_000;

/** Remembers what is done to it. `refuses`: the call that throws. */
class FakeUpdatePort implements UpdatePort {
	readonly slotBytes = SLOT_BYTES;
	readonly calls: string[] = [];
	readonly written: number[] = [];
	refuses: "begin" | "write" | "complete" | "cancel" | "confirm" | undefined;

	begin(sizeBytes: number): UpdateSlot {
		this.#call("begin", `begin ${sizeBytes}`);
		return {
			write: (bytes) => {
				this.#call("write");
				this.written.push(...bytes);
			},
			complete: () => this.#call("complete"),
			cancel: () => this.#call("cancel"),
		};
	}

	confirm(): void {
		this.#call("confirm");
	}

	/** Without the writes, which may be any. */
	get steps(): string[] {
		return this.calls.filter((call) => call !== "write");
	}

	#call(name: NonNullable<typeof this.refuses>, call: string = name): void {
		if (this.refuses === name) throw new PortError("storage", `the flash refuses to ${name}`);
		this.calls.push(call);
	}
}

function setUp({ board = "panda_breath" }: { board?: string } = {}) {
	const port = new FakeUpdatePort();
	const clock = new ManualClock();
	const log = new MemoryLog();
	const events: string[] = [];
	const ended: [ok: boolean, kind: UpdateKind][] = [];
	const device = { isHeating: false, isHeld: false, restarts: 0 };
	const update = new FirmwareUpdate({
		port,
		sha256: createFakeSha256,
		board,
		clock,
		log,
		events: { add: (event) => events.push(event) },
		isHeating: () => device.isHeating,
		hold: () => {
			device.isHeld = true;
			return () => {
				device.isHeld = false;
			};
		},
		onEnded: (...how) => ended.push(how),
		restart: () => {
			device.restarts += 1;
		},
	});
	const request = (type: string | undefined = "ota_fw"): HttpRequestHead => ({
		method: "POST",
		path: "/ota",
		query: "",
		headers: type === undefined ? {} : { "ota-type": type },
	});
	const accepted = (sizeBytes: number): BodyReceiver => {
		const answer = update.receive(request(), sizeBytes);
		assert.ok("take" in answer, "body" in answer ? String(answer.body) : "");
		return answer;
	};
	const send = async (image: Uint8Array, pieceBytes = 1000): Promise<HttpResponse> => {
		const receiver = accepted(image.length);
		for (let start = 0; start < image.length; start += pieceBytes) {
			const piece = image.slice(start, start + pieceBytes);
			receiver.take(piece);
			// The port's own again.
			piece.fill(0xaa);
		}
		return receiver.end();
	};
	return { update, port, clock, log, events, ended, device, request, accepted, send };
}

function refusal(answer: BodyReceiver | HttpResponse): { status: number; code: string; message: string } {
	assert.ok("status" in answer, "it is refused");
	const { error } = JSON.parse(String(answer.body));
	return { status: answer.status, ...error };
}

test("a whole image is written as it came, switched to, and started a second later", async () => {
	const { port, clock, events, ended, device, update, send } = setUp();
	const image = firmwareImage({ version: "2.0.0" });
	assert.deepEqual(update.status, { phase: "idle" });
	const { status, body } = await send(image, 77);
	assert.equal(status, 200);
	assert.deepEqual(JSON.parse(String(body)), { version: "2.0.0", restarting: true });
	assert.deepEqual(port.written, [...image]);
	assert.deepEqual(port.steps, ["confirm", `begin ${image.length}`, "complete"]);
	assert.deepEqual(ended, [[true, "ota_fw"]]);
	assert.deepEqual(events, ["update_started", "update_done"]);
	assert.deepEqual(update.status, { phase: "restarting" });
	clock.advance(999);
	assert.equal(device.restarts, 0);
	clock.advance(1);
	assert.equal(device.restarts, 1);
	clock.advance(60_000);
	assert.equal(device.restarts, 1);
});

test("the stock firmware of the Panda Breath is installed like any other", async () => {
	const { send, log } = setUp();
	const { status } = await send(
		firmwareImage({ project: "panda_breath", board: undefined, version: "V1.0.3" }),
	);
	assert.equal(status, 200);
	assert.match(log.texts("info").join(), /panda_breath V1\.0\.3/);
});

test("its progress can be watched", async () => {
	const { update, accepted } = setUp();
	const image = firmwareImage();
	const receiver = accepted(image.length);
	receiver.take(image.subarray(0, 10));
	assert.deepEqual(update.status, { phase: "receiving", receivedBytes: 10, totalBytes: image.length });
	receiver.take(image.subarray(10));
	assert.deepEqual(update.status, {
		phase: "checking",
		receivedBytes: image.length,
		totalBytes: image.length,
	});
});

test("the slot is not touched before the image's head was found to be right", async () => {
	const { port, accepted } = setUp();
	const image = firmwareImage();
	const receiver = accepted(image.length);
	receiver.take(image.subarray(0, 351));
	assert.deepEqual(port.calls, []);
	receiver.take(image.subarray(351, 352));
	assert.deepEqual(port.written, [...image.subarray(0, 352)]);
});

for (const [what, image, code] of [
	["for another chip", firmwareImage({ chip: 9 }), "wrong_chip"],
	["for another board", firmwareImage({ board: "moddable_six" }), "wrong_board"],
	["of another project", firmwareImage({ board: undefined }), "wrong_project"],
	["that is none", new Uint8Array(600).fill(0x3c), "not_an_image"],
] as const) {
	test(`an image ${what} leaves the slot as it is`, async () => {
		const { port, update, ended, send, clock, device } = setUp();
		const { status, code: told, message } = refusal(await send(image));
		assert.deepEqual([status, told], [400, code]);
		assert.deepEqual(port.calls, []);
		assert.deepEqual(ended, [[false, "ota_fw"]]);
		assert.deepEqual(update.status, { phase: "failed", message });
		clock.advance(10_000);
		assert.equal(device.restarts, 0);
	});
}

test("what comes after a refusal is swallowed, and the answer comes at the end", async () => {
	const { port, ended, accepted } = setUp();
	const receiver = accepted(10_000);
	for (let count = 0; count < 10; count++) receiver.take(new Uint8Array(1000));
	assert.deepEqual(ended, [[false, "ota_fw"]]);
	assert.equal(refusal(await receiver.end()).code, "not_an_image");
	assert.deepEqual(port.calls, []);
});

test("another upload may begin while a refused one is swallowed, and does not notice it", async () => {
	const { port, ended, accepted } = setUp();
	const refused = accepted(10_000);
	refused.take(new Uint8Array(1000));
	const image = firmwareImage();
	const receiver = accepted(image.length);
	receiver.take(image.subarray(0, 500));
	refused.take(new Uint8Array(1000));
	refused.abort();
	receiver.take(image.subarray(500));
	assert.equal((await receiver.end()).status, 200);
	assert.deepEqual(port.written, [...image]);
	assert.deepEqual(ended, [
		[false, "ota_fw"],
		[true, "ota_fw"],
	]);
});

test("an image that is cut off at any byte is not switched to", () => {
	const image = firmwareImage({ segmentBytes: [400, 8] });
	for (let length = 0; length < image.length; length++) {
		const { port, update, ended, clock, device, accepted } = setUp();
		const receiver = accepted(image.length);
		receiver.take(image.subarray(0, length));
		receiver.abort();
		assert.ok(!port.calls.includes("complete"), `${length} bytes`);
		assert.equal(
			port.calls.includes("cancel"),
			port.calls.includes(`begin ${image.length}`),
			`${length} bytes`,
		);
		assert.equal(update.status.phase, "failed");
		assert.deepEqual(ended, [[false, "ota_fw"]]);
		clock.advance(10_000);
		assert.equal(device.restarts, 0);
	}
});

test("an image with any bit changed is not switched to, however it comes", async () => {
	const whole = firmwareImage({ segmentBytes: [400, 8] });
	await fc.assert(
		fc.asyncProperty(
			fc.nat(whole.length - 1),
			fc.nat(7),
			fc.integer({ min: 1, max: 700 }),
			async (at, bit, size) => {
				const { port, send } = setUp();
				const image = whole.slice();
				image[at] = (image[at] ?? 0) ^ (1 << bit);
				assert.equal((await send(image, size)).status, 400);
				assert.ok(!port.calls.includes("complete"));
				assert.equal(
					port.calls.includes("cancel"),
					port.calls.some((call) => call.startsWith("begin")),
				);
			},
		),
	);
});

test("nothing is taken while the device heats", () => {
	const { update, port, device, ended, request } = setUp();
	device.isHeating = true;
	const { status, code, message } = refusal(update.receive(request(), 1000));
	assert.deepEqual([status, code], [409, "heating"]);
	assert.match(message, /Turn the heater off/);
	assert.deepEqual(port.calls, []);
	assert.deepEqual(ended, [[false, "ota_fw"]]);
});

test("heat is held off from when an upload is taken until it has failed, or for good when it restarts", async () => {
	const { update, clock, device, request, accepted, send } = setUp();
	update.receive(request(), 0);
	update.receive(request("ota_img"), 1000);
	assert.equal(device.isHeld, false, "what is refused holds nothing");
	const image = firmwareImage();
	accepted(image.length).abort();
	assert.equal(device.isHeld, false, "after the connection was lost");
	const receiver = accepted(image.length);
	assert.equal(device.isHeld, true);
	receiver.take(new Uint8Array(image.length));
	assert.equal(device.isHeld, false, "as soon as it cannot become an image");
	await receiver.end();
	assert.equal((await send(image)).status, 200);
	assert.equal(device.isHeld, true);
	clock.advance(10_000);
	assert.deepEqual([device.restarts, device.isHeld], [1, true]);
	update.close();
	assert.equal(device.isHeld, false);
});

test("heat that begins during the upload keeps the running image", async () => {
	const { port, clock, device, accepted } = setUp();
	const image = firmwareImage();
	const receiver = accepted(image.length);
	receiver.take(image);
	device.isHeating = true;
	assert.equal(refusal(await receiver.end()).code, "heating");
	assert.deepEqual(port.steps.slice(-1), ["cancel"]);
	clock.advance(10_000);
	assert.equal(device.restarts, 0);
});

for (const type of [undefined, "", "ota_img", "ota_gif", "ota_get_img", "ota_theme", "OTA_FW"]) {
	test(`the OTA-Type ${type} is refused as unknown, also over the WebSocket`, () => {
		const { update, port, ended, request } = setUp();
		const { headers, ...head } = request();
		const answer = update.receive(
			{ ...head, headers: type === undefined ? {} : { ...headers, "ota-type": type } },
			100,
		);
		const { status, code } = refusal(answer);
		assert.deepEqual([status, code], [400, "wrong_type"]);
		assert.deepEqual(ended, [[false, "ota_unknown"]]);
		assert.deepEqual(port.calls, []);
	});
}

for (const [what, sizeBytes, status, code] of [
	["without a length", undefined, 411, "length_required"],
	["without an image", 0, 400, "empty"],
	["that is larger than the slot", SLOT_BYTES + 1, 413, "too_large"],
	["of 2 MB more than the slot", SLOT_BYTES + 2_000_000, 413, "too_large"],
] as const) {
	test(`a request ${what} is refused unread`, () => {
		const { update, port, ended, request } = setUp();
		const told = refusal(update.receive(request(), sizeBytes));
		assert.deepEqual([told.status, told.code], [status, code]);
		assert.deepEqual(port.calls, []);
		assert.deepEqual(ended, [[false, "ota_fw"]]);
	});
}

test("an image of just the slot's size fits", async () => {
	// 24 + 8 bytes of headers, 15 + 1 of padding and checksum, 32 of hash.
	const image = firmwareImage({ segmentBytes: [SLOT_BYTES - 24 - 8 - 16 - 32] });
	assert.equal(image.length, SLOT_BYTES);
	assert.equal((await setUp().send(image)).status, 200);
});

test("of two uploads at once the second is refused, and the first goes on", async () => {
	const { update, ended, accepted, request } = setUp();
	const image = firmwareImage();
	const receiver = accepted(image.length);
	receiver.take(image.subarray(0, 600));
	const { status, code } = refusal(update.receive(request(), image.length));
	assert.deepEqual([status, code], [409, "busy"]);
	assert.deepEqual(ended, [], "clients of the WebSocket wait for the first");
	receiver.take(image.subarray(600));
	assert.equal((await receiver.end()).status, 200);
});

test("nothing is taken any more once the restart is near", async () => {
	const { update, send, request } = setUp();
	await send(firmwareImage());
	assert.equal(refusal(update.receive(request(), 1000)).code, "busy");
});

test("a failed upload does not stand in the way of the next one", async () => {
	const { port, update, send } = setUp();
	await send(new Uint8Array(500));
	assert.equal((await send(firmwareImage())).status, 200);
	assert.deepEqual(update.status, { phase: "restarting" });
	assert.equal(port.steps.at(-1), "complete");
});

for (const what of ["begin", "write", "complete"] as const) {
	test(`flash that refuses to ${what} keeps the running image, and is told`, async () => {
		const { port, log, ended, send, clock, device } = setUp();
		port.refuses = what;
		const { status, code, message } = refusal(await send(firmwareImage()));
		assert.deepEqual([status, code], [500, "storage"]);
		assert.match(message, new RegExp(`refuses to ${what}`));
		assert.equal(port.calls.includes("complete"), false);
		assert.equal(port.calls.includes("cancel"), what !== "begin");
		assert.equal(log.texts("error").length, 1);
		assert.deepEqual(ended, [[false, "ota_fw"]]);
		clock.advance(10_000);
		assert.equal(device.restarts, 0);
	});
}

test("a slot that cannot even be tidied up is told in the log, and changes nothing else", async () => {
	const { port, log, send } = setUp();
	port.refuses = "cancel";
	const image = firmwareImage();
	image[image.length - 1] = (image.at(-1) ?? 0) ^ 1;
	assert.equal(refusal(await send(image)).code, "wrong_hash");
	assert.match(log.texts("warn").join(), /refuses to cancel/);
});

test("the running image is confirmed by the first request that it answers, once", () => {
	const { update, port } = setUp();
	assert.deepEqual(port.calls, []);
	update.served();
	update.served();
	assert.deepEqual(port.calls, ["confirm"]);
});

test("a confirmation that fails is told once, and nothing else stops", () => {
	const { update, port, log } = setUp();
	port.refuses = "confirm";
	update.served();
	update.served();
	assert.equal(log.texts("error").length, 1);
});

test("a board that nobody knows takes no updates, and says so", () => {
	const { update, request } = setUp({ board: "toaster" });
	const { status, code, message } = refusal(update.receive(request(), 1000));
	assert.deepEqual([status, code], [501, "no_updates"]);
	assert.match(message, /toaster/);
});

test("it ends an upload when it is closed, and is not heard of again", async () => {
	const { update, port, ended, device, clock, accepted } = setUp();
	const image = firmwareImage();
	const receiver = accepted(image.length);
	receiver.take(image.subarray(0, 600));
	update.close();
	update.close();
	assert.equal(port.calls.at(-1), "cancel");
	receiver.take(image.subarray(600));
	assert.equal((await receiver.end()).status, 503);
	receiver.abort();
	assert.deepEqual(ended, []);
	assert.equal(clock.pendingTimers, 0);
	assert.equal(device.restarts, 0);
});

test("it does not restart after it was closed", async () => {
	const { update, device, clock, send } = setUp();
	await send(firmwareImage());
	update.close();
	clock.advance(10_000);
	assert.equal(device.restarts, 0);
});
