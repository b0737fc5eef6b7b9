// The clients of an HTTP server under test, on Node.

import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request as startRequest } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { HttpServerPeers, PeerRequest, PeerResponse, PeerWebSocket, RawSocket } from "../../peers";
import { NodePeerWebSocket } from "./peer-websocket";

const HOST = "127.0.0.1";
const WEB_SOCKET_HEADERS = [
	["Connection", "Upgrade"],
	["Upgrade", "websocket"],
	["Sec-WebSocket-Version", "13"],
	["Sec-WebSocket-Key", Buffer.alloc(16, "k").toString("base64")],
] as const;

export class NodeHttpServerPeers implements HttpServerPeers {
	readonly #sockets: Socket[] = [];
	readonly #servers: Server[] = [];

	async request(options: PeerRequest): Promise<PeerResponse> {
		const request = this.#start(options, []);
		const { body = "", chunked = false } = options;
		// Until the server is through with it, since it may answer before it has read everything.
		request.on("error", () => {});
		if (chunked) {
			const bytes = Buffer.from(body);
			const middle = bytes.length >> 1;
			request.write(bytes.subarray(0, middle));
			request.end(bytes.subarray(middle));
		} else {
			request.end(body);
		}
		const [response] = (await once(request, "response")) as [IncomingMessage];
		return readResponse(response);
	}

	async openSocket(port: number): Promise<RawSocket> {
		const socket = connect(port, HOST);
		socket.on("error", () => {});
		this.#sockets.push(socket);
		await once(socket, "connect");
		return new NodeRawSocket(socket);
	}

	openWebSocket(options: PeerRequest): Promise<PeerWebSocket | PeerResponse> {
		const request = this.#start(options, WEB_SOCKET_HEADERS);
		return new Promise((resolve, reject) => {
			request.once("upgrade", (_response, socket: Socket, head) => {
				this.#sockets.push(socket);
				resolve(new NodePeerWebSocket(socket, head));
			});
			request.once("response", (response) => resolve(readResponse(response)));
			request.once("error", reject);
			request.end();
		});
	}

	async takenPort(): Promise<number> {
		const server = createServer();
		this.#servers.push(server);
		await once(server.listen(0, HOST), "listening");
		return (server.address() as AddressInfo).port;
	}

	isListening(port: number): Promise<boolean> {
		return new Promise((resolve) => {
			const socket = connect(port, HOST);
			socket.once("connect", () => {
				socket.destroy();
				resolve(true);
			});
			socket.once("error", () => resolve(false));
		});
	}

	async close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		for (const server of this.#servers) server.close();
	}

	#start(options: PeerRequest, extraHeaders: readonly (readonly [string, string])[]): ClientRequest {
		const { port, method = "GET", target = "/", headers = [] } = options;
		// A list of names and values keeps those that come twice.
		const allHeaders = [
			["Host", `${HOST}:${port}`] as const,
			...extraHeaders,
			...headers,
			...lengthHeader(options),
		];
		return startRequest({ host: HOST, port, method, path: target, headers: allHeaders.flat(), agent: false });
	}
}

function lengthHeader({ body, chunked = false }: PeerRequest): (readonly [string, string])[] {
	if (chunked) return [["Transfer-Encoding", "chunked"]];
	return body === undefined ? [] : [["Content-Length", String(Buffer.byteLength(body))]];
}

async function readResponse(response: IncomingMessage): Promise<PeerResponse> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of response) chunks.push(chunk as Uint8Array);
	return {
		status: response.statusCode ?? 0,
		headers: Object.fromEntries(
			Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
		),
		body: Buffer.concat(chunks),
	};
}

class NodeRawSocket implements RawSocket {
	readonly #socket: Socket;
	#received = "";
	#ended = false;

	constructor(socket: Socket) {
		this.#socket = socket;
		socket.on("data", (bytes: Buffer) => {
			this.#received += bytes.toString("latin1");
		});
		for (const event of ["end", "close"]) {
			socket.on(event, () => {
				this.#ended = true;
			});
		}
	}

	async send(bytes: string | Uint8Array): Promise<void> {
		this.#socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
	}

	async received(): Promise<string> {
		return this.#received;
	}

	async ended(): Promise<boolean> {
		return this.#ended;
	}

	async sendLast(bytes: string | Uint8Array, end: "fin" | "reset"): Promise<void> {
		await this.send(bytes);
		if (end === "fin") this.#socket.end();
		else this.#socket.resetAndDestroy();
	}

	async drop(): Promise<void> {
		this.#socket.destroy();
	}
}
