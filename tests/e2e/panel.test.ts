// The touch panel on the workbench, over real sockets: pictures to a browser, its touches to the firmware.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { WebSocket } from "ws";
import type { DeviceState } from "../../modules/device-state";
import { parseCommandLine } from "../../sim/command-line";
import type { DrawPanel } from "../../sim/simulated-screen";
import { type Simulator, startSimulator } from "../../sim/simulator";
import type { Rectangle } from "../../sim/workbench/panel-view";
import { MemoryLog } from "../fakes/memory-log";
import { freePorts } from "./free-ports";
import { PanelViewer } from "./panel-viewer";

const storage = mkdtempSync(join(tmpdir(), "culm-panel-e2e-"));
const running = new Set<Simulator>();
after(async () => {
	for (const simulator of running) await simulator.close();
	rmSync(storage, { recursive: true, force: true });
});

/** A panel of one button: touched on its left half it switches the heater off, on its right half on. */
const drawButton: DrawPanel = ({ device, width, height }) => {
	const frame = new Uint16Array(width * height);
	let listeners: ((rectangles: readonly Rectangle[]) => void)[] = [];
	const draw = (): void => {
		frame.fill(device.state().breath?.on ? 0x07e0 : 0xf800);
		for (const listener of listeners) listener([{ x: 0, y: 0, width, height }]);
	};
	const stop = device.onChange(draw);
	draw();
	return {
		width,
		height,
		frame,
		onFrame(listener) {
			listeners.push(listener);
			return () => {
				listeners = listeners.filter((other) => other !== listener);
			};
		},
		touch(phase, _id, x) {
			if (phase === "began") device.heater?.change({ mode: "always_on", target: 40, on: x >= width / 2 });
		},
		close: stop,
	};
};

async function start(...args: string[]) {
	const port = await freePorts(2);
	const parsed = parseCommandLine(["--storage", storage, "--port", String(port), ...args]);
	if (parsed.kind !== "run") return assert.fail(JSON.stringify(parsed));
	const simulator = await startSimulator(parsed.options, new MemoryLog(), { drawPanel: drawButton });
	running.add(simulator);
	const close = async (): Promise<void> => {
		running.delete(simulator);
		await simulator.close();
	};
	return { simulator, port, close };
}

const RED = 0xf800;
const GREEN = 0x07e0;

test("a touch in the browser reaches the firmware, and what comes of it is seen in the browser", async () => {
	const { port, close } = await start();
	const browser = await PanelViewer.open({ port, origin: `http://127.0.0.1:${port + 1}` });
	await browser.until("the picture", () => browser.color === RED);
	assert.deepEqual(browser.texts[0], { size: { width: 800, height: 480 } });
	browser.touch("began", 700);
	browser.touch("ended", 700);
	await browser.until("on", () => browser.color === GREEN);
	const state = (await (await fetch(`http://127.0.0.1:${port}/api/state`)).json()) as DeviceState;
	assert.deepEqual([state.breath?.on, state.breath?.mode, state.breath?.target], [true, "always_on", 40]);
	browser.touch("began", 10);
	await browser.until("off", () => browser.color === RED);
	const world = await (await fetch(`http://127.0.0.1:${port + 1}/api/world`)).json();
	assert.equal((world as { hasPanel: boolean }).hasPanel, true);
	browser.close();
	await close();
});

test("after a restart of the firmware the same browser shows the new panel", async () => {
	const { port, close, simulator } = await start("--panel", "small");
	const browser = await PanelViewer.open({ port });
	await browser.until("the picture", () => browser.color !== undefined);
	const before = simulator.firmware;
	await fetch(`http://127.0.0.1:${port}/api/restart`, { method: "POST", body: "{}" });
	await browser.until("the next screen", () => browser.texts.filter(({ size }) => size).length === 2);
	assert.notEqual(simulator.firmware, before);
	assert.deepEqual(browser.texts[0], { size: { width: 320, height: 240 } });
	await simulator.firmware.served;
	browser.touch("began", 300);
	await browser.until("on", () => browser.color === GREEN);
	browser.close();
	await close();
});

test("a page of another site neither sees the panel nor touches it", async () => {
	const { port, close } = await start();
	await assert.rejects(PanelViewer.open({ port, origin: "http://evil.example" }), /403/);
	const other = new WebSocket(`ws://127.0.0.1:${port + 1}/elsewhere`);
	const refused = await new Promise<Error>((resolve) => other.once("error", resolve));
	assert.match(refused.message, /404/);
	await close();
});

test("with a real printer the workbench has the panel and the chamber, and no virtual printer", async () => {
	const place = ["--printer", "127.0.0.1:1", "--serial", "01P00A000000001", "--access-code", "12345678"];
	const { port, close, simulator } = await start(...place);
	assert.deepEqual(
		simulator.places.map(({ what }) => what),
		["Device page", "Workbench", "Printer", "Storage"],
	);
	const world = (await (await fetch(`http://127.0.0.1:${port + 1}/api/world`)).json()) as object;
	assert.deepEqual(Object.keys(world).sort(), ["devicePort", "hasPanel", "hasTagReader", "heater"]);
	const refused = await fetch(`http://127.0.0.1:${port + 1}/api/world`, {
		method: "POST",
		body: JSON.stringify({ action: "start" }),
	});
	assert.equal(refused.status, 409);
	await close();
});

test("without a panel there is none on the workbench", async () => {
	const { port, close } = await start("--panel", "none");
	const world = (await (await fetch(`http://127.0.0.1:${port + 1}/api/world`)).json()) as object;
	assert.equal((world as { hasPanel: boolean }).hasPanel, false);
	await assert.rejects(PanelViewer.open({ port }), /404/);
	await close();
});
