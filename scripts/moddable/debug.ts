// npm run debug: the firmware in Moddable's simulator with the SDK's debugger: xsbug, or with `-- --log` xsbug-log,
// which is at home in a terminal.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildApp } from "./build-app";
import { runCommand, say } from "./command";
import { endOnSignals } from "./programs";
import { findSdk, type Sdk, SdkMissing } from "./sdk";
import { findSimulator, xsbugLogPath } from "./simulator";

const OUTPUT = "build/moddable";
const DIRECTORY = join(".culm", "moddable");
/** For xsbug to listen before the simulator looks for it. */
const XSBUG_START_MS = 3000;

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { log: { type: "boolean", default: false } } });
	const sdk = findSdk();
	const ignoreSignals = endOnSignals();
	const { path } = await buildApp({ sdk, folder: ".", output: OUTPUT });
	// The terminal tells the programs that share it.
	ignoreSignals();
	const directory = resolve(DIRECTORY);
	mkdirSync(directory, { recursive: true });
	return values.log ? debugInTerminal(sdk, path, directory) : debugInWindow(sdk, path, directory);
}

/** xsbug-log starts the simulator itself and ends with it. */
function debugInTerminal(sdk: Sdk, app: string, directory: string): Promise<number> {
	return run(sdk, process.execPath, [xsbugLogPath(sdk), findSimulator(sdk), app], directory);
}

async function debugInWindow(sdk: Sdk, app: string, directory: string): Promise<number> {
	const xsbug =
		process.platform === "darwin"
			? join(sdk.root, "build/bin/mac/release/xsbug.app/Contents/MacOS/xsbug")
			: join(sdk.root, "build/bin/lin/release/xsbug");
	if (!existsSync(xsbug)) throw new SdkMissing(`The SDK's debugger is not built: there is no ${xsbug}.`);
	const debuggerEnded = run(sdk, xsbug, [], directory);
	await new Promise((resolve) => setTimeout(resolve, XSBUG_START_MS));
	const code = await run(sdk, findSimulator(sdk), [app], directory);
	say("The simulator has ended; close xsbug to end this.");
	await debuggerEnded;
	return code;
}

function run(sdk: Sdk, command: string, args: readonly string[], directory: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: directory, env: sdk.environment, stdio: "inherit" });
		child.once("error", reject);
		child.once("exit", (code) => resolve(code ?? 1));
	});
}

runCommand(main);
