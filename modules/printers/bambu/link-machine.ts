// When to connect, ask, wait, doubt and give up: the life of a printer's connection as a pure function.

import type { PortError } from "../../platform/port-error";
import { linkErrorOf, needsPerson } from "../connection-errors";
import type { LinkError, LinkStatus } from "../printer-state";
import { retryDelayMs } from "../retry";

/** A subscribed client that hears nothing for this long has the wrong serial number in its topic. */
export const SILENCE_MS = 10_000;
/** Printers report every two seconds or so. After this time without a word the state is called stale. */
export const STALE_MS = 15_000;
/** After this time without a word the connection is made anew. */
export const RECONNECT_MS = 60_000;
/** A connection that lasted this long was a good one: the next pause is the shortest again. */
export const STABLE_MS = 60_000;
/** A printer that let us in and dropped us soon is tried again after 4 s at most: it is there, and may be restarting. */
const MOST_FAILURES_AFTER_ONLINE = 3;
/** A full report makes a P1 printer stutter, so it is asked for once a connection, and again no sooner than this. */
export const FULL_REPORT_INTERVAL_MS = 5 * 60_000;

type Phase =
	| "stopped"
	/** Pausing before the next attempt. */
	| "waiting"
	| "connecting"
	| "subscribing"
	/** Subscribed, nothing heard yet. */
	| "silent"
	| "online"
	| "stale";

export interface LinkMachine {
	readonly phase: Phase;
	readonly error: LinkError | undefined;
	/** Attempts in a row that did not lead to a lasting connection. */
	readonly failures: number;
	/** Of these, the last ones that the peer broke off before it greeted us. */
	readonly handshakeCloses: number;
	/** Whether any report ever came: then the serial number is right. */
	readonly proven: boolean;
	/** Whether version and full report were asked for on this connection. */
	readonly asked: boolean;
	/** Whether a full report came on this connection. */
	readonly complete: boolean;
	/** When the first report came on this connection. */
	readonly onlineSinceMs: number;
	readonly lastMessageAtMs: number;
	readonly lastRequestAtMs: number;
}

export const initialLink: LinkMachine = Object.freeze({
	phase: "stopped",
	error: undefined,
	failures: 0,
	handshakeCloses: 0,
	proven: false,
	asked: false,
	complete: false,
	onlineSinceMs: 0,
	lastMessageAtMs: 0,
	lastRequestAtMs: 0,
});

export type LinkEvent = { nowMs: number } & (
	| { type: "start" }
	| { type: "stop" }
	| { type: "opened" }
	| { type: "subscribed"; granted: boolean }
	| { type: "message"; full: boolean }
	| { type: "closed"; error: PortError }
	/** The time that was asked for with `wakeAfterMs` has come. */
	| { type: "woken" }
);

/** What the caller has to do, in this order. */
export type LinkAction =
	| "connect"
	| "disconnect"
	| "subscribe"
	| "askVersion"
	| "askFullReport"
	| "askStream";

export interface LinkStep {
	machine: LinkMachine;
	actions: readonly LinkAction[];
	/** When to come back with `woken`, instead of any time asked for before. `undefined` leaves that one. */
	wakeAfterMs?: number;
}

/** `random` is from 0 to 1. Events that do not fit the phase are late ones; they change nothing. */
export function stepLink(machine: LinkMachine, event: LinkEvent, random: number): LinkStep {
	const { phase } = machine;
	switch (event.type) {
		case "start":
			return phase === "stopped" ? connect(machine) : same(machine);
		case "stop":
			return { machine: { ...machine, phase: "stopped" }, actions: ["disconnect"] };
		case "opened":
			if (phase !== "connecting") return same(machine);
			return {
				machine: { ...machine, phase: "subscribing", asked: false, complete: false },
				actions: ["subscribe"],
				wakeAfterMs: SILENCE_MS,
			};
		case "subscribed":
			return subscribed(machine, event, random);
		case "message":
			return heard(machine, event.nowMs, event.full);
		case "closed":
			return phase === "stopped" || phase === "waiting"
				? same(machine)
				: closed(machine, event.error, random);
		case "woken":
			return woken(machine, event.nowMs, random);
	}
}

/** Whether a message changes nothing but `lastMessageAtMs`: no step is needed for it. */
export function isSettled({ phase, complete }: LinkMachine, full: boolean): boolean {
	return phase === "online" && (complete || !full);
}

export function linkStatus({ phase }: LinkMachine): LinkStatus {
	switch (phase) {
		case "stopped":
		case "waiting":
			return "offline";
		case "connecting":
		case "subscribing":
		case "silent":
			return "connecting";
		case "online":
		case "stale":
			return phase;
	}
}

function same(machine: LinkMachine): LinkStep {
	return { machine, actions: [] };
}

function connect(machine: LinkMachine): LinkStep {
	return { machine: { ...machine, phase: "connecting" }, actions: ["connect"] };
}

