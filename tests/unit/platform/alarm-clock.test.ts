// A clock over one timer of its host's: what it makes of an alarm that is early, late, lost, or too short.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AlarmClock } from "../../../modules/platform/parts/alarm-clock";

/** Its host is the test: time passes, and the alarm rings, when that says so. */
class TestClock extends AlarmClock {
	nowMs = 1000;
	/** When the alarm is to ring; `undefined` while none is set. */
	alarmAt: number | undefined;
	timesSet = 0;

	now(): number {
		return this.nowMs;
	}

	wallTime(): undefined {
		return undefined;
	}

	/** It is that much later, and the alarm rings if it was due. */
	pass(ms: number): void {
		this.nowMs += ms;
		if (this.alarmAt === undefined || this.alarmAt > this.nowMs) return;
		this.alarmAt = undefined;
		this.ring();
	}

	ringNow(): void {
		this.alarmAt = undefined;
		this.ring();
	}

	protected setAlarm(delayMs: number): void {
		assert.equal(this.alarmAt, undefined, "an alarm is set where one is set");
		this.alarmAt = this.nowMs + delayMs;
		this.timesSet += 1;
	}

	protected clearAlarm(): void {
		this.alarmAt = undefined;
	}
}

test("the alarm is that of the timer that is due next", () => {
	const clock = new TestClock();
	assert.equal(clock.alarmAt, undefined);
	clock.after(500, () => {});
	assert.equal(clock.alarmAt, 1500);
	clock.after(700, () => {});
	assert.equal(clock.alarmAt, 1500);
	clock.every(200, () => {});
	assert.equal(clock.alarmAt, 1200);
	assert.equal(clock.timesSet, 2);
	clock.pass(200);
	assert.equal(clock.alarmAt, 1400);
});

test("no alarm is left when no timer is", () => {
	const clock = new TestClock();
	const timers = [clock.after(500, () => {}), clock.every(500, () => {})];
	for (const timer of timers) {
		assert.equal(clock.alarmAt, 1500);
		timer.cancel();
		timer.cancel();
	}
	assert.equal(clock.alarmAt, undefined);
	clock.after(0, () => {});
	clock.pass(0);
	assert.equal(clock.alarmAt, undefined);
});

test("an alarm that rings too early is set again", () => {
	const clock = new TestClock();
	let calls = 0;
	clock.after(10_000, () => {
		calls += 1;
	});
	clock.nowMs += 4000;
	clock.ringNow();
	assert.equal(calls, 0);
	assert.equal(clock.alarmAt, 11_000);
	clock.pass(6000);
	assert.equal(calls, 1);
});

test("what is due is called in the order in which it is due, and at the same time in the order of its start", () => {
	const clock = new TestClock();
	const calls: string[] = [];
	for (const [name, delayMs] of Object.entries({ a: 30, b: 10, c: 30, d: 10, e: 40 }))
		clock.after(delayMs, () => calls.push(name));
	clock.pass(30);
	assert.deepEqual(calls, ["b", "d", "a", "c"]);
});

test("a timer that a callback starts waits for another alarm, so that none of them keeps the host busy", () => {
	const clock = new TestClock();
	let calls = 0;
	const again = (): void => {
		calls += 1;
		clock.after(0, again);
	};
	clock.after(0, again);
	clock.pass(0);
	assert.equal(calls, 1);
	clock.pass(0);
	assert.equal(calls, 2);
});

test("a callback may cancel what is due with it, and itself", () => {
	const clock = new TestClock();
	let calls = 0;
	const first = clock.every(10, () => {
		calls += 1;
		first.cancel();
		second.cancel();
	});
	const second = clock.after(10, () => {
		calls += 100;
	});
	clock.pass(10);
	clock.pass(1000);
	assert.equal(calls, 1);
	assert.equal(clock.alarmAt, undefined);
});

test("a timer that repeats keeps its beat, and leaves out what it missed", () => {
	const clock = new TestClock();
	const calls: number[] = [];
	clock.every(100, () => calls.push(clock.nowMs));
	for (const ms of [105, 90, 10, 555, 40]) clock.pass(ms);
	assert.deepEqual(calls, [1105, 1205, 1760, 1800]);
});

test("what a callback throws comes out, and the timers of others are not lost with it", () => {
	const clock = new TestClock();
	const calls: string[] = [];
	clock.after(10, () => {
		throw new Error("on purpose");
	});
	clock.after(10, () => calls.push("same time"));
	clock.every(20, () => calls.push("beat"));
	assert.throws(() => clock.pass(10), /on purpose/);
	clock.pass(0);
	clock.pass(10);
	assert.deepEqual(calls, ["same time", "beat"]);
});

test("a delay that is none counts as the shortest one", () => {
	for (const delayMs of [-5, Number.NaN]) {
		const clock = new TestClock();
		clock.after(delayMs, () => {});
		assert.equal(clock.alarmAt, 1000);
		clock.pass(0);
		clock.every(delayMs, () => {});
		assert.equal(clock.alarmAt, 1001);
	}
});

test("an alarm that the host lost is set again with the next timer, where the host may lose one", () => {
	const clock = new TestClock({ lostAfterMs: 1000 });
	const calls: string[] = [];
	clock.after(10, () => calls.push("lost"));
	clock.nowMs += 1010;
	clock.after(5000, () => calls.push("other"));
	assert.equal(clock.timesSet, 1);
	clock.nowMs += 1;
	clock.after(5000, () => calls.push("other"));
	assert.equal(clock.timesSet, 2);
	assert.equal(clock.alarmAt, clock.nowMs);
	clock.pass(0);
	assert.deepEqual(calls, ["lost"]);
});

test("an alarm that is merely late is waited for, where the host loses none", () => {
	const clock = new TestClock();
	clock.after(10, () => {});
	clock.nowMs += 1_000_000;
	clock.after(10, () => {});
	assert.equal(clock.timesSet, 1);
});
