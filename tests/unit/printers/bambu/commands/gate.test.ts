// What becomes of a command that was sent: answered, refused, lost, timed out; and when a printer counts as read-only.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandRequest, CommandResult } from "../../../../../modules/printers/command";
import { ack, commandBench, paused, printing } from "./command-bench";

const home: CommandRequest = { command: "home" };
const light: CommandRequest = { command: "light", mode: "on" };
const unsigned = { result: "failed", reason: "mqtt message verify failed", err_code: 84033543 };
const refusalFault = { attr: 0x05000500, code: 0x00010007 };

/** What has come of it by now: `undefined` while it waits. */
async function outcome(ending: Promise<CommandResult>): Promise<CommandResult | undefined> {
	return Promise.race([ending, new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)))]);
}

/** Gives a command that goes out as one message. */
function give(bench: ReturnType<typeof commandBench>, request: CommandRequest = home) {
	const ending = bench.printer.command(request);
	const [message = assert.fail(`${request.command} is not sent`)] = bench.published();
	const answer = (fields = {}): void => bench.deliver(ack(message.section, message.body, fields));
	return { ending, answer, ...message };
}

test("success counts in any case, as the number 0, and when nothing is said of it", async () => {
	const bench = commandBench();
	for (const fields of [{ result: "success" }, { result: "SUCCESS" }, { result: 0 }, { result: null }]) {
		const { ending, answer } = give(bench);
		assert.equal(await outcome(ending), undefined, "it waits for the answer");
		answer(fields);
		assert.deepEqual(await outcome(ending), { ok: true });
	}
});

