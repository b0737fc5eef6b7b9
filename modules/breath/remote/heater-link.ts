// The connection to one Panda Breath: reads all it says, sends what is wished, connects again when it is lost.

import type { Clock, Timer } from "../../platform/clock";
import type { WebSocketClientPort, WebSocketConnection } from "../../platform/http";
import type { Log } from "../../platform/log";
import type { PortError } from "../../platform/port-error";
import type { Random } from "../../platform/random";
import { AwaitedWishes, refusal, SETTLED_MS } from "./awaited-wishes";
import { type HeaterReport, NOTHING_KNOWN, readMessage, remainingSeconds } from "./heater-messages";
import { linkErrorOf } from "./link-words";
import type { RemoteBreathState, RemoteLinkError, RemoteResult } from "./remote-breath-state";
import {
	ASK_FRAME,
	OFF_EXPECTED,
	OFF_FRAMES,
	planWishes,
	type RemoteChanges,
	wantsHeat,
} from "./wish-frames";

export interface HeaterLinkOptions {
	clock: Clock;
	random: Random;
	log: Log;
	webSocketClient: WebSocketClientPort;
	host: string;
	port: number;
	/** What is known of the heater, or of the link to it, is different. */
	onChange(): void;
}

/** First and longest pause between attempts; it doubles in between. */
export const FIRST_RETRY_MS = 1_000;
export const LAST_RETRY_MS = 30_000;
/** Each pause is varied by this share in both directions. */
export const RETRY_JITTER = 0.2;
/** A connection that lasted this long was a good one: the next pause is the shortest again. */
const STABLE_MS = 60_000;
/** A heater that let us in and dropped us soon is there, and may be restarting. */
const MOST_FAILURES_AFTER_ONLINE = 2;
const CONNECT_TIMEOUT_MS = 10_000;
/** For the first snapshot; what says nothing of itself by then is no Panda Breath. */
export const SNAPSHOT_TIMEOUT_MS = 10_000;
/** Heaters say something every second or two; stock ones have been seen to be silent for longer than 10 s. */
const ASK_AFTER_MS = 15_000;
export const SILENCE_MS = 30_000;
/** Stock firmware does not tell what was changed at its buttons or by others, so that it is asked. */
const REFRESH_MS = 30_000;
/** Where it does not answer, a new connection is the question: its first message is the whole state. */
const RENEW_MS = 60_000;
const ANSWER_TIMEOUT_MS = 1_500;
/** From one hurried look to the next. */
const HURRY_MS = 5_000;
const TICK_MS = 500;
/** From one "off" that is not confirmed to the next, on a connection of its own. */
const OFF_REPEAT_MS = 3_000;
/** A connection that is not open by then is not waited for by an "off": another one may be. */
const OFF_CONNECT_MS = 5_000;
/** Longer messages end the connection; those between this and what is read are left out. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** One connection, with what is to be remembered of it. */
interface Channel {
	socket: WebSocketConnection;
	isOpen: boolean;
	/** When it was asked for, and later when it was open. */
	sinceMs: number;
	heardAtMs: number;
	/** When the whole state was asked for, as long as it has not come. */
	askedAtMs: number | undefined;
	/** When "off" was sent on it last. */
	offAtMs: number | undefined;
	/** Nothing was wished on it after that. */
	endsWithOff: boolean;
}

export class HeaterLink {
	private readonly options: HeaterLinkOptions;
	private readonly awaited = new AwaitedWishes();
	#report: HeaterReport = NOTHING_KNOWN;
	/** The one whose snapshot has come. */
	private live: Channel | undefined;
	/** The one that is to take its place: while there is none, or to ask, or to say "off" where the other does not take it. */
	private next: Channel | undefined;
	#error: RemoteLinkError | undefined;
	#heardAtMs: number | undefined;
	/** Attempts in a row that did not lead to a lasting connection. */
	private failures = 0;
	private retry: Timer | undefined;
	private ticking: Timer | undefined;
	/** `undefined`: not yet known. */
	private answersAsking: boolean | undefined;
	private refreshAtMs = 0;
	private hurriedAtMs = Number.NEGATIVE_INFINITY;
	private onlineSinceMs = 0;
	private lastWarning = "";
	/** Where heat was asked for last. */
	private heatSentOn: Channel | undefined;
	private lastOffAtMs: number | undefined;
	private closed = false;

