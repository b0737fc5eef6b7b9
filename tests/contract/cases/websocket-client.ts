// The contract of WebSocketClientPort.

import type {
	WebSocketClientOptions,
	WebSocketClientPort,
	WebSocketConnection,
} from "../../../modules/platform/http";
import type { PortError, PortErrorCode } from "../../../modules/platform/port-error";
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
} from "../contract";
import {
	UNKNOWN_HOST,
	type WebSocketClientPeers,
	type WebSocketServerBehaviour,
	type WebSocketServerPeer,
} from "../peers";

export interface WebSocketClientContext extends ContractContext<WebSocketClientPort> {
	peers: WebSocketClientPeers;
}

type WsEvent = { type: "open" } | { type: "text"; text: string } | { type: "closed"; error: PortError };

type Wishes = Partial<Pick<WebSocketClientOptions, "connectTimeoutMs" | "maxMessageBytes">> & {
	/** Called at each event, from within the port's callback. */
	onEvent?(event: WsEvent, session: Session): void;
};

/** A WebSocket under test and all that was heard of it. */
class Session {
	readonly events: Events<WsEvent>;
	readonly connection: WebSocketConnection;

	constructor({ port, clock }: WebSocketClientContext, url: string, { onEvent, ...wishes }: Wishes = {}) {
		this.events = new Events(clock);
		const hear = (event: WsEvent): void => {
			this.events.push(event);
			onEvent?.(event, this);
		};
		this.connection = port.connect({
			url,
			connectTimeoutMs: PATIENCE_MS,
			maxMessageBytes: 64 * 1024,
			...wishes,
			onOpen: () => hear({ type: "open" }),
			onText: (text) => hear({ type: "text", text }),
			onClosed: (error) => hear({ type: "closed", error }),
		});
		equal(this.events.all, [], "callbacks before connect() returned");
	}

	async open(): Promise<void> {
		const event = await this.events.first("onOpen or onClosed", ({ type }) => type !== "text");
		if (event.type === "closed") throw event.error;
	}

	async texts(howMany: number): Promise<string[]> {
		const events = await this.events.count(`${howMany} texts`, howMany, ({ type }) => type === "text");
		return events.map((event) => (event.type === "text" ? event.text : ""));
	}

	/** The error of onClosed, which must be the last that is heard. */
	async closed(code: PortErrorCode): Promise<PortError> {
		const event = await this.events.first(`onClosed with ${code}`, ({ type }) => type === "closed");
		ok(event.type === "closed", "onClosed");
		portError(code, event.error);
		await this.events.quiet("callbacks after onClosed");
		this.connection.close();
		this.connection.send("too late");
		equal(this.connection.queuedBytes, 0, "bytes that wait after onClosed");
		return event.error;
	}

	/** Closes, and checks that nothing is heard afterwards. */
	async close(code?: number, reason?: string): Promise<void> {
		this.connection.close(code, reason);
		this.connection.close();
		this.connection.send("too late");
		await this.events.quiet("callbacks after close()");
	}
}

async function start(
	context: WebSocketClientContext,
	behaviour: WebSocketServerBehaviour,
	wishes: Wishes = {},
): Promise<[WebSocketServerPeer, Session]> {
	const server = await context.peers.startServer(behaviour);
	return [server, new Session(context, `ws://${server.host}:${server.port}/ws?key=secret`, wishes)];
}

async function noSocketsLeft({ clock }: WebSocketClientContext, server: WebSocketServerPeer): Promise<void> {
	await eventually(clock, "the server's sockets are closed", async () => (await server.openSockets()) === 0);
}

const failures: readonly [
	name: string,
	behaviour: WebSocketServerBehaviour,
	code: PortErrorCode,
	wishes?: Wishes,
][] = [
	["a server that hangs up in the handshake", "hangs_up_in_the_handshake", "handshake_closed"],
	["a server that does not speak HTTP", "talks_nonsense", "protocol"],
	["a server that answers with a page", "answers_as_a_page", "protocol"],
	["a server that has nothing there", "answers_404", "protocol"],
	["a server that wants other credentials", "answers_401", "unauthorized"],
	["a server that did not read the handshake", "proves_the_wrong_key", "protocol"],
	["a server that does not answer", "silent", "timeout", { connectTimeoutMs: 150 }],
	["a message that is not text", "sends_binary", "protocol"],
	["a text that is too long", "sends_much", "too_large", { maxMessageBytes: 4999 }],
	["a frame that is none", "sends_a_broken_frame", "protocol"],
	["a server that closes", "closes_at_once", "closed_by_peer"],
	["a server that vanishes", "vanishes_at_once", "closed_by_peer"],
];

const closingStates: readonly {
	name: string;
	behaviour: WebSocketServerBehaviour;
	after?: WsEvent["type"];
}[] = [
	{ name: "at once", behaviour: "echoes" },
	{ name: "in the handshake", behaviour: "silent" },
	{ name: "in onOpen", behaviour: "echoes", after: "open" },
	{ name: "in onText, in the middle of many", behaviour: "floods", after: "text" },
	{ name: "in onClosed", behaviour: "closes_at_once", after: "closed" },
];

