// The contract of HttpServerPort.

import type {
	HttpRequest,
	HttpResponse,
	HttpServer,
	HttpServerOptions,
	HttpServerPort,
	WebSocketAccept,
	WebSocketConnection,
} from "../../../modules/platform/http";
import type { PortError } from "../../../modules/platform/port-error";
import {
	type ContractCase,
	type ContractContext,
	Events,
	equal,
	eventually,
	ok,
	PATIENCE_MS,
	pause,
	rejectsWith,
	within,
} from "../contract";
import type { HttpServerPeers, PeerResponse, PeerWebSocket, RawSocket } from "../peers";

export interface HttpServerContext extends ContractContext<HttpServerPort> {
	peers: HttpServerPeers;
}

const MAX_BODY_BYTES = 1000;

/** A server under test and all that was heard of it. */
interface Running {
	server: HttpServer;
	port: number;
	requests: HttpRequest[];
	upgrades: HttpRequest[];
	errors: PortError[];
}

/** Runs `use` with a server, and closes it. */
async function serve(
	{ port, clock }: HttpServerContext,
	options: Partial<HttpServerOptions>,
	use: (running: Running) => Promise<void>,
): Promise<void> {
	const requests: HttpRequest[] = [];
	const upgrades: HttpRequest[] = [];
	const errors: PortError[] = [];
	const server = await port.listen({
		port: 0,
		maxBodyBytes: MAX_BODY_BYTES,
		onError: (error) => errors.push(error),
		...options,
		onRequest(request) {
			// Its bytes may be the port's own.
			requests.push({ ...request, body: request.body.slice() });
			return options.onRequest?.(request) ?? { status: 200, body: "hello" };
		},
		onUpgrade(request) {
			upgrades.push(request);
			return options.onUpgrade?.(request) ?? { status: 404 };
		},
	});
	try {
		await use({ server, port: server.port, requests, upgrades, errors });
	} finally {
		await within(clock, PATIENCE_MS, "close()", server.close());
	}
}

/** A case with a server of the given options. */
function serverCase(
	name: string,
	options: Partial<HttpServerOptions>,
	use: (running: Running, context: HttpServerContext) => Promise<void>,
): ContractCase<HttpServerContext> {
	return { name, run: (context) => serve(context, options, (running) => use(running, context)) };
}

function greet(): HttpResponse {
	return { status: 200, body: "hello" };
}

async function stillServes({ peers, text }: HttpServerContext, port: number): Promise<void> {
	const { status, body } = await peers.request({ port });
	equal([status, text.decode(body)], [200, "hello"], "a request afterwards");
}

