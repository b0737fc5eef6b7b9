// A printer offers its camera where it is of a kind that can be shown, and takes it along when it moves or goes.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CameraViewer } from "../../../../../modules/printers/camera";
import { ACCESS_CODE, benchPrinter } from "../bench-printer";
import { framed, jpeg } from "./pictures";

function viewer(): CameraViewer & { gone: number; pictures: number } {
	return {
		gone: 0,
		pictures: 0,
		isReady: () => true,
		onPicture() {
			this.pictures++;
		},
		onStatus() {},
		onGone() {
			this.gone++;
		},
	};
}

test("printers of the P1 and A1 series have a camera, those with another kind have none to show", () => {
	for (const [prefix, camera] of [
		["01S", "jpeg"],
		["01P", "jpeg"],
		["030", "jpeg"],
		["039", "jpeg"],
		["00M", "rtsps"],
		["22E", "rtsps"],
		["094", "rtsps"],
	]) {
		const { printer } = benchPrinter({ serial: `${prefix}00A000000001` });
		assert.equal(printer.state.capabilities.camera, camera, prefix);
		assert.equal(printer.camera !== undefined, camera === "jpeg", prefix);
	}
});

test("it is the same camera whoever asks for it, and connects to nothing by itself", () => {
	const { printer, tls, clock } = benchPrinter();
	printer.start();
	assert.equal(printer.camera, printer.camera);
	clock.advance(60_000);
	assert.equal(tls.streams.length, 0);
});

test("the printer's address, access code, name and confirmed certificate are the camera's", () => {
	const { printer, tls, clock } = benchPrinter({ pinnedSha256: "ab".repeat(32) });
	const who = viewer();
	printer.camera?.watch(who);
	clock.advance(0);
	const { host, port, trust } = tls.last.options;
	assert.deepEqual([host, port, trust.commonName], ["192.0.2.7", 6000, "01P00A000000001"]);
	assert.equal(trust.pinnedSha256, "ab".repeat(32));
	tls.last.accept();
	assert.ok(String.fromCharCode(...tls.last.written).includes(ACCESS_CODE));
	tls.last.deliver(framed(jpeg(20)));
	assert.equal(who.pictures, 1);
	printer.retarget({ host: "192.0.2.8", port: 8883, accessCode: "n3wc0de1", pinnedSha256: "" });
	tls.last.fail("closed_by_peer");
	clock.advance(1_000);
	assert.deepEqual([tls.last.options.host, tls.last.options.trust.pinnedSha256], ["192.0.2.8", undefined]);
	tls.last.accept();
	assert.ok(String.fromCharCode(...tls.last.written).includes("n3wc0de1"));
});

test("a printer that pauses its link goes on to show its camera; one that is closed does not", async () => {
	const { printer, tls, clock } = benchPrinter();
	const who = viewer();
	printer.camera?.watch(who);
	clock.advance(0);
	tls.last.accept();
	await printer.pause();
	assert.deepEqual([who.gone, tls.last.isClosed], [0, false]);
	await printer.close();
	assert.deepEqual([who.gone, tls.last.isClosed], [1, true]);
});
