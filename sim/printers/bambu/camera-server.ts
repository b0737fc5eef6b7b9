// The virtual printer's camera: TLS, 80 bytes of introduction, and then a picture of the print every second.

import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from "node:tls";
import type { Clock, Timer } from "../../../modules/platform/clock";
import { PortError } from "../../../modules/platform/port-error";
import { dropIntervalMs, type ListenOptions } from "./broker";
import { drawScene } from "./camera-scene";
import type { PrinterCertificates } from "./certificates";
import { listenError } from "./listen-error";
import { encodeMosaic } from "./mosaic-jpeg";
import type { PrinterSwitch } from "./switches";
import { restartingSwitches, tlsIdentity } from "./tls-identity";
import type { VirtualBambuPrinter } from "./virtual-printer";

export interface CameraServerOptions {
	readonly printer: VirtualBambuPrinter;
	readonly certificates: PrinterCertificates;
	/** Of the viewers: however fast the printer lives, they see one picture a second. */
	readonly clock: Clock;
}

export const frameIntervalMs = 1000;

const REQUEST_BYTES = 80;
const HEADER_BYTES = 16;
const FIELD_BYTES = 32;
const TIMEOUT_MS = 10_000;

export class CameraServer {
	readonly #printer: VirtualBambuPrinter;
	readonly #certificates: PrinterCertificates;
	readonly #clock: Clock;
	readonly #startedAtMs: number;
	readonly #server: Server;
	readonly #tlsServer: TlsServer;
	/** All that are open at the moment. */
	readonly #connections = new Set<Socket>();
	/** Those that have introduced themselves well. */
	readonly #viewers = new Set<TLSSocket>();
	readonly #endings: (() => void)[] = [];
	#frames: Timer | undefined;
	#drops: Timer | undefined;
	#isClosed = false;

	constructor({ printer, certificates, clock }: CameraServerOptions) {
		this.#printer = printer;
		this.#certificates = certificates;
		this.#clock = clock;
		this.#startedAtMs = clock.now();
		this.#server = createServer((socket) => this.#onConnection(socket));
		this.#tlsServer = createTlsServer({ ...this.#identity(), handshakeTimeout: TIMEOUT_MS });
		this.#tlsServer.on("secureConnection", (socket) => this.#onSecure(socket));
		// A client that does not trust us, or hangs up early: its own log says why.
		this.#tlsServer.on("tlsClientError", (_, socket) => socket.destroy());
	}

	/** Who watches at the moment. */
	get viewers(): number {
		return this.#viewers.size;
	}

	/** Resolves with the port. Rejects with `address_in_use`, or `refused` where that port is not allowed. */
	async listen({ port, address = "127.0.0.1" }: ListenOptions): Promise<{ port: number }> {
		if (this.#isClosed) throw new PortError("invalid", "this camera has been closed already");
		try {
			this.#server.listen(port, address);
			await once(this.#server, "listening");
		} catch (cause) {
			throw listenError(cause, `${address}:${port}`);
		}
		const { switches } = this.#printer;
		this.#endings.push(switches.onChange((name, on) => this.#onSwitch(name, on)));
		this.#tlsServer.setSecureContext(this.#identity());
		if (switches.values.dropping) this.#startDropping();
		return { port: (this.#server.address() as AddressInfo).port };
	}

	/** Ends all connections and stops to listen. May be called any number of times. */
	async close(): Promise<void> {
		this.#isClosed = true;
		for (const end of this.#endings.splice(0)) end();
		this.#drops?.cancel();
		this.#hangUp();
		if (!this.#server.listening) return;
		this.#server.close();
		await once(this.#server, "close");
	}

	#onConnection(socket: Socket): void {
		socket.on("error", () => socket.destroy());
		if (this.#isClosed) {
			socket.destroy();
			return;
		}
		this.#connections.add(socket);
		socket.once("close", () => this.#connections.delete(socket));
		if (this.#printer.switches.values.slotsFull) {
			// The client's first flight is read before, so that it meets the end of the stream, and no reset.
			socket.once("data", () => socket.end());
			socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
			return;
		}
		this.#tlsServer.emit("connection", socket);
	}

	#onSecure(socket: TLSSocket): void {
		socket.on("error", () => socket.destroy());
		socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
		let request = Buffer.alloc(0);
		const onData = (bytes: Buffer): void => {
			request = Buffer.concat([request, bytes]);
			if (request.length < REQUEST_BYTES) return;
			socket.off("data", onData);
			// What else it says is of no interest.
			socket.resume();
			if (this.#isWelcome(request)) this.#add(socket);
			else socket.end();
		};
		socket.on("data", onData);
	}

	#isWelcome(request: Buffer): boolean {
		const expected = Buffer.alloc(REQUEST_BYTES);
		expected.writeUInt32LE(2 * FIELD_BYTES, 0);
		expected.writeUInt32LE(0x3000, 4);
		expected.write("bblp", HEADER_BYTES);
		expected.write(this.#printer.accessCode, HEADER_BYTES + FIELD_BYTES, FIELD_BYTES);
		return timingSafeEqual(request.subarray(0, REQUEST_BYTES), expected);
	}

	#add(socket: TLSSocket): void {
		socket.setTimeout(0);
		socket.once("close", () => {
			this.#viewers.delete(socket);
			if (this.#viewers.size > 0) return;
			this.#frames?.cancel();
			this.#frames = undefined;
		});
		this.#viewers.add(socket);
		this.#frames ??= this.#clock.every(frameIntervalMs, () => this.#sendFrame());
		this.#sendFrame();
	}

	#sendFrame(): void {
		if (this.#printer.switches.values.silent) return;
		const frame = this.#frame();
		// Whoever has not yet taken the last one gets the next.
		for (const socket of this.#viewers) if (socket.writableLength === 0) socket.write(frame);
	}

	#frame(): Buffer {
		const { job, lights, units } = this.#printer.snapshot();
		const slot = units.flatMap(({ slots }) => slots).find(({ loaded }) => loaded);
		const picture = encodeMosaic(
			drawScene({
				percent: job.percent,
				isPrinting: job.state === "RUNNING",
				isLit: lights.chamber_light !== "off",
				color: slot?.color ?? "",
				elapsedMs: this.#clock.now() - this.#startedAtMs,
			}),
		);
		const header = Buffer.alloc(HEADER_BYTES);
		header.writeUInt32LE(picture.length, 0);
		header.writeUInt32LE(1, 8);
		return Buffer.concat([header, picture]);
	}

	#onSwitch(name: PrinterSwitch, on: boolean): void {
		if (name === "dropping") {
			this.#drops?.cancel();
			if (on) this.#startDropping();
		}
		if (!restartingSwitches.has(name)) return;
		this.#tlsServer.setSecureContext(this.#identity());
		this.#hangUp();
	}

	#startDropping(): void {
		this.#drops = this.#printer.clock.every(dropIntervalMs, () => this.#hangUp());
	}

	#hangUp(): void {
		for (const socket of [...this.#connections]) socket.destroy();
	}

	#identity() {
		return tlsIdentity(this.#certificates, this.#printer.switches.values);
	}
}
