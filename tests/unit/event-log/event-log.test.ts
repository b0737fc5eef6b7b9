import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ASKERS, type Asker } from "../../../modules/event-log/asker";
import { EVENT_CODES, mergeOf, START_CAUSES } from "../../../modules/event-log/event-codes";
import { EVENT_LOG_LENGTH, EventLog } from "../../../modules/event-log/event-log";
import { eventText } from "../../../modules/event-log/event-words";
import { ManualClock } from "../../fakes/manual-clock";

function bench(wallTimeMs?: number) {
	const clock = new ManualClock({ startMs: 5_000, ...(wallTimeMs === undefined ? {} : { wallTimeMs }) });
	return { clock, log: new EventLog({ clock }) };
}

test("a new log is empty", () => {
	const { log } = bench();
	assert.equal(log.length, 0);
	assert.deepEqual(log.list(), []);
	assert.equal(log.at(0), undefined);
});

test("the newest event comes first, with its age, its asker and its words", () => {
	const { clock, log } = bench();
	log.add("started", "firmware", START_CAUSES.indexOf("power"));
	clock.advance(61_500);
	log.add("turned_on", "page", 1);
	assert.deepEqual(log.list(), [
		{
			uptimeSeconds: 61,
			event: "turned_on",
			by: "page",
			a: 1,
			b: 0,
			text: "Turned on: always on, on the page",
		},
		{ uptimeSeconds: 0, event: "started", by: "firmware", a: 1, b: 0, text: "Started: the power came on" },
	]);
});

test("once the time is known, events from before have theirs too", () => {
	const { clock, log } = bench();
	log.add("turned_off");
	assert.equal(log.at(0)?.time, undefined);
	clock.advance(90_000);
	clock.setWallTime(Date.UTC(2026, 4, 1, 12, 0, 0));
	assert.equal(log.at(0)?.time, "2026-05-01T11:58:30.000Z");
});

test("of more than 200 events the oldest go", () => {
	const { clock, log } = bench();
	for (let minute = 0; minute < EVENT_LOG_LENGTH + 37; minute++) {
		log.add("fault", "firmware", minute % 15);
		clock.advance(60_000);
	}
	const list = log.list();
	assert.equal(list.length, EVENT_LOG_LENGTH);
	assert.equal(log.length, EVENT_LOG_LENGTH);
	assert.equal(list.at(0)?.uptimeSeconds, (EVENT_LOG_LENGTH + 36) * 60);
	assert.equal(list.at(-1)?.uptimeSeconds, 37 * 60);
	assert.equal(log.at(EVENT_LOG_LENGTH), undefined);
});

test("what a slider sends on its way is one event, from the first value to the last", () => {
	const { clock, log } = bench();
	for (let target = 45; target < 55; target++) {
		log.add("target_changed", "page", target, target + 1);
		clock.advance(1_000);
	}
	assert.deepEqual(
		log.list().map(({ text }) => text),
		["Target 45 → 55 °C, on the page"],
	);
	assert.equal(log.at(0)?.uptimeSeconds, 9);
});

test("a slider of somebody else, or of later, is an event of its own", () => {
	const { clock, log } = bench();
	log.add("target_changed", "page", 45, 50);
	log.add("target_changed", "websocket", 50, 51);
	clock.advance(31_000);
	log.add("target_changed", "websocket", 51, 52);
	log.add("turned_off", "websocket");
	log.add("target_changed", "websocket", 52, 53);
	assert.equal(log.length, 5);
});

test("wrong passwords are counted and do not push the rest out", () => {
	const { clock, log } = bench();
	log.add("turned_on", "button", 0);
	for (let attempt = 0; attempt < 40_000; attempt++) {
		log.add("password_wrong", "program");
		clock.advance(10);
	}
	assert.equal(log.length, 2);
	assert.equal(log.at(0)?.b, 32_767);
	assert.equal(log.at(1)?.event, "turned_on");
});

test("after 136 years of seconds the ages are still right", () => {
	const clock = new ManualClock();
	const log = new EventLog({ clock });
	clock.advance(2 ** 32 * 1000 - 5_000);
	log.add("turned_off");
	clock.advance(8_000);
	log.add("turned_on");
	assert.deepEqual(
		log.list().map(({ uptimeSeconds }) => uptimeSeconds),
		[2 ** 32 + 3, 2 ** 32 - 5],
	);
});

test("whatever is added comes back, clamped to 16 bits", () => {
	const event = fc.record({
		event: fc.constantFrom(...EVENT_CODES.filter((code) => mergeOf(code) === undefined)),
		by: fc.option(fc.constantFrom(...ASKERS), { nil: undefined }),
		a: fc.oneof(fc.integer(), fc.double()),
		b: fc.oneof(fc.integer(), fc.double()),
		pauseMs: fc.nat(100_000),
	});
	fc.assert(
		fc.property(fc.array(event, { maxLength: 300 }), (events) => {
			const { clock, log } = bench();
			const expected: { event: string; by: Asker | undefined; a: number; uptimeSeconds: number }[] = [];
			let elapsedMs = 0;
			for (const { event, by, a, b, pauseMs } of events) {
				clock.advance(pauseMs);
				elapsedMs += pauseMs;
				log.add(event, by, a, b);
				const clamped = Number.isFinite(a) ? Math.max(-32_768, Math.min(32_767, Math.floor(a + 0.5))) : 0;
				expected.unshift({ event, by, a: clamped + 0, uptimeSeconds: Math.floor(elapsedMs / 1000) });
			}
			assert.deepEqual(
				log.list().map(({ event, by, a, uptimeSeconds }) => ({ event, by, a, uptimeSeconds })),
				expected.slice(0, EVENT_LOG_LENGTH),
			);
		}),
		{ numRuns: 60 },
	);
});

test("every event has words, also with numbers that make no sense", () => {
	const texts = new Set<string>();
	for (const event of EVENT_CODES) {
		for (const a of [0, 1, 2, -1, 99]) {
			const text = eventText(event, undefined, a, 2);
			assert.doesNotMatch(text, /undefined|NaN/);
			assert.match(text, /^[A-Z]/);
		}
		texts.add(eventText(event, undefined, 0, 1));
	}
	assert.equal(texts.size, EVENT_CODES.length);
	assert.equal(
		eventText("drying_stopped", "button", 135, 0),
		"Drying stopped 2 h 15 min before its end, with a button",
	);
	assert.equal(eventText("password_wrong", "program", 0, 3), "Wrong device password, 3 times, by a program");
});

test("who changes the mode or fails to update again and again pushes nothing else out of the log", () => {
	const { log } = bench();
	log.add("fault", "firmware", 0);
	for (let i = 0; i < 3 * EVENT_LOG_LENGTH; i++) log.add("mode_changed", "websocket", i % 3);
	for (let i = 0; i < 3 * EVENT_LOG_LENGTH; i++) log.add("update_failed");
	assert.deepEqual(
		log.list().map(({ text }) => text),
		[
			"Update failed, 600 times",
			"Mode: drying, by a Panda Breath client",
			"Fault: The heating element was too hot",
		],
	);
});

test("a target of 0 on the way is not lost between the others: it turned the heat off", () => {
	const { log } = bench();
	log.add("target_changed", "websocket", 45, 50);
	log.add("target_changed", "websocket", 50, 52);
	log.add("target_changed", "websocket", 52, 0);
	log.add("target_changed", "websocket", 0, 45);
	assert.deepEqual(
		log.list().map(({ a, b }) => [a, b]),
		[
			[0, 45],
			[52, 0],
			[45, 52],
		],
	);
});