const requestCases: ContractCase<HttpServerContext>[] = [
	serverCase(
		"hands over a request as it came, and sends the response",
		{
			onRequest: () => ({
				status: 201,
				headers: { "X-Made": "yes", "content-type": "text/plain" },
				body: "grün",
			}),
		},
		async ({ port, requests }, { peers, text }) => {
			const response = await peers.request({
				port,
				method: "PUT",
				target: "/api/a%20b//c?x=1&y=%3F?z",
				headers: [["X-Mixed-Case", "Value"]],
				body: "body",
			});
			equal(response.status, 201, "status");
			equal(response.headers["x-made"], "yes", "header of the response");
			equal(response.headers["content-length"], "5", "length of the response");
			equal(text.decode(response.body), "grün", "body of the response");
			const [request] = requests;
			equal(
				[request?.method, request?.path, request?.query],
				["PUT", "/api/a%20b//c", "x=1&y=%3F?z"],
				"method, path and query",
			);
			equal(request?.headers["x-mixed-case"], "Value", "header of the request");
			equal(text.decode(request?.body ?? new Uint8Array()), "body", "body of the request");
		},
	),
	serverCase("tells of no query and no body as empty ones", {}, async ({ port, requests }, { peers }) => {
		await peers.request({ port, target: "/plain" });
		const [request] = requests;
		equal(
			[request?.path, request?.query, request?.body.length],
			["/plain", "", 0],
			"path, query and body length",
		);
	}),
	serverCase("understands a target with the host in it", {}, async ({ port, requests }, { peers }) => {
		await peers.request({ port, target: `http://127.0.0.1:${port}/path?query` });
		equal([requests[0]?.path, requests[0]?.query], ["/path", "query"], "path and query");
	}),
	serverCase("joins headers that come more than once", {}, async ({ port, requests }, { peers }) => {
		await peers.request({
			port,
			headers: [
				["X-List", "one"],
				["x-list", "two"],
			],
		});
		equal(requests[0]?.headers["x-list"], "one, two", "header");
	}),
	serverCase(
		"takes every byte of a body, and sends every byte",
		{
			onRequest: ({ body }) => ({ status: 200, body: body.slice() }),
		},
		async ({ port }, { peers }) => {
			const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
			const { body } = await peers.request({ port, method: "POST", body: everyByte });
			equal([...body], [...everyByte], "bytes");
		},
	),
	serverCase(
		"takes a body whose length is not told before",
		{},
		async ({ port, requests }, { peers, text }) => {
			await peers.request({ port, method: "POST", body: "in pieces", chunked: true });
			equal(text.decode(requests[0]?.body ?? new Uint8Array()), "in pieces", "body");
		},
	),
	serverCase(
		"sends responses without a body",
		{ onRequest: () => ({ status: 204 }) },
		async ({ port }, { peers }) => {
			const { status, body } = await peers.request({ port });
			equal([status, body.length], [204, 0], "status and length");
		},
	),
	serverCase("answers HEAD like GET, without the body", {}, async ({ port, requests }, { peers }) => {
		const { status, headers, body } = await peers.request({ port, method: "HEAD" });
		equal(requests[0]?.method, "GET", "method that is handed over");
		equal([status, headers["content-length"], body.length], [200, "5", 0], "status, length told and sent");
	}),
	serverCase(
		"waits for a response that takes its time",
		{
			onRequest: async () => {
				await undefined;
				return { status: 202 };
			},
		},
		async ({ port }, { peers }) => {
			equal((await peers.request({ port })).status, 202, "status");
		},
	),
	serverCase("takes a body of just the largest size", {}, async ({ port, requests }, { peers }) => {
		const { status } = await peers.request({ port, method: "POST", body: "x".repeat(MAX_BODY_BYTES) });
		equal([status, requests[0]?.body.length], [200, MAX_BODY_BYTES], "status and length");
	}),
	...[false, true].map((chunked) =>
		serverCase(
			`answers a body that is too long with 413${chunked ? ", also when its length is not told before" : ""}`,
			{},
			async ({ port, requests }, context) => {
				for (const length of [MAX_BODY_BYTES + 1, 500_000]) {
					const body = "x".repeat(length);
					const response = await context.peers.request({ port, method: "POST", body, chunked });
					equal(response.status, 413, `status for ${length} bytes`);
				}
				equal(requests, [], "requests that were handed over");
				await stillServes(context, port);
			},
		),
	),
	serverCase(
		"turns a throw into a 500 without details, and goes on",
		{
			onRequest({ path }) {
				if (path === "/throws") throw new Error("a secret");
				return greet();
			},
		},
		async ({ port, errors }, context) => {
			const { status, body } = await context.peers.request({ port, target: "/throws?secret" });
			equal(status, 500, "status");
			ok(!context.text.decode(body).includes("secret"), "the body has no details");
			equal(errors.length, 1, "errors");
			const cause = errors[0]?.cause;
			equal(cause instanceof Error && cause.message, "a secret", "cause of the error");
			await stillServes(context, port);
		},
	),
	serverCase(
		"turns a rejection into a 500, and goes on",
		{
			onRequest: ({ path }) => (path === "/rejects" ? Promise.reject(new Error("later")) : greet()),
		},
		async ({ port, errors }, context) => {
			equal((await context.peers.request({ port, target: "/rejects" })).status, 500, "status");
			equal(errors.length, 1, "errors");
			await stillServes(context, port);
		},
	),
	...(
		[
			["a header with a line break", { status: 200, headers: { "x-bad": "a\r\nx-injected: b" } }],
			["a header name that is none", { status: 200, headers: { "x bad": "a" } }],
			["a status that is none", { status: 99 }],
		] as const
	).map(([what, response]) =>
		serverCase(
			`sends a 500 instead of ${what}`,
			{
				onRequest: ({ path }) => (path === "/bad" ? response : greet()),
			},
			async ({ port, errors }, context) => {
				const { status, headers } = await context.peers.request({ port, target: "/bad" });
				equal(status, 500, "status");
				equal(headers["x-injected"], undefined, "injected header");
				equal(errors.length, 1, "errors");
				await stillServes(context, port);
			},
		),
	),
	serverCase(
		"serves eight clients at the same time, each with its own answer",
		{
			onRequest: ({ path }) => ({ status: 200, body: `you asked for ${path}` }),
		},
		async ({ port }, { peers, text }) => {
			const targets = Array.from({ length: 8 }, (_, index) => `/client/${index}`);
			const responses = await Promise.all(targets.map((target) => peers.request({ port, target })));
			equal(
				responses.map(({ body }) => text.decode(body)),
				targets.map((target) => `you asked for ${target}`),
				"answers",
			);
		},
	),
	{
		name: "serves others while one handler takes its time",
		async run(context) {
			let finish: (response: HttpResponse) => void = () => {};
			const slow = new Promise<HttpResponse>((resolve) => {
				finish = resolve;
			});
			await serve(
				context,
				{ onRequest: ({ path }) => (path === "/slow" ? slow : greet()) },
				async ({ port, requests }) => {
					const waiting = context.peers.request({ port, target: "/slow" });
					await eventually(context.clock, "the slow request arrives", () => requests.length === 1);
					await stillServes(context, port);
					finish({ status: 203 });
					equal((await waiting).status, 203, "status of the slow request");
				},
			);
		},
	},
	serverCase("survives whatever is not HTTP", {}, async ({ port, requests }, context) => {
		const nonsense = [
			"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
			"nonsense\r\n\r\n",
			"GET / HTTP/1.1\r\nno colon\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: minus one\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			`GET / HTTP/1.1\r\nX-Long: ${"x".repeat(100_000)}\r\n\r\n`,
		];
		for (const bytes of nonsense) {
			const socket = await context.peers.openSocket(port);
			await socket.send(bytes);
			await eventually(context.clock, "the server ends the connection", () => socket.ended());
			const received = await socket.received();
			ok(received === "" || /^HTTP\/1.1 4\d\d /.test(received), `the answer to nonsense: ${received}`);
		}
		equal(requests, [], "requests that were handed over");
		await stillServes(context, port);
	}),
	serverCase(
		"serves on though many connections are open and say nothing, or half of something",
		{},
		async ({ port, requests }, context) => {
			for (let count = 0; count < 200; count++) {
				const socket = await context.peers.openSocket(port);
				if (count % 2 === 1) await socket.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgr");
			}
			await stillServes(context, port);
			equal(requests.length, 1, "requests that were handed over");
		},
	),
	serverCase(
		"survives clients that vanish in the middle of a request",
		{},
		async ({ port, requests }, context) => {
			for (const bytes of ["GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"]) {
				const socket = await context.peers.openSocket(port);
				await socket.send(bytes);
				await pause(context.clock, 20);
				await socket.drop();
			}
			await stillServes(context, port);
			equal(requests.length, 1, "requests that were handed over");
		},
	),
];

