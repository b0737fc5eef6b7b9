import assert from "node:assert/strict";
import { test } from "node:test";
import { SpareLink } from "../../../modules/printers/spare-link";

function job() {
	let end = (): void => {};
	let isBegun = false;
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	const run = async (): Promise<string> => {
		isBegun = true;
		await ended;
		return "done";
	};
	return { run, end: () => end(), isBegun: () => isBegun };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("one has the spare link at a time, in the order in which they asked", async () => {
	const spare = new SpareLink();
	assert.equal(spare.isFree, true);
	const [first, second] = [job(), job()];
	const ends = [spare.run(first.run), spare.run(second.run)];
	await settle();
	assert.deepEqual([first.isBegun(), second.isBegun(), spare.isFree], [true, false, false]);
	first.end();
	await settle();
	assert.equal(second.isBegun(), true);
	second.end();
	assert.deepEqual(await Promise.all(ends), ["done", "done"]);
	assert.equal(spare.isFree, true);
});

test("who fails is told, and the next one has its turn", async () => {
	const spare = new SpareLink();
	const failed = spare.run(() => Promise.reject(new Error("test: no")));
	const next = spare.run(async () => "done");
	await assert.rejects(failed, /test: no/);
	assert.equal(await next, "done");
});

test("too many are sent away, and after the end all that wait", async () => {
	const spare = new SpareLink();
	const first = job();
	const others = Array.from({ length: 4 }, job);
	const running = spare.run(first.run);
	const waiting = others.map(({ run }) => spare.run(run));
	assert.equal(await spare.run(async () => "one more"), undefined);
	spare.close();
	spare.close();
	first.end();
	assert.equal(await running, "done");
	assert.deepEqual(await Promise.all(waiting), [undefined, undefined, undefined, undefined]);
	assert.ok(others.every(({ isBegun }) => !isBegun()));
	assert.equal(await spare.run(async () => "late"), undefined);
});
