// Finds Bambu Lab printers in the network: they announce themselves by SSDP, and some answer when asked.

import type { Clock, Timer } from "../../platform/clock";
import type { Log } from "../../platform/log";
import type { TextCodec } from "../../platform/text-codec";
import type { UdpPort, UdpSocket } from "../../platform/udp";
import { type DiscoveredPrinter, readAnnouncement, SSDP_GROUP, searchRequest } from "./ssdp";

export type { DiscoveredPrinter } from "./ssdp";

/** Printers use both, in turn or by model; not the port that SSDP has by its specification. */
const PORTS: readonly number[] = Object.freeze([2021, 1990]);
/** A search gets lost, and some printers are asleep. */
const SEARCH_INTERVAL_MS = 3_000;
/** More than any list shows; who announces more is no printer. */
export const MAX_PRINTERS = 32;
const MAX_DATAGRAM_BYTES = 2048;

export interface BambuDiscoveryOptions {
	udp: UdpPort;
	text: TextCodec;
	clock: Clock;
	log: Log;
}

export class BambuDiscovery {
	readonly #options: BambuDiscoveryOptions;
	readonly #found = new Map<string, DiscoveredPrinter>();
	readonly #sockets = new Set<UdpSocket>();
	#scan: Promise<readonly DiscoveredPrinter[]> | undefined;
	#endScan: () => void = () => {};
	#timers: Timer[] = [];
	#closed = false;

	constructor(options: BambuDiscoveryOptions) {
		this.#options = options;
	}

	/**
	 * Listens for that long; some printers announce themselves every 10 s only. Resolves with each printer once, in
	 * the order of their names. While a scan runs, another one is the same one. Rejects with a `PortError` when
	 * neither port can be listened on.
	 */
	scan(durationMs: number): Promise<readonly DiscoveredPrinter[]> {
		if (this.#closed) return Promise.resolve([]);
		this.#scan ??= this.run(durationMs).finally(() => {
			this.#scan = undefined;
		});
		return this.#scan;
	}

	/** A scan that runs ends with what it has found. May be called any number of times. */
	close(): void {
		this.#closed = true;
		this.#endScan();
	}

	private async run(durationMs: number): Promise<readonly DiscoveredPrinter[]> {
		const { clock } = this.#options;
		this.#found.clear();
		const ended = new Promise<void>((resolve) => {
			this.#endScan = resolve;
		});
		try {
			await this.listen();
			if (!this.#closed) {
				this.#timers = [
					clock.after(durationMs, this.#endScan),
					clock.every(SEARCH_INTERVAL_MS, () => this.search()),
				];
				this.search();
				await ended;
			}
			return [...this.#found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
		} finally {
			for (const timer of this.#timers.splice(0)) timer.cancel();
			for (const socket of this.#sockets) socket.close();
			this.#sockets.clear();
			this.#found.clear();
		}
	}

	/** One port is enough: another program may keep the other one for itself. */
	private async listen(): Promise<void> {
		let failure: unknown;
		for (const port of PORTS) {
			try {
				await this.open(port);
			} catch (error) {
				failure = error;
				this.#options.log.warn(
					`printers that announce themselves on UDP port ${port} are not found: ${describe(error)}`,
				);
			}
		}
		if (this.#sockets.size === 0) throw failure;
	}

	private async open(port: number): Promise<void> {
		const { udp } = this.#options;
		let isOver = false;
		let socket: UdpSocket | undefined;
		const options = {
			port,
			onMessage: (bytes: Uint8Array) => this.take(bytes),
			onClosed: () => {
				isOver = true;
				if (socket) this.#sockets.delete(socket);
			},
		};
		try {
			socket = await udp.open({ ...options, groups: [SSDP_GROUP] });
		} catch {
			// Most printers send to everybody, which needs no group.
			socket = await udp.open(options);
		}
		if (!isOver) this.#sockets.add(socket);
	}

	private search(): void {
		for (const socket of this.#sockets)
			for (const port of PORTS) socket.send(this.#options.text.encode(searchRequest(port)), SSDP_GROUP, port);
	}

	private take(bytes: Uint8Array): void {
		if (bytes.length > MAX_DATAGRAM_BYTES) return;
		const printer = readAnnouncement(this.#options.text.decode(bytes));
		if (!printer) return;
		const key = printer.serial.toUpperCase();
		if (this.#found.has(key) || this.#found.size < MAX_PRINTERS) this.#found.set(key, printer);
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
