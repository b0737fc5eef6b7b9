// Pictures of a printer's camera over a WebSocket: each picture a binary message, everything else as JSON.

import type { Clock, Timer } from "../../platform/clock";
import type {
	HttpRequest,
	HttpRequestHead,
	HttpResponse,
	WebSocketAccept,
	WebSocketConnection,
	WebSocketEvents,
} from "../../platform/http";
import type { CameraStatus, CameraViewer } from "../../printers/camera";
import { cameraRefusalWords } from "../../printers/camera-words";
import type { CameraRefusal, Cameras } from "../../printers/cameras";
import { apiError } from "../answers";

/** What a text frame holds, beside the errors of the device's password. */
export type CameraMessage =
	| { status: CameraStatus }
	/** The last one: the connection ends. */
	| { error: { code: CameraFeedError; message: string } };

export type CameraFeedError = CameraRefusal | "gone" | "too_slow";

const WORDS: Readonly<Record<CameraFeedError, string>> = Object.freeze({
	...cameraRefusalWords,
	gone: "The printer was set up anew, or forgotten.",
	too_slow: "The pictures were not taken in fast enough.",
});

/** Of close frames: the client has to change something; or it may try again. */
const POLICY = 1008;
const TRY_LATER = 1013;
const MAY_TRY_AGAIN: readonly CameraFeedError[] = Object.freeze(["taken", "gone", "too_slow"]);

/** For a client to send the device's password. A page sends it at once. */
const PASSWORD_MS = 10_000;
/** Who are asked for the password at a time. */
const MOST_ASKED = 2;
/** A viewer that takes no picture for so long keeps others out for nothing. */
const SLOWEST_PICTURE_MS = 30_000;

export interface CameraFeedOptions {
	clock: Clock;
	cameras: Pick<Cameras, "watch">;
	/** Why that request may not see what is private; `undefined` when it may. */
	refusal(head: HttpRequestHead): HttpResponse | undefined;
}

export class CameraFeed {
	private readonly options: CameraFeedOptions;
	/** Replaced when one comes or goes. */
	private clients: readonly Client[] = [];

	constructor(options: CameraFeedOptions) {
		this.options = options;
	}

	/** For a WebSocket that wants a printer's camera; `undefined` for one that does not. */
	join(request: HttpRequest): HttpResponse | WebSocketAccept | undefined {
		const id = cameraOf(request.path);
		if (id === undefined) return undefined;
		const isAsked = this.options.refusal(request) !== undefined;
		const asked = this.clients.filter((client) => client.isAsked).length;
		if (isAsked && asked >= MOST_ASKED)
			return apiError("too_many_clients", "Others are being asked for the password; try again soon.");
		return (socket) => {
			const client = new Client({
				...this.options,
				id,
				head: isAsked ? request : undefined,
				socket,
				onEnd: () => {
					this.clients = this.clients.filter((other) => other !== client);
				},
			});
			this.clients = [...this.clients, client];
			client.start();
			return client;
		};
	}

	/** Says goodbye to everybody. May be called any number of times. */
	close(): void {
		for (const client of this.clients) client.close();
	}
}

interface ClientOptions extends CameraFeedOptions {
	id: string;
	/** Of somebody who has to send the password first. */
	head: HttpRequestHead | undefined;
	socket: WebSocketConnection;
	onEnd(): void;
}

class Client implements WebSocketEvents, CameraViewer {
	private readonly options: ClientOptions;
	private head: HttpRequestHead | undefined;
	private patience: Timer | undefined;
	private leave: (() => void) | undefined;
	private lastReadyMs: number;

	constructor(options: ClientOptions) {
		this.options = options;
		this.head = options.head;
		this.lastReadyMs = options.clock.now();
	}

	get isAsked(): boolean {
		return this.head !== undefined;
	}

	start(): void {
		if (this.head === undefined) this.watch();
		else this.patience = this.options.clock.after(PASSWORD_MS, () => this.admit(""));
	}

	onText(text: string): void {
		if (this.isAsked) this.admit(passwordIn(text));
	}

	onClosed(): void {
		this.end();
	}

	isReady(): boolean {
		const { clock, socket } = this.options;
		const now = clock.now();
		const isReady = socket.queuedBytes === 0;
		if (isReady) this.lastReadyMs = now;
		else if (now - this.lastReadyMs >= SLOWEST_PICTURE_MS) this.refuse("too_slow");
		return isReady;
	}

	onPicture(jpeg: Uint8Array): void {
		this.options.socket.sendBinary(jpeg);
	}

	onStatus(status: CameraStatus): void {
		this.send({ status });
	}

	onGone(): void {
		this.refuse("gone");
	}

	/** The device ends. */
	close(): void {
		this.end();
		// 1001 is "going away": pages connect again.
		this.options.socket.close(1001, "going away");
	}

	private admit(password: string): void {
		const head = this.head;
		if (head === undefined) return;
		this.head = undefined;
		this.patience?.cancel();
		const authorization = `Bearer ${password}`;
		const refusal = this.options.refusal({ ...head, headers: { ...head.headers, authorization } });
		if (refusal === undefined) {
			this.watch();
			return;
		}
		this.end();
		this.options.socket.send(String(refusal.body ?? ""));
		this.options.socket.close(POLICY, "password");
	}

	private watch(): void {
		const { cameras, id } = this.options;
		const leave = cameras.watch(id, this);
		if (typeof leave === "string") this.refuse(leave);
		else this.leave = leave;
	}

	private refuse(code: CameraFeedError): void {
		this.end();
		this.send({ error: { code, message: WORDS[code] } });
		this.options.socket.close(MAY_TRY_AGAIN.includes(code) ? TRY_LATER : POLICY, code);
	}

	private end(): void {
		this.head = undefined;
		this.patience?.cancel();
		const leave = this.leave;
		this.leave = undefined;
		leave?.();
		this.options.onEnd();
	}

	private send(message: CameraMessage): void {
		this.options.socket.send(JSON.stringify(message));
	}
}

/** "" for what holds none. */
function passwordIn(text: string): string {
	try {
		const { password } = JSON.parse(text);
		return typeof password === "string" ? password : "";
	} catch {
		return "";
	}
}

/** The printer's id in the path of its camera's WebSocket; `undefined` for another path. */
export function cameraOf(path: string): string | undefined {
	const [, id] = /^\/api\/printers\/([^/]+)\/camera$/.exec(path) ?? [];
	if (id === undefined) return undefined;
	try {
		return decodeURIComponent(id);
	} catch {
		return undefined;
	}
}
