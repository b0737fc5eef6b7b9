// A printer that looks idle may be busy: its word is old, or it has not said yet that it has begun.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ack, commandBench, homed, hot } from "./command-bench";

const ready = { machine: (machine: Parameters<typeof hot>[0]) => homed(hot(machine)) };
const start = { command: "start", file: "boat.gcode.3mf" };
const home = { command: "home" };
const bed = { command: "bed_temperature", target: 60 };
const part = { print: { command: "push_status", msg: 1, mc_percent: 3 } };
const printingNow = { print: { command: "push_status", msg: 0, gcode_state: "RUNNING", mc_percent: 3 } };
const idleNow = { print: { command: "push_status", msg: 0, gcode_state: "IDLE", home_flag: 7 } };

type Bench = ReturnType<typeof commandBench>;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function answerCall({ mqtt, deliver }: Bench): void {
	mqtt.last.accept();
	mqtt.last.grant();
	mqtt.last.published.length = 0;
	deliver(part);
}

/** The connection is lost and made anew, and only a part of the report has come on it. */
function reconnected(): Bench {
	const bench = commandBench(ready);
	bench.mqtt.last.fail("closed_by_peer");
	bench.clock.advance(5_000);
	answerCall(bench);
	assert.equal(bench.printer.state.link, "online");
	return bench;
}

/** It was looked at, and has just been given a connection that stays. */
async function attended(): Promise<Bench> {
	const bench = commandBench(ready);
	await bench.printer.pause();
	bench.clock.advance(240_000);
	bench.printer.start();
	answerCall(bench);
	return bench;
}

const commandsIn = ({ mqtt }: Bench) => mqtt.last.requests;

for (const [when, prepare] of [
	["after the connection was lost", async () => reconnected()],
	["that was only looked at before", attended],
] as const) {
	test(`a printer ${when} is not moved before it has said that nothing is being printed`, async () => {
		const bench = await prepare();
		const ending = bench.printer.command(home);
		await settle();
		assert.deepEqual(commandsIn(bench), []);
		bench.deliver(printingNow);
		const result = await ending;
		assert.ok(!result.ok);
		assert.equal(result.code, "wrong_state");
		assert.match(result.message, /job is under way/);
		assert.deepEqual(commandsIn(bench), []);
	});

	test(`a printer ${when} is moved as soon as it has said so`, async () => {
		const bench = await prepare();
		const before = bench.clock.pendingTimers;
		void bench.printer.command(home);
		void bench.printer.command(bed);
		bench.deliver(idleNow);
		await settle();
		assert.deepEqual(commandsIn(bench), ["print.gcode_line", "print.gcode_line"]);
		// That of the answers, and no other.
		assert.equal(bench.clock.pendingTimers, before + 1);
	});

	test(`a printer ${when} that does not say so within 5 s is heated, and not moved`, async () => {
		const bench = await prepare();
		const moved = bench.printer.command(home);
		void bench.printer.command(bed);
		bench.clock.advance(5_000);
		const result = await moved;
		assert.ok(!result.ok);
		assert.match(result.message, /has not said yet/);
		await settle();
		assert.deepEqual(commandsIn(bench), ["print.gcode_line"]);
	});

	test(`who waits for a printer ${when} is told when the connection is lost again`, async () => {
		for (const lose of [
			(bench: Bench) => bench.mqtt.last.fail("closed_by_peer"),
			(bench: Bench) => void bench.printer.close(),
		]) {
			const bench = await prepare();
			const ending = bench.printer.command(home);
			lose(bench);
			assert.equal((await ending).ok, false);
		}
	});
}

test("a job that was sent counts as begun until the printer says what it does: no second one, and no move", async () => {
	const bench = commandBench(ready);
	assert.equal((await bench.run(start)).result.ok, true);
	for (const request of [
		start,
		home,
		{ command: "gcode", lines: "G1 X5" },
		{ command: "extrude", distance: 5 },
	])
		assert.match((await bench.refused(request)).message, /has not said yet/);
	assert.equal((await bench.run(bed)).result.ok, true);
	bench.clock.advance(10_000);
	bench.deliver({ print: { command: "push_status", msg: 1, gcode_state: "FINISH" } });
	assert.equal((await bench.run(home)).result.ok, true, "it was no job after all");
});

test("a job that was seen to begin, and has ended, is not waited for", async () => {
	const bench = commandBench(ready);
	await bench.run(start);
	bench.deliver({ print: { command: "push_status", msg: 1, gcode_state: "PREPARE" } });
	assert.match((await bench.refused(home)).message, /job is under way/);
	bench.deliver({ print: { command: "push_status", msg: 1, gcode_state: "FAILED" } });
	assert.equal((await bench.run(home)).result.ok, true);
});

test("also while the answer is awaited; a job that was refused has not begun", async () => {
	const bench = commandBench(ready);
	const ending = bench.printer.command(start);
	const [{ section, body } = assert.fail()] = bench.published();
	await bench.refused(start);
	bench.deliver(ack(section, body, { result: "fail", reason: "no such file" }));
	assert.equal((await ending).ok, false);
	assert.equal((await bench.run(start)).result.ok, true);
});
