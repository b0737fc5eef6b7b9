// The servers for an HTTP client under test, on Node.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpClientPeers, HttpServerBehaviour, HttpServerPeer } from "../../peers";
import { Nowhere } from "./nowhere";
import { NONSENSE, ServerPeer } from "./server-peer";

const MUCH = "x".repeat(5000);

export class NodeHttpClientPeers extends Nowhere implements HttpClientPeers {
	readonly #servers: NodeHttpServerPeer[] = [];

	async startServer(behaviour: HttpServerBehaviour): Promise<HttpServerPeer> {
		const server = new NodeHttpServerPeer(behaviour);
		this.#servers.push(server);
		return server.listen();
	}

	override async close(): Promise<void> {
		await super.close();
		for (const server of this.#servers) await server.close();
	}
}

class NodeHttpServerPeer extends ServerPeer implements HttpServerPeer {
	constructor(behaviour: HttpServerBehaviour) {
		super();
		this.server.on("connection", (socket) => {
			if (behaviour === "hangs_up_at_once") socket.end();
			if (behaviour === "talks_nonsense") socket.once("data", () => socket.end(NONSENSE));
		});
		this.server.on("request", (request, response) => void this.#answer(behaviour, request, response));
	}

	async #answer(
		behaviour: HttpServerBehaviour,
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const chunks: Uint8Array[] = [];
		for await (const chunk of request) chunks.push(chunk as Uint8Array);
		this.remember(request, Buffer.concat(chunks));
		answer(behaviour, response);
	}
}

function answer(behaviour: HttpServerBehaviour, response: ServerResponse): void {
	const { socket } = response;
	switch (behaviour) {
		case "greets":
			response.setHeader("Content-Type", "text/plain").end("hello");
			return;
		case "sends_every_byte":
			response.end(Uint8Array.from({ length: 256 }, (_, index) => index));
			return;
		case "answers_404":
			response.writeHead(404).end("no such thing");
			return;
		case "answers_204":
			response.writeHead(204).end();
			return;
		case "redirects":
			response.writeHead(302, { Location: "/elsewhere" }).end();
			return;
		case "repeats_headers":
			response.writeHead(200, { "X-List": ["one", "two"], "Set-Cookie": "a=b" }).end();
			return;
		case "sends_much":
			response.writeHead(200, { "Content-Length": MUCH.length }).end(MUCH);
			return;
		case "sends_much_in_chunks":
			response.write(MUCH.slice(0, 2500));
			response.end(MUCH.slice(2500));
			return;
		case "stops_in_the_body":
			response.writeHead(200, { "Content-Length": MUCH.length }).write("beginning");
			return;
		case "hangs_up_in_the_body":
			response.writeHead(200, { "Content-Length": MUCH.length }).write("beginning", () => socket?.end());
			return;
		case "switches_protocols":
			socket?.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");
			return;
		case "never_answers":
		case "hangs_up_at_once":
		case "talks_nonsense":
			return;
	}
}
