// The touch panel on the workbench: what reaches a browser, and what of a browser reaches the panel.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { WebSocketConnection } from "../../../../modules/platform/http";
import {
	encodeFrame,
	MOST_VIEWERS,
	type PanelSource,
	PanelView,
	type Rectangle,
	type TouchPhase,
} from "../../../../sim/workbench/panel-view";
import { MOST_FINGERS } from "../../../../sim/workbench/touch-input";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";

class FakeScreen implements PanelSource {
	readonly width: number;
	readonly height: number;
	readonly frame: Uint16Array;
	readonly touches: [TouchPhase, number, number, number][] = [];
	#listeners: ((rectangles: readonly Rectangle[]) => void)[] = [];

	constructor(width = 40, height = 20) {
		this.width = width;
		this.height = height;
		this.frame = new Uint16Array(width * height);
	}

	onFrame(listener: (rectangles: readonly Rectangle[]) => void): () => void {
		this.#listeners.push(listener);
		return () => {
			this.#listeners = this.#listeners.filter((other) => other !== listener);
		};
	}

	touch(phase: TouchPhase, id: number, x: number, y: number): void {
		this.touches.push([phase, id, x, y]);
	}

	fill(x: number, y: number, width: number, height: number, color: number): void {
		for (let row = y; row < y + height; row++)
			this.frame.fill(color, row * this.width + x, row * this.width + x + width);
		for (const listener of this.#listeners) listener([{ x, y, width, height }]);
	}

	get isWatched(): boolean {
		return this.#listeners.length > 0;
	}
}

class FakeSocket implements WebSocketConnection {
	queuedBytes = 0;
	readonly texts: Record<string, unknown>[] = [];
	readonly frames: Uint8Array[] = [];
	closed: number | undefined;

	send(text: string): void {
		this.texts.push(JSON.parse(text));
	}

	sendBinary(bytes: Uint8Array): void {
		this.frames.push(bytes);
	}

	close(code = 1000): void {
		this.closed ??= code;
	}
}

/** The rectangles of a message, painted as the page paints them. */
function paint(picture: Uint16Array, width: number, message: Uint8Array): Rectangle[] {
	const words = new Uint16Array(message.buffer, message.byteOffset, message.byteLength / 2);
	const rectangles: Rectangle[] = [];
	for (let at = 0; at < words.length; ) {
		const [x = 0, y = 0, across = 0, down = 0] = words.subarray(at, at + 4);
		at += 4;
		rectangles.push({ x, y, width: across, height: down });
		for (let row = 0; row < down; row++, at += across)
			picture.set(words.subarray(at, at + across), (y + row) * width + x);
	}
	return rectangles;
}

function open(screen: FakeScreen | undefined = new FakeScreen()) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const view = new PanelView({ clock, log });
	view.show(screen);
	const join = () => {
		const socket = new FakeSocket();
		return { socket, events: view.add(socket) };
	};
	return { clock, log, view, screen, join };
}

test("a browser is told the size and the light, and gets the whole picture first", () => {
	const { clock, view, screen, join } = open();
	screen.fill(0, 0, 40, 20, 0xf800);
	view.setBrightness(30);
	const { socket } = join();
	assert.deepEqual(socket.texts, [{ size: { width: 40, height: 20 } }, { brightness: 30 }]);
	clock.advance(0);
	const picture = new Uint16Array(40 * 20);
	assert.deepEqual(paint(picture, 40, socket.frames[0] ?? assert.fail("no picture")), [
		{ x: 0, y: 0, width: 40, height: 20 },
	]);
	assert.deepEqual(picture, screen.frame);
});

test("only what changed is sent afterwards, thirty times a second at most", () => {
	const { clock, screen, join } = open();
	const { socket, events } = join();
	clock.advance(100);
	events.onText("drawn");
	for (let step = 0; step < 100; step++) {
		screen.fill(step % 30, 5, 2, 2, step);
		clock.advance(10);
		while (socket.frames.length > 0 && step % 3 === 0) {
			events.onText("drawn");
			break;
		}
	}
	assert.ok(socket.frames.length > 15 && socket.frames.length <= 32, String(socket.frames.length));
	assert.ok((socket.frames.at(-1)?.length ?? 0) < 500);
});

test("a slow browser gets the newest picture when it has drawn, and no queue of old ones", () => {
	const { clock, screen, join } = open();
	const { socket, events } = join();
	clock.advance(1_000);
	for (let color = 1; color <= 200; color++) {
		screen.fill(3, 4, 5, 6, color);
		clock.advance(50);
	}
	assert.equal(socket.frames.length, 2);
	events.onText("drawn");
	clock.advance(50);
	assert.equal(socket.frames.length, 3);
	const picture = new Uint16Array(40 * 20);
	const [rectangle] = paint(picture, 40, socket.frames[2] ?? assert.fail());
	assert.deepEqual(rectangle, { x: 3, y: 4, width: 5, height: 6 });
	assert.equal(picture[4 * 40 + 3], 200);
	// Answers that were not asked for open no door.
	for (let time = 0; time < 50; time++) events.onText("drawn");
	for (let color = 0; color < 20; color++) {
		screen.fill(0, 0, 1, 1, color);
		clock.advance(50);
	}
	assert.equal(socket.frames.length, 5);
});

