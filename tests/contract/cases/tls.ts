// The contract of TlsPort.

import type { PortError, PortErrorCode } from "../../../modules/platform/port-error";
import type { TlsPort, TlsStream, TlsStreamOptions } from "../../../modules/platform/tls-stream";
import {
	type ContractCase,
	type ContractContext,
	Events,
	equal,
	eventually,
	ok,
	PATIENCE_MS,
	pause,
	portError,
	within,
} from "../contract";
import {
	type PeerIdentity,
	type TlsPeers,
	type TlsServerBehaviour,
	type TlsServerOptions,
	type TlsServerPeer,
	UNKNOWN_HOST,
} from "../peers";

export interface TlsContext extends ContractContext<TlsPort> {
	peers: TlsPeers;
}

/** What `sends_much` sends, see its peer. */
const MUCH_BYTES = 300_000;
const MUCH_PERIOD = 251;

type TlsEvent =
	| { type: "open"; certificateName: string }
	| { type: "data"; bytes: readonly number[] }
	| { type: "closed"; error: PortError };

/** What a case sets of the options. */
type Wishes = Partial<Omit<TlsStreamOptions, "onOpen" | "onData" | "onClosed">> & {
	/** Called at each event, from within the port's callback. */
	onEvent?(event: TlsEvent, session: Session): void;
};

/** A connection under test and all that was heard of it. */
class Session {
	readonly events: Events<TlsEvent>;
	readonly stream: TlsStream;
	readonly #context: TlsContext;

	constructor(context: TlsContext, { onEvent, ...wishes }: Wishes & Target) {
		this.#context = context;
		this.events = new Events(context.clock);
		const hear = (event: TlsEvent): void => {
			this.events.push(event);
			onEvent?.(event, this);
		};
		this.stream = context.port.connect({
			connectTimeoutMs: PATIENCE_MS,
			...wishes,
			onOpen: (certificateName) => hear({ type: "open", certificateName }),
			onData: (bytes) => hear({ type: "data", bytes: Array.from(bytes) }),
			onClosed: (error) => hear({ type: "closed", error }),
		});
		equal(this.events.all, [], "callbacks before connect() returned");
	}

	async open(): Promise<string | undefined> {
		const event = await this.events.first(
			"onOpen or onClosed",
			({ type }) => type === "open" || type === "closed",
		);
		if (event.type === "closed") throw event.error;
		return event.type === "open" ? event.certificateName : undefined;
	}

	/** All that came so far. */
	get received(): number[] {
		return this.events.all.flatMap((event) => (event.type === "data" ? event.bytes : []));
	}

	async receive(howMany: number): Promise<number[]> {
		await eventually(this.#context.clock, `${howMany} bytes`, () => this.#receivedBytes() >= howMany);
		return this.received;
	}

	/** The error of onClosed, which must be the last that is heard. */
	async closed(code: PortErrorCode): Promise<PortError> {
		const event = await this.events.first(
			`onClosed with ${code}`,
			(heard): heard is Extract<TlsEvent, { type: "closed" }> => heard.type === "closed",
		);
		portError(code, event.error);
		await this.events.quiet("callbacks after onClosed");
		return event.error;
	}

	/** Closes, and checks that it takes no longer than it may and that nothing is heard afterwards. */
	async close(): Promise<void> {
		const before = this.events.all.length;
		await within(this.#context.clock, 3000, "close()", this.stream.close());
		await this.events.quiet("callbacks after close()");
		equal(this.events.all.length, before, "events heard during and after close()");
	}

	#receivedBytes(): number {
		return this.events.all.reduce((sum, event) => sum + (event.type === "data" ? event.bytes.length : 0), 0);
	}
}

type Target = Pick<TlsStreamOptions, "host" | "port" | "trust">;

async function start(
	context: TlsContext,
	options: TlsServerOptions = {},
): Promise<[server: TlsServerPeer, target: Target]> {
	const server = await context.peers.startServer(options);
	return [server, { host: server.host, port: server.port, trust: server.trust }];
}

/** A server and a session that is open. */
async function open(
	context: TlsContext,
	options: TlsServerOptions = {},
): Promise<[server: TlsServerPeer, session: Session]> {
	const [server, target] = await start(context, options);
	const session = new Session(context, target);
	await session.open();
	return [server, session];
}

async function noSocketsLeft({ clock }: TlsContext, server: TlsServerPeer): Promise<void> {
	await eventually(clock, "the server's sockets are closed", async () => (await server.openSockets()) === 0);
}

function bytesOf(length: number, first = 0): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => (first + index) % 256);
}

