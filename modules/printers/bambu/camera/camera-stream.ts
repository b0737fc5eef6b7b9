// The camera of one printer: connected only while somebody watches, one viewer at a time.

import type { Clock, Timer } from "../../../platform/clock";
import type { Log } from "../../../platform/log";
import { PortError } from "../../../platform/port-error";
import type { Random } from "../../../platform/random";
import type { TextCodec } from "../../../platform/text-codec";
import type { TlsPort, TlsStream } from "../../../platform/tls-stream";
import type { Camera, CameraError, CameraStatus, CameraViewer } from "../../camera";
import { retryDelayMs } from "../../retry";
import { cameraErrorOf, cameraHelp, needsPerson } from "./camera-errors";
import { cameraRequest } from "./camera-request";
import { FrameDecoder } from "./frame-decoder";

/** Where printers serve their camera; they tell no other port. */
export const CAMERA_PORT = 6000;
/** As for the printer's link: the slowest handshakes measured took 5 s. */
const CONNECT_TIMEOUT_MS = 15_000;
/** Pictures come about once a second, and more slowly from a printer that is busy. */
export const SILENCE_MS = 20_000;
/** A connection that lasted this long was a good one: the next pause is the shortest again. */
const STABLE_MS = 60_000;
/** A camera that sent pictures is there: it is tried again after 4 s at most. */
const MOST_FAILURES_AFTER_PICTURES = 3;

/** Whom to connect to at the next attempt. */
export interface CameraTarget {
	host: string;
	accessCode: string;
	/** SHA-256 of a certificate that was confirmed, or "". */
	pinnedSha256: string;
}

export interface CameraStreamOptions {
	clock: Clock;
	random: Random;
	log: Log;
	text: TextCodec;
	tls: TlsPort;
	/** DER certificates that a printer's chain may end at. */
	authorities: readonly Uint8Array[];
	serial: string;
	target(): CameraTarget;
	/** A longer picture is let pass. */
	roomBytes: number;
	/** {@link CAMERA_PORT} when left out. */
	port?: number | undefined;
}

/** One attempt to connect, and what came of it. */
interface Connection {
	stream: TlsStream | undefined;
	host: string;
	openedAtMs: number;
	lastFrameAtMs: number;
	hasPictures: boolean;
}

export class CameraStream implements Camera {
	private readonly options: CameraStreamOptions;
	private viewer: CameraViewer | undefined;
	private connection: Connection | undefined;
	/** While the connection before says goodbye: printers serve few viewers. */
	private farewell: Promise<void> | undefined;
	/** Of the next attempt, or of the next look whether pictures still come. */
	private timer: Timer | undefined;
	/** Attempts in a row that did not lead to a lasting connection. */
	private failures = 0;
	/** What kept pictures from coming; until one comes. */
	private problem: Pick<CameraStatus, "error" | "help"> = {};
	private told = "";

	constructor(options: CameraStreamOptions) {
		this.options = options;
	}

	watch(viewer: CameraViewer): (() => void) | undefined {
		if (this.viewer !== undefined) return undefined;
		this.viewer = viewer;
		this.failures = 0;
		this.problem = {};
		this.told = "";
		// Nothing is called before this has returned.
		this.wakeAfter(0, () => this.connect());
		return () => {
			if (this.viewer === viewer) void this.end();
		};
	}

	/** The viewer is told that the camera is gone. May be called any number of times. */
	async close(): Promise<void> {
		const viewer = this.viewer;
		const ended = this.end();
		viewer?.onGone();
		await ended;
	}

	private end(): Promise<void> {
		this.viewer = undefined;
		this.timer?.cancel();
		this.timer = undefined;
		this.disconnect();
		return this.farewell ?? Promise.resolve();
	}

	private connect(): void {
		this.tell("connecting");
		if (this.viewer === undefined) return;
		if (this.farewell) void this.farewell.then(() => this.open());
		else this.open();
	}