export const webSocketClientCases: readonly ContractCase<WebSocketClientContext>[] = [
	{
		name: "asks for a WebSocket as it is told, and for no origin",
		async run(context) {
			const [server, session] = await start(context, "echoes");
			await session.open();
			const [request] = await server.requests();
			equal([request?.method, request?.target], ["GET", "/ws?key=secret"], "method and target");
			equal(request?.headers.origin, undefined, "origin");
			await session.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "carries texts both ways, in order",
		async run(context) {
			const [server, session] = await start(context, "echoes");
			await session.open();
			const texts = ["", "one", "Küche 🧵", "x".repeat(36_000), "last"];
			for (const text of texts) session.connection.send(text);
			equal(await session.texts(texts.length), texts, "texts");
			await session.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "sends binary messages between the texts",
		async run(context) {
			const [server, session] = await start(context, "echoes");
			await session.open();
			session.connection.send("before");
			session.connection.sendBinary(new Uint8Array(0));
			session.connection.sendBinary(Uint8Array.from({ length: 70_000 }, (_, index) => index % 251));
			session.connection.send("after");
			equal(await session.texts(2), ["before", "after"], "texts that came back");
			const [empty, long] = await server.binaries();
			equal([empty?.length, long?.length], [0, 70_000], "lengths of the binary messages");
			equal(
				long?.findIndex((byte, index) => byte !== index % 251),
				-1,
				"the first wrong byte",
			);
			await session.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "takes a text of just the largest size",
		async run(context) {
			const [, session] = await start(context, "sends_much", { maxMessageBytes: 5000 });
			equal((await session.texts(1))[0]?.length, 5000, "length");
			await session.close();
		},
	},
	{
		name: "drops what is sent before it is open",
		async run(context) {
			const [server, session] = await start(context, "echoes");
			session.connection.send("too early");
			await session.open();
			session.connection.send("in time");
			equal(await session.texts(1), ["in time"], "texts");
			equal(await server.texts(), ["in time"], "texts that the server got");
			await session.close();
		},
	},
	{
		name: "closes with code and reason, after what was sent before",
		async run(context) {
			const [server, session] = await start(context, "echoes");
			await session.open();
			session.connection.send("last words");
			await session.close(4001, "enough");
			await noSocketsLeft(context, server);
			equal(await server.texts(), ["last words"], "texts that the server got");
			equal(await server.closes(), [{ code: 4001, reason: "enough" }], "closes that the server saw");
		},
	},
	{
		name: "cuts the connection when the server does not answer its close",
		async run(context) {
			const [server, session] = await start(context, "ignores_everything");
			await session.open();
			await session.close();
			await noSocketsLeft(context, server);
		},
	},
	{
		name: "tells how much a server that does not read leaves waiting",
		async run(context) {
			const [, session] = await start(context, "stops_reading");
			await session.open();
			equal(session.connection.queuedBytes, 0, "bytes at first");
			const text = "x".repeat(60_000);
			// The network between takes some megabytes before it lets the sender wait.
			for (let sent = 0; session.connection.queuedBytes < 200_000; sent += 1) {
				ok(sent < 2000, "the bytes begin to wait");
				session.connection.send(text);
				await pause(context.clock, 0);
			}
			await session.close();
		},
	},
	{
		name: "serves eight connections at the same time, each with its own texts",
		async run(context) {
			const server = await context.peers.startServer("echoes");
			const url = `ws://${server.host}:${server.port}/`;
			const sessions = Array.from({ length: 8 }, () => new Session(context, url));
			for (const [index, session] of sessions.entries()) {
				await session.open();
				session.connection.send(`text ${index}`);
			}
			for (const [index, session] of sessions.entries())
				equal(await session.texts(1), [`text ${index}`], "texts");
			await Promise.all(sessions.map((session) => session.close()));
			await noSocketsLeft(context, server);
		},
	},
	...failures.map(
		([name, behaviour, code, wishes]): ContractCase<WebSocketClientContext> => ({
			name: `tells of ${name}: ${code}`,
			async run(context) {
				const [server, session] = await start(context, behaviour, wishes);
				const error = await session.closed(code);
				ok(!error.message.includes("secret"), "the query is in no message");
				await noSocketsLeft(context, server);
			},
		}),
	),
	{
		name: "tells when nobody listens on the port: refused",
		async run(context) {
			const { host, port } = await context.peers.unusedPort();
			await new Session(context, `ws://${host}:${port}/`).closed("refused");
		},
	},
	{
		name: "tells when the host name has no address: host_not_found",
		async run(context) {
			await new Session(context, `ws://${UNKNOWN_HOST}/`).closed("host_not_found");
		},
	},
	{
		name: "tells when no host answers: unreachable",
		async run(context) {
			const { host, port } = await context.peers.unanswered();
			await new Session(context, `ws://${host}:${port}/`, { connectTimeoutMs: 150 }).closed("unreachable");
		},
	},
	...["wss://127.0.0.1/", "http://127.0.0.1/", "moonraker.local:7125", "", "ws://127.0.0.1/#part"].map(
		(url): ContractCase<WebSocketClientContext> => ({
			name: `refuses the address "${url}" through onClosed: invalid`,
			run: async (context) => void (await new Session(context, url).closed("invalid")),
		}),
	),
	...closingStates.map(
		({ name, behaviour, after }): ContractCase<WebSocketClientContext> => ({
			name: `may be closed ${name}, and is not heard of again`,
			async run(context) {
				const [server, session] = await start(context, behaviour, {
					onEvent(event, { connection }) {
						if (event.type === after) connection.close();
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
				const before = session.events.all.length;
				await session.close();
				equal(session.events.all.length, before, "events after close()");
				equal(session.events.all.at(-1)?.type, after, "the last event");
				await noSocketsLeft(context, server);
			},
		}),
	),
];
