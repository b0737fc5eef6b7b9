// The virtual printer's file server: FTP within TLS from the first byte on, with the file of the job.

import { constants, randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import {
	createServer as createTlsServer,
	type TLSSocket,
	type TlsOptions,
	type Server as TlsServer,
} from "node:tls";
import type { Clock, Timer } from "../../../modules/platform/clock";
import { PortError } from "../../../modules/platform/port-error";
import { dropIntervalMs, type ListenOptions } from "./broker";
import type { PrinterCertificates } from "./certificates";
import { FtpSession } from "./ftp-session";
import type { JobFile } from "./job-archive";
import { listenError } from "./listen-error";
import type { JobPlan } from "./print-job";
import type { PrinterSwitch } from "./switches";
import { restartingSwitches, tlsIdentity } from "./tls-identity";
import type { VirtualBambuPrinter } from "./virtual-printer";

export interface FileServerOptions {
	readonly printer: VirtualBambuPrinter;
	readonly certificates: PrinterCertificates;
	/** Of the clients: however fast the printer lives, they have their usual time. */
	readonly clock: Clock;
	/** "" or "cache": the folder in which the job's file is. */
	readonly folder?: "" | "cache";
}

/** Sessions that are known again. */
const MOST_KNOWN = 100;

/** Where printers have it. */
export const FILES_PORT = 990;

const TIMEOUT_MS = 10_000;

export class PrinterFileServer {
	readonly #printer: VirtualBambuPrinter;
	readonly #certificates: PrinterCertificates;
	readonly #clock: Clock;
	readonly #folder: string;
	readonly #server: Server;
	readonly #tlsServer: TlsServer;
	/** A session that is resumed on the data connection was begun on the other one. */
	readonly #ticketKeys = randomBytes(48);
	/** By its id, of clients that take no tickets. */
	readonly #known = new Map<string, Buffer>();
	readonly #connections = new Set<Socket>();
	readonly #sessions = new Set<FtpSession>();
	readonly #endings: (() => void)[] = [];
	#address = "";
	#made: { readonly plan: JobPlan; readonly contents: Uint8Array } | undefined;
	#drops: Timer | undefined;
	#isClosed = false;

	constructor({ printer, certificates, clock, folder = "" }: FileServerOptions) {
		this.#printer = printer;
		this.#certificates = certificates;
		this.#clock = clock;
		this.#folder = folder;
		this.#server = createServer((socket) => this.#onConnection(socket));
		this.#tlsServer = createTlsServer({ ...this.#identity(), handshakeTimeout: TIMEOUT_MS });
		this.#tlsServer.on("secureConnection", (socket) => this.#onSecure(socket));
		this.#tlsServer.on("newSession", (id, session, done) => {
			const [oldest] = this.#known.keys();
			if (this.#known.size >= MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
			if (this.#printer.switches.values.filesResume) this.#known.set(id.toString("hex"), session);
			done();
		});
		this.#tlsServer.on("resumeSession", (id, resume) =>
			resume(null, this.#known.get(id.toString("hex")) ?? null),
		);
		// A client that does not trust us, or hangs up early: its own log says why.
		this.#tlsServer.on("tlsClientError", (_, socket) => socket.destroy());
	}

	/** Clients that are connected. */
	get clients(): number {
		return this.#sessions.size;
	}

	/** Resolves with the port. Rejects with `address_in_use`, or `refused` where that port is not allowed. */
	async listen({ port, address = "127.0.0.1" }: ListenOptions): Promise<{ port: number }> {
		if (this.#isClosed) throw new PortError("invalid", "this file server has been closed already");
		this.#address = address;
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
		const { slotsFull, filesOff } = this.#printer.switches.values;
		if (this.#isClosed || filesOff) {
			socket.destroy();
			return;
		}
		this.#connections.add(socket);
		socket.once("close", () => this.#connections.delete(socket));
		if (slotsFull) {
			// The client's first flight is read before, so that it meets the end of the stream, and no reset.
			socket.once("data", () => socket.end());
			socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
			return;
		}
		this.#tlsServer.emit("connection", socket);
	}

	#onSecure(control: TLSSocket): void {
		control.on("error", () => control.destroy());
		if (this.#printer.switches.values.silent) return;
		const session = new FtpSession({
			control,
			clock: this.#clock,
			address: this.#address,
			folder: this.#folder,
			accessCode: this.#printer.accessCode,
			sessionReuse: () => this.#printer.switches.values.filesResume,
			file: () => this.#printer.jobFile,
			identity: () => this.#identity(),
			tlsServer: this.#tlsServer,
			contents: (file) => this.#contents(file),
		});
		this.#sessions.add(session);
		control.once("close", () => this.#sessions.delete(session));
	}

	#contents(file: JobFile): Uint8Array {
		if (this.#made?.plan !== file.plan) this.#made = { plan: file.plan, contents: file.read() };
		return this.#made.contents;
	}

	#onSwitch(name: PrinterSwitch, on: boolean): void {
		if (name === "dropping") {
			this.#drops?.cancel();
			if (on) this.#startDropping();
		}
		if (!restartingSwitches.has(name) && name !== "filesOff" && name !== "filesResume") return;
		this.#known.clear();
		this.#tlsServer.setSecureContext(this.#identity());
		this.#hangUp();
	}

	#startDropping(): void {
		this.#drops = this.#printer.clock.every(dropIntervalMs, () => this.#hangUp());
	}

	#hangUp(): void {
		for (const session of [...this.#sessions]) session.close();
		for (const socket of [...this.#connections]) socket.destroy();
	}

	#identity(): TlsOptions {
		const { values } = this.#printer.switches;
		const identity = tlsIdentity(this.#certificates, values);
		if (!values.filesResume) return identity;
		const secureOptions = identity.secureOptions & ~constants.SSL_OP_NO_TICKET;
		return { ...identity, secureOptions, ticketKeys: this.#ticketKeys, sessionIdContext: "files" };
	}
}
