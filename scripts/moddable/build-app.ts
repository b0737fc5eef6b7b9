// Builds an app for Moddable's simulator with mcconfig.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { findWarnings, parseModuleSources } from "./build-log";
import { Program } from "./programs";
import type { Sdk } from "./sdk";

export interface BuildOptions {
	sdk: Sdk;
	/** Where the app's manifest.json is. */
	folder: string;
	/** Below `build/`; made when it is not there. */
	output: string;
	/** Without it the build is for debugging: it tells what it does, and is slower. */
	release?: boolean;
	/** Everything anew: a file that is not compiled again does not warn again. */
	clean?: boolean;
	onOutput?(text: string): void;
}

export interface BuiltApp {
	/** What mcsim loads. */
	path: string;
	log: string;
	/** Of the project's own files. */
	warnings: string[];
}

/** Of a failed build's output: enough for the compiler's words, which come last. */
const LINES_SHOWN = 40;

/** Its message ends with the last of what the build said. */
export class BuildFailure extends Error {
	override readonly name = "BuildFailure";
}

export async function buildApp(options: BuildOptions): Promise<BuiltApp> {
	const { sdk, folder, release = false, clean = false, onOutput } = options;
	const platform = process.platform === "darwin" ? "mac" : "lin";
	const output = resolve(options.output);
	if (clean) rmSync(output, { recursive: true, force: true });
	mkdirSync(output, { recursive: true });

	let log = "";
	const args = ["-m", "-p", platform, "-t", "build", "-o", output, ...(release ? [] : ["-d"])];
	const program = new Program("mcconfig", args, {
		directory: resolve(folder),
		// Each step's words together, or those of two steps at once are mixed. macOS has a make that cannot.
		environment: { ...sdk.environment, ...(platform === "lin" && { MAKEFLAGS: "-Otarget" }) },
		onOutput(text) {
			log += text;
			onOutput?.(text);
		},
	});
	const code = await program.ended;
	writeFileSync(join(output, "build.log"), log);
	if (code !== 0) throw new BuildFailure(`${endOf(log)}\nmcconfig failed with exit code ${code}`);

	const variant = release ? "release" : "debug";
	const name = basename(resolve(folder));
	const path = join(output, "bin", platform, "mc", variant, name, "mc.so");
	if (!existsSync(path)) throw new BuildFailure(`${endOf(log)}\nmcconfig made no ${path}`);
	return { path, log, warnings: ownWarnings(log, sdk, join(output, "tmp", platform, "mc", variant, name)) };
}

function ownWarnings(log: string, sdk: Sdk, temporary: string): string[] {
	const makefile = join(temporary, "makefile");
	const sources = existsSync(makefile) ? parseModuleSources(readFileSync(makefile, "utf8")) : new Map();
	return findWarnings(log, {
		isOurs: (file) => !file.startsWith(`${sdk.root}/`) && !file.startsWith(`${temporary}/mc.`),
		sourceOf: (module) => sources.get(module),
	}).ours;
}

function endOf(log: string): string {
	const lines = log.split("\n").filter((line) => line !== "" && !/^# (tsc|xsc|xsid|cc|copy) /.test(line));
	return lines.slice(-LINES_SHOWN).join("\n");
}

/** The apps below a folder: those of its folders that have a manifest.json. */
export function appsBelow(folder: string): string[] {
	return readdirSync(folder)
		.filter((name) => existsSync(join(folder, name, "manifest.json")))
		.sort();
}
