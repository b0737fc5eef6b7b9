import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { findSdk } from "../../../scripts/moddable/sdk";

const TOOLS = ["mcconfig", "xsc", "xsl", "xsid", "mcrez"];

/** A folder that looks like an SDK, gone after the test. */
function makeSdk(t: { after(done: () => void): void }, espIdf: string, tools = TOOLS, host = "lin"): string {
	const root = mkdtempSync(join(tmpdir(), "culm-sdk-"));
	t.after(() => rmSync(root, { recursive: true }));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	};
	write("build/devices/esp32/manifest.json", JSON.stringify({ build: { EXPECTED_ESP_IDF: espIdf } }));
	for (const tool of tools) write(`build/bin/${host}/release/${tool}`, "");
	return root;
}

test("the SDK is found with its tools first in the path", (t) => {
	const root = makeSdk(t, "v6.0");
	const sdk = findSdk({ MODDABLE: root, PATH: "/bin", MAKEFLAGS: "-j" }, "linux");
	assert.equal(sdk.root, root);
	assert.equal(sdk.espIdf, "v6.0");
	assert.match(sdk.environment.PATH ?? "", /^.*lin\/release:.*node_modules\/\.bin:\/bin$/);
	assert.equal(sdk.environment.MAKEFLAGS, undefined);
});

test("on macOS the tools of macOS are looked for", (t) => {
	const root = makeSdk(t, "v6.0", TOOLS, "mac");
	assert.equal(findSdk({ MODDABLE: root }, "darwin").root, root);
	assert.throws(() => findSdk({ MODDABLE: root }, "linux"), /tools are not built: mcconfig/);
});

test("each thing that is missing is said, and where the guide is", (t) => {
	const guide = /https:\/\/github\.com\/Moddable-OpenSource\/moddable/;
	const refuses = (environment: NodeJS.ProcessEnv, words: RegExp) => {
		assert.throws(() => findSdk(environment, "linux"), words);
		assert.throws(() => findSdk(environment, "linux"), guide);
	};
	refuses({}, /\$MODDABLE is not set/);
	refuses({ MODDABLE: "" }, /\$MODDABLE is not set/);
	refuses({ MODDABLE: join(tmpdir(), "no-such-folder") }, /There is no Moddable SDK in .*no-such-folder/);
	refuses({ MODDABLE: makeSdk(t, "v5.5.1") }, /too old: 8\.2\.3 or newer is needed/);
	refuses({ MODDABLE: makeSdk(t, "") }, /too old/);
	refuses(
		{ MODDABLE: makeSdk(t, "v6.0", ["mcconfig", "xsc", "mcrez"]) },
		/tools are not built: xsl, xsid not in/,
	);
});

test("another system than Linux and macOS is told so", () => {
	assert.throws(() => findSdk({ MODDABLE: "/sdk" }, "win32"), /Linux and macOS only/);
});
