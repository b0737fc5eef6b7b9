// The bench's side on XS: the firmware, or the naive way, with eight open pages, fed by commands of `bench.ts`.

import { startFirmware } from "../../../modules/firmware";
import type { HttpServerOptions, WebSocketConnection } from "../../../modules/platform/http";
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
	readonly #mqtt = new FakeMqtt();
	readonly #sockets: readonly CountingSocket[];

	constructor(serial: string) {
		let web: HttpServerOptions | undefined;
		const platform = {
			clock: this.#clock,
			random: () => 0.5,
			log: { info() {}, warn() {}, error() {} },
			text: textCodec,
			storage: createMemoryStorage(),
			mqtt: this.#mqtt,
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
		this.#mqtt.last.accept();
		this.#mqtt.last.grant();
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
		this.#mqtt.last.options.onMessage("t", bytes, remainingBytes);
	}

	tick(): void {
		this.#clock.advance(1_000);
	}

	get sentBytes(): number {
		return this.#sockets.reduce((sum, socket) => sum + socket.sentBytes, 0);
	}
}

let subject: Subject | undefined;

function run(command: string, bytes: Uint8Array): void {
	switch (command) {
		case "C":
			subject = new Culm(textCodec.decode(bytes));
			break;
		case "N":
			subject = new NaiveFirmware();
			break;
		case "m":
			subject?.take(bytes.subarray(4), new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
			break;
		case "t":
			subject?.tick();
			break;
	}
}

/** A letter, and its bytes: "C" or "N" starts with a serial number, "m" takes a piece (after a uint32 of what remains), "t" ticks. */
xs.handleCommand = (message) => {
	const command = String.fromCharCode(new Uint8Array(message)[0] ?? 0);
	const bytes = new Uint8Array(message, 1);
	xs.resetMeter(0, 0);
	run(command, bytes);
	const computrons = xs.resetMeter(0, 0);
	const measured: Measured = { computrons, sentBytes: subject?.sentBytes ?? 0 };
	return { result: textCodec.encode(JSON.stringify(measured)).buffer as ArrayBuffer };
};