function retry(machine: LinkMachine, random: number, actions: readonly LinkAction[]): LinkStep {
	const wasOnline = machine.phase === "online" || machine.phase === "stale";
	const lasted = wasOnline && machine.lastMessageAtMs - machine.onlineSinceMs >= STABLE_MS;
	const counted = machine.failures + 1;
	const failures = lasted ? 1 : wasOnline ? Math.min(counted, MOST_FAILURES_AFTER_ONLINE) : counted;
	const wakeAfterMs = retryDelayMs(needsPerson(machine.error) ? Number.MAX_SAFE_INTEGER : failures, random);
	return { machine: { ...machine, phase: "waiting", failures }, actions, wakeAfterMs };
}

function subscribed(
	machine: LinkMachine,
	{ granted, nowMs }: { granted: boolean; nowMs: number },
	random: number,
): LinkStep {
	// A report may overtake the answer to the subscription: then the link is online already.
	const { phase } = machine;
	if (machine.asked || (phase !== "subscribing" && phase !== "online" && phase !== "stale"))
		return same(machine);
	if (!granted) return retry({ ...machine, error: "wrong_serial" }, random, ["disconnect"]);
	const asked: LinkMachine = { ...machine, asked: true, lastRequestAtMs: nowMs };
	const actions = ["askVersion", "askFullReport"] as const;
	if (phase !== "subscribing") return { machine: asked, actions };
	return {
		machine: { ...asked, phase: "silent", lastMessageAtMs: nowMs },
		actions,
		wakeAfterMs: SILENCE_MS,
	};
}

function heard(machine: LinkMachine, nowMs: number, full: boolean): LinkStep {
	const { phase } = machine;
	if (phase === "stopped" || phase === "waiting" || phase === "connecting") return same(machine);
	const online: LinkMachine = {
		...machine,
		phase: "online",
		error: undefined,
		handshakeCloses: 0,
		proven: true,
		complete: machine.complete || full,
		lastMessageAtMs: nowMs,
	};
	if (phase === "online") return same(online);
	const onlineSinceMs = phase === "stale" ? machine.onlineSinceMs : nowMs;
	return { machine: { ...online, onlineSinceMs }, actions: [], wakeAfterMs: STALE_MS };
}

function closed(machine: LinkMachine, error: PortError, random: number): LinkStep {
	const handshakeCloses = error.code === "handshake_closed" ? machine.handshakeCloses + 1 : 0;
	const linkError = linkErrorOf(error, handshakeCloses);
	return retry({ ...machine, handshakeCloses, error: linkError }, random, []);
}

function woken(machine: LinkMachine, nowMs: number, random: number): LinkStep {
	const silentMs = nowMs - machine.lastMessageAtMs;
	switch (machine.phase) {
		case "stopped":
		case "connecting":
			return same(machine);
		case "waiting":
			return connect(machine);
		case "subscribing":
			return retry({ ...machine, error: "unreachable" }, random, ["disconnect"]);
		case "silent":
			// A printer that has spoken before has not changed its serial number; it hangs.
			if (machine.proven) return doubt(machine, nowMs);
			// It may have been slow, or hang itself: after five minutes it is asked again, on a new connection.
			if (silentMs >= FULL_REPORT_INTERVAL_MS) return retry(machine, random, ["disconnect"]);
			return {
				machine: { ...machine, error: "wrong_serial" },
				actions: [],
				wakeAfterMs: FULL_REPORT_INTERVAL_MS - silentMs,
			};
		case "online":
			if (silentMs >= STALE_MS) return doubt(machine, nowMs);
			return { ...askAgain(machine, nowMs, !machine.complete), wakeAfterMs: STALE_MS - silentMs };
		case "stale":
			if (silentMs >= RECONNECT_MS)
				return retry({ ...machine, error: "unreachable" }, random, ["disconnect"]);
			return { machine, actions: [], wakeAfterMs: RECONNECT_MS - silentMs };
	}
}

function doubt(machine: LinkMachine, nowMs: number): LinkStep {
	// Without any report on this connection, its beginning counts.
	const onlineSinceMs = machine.phase === "silent" ? machine.lastMessageAtMs : machine.onlineSinceMs;
	const asked = askAgain({ ...machine, phase: "stale", onlineSinceMs }, nowMs, true);
	const wakeAfterMs = Math.max(0, RECONNECT_MS - (nowMs - machine.lastMessageAtMs));
	return { machine: asked.machine, actions: ["askStream", ...asked.actions], wakeAfterMs };
}

/** Asks for a full report if it is wanted and the last question, on this connection, is long enough ago. */
function askAgain(machine: LinkMachine, nowMs: number, wanted: boolean): LinkStep {
	const tooSoon = !machine.asked || nowMs - machine.lastRequestAtMs < FULL_REPORT_INTERVAL_MS;
	if (!wanted || tooSoon) return same(machine);
	return { machine: { ...machine, lastRequestAtMs: nowMs }, actions: ["askFullReport"] };
}