/** The events of WebSockets, by the path they were opened with. */
type WsEvent = { type: "open" | "closed"; path: string } | { type: "text"; path: string; text: string };

/** Serves WebSockets at any path but "/refused". */
class WebSockets {
	readonly events: Events<WsEvent>;
	readonly connections = new Map<string, WebSocketConnection>();

	constructor(context: HttpServerContext) {
		this.events = new Events(context.clock);
	}

	accept({ path }: HttpRequest): WebSocketAccept {
		return (connection) => {
			this.connections.set(path, connection);
			this.events.push({ type: "open", path });
			return {
				onText: (text) => this.events.push({ type: "text", path, text }),
				onClosed: () => this.events.push({ type: "closed", path }),
			};
		};
	}

	connection(path = "/ws"): WebSocketConnection {
		const connection = this.connections.get(path);
		ok(connection !== undefined, `a WebSocket was opened at ${path}`);
		return connection;
	}
}

/** A case with a server that accepts WebSockets, and one client at "/ws". */
function webSocketCase(
	name: string,
	use: (
		parts: { client: PeerWebSocket; webSockets: WebSockets } & Running,
		context: HttpServerContext,
	) => Promise<void>,
): ContractCase<HttpServerContext> {
	return {
		name,
		run: async (context) => {
			const webSockets = new WebSockets(context);
			await serve(context, { onUpgrade: (request) => webSockets.accept(request) }, async (running) => {
				const client = opened(await context.peers.openWebSocket({ port: running.port, target: "/ws" }));
				await webSockets.events.first("the WebSocket is open", ({ type }) => type === "open");
				await use({ ...running, client, webSockets }, context);
			});
		},
	};
}