test("a sequence id that comes back as a number is the same one", async () => {
	const bench = commandBench();
	const { ending, body, answer } = give(bench);
	answer({ sequence_id: Number(body.sequence_id) });
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("a refusal is told with the printer's own reason", async () => {
	const bench = commandBench();
	const cases: [object, RegExp][] = [
		[{ result: "fail", reason: "unknown command" }, /refused: unknown command/],
		[{ result: "FAILED", reason: "" }, /did not say why/],
		[{ result: "failed", reason: "busy", err_code: 83902468 }, /\(83902468\): busy/],
		[{ result: "fail", errno: -2 }, /chamber is too hot/],
		[{ result: "fail", errno: -4, soft_temp: 60 }, /unit is too hot/],
		[{ result: { odd: true }, reason: 7 }, /did not say why/],
		[{ result: "fail", reason: "x".repeat(5_000) }, /^.{1,200}$/],
	];
	for (const [fields, words] of cases) {
		const { ending, answer } = give(bench);
		answer(fields);
		const result = await outcome(ending);
		assert.ok(result && !result.ok);
		assert.equal(result.code, "refused");
		assert.match(result.message, words);
	}
	assert.equal(bench.printer.state.control, "unknown", "that is no matter of signatures");
});

test("answers to other clients, to other commands and in other sections are nobody's", async () => {
	const bench = commandBench();
	const { ending, body, answer } = give(bench);
	bench.deliver({ print: { ...body, sequence_id: "20017", ...unsigned } });
	bench.deliver({ print: { ...body, command: "pause", ...unsigned } });
	bench.deliver({ system: { ...body, ...unsigned } });
	bench.deliver({ print: { command: "gcode_line", result: "failed" } });
	bench.deliver({ system: "what" });
	bench.deliver({ system: [1] });
	assert.equal(await outcome(ending), undefined);
	assert.equal(bench.printer.state.control, "unknown");
	answer();
	assert.deepEqual(await outcome(ending), { ok: true });
	answer(unsigned);
	assert.equal(bench.printer.state.control, "unknown", "an answer that comes twice counts once");
});

test("an answer whose number is no number harms nobody", async () => {
	const bench = commandBench();
	const { ending, body, answer } = give(bench);
	for (const sequence_id of [{ toString: 1, valueOf: 1 }, [[]], null, true])
		bench.deliver({ print: { ...body, sequence_id, ...unsigned } });
	assert.equal(bench.printer.state.control, "unknown");
	answer();
	assert.deepEqual(await outcome(ending), { ok: true });
});

test("after ten seconds without an answer it has timed out, and an answer then is too late", async () => {
	const bench = commandBench();
	const { ending, answer } = give(bench);
	bench.clock.advance(9_999);
	assert.equal(await outcome(ending), undefined);
	bench.clock.advance(1);
	const result = await outcome(ending);
	assert.ok(result && !result.ok);
	assert.equal(result.code, "timed_out");
	assert.match(result.message, /10 s.*all the same/);
	answer(unsigned);
	assert.equal(bench.printer.state.control, "unknown");
});

test("each command has ten seconds of its own", async () => {
	const bench = commandBench();
	const first = give(bench);
	bench.clock.advance(6_000);
	const second = give(bench);
	bench.clock.advance(4_000);
	assert.equal((await outcome(first.ending))?.ok, false);
	assert.equal(await outcome(second.ending), undefined);
	bench.clock.advance(6_000);
	assert.equal((await outcome(second.ending))?.ok, false);
});

test("sixteen commands may wait at a time; one more is refused, and answers are told apart", async () => {
	const bench = commandBench();
	const given = Array.from({ length: 16 }, () => give(bench));
	assert.equal(new Set(given.map(({ body }) => body.sequence_id)).size, 16);
	assert.equal((await bench.refused(home)).code, "busy");
	given[7]?.answer({ result: "fail", reason: "the eighth" });
	assert.match(JSON.stringify(await outcome(given[7]?.ending ?? assert.fail())), /the eighth/);
	give(bench).answer();
	for (const [index, { ending, answer }] of given.entries()) {
		if (index === 7) continue;
		answer();
		assert.deepEqual(await outcome(ending), { ok: true });
	}
});

test("commands that printers do not answer are done when they are sent, and take no place", async () => {
	const bench = commandBench({ report: { print_error: 50364437 } });
	for (let times = 0; times < 40; times++) {
		assert.deepEqual(await outcome(bench.printer.command({ command: "clear_error" })), { ok: true });
		assert.equal(bench.published().length, 2);
	}
	const { ending, answer } = give(bench);
	answer();
	assert.deepEqual(await outcome(ending), { ok: true });
	bench.clock.advance(10_000);
});

test("the refusal of such a command is noticed all the same", async () => {
	const bench = commandBench({ report: { print_error: 50364437 } });
	await bench.printer.command({ command: "ignore_error" });
	const [{ section, body } = assert.fail()] = bench.published();
	bench.deliver(ack(section, body, unsigned));
	assert.equal(bench.printer.state.control, "read_only");
});

test("a connection that ends takes the waiting commands along", async () => {
	for (const end of [
		(bench: ReturnType<typeof commandBench>) => bench.mqtt.last.fail("closed_by_peer"),
		(bench: ReturnType<typeof commandBench>) => void bench.printer.close(),
		(bench: ReturnType<typeof commandBench>) => void bench.printer.pause(),
	]) {
		const bench = commandBench();
		const { ending } = give(bench);
		end(bench);
		const result = await outcome(ending);
		assert.ok(result && !result.ok);
		assert.equal(result.code, "offline");
		assert.match(result.message, /lost before/);
	}
});

test("a message that the connection does not take is told", async () => {
	const bench = commandBench();
	bench.mqtt.last.publish = () => false;
	const result = await bench.printer.command(home);
	assert.ok(!result.ok);
	assert.equal(result.code, "not_sent");
});

for (const errorCode of [84033543, 84033544, 84033545, 84033546, 84033547, 84033548])
	test(`err_code ${errorCode} makes the printer read-only`, async () => {
		const bench = commandBench();
		const { ending, answer } = give(bench);
		answer({ ...unsigned, err_code: errorCode });
		const result = await outcome(ending);
		assert.ok(result && !result.ok);
		assert.equal(result.code, "read_only");
		assert.equal(bench.printer.state.control, "read_only");
	});

test("an empty result is such a refusal, too; codes beside that family are not", async () => {
	const bench = commandBench();
	const other = give(bench);
	other.answer({ ...unsigned, err_code: 84033542 });
	assert.equal((await outcome(other.ending))?.ok, false);
	const another = give(bench);
	another.answer({ ...unsigned, err_code: 84033549 });
	assert.equal((await outcome(another.ending))?.ok, false);
	assert.equal(bench.printer.state.control, "unknown");
	const lamp = give(bench, light);
	lamp.answer({ result: "" });
	assert.equal((await outcome(lamp.ending))?.ok, false);
	assert.equal(bench.printer.state.control, "unknown");
	const { ending, answer } = give(bench);
	answer({ result: "" });
	assert.deepEqual([(await outcome(ending))?.ok, bench.printer.state.control], [false, "read_only"]);
});

test("a fault that stands for the refusal ends what waits, and the light's command goes on", async () => {
	const bench = commandBench();
	const first = give(bench);
	const lamp = give(bench, light);
	bench.deliver({ print: { command: "push_status", msg: 1, hms: [refusalFault] } });
	const result = await outcome(first.ending);
	assert.ok(result && !result.ok);
	assert.equal(result.code, "read_only");
	assert.equal(await outcome(lamp.ending), undefined);
	lamp.answer();
	assert.deepEqual(await outcome(lamp.ending), { ok: true });
});

test("what to do is told once; then it is said in short, nothing is sent, and the light works", async () => {
	const bench = commandBench();
	const first = give(bench);
	const second = give(bench);
	first.answer(unsigned);
	const told = await outcome(first.ending);
	assert.ok(told && !told.ok);
	assert.match(told.message, /LAN Only.*Developer Mode.*access code/);
	second.answer(unsigned);
	const short = await outcome(second.ending);
	assert.ok(short && !short.ok);
	assert.equal(short.code, "read_only");
	for (let times = 0; times < 3; times++) {
		const later = await bench.refused(home);
		assert.equal(later.code, "read_only");
		assert.equal(later.message, short.message);
		assert.ok(later.message.length < 80);
	}
	assert.deepEqual((await bench.run(light)).result, { ok: true });
	assert.equal(bench.printer.state.control, "read_only", "the light proves nothing");
	assert.equal(bench.log.lines.filter((line) => JSON.stringify(line).includes("Developer Mode")).length, 1);
});

test("a printer that says so itself is read-only from the start, and the first who asks is told why", async () => {
	const bench = commandBench({ model: "P2S", machine: (machine) => ({ ...machine, secured: true }) });
	assert.equal(bench.printer.state.control, "read_only");
	assert.match((await bench.refused(home)).message, /LAN Only/);
	assert.doesNotMatch((await bench.refused(home)).message, /LAN Only/);
	assert.deepEqual((await bench.run(light)).result, { ok: true });
	bench.deliver({ print: { command: "push_status", msg: 1, fun: "60029FD181FF9CB7" } });
	assert.equal(bench.printer.state.control, "full");
	assert.deepEqual((await bench.run(home)).result, { ok: true });
	bench.deliver({ print: { command: "push_status", msg: 1, fun: "60029FD1A1FF9CB7" } });
	assert.match((await bench.refused(home)).message, /LAN Only/, "that is news again");
});

/** A printer that has refused a command. */
async function refusedBench(options: Parameters<typeof commandBench>[0] = {}) {
	const bench = commandBench(options);
	const { ending, answer } = give(bench);
	answer(unsigned);
	await ending;
	assert.equal(bench.printer.state.control, "read_only");
	return bench;
}

test("a refusal is forgotten when the connection is a new one", async () => {
	const bench = await refusedBench();
	bench.mqtt.last.fail("closed_by_peer");
	assert.equal(bench.printer.state.control, "unknown");
});

test("a refusal is forgotten when the fault that came with it has gone", async () => {
	const bench = await refusedBench();
	bench.deliver({ print: { command: "push_status", msg: 1, hms: [] } });
	assert.equal(bench.printer.state.control, "read_only", "it had not come yet");
	bench.deliver({ print: { command: "push_status", msg: 1, hms: [refusalFault] } });
	assert.equal(bench.printer.state.control, "read_only");
	bench.deliver({ print: { command: "push_status", msg: 1, hms: [] } });
	assert.equal(bench.printer.state.control, "unknown");
});

test("a refusal is forgotten when a command that needs a signature succeeds", async () => {
	const bench = commandBench();
	const first = give(bench);
	const second = give(bench);
	first.answer(unsigned);
	assert.equal(bench.printer.state.control, "read_only");
	second.answer();
	assert.deepEqual(await outcome(second.ending), { ok: true });
	assert.equal(bench.printer.state.control, "unknown");
});

test("a refusal counts more than what the printer says of itself, until it says something new", async () => {
	const bench = await refusedBench({ model: "P2S" });
	const push = (fun: string) => bench.deliver({ print: { command: "push_status", msg: 1, fun } });
	push("60029FD181FF9CB6");
	assert.equal(bench.printer.state.control, "read_only");
	push("60029FD1A1FF9CB6");
	push("60029FD181FF9CB6");
	assert.equal(bench.printer.state.control, "full");
});

test("no timer is left behind when nothing waits", async () => {
	const bench = commandBench({ machine: printing });
	const before = bench.clock.pendingTimers;
	const { ending, answer } = give(bench, { command: "pause" });
	assert.equal(bench.clock.pendingTimers, before + 1);
	answer();
	await ending;
	assert.equal(bench.clock.pendingTimers, before);
	const resuming = commandBench({ machine: paused });
	void give(resuming, { command: "resume" }).ending;
	await resuming.printer.close();
	assert.equal(resuming.clock.pendingTimers, 0);
});
