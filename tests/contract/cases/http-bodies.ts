// The contract of HttpServerPort for bodies that are taken piece by piece.

import type {
	BodyReceiver,
	HttpRequest,
	HttpRequestHead,
	HttpResponse,
	HttpServer,
	HttpServerOptions,
} from "../../../modules/platform/http";
import type { PortError } from "../../../modules/platform/port-error";
import { type ContractCase, Events, equal, eventually, ok, PATIENCE_MS, within } from "../contract";
import type { HttpServerContext } from "./http-server";

const MAX_COLLECTED_BYTES = 1000;

type BodyEvent =
	| { type: "asked"; head: HttpRequestHead; sizeBytes: number | undefined }
	| { type: "took"; bytes: Uint8Array }
	| { type: "ended" | "aborted" };

/** A server that takes bodies, and all that was heard of it. */
interface Running {
	server: HttpServer;
	port: number;
	events: Events<BodyEvent>;
	requests: HttpRequest[];
	errors: PortError[];
}

/** What a case's server does with a body: the parts of a receiver, or something instead of one. */
interface Behaviour {
	answer?: HttpServerOptions["onBody"];
	take?: (bytes: Uint8Array) => void;
	end?: () => HttpResponse | Promise<HttpResponse>;
}

function bodyCase(
	name: string,
	{ answer, take, end }: Behaviour,
	use: (running: Running, context: HttpServerContext) => Promise<void>,
): ContractCase<HttpServerContext> {
	return {
		name,
		async run(context) {
			const events = new Events<BodyEvent>(context.clock);
			const requests: HttpRequest[] = [];
			const errors: PortError[] = [];
			const receiver: BodyReceiver = {
				take(bytes) {
					// They are the port's own.
					events.push({ type: "took", bytes: bytes.slice() });
					take?.(bytes);
				},
				end() {
					events.push({ type: "ended" });
					return end?.() ?? { status: 201, body: "taken" };
				},
				abort: () => events.push({ type: "aborted" }),
			};
			const server = await context.port.listen({
				port: 0,
				maxBodyBytes: MAX_COLLECTED_BYTES,
				onBody(head, sizeBytes) {
					events.push({ type: "asked", head, sizeBytes });
					return answer === undefined ? receiver : answer(head, sizeBytes);
				},
				onRequest(request) {
					requests.push({ ...request, body: request.body.slice() });
					return { status: 200, body: "hello" };
				},
				onUpgrade: () => ({ status: 404 }),
				onError: (error) => errors.push(error),
			});
			try {
				await use({ server, port: server.port, events, requests, errors }, context);
			} finally {
				await within(context.clock, PATIENCE_MS, "close()", server.close());
			}
		},
	};
}

async function stillServes({ peers, text }: HttpServerContext, port: number): Promise<void> {
	const { status, body } = await peers.request({ port });
	equal([status, text.decode(body)], [200, "hello"], "a request afterwards");
}

function taken(events: Events<BodyEvent>): Uint8Array {
	const pieces = events.all.flatMap((event) => (event.type === "took" ? [event.bytes] : []));
	const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let offset = 0;
	for (const piece of pieces) {
		all.set(piece, offset);
		offset += piece.length;
	}
	return all;
}

/** Without pieces, which may be any. */
function steps(events: Events<BodyEvent>): string[] {
	return events.all.map(({ type }) => type).filter((type) => type !== "took");
}

/** Whether a body came as it was sent; in its differences alone when it did not, since it may be large. */
function equalBytes(actual: Uint8Array, expected: Uint8Array): void {
	equal(actual.length, expected.length, "length of the body");
	equal(
		actual.findIndex((byte, index) => byte !== expected[index]),
		-1,
		"first byte that is another one",
	);
}

const everyByte = (length: number): Uint8Array =>
	Uint8Array.from({ length }, (_, index) => (index * 7) % 256);

const head = (...lines: string[]): string =>
	["POST /body HTTP/1.1", "Host: a", ...lines, "", ""].join("\r\n");

const REFUSAL: HttpResponse = { status: 409, headers: { "x-why": "busy" }, body: "not now" };

