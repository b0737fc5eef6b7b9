// The rest of an mDNS network, on Node and on the loopback network only.

import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Answer } from "dns-packet";
import multicastDns from "multicast-dns";
import type { MdnsPeers, SeenRecord } from "../../peers";
import { LOOPBACK } from "./udp-peers";

const GROUP = "224.0.0.251";
const ANSWER_TIMEOUT_MS = 5000;

/** A UDP port that nobody uses: mDNS's own belongs to this computer. */
export async function freeUdpPort(): Promise<number> {
	const socket = createSocket("udp4");
	await once(socket.bind(0), "listening");
	const { port } = socket.address();
	socket.close();
	return port;
}

export class NodeMdnsPeers implements MdnsPeers {
	readonly #port: number;
	readonly #mdns: multicastDns.MulticastDNS;
	readonly #heard: SeenRecord[] = [];
	readonly #claims = new Map<string, string>();

	private constructor(port: number, mdns: multicastDns.MulticastDNS) {
		this.#port = port;
		this.#mdns = mdns;
		mdns.on("warning", () => {});
		mdns.on("response", ({ answers = [], additionals = [] }) => {
			const records = [...answers, ...additionals].map(seen);
			this.#heard.push(...records.filter(({ name, data }) => this.#claims.get(name) !== data));
		});
		mdns.on("query", ({ questions = [] }) => {
			for (const { name } of questions) this.#answer(name);
		});
	}

	static async start(port: number): Promise<NodeMdnsPeers> {
		const mdns = multicastDns({ port, interface: LOOPBACK, bind: "0.0.0.0" });
		await once(mdns, "ready");
		return new NodeMdnsPeers(port, mdns);
	}

	query(name: string, type: "A" | "PTR" | "SRV" | "TXT"): Promise<void> {
		return new Promise((resolve) => this.#mdns.query({ questions: [{ name, type }] }, () => resolve()));
	}

	async queryFromElsewhere(name: string, type: "A" | "PTR" | "SRV" | "TXT"): Promise<readonly SeenRecord[]> {
		// A port of its own, and no group.
		const other = multicastDns({ port: await freeUdpPort(), multicast: false, bind: LOOPBACK });
		try {
			await once(other, "ready");
			other.query({ questions: [{ name, type }] }, { address: LOOPBACK, port: this.#port });
			const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
			const [{ answers = [] }] = (await once(other, "response", { signal })) as [multicastDns.ResponsePacket];
			return answers.map(seen);
		} finally {
			other.destroy();
		}
	}

	async heard(): Promise<readonly SeenRecord[]> {
		return this.#heard;
	}

	async claim(name: string, address: string): Promise<void> {
		this.#claims.set(name, address);
		this.#answer(name);
	}

	talkNonsense(): Promise<void> {
		const socket = createSocket("udp4");
		return new Promise((resolve, reject) => {
			socket.bind(0, () => {
				socket.setMulticastInterface(LOOPBACK);
				socket.send("nonsense", this.#port, GROUP, (error) => {
					socket.close();
					if (error) reject(error);
					else resolve();
				});
			});
		});
	}

	close(): Promise<void> {
		return new Promise((resolve) => this.#mdns.destroy(resolve));
	}

	#answer(name: string): void {
		const data = this.#claims.get(name);
		if (data !== undefined) this.#mdns.respond([{ name, type: "A", ttl: 120, data }]);
	}
}

function seen(answer: Answer): SeenRecord {
	const ttl = "ttl" in answer ? (answer.ttl ?? 0) : 0;
	return { name: answer.name, type: answer.type, ttl, data: dataOf(answer) };
}

function dataOf(answer: Answer): string {
	switch (answer.type) {
		case "A":
		case "PTR":
			return answer.data;
		case "SRV":
			return `${answer.data.target}:${answer.data.port}`;
		case "TXT":
			return [answer.data].flat().map(String).join("|");
		default:
			return "";
	}
}
