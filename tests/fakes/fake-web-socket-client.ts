// A WebSocket client port whose server is the test.

import type {
	WebSocketClientOptions,
	WebSocketClientPort,
	WebSocketConnection,
} from "../../modules/platform/http";
import { PortError, type PortErrorCode } from "../../modules/platform/port-error";

export class FakeWebSocketClient implements WebSocketClientPort {
	/** Every connection ever asked for, in order. */
	readonly connections: FakeClientSocket[] = [];

	connect(options: WebSocketClientOptions): FakeClientSocket {
		const connection = new FakeClientSocket(options);
		this.connections.push(connection);
		return connection;
	}

	get last(): FakeClientSocket {
		const connection = this.connections.at(-1);
		if (!connection) throw new Error("nothing has connected yet");
		return connection;
	}

	/** Those that are not over. */
	get open(): FakeClientSocket[] {
		return this.connections.filter(({ isOver }) => !isOver);
	}
}

export class FakeClientSocket implements WebSocketConnection {
	readonly options: WebSocketClientOptions;
	/** What was sent while it was open, as text. */
	readonly sent: string[] = [];
	queuedBytes = 0;
	isOver = false;
	closedByUs = false;
	#isOpen = false;

	constructor(options: WebSocketClientOptions) {
		this.options = options;
	}

	/** What was sent, as objects. */
	get frames(): unknown[] {
		return this.sent.map((text) => JSON.parse(text));
	}

	/** As the port does, it drops what is sent before it is open and after it is over. */
	send(text: string): void {
		if (this.#isOpen && !this.isOver) this.sent.push(text);
	}

	sendBinary(): void {
		throw new Error("nobody takes binary messages");
	}

	close(): void {
		if (!this.isOver) this.closedByUs = true;
		this.isOver = true;
	}

	accept(): void {
		if (this.isOver) return;
		this.#isOpen = true;
		this.options.onOpen();
	}

	/** A text is sent as it is, anything else as JSON. */
	say(message: unknown): void {
		if (!this.isOver) this.options.onText(typeof message === "string" ? message : JSON.stringify(message));
	}

	fail(code: PortErrorCode): void {
		if (this.isOver) return;
		this.isOver = true;
		this.options.onClosed(new PortError(code, `test: ${code}`));
	}
}
