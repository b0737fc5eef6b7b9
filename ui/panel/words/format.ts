// Numbers and times as people write them. What is not known is a dash.

import type { Words } from "./en";
import { fill } from "./texts";

export type Maybe<T> = T | undefined;

/** A place in time, as the device knows it. */
export interface Moment {
	/** Since 1970, UTC; `undefined` as long as the device does not know the time. */
	readonly wallTimeMs: number | undefined;
	/** Of where the device is: 60 in Berlin in winter. */
	readonly utcOffsetMinutes: number;
	/** Of the device. */
	readonly uptimeSeconds: number;
}

/** What stands large, and what stands smaller beside it. */
export interface Measure {
	readonly value: string;
	readonly unit: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MINUTE_MS = MINUTE * 1000;
const DAY_MS = DAY * 1000;
/** From one calendar day to the next or the one before by its name; further off by its date. */
const WEEK_DAYS = 6;
/** Dates further off than this are told with their year, and without the time. */
const YEAR_DAYS = 300;
/** Younger than this is "just now". */
const NOW_SECONDS = 10;
/** More days than this are told without their hours. */
const MANY_DAYS = 10;
/** `Date` knows no time beyond this. */
const MOST_MS = 8.64e15;

export function isKnown(value: Maybe<number>): value is number {
	return value !== undefined && Number.isFinite(value);
}

/** Whole, with a real minus sign. */
export function whole(words: Words, value: Maybe<number>): string {
	return isKnown(value) ? signed(String(Math.round(value))) : words.common.unknown;
}

/** With so many digits after the decimal point or comma. */
export function decimal(words: Words, value: Maybe<number>, digits: number): string {
	if (!isKnown(value)) return words.common.unknown;
	const text = value.toFixed(digits);
	const point = text.indexOf(".");
	if (point < 0) return signed(text);
	return signed(text.slice(0, point) + words.format.decimal + text.slice(point + 1));
}

/** "−0" is no number that anybody writes. */
function signed(text: string): string {
	if (!text.startsWith("-")) return text;
	for (const character of text) if (character > "0" && character <= "9") return `−${text.slice(1)}`;
	return text.slice(1);
}

export function percent(words: Words, value: Maybe<number>): string {
	return withUnit(words, words.format.percent, value);
}

export function degrees(words: Words, value: Maybe<number>): string {
	return withUnit(words, words.format.degrees, value);
}

/** "245 / 245 °C", or "41 °C" where nothing is aimed at. */
export function degreesOf(words: Words, current: Maybe<number>, target: Maybe<number>): string {
	if (!isKnown(target) || target === 0) return degrees(words, current);
	return fill(words.format.degreesOf, { current: whole(words, current), target: whole(words, target) });
}

/** "190–230 °C" */
export function degreesRange(words: Words, min: Maybe<number>, max: Maybe<number>): string {
	if (!isKnown(min) && !isKnown(max)) return words.common.unknown;
	if (!isKnown(min) || !isKnown(max) || min === max) return degrees(words, max ?? min);
	return fill(words.format.degreesRange, { min: whole(words, min), max: whole(words, max) });
}

/** A temperature whose unit is drawn by itself. */
export function celsius(words: Words, value: Maybe<number>, digits = 0): Measure {
	return {
		value: digits === 0 ? whole(words, value) : decimal(words, value, digits),
		unit: isKnown(value) ? "°C" : "",
	};
}

export function millimetres(words: Words, value: Maybe<number>): string {
	return withUnit(words, words.format.millimetres, value);
}

/** "0.4 mm" */
export function diameter(words: Words, value: Maybe<number>): string {
	if (!isKnown(value)) return words.common.unknown;
	return fill(words.format.millimetres, { n: decimal(words, value, 1) });
}

/** Grams, and from 1,000 on kilograms. */
export function weight(words: Words, grams: Maybe<number>): string {
	if (!isKnown(grams)) return words.common.unknown;
	if (Math.abs(grams) < 999.5) return fill(words.format.grams, { n: whole(words, grams) });
	return fill(words.format.kilograms, { n: decimal(words, grams / 1000, 2) });
}

export function megabytes(words: Words, bytes: Maybe<number>): string {
	if (!isKnown(bytes)) return words.common.unknown;
	return fill(words.format.megabytes, { n: decimal(words, bytes / (1024 * 1024), 1) });
}

/** Of a file: "12.4 MB", "420 kB". */
export function fileSize(words: Words, bytes: Maybe<number>): string {
	if (!isKnown(bytes)) return words.common.unknown;
	if (bytes >= 1024 * 1024) return megabytes(words, bytes);
	return fill(words.format.kilobytes, { n: Math.ceil(bytes / 1024) });
}

export function signalStrength(words: Words, dBm: Maybe<number>): string {
	return withUnit(words, words.format.signal, dBm);
}

function withUnit(words: Words, text: string, value: Maybe<number>): string {
	return isKnown(value) ? fill(text, { n: whole(words, value) }) : words.common.unknown;
}

/** "1 h 12 min" */
export function durationOfMinutes(words: Words, minutes: Maybe<number>): string {
	if (!isKnown(minutes)) return words.common.unknown;
	return duration(words, Math.max(0, Math.round(minutes)) * MINUTE);
}

/** "45 s", "12 min", "1 h 12 min", "3 h", "2 d 4 h" */
export function duration(words: Words, seconds: Maybe<number>): string {
	if (!isKnown(seconds)) return words.common.unknown;
	const { format } = words;
	const rounded = Math.max(0, Math.round(seconds));
	if (rounded > 0 && rounded < MINUTE) return fill(format.seconds, { n: rounded });
	if (rounded < HOUR) return fill(format.minutes, { n: Math.floor(rounded / MINUTE) });
	if (rounded < DAY) {
		const h = Math.floor(rounded / HOUR);
		const m = Math.floor((rounded % HOUR) / MINUTE);
		return m === 0 ? fill(format.hours, { n: h }) : fill(format.hoursMinutes, { h, m });
	}
	const d = Math.floor(rounded / DAY);
	const h = Math.floor((rounded % DAY) / HOUR);
	return h === 0 || d >= MANY_DAYS ? fill(format.days, { n: d }) : fill(format.daysHours, { d, h });
}

export function hours(words: Words, value: Maybe<number>): string {
	return withUnit(words, words.format.hours, value);
}

/** How old something is, in its largest unit: "3 min". It completes sentences; by itself it is {@link ago}. */
export function age(words: Words, seconds: Maybe<number>): string {
	if (!isKnown(seconds)) return words.common.unknown;
	const { format } = words;
	const rounded = Math.max(0, Math.floor(seconds));
	if (rounded < MINUTE) return fill(format.seconds, { n: rounded });
	if (rounded < HOUR) return fill(format.minutes, { n: Math.floor(rounded / MINUTE) });
	if (rounded < DAY) return fill(format.hours, { n: Math.floor(rounded / HOUR) });
	return fill(format.days, { n: Math.floor(rounded / DAY) });
}

/** "just now", "3 min ago" */
export function ago(words: Words, seconds: Maybe<number>): string {
	if (!isKnown(seconds)) return words.common.unknown;
	if (seconds < NOW_SECONDS) return words.format.justNow;
	return fill(words.format.ago, { time: age(words, seconds) });
}

/** The device's clock: "14:32", or "" as long as it does not know the time. */
export function clockNow(words: Words, now: Moment): string {
	const local = localTime(now.wallTimeMs, now);
	return local === undefined ? "" : clockText(words, local);
}

/** As people call a moment that is near: "15:44", "tomorrow 06:10", "Mon 06:10", "21 Nov, 06:10". */
export function whenText(words: Words, atMs: Maybe<number>, now: Moment): string {
	const at = localTime(atMs, now);
	if (at === undefined) return words.common.unknown;
	const { format, days } = words;
	const time = clockText(words, at);
	const today = localTime(now.wallTimeMs, now);
	const date = dateOf(words, at, time);
	if (today === undefined) return date.withTime;
	const distance = Math.floor(at / DAY_MS) - Math.floor(today / DAY_MS);
	if (distance === 0) return fill(format.today, { time });
	if (distance === -1) return fill(format.yesterday, { time });
	if (distance === 1) return fill(format.tomorrow, { time });
	if (distance > 1 && distance <= WEEK_DAYS) {
		const weekday = new Date(at).getUTCDay();
		const day = days[`d${weekday}` as keyof Words["days"]];
		return fill(format.weekday, { day, time });
	}
	return Math.abs(distance) > YEAR_DAYS ? date.withYear : date.withTime;
}

/** Of an ISO 8601 text; `undefined` for none and for what is no time. */
export function timeOf(iso: Maybe<string>): number | undefined {
	if (iso === undefined) return undefined;
	const ms = Date.parse(iso);
	return Number.isFinite(ms) ? ms : undefined;
}

/** A `Date` made of it says in UTC what clocks here say. */
function localTime(atMs: Maybe<number>, { utcOffsetMinutes }: Moment): number | undefined {
	if (!isKnown(atMs)) return undefined;
	const local = atMs + (isKnown(utcOffsetMinutes) ? utcOffsetMinutes : 0) * MINUTE_MS;
	return Math.abs(local) <= MOST_MS ? local : undefined;
}

function clockText(words: Words, local: number): string {
	const date = new Date(local);
	return fill(words.format.clock, { h: twoDigits(date.getUTCHours()), m: twoDigits(date.getUTCMinutes()) });
}

function dateOf(words: Words, local: number, time: string) {
	const date = new Date(local);
	const month = words.months[`m${date.getUTCMonth() + 1}` as keyof Words["months"]];
	const values = { day: date.getUTCDate(), month, year: date.getUTCFullYear(), time };
	return { withTime: fill(words.format.date, values), withYear: fill(words.format.dateYear, values) };
}

function twoDigits(value: number): string {
	return value < 10 ? `0${value}` : String(value);
}
