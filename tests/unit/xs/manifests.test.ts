// The Moddable build's parts that no compiler holds together.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
	const { config } = json("manifest.json") as { config?: { firmwareVersion?: string } };
	assert.equal(config?.firmwareVersion, json("package.json").version);
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

test("nothing turns the check of certificates off", () => {
	for (const file of filesBelow("modules/platform/xs", ".ts")) {
		assert.doesNotMatch(read(file), /verify: *false|rejectUnauthorized/, file);
	}
});
