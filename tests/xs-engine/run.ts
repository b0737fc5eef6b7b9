// `npm run test:xs`: the suites that need no Node, on the engine that the device has.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectFolder } from "./bundle";
import { findEngine } from "./engine";
import { checkRunner } from "./self-check/self-check";
import { runOnXs } from "./suites";

const SUITES = [
	"breath",
	"event-log",
	"platform",
	"printers",
	"settings",
	"spools",
	"update",
	"web",
	"wifi",
].map((name) => `tests/unit/${name}`);

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
	const engine = findEngine();
	say(`# ${engine.version}`);
	await checkRunner(engine.path);
	const modules = SUITES.flatMap((folder) =>
		readdirSync(join(projectFolder, folder), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".test.ts"))
			.map((name) => `./${folder}/${name}`),
	).sort();
	let passed = 0;
	let failed = 0;
	const waiting = [...modules];
	const work = async (): Promise<void> => {
		for (let module = waiting.shift(); module !== undefined; module = waiting.shift()) {
			const lines = [`# ${module}`];
			for await (const { name, error } of runOnXs(engine.path, module)) {
				if (error === undefined) passed++;
				else failed++;
				lines.push(
					error === undefined ? `ok - ${name}` : `not ok - ${name}\n    ${error.replaceAll("\n", "\n    ")}`,
				);
			}
			// A suite's lines stay together.
			for (const line of lines) say(line);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	say(`${passed} passed, ${failed} failed`);
	return failed === 0 && passed > 0 ? 0 : 1;
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	},
);
