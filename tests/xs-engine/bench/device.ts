// The bench's side on XS: the firmware, or the naive way, with pages and clients, fed by commands of `bench.ts`.

import { parts as allParts } from "../../../modules/boards/controller_parts/parts";
import { MAX_CLIENTS } from "../../../modules/breath/protocol/clients";
import { startFirmware } from "../../../modules/firmware";
import type { HeaterBoard, HeaterBoardReading } from "../../../modules/platform/heater-board";
import type { HttpServerOptions, WebSocketConnection, WebSocketEvents } from "../../../modules/platform/http";
import type { MqttOptions } from "../../../modules/platform/mqtt";
import type { Platform } from "../../../modules/platform/platform";
import { PRINTER_SLOTS } from "../../../modules/settings/schema";
import { MAX_CLIENTS as MAX_PAGES } from "../../../modules/web/live-feed";
import { createMemoryStorage } from "../../../sim/host/memory-storage";
import { FakeMqtt } from "../../fakes/fake-mqtt";
import { ManualClock } from "../../fakes/manual-clock";
import { textCodec } from "../../fakes/text-codec";
import { xs } from "../shims/xsnap";
import { NaiveFirmware } from "./naive";

/** One of the ways, seen by the bench. */
export interface Subject {
	/** Messages are from that printer from now on; it lets the device in, if that is still to be done. */
	select(index: number): void;
	/** A piece of a message from the printer. */
	take(bytes: Uint8Array, remainingBytes: number): void;
	/** Time goes by; what is due is pushed. */
	pass(elapsedMs: number): void;
	/** A client of the Panda Breath protocol asks for everything. */
	ask(): void;
	/** One more of them comes, gets its snapshot, turns heat on and off, and is gone. */
	visit(): void;
	/** Bytes sent to pages and clients so far. */
	readonly sentBytes: number;
}

/** What each command answers. */
export interface Measured {
	computrons: number;
	sentBytes: number;
}

/** Of a board that the bench starts. */
export interface DeviceParts {
	/** Of the printer; "" is none. */
	serial: string;
	/** How many of them; the others have numbers of their own. */
	printers: number;
	/** See `Platform.liveLinks`. */
	liveLinks: number;
	/** With a chamber heater, which is told to heat. */
	heater: boolean;
	/** With as many open pages as are served. */
	pages: boolean;
	/** With as many clients of the Panda Breath protocol as are served. */
	clients: boolean;
}

/** An open connection that counts what it gets and keeps none of it. */
class CountingSocket implements WebSocketConnection {
	readonly queuedBytes = 0;
	sentBytes = 0;

	send(text: string): void {
		this.sentBytes += text.length;
	}

	sendBinary(bytes: Uint8Array): void {
		this.sentBytes += bytes.length;
	}

	close(): void {}
}

const reading: HeaterBoardReading = {
	chamber: {
		temperature: { status: "ok", celsius: 38.4 },
		sample: { raw: 2_000, millivolts: 1_600, referenceOhms: 82_000 },
	},
	element: {
		temperature: { status: "ok", celsius: 71.2 },
		sample: { raw: 1_200, millivolts: 980, referenceOhms: 82_000 },
	},
	mains: { ageMs: 5, halfWaveMicros: 10_000 },
	outputs: { heater: true, fan: true },
};

/** A heater that is warm for ever. */
function openHeaterBoard(): HeaterBoard {
	return {
		setHeater() {},
		setFan() {},
		read: () => reading,
		setLed() {},
		onButton: () => () => {},
		close() {},
	};
}

class Culm implements Subject {
	readonly #clock = new ManualClock();
	readonly #mqtt = new FakeMqtt();
	#link: MqttOptions | undefined;
	readonly #sockets: CountingSocket[] = [];
	readonly #upgrade: () => HttpServerOptions["onUpgrade"];
	#client: WebSocketEvents | undefined;

