// The device's touch panel: its picture in a canvas, and touches by mouse, pen and fingers back.
//
// What goes over the WebSocket is said in `panel-view.ts`.

import { element } from "./parts.js";

const AGAIN_MS = 1_000;
/** Rows of a message's head: x, y, width, height. */
const HEAD_WORDS = 4;
/** A small panel is shown so many times as large. */
const SMALL_SCALE = 2;
const LARGE_WIDTH = 640;
/** What of the picture stays to be seen when the light is off. */
const DARKEST = 0.15;
/** Half the light is not half the number of a colour. */
const GAMMA = 2.2;

/** @returns {(hasPanel: boolean) => void} shows it, and connects the first time */
export function createPanel() {
	const card = element("screen-card");
	const canvas = /** @type {HTMLCanvasElement} */ (element("screen"));
	const screen = new Screen(canvas, element("screen-note"));
	let isConnected = false;
	return (hasPanel) => {
		card.hidden = !hasPanel;
		if (!hasPanel || isConnected) return;
		isConnected = true;
		screen.connect();
	};
}

class Screen {
	/** @param {HTMLCanvasElement} canvas @param {HTMLElement} note */
	constructor(canvas, note) {
		this.canvas = canvas;
		this.note = note;
		/** @type {WebSocket | undefined} */
		this.socket = undefined;
		/** The browser's pointers that are down, with the id and the place that the panel knows. @type {Map<number, { id: number, x: number, y: number, isMoved: boolean }>} */
		this.pointers = new Map();
		this.isMoving = false;
		const context = canvas.getContext("2d", { alpha: false });
		if (!context) throw new Error("this browser draws no canvas");
		this.context = context;
		new ResizeObserver(() => this.sharpen()).observe(canvas);
		canvas.addEventListener("pointerdown", (event) => this.began(event));
		canvas.addEventListener("pointermove", (event) => this.moved(event));
		canvas.addEventListener("pointerup", (event) => this.lifted(event, "ended"));
		canvas.addEventListener("pointercancel", (event) => this.lifted(event, "cancelled"));
		canvas.addEventListener("lostpointercapture", (event) => this.lifted(event, "cancelled"));
		// A long press is for the panel.
		canvas.addEventListener("contextmenu", (event) => event.preventDefault());
	}

	connect() {
		const scheme = location.protocol === "https:" ? "wss:" : "ws:";
		const socket = new WebSocket(`${scheme}//${location.host}/panel`);
		socket.binaryType = "arraybuffer";
		socket.addEventListener("message", ({ data }) => {
			if (typeof data === "string") this.told(JSON.parse(data));
			else this.draw(data);
		});
		socket.addEventListener("close", ({ reason }) => {
			this.socket = undefined;
			this.pointers.clear();
			this.canvas.classList.add("off");
			this.note.textContent =
				reason === "" ? "The panel is not connected." : `The panel is not connected: ${reason}.`;
			setTimeout(() => this.connect(), AGAIN_MS);
		});
		this.socket = socket;
	}

	/** Where each of the panel's pixels is a whole number of the screen's, they keep their edges; else they are blended. */
	sharpen() {
		const scale = (this.canvas.getBoundingClientRect().width * devicePixelRatio) / this.canvas.width;
		const isWhole = scale >= 1 && Math.abs(scale - Math.round(scale)) < 0.01;
		this.canvas.style.imageRendering = isWhole ? "pixelated" : "auto";
	}

	/** @param {{ size?: { width: number, height: number }, brightness?: number }} message */
	told({ size, brightness }) {
		if (size) {
			const { width, height } = size;
			this.canvas.width = width;
			this.canvas.height = height;
			this.canvas.style.width = `${width < LARGE_WIDTH ? width * SMALL_SCALE : width}px`;
			this.canvas.classList.remove("off");
			this.note.textContent = `${width} × ${height} pixels. Touch it with the mouse or with fingers.`;
			this.pointers.clear();
		}
		if (brightness !== undefined)
			this.canvas.style.filter =
				brightness >= 100 ? "" : `brightness(${Math.max(DARKEST, (brightness / 100) ** (1 / GAMMA))})`;
	}