function opened(socket: PeerWebSocket | PeerResponse): PeerWebSocket {
	ok("sendText" in socket, "the server accepts the WebSocket");
	return socket;
}

function refused(socket: PeerWebSocket | PeerResponse): PeerResponse {
	ok("status" in socket, "the server refuses the WebSocket");
	return socket;
}

/** Waits for the client to see the end. */
async function closeOf(
	{ clock }: HttpServerContext,
	client: PeerWebSocket,
): Promise<{ code: number; reason: string }> {
	await eventually(clock, "the client sees the end", async () => (await client.closed()) !== undefined);
	return (await client.closed()) ?? { code: 0, reason: "" };
}

/** Of a raw socket that wants to become a WebSocket. */
const HANDSHAKE =
	"GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

/** A frame with a text of ASCII, masked with zeros. */
function textFrame(text: string): string {
	return `\x81${String.fromCharCode(0x80 | text.length)}\0\0\0\0${text}`;
}

/** A case with a server that accepts WebSockets, and one raw socket whose handshake is through. */
function rawWebSocketCase(
	name: string,
	use: (
		parts: { socket: RawSocket; webSockets: WebSockets } & Running,
		context: HttpServerContext,
	) => Promise<void>,
): ContractCase<HttpServerContext> {
	return {
		name,
		run: async (context) => {
			const webSockets = new WebSockets(context);
			await serve(context, { onUpgrade: (request) => webSockets.accept(request) }, async (running) => {
				const socket = await context.peers.openSocket(running.port);
				await socket.send(HANDSHAKE);
				await webSockets.events.first("the WebSocket is open", ({ type }) => type === "open");
				await eventually(context.clock, "the answer to the handshake arrives", async () =>
					(await socket.received()).endsWith("\r\n\r\n"),
				);
				await use({ ...running, socket, webSockets }, context);
			});
		},
	};
}

/** Bytes that show where one is missing. */
function placesOf(length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => index % 251);
}

function textsOf(webSockets: WebSockets): string[] {
	return webSockets.events.all.flatMap((event) => (event.type === "text" ? [event.text] : []));
}

async function closedOnce(webSockets: WebSockets): Promise<void> {
	await webSockets.events.first("onClosed", ({ type }) => type === "closed");
	await webSockets.events.quiet("events after onClosed");
	equal(webSockets.events.all.filter(({ type }) => type === "closed").length, 1, "onClosed calls");
}

