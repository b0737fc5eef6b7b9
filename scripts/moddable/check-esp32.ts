// npm run check:esp32: takes every board to linked XS bytecode, and with ESP-IDF to an image, and holds both to the
// board's flash. Fails on warnings. `npm run check:esp32 -- BOARD…` takes only those.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findWarnings, parseModuleSources } from "./build-log";
import { MOST_NAMES, measureLinkedCode } from "./linked-code";
import { appSlotBytes, parsePartitions } from "./partitions";
import { findSdk, type Sdk, SdkMissing } from "./sdk";

const BOARDS = "modules/boards";
const OUTPUT = resolve("build/esp32");

/** Of a failed build's output: enough for the compiler's words, which come last. */
const LINES_SHOWN = 40;

/** The last of what was said, without the names of files that are merely being compiled. */
function endOf(log: string): string {
	const lines = log.split("\n").filter((line) => line !== "" && !/^# (tsc|xsc|xsid|cc) /.test(line));
	return lines.slice(-LINES_SHOWN).join("\n");
}

/** Its message is all a person needs. */
class BoardFailure extends Error {}

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Resolves with all the program wrote. Rejects with a {@link BoardFailure} when it fails. */
function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
		let log = "";
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding("utf8").on("data", (text: string) => {
				log += text;
			});
		}
		child.on("error", (error) => reject(new BoardFailure(`${command}: ${error.message}`)));
		child.on("close", (code) => {
			if (code === 0) return resolve(log);
			reject(new BoardFailure(`${endOf(log)}\n${command} failed with exit code ${code}`));
		});
	});
}

/** The SDK's name for a board: what its output folders are called. */
function platformOf(board: string): string {
	const manifest = JSON.parse(readFileSync(join(BOARDS, board, "manifest.json"), "utf8")) as {
		build?: { SUBPLATFORM?: string };
	};
	return manifest.build?.SUBPLATFORM ?? board;
}

/** The folder of this build's makefile; mcconfig names it after the project's folder. */
function makeFolderOf(platform: string): string {
	const parent = join(OUTPUT, "tmp/esp32", platform, "release");
	const name = readdirSync(parent).find((entry) => existsSync(join(parent, entry, "makefile")));
	if (name === undefined) throw new BoardFailure(`mcconfig wrote no makefile below ${parent}`);
	return join(parent, name);
}

/** Up to linked bytecode and resources, which need nothing of ESP-IDF but its version and a configuration header. */
async function link(sdk: Sdk, folder: string): Promise<string> {
	const standIn = join(folder, "without-esp-idf");
	mkdirSync(standIn);
	writeFileSync(join(standIn, "sdkconfig.h"), "");
	return run(
		"make",
		[
			...["-f", join(folder, "makefile"), `-j${availableParallelism()}`],
			...[`IDF_VERSION=${sdk.espIdf}`, `SDKCONFIG_H=${join(standIn, "sdkconfig.h")}`],
			...[join(folder, "mc.xs.c"), join(folder, "mc.resources.c")],
		],
		{ ...sdk.environment, IDF_PATH: standIn },
	);
}

