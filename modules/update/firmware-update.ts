// Takes a new firmware image over HTTP, and switches to it only when it is whole, right and nothing heats.

import type { EventLog } from "../event-log/event-log";
import type { Clock, Timer } from "../platform/clock";
import type { BodyReceiver, HttpRequestHead, HttpResponse } from "../platform/http";
import type { Log } from "../platform/log";
import { PortError } from "../platform/port-error";
import type { Sha256 } from "../platform/sha256";
import type { UpdatePort } from "../platform/update";
import { ImageError, type ImageErrorCode } from "./image-error";
import type { ImageHead } from "./image-head";
import { imageTarget } from "./image-target";
import { Upload } from "./upload";

/** `ota_unknown`: something else than a firmware was sent, which other devices of this kind take. */
export type UpdateKind = "ota_fw" | "ota_unknown";

export interface FirmwareUpdateOptions {
	port: UpdatePort;
	sha256(): Sha256;
	/** As `Platform.board` names it. */
	board: string;
	clock: Clock;
	log: Log;
	events: Pick<EventLog, "add">;
	/** Asked before an upload is taken, and again before the switch. */
	isHeating(): boolean;
	/** Keeps heat off while an upload comes in, and until the restart after it; the returned function ends that. */
	hold?(): (() => void) | undefined;
	/** How an upload ended. For clients of a WebSocket, to which the stock firmware says it there. */
	onEnded(ok: boolean, kind: UpdateKind): void;
	/** Has to turn everything off first: a while has passed since {@link isHeating} was asked. */
	restart(): void;
}

export interface UpdateStatus {
	phase: "idle" | "receiving" | "checking" | "restarting" | "failed";
	receivedBytes?: number;
	totalBytes?: number;
	/** Why it failed. */
	message?: string;
}

/** Why an upload is refused or ended; the `code` of the answer. */
export type UpdateErrorCode =
	| ImageErrorCode
	| "wrong_type"
	| "busy"
	| "heating"
	| "length_required"
	| "empty"
	| "too_large"
	| "connection_lost"
	| "no_updates"
	| "storage"
	| "failed";

const FIRMWARE = "ota_fw";
/** For the answer, and for what is said over a WebSocket, to reach the client. */
const RESTART_AFTER_MS = 1000;

export class FirmwareUpdate {
	private readonly options: FirmwareUpdateOptions;
	private upload: Upload | undefined;
	private totalBytes = 0;
	private release: (() => void) | undefined;
	private restart: Timer | undefined;
	/** The answer to the last upload when it failed. */
	private failure: string | undefined;
	private isConfirmed = false;
	/** Replaced when one comes or goes. */
	private listeners: readonly (() => void)[] = [];

	constructor(options: FirmwareUpdateOptions) {
		this.options = options;
	}

	get status(): UpdateStatus {
		if (this.restart !== undefined) return { phase: "restarting" };
		if (this.upload !== undefined) {
			const { receivedBytes } = this.upload;
			const totalBytes = this.totalBytes;
			return { phase: receivedBytes < totalBytes ? "receiving" : "checking", receivedBytes, totalBytes };
		}
		return this.failure === undefined ? { phase: "idle" } : { phase: "failed", message: this.failure };
	}

	/** Calls back when `status` has changed: while an image comes in, for each piece. The returned function ends that. */
	onChange(listener: () => void): () => void {
		const own = (): void => listener();
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}

	/** `sizeBytes`: of the body; `undefined` when the request does not tell. 0 is always refused. */
	receive({ headers }: HttpRequestHead, sizeBytes: number | undefined): BodyReceiver | HttpResponse {
		const { board, port, sha256, isHeating, onEnded } = this.options;
		const type = headers["ota-type"] ?? "";
		if (type !== FIRMWARE) {
			onEnded(false, "ota_unknown");
			const what =
				type === "" ? "The header OTA-Type is missing" : "This device takes nothing of that OTA-Type";
			return answer(400, "wrong_type", `${what}: to update the firmware it has to be "${FIRMWARE}".`);
		}
		// These say nothing over the WebSocket: its clients would take it for the end of the upload that runs.
		if (this.restart !== undefined)
			return answer(409, "busy", "The device is about to restart with the new firmware. Wait a moment.");
		if (this.upload !== undefined)
			return answer(409, "busy", "Another update is under way. Wait until it has ended.");

		const target = imageTarget(board);
		if (target === undefined)
			return this.refuse(501, "no_updates", `There are no updates for the board "${board}".`);
		if (isHeating()) return this.refuse(409, "heating", HEATING);
		if (sizeBytes === undefined)
			return this.refuse(411, "length_required", "The request has to tell the length of the image.");
		if (sizeBytes === 0) return this.refuse(400, "empty", "The request holds no image.");
		if (sizeBytes > port.slotBytes) {
			return this.refuse(
				413,
				"too_large",
				`The image has ${sizeBytes} bytes, but this device has room for ${port.slotBytes}.`,
			);
		}
		const upload = new Upload({
			port,
			target,
			sizeBytes,
			sha256: sha256(),
			onBegin: (head) => this.onBegin(head),
		});
		this.upload = upload;
		this.release = this.options.hold?.();
		this.totalBytes = sizeBytes;
		this.failure = undefined;
		this.tell();
		return this.receiver(upload);
	}

