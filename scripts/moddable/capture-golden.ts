// npm run golden:capture: draws the golden scenes on the real Piu, in Moddable's simulator without a screen, and writes
// them to tests/golden/<size>/<scene>.png. `-- --only "large/piu/.*"` takes only those whose names fit.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SIZES, type SizeName } from "../../tests/golden/golden-scene";
import { encodePng } from "../../tests/golden/node/picture";
import { buildApp } from "./build-app";
import { runCommand, say } from "./command";
import { endOnSignals } from "./programs";
import { findSdk } from "./sdk";
import { Simulator } from "./simulator";

const APP = "tests/xs/golden";
const PICTURES = "tests/golden";
const OUTPUT = resolve("build/xs/golden");
/** Without a word from the app. */
const SILENCE_LIMIT_MS = 60_000;

interface Captured {
	/** "large/piu/labels" */
	names: string[];
	failures: string[];
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { only: { type: "string" }, clean: { type: "boolean", default: false } },
	});
	const sdk = findSdk();
	const { path, warnings } = await buildApp({ sdk, folder: APP, output: OUTPUT, clean: values.clean });
	for (const warning of warnings) say(warning);

	const directory = join(OUTPUT, "run");
	const folder = join(directory, "culm-simulator");
	rmSync(directory, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "start.json"), JSON.stringify({ only: values.only ?? "" }));
	const { names, failures } = await capture(
		(onLine) => Simulator.start({ sdk, app: path, directory, headless: true, onLine }),
		directory,
	);

	// What is not captured any more has no scene any more.
	if (values.only === undefined && failures.length === 0)
		for (const size of Object.keys(SIZES)) rmSync(join(PICTURES, size), { recursive: true, force: true });
	for (const name of names) {
		const { width, height } = SIZES[name.split("/")[0] as SizeName];
		const pixels = new Uint8Array(readFileSync(join(folder, `${name.replaceAll("/", "~")}.rgb565`)));
		const file = join(PICTURES, `${name}.png`);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, encodePng({ width, height, pixels }));
	}
	for (const failure of failures) say(`FAILED ${failure}`);
	say(`${names.length} pictures in ${PICTURES}, ${failures.length} failed`);
	return failures.length === 0 && warnings.length === 0 && names.length > 0 ? 0 : 1;
}

async function capture(
	start: (onLine: (line: string) => void) => Promise<Simulator>,
	directory: string,
): Promise<Captured> {
	const captured: Captured = { names: [], failures: [] };
	let finish: (why: string | undefined) => void = () => {};
	const finished = new Promise<string | undefined>((resolve) => {
		finish = resolve;
	});
	let silence: NodeJS.Timeout | undefined;
	const heard = (): void => {
		clearTimeout(silence);
		silence = setTimeout(() => finish(`nothing was heard for ${SILENCE_LIMIT_MS} ms`), SILENCE_LIMIT_MS);
	};
	heard();
	const simulator = await start((line) => {
		heard();
		const [, kind, rest = ""] = /^golden (picture|failure|end) ?(.*)$/.exec(line) ?? [];
		if (kind === "picture") captured.names.push(rest);
		if (kind === "failure") captured.failures.push(rest);
		if (kind === "end") finish(undefined);
	});
	const why = await Promise.race([finished, simulator.over]);
	clearTimeout(silence);
	await simulator.end();
	if (why !== undefined) captured.failures.push(`${why}; see ${join(directory, "trace.log")}`);
	return captured;
}

endOnSignals();
runCommand(main);
