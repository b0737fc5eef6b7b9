// What the workbench's page does with the panel's WebSocket, without a browser: it keeps the picture, and touches it.

import assert from "node:assert/strict";
import { WebSocket } from "ws";

const LIMIT_MS = 20_000;
const RECTANGLE_HEAD_BYTES = 8;

export interface Told {
	size?: { width: number; height: number };
	brightness?: number;
}

export interface PanelViewerOptions {
	/** Of the device's page; the workbench is on the next one. */
	port: number;
	origin?: string;
}

export class PanelViewer {
	readonly #socket: WebSocket;
	readonly texts: Told[] = [];
	/** RGB565, row by row; empty until the size was told. */
	picture = new Uint16Array();
	/** Binary messages so far. */
	pictures = 0;
	/** False for a browser that is too slow: nothing more is sent to it until `drawn`. */
	isPrompt = true;
	#width = 0;
	#wake = (): void => {};

	/** Rejects when the workbench refuses. */
	static async open({ port, origin }: PanelViewerOptions): Promise<PanelViewer> {
		const viewer = new PanelViewer(
			new WebSocket(`ws://127.0.0.1:${port + 1}/panel`, { ...(origin && { origin }) }),
		);
		await new Promise<void>((resolve, reject) => {
			viewer.#socket.once("open", resolve);
			viewer.#socket.once("error", reject);
		});
		return viewer;
	}

	constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.on("message", (data: Buffer, isBinary) => {
			if (isBinary) this.draw(data);
			else this.take(JSON.parse(data.toString()));
			this.#wake();
		});
		socket.on("close", () => this.#wake());
	}

	/** Of the first pixel; `undefined` until there is a picture. */
	get color(): number | undefined {
		return this.pictures === 0 ? undefined : this.picture[0];
	}

	/** Resolves as soon as it is so, looked at after each message and a few times a second. */
	async until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
		const giveUpAt = Date.now() + LIMIT_MS;
		while (!(await check())) {
			assert.ok(Date.now() < giveUpAt, `never ${what}`);
			assert.notEqual(this.#socket.readyState, WebSocket.CLOSED, `closed before ${what}`);
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, 100);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	}

	touch(touch: "began" | "moved" | "ended" | "cancelled", x: number, y = 10): void {
		this.#socket.send(JSON.stringify({ touch, id: 0, x: Math.round(x), y: Math.round(y) }));
	}

	tap({ x, y }: { x: number; y: number }): void {
		this.touch("began", x, y);
		this.touch("ended", x, y);
	}

	/** Says so for one picture. */
	drawn(): void {
		this.#socket.send("drawn");
	}

	close(): void {
		this.#socket.terminate();
	}

	private take(told: Told): void {
		this.texts.push(told);
		if (!told.size) return;
		this.#width = told.size.width;
		this.picture = new Uint16Array(told.size.width * told.size.height);
	}

	private draw(message: Buffer): void {
		for (let at = 0; at < message.length; ) {
			const [x = 0, y = 0, width = 0, height = 0] = [0, 2, 4, 6].map((by) => message.readUInt16LE(at + by));
			at += RECTANGLE_HEAD_BYTES;
			for (let row = y; row < y + height; row++)
				for (let column = x; column < x + width; column++, at += 2)
					this.picture[row * this.#width + column] = message.readUInt16LE(at);
		}
		this.pictures++;
		if (this.isPrompt) this.drawn();
	}
}
