// Runs every `*.test.ts` below the given folders: `tsx tests/run.ts [--serial] unit e2e`.
// Node 20's own `--test` takes neither patterns nor TypeScript files of a folder.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec, tap } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const serial = process.argv.includes("--serial");
const here = fileURLToPath(new URL(".", import.meta.url));
const files = process.argv
	.slice(2)
	.filter((folder) => folder !== "--serial")
	.flatMap((folder) =>
		readdirSync(join(here, folder), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".test.ts"))
			.map((name) => join(here, folder, name)),
	)
	.sort();
if (files.length === 0) throw new Error("no tests are there");

// One more at a time than Node chooses by itself: many of them wait more than they reckon.
const results = run({ files, concurrency: serial ? false : availableParallelism() });
results.on("test:fail", () => {
	process.exitCode = 1;
});
// A terminal gets the readable form; a log gets TAP, with its closing lines "# pass N" and "# fail N".
if (process.stdout.isTTY) results.compose(new spec()).pipe(process.stdout);
else results.compose(tap).pipe(process.stdout);
