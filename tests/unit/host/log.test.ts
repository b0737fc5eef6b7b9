// The log as lines of text.

import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createLog } from "../../../sim/host/log";
import { ManualClock } from "../../fakes/manual-clock";

const clock = new ManualClock({ wallTimeMs: Date.UTC(2026, 4, 6, 7, 8, 9, 10) });

function logged(text: string): string {
	const stream = new PassThrough({ encoding: "utf8" });
	createLog(stream, { clock }).info(text);
	return String(stream.read());
}

test("a line has the time, the level and the text", () => {
	const stream = new PassThrough({ encoding: "utf8" });
	const log = createLog(stream, { clock });
	log.info("the printer is online");
	log.warn("the printer is slow");
	log.error("the heater is too hot");
	assert.equal(
		stream.read(),
		[
			"2026-05-06T07:08:09.010Z info  the printer is online\n",
			"2026-05-06T07:08:09.010Z warn  the printer is slow\n",
			"2026-05-06T07:08:09.010Z error the heater is too hot\n",
		].join(""),
	);
});

test("without a clock a line has the real time", () => {
	const stream = new PassThrough({ encoding: "utf8" });
	const before = Date.now();
	createLog(stream).info("now");
	const time = Date.parse(String(stream.read()).slice(0, 24));
	assert.ok(time >= before && time <= Date.now());
});

test("a text cannot end its line, nor begin one that looks like ours", () => {
	const line = logged("name\r\n2026-05-06T07:08:09.010Z error all is lost\u2028\u2029\u0085end");
	assert.equal(line.indexOf("\n"), line.length - 1);
	assert.ok(line.includes("name\\r\\n2026"));
	assert.ok(line.endsWith("lost\\u2028\\u2029\\u0085end\n"));
});

test("a text cannot command the terminal, nor turn around what is read", () => {
	const line = logged("\u001b[2J\u009b31mred\u0007\b\0\u007f\u202etxt.exe\u2066\u200f");
	assert.ok(
		line.endsWith("\\u001b[2J\\u009b31mred\\u0007\\u0008\\u0000\\u007f\\u202etxt.exe\\u2066\\u200f\n"),
	);
});

test("every control character is neutralised", () => {
	for (let code = 0; code < 0xa0; code += 1) {
		const isControl = code < 0x20 || code >= 0x7f;
		const line = logged(`[${String.fromCharCode(code)}]`).slice(31, -1);
		assert.equal(line.length > 3, isControl, `U+${code.toString(16)}`);
	}
});

test("letters of every script stay as they are", () => {
	assert.ok(logged("Küche 印刷 🧵 принтер").endsWith("Küche 印刷 🧵 принтер\n"));
});

test("a text that nobody could read is cut", () => {
	const line = logged("x".repeat(100_000));
	assert.ok(line.length < 2100);
	assert.ok(line.endsWith("…\n"));
});