const webSocketCases: ContractCase<HttpServerContext>[] = [
	serverCase(
		"tells what is asked for with an upgrade",
		{
			onUpgrade: () => () => ({ onText() {}, onClosed() {} }),
		},
		async ({ port, upgrades, requests }, { peers }) => {
			opened(
				await peers.openWebSocket({
					port,
					target: "/ws?token=1",
					headers: [["Origin", "http://culm.local"]],
				}),
			);
			equal(
				upgrades.map(({ method, path, query, headers, body }) => [
					method,
					path,
					query,
					headers.origin,
					body.length,
				]),
				[["GET", "/ws", "token=1", "http://culm.local", 0]],
				"upgrade",
			);
			equal(requests, [], "plain requests");
		},
	),
	webSocketCase("carries texts both ways, in order", async ({ client, webSockets }, { clock }) => {
		const texts = ["", "one", "Küche 🧵", "x".repeat(30_000), "last"];
		for (const text of texts) {
			await client.sendText(text);
			webSockets.connection().send(text);
		}
		const heard = await webSockets.events.count("texts", texts.length, ({ type }) => type === "text");
		equal(
			heard.map((event) => (event.type === "text" ? event.text : "")),
			texts,
			"texts from the client",
		);
		await eventually(
			clock,
			"the client has all texts",
			async () => (await client.texts()).length === texts.length,
		);
		equal(await client.texts(), texts, "texts to the client");
	}),
	webSocketCase(
		"sends texts and binary messages of every length, whole and in order",
		async ({ client, webSockets }, { clock }) => {
			const lengths = [0, 125, 126, 16 * 1024, 16 * 1024 + 1, 70_000];
			const connection = webSockets.connection();
			for (const length of lengths) {
				connection.sendBinary(placesOf(length));
				connection.send("x".repeat(length));
			}
			await eventually(
				clock,
				"the client has all messages",
				async () => (await client.messages()) === 2 * lengths.length,
			);
			equal(
				(await client.texts()).map(({ length }) => length),
				lengths,
				"lengths of the texts",
			);
			const binaries = await client.binaries();
			equal(
				binaries.map(({ length }) => length),
				lengths,
				"lengths of the binary messages",
			);
			for (const bytes of binaries) {
				const places = placesOf(bytes.length);
				equal(
					bytes.findIndex((byte, index) => byte !== places[index]),
					-1,
					"the first wrong byte",
				);
			}
		},
	),
	webSocketCase(
		"puts a text together that comes in several frames",
		async ({ client, webSockets }, { text }) => {
			await client.sendFrame({ opcode: 1, final: false, payload: text.encode("in ") });
			await client.sendFrame({ opcode: 9, final: true, payload: text.encode("ping between") });
			await client.sendFrame({ opcode: 0, final: true, payload: text.encode("pieces") });
			const [event] = await webSockets.events.count("a text", 1, ({ type }) => type === "text");
			equal(event, { type: "text", path: "/ws", text: "in pieces" }, "text");
		},
	),
	webSocketCase("answers a ping", async ({ client }, { clock, text }) => {
		await client.sendFrame({ opcode: 9, final: true, payload: text.encode("alive?") });
		await eventually(clock, "the pong arrives", async () => (await client.pongs()) === 1);
	}),
	webSocketCase("tells once when the client closes", async ({ client, webSockets }) => {
		await client.close(1000, "bye");
		await closedOnce(webSockets);
		webSockets.connection().send("too late");
		webSockets.connection().close();
	}),
	webSocketCase("tells once when the client vanishes", async ({ client, webSockets }) => {
		await client.drop();
		await closedOnce(webSockets);
	}),
	webSocketCase(
		"closes with code and reason, and is not heard of again",
		async ({ client, webSockets }, context) => {
			const connection = webSockets.connection();
			connection.send("last words");
			connection.close(4001, "enough");
			connection.close();
			connection.send("too late");
			connection.sendBinary(Uint8Array.of(1));
			await client.sendText("are you there?");
			equal(await closeOf(context, client), { code: 4001, reason: "enough" }, "close that the client sees");
			equal(await client.texts(), ["last words"], "texts to the client");
			equal(await client.binaries(), [], "binary messages to the client");
			await webSockets.events.quiet("events after close()");
			equal(webSockets.events.all, [{ type: "open", path: "/ws" }], "events");
		},
	),
	webSocketCase("closes with 1000 when nothing else is said", async ({ client, webSockets }, context) => {
		webSockets.connection().close();
		equal((await closeOf(context, client)).code, 1000, "code");
	}),
	{
		name: "cuts the connection when the client does not answer a close",
		async run(context) {
			const webSockets = new WebSockets(context);
			await serve(context, { onUpgrade: (request) => webSockets.accept(request) }, async ({ port }) => {
				const socket = await context.peers.openSocket(port);
				await socket.send(HANDSHAKE);
				await webSockets.events.first("the WebSocket is open", ({ type }) => type === "open");
				webSockets.connection().close();
				await eventually(context.clock, "the connection ends", () => socket.ended());
				await webSockets.events.quiet("events after close()");
			});
		},
	},
	...(["fin", "reset"] as const).flatMap((end) => [
		rawWebSocketCase(
			`hands over what came before the client ended the connection with a ${end}`,
			async ({ socket, webSockets }) => {
				await socket.sendLast(textFrame("one") + textFrame("two"), end);
				await closedOnce(webSockets);
				equal(textsOf(webSockets), ["one", "two"], "texts");
			},
		),
		rawWebSocketCase(
			`hands over what came before a ${end}, though the client has left something unread`,
			async ({ socket, webSockets }, context) => {
				webSockets.connection().send("unread");
				await pause(context.clock, 20);
				await socket.sendLast(textFrame("off"), end);
				await closedOnce(webSockets);
				equal(textsOf(webSockets), ["off"], "texts");
			},
		),
	]),
	{
		name: "hands over what comes in one piece with the handshake, and with the end after it",
		async run(context) {
			const webSockets = new WebSockets(context);
			await serve(context, { onUpgrade: (request) => webSockets.accept(request) }, async ({ port }) => {
				const socket = await context.peers.openSocket(port);
				await socket.sendLast(HANDSHAKE + textFrame("early"), "fin");
				await closedOnce(webSockets);
				equal(textsOf(webSockets), ["early"], "texts");
			});
		},
	},
	rawWebSocketCase(
		"takes texts apart that come in one piece, and puts one together that comes byte by byte",
		async ({ socket, webSockets }, context) => {
			await socket.send(textFrame("one") + textFrame("") + textFrame("three"));
			for (const byte of textFrame("four")) {
				await socket.send(byte);
				await pause(context.clock, 1);
			}
			await webSockets.events.count("texts", 4, ({ type }) => type === "text");
			equal(textsOf(webSockets), ["one", "", "three", "four"], "texts");
		},
	),
	...(
		[
			["is not masked", `\x81\x03one`, 1002],
			["is not masked and says a wrong length", `\x81\x0f{"get_settings":1}`, 1002],
			["says that it has four gigabytes", "\x81\xff\0\0\0\x01\0\0\0\0\0\0\0\0", 1009],
			["continues nothing", "\x80\x81\0\0\0\0x", 1002],
			["uses an extension", "\xc1\x81\0\0\0\0x", 1002],
		] as const
	).map(([what, bytes, code]) =>
		rawWebSocketCase(
			`ends the connection at a frame that ${what}, and goes on`,
			async ({ socket, webSockets, port }, context) => {
				await socket.send(bytes);
				await eventually(context.clock, "the connection ends", () => socket.ended());
				const [, afterHead = ""] = (await socket.received()).split("\r\n\r\n");
				const closeFrame = [0x88, 2, code >> 8, code & 0xff];
				equal(
					[...afterHead].map((byte) => byte.charCodeAt(0)),
					closeFrame,
					"bytes that the client was sent",
				);
				await closedOnce(webSockets);
				equal(textsOf(webSockets), [], "texts");
				await stillServes(context, port);
			},
		),
	),
	webSocketCase("refuses a binary message with 1003", async ({ client, webSockets }, context) => {
		await client.sendBinary(Uint8Array.of(1, 2, 3));
		await client.sendText("after it");
		equal((await closeOf(context, client)).code, 1003, "code");
		await closedOnce(webSockets);
		equal(
			webSockets.events.all.map(({ type }) => type),
			["open", "closed"],
			"events",
		);
	}),
	webSocketCase("takes a text of 64 KiB", async ({ client, webSockets }) => {
		await client.sendText("x".repeat(64 * 1024));
		const [event] = await webSockets.events.count("a text", 1, ({ type }) => type === "text");
		equal(event?.type === "text" && event.text.length, 64 * 1024, "length");
	}),
	webSocketCase("refuses a longer text with 1009", async ({ client, webSockets, errors }, context) => {
		await client.sendText("x".repeat(64 * 1024 + 1));
		equal((await closeOf(context, client)).code, 1009, "code");
		await closedOnce(webSockets);
		equal(
			errors.map(({ code }) => code),
			["too_large"],
			"errors",
		);
	}),
	webSocketCase("refuses a text that is not UTF-8 with 1007", async ({ client, webSockets }, context) => {
		await client.sendFrame({ opcode: 1, final: true, payload: Uint8Array.of(0x41, 0xff) });
		equal((await closeOf(context, client)).code, 1007, "code");
		await closedOnce(webSockets);
	}),
	webSocketCase(
		"ends a connection with broken frames, and goes on",
		async ({ client, webSockets, port }, context) => {
			await client.sendFrame({ opcode: 5, final: true, payload: new Uint8Array() });
			equal((await closeOf(context, client)).code, 1002, "code");
			await closedOnce(webSockets);
			await stillServes(context, port);
		},
	),
	webSocketCase(
		"tells how much a client that does not read leaves waiting",
		async ({ client, webSockets }, context) => {
			const connection = webSockets.connection();
			equal(connection.queuedBytes, 0, "bytes at first");
			await client.pauseReading();
			const text = "x".repeat(60_000);
			// The network between takes some megabytes before it lets the sender wait.
			for (let sent = 0; connection.queuedBytes < 200_000; sent += 1) {
				ok(sent < 2000, "the bytes begin to wait");
				connection.send(text);
				await pause(context.clock, 0);
			}
			await client.resumeReading();
			await eventually(context.clock, "the bytes are sent", () => connection.queuedBytes === 0);
			connection.close();
		},
	),
	{
		name: "serves eight WebSockets at the same time, each with its own texts",
		async run(context) {
			const webSockets = new WebSockets(context);
			await serve(context, { onUpgrade: (request) => webSockets.accept(request) }, async ({ port }) => {
				const paths = Array.from({ length: 8 }, (_, index) => `/ws/${index}`);
				const clients = await Promise.all(
					paths.map(async (target) => opened(await context.peers.openWebSocket({ port, target }))),
				);
				await webSockets.events.count("open", 8, ({ type }) => type === "open");
				for (const path of paths) webSockets.connection(path).send(`you are at ${path}`);
				for (const [index, client] of clients.entries()) {
					await eventually(context.clock, "a text arrives", async () => (await client.texts()).length === 1);
					equal(await client.texts(), [`you are at ${paths[index]}`], "texts");
				}
				await Promise.all(clients.map((client, index) => client.sendText(`I am ${index}`)));
				const heard = await webSockets.events.count("texts", 8, ({ type }) => type === "text");
				const expected = paths.map((path, index) => ({ type: "text", path, text: `I am ${index}` }));
				equal(
					[...heard].sort((a, b) => (a.path < b.path ? -1 : 1)),
					expected,
					"texts from the clients",
				);
			});
		},
	},
	serverCase(
		"refuses a WebSocket with the response that is given",
		{
			onUpgrade: () => ({ status: 401, headers: { "WWW-Authenticate": "Basic" }, body: "who are you?" }),
		},
		async ({ port }, { peers, text }) => {
			const response = refused(await peers.openWebSocket({ port }));
			equal(
				[response.status, response.headers["www-authenticate"], text.decode(response.body)],
				[401, "Basic", "who are you?"],
				"response",
			);
		},
	),
	serverCase(
		"turns a throw of onUpgrade into a 500, and goes on",
		{
			onUpgrade() {
				throw new Error("a secret");
			},
		},
		async ({ port, errors }, context) => {
			const { status, body } = refused(await context.peers.openWebSocket({ port }));
			equal(status, 500, "status");
			ok(!context.text.decode(body).includes("secret"), "the body has no details");
			equal(errors.length, 1, "errors");
			await stillServes(context, port);
		},
	),
	serverCase(
		"does not accept a wrong handshake",
		{
			onUpgrade: () => () => {
				throw new Error("the socket was accepted");
			},
		},
		async ({ port, errors }, context) => {
			for (const headers of [
				"Upgrade: websocket\r\n",
				"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n",
				"Upgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
				"Upgrade: something-else\r\n",
			]) {
				const socket = await context.peers.openSocket(port);
				await socket.send(`GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n${headers}\r\n`);
				await eventually(context.clock, "the server ends the connection", () => socket.ended());
				ok(/^HTTP\/1.1 4\d\d /.test(await socket.received()), "the handshake is refused");
			}
			equal(errors, [], "errors");
			await stillServes(context, port);
		},
	),
	{
		name: "may be used and closed while it is being accepted",
		async run(context) {
			let closedCalls = 0;
			const onUpgrade = (): WebSocketAccept => (connection) => {
				connection.send("hello and goodbye");
				connection.close(4000, "");
				return {
					onText() {},
					onClosed() {
						closedCalls += 1;
					},
				};
			};
			await serve(context, { onUpgrade }, async ({ port }) => {
				const client = opened(await context.peers.openWebSocket({ port }));
				equal((await closeOf(context, client)).code, 4000, "code");
				equal(await client.texts(), ["hello and goodbye"], "texts");
				await pause(context.clock, 20);
				equal(closedCalls, 0, "onClosed calls after close()");
			});
		},
	},
	{
		name: "ends a WebSocket whose handler throws, and goes on",
		async run(context) {
			let closedCalls = 0;
			const onUpgrade = (): WebSocketAccept => () => ({
				onText() {
					throw new Error("a secret");
				},
				onClosed() {
					closedCalls += 1;
				},
			});
			await serve(context, { onUpgrade }, async ({ port, errors }) => {
				const client = opened(await context.peers.openWebSocket({ port }));
				await client.sendText("go");
				equal(await closeOf(context, client), { code: 1011, reason: "" }, "close that the client sees");
				await eventually(context.clock, "onClosed", () => closedCalls > 0);
				equal([errors.length, closedCalls], [1, 1], "errors and onClosed calls");
				await stillServes(context, port);
			});
		},
	},
];

