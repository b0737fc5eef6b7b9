// The simulated heater in Moddable's simulator: what its manifest names is all that it needs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const FOLDER = "sim/heater";
const BOARD = "modules/boards/simulated_heater";

interface Manifest {
	include?: string[];
	modules: Record<string, string | string[]>;
}

const read = (file: string): string => readFileSync(file, "utf8");
const manifest = (folder: string): Manifest => JSON.parse(read(join(folder, "manifest.json")));
const named = [manifest(FOLDER).modules["sim/heater/*"] ?? []].flat();

/** Types are gone when it runs. */
function importsOf(source: string): string[] {
	return [...source.matchAll(/^(?:import(?! type)|export) [^;]*?from "([^"]+)"/gm)].map(
		([, path = ""]) => path,
	);
}

test("what the manifest names imports only what it names, and the file that the board puts in its place", () => {
	assert.ok(named.includes("./simulated-heater"));
	for (const name of named) {
		for (const path of importsOf(read(join(FOLDER, `${name}.ts`))))
			assert.ok(named.includes(path) || path === "./firmware-parts", `${name} imports ${path}`);
	}
	assert.equal(manifest(BOARD).modules["sim/heater/firmware-parts"], "./firmware-parts");
});

test("the board gives the simulated heater the same parts of the firmware as Node does", () => {
	const [onNode, onXs] = [FOLDER, BOARD].map((folder) => {
		const source = read(join(folder, "firmware-parts.ts"));
		return [...source.matchAll(/^export \{([^}]+)\} from "(?:\.\.\/\.\.\/modules\/)?([^"]+)";$/gm)].map(
			([, names, path]) => `${names} ${path}`,
		);
	});
	assert.equal(onNode?.length, 3);
	assert.deepEqual(onNode, onXs);
});

test("the simulator's platform includes that board, and boards for devices do not", () => {
	assert.match(read("modules/platform/desktop.json"), /boards\/simulated_heater\/manifest\.json/);
	for (const board of ["m5stack_cores3", "moddable_six", "panda_breath"])
		assert.doesNotMatch(read(`modules/boards/${board}/manifest.json`), /simulated_heater/);
});
