// The contract of HttpClientPort.

import type { HttpClientPort, HttpClientRequest, HttpClientResponse } from "../../../modules/platform/http";
import type { PortErrorCode } from "../../../modules/platform/port-error";
import {
	type ContractCase,
	type ContractContext,
	equal,
	eventually,
	ok,
	PATIENCE_MS,
	rejectsWith,
	within,
} from "../contract";
import {
	type Address,
	type HttpClientPeers,
	type HttpServerBehaviour,
	type HttpServerPeer,
	UNKNOWN_HOST,
} from "../peers";

export interface HttpClientContext extends ContractContext<HttpClientPort> {
	peers: HttpClientPeers;
}

function urlOf({ host, port }: Address, path = "/"): string {
	return `http://${host}:${port}${path}`;
}

function get(
	{ port, clock }: HttpClientContext,
	url: string,
	options: Partial<HttpClientRequest> = {},
): Promise<HttpClientResponse> {
	const request = { method: "GET", url, timeoutMs: PATIENCE_MS, maxBodyBytes: 10_000, ...options };
	return within(clock, PATIENCE_MS + 1000, "request()", port.request(request));
}

/** A case with a server of that behaviour. */
function clientCase(
	name: string,
	behaviour: HttpServerBehaviour,
	use: (server: HttpServerPeer, context: HttpClientContext) => Promise<void>,
): ContractCase<HttpClientContext> {
	return {
		name,
		run: async (context) => {
			const server = await context.peers.startServer(behaviour);
			await use(server, context);
			await eventually(
				context.clock,
				"the server's sockets are closed",
				async () => (await server.openSockets()) === 0,
			);
		},
	};
}

function failureCase(
	name: string,
	behaviour: HttpServerBehaviour,
	code: PortErrorCode,
	options: Partial<HttpClientRequest> = {},
): ContractCase<HttpClientContext> {
	return clientCase(`${name}: ${code}`, behaviour, async (server, context) => {
		const error = await rejectsWith(code, get(context, urlOf(server, "/path?key=secret"), options));
		ok(!error.message.includes("secret"), "the query is in no message");
	});
}

export const httpClientCases: readonly ContractCase<HttpClientContext>[] = [
	clientCase("sends a request as it is given, and tells the response", "greets", async (server, context) => {
		const response = await get(context, urlOf(server, "/api/a%20b?x=1&y=%3F"), {
			method: "PATCH",
			headers: { "Content-Type": "application/json", "X-Api-Key": "key" },
			body: '{"used":"grün"}',
		});
		equal([response.status, context.text.decode(response.body)], [200, "hello"], "response");
		ok("content-type" in response.headers, "names of headers are in lower case");
		const [request] = await server.requests();
		equal([request?.method, request?.target], ["PATCH", "/api/a%20b?x=1&y=%3F"], "method and target");
		equal(context.text.decode(request?.body ?? new Uint8Array()), '{"used":"grün"}', "body");
		const { "content-type": type, "x-api-key": key, "content-length": length, host } = request?.headers ?? {};
		equal([type, key, length], ["application/json", "key", "16"], "headers");
		equal(host, `${server.host}:${server.port}`, "host");
	}),
	clientCase("sends every byte", "greets", async (server, context) => {
		const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
		await get(context, urlOf(server), { method: "POST", body: everyByte });
		const [request] = await server.requests();
		equal([...(request?.body ?? [])], [...everyByte], "bytes");
	}),
	clientCase("takes every byte", "sends_every_byte", async (server, context) => {
		const { body } = await get(context, urlOf(server));
		equal(
			[...body],
			Array.from({ length: 256 }, (_, index) => index),
			"bytes",
		);
	}),
	clientCase("resolves for a status that tells of an error", "answers_404", async (server, context) => {
		equal((await get(context, urlOf(server))).status, 404, "status");
	}),
	clientCase("resolves for a response without a body", "answers_204", async (server, context) => {
		const { status, body } = await get(context, urlOf(server), { method: "DELETE" });
		equal([status, body.length], [204, 0], "status and length");
	}),
	clientCase("does not follow a redirect", "redirects", async (server, context) => {
		const { status, headers } = await get(context, urlOf(server));
		equal([status, headers.location], [302, "/elsewhere"], "status and location");
		equal((await server.requests()).length, 1, "requests");
	}),
	clientCase("joins headers that come more than once", "repeats_headers", async (server, context) => {
		const { headers } = await get(context, urlOf(server));
		equal([headers["x-list"], headers["set-cookie"]], ["one, two", "a=b"], "headers");
	}),
	clientCase("takes a body of just the largest size", "sends_much", async (server, context) => {
		const { body } = await get(context, urlOf(server), { maxBodyBytes: 5000 });
		equal(body.length, 5000, "length");
	}),
	clientCase("makes eight requests at the same time", "greets", async (server, context) => {
		const paths = Array.from({ length: 8 }, (_, index) => `/request/${index}`);
		const responses = await Promise.all(paths.map((path) => get(context, urlOf(server, path))));
		equal(
			responses.map(({ status }) => status),
			paths.map(() => 200),
			"statuses",
		);
		const targets = (await server.requests()).map(({ target }) => target);
		equal([...targets].sort(), paths, "targets");
	}),
	failureCase("gives up on a body that is too long", "sends_much", "too_large", { maxBodyBytes: 4999 }),
	failureCase("gives up on a body that turns out to be too long", "sends_much_in_chunks", "too_large", {
		maxBodyBytes: 4999,
	}),
	failureCase("gives up on a server that does not answer", "never_answers", "timeout", { timeoutMs: 150 }),
	failureCase("gives up on an answer that does not come to an end", "stops_in_the_body", "timeout", {
		timeoutMs: 150,
	}),
	failureCase("tells when the server hangs up", "hangs_up_at_once", "closed_by_peer"),
	failureCase(
		"tells when the server hangs up in the middle of its answer",
		"hangs_up_in_the_body",
		"closed_by_peer",
	),
	failureCase("tells when the server does not speak HTTP", "talks_nonsense", "protocol"),
	failureCase("tells when the server goes over to another protocol", "switches_protocols", "protocol"),
	{
		name: "tells when nobody listens on the port: refused",
		async run(context) {
			await rejectsWith("refused", get(context, urlOf(await context.peers.unusedPort())));
		},
	},
	{
		name: "tells when the host name has no address: host_not_found",
		async run(context) {
			await rejectsWith("host_not_found", get(context, `http://${UNKNOWN_HOST}/`));
		},
	},
	{
		name: "tells when no host answers: unreachable",
		async run(context) {
			await rejectsWith(
				"unreachable",
				get(context, urlOf(await context.peers.unanswered()), { timeoutMs: 150 }),
			);
		},
	},
	...(
		[
			["an address of https, which it does not speak", { url: "https://127.0.0.1/" }],
			["an address of another kind", { url: "file:///etc/hostname" }],
			["an address that is none", { url: "spoolman.local:7912" }],
			["an empty address", { url: "" }],
			["a header with a line break", { headers: { "x-bad": "a\r\nx-injected: b" } }],
			["a header name that is none", { headers: { "x bad": "a" } }],
			["a method that is none", { method: "GET / HTTP/1.1\r\nX:" }],
		] as const
	).map(
		([what, options]): ContractCase<HttpClientContext> =>
			clientCase(`refuses ${what}: invalid`, "greets", async (server, context) => {
				await rejectsWith("invalid", get(context, urlOf(server), options));
				equal(await server.requests(), [], "requests");
			}),
	),
];