export const httpBodyCases: readonly ContractCase<HttpServerContext>[] = [
	bodyCase(
		"asks before a body comes, hands it over in pieces, and sends the receiver's response",
		{},
		async ({ port, events, requests }, { peers, text }) => {
			const body = everyByte(100_000);
			const response = await peers.request({
				port,
				method: "POST",
				target: "/body?x=1",
				headers: [["X-Mixed-Case", "Value"]],
				body,
			});
			equal([response.status, text.decode(response.body)], [201, "taken"], "response");
			const [asked] = events.all;
			ok(asked?.type === "asked", "the server is asked first");
			const { method, path, query, headers } = asked.head;
			equal(
				[method, path, query, headers["x-mixed-case"], asked.sizeBytes],
				["POST", "/body", "x=1", "Value", body.length],
				"what is told of the request",
			);
			equal(steps(events), ["asked", "ended"], "calls");
			equalBytes(taken(events), body);
			equal(requests, [], "requests that were collected");
		},
	),
	bodyCase(
		"hands a piece over when it comes, not when all is there",
		{},
		async ({ port, events }, { peers, clock, text }) => {
			const socket = await peers.openSocket(port);
			await socket.send(`${head("Content-Length: 8")}half`);
			await events.first("the first piece", ({ type }) => type === "took");
			equal(text.decode(taken(events)), "half", "what came so far");
			await socket.send("rest");
			await eventually(clock, "the response arrives", async () =>
				(await socket.received()).startsWith("HTTP/1.1 201 "),
			);
			equal(text.decode(taken(events)), "halfrest", "all of it");
		},
	),
	bodyCase("takes a body whose length is not told before", {}, async ({ port, events }, { peers }) => {
		const body = everyByte(10_000);
		const { status } = await peers.request({ port, method: "POST", body, chunked: true });
		equal(status, 201, "status");
		const [asked] = events.all;
		ok(asked?.type === "asked", "the server is asked first");
		equal(asked.sizeBytes, undefined, "length");
		equalBytes(taken(events), body);
	}),
	bodyCase("does not ask for a request without a body", {}, async ({ port, events, requests }, { peers }) => {
		await peers.request({ port });
		await peers.request({ port, method: "POST", body: "" });
		equal(events.all, [], "calls");
		equal(requests.length, 2, "requests");
	}),
	bodyCase(
		"collects a body that nobody wants to take, up to its limit",
		{ answer: () => undefined },
		async ({ port, events, requests }, { peers, text }) => {
			equal((await peers.request({ port, method: "POST", body: "collect me" })).status, 200, "status");
			equal(text.decode(requests[0]?.body ?? new Uint8Array()), "collect me", "body");
			const { status } = await peers.request({
				port,
				method: "POST",
				body: "x".repeat(MAX_COLLECTED_BYTES + 1),
			});
			equal(status, 413, "status of a longer one");
			equal(requests.length, 1, "requests");
			equal(steps(events), ["asked", "asked"], "calls");
		},
	),
	bodyCase(
		"waits for a response that takes its time",
		{
			end: async () => {
				await undefined;
				return { status: 202 };
			},
		},
		async ({ port }, { peers }) => {
			equal((await peers.request({ port, method: "POST", body: "x" })).status, 202, "status");
		},
	),
	bodyCase(
		"sends a refusal before any of the body has come",
		{ answer: () => REFUSAL },
		async ({ port, events, requests }, context) => {
			const socket = await context.peers.openSocket(port);
			await socket.send(head("Content-Length: 1000000"));
			await eventually(context.clock, "the refusal arrives", async () =>
				(await socket.received()).endsWith("\r\n\r\nnot now"),
			);
			const received = (await socket.received()).toLowerCase();
			ok(received.startsWith("http/1.1 409 "), `the status of ${received}`);
			ok(received.includes("x-why: busy\r\n"), `the header of ${received}`);
			await socket.send("x".repeat(1000));
			await stillServes(context, port);
			equal(steps(events), ["asked"], "calls");
			equal(requests.length, 1, "requests");
		},
	),
	...[false, true].map((chunked) =>
		bodyCase(
			`lets a client that sends all before it reads see the refusal${chunked ? ", also when it tells no length" : ""}`,
			{ answer: () => REFUSAL },
			async ({ port, events }, context) => {
				const { status, body } = await context.peers.request({
					port,
					method: "POST",
					body: "x".repeat(500_000),
					chunked,
				});
				equal([status, context.text.decode(body)], [409, "not now"], "response");
				equal(steps(events), ["asked"], "calls");
				await stillServes(context, port);
			},
		),
	),
	bodyCase(
		"lets a client that waits for it send its body",
		{},
		async ({ port, events }, { peers, clock, text }) => {
			const socket = await peers.openSocket(port);
			await socket.send(head("Content-Length: 4", "Expect: 100-continue"));
			await eventually(clock, "the server says go on", async () =>
				(await socket.received()).startsWith("HTTP/1.1 100 "),
			);
			await socket.send("body");
			await eventually(clock, "the response arrives", async () =>
				(await socket.received()).includes("HTTP/1.1 201 "),
			);
			equal(text.decode(taken(events)), "body", "body");
		},
	),
	bodyCase(
		"refuses a client that waits, without letting it send",
		{ answer: () => REFUSAL },
		async ({ port }, { peers, clock }) => {
			const socket = await peers.openSocket(port);
			await socket.send(head("Content-Length: 4", "Expect: 100-continue"));
			await eventually(clock, "an answer arrives", async () =>
				(await socket.received()).includes("\r\n\r\n"),
			);
			ok((await socket.received()).startsWith("HTTP/1.1 409 "), "it is the refusal");
		},
	),
	bodyCase("tells once when the client vanishes in the middle", {}, async ({ port, events }, context) => {
		const socket = await context.peers.openSocket(port);
		await socket.send(`${head("Content-Length: 100")}half`);
		await events.first("the first piece", ({ type }) => type === "took");
		await socket.drop();
		await events.first("abort()", ({ type }) => type === "aborted");
		await events.quiet("calls after abort()");
		equal(steps(events), ["asked", "aborted"], "calls");
		await stillServes(context, port);
	}),
	bodyCase(
		"tells once when the client hangs up before all has come, which is no end of the body",
		{},
		async ({ port, events }, { peers }) => {
			const socket = await peers.openSocket(port);
			await socket.sendLast(`${head("Content-Length: 100")}half`, "fin");
			await events.first("abort()", ({ type }) => type === "aborted");
			await events.quiet("calls after abort()");
			equal(steps(events), ["asked", "aborted"], "calls");
		},
	),
	bodyCase(
		"aborts what is under way when it closes, and is not heard of again",
		{},
		async ({ server, port, events }, { peers, clock }) => {
			const socket = await peers.openSocket(port);
			await socket.send(`${head("Content-Length: 100")}half`);
			await events.first("the first piece", ({ type }) => type === "took");
			await within(clock, PATIENCE_MS, "close()", server.close());
			equal(steps(events), ["asked", "aborted"], "calls");
			await socket.send("rest");
			await events.quiet("calls after close()");
		},
	),
	bodyCase(
		"does not abort what has ended",
		{ end: () => new Promise(() => {}) },
		async ({ port, events }, { peers }) => {
			const socket = await peers.openSocket(port);
			await socket.send(`${head("Content-Length: 4")}body`);
			await events.first("end()", ({ type }) => type === "ended");
			await socket.drop();
			await events.quiet("calls after end()");
		},
	),
	bodyCase(
		"turns what a receiver throws into a 500 without details, and calls it no more",
		{
			take() {
				throw new Error("a secret");
			},
		},
		async ({ port, events, errors }, context) => {
			const { status, body } = await context.peers.request({
				port,
				method: "POST",
				body: everyByte(200_000),
			});
			equal(status, 500, "status");
			ok(!context.text.decode(body).includes("secret"), "the body has no details");
			equal(
				events.all.map(({ type }) => type),
				["asked", "took"],
				"calls",
			);
			const [error, ...more] = errors;
			equal(error?.cause instanceof Error && error.cause.message, "a secret", "cause of the error");
			equal(more, [], "further errors");
			await stillServes(context, port);
		},
	),
	...(
		[
			["a receiver's end that throws", { end: thrower }],
			["a receiver's end that rejects", { end: async () => thrower() }],
			["a throw instead of a receiver", { answer: thrower }],
			[
				"a refusal that cannot be sent",
				{ answer: () => ({ status: 409, headers: { "x-bad": "a\r\nb: c" } }) },
			],
		] as const
	).map(([what, behaviour]) =>
		bodyCase(`sends a 500 for ${what}`, behaviour, async ({ port, errors }, context) => {
			const { status, body } = await context.peers.request({ port, method: "POST", body: "body" });
			equal(status, 500, "status");
			ok(!context.text.decode(body).includes("secret"), "the body has no details");
			equal(errors.length, 1, "errors");
			await stillServes(context, port);
		}),
	),
	bodyCase("serves others while a body comes", {}, async ({ port, events }, context) => {
		const socket = await context.peers.openSocket(port);
		await socket.send(`${head("Content-Length: 8")}half`);
		await events.first("the first piece", ({ type }) => type === "took");
		await stillServes(context, port);
		await socket.send("rest");
		await events.first("end()", ({ type }) => type === "ended");
	}),
	bodyCase("survives bodies whose length makes no sense", {}, async ({ port, events }, context) => {
		for (const lines of [
			["Content-Length: minus one"],
			["Content-Length: 5", "Transfer-Encoding: chunked"],
			["Content-Length: 5", "Content-Length: 6"],
		]) {
			const socket = await context.peers.openSocket(port);
			await socket.send(`${head(...lines)}0\r\n\r\n`);
			await eventually(context.clock, "the server ends the connection", () => socket.ended());
			const received = await socket.received();
			ok(received === "" || /^HTTP\/1\.1 4\d\d /.test(received), `the answer to nonsense: ${received}`);
		}
		ok(!steps(events).includes("ended"), "nothing of it is taken for a body");
		await stillServes(context, port);
	}),
];

function thrower(): never {
	throw new Error("a secret");
}