	/** @param {ArrayBuffer} message */
	draw(message) {
		const words = littleEndian(message);
		for (let at = 0; at + HEAD_WORDS <= words.length; ) {
			const [x = 0, y = 0, width = 0, height = 0] = words.subarray(at, at + HEAD_WORDS);
			at += HEAD_WORDS;
			const image = this.context.createImageData(width, height);
			const pixels = new Uint32Array(image.data.buffer);
			for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = colorOf(words[at + pixel] ?? 0);
			at += width * height;
			this.context.putImageData(image, x, y);
		}
		// Not before it is to be seen, so that a browser in the background is sent nothing.
		requestAnimationFrame(() => this.socket?.readyState === WebSocket.OPEN && this.socket.send("drawn"));
	}

	/** @param {PointerEvent} event */
	began(event) {
		if (event.button !== 0 || this.pointers.has(event.pointerId)) return;
		event.preventDefault();
		this.canvas.setPointerCapture(event.pointerId);
		const ids = [...this.pointers.values()].map(({ id }) => id);
		let id = 0;
		while (ids.includes(id)) id++;
		const pointer = { id, ...this.placeOf(event), isMoved: false };
		this.pointers.set(event.pointerId, pointer);
		this.send("began", pointer);
	}

	/** Once for each picture: a mouse tells of more places than anybody can use. @param {PointerEvent} event */
	moved(event) {
		const pointer = this.pointers.get(event.pointerId);
		if (!pointer) return;
		const { x, y } = this.placeOf(event);
		if (x === pointer.x && y === pointer.y) return;
		Object.assign(pointer, { x, y, isMoved: true });
		if (this.isMoving) return;
		this.isMoving = true;
		requestAnimationFrame(() => {
			this.isMoving = false;
			for (const moved of this.pointers.values()) this.sendMove(moved);
		});
	}

	/** @param {PointerEvent} event @param {"ended" | "cancelled"} phase */
	lifted(event, phase) {
		const pointer = this.pointers.get(event.pointerId);
		if (!pointer) return;
		this.pointers.delete(event.pointerId);
		this.sendMove(pointer);
		this.send(phase, phase === "ended" ? { ...pointer, ...this.placeOf(event) } : pointer);
	}

	/** @param {{ id: number, x: number, y: number, isMoved: boolean }} pointer */
	sendMove(pointer) {
		if (!pointer.isMoved) return;
		pointer.isMoved = false;
		this.send("moved", pointer);
	}

	/** @param {string} touch @param {{ id: number, x: number, y: number }} place */
	send(touch, { id, x, y }) {
		if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ touch, id, x, y }));
	}

	/** In pixels of the panel; outside of it the nearest one, as on glass. @param {PointerEvent} event */
	placeOf({ clientX, clientY }) {
		const { width, height } = this.canvas;
		const box = this.canvas.getBoundingClientRect();
		const within = (/** @type {number} */ place, /** @type {number} */ size) =>
			Math.max(0, Math.min(size - 1, Math.floor(place * size)));
		return {
			x: within((clientX - box.left) / box.width, width),
			y: within((clientY - box.top) / box.height, height),
		};
	}
}

/** RGB565 to what a canvas on a little-endian computer holds. @param {number} word */
function colorOf(word) {
	const red = word >> 11;
	const green = (word >> 5) & 63;
	const blue = word & 31;
	// The high bits once more at the end: so white becomes white.
	return (
		0xff000000 |
		(((blue << 3) | (blue >> 2)) << 16) |
		(((green << 2) | (green >> 4)) << 8) |
		((red << 3) | (red >> 2))
	);
}

/** @param {ArrayBuffer} message */
function littleEndian(message) {
	const view = new DataView(message);
	if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)
		return new Uint16Array(message, 0, message.byteLength >> 1);
	return Uint16Array.from({ length: message.byteLength >> 1 }, (_, index) => view.getUint16(2 * index, true));
}
