// A camera is connected while somebody watches, says what is wrong, and tries again, ever more slowly.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { PortErrorCode } from "../../../../../modules/platform/port-error";
import { CameraStream, SILENCE_MS } from "../../../../../modules/printers/bambu/camera/camera-stream";
import type { CameraError, CameraStatus, CameraViewer } from "../../../../../modules/printers/camera";
import { FakeTls } from "../../../../fakes/fake-tls";
import { ManualClock } from "../../../../fakes/manual-clock";
import { MemoryLog } from "../../../../fakes/memory-log";
import { textCodec } from "../../../../fakes/text-codec";
import { framed, joined, jpeg } from "./pictures";

const SERIAL = "01P00A000000001";
const ACCESS_CODE = "k3yc0de9";

class BenchViewer implements CameraViewer {
	readonly pictures: Uint8Array[] = [];
	readonly statuses: CameraStatus[] = [];
	ready = true;
	gone = 0;
	onEach: () => void = () => {};

	isReady(): boolean {
		return this.ready;
	}

	onPicture(picture: Uint8Array): void {
		this.pictures.push(picture);
		this.onEach();
	}

	onStatus(status: CameraStatus): void {
		this.statuses.push(status);
	}

	onGone(): void {
		this.gone++;
	}

	get last(): CameraStatus | undefined {
		return this.statuses.at(-1);
	}
}

function bench({ pinnedSha256 = "", accessCode = ACCESS_CODE, roomBytes = 1_000 } = {}) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const tls = new FakeTls();
	const target = { host: "192.0.2.7", accessCode, pinnedSha256 };
	const camera = new CameraStream({
		clock,
		log,
		tls,
		random: () => 0.5,
		text: textCodec,
		authorities: [Uint8Array.of(1)],
		serial: SERIAL,
		target: () => target,
		roomBytes,
	});
	const viewer = new BenchViewer();
	const watch = (who = viewer): (() => void) => {
		const leave = camera.watch(who) ?? assert.fail("somebody else is watching");
		clock.advance(0);
		return leave;
	};
	return { camera, clock, log, tls, target, viewer, watch };
}

