// The servers for a WebSocket client under test, on Node.

import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { WebSocketClientPeers, WebSocketServerBehaviour, WebSocketServerPeer } from "../../peers";
import { Nowhere } from "./nowhere";
import { NONSENSE, ServerPeer } from "./server-peer";

const MUCH = "x".repeat(5000);
/** RFC 6455, 1.3 */
const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** Of an opcode that does not exist. */
const BROKEN_FRAME = Uint8Array.of(0x85, 0);

export class NodeWebSocketClientPeers extends Nowhere implements WebSocketClientPeers {
	readonly #servers: NodeWebSocketServerPeer[] = [];

	async startServer(behaviour: WebSocketServerBehaviour): Promise<WebSocketServerPeer> {
		const server = new NodeWebSocketServerPeer(behaviour);
		this.#servers.push(server);
		return server.listen();
	}

	override async close(): Promise<void> {
		await super.close();
		for (const server of this.#servers) await server.close();
	}
}

class NodeWebSocketServerPeer extends ServerPeer implements WebSocketServerPeer {
	readonly #behaviour: WebSocketServerBehaviour;
	readonly #upgrader = new WebSocketServer({ noServer: true });
	readonly #texts: string[] = [];
	readonly #binaries: Uint8Array[] = [];
	readonly #closes: { code: number; reason: string }[] = [];

	constructor(behaviour: WebSocketServerBehaviour) {
		super();
		this.#behaviour = behaviour;
		this.server.on("connection", (socket) => {
			if (behaviour === "talks_nonsense") socket.once("data", () => socket.end(NONSENSE));
		});
		this.server.on("upgrade", (request, socket: Socket, head) => {
			this.remember(request, new Uint8Array());
			this.#upgrade(request, socket, head);
		});
	}

	async texts(): Promise<readonly string[]> {
		return this.#texts;
	}

	async binaries(): Promise<readonly Uint8Array[]> {
		return this.#binaries;
	}

	async closes(): Promise<readonly { code: number; reason: string }[]> {
		return this.#closes;
	}

	#upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
		switch (this.#behaviour) {
			case "silent":
				// Keeps reading, so that it notices when the client has had enough.
				socket.resume();
				socket.on("end", () => socket.end());
				return;
			case "talks_nonsense":
				return;
			case "hangs_up_in_the_handshake":
				socket.end();
				return;
			case "answers_as_a_page":
				socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
				return;
			case "answers_401":
				socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
				return;
			case "answers_404":
				socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
				return;
			case "proves_the_wrong_key":
				socket.end(
					"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
				);
				return;
			case "ignores_everything":
				socket.resume();
				socket.on("end", () => socket.end());
				socket.write(acceptance(request));
				return;
			default:
				this.#upgrader.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket, socket));
		}
	}

	#serve(webSocket: WebSocket, socket: Socket): void {
		webSocket.on("error", () => {});
		webSocket.on("close", (code, reason) => this.#closes.push({ code, reason: reason.toString() }));
		webSocket.on("message", (data, isBinary) => {
			if (isBinary) {
				this.#binaries.push(new Uint8Array(data as Buffer));
				return;
			}
			this.#texts.push(data.toString());
			if (this.#behaviour === "echoes") webSocket.send(data.toString());
		});
		switch (this.#behaviour) {
			case "sends_binary":
				webSocket.send(Uint8Array.of(1, 2, 3));
				return;
			case "sends_much":
				webSocket.send(MUCH);
				return;
			case "sends_a_broken_frame":
				socket.write(BROKEN_FRAME);
				return;
			case "closes_at_once":
				webSocket.close(1001, "going");
				return;
			case "vanishes_at_once":
				socket.destroy();
				return;
			case "floods":
				flood(webSocket, socket);
				return;
			case "stops_reading":
				webSocket.pause();
				return;
		}
	}
}

function acceptance({ headers }: IncomingMessage): string {
	const proof = createHash("sha1").update(`${headers["sec-websocket-key"]}${KEY_SUFFIX}`).digest("base64");
	return `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${proof}\r\n\r\n`;
}

/** As fast as the client reads, as long as it is there. */
function flood(webSocket: WebSocket, socket: Socket): void {
	const more = (): void => {
		if (webSocket.readyState !== webSocket.OPEN) return;
		webSocket.send("again");
		if (socket.writableNeedDrain) socket.once("drain", more);
		else setImmediate(more);
	};
	more();
}
