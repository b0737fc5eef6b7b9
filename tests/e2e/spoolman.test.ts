// The virtual Spoolman against a recording of a real one.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startVirtualSpoolman } from "../../sim/spoolman/server";
import { MemoryLog } from "../fakes/memory-log";

const folder = fileURLToPath(new URL("../fixtures/spoolman/", import.meta.url));

/** Lines, with JSON read and times masked. */
function lines(text: string): unknown[] {
	return text
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time")
		.split("\n")
		.map((line) => (/^[[{]/.test(line) ? JSON.parse(line) : line));
}

test("the virtual Spoolman answers the recorded tour as the real one did", { timeout: 60_000 }, async (t) => {
	const spoolman = await startVirtualSpoolman({ port: 0, log: new MemoryLog() });
	t.after(() => spoolman.close());
	const { stdout } = await promisify(execFile)("bash", [`${folder}tour.sh`], {
		env: { ...process.env, B: spoolman.url },
		timeout: 50_000,
	});
	assert.deepEqual(lines(stdout), lines(readFileSync(`${folder}transcript.txt`, "utf8")));
});
