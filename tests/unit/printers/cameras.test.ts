// Who may watch a camera: one viewer on the device, and nobody where there is nothing to see.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CameraViewer } from "../../../modules/printers/camera";
import { Cameras } from "../../../modules/printers/cameras";
import type { PrinterCapabilities } from "../../../modules/printers/capabilities";
import type { PrinterState } from "../../../modules/printers/printer-state";

function bench({ roomBytes = 1_000 } = {}) {
	const watching = new Map<string, CameraViewer>();
	const printer = (id: string, camera: PrinterCapabilities["camera"]) => ({
		state: { capabilities: { camera } } as PrinterState,
		camera: {
			watch(viewer: CameraViewer) {
				watching.set(id, viewer);
				return () => void watching.delete(id);
			},
		},
	});
	const printers = new Map([
		["a", printer("a", "jpeg")],
		["b", printer("b", "jpeg")],
		["x1", printer("x1", "rtsps")],
		["blind", printer("blind", "none")],
	]);
	const cameras = new Cameras({ printers: { find: (id) => printers.get(id) }, roomBytes });
	return { cameras, watching };
}

function viewer() {
	const seen: string[] = [];
	return {
		seen,
		isReady: () => false,
		onPicture: () => void seen.push("picture"),
		onStatus: () => void seen.push("status"),
		onGone: () => void seen.push("gone"),
	};
}

test("the printer's camera is watched, and calls what the viewer has", () => {
	const { cameras, watching } = bench();
	const first = viewer();
	const leave = cameras.watch("a", first);
	assert.ok(typeof leave === "function");
	const inner = watching.get("a") ?? assert.fail();
	assert.equal(inner.isReady(), false);
	inner.onStatus({ state: "live" });
	inner.onPicture(new Uint8Array());
	assert.deepEqual(first.seen, ["status", "picture"]);
	leave();
	assert.equal(watching.size, 0);
});

test("while one viewer watches any camera, everybody else is refused", () => {
	const { cameras, watching } = bench();
	const leave = cameras.watch("a", viewer());
	assert.equal(cameras.watch("a", viewer()), "taken");
	assert.equal(cameras.watch("b", viewer()), "taken");
	assert.equal(cameras.refusal("b"), "taken");
	assert.ok(typeof leave === "function");
	leave();
	assert.equal(cameras.refusal("b"), undefined);
	const second = cameras.watch("b", viewer());
	assert.ok(typeof second === "function");
	leave();
	assert.equal(cameras.refusal("a"), "taken", "to leave a second time frees nobody else's place");
	assert.deepEqual([...watching.keys()], ["b"]);
});

test("the place is free again when the printer is gone, and the viewer is told", () => {
	const { cameras, watching } = bench();
	const first = viewer();
	cameras.watch("a", first);
	watching.get("a")?.onGone();
	assert.deepEqual(first.seen, ["gone"]);
	assert.equal(cameras.refusal("b"), undefined);
});

test("printers without a camera that can be shown are refused with what they have", () => {
	const { cameras } = bench();
	assert.equal(cameras.watch("x1", viewer()), "rtsps");
	assert.equal(cameras.watch("blind", viewer()), "none");
	assert.equal(cameras.watch("nobody", viewer()), "not_found");
});

test("a device without memory for pictures shows none", () => {
	const { cameras } = bench({ roomBytes: 0 });
	assert.equal(cameras.watch("a", viewer()), "no_room");
	assert.equal(cameras.watch("x1", viewer()), "rtsps", "what is wrong with the printer comes first");
});
