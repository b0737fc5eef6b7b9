import assert from "node:assert/strict";
import { test } from "node:test";
import { Presence } from "../../../modules/breath/presence";
import { ManualClock } from "../../fakes/manual-clock";

test("time alone counts from the last one who left, and only while heat is wanted and no printer is there", () => {
	const clock = new ManualClock();
	const presence = new Presence(clock);
	const leaveFirst = presence.attend();
	const leaveSecond = presence.attend();
	clock.advance(60_000);
	leaveFirst();
	leaveFirst();
	clock.advance(60_000);
	assert.equal(presence.aloneMs(true, false), 0);
	leaveSecond();
	clock.advance(60_000);
	assert.equal(presence.aloneMs(true, false), 60_000);
	presence.touch();
	clock.advance(30_000);
	assert.equal(presence.aloneMs(true, false), 30_000);
	assert.equal(presence.aloneMs(true, true), 0);
	clock.advance(30_000);
	assert.equal(presence.aloneMs(false, false), 0);
	assert.equal(presence.aloneMs(true, false), 0);
});

test("who leaves was there until then", () => {
	const clock = new ManualClock();
	const presence = new Presence(clock);
	const leave = presence.attend();
	clock.advance(3_600_000);
	leave();
	assert.equal(presence.aloneMs(true, false), 0);
});

test("leaving twice does not send somebody else away", () => {
	const clock = new ManualClock();
	const presence = new Presence(clock);
	presence.attend();
	const leave = presence.attend();
	leave();
	leave();
	clock.advance(3_600_000);
	assert.equal(presence.aloneMs(true, false), 0);
});

test("who is alone is told the minutes that are left, from the second minute on and never none", () => {
	const clock = new ManualClock();
	const presence = new Presence(clock);
	const left = (): number | undefined => {
		presence.aloneMs(true, false);
		return presence.minutesLeft(10);
	};
	assert.equal(left(), undefined);
	clock.advance(59_999);
	assert.equal(left(), undefined);
	clock.advance(1);
	assert.equal(left(), 9);
	clock.advance(8 * 60_000);
	assert.equal(left(), 1);
	clock.advance(60_000);
	assert.equal(left(), 1);
	presence.touch();
	assert.equal(presence.minutesLeft(10), 1, "what is told changes with the ticks");
	assert.equal(left(), undefined);
});
