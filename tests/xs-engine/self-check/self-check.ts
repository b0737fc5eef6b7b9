// Holds the runner to what it is for: a failing test must fail the run, whatever way it fails.

import type { TestResult } from "../shims/test";
import { runOnXs } from "../suites";

const DELIBERATE_FAILURES = 10;
const folder = "./tests/xs-engine/self-check/";

/** Throws when a test of the self-check ends in another way than its name says. */
export async function checkRunner(enginePath: string): Promise<void> {
	let failed = 0;
	for await (const { name, error } of runOnXs(enginePath, `${folder}verdicts.test.ts`)) {
		if (name.startsWith("passes") !== (error === undefined))
			throw new Error(`the self-check "${name}" ended otherwise: ${error ?? "it passed"}`);
		if (error !== undefined) failed++;
	}
	if (failed !== DELIBERATE_FAILURES)
		throw new Error(`the self-check counts ${failed} failures instead of ${DELIBERATE_FAILURES}`);

	for (const broken of ["abort.test.ts", "self-check.ts", "missing.test.ts"]) {
		const results: TestResult[] = [];
		for await (const result of runOnXs(enginePath, folder + broken)) results.push(result);
		if (results.length !== 1 || results[0]?.error === undefined)
			throw new Error(`the self-check: ${broken} did not fail the run`);
	}
}