	constructor({ serial, printers, liveLinks, heater, pages, clients }: DeviceParts) {
		let web: HttpServerOptions | undefined;
		const storage = createMemoryStorage();
		// A device in a network: it opens none of its own.
		void storage.write([{ namespace: "wifi_info", key: "ssid", value: "Workshop" }]);
		const platform = {
			clock: this.#clock,
			random: () => 0.5,
			log: { info() {}, warn() {}, error() {} },
			text: textCodec,
			storage,
			mqtt: this.#mqtt,
			httpServer: {
				async listen(options: HttpServerOptions) {
					web = options;
					return { port: options.port, close: async () => {} };
				},
			},
			wifi: {
				macAddress: "000000000000",
				state: { status: "connected", ssid: "Workshop", address: "192.0.2.1", rssiDbm: -48 },
				join() {},
				leave() {},
				onChange: () => () => {},
			},
			mdns: { advertise: () => ({ close: async () => {} }) },
			resources: { read: () => undefined },
			printerAuthorities: [],
			board: heater ? "panda_breath" : "m5stack_cores3",
			spoolDetails: !heater,
			liveLinks,
			mostPrinters: PRINTER_SLOTS,
			cameraFrameBytes: 0,
			udp: { open: () => Promise.reject(new Error("no UDP here")) },
			webPort: 80,
			firmwareVersion: "0.0.0",
			...(heater && { openHeaterBoard }),
		} as unknown as Platform;
		const firmware = startFirmware(platform, allParts);
		for (let slot = 0; serial !== "" && slot < printers; slot++) {
			firmware.settings.patch({
				[`printer${slot}.host`]: `192.0.2.${7 + slot}`,
				[`printer${slot}.serial`]: slot === 0 ? serial : `${serial.slice(0, -2)}${10 + slot}`,
				[`printer${slot}.accessCode`]: "12345678",
			});
		}
		if (printers > 0) this.select(0);
		this.#upgrade = () => web?.onUpgrade ?? (() => ({ status: 503, headers: {}, body: "" }));
		for (let page = 0; pages && page < MAX_PAGES; page++) this.#stay("/api/live");
		for (let client = 0; clients && client < MAX_CLIENTS; client++) this.#client = this.#stay("/ws");
		this.#clock.advance(1_000);
		if (heater) this.#client?.onText('{"settings":{"work_mode":2,"set_temp":45,"work_on":1}}');
		this.#clock.advance(1_000);
	}

	select(index: number): void {
		const host = `192.0.2.${7 + index}`;
		const connection = this.#mqtt.connections.findLast(({ options }) => options.host === host);
		if (connection?.subscriptions.length === 0) {
			connection.accept();
			connection.grant();
		}
		this.#link = connection?.options;
	}

	take(bytes: Uint8Array, remainingBytes: number): void {
		this.#link?.onMessage("t", bytes, remainingBytes);
	}

	pass(elapsedMs: number): void {
		this.#clock.advance(elapsedMs);
	}

	ask(): void {
		this.#client?.onText('{"get_settings":1}');
	}

	visit(): void {
		const client = this.#join("/ws", new CountingSocket());
		this.#clock.advance(1_000);
		client.onText('{"settings":{"work_on":1}}');
		client.onText('{"settings":{"work_on":0}}');
		client.onClosed();
		this.#clock.advance(1_000);
	}

	get sentBytes(): number {
		return this.#sockets.reduce((sum, socket) => sum + socket.sentBytes, 0);
	}

	#join(path: string, socket: WebSocketConnection): WebSocketEvents {
		const request = {
			method: "GET",
			path,
			query: "",
			headers: { host: "192.0.2.1" },
			body: new Uint8Array(),
		};
		const accept = this.#upgrade()(request);
		if (typeof accept !== "function") throw new Error("a connection was refused");
		return accept(socket);
	}

	#stay(path: string): WebSocketEvents {
		const socket = new CountingSocket();
		this.#sockets.push(socket);
		return this.#join(path, socket);
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
		case "C": {
			const parts = JSON.parse(textCodec.decode(bytes)) as DeviceParts;
			return () => {
				subject = new Culm(parts);
			};
		}
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
		case "s": {
			const index = bytes[0] ?? 0;
			return () => subject?.select(index);
		}
		case "p": {
			const elapsedMs = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
			return () => subject?.pass(elapsedMs);
		}
		case "v": {
			const visits = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
			return () => {
				for (let visit = 0; visit < visits; visit++) subject?.visit();
			};
		}
		default:
			return () => subject?.ask();
	}
}

/**
 * A letter, and its bytes: "C" starts a device of these parts (JSON), "N" the naive way, "m" takes a piece (after a
 * uint32 of what remains), "r" whole messages, "s" takes those that follow from that printer (one byte), "p" lets so
 * many milliseconds pass (uint32), "v" has as many visits (uint32), "a" asks for everything.
 */
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