test("a browser that is gone costs nothing, and its fingers are lifted", () => {
	const { clock, view, screen, join } = open();
	const { socket, events } = join();
	clock.advance(50);
	events.onText(JSON.stringify({ touch: "began", id: 3, x: 7, y: 8 }));
	events.onText(JSON.stringify({ touch: "moved", id: 3, x: 9, y: 8 }));
	events.onClosed();
	events.onClosed();
	assert.deepEqual(screen.touches, [
		["began", 0, 7, 8],
		["moved", 0, 9, 8],
		["cancelled", 0, 9, 8],
	]);
	screen.fill(0, 0, 1, 1, 1);
	events.onText(JSON.stringify({ touch: "began", id: 3, x: 7, y: 8 }));
	clock.advance(1_000);
	assert.equal(socket.frames.length, 1);
	assert.equal(screen.touches.length, 3);
	assert.equal(clock.pendingTimers, 0);
	assert.equal(view.isFull, false);
});

test("fingers of several browsers are told apart, and there are no more than the panel knows", () => {
	const { screen, join } = open();
	const first = join().events;
	const second = join().events;
	const began = (id: number) => JSON.stringify({ touch: "began", id, x: 1, y: 1 });
	first.onText(began(0));
	second.onText(began(0));
	for (let id = 1; id < 20; id++) second.onText(began(id));
	assert.deepEqual(
		screen.touches.map(([, finger]) => finger),
		Array.from({ length: MOST_FINGERS }, (_, finger) => finger),
	);
	first.onText(JSON.stringify({ touch: "ended", id: 0, x: 2, y: 2 }));
	assert.deepEqual(screen.touches.at(-1), ["ended", 0, 2, 2]);
	second.onText(began(25));
	assert.deepEqual(screen.touches.at(-1), ["began", 0, 1, 1]);
});

test("so many browsers may look, and no more", () => {
	const { view, join } = open();
	const joined = Array.from({ length: MOST_VIEWERS }, join);
	assert.equal(view.isFull, true);
	joined[0]?.events.onClosed();
	assert.equal(view.isFull, false);
});

test("when the firmware starts anew, browsers keep their connection and get the new screen", () => {
	const { clock, view, screen, join } = open();
	const { socket, events } = join();
	clock.advance(50);
	events.onText(JSON.stringify({ touch: "began", id: 0, x: 1, y: 2 }));
	view.show(undefined);
	assert.deepEqual(screen.touches.at(-1), ["cancelled", 0, 1, 2]);
	assert.equal(screen.isWatched, false);
	events.onText(JSON.stringify({ touch: "began", id: 0, x: 1, y: 2 }));
	events.onText("drawn");
	const next = new FakeScreen(80, 48);
	view.show(next);
	clock.advance(50);
	assert.deepEqual(socket.texts.at(-1), { size: { width: 80, height: 48 } });
	assert.equal(socket.frames.at(-1)?.length, 8 + 80 * 48 * 2);
	events.onText(JSON.stringify({ touch: "began", id: 0, x: 79, y: 47 }));
	assert.deepEqual(next.touches, [["began", 0, 79, 47]]);
	assert.equal(screen.touches.length, 2);
	view.close();
	view.close();
	assert.equal(socket.closed, 1001);
	assert.equal(next.isWatched, false);
});

test("a panel that fails at a touch is said in the log, and the browser stays", () => {
	const { log, screen, join } = open();
	screen.touch = () => {
		throw new Error("no such button");
	};
	const { socket, events } = join();
	events.onText(JSON.stringify({ touch: "began", id: 0, x: 1, y: 2 }));
	assert.match(JSON.stringify(log.lines), /touch at 1, 2 failed.*no such button/);
	assert.equal(socket.closed, undefined);
});

test("who sends thousands of messages a second is sent away, and lifting a finger always counts", () => {
	const { clock, screen, join } = open();
	const { socket, events } = join();
	events.onText(JSON.stringify({ touch: "began", id: 0, x: 1, y: 1 }));
	for (let move = 0; move < 1_000; move++)
		events.onText(JSON.stringify({ touch: "moved", id: 0, x: move % 40, y: 2 }));
	events.onText(JSON.stringify({ touch: "ended", id: 0, x: 5, y: 5 }));
	assert.ok(screen.touches.length <= 302, String(screen.touches.length));
	assert.deepEqual(screen.touches.at(-1), ["ended", 0, 5, 5]);
	assert.equal(socket.closed, undefined);
	clock.advance(1_000);
	events.onText(JSON.stringify({ touch: "began", id: 0, x: 1, y: 1 }));
	assert.deepEqual(screen.touches.at(-1), ["began", 0, 1, 1]);
	for (let time = 0; time < 3_000; time++) events.onText("x");
	assert.equal(socket.closed, 1008);
	assert.deepEqual(screen.touches.at(-1), ["cancelled", 0, 1, 1]);
});