async function check(board: string, manifest: string, sdk: Sdk): Promise<void> {
	const platform = platformOf(board);
	// A file that is not compiled again does not warn again.
	for (const part of ["bin", "tmp"])
		rmSync(join(OUTPUT, part, "esp32", platform), { recursive: true, force: true });
	const withIdf = Boolean(sdk.environment.IDF_PATH);
	// Each step's words together, or those of two steps at once are mixed. macOS has a make that cannot.
	if (process.platform === "linux") sdk.environment.MAKEFLAGS = "-Otarget";
	// A relative path, since mcconfig turns this argument into lower case.
	const target = ["-p", `esp32:${BOARDS}/${board}`, "-o", OUTPUT, manifest];
	let log = await run("mcconfig", withIdf ? ["-m", "-t", "build", ...target] : target, sdk.environment);
	const folder = makeFolderOf(platform);
	const makefile = readFileSync(join(folder, "makefile"), "utf8");
	if (!withIdf) log += await link(sdk, folder);

	// What tsc made of our modules is below the output too; C below it was written by the SDK's tools.
	const foreign = [
		`${sdk.root}/`,
		sdk.environment.IDF_PATH && `${sdk.environment.IDF_PATH}/`,
		`${folder}/mc.`,
	];
	const sources = parseModuleSources(makefile);
	const warnings = findWarnings(log, {
		isOurs: (file) => !foreign.some((path) => path && file.startsWith(path)),
		sourceOf: (module) => sources.get(module),
	});

	const { bytecodeBytes, preloadedBytes, names } = measureLinkedCode(
		readFileSync(join(folder, "mc.xs.c"), "utf8"),
	);
	const resourceBytes = Number(/^Total resource size: (\d+) bytes/m.exec(log)?.[1] ?? Number.NaN);
	const partitions = /^PARTITIONS_FILE = (.*)$/m.exec(makefile)?.[1];
	if (partitions === undefined) throw new BoardFailure("the board names no PARTITIONS_FILE");
	const slotBytes = appSlotBytes(parsePartitions(readFileSync(partitions, "utf8")));
	const share = (bytes: number) => `${((100 * bytes) / slotBytes).toFixed(1)} %`;
	const inBytes = (bytes: number) => bytes.toLocaleString("en");
	const xsBytes = bytecodeBytes + preloadedBytes + resourceBytes;
	say(`  bytecode        ${inBytes(bytecodeBytes)} bytes`);
	say(`  preloaded       ${inBytes(preloadedBytes)} bytes`);
	say(`  resources       ${inBytes(resourceBytes)} bytes`);
	say(`  names           ${inBytes(names)} of ${inBytes(MOST_NAMES)}`);
	say(
		`  together        ${inBytes(xsBytes)} bytes, ${share(xsBytes)} of the ${inBytes(slotBytes)} of an app slot`,
	);

	const failures = warnings.ours.map((line) => `a warning: ${line}`);
	if (withIdf) {
		const image = join(folder.replace(`${OUTPUT}/tmp/`, `${OUTPUT}/bin/`), "xs_esp32.bin");
		// The SDK's makefile goes on when ESP-IDF's part of the build fails.
		if (!existsSync(image)) throw new BoardFailure(`${endOf(log)}\nno image was made`);
		const imageBytes = statSync(image).size;
		say(`  image           ${inBytes(imageBytes)} bytes, ${share(imageBytes)} of the slot`);
		if (imageBytes > slotBytes) failures.push("the image does not fit the slot");
	} else {
		say("  image           not made: $IDF_PATH is not set");
	}
	if (warnings.foreign.length > 0)
		say(`  warnings        ${warnings.foreign.length} in the SDK's own files, let pass`);
	if (failures.length > 0) throw new BoardFailure(failures.join("\n"));
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { manifest: { type: "string", default: "manifest.json" } },
	});
	const all = readdirSync(BOARDS).filter((name) => existsSync(join(BOARDS, name, "partitions.csv")));
	const unknown = positionals.filter((board) => !all.includes(board));
	if (unknown.length > 0) {
		say(`There is no board ${unknown.join(", ")}. The boards are ${all.join(", ")}.`);
		return 2;
	}
	const sdk = findSdk();
	mkdirSync(OUTPUT, { recursive: true });
	let failed = 0;
	for (const board of positionals.length > 0 ? positionals : all) {
		say(board);
		try {
			await check(board, values.manifest, sdk);
		} catch (error) {
			if (!(error instanceof BoardFailure)) throw error;
			failed++;
			say(`  FAILED\n${error.message}`);
		}
	}
	return failed === 0 ? 0 : 1;
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		process.exitCode = 1;
		if (error instanceof SdkMissing) say(error.message);
		else throw error;
	},
);
