// Numbers and times as people write them.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as format from "../../../../../ui/panel/words/format";
import { LANGUAGES, wordsIn } from "../../../../../ui/panel/words/languages";

const en = wordsIn("en");
const de = wordsIn("de");
const zh = wordsIn("zh");

/** Saturday, 21 November 2026, 14:32 in Berlin. */
const NOW = Date.UTC(2026, 10, 21, 13, 32);
const now: format.Moment = { wallTimeMs: NOW, utcOffsetMinutes: 60, uptimeSeconds: 1_000 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a person sees does not tell one blank from another. */
function seen(text: string): string {
	return text.replaceAll("\u00a0", " ");
}

test("German has a decimal comma and a blank before the percent sign, the others do not", () => {
	assert.equal(format.decimal(en, 1.75, 2), "1.75");
	assert.equal(format.decimal(de, 1.75, 2), "1,75");
	assert.equal(format.decimal(zh, 1.75, 2), "1.75");
	assert.equal(seen(format.percent(en, 63)), "63%");
	assert.equal(seen(format.percent(de, 63)), "63 %");
	assert.equal(seen(format.percent(zh, 63)), "63%");
});

test("a number below zero has a minus sign, and zero has none", () => {
	assert.equal(format.whole(en, -5), "−5");
	assert.equal(format.whole(en, -0.2), "0");
	assert.equal(format.decimal(en, -0.04, 1), "0.0");
	assert.equal(format.decimal(de, -0.26, 1), "−0,3");
});

test("temperatures have their unit, and a target only where one is aimed at", () => {
	assert.equal(seen(format.degrees(en, 244.6)), "245 °C");
	assert.equal(seen(format.degreesOf(en, 70, 70)), "70 / 70 °C");
	assert.equal(seen(format.degreesOf(en, 41, 0)), "41 °C");
	assert.equal(seen(format.degreesOf(en, 41, undefined)), "41 °C");
	assert.equal(seen(format.degreesOf(en, undefined, 70)), "– / 70 °C");
	assert.equal(seen(format.degreesRange(en, 190, 230)), "190–230 °C");
	assert.equal(seen(format.degreesRange(en, undefined, 230)), "230 °C");
	assert.deepEqual(format.celsius(de, 41.26, 1), { value: "41,3", unit: "°C" });
	assert.deepEqual(format.celsius(de, undefined, 1), { value: "–", unit: "" });
});

test("durations are told in their two largest units", () => {
	const cases: [number, string, string, string][] = [
		[0, "0 min", "0 min", "0 分钟"],
		[45, "45 s", "45 s", "45 秒"],
		[60, "1 min", "1 min", "1 分钟"],
		[4320, "1 h 12 min", "1 h 12 min", "1 小时 12 分钟"],
		[10_800, "3 h", "3 h", "3 小时"],
		[187_200, "2 d 4 h", "2 Tg. 4 h", "2 天 4 小时"],
		[86_400, "1 d", "1 Tg.", "1 天"],
		[2_000_000, "23 d", "23 Tg.", "23 天"],
	];
	for (const [seconds, english, german, chinese] of cases) {
		assert.equal(seen(format.duration(en, seconds)), english);
		assert.equal(seen(format.duration(de, seconds)), german);
		assert.equal(seen(format.duration(zh, seconds)), chinese);
	}
	assert.equal(seen(format.durationOfMinutes(en, 72)), "1 h 12 min");
});

test("an age is told in its largest unit", () => {
	assert.equal(seen(format.ago(en, 3)), "just now");
	assert.equal(seen(format.ago(en, 40)), "40 s ago");
	assert.equal(seen(format.ago(en, 200)), "3 min ago");
	assert.equal(seen(format.ago(de, 200)), "vor 3 min");
	assert.equal(seen(format.ago(zh, 200)), "3 分钟前");
	assert.equal(seen(format.ago(en, 7_300)), "2 h ago");
});

test("weights are told in grams, and from 1,000 on in kilograms", () => {
	assert.equal(seen(format.weight(en, 12.4)), "12 g");
	assert.equal(seen(format.weight(en, 999.4)), "999 g");
	assert.equal(seen(format.weight(en, 999.6)), "1.00 kg");
	assert.equal(seen(format.weight(de, 1_250)), "1,25 kg");
	assert.equal(seen(format.diameter(de, 0.4)), "0,4 mm");
});

test("the clock is that of 24 hours, where the device is", () => {
	assert.equal(format.clockNow(en, now), "14:32");
	assert.equal(format.clockNow(de, { ...now, utcOffsetMinutes: -330 }), "08:02");
	assert.equal(format.clockNow(en, { ...now, wallTimeMs: undefined }), "");
});

test("a moment that is near is told by what people call its day", () => {
	const cases: [number, string, string, string][] = [
		[NOW + 72 * 60_000, "15:44", "15:44", "15:44"],
		[NOW + 12 * HOUR, "tomorrow 02:32", "morgen 02:32", "明天 02:32"],
		[NOW - DAY, "yesterday 14:32", "gestern 14:32", "昨天 14:32"],
		[NOW + 2 * DAY, "Mon 14:32", "Mo 14:32", "周一 14:32"],
		[NOW + 7 * DAY, "28 Nov, 14:32", "28. Nov., 14:32", "11月28日 14:32"],
		[NOW - 5 * DAY, "16 Nov, 14:32", "16. Nov., 14:32", "11月16日 14:32"],
		[NOW - 400 * DAY, "17 Oct 2025", "17. Okt. 2025", "2025年10月17日"],
	];
	for (const [at, english, german, chinese] of cases) {
		assert.equal(seen(format.whenText(en, at, now)), english);
		assert.equal(seen(format.whenText(de, at, now)), german);
		assert.equal(seen(format.whenText(zh, at, now)), chinese);
	}
});

test("today ends at midnight where the device is, not in Greenwich", () => {
	const lateEvening = { ...now, wallTimeMs: Date.UTC(2026, 10, 21, 22, 50) };
	assert.equal(format.whenText(en, Date.UTC(2026, 10, 21, 22, 59), lateEvening), "23:59");
	assert.equal(format.whenText(en, Date.UTC(2026, 10, 21, 23, 0), lateEvening), "tomorrow 00:00");
});

test("as long as the device does not know the time, a moment is told by its date", () => {
	assert.equal(seen(format.whenText(en, NOW, { ...now, wallTimeMs: undefined })), "21 Nov, 14:32");
});

test("what is no time is none", () => {
	assert.equal(format.timeOf("2026-11-21T13:32:00.000Z"), NOW);
	assert.equal(format.timeOf("soon"), undefined);
	assert.equal(format.timeOf(undefined), undefined);
});

test("whatever number comes, each text is one that can be shown", () => {
	const number = fc.oneof(fc.double(), fc.constant(undefined), fc.integer());
	fc.assert(
		fc.property(fc.constantFrom(...LANGUAGES), number, number, (language, a, b) => {
			const words = wordsIn(language);
			const moment: format.Moment = {
				wallTimeMs: b,
				utcOffsetMinutes: b ?? 0,
				uptimeSeconds: b ?? 0,
			};
			const texts = [
				format.whole(words, a),
				format.decimal(words, a, 2),
				format.percent(words, a),
				format.degrees(words, a),
				format.degreesOf(words, a, b),
				format.degreesRange(words, a, b),
				format.weight(words, a),
				format.megabytes(words, a),
				format.duration(words, a),
				format.durationOfMinutes(words, a),
				format.age(words, a),
				format.ago(words, a),
				format.whenText(words, a, moment),
			];
			for (const text of texts) {
				assert.ok(text.length > 0);
				assert.doesNotMatch(text, /NaN|undefined|null|Infinity|\{/);
			}
			assert.doesNotMatch(format.clockNow(words, moment), /NaN|undefined/);
		}),
	);
});