/** Like `equal`, without a message of megabytes. */
function sameBytes(actual: readonly number[], expected: (index: number) => number, what: string): void {
	const wrong = actual.findIndex((byte, index) => byte !== expected(index));
	equal(wrong, -1, `${what}: the first wrong byte`);
}

const working: ContractCase<TlsContext>[] = [
	{
		name: "connects and tells the certificate's name as the peer spells it",
		async run(context) {
			const [server, target] = await start(context);
			const { commonName = "" } = server.trust;
			const trust = { ...server.trust, commonName: commonName.toLowerCase() };
			const session = new Session(context, { ...target, trust });
			equal(await session.open(), server.certificate.commonName, "certificate name");
			ok(server.certificate.commonName !== trust.commonName, "the case compares two spellings");
			await session.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "trusts a certificate that comes without its intermediate, when that is an authority",
		async run(context) {
			const [, session] = await open(context, { identity: "leafAlone" });
			await session.close();
		},
	},
	{
		name: "sends and delivers bytes of every value, in order",
		async run(context) {
			const [, session] = await open(context);
			ok(session.stream.write(bytesOf(256)), "write of the first bytes");
			ok(session.stream.write(bytesOf(3, 7)), "write of more");
			equal(await session.receive(259), [...bytesOf(256), ...bytesOf(3, 7)], "bytes that came back");
			await session.close();
		},
	},
	{
		name: "takes 16 KiB at once",
		async run(context) {
			const [, session] = await open(context);
			ok(session.stream.write(bytesOf(16 * 1024)), "write");
			sameBytes(await session.receive(16 * 1024), (index) => index % 256, "bytes that came back");
			await session.close();
		},
	},
	{
		name: "delivers 300,000 bytes that come at once, after onOpen",
		async run(context) {
			const [, session] = await open(context, { behaviour: "sends_much" });
			const received = await session.receive(MUCH_BYTES);
			equal(received.length, MUCH_BYTES, "bytes");
			sameBytes(received, (index) => index % MUCH_PERIOD, "bytes");
			equal(session.events.all[0]?.type, "open", "the first event");
			await session.close();
		},
	},
	{
		name: "serves four connections at the same time, each with its own bytes",
		async run(context) {
			const [server, target] = await start(context);
			const sessions = Array.from({ length: 4 }, () => new Session(context, target));
			for (const session of sessions) await session.open();
			for (const [index, session] of sessions.entries())
				ok(session.stream.write(Uint8Array.of(index)), "write");
			for (const [index, session] of sessions.entries())
				equal(await session.receive(1), [index], "bytes that came back");
			await Promise.all(sessions.map((session) => session.close()));
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "sends nothing while it is not connected",
		async run(context) {
			const [server, target] = await start(context);
			const session = new Session(context, target);
			equal(session.stream.write(bytesOf(3)), false, "write before onOpen");
			await session.open();
			await session.close();
			equal(session.stream.write(bytesOf(3)), false, "write after close");
			await noSocketsLeft(context, server);
			equal(await server.receivedBytes(), 0, "bytes that arrived");
		},
	},
	{
		name: "says that there is no room when too much waits to be sent, and still closes in time",
		async run(context) {
			const [, session] = await open(context, { behaviour: "stops_reading" });
			const bytes = bytesOf(8 * 1024);
			// The network between takes some megabytes. It is full when time no longer helps.
			let sent = 0;
			let refused = 0;
			while (refused < 10) {
				if (session.stream.write(bytes)) refused = 0;
				else refused += 1;
				sent += 1;
				ok(sent < 40_000, "write returns false in the end");
				await pause(context.clock, refused > 0 ? 5 : 0);
			}
			await session.close();
		},
	},
	{
		name: "sends what was written before it closes",
		async run(context) {
			const [server, session] = await open(context, { behaviour: "sends_much" });
			ok(session.stream.write(bytesOf(8000)), "write");
			await session.close();
			await noSocketsLeft(context, server);
			equal(await server.receivedBytes(), 8000, "bytes that arrived");
		},
	},
];

/** Peers that are refused, and how. */
const refusals: readonly {
	name: string;
	code: PortErrorCode;
	behaviour?: TlsServerBehaviour;
	identity?: PeerIdentity;
	pin?: "of the peer" | "of another one";
	/** The error shows the certificate. */
	shown?: boolean;
}[] = [
	{ name: "a peer that hangs up at once", behaviour: "hangs_up_at_once", code: "handshake_closed" },
	{
		name: "a peer that resets the connection",
		behaviour: "resets_at_first_bytes",
		code: "handshake_closed",
	},
	{ name: "a peer of another protocol", behaviour: "talks_nonsense", code: "protocol" },
	{ name: "a peer with nothing older than TLS 1.3", behaviour: "tls13_only", code: "protocol" },
	{ name: "a certificate of an unknown authority", identity: "stranger", code: "untrusted", shown: true },
	{ name: "an expired certificate", identity: "expired", code: "untrusted", shown: true },
	{ name: "a certificate that is not yet valid", identity: "notYetValid", code: "untrusted", shown: true },
	{ name: "a certificate of another name", identity: "wrongName", code: "wrong_name", shown: true },
	{ name: "a certificate of two names", identity: "twoNames", code: "wrong_name", shown: true },
	{
		name: "another certificate than the pinned one, though its authority is trusted",
		identity: "usual",
		pin: "of another one",
		code: "certificate_changed",
		shown: true,
	},
	{
		name: "another certificate than the pinned one, of an unknown authority",
		identity: "stranger",
		pin: "of another one",
		code: "certificate_changed",
		shown: true,
	},
	{
		name: "a pinned certificate of another name",
		identity: "strangerWrongName",
		pin: "of the peer",
		code: "wrong_name",
		shown: true,
	},
	{
		name: "a pinned certificate that has expired",
		identity: "expired",
		pin: "of the peer",
		code: "untrusted",
		shown: true,
	},
];

const failing: ContractCase<TlsContext>[] = [
	...refusals.map(
		({ name, code, behaviour, identity, pin, shown }): ContractCase<TlsContext> => ({
			name: `refuses ${name}: ${code}`,
			async run(context) {
				const [server, target] = await start(context, {
					...(behaviour !== undefined && { behaviour }),
					...(identity !== undefined && { identity }),
				});
				const pinnedSha256 = pin === "of the peer" ? server.certificate.sha256 : "0".repeat(64);
				const trust = pin === undefined ? server.trust : { ...server.trust, pinnedSha256 };
				const session = new Session(context, { ...target, trust });
				const error = await session.closed(code);
				if (shown) equal(error.certificate, server.certificate, "certificate in the error");
				equal(
					session.events.all.map(({ type }) => type),
					["closed"],
					"events",
				);
				equal(session.stream.write(bytesOf(3)), false, "write after onClosed");
				await session.close();
				await noSocketsLeft(context, server);
				equal(await server.receivedBytes(), 0, "bytes that a refused peer was sent");
			},
		}),
	),
	{
		name: "accepts the pinned certificate of an unknown authority",
		async run(context) {
			const [server, target] = await start(context, { identity: "stranger" });
			const pinnedSha256 = server.certificate.sha256.toUpperCase();
			const session = new Session(context, { ...target, trust: { ...server.trust, pinnedSha256 } });
			equal(await session.open(), server.certificate.commonName, "certificate name");
			ok(session.stream.write(bytesOf(3)), "write");
			equal(await session.receive(3), [0, 1, 2], "bytes that came back");
			await session.close();
		},
	},
	{
		name: "tells when nobody listens on the port: refused",
		async run(context) {
			const { trust } = await context.peers.startServer();
			await new Session(context, { ...(await context.peers.unusedPort()), trust }).closed("refused");
		},
	},
	{
		name: "tells when the host name has no address: host_not_found",
		async run(context) {
			const [, target] = await start(context);
			await new Session(context, { ...target, host: UNKNOWN_HOST }).closed("host_not_found");
		},
	},
	{
		name: "tells when no host answers: unreachable",
		async run(context) {
			const { trust } = await context.peers.startServer();
			const target = { ...(await context.peers.unanswered()), trust, connectTimeoutMs: 150 };
			await new Session(context, target).closed("unreachable");
		},
	},
	{
		name: "gives up on a handshake that does not come to an end: timeout",
		async run(context) {
			const [server, target] = await start(context, { behaviour: "silent" });
			await new Session(context, { ...target, connectTimeoutMs: 150 }).closed("timeout");
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "delivers the last bytes of a peer that ends the connection, and tells: closed_by_peer",
		async run(context) {
			const [server, session] = await open(context, { behaviour: "says_goodbye" });
			await session.closed("closed_by_peer");
			equal(context.text.decode(Uint8Array.from(session.received)), "goodbye", "last bytes");
			equal(session.stream.write(bytesOf(3)), false, "write after onClosed");
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "tells when the peer drops the connection: closed_by_peer",
		async run(context) {
			const [, session] = await open(context, { behaviour: "vanishes_at_first_bytes" });
			ok(session.stream.write(bytesOf(3)), "write");
			await session.closed("closed_by_peer");
		},
	},
	{
		name: "refuses wrong options through onClosed: invalid",
		async run(context) {
			const [, target] = await start(context);
			await new Session(context, { ...target, port: 70_000 }).closed("invalid");
			await new Session(context, { ...target, trust: { authorities: [], commonName: "" } }).closed("invalid");
		},
	},
];

/** States in which a connection is closed: peers that bring it there, and the event that tells of it. */
const closingStates: readonly { name: string; behaviour: TlsServerBehaviour; after?: TlsEvent["type"] }[] = [
	{ name: "at once", behaviour: "echoes" },
	{ name: "in the handshake", behaviour: "silent" },
	{ name: "in onOpen", behaviour: "sends_much", after: "open" },
	{ name: "in onData, in the middle of many", behaviour: "floods", after: "data" },
	{ name: "in onClosed", behaviour: "hangs_up_at_once", after: "closed" },
];

const closing: ContractCase<TlsContext>[] = closingStates.map(({ name, behaviour, after }) => ({
	name: `may be closed ${name}, and is not heard of again`,
	async run(context: TlsContext) {
		const [server, target] = await start(context, { behaviour });
		const closes: Promise<void>[] = [];
		const session = new Session(context, {
			...target,
			onEvent(event, { stream }) {
				if (event.type === after) closes.push(stream.close());
			},
		});
		if (after !== undefined) await session.events.first(after, ({ type }) => type === after);
		else if (name !== "at once") {
			await eventually(
				context.clock,
				"the server has a socket",
				async () => (await server.openSockets()) > 0,
			);
			await pause(context.clock, 20);
		}
		equal(closes.length, after === undefined ? 0 : 1, "closes from within the callback");
		await session.close();
		await within(context.clock, 3000, "the first close()", Promise.all(closes));
		equal(session.events.all.at(-1)?.type, after, "the last event");
		await noSocketsLeft(context, server);
	},
}));

const resuming: ContractCase<TlsContext>[] = [
	{
		name: "goes on with the keys of an open connection, as often as it is asked to",
		async run(context) {
			const [server, target] = await start(context);
			const first = new Session(context, target);
			equal(await first.open(), server.certificate.commonName, "certificate name");
			for (let round = 1; round <= 3; round++) {
				const next = new Session(context, { ...target, resume: first.stream });
				equal(await next.open(), server.certificate.commonName, "certificate name");
				ok(next.stream.write(bytesOf(3)), "write");
				equal(await next.receive(3), [0, 1, 2], "bytes that came back");
				equal(await server.resumed(), round, "connections that went on");
				await next.close();
			}
			ok(first.stream.write(bytesOf(2)), "write on the first connection");
			equal(await first.receive(2), [0, 1], "bytes that came back on the first connection");
			await first.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "goes on with the keys of a connection to a pinned certificate of an unknown authority",
		async run(context) {
			const [server, target] = await start(context, { identity: "stranger" });
			const trust = { ...server.trust, pinnedSha256: server.certificate.sha256 };
			const first = new Session(context, { ...target, trust });
			await first.open();
			const next = new Session(context, { ...target, trust, resume: first.stream });
			equal(await next.open(), server.certificate.commonName, "certificate name");
			// The server knows last that the handshake is over.
			ok(next.stream.write(bytesOf(3)), "write");
			await next.receive(3);
			equal(await server.resumed(), 1, "connections that went on");
			await Promise.all([first.close(), next.close()]);
		},
	},
	{
		name: "asks a peer that does not go on for its certificate",
		async run(context) {
			const [, first] = await open(context);
			for (const identity of ["usual", "stranger"] as const) {
				const [other, target] = await start(context, { identity });
				const { trust } = target;
				const next = new Session(context, { ...target, trust, resume: first.stream });
				if (identity === "usual") {
					equal(await next.open(), other.certificate.commonName, "certificate name");
					ok(next.stream.write(bytesOf(3)), "write");
					await next.receive(3);
				} else await next.closed("untrusted");
				equal(await other.resumed(), 0, "connections that went on");
				await next.close();
			}
			await first.close();
		},
	},
	{
		name: "does not offer the keys of another trust, or of a connection that is not open",
		async run(context) {
			const [server, target] = await start(context);
			const first = new Session(context, target);
			const early = new Session(context, { ...target, resume: first.stream });
			await early.open();
			await first.open();
			const trust = { ...server.trust, pinnedSha256: server.certificate.sha256 };
			const other = new Session(context, { ...target, trust, resume: first.stream });
			await other.open();
			await first.close();
			const late = new Session(context, { ...target, resume: first.stream });
			await late.open();
			const pinned = { ...server.trust, pinnedSha256: "0".repeat(64) };
			await new Session(context, { ...target, trust: pinned, resume: other.stream }).closed(
				"certificate_changed",
			);
			for (const session of [early, other, late]) {
				ok(session.stream.write(bytesOf(3)), "write");
				await session.receive(3);
				await session.close();
			}
			await noSocketsLeft(context, server);
			equal(await server.resumed(), 0, "connections that went on");
		},
	},
];

const asked: ContractCase<TlsContext>[] = [
	{
		name: "tells a peer that asks who we are, and proves it",
		async run(context) {
			const [server, target] = await start(context, { asksClients: true });
			for (const identity of [server.clients.rsa, server.clients.ec]) {
				const session = new Session(context, { ...target, trust: { ...server.trust, identity } });
				equal(await session.open(), server.certificate.commonName, "certificate name");
				ok(session.stream.write(bytesOf(3)), "write");
				equal(await session.receive(3), [0, 1, 2], "bytes that came back");
				await session.close();
			}
			equal(await server.clientNames(), ["contract-rsa", "contract-ec"], "clients");
		},
	},
	{
		name: "does not tell a peer that does not ask",
		async run(context) {
			const [server, target] = await start(context);
			const trust = { ...server.trust, identity: server.clients.rsa };
			const session = new Session(context, { ...target, trust });
			await session.open();
			ok(session.stream.write(bytesOf(3)), "write");
			await session.receive(3);
			equal(await server.clientNames(), [], "clients");
			await session.close();
		},
	},
	{
		name: "tells when a peer does not let nobody in: unauthorized",
		async run(context) {
			const [server, target] = await start(context, { asksClients: true });
			const session = new Session(context, target);
			await session.closed("unauthorized");
			await session.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "refuses an identity of ours that is of no use: invalid",
		async run(context) {
			const [server, target] = await start(context);
			const { rsa, ec } = server.clients;
			const none = { certificates: [], privateKey: rsa.privateKey };
			const mixed = { certificates: rsa.certificates, privateKey: ec.privateKey };
			const noKey = { certificates: rsa.certificates, privateKey: bytesOf(100) };
			const many = { certificates: Array(9).fill(rsa.certificates[0]), privateKey: rsa.privateKey };
			const noCertificate = { certificates: [bytesOf(100)], privateKey: rsa.privateKey };
			for (const identity of [none, mixed, noKey, many, noCertificate]) {
				const session = new Session(context, { ...target, trust: { ...server.trust, identity } });
				await session.closed("invalid");
			}
		},
	},
	{
		name: "does not offer the keys of one who was somebody else",
		async run(context) {
			const [server, target] = await start(context, { asksClients: true });
			const trust = { ...server.trust, identity: server.clients.rsa };
			const first = new Session(context, { ...target, trust });
			await first.open();
			const other = { ...server.trust, identity: server.clients.ec };
			const next = new Session(context, { ...target, trust: other, resume: first.stream });
			await next.open();
			ok(next.stream.write(bytesOf(3)), "write");
			await next.receive(3);
			equal(await server.resumed(), 0, "connections that went on");
			await Promise.all([first.close(), next.close()]);
		},
	},
	{
		name: "accepts a pinned certificate of two names where none is expected",
		async run(context) {
			const [server, target] = await start(context, { identity: "twoNames" });
			const trust = { authorities: [], pinnedSha256: server.certificate.sha256 };
			const session = new Session(context, { ...target, trust });
			await session.open();
			await session.close();
		},
	},
];

export const tlsCases: readonly ContractCase<TlsContext>[] = [
	...working,
	...failing,
	...asked,
	...resuming,
	...closing,
];
