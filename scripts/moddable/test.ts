// npm run test:moddable: builds the apps of tests/xs and runs each in Moddable's simulator, without a screen.
// `npm run test:moddable -- contract --only "mqtt: .*pinned"` runs one app, and of its cases those that fit.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { appsBelow, BuildFailure, buildApp } from "./build-app";
import { runCommand, say } from "./command";
import { openContractPeers } from "./contract-peers";
import { ControlServer, type TestResult } from "./control-server";
import { FirmwarePeers } from "./firmware-peers";
import { endOnSignals } from "./programs";
import { findSdk, type Sdk } from "./sdk";
import { Simulator } from "./simulator";

const APPS = "tests/xs";
/** Takes pictures: `capture-golden.ts` runs it. */
const NO_TEST = "golden";
/** Those that take the whole firmware, and printers. */
const WITH_PRINTERS: readonly string[] = ["firmware", "panel"];
const OUTPUT = "build/xs";
/** For one app. */
const APP_LIMIT_MS = 30 * 60 * 1000;
/** Without a word from the app. */
const SILENCE_LIMIT_MS = 90 * 1000;

interface Totals {
	passed: number;
	failed: number;
	skipped: number;
}

/** What an app is given of this process. */
interface Surroundings {
	/** For the app's start. */
	start: Readonly<Record<string, unknown>>;
	open(kind: string): Promise<object>;
	close(): Promise<void>;
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			only: { type: "string" },
			rounds: { type: "string" },
			clean: { type: "boolean", default: false },
		},
	});
	const all = appsBelow(APPS).filter((name) => name !== NO_TEST);
	const unknown = positionals.filter((name) => !all.includes(name));
	if (unknown.length > 0) {
		say(`There is no app ${unknown.join(", ")} in ${APPS}. There are ${all.join(", ")}.`);
		return 2;
	}
	const sdk = findSdk();
	const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
	for (const name of positionals.length > 0 ? positionals : all) {
		say(`# ${name}`);
		await runApp(name, sdk, values, totals);
	}
	const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
	say(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
	return totals.failed === 0 ? 0 : 1;
}

async function runApp(
	name: string,
	sdk: Sdk,
	{ only, rounds, clean }: { only?: string | undefined; rounds?: string | undefined; clean?: boolean },
	totals: Totals,
): Promise<void> {
	const count = ({ name: caseName, failure, skipped, note }: TestResult): void => {
		if (failure !== undefined) {
			totals.failed += 1;
			say(`not ok  ${caseName}\n        ${failure}`);
		} else if (skipped !== undefined) {
			totals.skipped += 1;
			say(`skipped ${caseName}: ${skipped}`);
		} else {
			totals.passed += 1;
			say(`ok      ${caseName}${note === undefined ? "" : ` (${note})`}`);
		}
	};
	const output = resolve(OUTPUT, name);
	const directory = join(output, "run");
	let app: string;
	try {
		const built = await buildApp({ sdk, folder: join(APPS, name), output, clean: clean ?? false });
		for (const warning of built.warnings) count({ name: "builds without a warning", failure: warning });
		app = built.path;
	} catch (error) {
		if (!(error instanceof BuildFailure)) throw error;
		count({ name: "builds", failure: error.message });
		return;
	}
	rmSync(directory, { recursive: true, force: true });
	mkdirSync(join(directory, "culm-simulator"), { recursive: true });
	const surroundings = await createSurroundings(name);
	const start = {
		...surroundings.start,
		...(only !== undefined && { only }),
		...(rounds !== undefined && { rounds: Number(rounds) }),
	};
	await runBuilt({ sdk, app, directory, start, open: (kind) => surroundings.open(kind), onResult: count });
	await surroundings.close();
}

async function createSurroundings(name: string): Promise<Surroundings> {
	if (WITH_PRINTERS.includes(name)) {
		const peers = await FirmwarePeers.create();
		const authorities = peers.authorities.map((der) => Buffer.from(der).toString("base64"));
		return {
			start: { webPort: peers.webPort, authorities },
			open: (kind) => peers.open(kind),
			close: () => peers.close(),
		};
	}
	return { start: {}, open: openContractPeers, close: async () => {} };
}

interface RunOptions {
	sdk: Sdk;
	app: string;
	directory: string;
	/** What the app is told beside where this process is. */
	start: Readonly<Record<string, unknown>>;
	open: (kind: string) => Promise<object>;
	onResult(result: TestResult): void;
}

async function runBuilt({ sdk, app, directory, start, open, onResult }: RunOptions): Promise<void> {
	let isDone = false;
	let finish: (why: string) => void = () => {};
	const finished = new Promise<string>((resolve) => {
		finish = resolve;
	});
	let silence: NodeJS.Timeout | undefined;
	const heard = (): void => {
		clearTimeout(silence);
		silence = setTimeout(
			() => finish(`nothing was heard of it for ${SILENCE_LIMIT_MS} ms`),
			SILENCE_LIMIT_MS,
		);
	};
	const control = await ControlServer.start({
		open,
		onHeard: heard,
		onResult,
		onDone() {
			isDone = true;
			finish("");
		},
	});
	writeFileSync(
		join(directory, "culm-simulator/start.json"),
		JSON.stringify({ ...start, control: control.url }),
	);
	const last: string[] = [];
	const simulator = await Simulator.start({
		sdk,
		app,
		directory,
		headless: true,
		onLine(line) {
			last.push(line);
			if (last.length > 10) last.shift();
		},
	});
	heard();
	const limit = setTimeout(() => finish(`not over after ${APP_LIMIT_MS} ms`), APP_LIMIT_MS);
	const why = await Promise.race([finished, simulator.over]);
	clearTimeout(limit);
	clearTimeout(silence);
	if (!isDone) onResult({ name: "runs to its end", failure: `${why}; the last lines:\n${last.join("\n")}` });
	await simulator.end();
	await control.close();
	say(`# trace: ${join(directory, "trace.log")}`);
}

endOnSignals();
runCommand(main);
