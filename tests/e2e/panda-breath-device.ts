// A chamber heater whose `/ws` is served on a real port: the firmware's parts from the socket to the simulated element.

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { Breath } from "../../modules/breath/breath";
import { PandaBreathServer } from "../../modules/breath/protocol/panda-breath-server";
import { EventLog } from "../../modules/event-log/event-log";
import { PrinterBook } from "../../modules/printers/printer-book";
import { Settings } from "../../modules/settings/settings";
import { WebServer } from "../../modules/web/web-server";
import { WifiSetup } from "../../modules/wifi/wifi-setup";
import { openSimulatedHeater } from "../../sim/heater/simulated-heater";
import { createClock } from "../../sim/host/clock";
import { createHttpClient } from "../../sim/host/http-client";
import { createHttpServer } from "../../sim/host/http-server";
import { createMemoryStorage } from "../../sim/host/memory-storage";
import { createSha256 } from "../../sim/host/sha256";
import { createTextCodec } from "../../sim/host/text-codec";
import { createWifi } from "../../sim/host/wifi";
import { encodeFrame, Frames, Opcode } from "../contract/node/peers/websocket-frames";
import { MemoryLog } from "../fakes/memory-log";

export const PATIENCE_MS = 10_000;

export type BreathDevice = Awaited<ReturnType<typeof startDevice>>;

export async function startDevice(t: TestContext) {
	const clock = createClock();
	const log = new MemoryLog();
	const text = createTextCodec();
	const storage = createMemoryStorage();
	const settings = new Settings({ storage, clock, log });
	const events = new EventLog({ clock });
	const world = openSimulatedHeater({ clock, random: () => 0.5 });
	const board = world.openBoard();
	const printer = () => undefined;
	const breath = new Breath({ board, settings, storage, clock, log, events, printer });
	const radio = createWifi({
		clock,
		networks: [{ ssid: "Workshop", password: "filament", rssiDbm: -50 }],
		address: "127.0.0.1",
	});
	const udp = { open: () => Promise.reject(new Error("no UDP here")) };
	const wifi = new WifiSetup({ wifi: radio, udp, settings, clock, log, deviceKind: "breath" });
	const discovery = { scan: async () => [] };
	const calls: string[] = [];
	const parts = {
		clock,
		log,
		settings,
		wifi,
		discovery,
		breath,
		hostname: () => "PandaBreath",
		restart: () => calls.push("restart"),
		factoryReset: async () => void calls.push("factoryReset"),
	};
	const pandaBreath = new PandaBreathServer({
		...parts,
		printers: { states: [], onChange: () => () => {} },
		httpClient: createHttpClient(),
	});
	const web = new WebServer({
		...parts,
		http: createHttpServer({ address: "127.0.0.1" }),
		text,
		sha256: createSha256,
		random: Math.random,
		resources: { read: () => undefined },
		tokensCss: "",
		port: 0,
		events,
		update: { status: { phase: "idle" }, receive: () => ({ status: 404 }), served() {} },
		book: new PrinterBook({ settings, mostPrinters: 10, identify: async () => "" }),
		printers: { find: () => undefined, attend: async () => false },
		cameras: { watch: () => "not_found" },
		jobs: { list: () => [], clear: async () => {} },
		pandaBreath,
		state: () => ({
			device: { name: "Culm", firmware: "0.1.0", hostname: "PandaBreath", uptimeSeconds: 0 },
			printers: [],
			wifi: wifi.status,
			update: { phase: "idle" },
		}),
	});
	const port = await web.start();
	t.after(async () => {
		pandaBreath.close();
		await web.close();
		breath.close();
		await wifi.close();
		world.close();
		await settings.close();
	});
	const open = async (): Promise<RawClient> => {
		const socket = connect(port, "127.0.0.1");
		t.after(() => socket.destroy());
		const client = new RawClient(socket);
		await once(socket, "connect");
		return client;
	};
	return {
		port,
		log,
		events,
		settings,
		breath,
		pandaBreath,
		calls,
		/** What the element does, not what was asked for. */
		isHeating: () => world.snapshot().outputs.heater,
		open,
		/** A connection whose handshake is through; nothing of what follows was read. */
		async upgrade(): Promise<RawClient> {
			const client = await open();
			client.write(handshake());
			await client.until("the answer to the handshake", () => client.head !== "");
			return client;
		},
		/** Always on at 60 °C, until the element really has power. */
		async heat(): Promise<void> {
			breath.change({ mode: "always_on", target: 60, on: true }, "page");
			await until("the heater is on", () => world.snapshot().outputs.heater);
		},
	};
}

