// The last 200 things that happened, in one small block of memory; words are made when somebody reads.

import type { Clock } from "../platform/clock";
import { ASKERS, type Asker } from "./asker";
import { EVENT_CODES, type EventCode, mergeOf } from "./event-codes";
import { eventText } from "./event-words";

export const EVENT_LOG_LENGTH = 200;

/** Of one record: seconds since the start (4 bytes), event, asker + 1, a (2 bytes), b (2 bytes). */
const RECORD_BYTES = 10;
const EVENT_AT = 4;
const ASKER_AT = 5;
const A_AT = 6;
const B_AT = 8;

/** A slider that rests for longer than this has come to its value. */
const MERGE_SECONDS = 30;
const COUNT_SECONDS = 600;
const MOST = 32_767;

export interface LoggedEvent {
	/** After the start of the firmware. */
	uptimeSeconds: number;
	/** ISO 8601, once the device has learnt the time: also of events from before. */
	time?: string;
	event: EventCode;
	by?: Asker;
	/** What `a` and `b` are is said at {@link EventCode}; 0 where it is not. */
	a: number;
	b: number;
	text: string;
}

export class EventLog {
	private readonly clock: Clock;
	private readonly startedAtMs: number;
	private readonly records = new DataView(new ArrayBuffer(EVENT_LOG_LENGTH * RECORD_BYTES));
	private count = 0;
	/** Where the next record goes. */
	private next = 0;

	constructor({ clock }: { clock: Clock }) {
		this.clock = clock;
		this.startedAtMs = clock.now();
	}

	/** How many there are: {@link EVENT_LOG_LENGTH} at most. */
	get length(): number {
		return this.count;
	}

	/** `a` and `b` are rounded and clamped to 16 bits. */
	add(event: EventCode, by?: Asker, a = 0, b = 0): void {
		const seconds = this.uptimeSeconds();
		if (this.count > 0 && this.merge(seconds, event, by, a, b)) return;
		const at = this.next * RECORD_BYTES;
		this.records.setUint8(at + EVENT_AT, EVENT_CODES.indexOf(event));
		this.records.setUint8(at + ASKER_AT, by === undefined ? 0 : ASKERS.indexOf(by) + 1);
		this.write(at, seconds, a, mergeOf(event) === "count" ? 1 : b);
		this.next = (this.next + 1) % EVENT_LOG_LENGTH;
		if (this.count < EVENT_LOG_LENGTH) this.count++;
	}

	/** One of them, 0 being the newest: for a reader that has no room for all of {@link list}. */
	at(index: number): LoggedEvent | undefined {
		if (!Number.isInteger(index) || index < 0 || index >= this.count) return undefined;
		const at = this.placeOf(index);
		const event = EVENT_CODES[this.records.getUint8(at + EVENT_AT)];
		if (event === undefined) return undefined;
		const by = ASKERS[this.records.getUint8(at + ASKER_AT) - 1];
		const a = this.records.getInt16(at + A_AT);
		const b = this.records.getInt16(at + B_AT);
		const now = this.uptimeSeconds();
		// Seconds in 32 bits come round after 136 years: what lies between two of them stays right.
		const ageSeconds = (now - this.records.getUint32(at)) >>> 0;
		const wallTime = this.clock.wallTime();
		return {
			uptimeSeconds: now - ageSeconds,
			...(wallTime === undefined ? {} : { time: isoTime(wallTime - ageSeconds * 1000) }),
			event,
			...(by === undefined ? {} : { by }),
			a,
			b,
			text: eventText(event, by, a, b),
		};
	}

	/** Newest first. */
	list(): LoggedEvent[] {
		const events: LoggedEvent[] = [];
		for (let index = 0; index < this.count; index++) {
			const event = this.at(index);
			if (event) events.push(event);
		}
		return events;
	}

	/** Whether it was joined with the newest record. */
	private merge(seconds: number, event: EventCode, by: Asker | undefined, a: number, b: number): boolean {
		const merge = mergeOf(event);
		if (merge === undefined) return false;
		const at = this.placeOf(0);
		if (EVENT_CODES[this.records.getUint8(at + EVENT_AT)] !== event) return false;
		if (ASKERS[this.records.getUint8(at + ASKER_AT) - 1] !== by) return false;
		const ageSeconds = (seconds - this.records.getUint32(at)) >>> 0;
		if (ageSeconds > (merge === "count" ? COUNT_SECONDS : MERGE_SECONDS)) return false;
		const first = this.records.getInt16(at + A_AT);
		// 0 turns something off, and that is worth a record of its own.
		if (merge === "last" && (b === 0 || this.records.getInt16(at + B_AT) === 0)) return false;
		switch (merge) {
			case "last":
				this.write(at, seconds, first, b);
				return true;
			case "both":
				this.write(at, seconds, a, b);
				return true;
			case "count":
				this.write(at, seconds, a, this.records.getInt16(at + B_AT) + 1);
				return true;
		}
	}

	private write(at: number, seconds: number, a: number, b: number): void {
		this.records.setUint32(at, seconds);
		this.records.setInt16(at + A_AT, toInt16(a));
		this.records.setInt16(at + B_AT, toInt16(b));
	}

	private placeOf(index: number): number {
		return ((this.next - 1 - index + 2 * EVENT_LOG_LENGTH) % EVENT_LOG_LENGTH) * RECORD_BYTES;
	}

	private uptimeSeconds(): number {
		return Math.floor((this.clock.now() - this.startedAtMs) / 1000);
	}
}

function toInt16(value: number): number {
	return Number.isFinite(value) ? Math.max(-MOST - 1, Math.min(MOST, Math.floor(value + 0.5))) : 0;
}

/** `Date` throws for a time that is out of its range. */
function isoTime(ms: number): string {
	return new Date(Math.max(0, Math.min(8.64e15, ms))).toISOString();
}
