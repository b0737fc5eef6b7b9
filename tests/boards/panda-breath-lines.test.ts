import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { HEATER_HOLD_MS } from "../../modules/platform/heater-board";

const BOARD = "modules/boards/panda_breath";
const FAKES = "tests/fakes/esp-idf";
const FLAGS = [
	...["-std=gnu17", "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"],
	...["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
	...[`-I${FAKES}`, `-I${BOARD}`],
];
const SOURCES = [
	`${FAKES}/fake-esp-idf.c`,
	`${BOARD}/panda-breath-lines.c`,
	"tests/boards/panda-breath-lines.test.c",
];
const COMPILER = process.env.CC ?? "cc";

const hasCompiler = spawnSync(COMPILER, ["--version"]).status === 0;
// In CI there is a compiler, and a case left out would be a promise broken.
const skip =
	hasCompiler || process.env.CI !== undefined ? false : `there is no C compiler "${COMPILER}" here`;

test("the Panda Breath's driver keeps its promises over fake pins", { skip }, async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "culm-panda-breath-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const program = join(folder, "lines");
	execFileSync(COMPILER, [...FLAGS, `-DHEATER_HOLD_MS=${HEATER_HOLD_MS}`, ...SOURCES, "-o", program]);
	const run = spawnSync(program, { encoding: "utf8", timeout: 30_000 });
	const lines = run.stdout.split("\n").filter((line) => line !== "");
	for (const line of lines) {
		const [, failed, name = line, why = "it did not say why"] =
			/^(not )?ok ([^:]*)(?:: (.*))?$/.exec(line) ?? [];
		await t.test(name, () => assert.ok(failed === undefined, why));
	}
	assert.equal(run.status, 0, run.stderr);
	assert.ok(lines.length > 0, "no case was run");
});
