// mDNS over the package multicast-dns: that brings packets and sockets, this says what is true and when.

import { networkInterfaces } from "node:os";
import type { Answer } from "dns-packet";
import multicastDns from "multicast-dns";
import type { Log } from "../../modules/platform/log";
import type { MdnsAdvertisement, MdnsPort, MdnsService } from "../../modules/platform/mdns";
import { callSafely } from "./callbacks";
import { answersTo, hostName, isConflict, type ServiceRecord, serviceRecords } from "./mdns-records";

export interface MdnsPortOptions {
	log: Log;
	/** The IPv4 address of the only network to be heard on; all networks when left out. */
	interface?: string;
	/** 5353 when left out. */
	port?: number;
}

const MDNS_PORT = 5353;
/** For somebody else to say that the name is theirs. */
const PROBE_TIMEOUT_MS = 250;
const SECOND_ANNOUNCEMENT_MS = 1000;
/** What askers who do not speak mDNS may remember (RFC 6762, 6.7). */
const LEGACY_TTL_S = 10;

export function createMdns(options: MdnsPortOptions): MdnsPort {
	return { advertise: (service) => new NodeMdnsAdvertisement(options, service) };
}

class NodeMdnsAdvertisement implements MdnsAdvertisement {
	readonly #service: MdnsService;
	readonly #network: string | undefined;
	readonly #port: number;
	readonly #mdns: multicastDns.MulticastDNS;
	/** False when the port cannot be opened. */
	readonly #ready: Promise<boolean>;
	#state: "probing" | "announced" | "conflict" | "closed" = "probing";
	#timer: NodeJS.Timeout | undefined;
	#closed: Promise<void> | undefined;

	constructor({ log, interface: network, port = MDNS_PORT }: MdnsPortOptions, service: MdnsService) {
		this.#service = service;
		this.#network = network;
		this.#port = port;
		this.#mdns = multicastDns({
			port,
			// All addresses: what is sent to the group does not arrive at a single one.
			bind: "0.0.0.0",
			...(network === undefined ? {} : { interface: network }),
		});
		this.#mdns.on("query", (query, from) => this.#onQuery(query, from));
		this.#mdns.on("response", ({ answers = [], additionals = [] }) =>
			this.#onResponse([...answers, ...additionals]),
		);
		// Malformed packets of others, and networks that come and go.
		this.#mdns.on("warning", () => {});
		this.#ready = new Promise((resolve) => {
			this.#mdns.once("ready", () => resolve(true));
			this.#mdns.on("error", (error) => {
				log.warn(`mDNS does not work, so ${hostName(service)} cannot be found: ${error.message}`);
				resolve(false);
			});
		});
		void this.#ready.then((ready) => ready && this.#probe());
	}

	close(): Promise<void> {
		this.#closed ??= this.#close();
		return this.#closed;
	}

	async #close(): Promise<void> {
		const wasAnnounced = this.#state === "announced";
		this.#state = "closed";
		clearTimeout(this.#timer);
		// The package leaves a timer behind when it is ended before it is ready.
		await this.#ready;
		if (wasAnnounced) {
			const goodbye = this.#records().map((record) => ({ ...record, ttl: 0 }));
			await new Promise<void>((resolve) => this.#mdns.respond(goodbye, () => resolve()));
		}
		await new Promise<void>((resolve) => this.#mdns.destroy(resolve));
	}

	#probe(): void {
		if (this.#state !== "probing") return;
		// ANY, which the package's types do not know as a question.
		this.#mdns.query(hostName(this.#service));
		this.#timer = setTimeout(() => {
			this.#state = "announced";
			this.#announce();
			this.#timer = setTimeout(() => this.#announce(), SECOND_ANNOUNCEMENT_MS);
		}, PROBE_TIMEOUT_MS);
	}

	#announce(): void {
		this.#mdns.respond(this.#records());
	}

	#onQuery(query: multicastDns.QueryPacket, from: { address: string; port: number }): void {
		if (this.#state !== "announced") return;
		const { answers, additionals } = answersTo(query.questions ?? [], this.#records());
		if (answers.length === 0) return;
		this.#mdns.respond({ answers, additionals });
		if (from.port === this.#port) return;
		// Asked from another port than mDNS's: such an asker hears only what is sent to itself.
		const toLegacy = (record: ServiceRecord) => ({ ...record, ttl: LEGACY_TTL_S, flush: false });
		this.#mdns.respond(
			{
				id: query.id,
				questions: query.questions,
				answers: answers.map(toLegacy),
				additionals: additionals.map(toLegacy),
			},
			from,
		);
	}

	#onResponse(answers: readonly Answer[]): void {
		if (this.#state !== "probing" && this.#state !== "announced") return;
		if (!isConflict(answers, hostName(this.#service), this.#addresses())) return;
		this.#state = "conflict";
		clearTimeout(this.#timer);
		callSafely(() => this.#service.onConflict());
	}

	/** Made anew each time, since networks come and go. */
	#records(): ServiceRecord[] {
		return serviceRecords(this.#service, this.#addresses());
	}

	#addresses(): string[] {
		if (this.#network !== undefined) return [this.#network];
		return Object.values(networkInterfaces())
			.flatMap((addresses) => addresses ?? [])
			.filter(({ family, internal }) => family === "IPv4" && !internal)
			.map(({ address }) => address);
	}
}
