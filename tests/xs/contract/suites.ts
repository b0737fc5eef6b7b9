// The cases of each port with what they are to be given on XS.

import { PortError } from "platform/port-error";
import { createClock } from "platform/xs/clock";
import { handshakeCrypto } from "platform/xs/crypto/handshake-crypto";
import { openFolder, readFile } from "platform/xs/host/files";
import { createMdns } from "platform/xs/host/mdns";
import { createStorage } from "platform/xs/host/storage";
import { createUpdate } from "platform/xs/host/update";
import { createWifi } from "platform/xs/host/wifi";
import { createHttpClient } from "platform/xs/http-client";
import { createHttpServer } from "platform/xs/http-server";
import { inflate } from "platform/xs/inflate/inflate";
import { createLog } from "platform/xs/log";
import { createMqttClient } from "platform/xs/mqtt-client";
import { createResources } from "platform/xs/resources";
import { createSha256 } from "platform/xs/sha256";
import { createTextCodec } from "platform/xs/text-codec";
import { createTls } from "platform/xs/tls-stream";
import { createUdp } from "platform/xs/udp";
import { createWebSocketClient } from "platform/xs/web-socket-client";
import { clockCases } from "tests/contract/cases/clock";
import { handshakeCryptoCases } from "tests/contract/cases/handshake-crypto";
import { httpBodyCases } from "tests/contract/cases/http-bodies";
import { httpClientCases } from "tests/contract/cases/http-client";
import { httpServerCases } from "tests/contract/cases/http-server";
import { inflateCases } from "tests/contract/cases/inflate";
import { mdnsCases } from "tests/contract/cases/mdns";
import { mqttCases } from "tests/contract/cases/mqtt";
import { resourcesCases } from "tests/contract/cases/resources";
import { sha256Cases } from "tests/contract/cases/sha256";
import { storageCases } from "tests/contract/cases/storage";
import { textCodecCases } from "tests/contract/cases/text-codec";
import { tlsCases } from "tests/contract/cases/tls";
import { type UdpContext, udpCases } from "tests/contract/cases/udp";
import { updateCases } from "tests/contract/cases/update";
import { webSocketClientCases } from "tests/contract/cases/websocket-client";
import { wifiCases } from "tests/contract/cases/wifi";
import { equal, ok, rejectsWith } from "tests/contract/contract";
import type { Control } from "tests/xs/harness/control";
import type { Clock } from "../../../modules/platform/clock";
import type { MdnsPort } from "../../../modules/platform/mdns";
import type { TextCodec } from "../../../modules/platform/text-codec";
import type { ContractCase } from "../../contract/contract";
import type {
	HttpClientPeers,
	HttpServerPeers,
	MqttPeers,
	TlsPeers,
	UdpPeers,
	WebSocketClientPeers,
} from "../../contract/peers";

export interface Suite {
	name: string;
	cases: readonly ContractCase<never>[];
	/** Why this host cannot keep what the case promises, if it cannot. */
	unsupported(caseName: string): string | undefined;
	/** What one case is given. */
	open(): Promise<{ context: never; close(): Promise<void> }>;
}

export interface SuitesOptions {
	clock: Clock;
	text: TextCodec;
	control: Control;
}

/** Of Linux, whose UDP sockets are the SDK's. */
const UDP_UNSUPPORTED: ReadonlyMap<string, string> = new Map([
	["takes an empty datagram", "the SDK's socket of Linux takes 0 bytes for nothing"],
	["takes what is sent to its groups", "the SDK's socket of Linux joins no groups"],
	[
		"shares its port with another one of its kind, and with its groups",
		"the SDK's socket of Linux neither shares its port nor joins groups",
	],
]);
const MDNS_UNSUPPORTED = "mDNS takes a socket that joins groups, and the SDK's of Linux joins none";

/** What there is on Linux instead of what is left out. */
const insteadOfGroups: ContractCase<UdpContext> = {
	name: "says that it cannot join a group: unsupported",
	async run({ port }) {
		await rejectsWith(
			"unsupported",
			port.open({ port: 0, groups: ["239.255.13.37"], onMessage() {}, onClosed() {} }),
		);
	},
};

const insteadOfMdns: ContractCase<{ port: MdnsPort; warnings: readonly string[] }> = {
	name: "warns that the host cannot be found by its name, and may be closed all the same",
	async run({ port, warnings }) {
		const service = { hostname: "culm-a1b2c3", name: "Culm", type: "_http._tcp", port: 80, text: {} };
		const advertisement = port.advertise({ ...service, onConflict() {} });
		await advertisement.close();
		await advertisement.close();
		equal(warnings.length, 1, "warnings");
		ok(warnings[0]?.includes("culm-a1b2c3.local"), "the warning names the host");
	},
};