	/** A request was answered: the firmware that runs works, and the boot loader is told so, once. */
	served(): void {
		if (this.isConfirmed) return;
		this.isConfirmed = true;
		try {
			this.options.port.confirm();
		} catch (error) {
			this.options.log.error(`update: the running firmware cannot be confirmed: ${describe(error)}`);
		}
	}

	/** Ends an upload, and a restart that is about to come. May be called any number of times. */
	close(): void {
		this.restart?.cancel();
		this.restart = undefined;
		this.cancel();
	}

	private receiver(upload: Upload): BodyReceiver {
		let failure: HttpResponse | undefined;
		/** Whatever is met on the way ends the upload. The rest is swallowed: most clients read only when all is sent. */
		const attempt = (action: () => void): void => {
			if (upload !== this.upload) return;
			try {
				action();
			} catch (error) {
				failure = this.fail(error);
			}
		};
		return {
			take: (bytes) =>
				attempt(() => {
					upload.take(bytes);
					this.tell();
				}),
			end: () => {
				let version = "";
				attempt(() => {
					version = this.finish(upload);
				});
				// Closed meanwhile.
				if (failure === undefined && this.restart === undefined)
					return answer(503, "failed", "The update was given up, since the device stops.");
				return failure ?? json(200, { version, restarting: true });
			},
			abort: () =>
				attempt(() => {
					throw new Refusal("connection_lost", 400, "The connection was lost before all of the image came.");
				}),
		};
	}

	private onBegin({ version, project }: ImageHead): void {
		const { log, events } = this.options;
		// Whoever takes an update works. And only a confirmed image may be followed by another one.
		this.served();
		events.add("update_started");
		log.info(`update: receiving ${project ?? "Culm"} ${version}, ${this.totalBytes} bytes`);
	}

	/** Returns the new firmware's version. */
	private finish(upload: Upload): string {
		const { clock, log, events, isHeating, onEnded, restart } = this.options;
		if (isHeating()) throw new Refusal("heating", 409, HEATING);
		const { version = "" } = upload.complete() ?? {};
		this.upload = undefined;
		this.restart = clock.after(RESTART_AFTER_MS, restart);
		this.tell();
		log.info(`update: ${version} is complete; the device restarts with it`);
		events.add("update_done");
		onEnded(true, FIRMWARE);
		return version;
	}

	private fail(error: unknown): HttpResponse {
		const { log } = this.options;
		this.cancel();
		if (error instanceof ImageError) return this.refuse(400, error.code, error.message);
		if (error instanceof Refusal) return this.refuse(error.status, error.code, error.message);
		log.error(`update: ${describe(error)}`);
		if (error instanceof PortError)
			return this.refuse(500, "storage", `The device cannot store the image: ${error.message}.`);
		return this.refuse(500, "failed", "The update failed; the device's log says why.");
	}

	private refuse(status: number, code: UpdateErrorCode, message: string): HttpResponse {
		const { log, events, onEnded } = this.options;
		this.failure = message;
		this.tell();
		log.warn(`update: refused (${code}): ${message}`);
		events.add("update_failed");
		onEnded(false, FIRMWARE);
		return answer(status, code, message);
	}

	/** Whoever is told: an update goes on. */
	private tell(): void {
		for (const listener of this.listeners) {
			try {
				listener();
			} catch (error) {
				this.options.log.error(`update: somebody who was told of it failed: ${describe(error)}`);
			}
		}
	}

	private cancel(): void {
		const upload = this.upload;
		this.upload = undefined;
		this.release?.();
		this.release = undefined;
		try {
			upload?.cancel();
		} catch (error) {
			this.options.log.warn(`update: the free slot was not tidied up: ${describe(error)}`);
		}
	}
}

const HEATING = "The device heats. Turn the heater off, then update.";

class Refusal extends Error {
	readonly code: UpdateErrorCode;
	readonly status: number;

	constructor(code: UpdateErrorCode, status: number, message: string) {
		super(message);
		this.code = code;
		this.status = status;
	}
}

function answer(status: number, code: UpdateErrorCode, message: string): HttpResponse {
	return json(status, { error: { code, message } });
}

function json(status: number, value: unknown): HttpResponse {
	return {
		status,
		headers: {
			"content-type": "application/json",
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
		},
		body: JSON.stringify(value),
	};
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