/** Lets everything that is promised come about. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test("it connects when somebody watches and not before, with the printer's name as its trust", () => {
	const { camera, clock, tls, viewer } = bench();
	assert.equal(tls.streams.length, 0);
	camera.watch(viewer);
	assert.deepEqual([tls.streams.length, viewer.statuses.length], [0, 0], "nothing before it has returned");
	clock.advance(0);
	assert.deepEqual(viewer.statuses, [{ state: "connecting" }]);
	const { host, port, trust } = tls.last.options;
	assert.deepEqual([host, port], ["192.0.2.7", 6000]);
	assert.deepEqual(trust, { authorities: [Uint8Array.of(1)], commonName: SERIAL });
});

test("a certificate that was confirmed is the only one that counts", () => {
	const { tls, watch } = bench({ pinnedSha256: "ab".repeat(32) });
	watch();
	assert.equal(tls.last.options.trust.pinnedSha256, "ab".repeat(32));
});

test("it introduces itself with 80 bytes once the printer has proved who it is", () => {
	const { tls, watch } = bench();
	watch();
	assert.deepEqual(tls.last.written, []);
	tls.last.accept();
	const expected = new Uint8Array(80);
	expected.set([0x40, 0, 0, 0, 0, 0x30, 0, 0]);
	expected.set(new TextEncoder().encode("bblp"), 16);
	expected.set(new TextEncoder().encode(ACCESS_CODE), 48);
	assert.deepEqual(tls.last.written, [...expected]);
});

test("an access code that is too long does not make the introduction longer", () => {
	const { tls, watch } = bench({ accessCode: "x".repeat(50) });
	watch();
	tls.last.accept();
	assert.equal(tls.last.written.length, 80);
});

test("pictures are handed over, in whatever pieces they come", () => {
	const { tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	tls.last.deliver(joined(framed(jpeg(100)), framed(jpeg(300))), 7);
	assert.deepEqual(viewer.pictures, [jpeg(100), jpeg(300)]);
	assert.deepEqual(viewer.statuses, [{ state: "connecting" }, { state: "live" }]);
});

test("a viewer that is not ready is spared a picture, and gets the next one", () => {
	const { tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	viewer.ready = false;
	tls.last.deliver(framed(jpeg(100)));
	viewer.ready = true;
	tls.last.deliver(framed(jpeg(200)));
	assert.deepEqual(viewer.pictures, [jpeg(200)]);
});

test("pictures that there is no room for are let pass, and that is said until one fits", () => {
	const { tls, viewer, watch } = bench({ roomBytes: 1_024 });
	watch();
	tls.last.accept();
	tls.last.deliver(joined(framed(jpeg(1_025)), framed(jpeg(1_100))));
	assert.deepEqual(viewer.pictures, []);
	assert.deepEqual([viewer.last?.state, viewer.last?.error], ["live", "too_large"]);
	assert.match(viewer.last?.help ?? "", /1 KB/);
	assert.equal(viewer.statuses.length, 2, "said once");
	tls.last.deliver(framed(jpeg(1_024)));
	assert.deepEqual([viewer.pictures.length, viewer.last], [1, { state: "live" }]);
});

test("one viewer at a time; the next one comes when the first has left", async () => {
	const { camera, tls, watch } = bench();
	const leave = watch();
	const second = new BenchViewer();
	assert.equal(camera.watch(second), undefined);
	leave();
	assert.equal(tls.last.isClosed, true);
	await settle();
	watch(second);
	assert.equal(tls.streams.length, 2);
	leave();
	assert.equal(tls.last.isClosed, false, "to leave a second time ends nobody else's");
	tls.last.accept();
	tls.last.deliver(framed(jpeg(10)));
	assert.equal(second.pictures.length, 1);
});

test("nobody connects before the connection before has ended", async () => {
	const { tls, watch } = bench();
	let end = (): void => {};
	tls.farewell = new Promise((resolve) => {
		end = resolve;
	});
	watch()();
	watch();
	await settle();
	assert.equal(tls.streams.length, 1);
	end();
	await settle();
	assert.equal(tls.streams.length, 2);
});

test("off when nobody looks: no connection, no timer, nothing more is told", () => {
	const { clock, tls, viewer, watch } = bench();
	const leave = watch();
	tls.last.accept();
	tls.last.deliver(framed(jpeg(10)));
	leave();
	const told = viewer.statuses.length;
	assert.deepEqual([tls.last.isClosed, clock.pendingTimers], [true, 0]);
	clock.advance(120_000);
	assert.deepEqual([tls.streams.length, viewer.statuses.length, viewer.gone], [1, told, 0]);
});

test("who leaves in the middle of several pictures gets no more of them", () => {
	const { tls, viewer, watch } = bench();
	const leave = watch();
	viewer.onEach = leave;
	tls.last.accept();
	tls.last.options.onData(joined(framed(jpeg(10)), framed(jpeg(20)), framed(jpeg(30))));
	assert.equal(viewer.pictures.length, 1);
});

test("the pauses between attempts grow from 1 to 30 s", () => {
	const { clock, tls, viewer, watch } = bench();
	watch();
	for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
		const attempts = tls.streams.length;
		tls.last.fail("unreachable");
		assert.equal(viewer.last?.state, "waiting");
		clock.advance(pauseMs - 1);
		assert.equal(tls.streams.length, attempts, `not before ${pauseMs} ms`);
		clock.advance(1);
		assert.equal(tls.streams.length, attempts + 1);
		assert.deepEqual([viewer.last?.state, viewer.last?.error], ["connecting", "unreachable"]);
	}
});

test("a camera that loses its connections soon is tried every 4 s, and after a minute after 1 s again", () => {
	const { clock, tls, watch } = bench();
	watch();
	const nextAfter = (): number => {
		const attempts = tls.streams.length;
		for (let ms = 0; ms <= 40_000; ms += 500) {
			if (tls.streams.length > attempts) return ms;
			clock.advance(500);
		}
		return assert.fail("it never tried again");
	};
	for (const pauseMs of [1_000, 2_000, 4_000, 4_000, 4_000]) {
		tls.last.accept();
		tls.last.deliver(framed(jpeg(10)));
		tls.last.fail("closed_by_peer");
		assert.equal(nextAfter(), pauseMs);
	}
	tls.last.accept();
	for (let seconds = 0; seconds < 60; seconds++) {
		clock.advance(1_000);
		tls.last.deliver(framed(jpeg(10)));
	}
	tls.last.fail("closed_by_peer");
	assert.equal(nextAfter(), 1_000);
});

const FAILURES: readonly [PortErrorCode, CameraError, words: RegExp][] = [
	["host_not_found", "unreachable", /address/],
	["unreachable", "unreachable", /address/],
	["timeout", "unreachable", /address/],
	["refused", "camera_off", /live view/],
	["handshake_closed", "hung_up", /access code/],
	["closed_by_peer", "hung_up", /access code/],
	["protocol", "not_understood", /no pictures/],
	["untrusted", "untrusted_certificate", /confirm/],
	["certificate_changed", "certificate_changed", /not the one/],
	["wrong_name", "wrong_serial", /serial/],
];

test("what is wrong is said in words, and stays said until a picture comes", () => {
	for (const [code, error, words] of FAILURES) {
		const { clock, log, tls, viewer, watch } = bench();
		watch();
		tls.last.fail(code, { certificate: { commonName: "OTHER", sha256: "0".repeat(64) } });
		assert.deepEqual([viewer.last?.state, viewer.last?.error], ["waiting", error], code);
		assert.match(viewer.last?.help ?? "", words);
		assert.doesNotMatch(log.texts().join(), new RegExp(ACCESS_CODE));
		clock.advance(40_000);
		assert.equal(viewer.last?.error, error);
		tls.last.accept();
		tls.last.deliver(framed(jpeg(10)));
		assert.deepEqual(viewer.last, { state: "live" });
	}
});

test("what only a person can mend is tried again every 30 s", () => {
	for (const code of ["untrusted", "certificate_changed", "wrong_name", "protocol"] as const) {
		const { clock, tls, watch } = bench();
		watch();
		tls.last.fail(code);
		clock.advance(29_999);
		assert.equal(tls.streams.length, 1, code);
		clock.advance(1);
		assert.equal(tls.streams.length, 2);
	}
});

test("a connection that is lost after pictures is no error, and is made anew", () => {
	const { clock, tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	tls.last.deliver(framed(jpeg(10)));
	tls.last.fail("closed_by_peer");
	assert.deepEqual(viewer.last, { state: "waiting" });
	clock.advance(1_000);
	assert.deepEqual([viewer.last, tls.streams.length], [{ state: "connecting" }, 2]);
});

test("a camera that accepts us and sends nothing is given up, said, and tried again", async () => {
	const { clock, tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	clock.advance(SILENCE_MS - 1);
	assert.equal(tls.last.isClosed, false);
	clock.advance(1);
	assert.deepEqual([tls.last.isClosed, viewer.last?.error], [true, "no_pictures"]);
	await settle();
	clock.advance(1_000);
	assert.equal(tls.streams.length, 2);
});

test("a camera that trickles, or falls silent after pictures, is given up too; one that sends is not", () => {
	const { clock, tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	viewer.ready = false;
	for (let seconds = 0; seconds < 100; seconds++) {
		clock.advance(1_000);
		tls.last.deliver(framed(jpeg(10)));
	}
	assert.equal(tls.last.isClosed, false, "pictures that nobody wants are pictures");
	const rest = framed(jpeg(900));
	for (let at = 0; at < 20; at++) {
		tls.last.deliver(rest.subarray(at, at + 1));
		clock.advance(1_000);
	}
	assert.deepEqual([tls.last.isClosed, viewer.last?.error], [true, "no_pictures"]);
});

test("what are no pictures ends the connection at once, and nothing of it is shown", () => {
	const { tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	tls.last.deliver(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
	assert.deepEqual([tls.last.isClosed, viewer.last?.error], [true, "not_understood"]);
	assert.deepEqual(viewer.pictures, []);
});

test("a printer with a new address or access code is met there at the next attempt", () => {
	const { clock, target, tls, viewer, watch } = bench();
	watch();
	tls.last.fail("unreachable");
	target.host = "192.0.2.8";
	target.accessCode = "n3wc0de1";
	clock.advance(1_000);
	assert.equal(tls.last.options.host, "192.0.2.8");
	tls.last.accept();
	assert.match(String.fromCharCode(...tls.last.written), /n3wc0de1/);
	tls.last.fail("unreachable");
	assert.match(viewer.last?.help ?? "", /192\.0\.2\.8/);
});

test("the end of the printer tells the viewer once, and ends the connection", async () => {
	const { camera, clock, tls, viewer, watch } = bench();
	watch();
	tls.last.accept();
	await camera.close();
	await camera.close();
	assert.deepEqual([viewer.gone, tls.last.isClosed, clock.pendingTimers], [1, true, 0]);
});