export function suites({ clock, text, control }: SuitesOptions): Suite[] {
	const log = createLog();
	const basics = { clock, text };
	let storages = 0;

	/** A suite whose cases need nobody else. */
	function alone<Context>(
		name: string,
		cases: readonly ContractCase<Context>[],
		create: () => Context,
		close: () => void = () => {},
	): Suite {
		return {
			name,
			cases: cases as readonly ContractCase<never>[],
			unsupported: () => undefined,
			open: async () => ({ context: create() as never, close: async () => close() }),
		};
	}

	/** A suite whose cases have peers in the script's process. */
	function withPeers<Context, Peers>(
		name: string,
		cases: readonly ContractCase<Context>[],
		create: (peers: Peers) => Context,
		unsupported: (caseName: string) => string | undefined = () => undefined,
	): Suite {
		return {
			name,
			cases: cases as readonly ContractCase<never>[],
			unsupported,
			async open() {
				const peers = await control.open(name);
				return { context: create(peers as Peers) as never, close: () => control.close(peers) };
			},
		};
	}

	return [
		alone("clock", clockCases, () => {
			const port = createClock();
			return { port, elapse: (ms) => new Promise((resolve) => port.after(ms, resolve)) };
		}),
		alone("text codec", textCodecCases, () => ({ port: createTextCodec() })),
		alone("inflate", inflateCases, () => ({ port: inflate })),
		alone("sha256", sha256Cases, () => ({ ...basics, port: createSha256 })),
		alone("handshake crypto", handshakeCryptoCases, () => ({ ...basics, port: handshakeCrypto })),
		alone("storage", storageCases, () => {
			storages += 1;
			const name = `storage-${storages}.json`;
			const open = () => createStorage({ text, log, name });
			return { ...basics, port: open(), reopen: async () => open() };
		}),
		withPeers("resources", resourcesCases, ({ name, bytes }: { name: string; bytes: Uint8Array }) => ({
			port: createResources(),
			known: { name, bytes },
		})),
		alone("update", updateCases, () => {
			openFolder().delete("boot.json");
			const first = createUpdate({ text, log });
			return {
				...basics,
				port: first,
				async restart() {
					const port = createUpdate({ text, log });
					return { port, updated: port.running !== first.running };
				},
				written: async () =>
					readFile(openFolder(), first.running === "a" ? "slot-b.bin" : "slot-a.bin") ?? new Uint8Array(0),
			};
		}),
		alone("wifi", wifiCases, () => {
			const network = { ssid: "Workshop", password: "filament", rssiDbm: -50 };
			const others = [
				{ ssid: "Neighbours", password: "not-for-you", rssiDbm: -80 },
				{ ssid: "Workshop", password: "filament", rssiDbm: -75 },
				{ ssid: "Cafe", password: "", rssiDbm: -60 },
			];
			const port = createWifi({ clock: hasty(clock), text, networks: [...others, network] });
			return {
				...basics,
				port,
				peers: {
					network,
					lose: async () => port.setNetworks(others.filter(({ ssid }) => ssid !== network.ssid)),
					restore: async () => port.setNetworks([...others, network]),
				},
			};
		}),
		withPeers(
			"udp",
			[...udpCases, insteadOfGroups],
			(peers: UdpPeers) => ({ ...basics, port: createUdp(), peers }),
			(name) => UDP_UNSUPPORTED.get(name),
		),
		withPeers(
			"mdns",
			mdnsCases,
			() => {
				throw new PortError("unsupported", MDNS_UNSUPPORTED);
			},
			() => MDNS_UNSUPPORTED,
		),
		alone("mdns", [insteadOfMdns], () => {
			const warnings: string[] = [];
			const warn = (text: string): void => void warnings.push(text);
			return { port: createMdns({ log: { info() {}, warn, error() {} } }), warnings };
		}),
		withPeers("http client", httpClientCases, (peers: HttpClientPeers) => ({
			...basics,
			port: createHttpClient({ text }),
			peers,
		})),
		withPeers("http server", [...httpServerCases, ...httpBodyCases], (peers: HttpServerPeers) => ({
			...basics,
			port: createHttpServer({ text }),
			peers,
		})),
		withPeers("websocket client", webSocketClientCases, (peers: WebSocketClientPeers) => ({
			...basics,
			port: createWebSocketClient({ text }),
			peers,
		})),
		withPeers("tls", tlsCases, (peers: TlsPeers) => ({ ...basics, port: createTls(), peers })),
		withPeers("mqtt", mqttCases, (peers: MqttPeers) => ({
			...basics,
			port: createMqttClient({ text }),
			peers,
		})),
	];
}

/** A clock for a twin that takes the time of a radio. */
function hasty(clock: Clock): Clock {
	const SPEED = 100;
	return {
		now: () => clock.now() * SPEED,
		wallTime: () => clock.wallTime(),
		after: (delayMs, callback) => clock.after(delayMs / SPEED, callback),
		every: (intervalMs, callback) => clock.every(intervalMs / SPEED, callback),
	};
}
