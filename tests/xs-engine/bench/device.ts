// The bench's side on XS: the firmware, or the naive way, with eight open pages, fed by commands of `bench.ts`.

import { startFirmware } from "../../../modules/firmware";
import type { HttpServerOptions, WebSocketConnection } from "../../../modules/platform/http";
import type { MqttOptions } from "../../../modules/platform/mqtt";
import type { Platform } from "../../../modules/platform/platform";
import { MAX_CLIENTS } from "../../../modules/web/live-feed";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { FakeMqtt } from "../../fakes/fake-mqtt";
import { ManualClock } from "../../fakes/manual-clock";
import { textCodec } from "../../fakes/text-codec";
import { xs } from "../shims/xsnap";
import { NaiveFirmware } from "./naive";

/** One of the two ways, seen by the bench. */
export interface Subject {
	/** A piece of a message from the printer. */
	take(bytes: Uint8Array, remainingBytes: number): void;
	/** A second goes by; the pages are pushed to. */
	tick(): void;
	/** Bytes sent to the pages so far. */
	readonly sentBytes: number;
}

/** What each command answers. */
export interface Measured {
	computrons: number;
	sentBytes: number;
}

/** An open page that counts what it gets and keeps none of it. */
class CountingSocket implements WebSocketConnection {
	readonly queuedBytes = 0;
	sentBytes = 0;

	send(text: string): void {
		this.sentBytes += text.length;
	}

	close(): void {}
}

class Culm implements Subject {
	readonly #clock = new ManualClock();
	readonly #link: MqttOptions;
	readonly #sockets: readonly CountingSocket[];

	constructor(serial: string) {
		let web: HttpServerOptions | undefined;
		const mqtt = new FakeMqtt();
		const platform = {
			clock: this.#clock,
			random: () => 0.5,
			log: { info() {}, warn() {}, error() {} },
			text: textCodec,
			storage: createMemoryStorage(),
			mqtt,
			httpServer: {
				async listen(options: HttpServerOptions) {
					web = options;
					return { port: options.port, close: async () => {} };
				},
			},
			wifi: { macAddress: "000000000000" },
			resources: { read: () => undefined },
			printerAuthorities: [],
			webPort: 80,
			firmwareVersion: "0.0.0",
		} as unknown as Platform;
		const firmware = startFirmware(platform);
		firmware.settings.set({
			"printer0.host": "192.0.2.7",
			"printer0.serial": serial,
			"printer0.accessCode": "12345678",
		});
		mqtt.last.accept();
		mqtt.last.grant();
		this.#link = mqtt.last.options;
		const page = {
			method: "GET",
			path: "/ws",
			query: "",
			headers: { host: "192.0.2.1" },
			body: new Uint8Array(),
		};
		this.#sockets = Array.from({ length: MAX_CLIENTS }, () => {
			const accept = web?.onUpgrade(page);
			if (typeof accept !== "function") throw new Error("a page was refused");
			const socket = new CountingSocket();
			accept(socket);
			return socket;
		});
		this.#clock.advance(1_000);
	}

	take(bytes: Uint8Array, remainingBytes: number): void {
		this.#link.onMessage("t", bytes, remainingBytes);
	}

	tick(): void {
		this.#clock.advance(1_000);
	}

	get sentBytes(): number {
		return this.#sockets.reduce((sum, socket) => sum + socket.sentBytes, 0);
	}
}

let subject: Subject | undefined;

/** Messages, each after its length in a uint32. */
function unpack(bytes: Uint8Array): Uint8Array[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	const messages: Uint8Array[] = [];
	for (let at = 0; at < bytes.length; at += 4 + view.getUint32(at))
		messages.push(bytes.subarray(at + 4, at + 4 + view.getUint32(at)));
	return messages;
}

/** What is to be metered of that command. */
function prepared(command: string, bytes: Uint8Array): () => void {
	switch (command) {
		case "C":
			return () => {
				subject = new Culm(textCodec.decode(bytes));
			};
		case "N":
			return () => {
				subject = new NaiveFirmware();
			};
		case "m": {
			const piece = bytes.subarray(4);
			const remainingBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
			return () => subject?.take(piece, remainingBytes);
		}
		case "r": {
			const messages = unpack(bytes);
			return () => {
				for (const message of messages) subject?.take(message, 0);
			};
		}
		default:
			return () => subject?.tick();
	}
}

/** A letter, and its bytes: "C" or "N" starts with a serial number, "m" takes a piece (after a uint32 of what remains), "r" whole messages, "t" ticks. */
xs.handleCommand = (message) => {
	const command = String.fromCharCode(new Uint8Array(message)[0] ?? 0);
	const bytes = new Uint8Array(message, 1);
	const run = prepared(command, bytes);
	xs.resetMeter(0, 0);
	run();
	const computrons = xs.resetMeter(0, 0);
	const measured: Measured = { computrons, sentBytes: subject?.sentBytes ?? 0 };
	return { result: textCodec.encode(JSON.stringify(measured)).buffer as ArrayBuffer };
};
