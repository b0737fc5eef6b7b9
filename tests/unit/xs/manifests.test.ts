// The Moddable build's parts that no compiler holds together.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const read = (file: string): string => readFileSync(file, "utf8");
const json = (file: string): Record<string, unknown> => JSON.parse(read(file));

function filesBelow(folder: string, ending: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name))
		.sort();
}

test("the image says the version of the package", () => {
	const { config, defines } = json("manifest.json") as {
		config?: { firmwareVersion?: string };
		defines?: { culm?: { version?: string } };
	};
	const { version } = json("package.json");
	assert.equal(config?.firmwareVersion, version);
	// For C, where "#" makes a text of it.
	assert.equal(defines?.culm?.version, `#${version}`);
});

test("every certificate of certs/ is among those that XS reads from its image", () => {
	const source = read("modules/platform/xs/resources.ts");
	const named = [...source.matchAll(/"([^"]+\.der)"/g)].map(([, name]) => name);
	assert.deepEqual(
		named.sort(),
		readdirSync("certs")
			.filter((name) => name.endsWith(".der"))
			.sort(),
	);
});

test("no regular expression is kept by a module", () => {
	// Preloaded modules keep it in flash, and Moddable 8.2.3 destroys memory when it uses one there: its
	// fxAllocateRegExpData takes memory that the garbage collector does not know for memory of its own.
	const kept = [...filesBelow("modules", ".ts"), ...filesBelow("ui", ".ts")].flatMap((file) =>
		read(file)
			.split("\n")
			.filter((line) => /^(export )?(const|let|var) .*= (Object\.freeze\()?\/[^/*]/.test(line))
			.map((line) => `${file}: ${line}`),
	);
	assert.deepEqual(kept, []);
});

test("every manifest that is included is there, and the composition root is short", () => {
	const manifests = ["manifest.json", ...filesBelow("modules", ".json"), ...filesBelow("tests/xs", ".json")];
	for (const manifest of manifests) {
		const text = read(manifest);
		for (const [, path = ""] of text.matchAll(/"(\.{1,2}\/[^"]*\.json)"/g))
			assert.ok(read(join(manifest, "..", path)).length > 0, `${manifest} includes ${path}`);
	}
	assert.ok(read("main.ts").split("\n").length < 100);
});

test("every folder of the panel is in the manifests of its builds, and in flash", () => {
	const panel = "ui/panel";
	const folders = [...new Set(filesBelow(panel, ".ts").map((file) => dirname(file)))].filter(
		(folder) => folder !== panel,
	);
	assert.ok(folders.length > 5, folders.join());
	const firmware = json(join(panel, "manifest.json")) as { modules: object; preload: string[] };
	const golden = json("tests/xs/golden/manifest.json") as { modules: object };
	for (const folder of [panel, ...folders]) {
		const name = `${folder.slice("ui/".length)}/*`;
		assert.ok(name in firmware.modules, `${name} is missing in ${panel}/manifest.json`);
		assert.ok(firmware.preload.includes(name), `${name} is not preloaded`);
		assert.ok(`ui/${name}` in golden.modules, `ui/${name} is missing in tests/xs/golden/manifest.json`);
	}
});

test("what hosts share imports nothing of a host, and parts of every host nothing of the simulators'", () => {
	const platform = "modules/platform";
	for (const [folder, allowed] of [
		["parts", /^\.\.?\/[a-z0-9-]+$/],
		["twins", /^(\.\.?|\.\.\/parts)\/[a-z0-9-]+$/],
	] as const)
		for (const file of filesBelow(join(platform, folder), ".ts"))
			for (const [, path = ""] of read(file).matchAll(/^(?:import|export)[^;]* from "([^"]+)";$/gm))
				assert.match(path, allowed, file);
});

test("an image has all that hosts share in flash, and a device's has nothing of the simulators'", () => {
	interface Manifest {
		modules: Record<string, string | string[]>;
		preload: string[];
	}
	const platform = "modules/platform";
	for (const [folder, manifest] of [
		["parts", "manifest.json"],
		["twins", "desktop.json"],
	] as const) {
		const { modules, preload } = json(join(platform, manifest)) as unknown as Manifest;
		assert.equal(modules[`platform/${folder}/*`], `./${folder}/*`);
		const names = filesBelow(join(platform, folder), ".ts").map((file) =>
			file.replace(/^modules\/(.*)\.ts$/, "$1"),
		);
		assert.deepEqual(
			preload.filter((name) => name.startsWith(`platform/${folder}/`)),
			names,
		);
	}
	assert.doesNotMatch(read(join(platform, "manifest.json")), /twins/);
	for (const board of filesBelow("modules/boards", "manifest.json"))
		assert.doesNotMatch(read(board), /platform\/twins/, board);
});

test("nothing turns the check of certificates off", () => {
	for (const file of filesBelow("modules/platform/xs", ".ts")) {
		assert.doesNotMatch(read(file), /verify: *false|rejectUnauthorized/, file);
	}
});
