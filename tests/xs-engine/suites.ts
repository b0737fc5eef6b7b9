// Runs test modules on XS and tells how each test ended.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleForXs, projectFolder } from "./bundle";
import type { TestResult } from "./shims/test";
import { XsWorker } from "./worker";

const FOUND = Uint8Array.of(1);
const NOT_FOUND = Uint8Array.of(0);

/** Each test's result in its order; a module that cannot even be run is one failed test. */
export async function* runOnXs(enginePath: string, modulePath: string): AsyncGenerator<TestResult> {
	let worker: XsWorker | undefined;
	try {
		const script = await bundleForXs([modulePath]);
		worker = new XsWorker({ path: enginePath, onAsked: readProjectFile });
		await worker.evaluate(script);
		const { bytes } = await worker.command(new Uint8Array());
		const count = Number(bytes.toString("utf8"));
		if (!(count > 0)) throw new Error("it has no tests");
		for (let index = 0; index < count; index++) {
			const answer = (await worker.command(Buffer.from(String(index)))).bytes.toString("utf8");
			if (answer === "") yield { name: `${modulePath}, test ${index + 1}`, error: "it never ended" };
			else yield JSON.parse(answer) as TestResult;
		}
	} catch (error) {
		yield { name: modulePath, error: `the module could not be run to its end: ${String(error)}` };
	} finally {
		worker?.close();
	}
}

function readProjectFile(path: Buffer): Uint8Array {
	try {
		return Buffer.concat([FOUND, readFileSync(join(projectFolder, path.toString("utf8")))]);
	} catch {
		return NOT_FOUND;
	}
}