	constructor(options: HeaterLinkOptions) {
		this.options = options;
	}

	get report(): HeaterReport {
		return this.#report;
	}

	get status(): RemoteBreathState["link"] {
		if (this.live) return "online";
		return this.next ? "connecting" : "offline";
	}

	/** Why it is not online; kept while it is tried again. */
	get error(): RemoteLinkError | undefined {
		return this.live ? undefined : this.#error;
	}

	/** When anything was understood last. */
	get heardAtMs(): number | undefined {
		return this.#heardAtMs;
	}

	start(): void {
		if (this.closed || this.ticking) return;
		this.ticking = this.options.clock.every(TICK_MS, () => this.tick());
		this.open();
	}

	/**
	 * Resolves once the heater says that it does it, or with why not. "Off" is sent at once, before and beside anything
	 * else, also on a connection of its own; without a connection it is the only wish that is taken, and is forgotten
	 * when it could not be delivered within 10 s.
	 */
	async change(changes: RemoteChanges): Promise<RemoteResult> {
		const { on, ...rest } = changes;
		if (on !== false) return this.wish(changes);
		const ended = this.turnOff();
		const others = { ...rest, ...(rest.dryingRunning === true && { dryingRunning: false }) };
		if (Object.keys(rest).length === 0) return ended;
		const [off, other] = await Promise.all([ended, this.wish(others)]);
		if (!off.ok || other.ok) return off;
		return { ...other, message: `The heater was turned off. For the rest: ${other.message}` };
	}

	/** Nothing is called back afterwards. May be called any number of times. */
	close(): void {
		this.closed = true;
		this.retry?.cancel();
		this.ticking?.cancel();
		for (const channel of [this.live, this.next]) channel?.socket.close();
		this.live = undefined;
		this.next = undefined;
		this.awaited.clear();
	}

	// Wishes.

