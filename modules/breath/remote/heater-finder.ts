// Looks for chamber heaters on the network, by the names that they have there (mDNS).

import type { Clock, Timer } from "../../platform/clock";
import type { UdpPort, UdpSocket } from "../../platform/udp";
import { type DnsQuestion, type DnsRecord, decodeAnswers, encodeQuestions } from "./dns-messages";

export interface FoundHeater {
	/** Its name on the network, without ".local": "PandaBreath". */
	name: string;
	/** Its IPv4 address. */
	host: string;
	port: number;
}

export interface HeaterFinderOptions {
	udp: UdpPort;
	clock: Clock;
	/** That mDNS is heard on; 5353 when left out. */
	port?: number;
}

const GROUP = "224.0.0.251";
const PORT = 5353;
/** Of the device's page and its WebSocket, unless it says otherwise. */
const WEB_PORT = 80;
const SERVICE = "_http._tcp.local";
/** A second device of one name takes the next number. */
const NAMES: readonly string[] = Object.freeze([
	"PandaBreath",
	"panda-breath",
	"PandaBreath-2",
	"PandaBreath-3",
]);
/** What Culm's own heaters say of their board, whatever they are called. */
const BOARD_TEXT = "board=panda_breath";
/** Packets get lost. */
const ASK_INTERVAL_MS = 1_000;
const SCAN_MS = 3_500;
const MAX_DATAGRAM_BYTES = 4096;
/** More than any list shows; who answers with more is no heater. */
const MAX_FOUND = 16;
const MAX_KNOWN = 64;

/**
 * Asks from a port of its own, and is answered there: that takes neither the port of mDNS, which the device's own
 * announcement uses, nor a group.
 */
export class HeaterFinder {
	private readonly options: HeaterFinderOptions;
	#scan: Promise<readonly FoundHeater[]> | undefined;
	private end: () => void = () => {};
	private closed = false;

	constructor(options: HeaterFinderOptions) {
		this.options = options;
	}

	/**
	 * Resolves after some seconds, each heater once, in the order of their names. While a search runs, another one is
	 * the same one. Rejects with a `PortError` when no datagrams can be sent.
	 */
	scan(): Promise<readonly FoundHeater[]> {
		if (this.closed) return Promise.resolve([]);
		this.#scan ??= this.run().finally(() => {
			this.#scan = undefined;
		});
		return this.#scan;
	}

	/** A search that runs ends with what it has found. May be called any number of times. */
	close(): void {
		this.closed = true;
		this.end();
	}

	private async run(): Promise<readonly FoundHeater[]> {
		const { udp, clock, port = PORT } = this.options;
		const answers = new Answers();
		const ended = new Promise<void>((resolve) => {
			this.end = resolve;
		});
		const socket: UdpSocket = await udp.open({
			port: 0,
			onMessage(bytes, { address }) {
				if (bytes.length <= MAX_DATAGRAM_BYTES) answers.take(decodeAnswers(bytes), address);
			},
			onClosed: () => this.end(),
		});
		const timers: Timer[] = [];
		try {
			const ask = (): void => socket.send(encodeQuestions(answers.questions()), GROUP, port);
			if (!this.closed) {
				timers.push(clock.every(ASK_INTERVAL_MS, ask), clock.after(SCAN_MS, this.end));
				ask();
				await ended;
			}
			return answers.heaters();
		} finally {
			for (const timer of timers) timer.cancel();
			socket.close();
		}
	}
}

/** What has been said so far. Hosts and services by their names in lower case. */
class Answers {
	private readonly addresses = new Map<string, string>();
	/** Services of their hosts. */
	private readonly services = new Map<string, { host: string; port: number }>();
	/** Services that say they are heaters. */
	readonly #heaters = new Set<string>();

	take(records: readonly DnsRecord[], from: string): void {
		for (const record of records) {
			if (record.type === "A") this.takeAddress(record.name, record.address, from);
			else if (record.type === "SRV") this.takeService(record.name, record.host, record.port);
			else if (record.texts.includes(BOARD_TEXT) && this.#heaters.size < MAX_KNOWN)
				this.#heaters.add(record.name);
		}
	}

	/** Also the address of a host that was named without one. */
	questions(): readonly DnsQuestion[] {
		const missing = this.hosts().filter((host) => !this.addresses.has(host.toLowerCase()));
		return [
			{ name: SERVICE, type: "PTR" },
			...NAMES.map((name): DnsQuestion => ({ name: `${name}.local`, type: "A" })),
			...missing.map((name): DnsQuestion => ({ name, type: "A" })),
		];
	}

	heaters(): FoundHeater[] {
		const found = new Map<string, FoundHeater>();
		for (const name of this.hosts()) {
			const host = this.addresses.get(name.toLowerCase());
			if (host === undefined || found.size >= MAX_FOUND) continue;
			const port = this.portOf(name);
			// One device may have two of the names.
			if (!found.has(`${host}:${port}`))
				found.set(`${host}:${port}`, { name: withoutLocal(name), host, port });
		}
		return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
	}

	/** Full names of what is taken for a heater, as it spells them where that is known. */
	private hosts(): string[] {
		const hosts = new Map<string, string>();
		for (const [service, { host }] of this.services)
			if (isHeaterName(host) || this.#heaters.has(service)) hosts.set(host.toLowerCase(), host);
		for (const host of this.addresses.keys())
			if (isHeaterName(host) && !hosts.has(host)) hosts.set(host, spelled(host));
		return [...hosts.values()].slice(0, MAX_FOUND);
	}

	private portOf(name: string): number {
		for (const { host, port } of this.services.values())
			if (host.toLowerCase() === name.toLowerCase()) return port;
		return WEB_PORT;
	}

	private takeAddress(name: string, address: string, from: string): void {
		if (this.addresses.size >= MAX_KNOWN || !isPlain(name)) return;
		// Of several networks, the one that the answer came from is the one that leads there.
		if (this.addresses.get(name) !== from) this.addresses.set(name, address);
	}

	private takeService(name: string, host: string, port: number): void {
		if (this.services.size >= MAX_KNOWN || port === 0 || !isPlain(host)) return;
		if (name.endsWith(`.${SERVICE}`)) this.services.set(name, { host, port });
	}
}

function isHeaterName(host: string): boolean {
	return host.toLowerCase().replaceAll("-", "").startsWith("pandabreath");
}

/** A name that can be asked for, shown and stored. */
function isPlain(host: string): boolean {
	return /^[0-9A-Za-z-]{1,63}\.local$/i.test(host);
}

function spelled(host: string): string {
	const name = withoutLocal(host);
	return `${NAMES.find((known) => known.toLowerCase() === name) ?? name}.local`;
}

function withoutLocal(host: string): string {
	return host.slice(0, -".local".length);
}