test("hostile messages never throw, and nothing but possible touches reaches the panel", () => {
	const number = fc.oneof(fc.integer({ min: -3, max: 45 }), fc.double(), fc.integer());
	const almost = fc
		.record(
			{
				touch: fc.oneof(fc.constantFrom("began", "moved", "ended", "cancelled"), fc.string(), fc.anything()),
				id: fc.oneof(fc.integer({ min: -1, max: 33 }), fc.anything()),
				x: number,
				y: number,
			},
			{ requiredKeys: [] },
		)
		.map((message) => {
			try {
				return JSON.stringify(message) ?? "";
			} catch {
				return "";
			}
		});
	const good = fc
		.record({
			touch: fc.constantFrom("began", "moved", "ended", "cancelled"),
			id: fc.integer({ min: 0, max: 8 }),
			x: fc.integer({ min: -2, max: 42 }),
			y: fc.integer({ min: -2, max: 22 }),
		})
		.map((message) => JSON.stringify(message));
	const message = fc.oneof(good, almost, fc.string(), fc.json(), fc.constant("drawn"), fc.constant("null"));
	fc.assert(
		fc.property(fc.array(message, { maxLength: 200 }), (messages) => {
			const { screen, join } = open();
			const { socket, events } = join();
			for (const text of messages) events.onText(text);
			events.onClosed();
			assert.equal(socket.closed, undefined);
			const down = new Set<number>();
			for (const [phase, finger, x, y] of screen.touches) {
				assert.ok(Number.isInteger(x) && x >= 0 && x < 40 && Number.isInteger(y) && y >= 0 && y < 20);
				assert.ok(Number.isInteger(finger) && finger >= 0 && finger < MOST_FINGERS);
				assert.equal(down.has(finger), phase !== "began", `${phase} of finger ${finger}`);
				if (phase === "began") down.add(finger);
				if (phase === "ended" || phase === "cancelled") down.delete(finger);
			}
			assert.equal(down.size, 0, "a finger is left down");
		}),
		{ numRuns: 300 },
	);
});

test("whatever changes in whatever order, a browser that draws all of it has the panel's picture", () => {
	const place = fc.record({
		x: fc.integer({ min: 0, max: 39 }),
		y: fc.integer({ min: 0, max: 19 }),
		width: fc.integer({ min: 1, max: 40 }),
		height: fc.integer({ min: 1, max: 20 }),
		color: fc.integer({ min: 0, max: 0xffff }),
		waitMs: fc.integer({ min: 0, max: 60 }),
		isDrawn: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(place, { maxLength: 60 }), (changes) => {
			const { clock, screen, join } = open();
			const { socket, events } = join();
			const picture = new Uint16Array(40 * 20);
			let drawn = 0;
			const draw = (): void => {
				const message = socket.frames[drawn];
				if (!message) return;
				drawn++;
				paint(picture, 40, message);
				events.onText("drawn");
			};
			for (const { x, y, width, height, color, waitMs, isDrawn } of changes) {
				screen.fill(x, y, Math.min(width, 40 - x), Math.min(height, 20 - y), color);
				clock.advance(waitMs);
				if (isDrawn) draw();
			}
			for (let turn = 0; turn < 100; turn++) {
				clock.advance(40);
				draw();
			}
			assert.deepEqual(picture, screen.frame);
			assert.equal(clock.pendingTimers, 0);
		}),
		{ numRuns: 200 },
	);
});

test("a rectangle is its place and its pixels, low bytes first", () => {
	const screen = new FakeScreen(4, 3);
	screen.fill(1, 1, 2, 1, 0x1234);
	assert.deepEqual(
		[...encodeFrame(screen, [{ x: 1, y: 1, width: 2, height: 2 }])],
		[1, 0, 1, 0, 2, 0, 2, 0, 0x34, 0x12, 0x34, 0x12, 0, 0, 0, 0],
	);
});

test("a browser that says it has drawn what it does not even read is let go, before it fills the memory", () => {
	const clock = new ManualClock();
	const view = new PanelView({ clock, log: new MemoryLog() });
	const screen = new FakeScreen();
	view.show(screen);
	const socket = new FakeSocket();
	const viewer = view.add(socket);
	clock.advance(40);
	assert.equal(socket.frames.length, 1);
	socket.queuedBytes = 5 * 1024 * 1024;
	viewer.onText("drawn");
	screen.fill(0, 0, 4, 4, 1);
	clock.advance(40);
	assert.deepEqual([socket.frames.length, socket.closed], [1, 1008]);
	clock.advance(1_000);
	assert.equal(socket.frames.length, 1);
});