	private wish(changes: RemoteChanges): Promise<RemoteResult> {
		const channel = this.live;
		if (this.closed || !channel) return Promise.resolve(refusal("unreachable"));
		if (this.awaited.isFull) return Promise.resolve(refusal("busy"));
		const isHeat = wantsHeat(changes);
		this.awaited.supersede({ isOff: false, wantsHeat: isHeat });
		if (isHeat) {
			this.heatSentOn = channel;
			this.lastOffAtMs = undefined;
		}
		const { frames, expected } = planWishes(changes, this.#report);
		for (const frame of frames) channel.socket.send(frame);
		channel.endsWithOff = false;
		const result = this.awaited.add({ isOff: false, wantsHeat: isHeat, expected, sentAtMs: this.now() });
		this.awaited.heard(this.#report, []);
		return result;
	}

	private turnOff(): Promise<RemoteResult> {
		if (this.closed) return Promise.resolve(refusal("unreachable"));
		// What was sent before may still be on its way; what waits for its effect no longer counts.
		this.awaited.supersede({ isOff: true, wantsHeat: false });
		const sentAtMs = this.now();
		const result = this.awaited.add({ isOff: true, wantsHeat: false, expected: OFF_EXPECTED, sentAtMs });
		const isTaken = this.live !== undefined && this.live.socket.queuedBytes === 0;
		this.sendOff();
		// A connection that was lost may still deliver its wish for heat.
		if (this.live && this.heatSentOn && this.heatSentOn !== this.live)
			this.lastOffAtMs = sentAtMs + OFF_REPEAT_MS;
		// Whatever the other one is stuck with, this does not wait for it.
		if (!isTaken) this.openNow();
		return result;
	}

	private sendOff(): void {
		for (const channel of [this.live, this.next]) {
			if (!channel?.isOpen) continue;
			channel.offAtMs = this.now();
			// Another one behind it would come no sooner, and take memory.
			if (channel.endsWithOff && channel.socket.queuedBytes > 0) continue;
			for (const frame of OFF_FRAMES) channel.socket.send(frame);
			channel.endsWithOff = true;
		}
	}

	// The connection.

	private now(): number {
		return this.options.clock.now();
	}

	private openNow(): void {
		this.retry?.cancel();
		this.retry = undefined;
		this.open();
	}

	private open(): void {
		if (this.closed || this.next) return;
		const { webSocketClient, host, port } = this.options;
		const nowMs = this.now();
		const before = this.status;
		const events = {
			onOpen: () => this.opened(channel),
			onText: (text: string) => this.take(channel, text),
			onClosed: (error: PortError) => this.ended(channel, error),
		};
		const channel: Channel = {
			socket: webSocketClient.connect({
				url: `ws://${host.includes(":") ? `[${host}]` : host}${port === 80 ? "" : `:${port}`}/ws`,
				connectTimeoutMs: CONNECT_TIMEOUT_MS,
				maxMessageBytes: MAX_MESSAGE_BYTES,
				...events,
			}),
			isOpen: false,
			sinceMs: nowMs,
			heardAtMs: nowMs,
			askedAtMs: undefined,
			offAtMs: undefined,
			endsWithOff: false,
		};
		this.next = channel;
		if (this.status !== before) this.options.onChange();
	}

	private isOurs(channel: Channel): boolean {
		return !this.closed && (channel === this.live || channel === this.next);
	}

	private opened(channel: Channel): void {
		if (!this.isOurs(channel)) return;
		channel.isOpen = true;
		channel.sinceMs = this.now();
		channel.heardAtMs = channel.sinceMs;
		// Before anything else; and nothing else: what heated before is not started again.
		if (this.awaited.off) this.sendOff();
	}

	private take(channel: Channel, text: string): void {
		if (!this.isOurs(channel)) return;
		const nowMs = this.now();
		const { report, isSnapshot, told, isLocked, isGarbage } = readMessage(this.#report, text, nowMs);
		if (isGarbage) {
			this.warn("something that is no message of a Panda Breath was left out");
			return;
		}
		channel.heardAtMs = nowMs;
		// Before its snapshot a newer connection does not know more than the one that it is to replace.
		if (channel !== this.live && !isSnapshot) return;
		this.#heardAtMs = nowMs;
		const wasOnline = this.live !== undefined;
		if (channel !== this.live) this.adopt(channel);
		const isOther = report !== this.#report;
		const hasBegun = report.dryingRunning === true && this.#report.dryingRunning !== true;
		this.#report = report;
		// How long a cycle takes is told in snapshots only.
		if (hasBegun && !report.remaining) this.hurry(nowMs);
		if (isLocked) this.awaited.locked();
		this.awaited.heard(report, told);
		if (isSnapshot) this.tookSnapshot(channel, nowMs);
		if (isOther || !wasOnline) this.options.onChange();
	}

	private adopt(channel: Channel): void {
		const before = this.live;
		this.live = channel;
		this.next = undefined;
		this.#error = undefined;
		this.lastWarning = "";
		// The other one may still deliver a wish for heat, and be cut before the "off" behind it.
		if (this.awaited.off && this.heatSentOn && this.heatSentOn !== channel)
			this.lastOffAtMs = this.now() + OFF_REPEAT_MS;
		if (before) before.socket.close();
		else this.onlineSinceMs = this.now();
	}

	private tookSnapshot(channel: Channel, nowMs: number): void {
		const { askedAtMs, sinceMs } = channel;
		if (askedAtMs !== undefined) this.answersAsking = true;
		channel.askedAtMs = undefined;
		this.refreshAtMs = nowMs + (this.answersAsking === false ? RENEW_MS : REFRESH_MS);
		this.awaited.heardAll(askedAtMs ?? sinceMs);
	}

	private ended(channel: Channel, error: PortError): void {
		if (!this.isOurs(channel)) return;
		this.warn(`${error.message} (${error.code})`);
		this.lose(channel, linkErrorOf(error));
	}

	/** Its socket is over, or no longer wanted. */
	private lose(channel: Channel, error: RemoteLinkError): void {
		const wasOnline = this.live !== undefined;
		if (channel === this.next) this.next = undefined;
		else {
			this.live = undefined;
			// The one under way asks for the state of things by itself.
			this.awaited.lost();
			const isStable = this.now() - this.onlineSinceMs >= STABLE_MS;
			this.failures = isStable ? 0 : Math.min(this.failures, MOST_FAILURES_AFTER_ONLINE);
			this.answersAsking = undefined;
		}
		channel.socket.close();
		// Another one is there: this was only a look, which is repeated later.
		if (this.live) {
			this.refreshAtMs = this.now() + RENEW_MS;
			return;
		}
		this.#error = error;
		if (!this.next) this.retryLater();
		if (wasOnline || !this.next) this.options.onChange();
	}

	private retryLater(): void {
		const { clock, random } = this.options;
		// An "off" that waits is worth a knock a second.
		const failures = this.awaited.off ? 0 : this.failures;
		const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
		this.failures = Math.min(this.failures + 1, 10);
		this.retry?.cancel();
		this.retry = clock.after(pauseMs * (1 - RETRY_JITTER + 2 * RETRY_JITTER * random()), () => this.open());
	}

	private warn(text: string): void {
		if (text === this.lastWarning) return;
		this.lastWarning = text;
		this.options.log.warn(`heater at ${this.options.host}: ${text}`);
	}

	// What time brings.

	private tick(): void {
		const nowMs = this.now();
		const next = this.next;
		if (next?.isOpen && nowMs - next.sinceMs >= SNAPSHOT_TIMEOUT_MS) {
			this.warn("what answers there does not tell its state");
			this.lose(next, "no_panda_breath");
		}
		this.awaited.expire(nowMs);
		this.repeatOff(nowMs);
		const live = this.live;
		if (!live) return;
		if (nowMs - live.heardAtMs >= SILENCE_MS) {
			this.warn("it has stopped to say anything");
			this.lose(live, "silent");
		} else this.look(live, nowMs);
	}

	private repeatOff(nowMs: number): void {
		if (this.lastOffAtMs !== undefined && nowMs >= this.lastOffAtMs) {
			this.lastOffAtMs = undefined;
			this.heatSentOn = undefined;
			this.sendOff();
		}
		const off = this.awaited.off;
		if (!off) return;
		const next = this.next;
		if (next && !next.isOpen && nowMs - next.sinceMs >= OFF_CONNECT_MS) this.lose(next, "unreachable");
		const sentAtMs = Math.max(off.sentAtMs, this.live?.offAtMs ?? 0, this.next?.offAtMs ?? 0);
		if (nowMs - sentAtMs < OFF_REPEAT_MS) return;
		this.sendOff();
		if (this.live) this.open();
	}

	/** Whether it is time to see all of the state. */
	private look(live: Channel, nowMs: number): void {
		if (live.askedAtMs !== undefined) {
			if (nowMs - live.askedAtMs < ANSWER_TIMEOUT_MS) return;
			live.askedAtMs = undefined;
			this.answersAsking = false;
			this.open();
			return;
		}
		const oldestAtMs = this.awaited.oldestAtMs;
		const hasWaited = oldestAtMs !== undefined && nowMs - oldestAtMs >= SETTLED_MS;
		const isSilent = nowMs - live.heardAtMs >= ASK_AFTER_MS;
		if (hasWaited || isSilent || remainingSeconds(this.#report, nowMs) === 0) this.hurry(nowMs);
		if (nowMs < this.refreshAtMs) return;
		this.refreshAtMs = nowMs + RENEW_MS;
		if (this.answersAsking === false) this.open();
		else {
			live.socket.send(ASK_FRAME);
			live.askedAtMs = nowMs;
		}
	}

	private hurry(nowMs: number): void {
		if (nowMs - this.hurriedAtMs < HURRY_MS) return;
		this.hurriedAtMs = nowMs;
		this.refreshAtMs = nowMs;
	}
}
