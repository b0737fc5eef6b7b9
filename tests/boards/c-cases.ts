// Runs test programs in C: each of their lines is a case.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

export interface CProgram {
	/** What the program shows, as a sentence. */
	name: string;
	sources: readonly string[];
	/** Where headers are found, beside those that stand in for ESP-IDF's. */
	include: string;
	flags?: readonly string[];
}

/** The folder of what stands in for ESP-IDF. */
export const FAKES = "tests/fakes/esp-idf";
const FLAGS = [
	...["-std=gnu17", "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"],
	...["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
];
const COMPILER = process.env.CC ?? "cc";

const hasCompiler = spawnSync(COMPILER, ["--version"]).status === 0;
// In CI there is a compiler, and a case left out would be a promise broken.
const skip =
	hasCompiler || process.env.CI !== undefined ? false : `there is no C compiler "${COMPILER}" here`;

/** The program writes "ok NAME" or "not ok NAME: WHY" for each case, and ends with 0. */
export function testCProgram({ name, sources, include, flags = [] }: CProgram): void {
	test(name, { skip }, async (t) => {
		const folder = mkdtempSync(join(tmpdir(), "culm-c-cases-"));
		t.after(() => rmSync(folder, { recursive: true }));
		const program = join(folder, "cases");
		const options = [...FLAGS, `-I${FAKES}`, `-I${include}`, ...flags];
		execFileSync(COMPILER, [...options, ...sources, "-o", program]);
		const run = spawnSync(program, { encoding: "utf8", timeout: 30_000 });
		const lines = run.stdout.split("\n").filter((line) => line !== "");
		for (const line of lines) {
			const [, failed, caseName = line, why = "it did not say why"] =
				/^(not )?ok ([^:]*)(?:: (.*))?$/.exec(line) ?? [];
			await t.test(caseName, () => assert.ok(failed === undefined, why));
		}
		assert.equal(run.status, 0, run.stderr);
		assert.ok(lines.length > 0, "no case was run");
	});
}
