import assert from "node:assert/strict";
import { test } from "node:test";
import {
	begin,
	discardWaiting,
	EMPTY_OUTBOX,
	end,
	enqueue,
	forget,
	type Intent,
	MOST_WAITING,
	nextSpool,
	type Outbox,
	outcome,
	waitingGrams,
	waitingSpools,
} from "../../../modules/spools/outbox";
import { spoolWith } from "./fixtures";

const put = (outbox: Outbox, kind: Intent["kind"], grams: number, spoolId = 1) =>
	enqueue(outbox, { kind, grams, spoolId }).outbox;

test("what waits for a spool is one entry: sums add up, and the last measurement wins", () => {
	let outbox = put(put(EMPTY_OUTBOX, "use", 5), "use", 7);
	assert.equal(waitingGrams(outbox), 12);
	outbox = put(put(put(outbox, "left", 700), "left", 690), "use", 10);
	assert.deepEqual(outbox.waiting, [{ spoolId: 1, useG: 12, leftG: 690, thenG: 10 }]);
	assert.equal(waitingGrams(outbox), 22);
	assert.deepEqual(put(outbox, "left", 650).waiting, [{ spoolId: 1, useG: 22, leftG: 650 }]);
});

test("spools are written in the order in which they came, and no more wait than fit", () => {
	let outbox = EMPTY_OUTBOX;
	for (let id = MOST_WAITING; id > 0; id--) outbox = put(outbox, "use", 1, id);
	assert.equal(enqueue(outbox, { kind: "use", grams: 1, spoolId: 99 }).isTaken, false);
	assert.equal(enqueue(outbox, { kind: "use", grams: 1, spoolId: 3 }).isTaken, true);
	assert.equal(nextSpool(outbox), MOST_WAITING);
	outbox = begin(outbox, spoolWith({ id: MOST_WAITING })).outbox;
	assert.equal(nextSpool(outbox), undefined);
	assert.equal(nextSpool(end(outbox)), MOST_WAITING - 1);
});

test("every write says how much is used by then, so that one that comes twice or late counts once", () => {
	const { outbox } = begin(put(EMPTY_OUTBOX, "use", 12), spoolWith());
	assert.deepEqual(outbox.sending, { spoolId: 1, beforeG: 200, afterG: 212, isFirstUse: true });
	const both = put(put(put(EMPTY_OUTBOX, "use", 12), "left", 700), "use", 3);
	assert.equal(begin(both, spoolWith()).outbox.sending?.afterG, 303);
	assert.equal(begin(both, spoolWith({ usedG: 400 })).outbox.sending?.afterG, 415);
	assert.deepEqual(end(outbox), EMPTY_OUTBOX);
});

test("Spoolman is told when a spool was used first, unless it knows that", () => {
	const used = spoolWith({ wasUsed: true });
	assert.equal(begin(put(EMPTY_OUTBOX, "use", 12), used).outbox.sending?.isFirstUse, undefined);
});

test("what a person has said stands, also upwards, and only what was used after it is taken from it", () => {
	let outbox = put(EMPTY_OUTBOX, "use", 50);
	outbox = enqueue(outbox, { kind: "left", spoolId: 1, grams: 900, isForced: true }).outbox;
	assert.equal(begin(outbox, spoolWith()).outbox.sending?.afterG, 100);
	assert.equal(begin(put(outbox, "use", 4), spoolWith()).outbox.sending?.afterG, 104);
	assert.equal(begin(put(outbox, "left", 890), spoolWith()).outbox.sending?.afterG, 110);
	const none = enqueue(EMPTY_OUTBOX, { kind: "left", spoolId: 1, grams: 0, isForced: true }).outbox;
	assert.equal(begin(none, spoolWith()).outbox.sending?.afterG, 995);
	assert.equal(begin(outbox, { id: 1, archived: false, usedG: 5 }).outbox.sending, undefined);
});

test("a spool that is gone is forgotten, and what waits can be thrown away, but not what is under way", () => {
	const { outbox } = begin(put(put(EMPTY_OUTBOX, "use", 1), "use", 2, 2), spoolWith());
	assert.equal(waitingSpools(outbox), 2);
	assert.equal(waitingSpools(put(outbox, "use", 2)), 2);
	assert.deepEqual(forget(outbox, 1), { waiting: [{ spoolId: 2, useG: 2 }] });
	assert.deepEqual(forget(outbox, 2), { waiting: [], sending: outbox.sending });
	assert.deepEqual(discardWaiting(outbox), { waiting: [], sending: outbox.sending });
	assert.equal(discardWaiting(end(outbox)), EMPTY_OUTBOX);
});

test("a measurement does not raise what is left", () => {
	assert.deepEqual(begin(put(EMPTY_OUTBOX, "left", 850), spoolWith()).outbox, EMPTY_OUTBOX);
});

test("a sum does not take more than a spool has, and says what is not counted", () => {
	const { outbox, notCountedG } = begin(put(EMPTY_OUTBOX, "use", 900), spoolWith());
	assert.equal(outbox.sending?.afterG, 995);
	assert.equal(notCountedG, 105);
	assert.equal(
		begin(put(EMPTY_OUTBOX, "use", 900), { id: 1, archived: false, usedG: 5 }).outbox.sending?.afterG,
		905,
	);
});

test("a write without an answer is repeated only when the weight is still the one before it", () => {
	const { sending } = begin(put(EMPTY_OUTBOX, "use", 12), spoolWith()).outbox;
	assert.ok(sending);
	assert.equal(outcome(sending, spoolWith({ usedG: 200 })), "repeat");
	assert.equal(outcome(sending, spoolWith({ usedG: 212 })), "arrived");
	assert.equal(outcome(sending, spoolWith({ usedG: 250 })), "unclear");
	assert.equal(outcome(sending, spoolWith({ usedG: 0 })), "unclear");
});