const listenCases: ContractCase<HttpServerContext>[] = [
	serverCase("tells the port that it was given", {}, async ({ port }, context) => {
		ok(port > 0, "the port is known");
		await stillServes(context, port);
	}),
	{
		name: "does not listen on a port that is taken: address_in_use",
		async run(context) {
			const taken = await context.peers.takenPort();
			const options = { port: taken, maxBodyBytes: 0, onRequest: greet, onUpgrade: greet, onError() {} };
			await rejectsWith("address_in_use", context.port.listen(options));
		},
	},
	{
		name: "does not listen on a port that does not exist: invalid",
		async run(context) {
			const options = { port: 70_000, maxBodyBytes: 0, onRequest: greet, onUpgrade: greet, onError() {} };
			await rejectsWith("invalid", context.port.listen(options));
		},
	},
	{
		name: "frees the port when it closes, also when it is closed twice",
		async run(context) {
			let port = 0;
			await serve(context, {}, async (running) => {
				port = running.port;
				await stillServes(context, port);
				await Promise.all([running.server.close(), running.server.close()]);
				await running.server.close();
				equal(await context.peers.isListening(port), false, "listening after close()");
			});
			await serve(context, { port }, async (running) => {
				equal(running.port, port, "the same port again");
				await stillServes(context, port);
			});
		},
	},
	webSocketCase("ends every connection when it closes, and is not heard of again", async (parts, context) => {
		const { client, webSockets, server, port, requests, upgrades, errors } = parts;
		const idle = await context.peers.openSocket(port);
		const used = await context.peers.openSocket(port);
		await used.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		await eventually(context.clock, "a response arrives", async () =>
			(await used.received()).includes("hello"),
		);
		const half = await context.peers.openSocket(port);
		await half.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
		await pause(context.clock, 20);

		const closed = server.close();
		await client.sendText("too late");
		await within(context.clock, PATIENCE_MS, "close()", closed);
		for (const socket of [idle, used, half]) {
			await eventually(context.clock, "a connection ends", () => socket.ended());
		}
		await closeOf(context, client);
		await webSockets.events.quiet("events after close()");
		equal(webSockets.events.all, [{ type: "open", path: "/ws" }], "events of the WebSocket");
		equal([requests.length, upgrades.length, errors.length], [1, 1, 0], "requests, upgrades and errors");
	}),
	{
		name: "closes though a handler never answers",
		async run(context) {
			await serve(context, { onRequest: () => new Promise(() => {}) }, async ({ server, port, requests }) => {
				const socket = await context.peers.openSocket(port);
				await socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
				await eventually(context.clock, "the request arrives", () => requests.length === 1);
				await within(context.clock, PATIENCE_MS, "close()", server.close());
				await eventually(context.clock, "the connection ends", () => socket.ended());
			});
		},
	},
	{
		name: "sends the response that is under way before it closes",
		async run(context) {
			let finish: (response: HttpResponse) => void = () => {};
			const slow = new Promise<HttpResponse>((resolve) => {
				finish = resolve;
			});
			await serve(context, { onRequest: () => slow }, async ({ server, port, requests }) => {
				const waiting = context.peers.request({ port });
				await eventually(context.clock, "the request arrives", () => requests.length === 1);
				const closed = server.close();
				finish({ status: 200, body: "done" });
				equal(context.text.decode((await waiting).body), "done", "response");
				await within(context.clock, PATIENCE_MS, "close()", closed);
			});
		},
	},
];

export const httpServerCases: readonly ContractCase<HttpServerContext>[] = [
	...requestCases,
	...webSocketCases,
	...listenCases,
];
