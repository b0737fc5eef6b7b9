// Makes one script for XS of TypeScript modules that were written for Node's test runner.

import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

export const projectFolder: string = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));

/** What stands in for Node on XS. A module or a name that is not here makes the bundle fail. */
const shims: Readonly<Record<string, string>> = {
	"node:assert/strict": `${here}shims/assert.ts`,
	"node:fs": `${here}shims/fs.ts`,
	"node:test": `${here}shims/test.ts`,
};

/** Module addresses become paths within the project, which is what `shims/fs.ts` reads from. */
const moduleAddresses: Plugin = {
	name: "module-addresses",
	setup(bundler) {
		bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
			const address = JSON.stringify(`file:///${relative(projectFolder, path)}`);
			const source = await readFile(path, "utf8");
			return { contents: source.replaceAll("import.meta.url", address), loader: "ts" };
		});
	},
};

/** The modules, run in this order, as one strict script. */
export async function bundleForXs(modulePaths: readonly string[]): Promise<string> {
	const { outputFiles } = await build({
		stdin: {
			contents: modulePaths.map((path) => `import ${JSON.stringify(path)};`).join("\n"),
			resolveDir: projectFolder,
			loader: "ts",
		},
		absWorkingDir: projectFolder,
		alias: shims,
		inject: [`${here}shims/globals.ts`],
		plugins: [moduleAddresses],
		banner: { js: '"use strict";' },
		bundle: true,
		format: "iife",
		// The XS of the package knows all of it, up to private methods.
		target: "es2022",
		platform: "neutral",
		mainFields: ["module", "main"],
		conditions: ["import"],
		logOverride: { "empty-import-meta": "error" },
		logLevel: "silent",
		write: false,
	});
	return outputFiles[0]?.text ?? "";
}