export function handshake(headers = ""): string {
	return (
		"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		`Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n${headers}\r\n`
	);
}

/** As a client sends it. */
export function textFrame(frame: unknown): Buffer {
	const text = typeof frame === "string" ? frame : JSON.stringify(frame);
	return encodeFrame({ opcode: Opcode.text, final: true, payload: Buffer.from(text) });
}

export type Roots = Record<string, Record<string, unknown>>;

/** A socket that says just what the test wants, and keeps all that comes. */
export class RawClient {
	readonly socket: Socket;
	readonly #frames = new Frames();
	#head: string | undefined;
	#waiting = Buffer.alloc(0);
	/** When the head was complete, and when the first byte after it came. */
	readonly times: { head?: number; first?: number } = {};
	readonly texts: string[] = [];
	closeCode: number | undefined;
	ended = false;

	constructor(socket: Socket) {
		this.socket = socket;
		socket.on("error", () => {});
		socket.on("data", (bytes: Buffer) => this.#take(bytes));
		socket.on("close", () => {
			this.ended = true;
		});
	}

	/** Of the answer; "" until it is complete. */
	get head(): string {
		return this.#head ?? "";
	}

	get body(): string {
		return this.#waiting.toString();
	}

	get frames(): Roots[] {
		return this.texts.map((text) => JSON.parse(text) as Roots);
	}

	write(bytes: string | Buffer): void {
		this.socket.write(bytes);
	}

	send(frame: unknown): void {
		this.write(textFrame(frame));
	}

	/** One settings field after the other, as most clients do. */
	sendSettings(...frames: Record<string, unknown>[]): void {
		for (const settings of frames) this.send({ settings });
	}

	/** The first frame from `from` on that fits. */
	async frame(what: string, fits: (frame: Roots) => boolean, from = 0): Promise<Roots> {
		await this.until(what, () => this.frames.slice(from).some(fits));
		return this.frames.slice(from).find(fits) ?? {};
	}

	async until(what: string, isTrue: () => boolean): Promise<void> {
		await until(what, isTrue, () => `; it ended: ${this.ended}, it got ${this.head} ${this.texts.join(" ")}`);
	}

	#take(bytes: Buffer): void {
		if (this.#head !== undefined && this.times.first === undefined) this.times.first = performance.now();
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		if (this.#head === undefined) {
			const end = this.#waiting.indexOf("\r\n\r\n");
			if (end < 0) return;
			this.times.head = performance.now();
			this.#head = this.#waiting.subarray(0, end).toString();
			this.#waiting = this.#waiting.subarray(end + 4);
			if (this.#waiting.length > 0) this.times.first = performance.now();
		}
		if (!this.head.startsWith("HTTP/1.1 101")) return;
		for (const { opcode, payload } of this.#frames.add(this.#waiting)) {
			if (opcode === Opcode.text) this.texts.push(Buffer.from(payload).toString());
			else if (opcode === Opcode.close) this.closeCode = Buffer.from(payload).readUInt16BE();
		}
		this.#waiting = Buffer.alloc(0);
	}
}

/** Looks again and again, without a pause that anything depends on. */
export async function until(what: string, isTrue: () => boolean, details = () => ""): Promise<void> {
	const deadline = performance.now() + PATIENCE_MS;
	while (!isTrue()) {
		if (performance.now() > deadline) throw new Error(`it never came about that ${what}${details()}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