	private open(): void {
		if (this.viewer === undefined || this.connection !== undefined) return;
		const { clock, tls, text, authorities, serial, port = CAMERA_PORT } = this.options;
		const { host, accessCode, pinnedSha256 } = this.options.target();
		const now = clock.now();
		const connection: Connection = {
			stream: undefined,
			host,
			openedAtMs: now,
			lastFrameAtMs: now,
			hasPictures: false,
		};
		const decoder = new FrameDecoder({
			isWanted: (sizeBytes) => this.isWanted(connection, sizeBytes),
			onFrame: (jpeg) => this.onFrame(connection, jpeg),
		});
		this.connection = connection;
		connection.stream = tls.connect({
			host,
			port,
			trust: { authorities, commonName: serial, ...(pinnedSha256 && { pinnedSha256 }) },
			connectTimeoutMs: CONNECT_TIMEOUT_MS,
			onOpen: () => {
				connection.openedAtMs = clock.now();
				connection.lastFrameAtMs = connection.openedAtMs;
				connection.stream?.write(cameraRequest(accessCode, text));
				this.watchOver(connection);
			},
			onData: (bytes) => {
				try {
					decoder.take(bytes);
				} catch (error) {
					if (!(error instanceof PortError)) throw error;
					this.failed(connection, error);
				}
			},
			onClosed: (error) => {
				// There is nobody to say goodbye to.
				connection.stream = undefined;
				this.failed(connection, error);
			},
		});
	}

	/** Ends a connection that brings no pictures any more. */
	private watchOver(connection: Connection): void {
		const silentMs = this.options.clock.now() - connection.lastFrameAtMs;
		if (silentMs >= SILENCE_MS) {
			this.failed(connection, new PortError("timeout", "no picture came"), "no_pictures");
			return;
		}
		this.wakeAfter(SILENCE_MS - silentMs, () => this.watchOver(connection));
	}

	private isWanted(connection: Connection, sizeBytes: number): boolean {
		if (this.connection !== connection) return false;
		if (sizeBytes <= this.options.roomBytes) return this.viewer?.isReady() ?? false;
		this.setProblem("too_large", connection.host);
		this.tell("live");
		return false;
	}

	private onFrame(connection: Connection, jpeg: Uint8Array | undefined): void {
		// A viewer that has just left, in the middle of what came.
		if (this.connection !== connection) return;
		connection.lastFrameAtMs = this.options.clock.now();
		connection.hasPictures = true;
		if (jpeg === undefined) return;
		this.problem = {};
		this.tell("live");
		this.viewer?.onPicture(jpeg);
	}

	private failed(connection: Connection, cause: PortError, found?: CameraError): void {
		if (this.connection !== connection) return;
		const { clock, random, log, serial } = this.options;
		const { hasPictures, openedAtMs, host } = connection;
		log.warn(`camera of ${serial}: ${cause.message} (${cause.code})`);
		this.disconnect();
		const error = found ?? cameraErrorOf(cause, hasPictures);
		const hasLasted = hasPictures && clock.now() - openedAtMs >= STABLE_MS;
		this.failures = hasLasted ? 1 : this.failures + 1;
		if (hasPictures) this.failures = Math.min(this.failures, MOST_FAILURES_AFTER_PICTURES);
		const failures = needsPerson(error) ? Number.MAX_SAFE_INTEGER : this.failures;
		this.wakeAfter(retryDelayMs(failures, random()), () => this.connect());
		if (error !== undefined) this.setProblem(error, host, cause);
		this.tell("waiting");
	}

	private disconnect(): void {
		const closing = this.connection?.stream?.close();
		this.connection = undefined;
		if (!closing) return;
		const farewell = Promise.all([this.farewell, closing]).then(() => {
			if (this.farewell === farewell) this.farewell = undefined;
		});
		this.farewell = farewell;
	}

	private wakeAfter(delayMs: number, callback: () => void): void {
		this.timer?.cancel();
		this.timer = this.options.clock.after(delayMs, () => {
			this.timer = undefined;
			callback();
		});
	}

	private setProblem(error: CameraError, host: string, cause?: PortError): void {
		const { serial, roomBytes } = this.options;
		this.problem = { error, help: cameraHelp(error, { host, serial, cause, roomBytes }) };
	}

	private tell(state: CameraStatus["state"]): void {
		const told = `${state} ${this.problem.help ?? ""}`;
		if (told === this.told) return;
		this.told = told;
		this.viewer?.onStatus({ state, ...this.problem });
	}
}
