// Finds Bambu Lab printers in the network: they announce themselves by SSDP, and some answer when asked.

import type { Clock, Timer } from "../../platform/clock";
import type { Log } from "../../platform/log";
import type { TextCodec } from "../../platform/text-codec";
import type { UdpPort, UdpSocket } from "../../platform/udp";
import {
	type DiscoveredPrinter,
	mergeAnnouncements,
	readAnnouncement,
	SSDP_GROUP,
	searchRequest,
} from "./ssdp";

export type { DiscoveredPrinter } from "./ssdp";

/** Printers use both, in turn or by model; not the port that SSDP has by its specification. */
const PORTS: readonly number[] = Object.freeze([2021, 1990]);
/** A search gets lost, and some printers are asleep. */
const SEARCH_INTERVAL_MS = 3_000;
/** More than any list shows; who announces more is no printer. */
export const MAX_PRINTERS = 32;
const MAX_DATAGRAM_BYTES = 2048;
/** For a search by a person: some printers tell of themselves every ten seconds, and do not answer when asked. */
export const SCAN_MS = 11_000;
/** After both ports could not be listened on, or were lost. */
const RETRY_MS = 60_000;

export interface BambuDiscoveryOptions {
	udp: UdpPort;
	text: TextCodec;
	clock: Clock;
	log: Log;
}

export class BambuDiscovery {
	private readonly options: BambuDiscoveryOptions;
	private readonly found = new Map<string, DiscoveredPrinter>();
	private readonly sockets = new Set<UdpSocket>();
	private listeners: readonly ((printer: DiscoveredPrinter) => void)[] = [];
	#scan: Promise<readonly DiscoveredPrinter[]> | undefined;
	private endScan: () => void = () => {};
	private timers: Timer[] = [];
	/** Until the ports are tried again. */
	private retry: Timer | undefined;
	/** While the ports are being opened. */
	private opening: Promise<void> | undefined;
	/** Ports whose failure was said. */
	private readonly warned = new Set<number>();
	private closed = false;

	constructor(options: BambuDiscoveryOptions) {
		this.options = options;
	}

	/**
	 * Listens for that long; some printers announce themselves every 10 s only. Resolves with each printer once, in
	 * the order of their names. While a scan runs, another one is the same one. Rejects with a `PortError` when
	 * neither port can be listened on.
	 */
	scan(durationMs: number): Promise<readonly DiscoveredPrinter[]> {
		if (this.closed) return Promise.resolve([]);
		this.#scan ??= this.run(durationMs).finally(() => {
			this.#scan = undefined;
			this.closeIfUnused();
		});
		return this.#scan;
	}

	/**
	 * Calls back with each announcement, without asking for any, until the returned function is called. Where the ports
	 * cannot be listened on it is tried again from time to time.
	 */
	listen(onAnnounced: (printer: DiscoveredPrinter) => void): () => void {
		const listener = (printer: DiscoveredPrinter): void => onAnnounced(printer);
		this.listeners = [...this.listeners, listener];
		this.listenOn();
		return () => {
			this.listeners = this.listeners.filter((other) => other !== listener);
			this.closeIfUnused();
		};
	}

	/** A scan that runs ends with what it has found. May be called any number of times; no callback comes afterwards. */
	close(): void {
		this.closed = true;
		this.listeners = [];
		this.endScan();
		this.closeIfUnused();
	}

	private async run(durationMs: number): Promise<readonly DiscoveredPrinter[]> {
		const { clock } = this.options;
		this.found.clear();
		const ended = new Promise<void>((resolve) => {
			this.endScan = resolve;
		});
		try {
			await this.open();
			if (!this.closed) {
				this.timers = [
					clock.after(durationMs, this.endScan),
					clock.every(SEARCH_INTERVAL_MS, () => this.search()),
				];
				this.search();
				await ended;
			}
			return [...this.found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
		} finally {
			for (const timer of this.timers.splice(0)) timer.cancel();
			this.found.clear();
		}
	}

	/** For those who only listen: what fails is tried again, and said once by {@link open}. */
	private listenOn(): void {
		if (this.closed || this.listeners.length === 0) return;
		this.open().catch(() => this.listenAgain());
	}

	private listenAgain(): void {
		if (this.closed || this.listeners.length === 0) return;
		this.retry ??= this.options.clock.after(RETRY_MS, () => {
			this.retry = undefined;
			this.listenOn();
		});
	}

	private closeIfUnused(): void {
		if (this.#scan && !this.closed) return;
		if (this.listeners.length > 0) return;
		this.retry?.cancel();
		this.retry = undefined;
		for (const socket of this.sockets) socket.close();
		this.sockets.clear();
	}

	/** Resolves when at least one port is listened on. */
	private open(): Promise<void> {
		this.opening ??= this.openPorts().finally(() => {
			this.opening = undefined;
			// Whoever wanted them may have gone meanwhile.
			this.closeIfUnused();
		});
		return this.opening;
	}

	/** One port is enough: another program may keep the other one for itself. */
	private async openPorts(): Promise<void> {
		let failure: unknown;
		for (const port of PORTS) {
			if (this.isOpen(port)) continue;
			try {
				await this.openPort(port);
			} catch (error) {
				failure = error;
				if (this.warned.has(port)) continue;
				this.warned.add(port);
				this.options.log.warn(
					`printers that announce themselves on UDP port ${port} are not found: ${describe(error)}`,
				);
			}
		}
		if (this.sockets.size === 0) throw failure;
	}

	private isOpen(port: number): boolean {
		for (const socket of this.sockets) if (socket.port === port) return true;
		return false;
	}

	private async openPort(port: number): Promise<void> {
		const { udp } = this.options;
		let isOver = false;
		let socket: UdpSocket | undefined;
		const options = {
			port,
			onMessage: (bytes: Uint8Array) => this.take(bytes),
			onClosed: () => {
				isOver = true;
				if (socket) this.sockets.delete(socket);
				if (this.sockets.size === 0) this.listenAgain();
			},
		};
		try {
			socket = await udp.open({ ...options, groups: [SSDP_GROUP] });
		} catch {
			// Most printers send to everybody, which needs no group.
			socket = await udp.open(options);
		}
		if (!isOver) this.sockets.add(socket);
	}

	private search(): void {
		for (const socket of this.sockets)
			for (const port of PORTS) socket.send(this.options.text.encode(searchRequest(port)), SSDP_GROUP, port);
	}

	private take(bytes: Uint8Array): void {
		if (bytes.length > MAX_DATAGRAM_BYTES) return;
		const printer = readAnnouncement(this.options.text.decode(bytes));
		if (!printer) return;
		for (const listener of this.listeners) listener(printer);
		if (!this.#scan) return;
		const key = printer.serial.toUpperCase();
		const known = this.found.get(key);
		if (known) this.found.set(key, mergeAnnouncements(known, printer));
		else if (this.found.size < MAX_PRINTERS) this.found.set(key, printer);
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
