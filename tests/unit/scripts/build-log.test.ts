import assert from "node:assert/strict";
import { test } from "node:test";
import { findWarnings, parseModuleSources } from "../../../scripts/moddable/build-log";

const MAKEFILE = `MODULES = $(MODULES_DIR)/a.xsb
$(MODULES_DIR)/~.embedded/io/digital.xsb: /sdk/modules/digital.js
$(MODULES_DIR)/boards/this/ntc.xsb: $(TMP_DIR)/tsc/boards/this/ntc/home/ntc.js
	@echo '# xsc boards/this/ntc.xsb'
`;

const sources = parseModuleSources(MAKEFILE);

function warningsIn(...lines: string[]) {
	return findWarnings(lines.join("\n"), {
		isOurs: (file) => !file.startsWith("/sdk/"),
		sourceOf: (module) => sources.get(module),
	});
}

test("the makefile tells where each module comes from", () => {
	assert.equal(sources.get("embedded:io/digital"), "/sdk/modules/digital.js");
	assert.equal(sources.get("boards/this/ntc"), "$(TMP_DIR)/tsc/boards/this/ntc/home/ntc.js");
	assert.equal(sources.size, 2);
});

test("a build that says nothing of the kind has no warnings", () => {
	assert.deepEqual(warningsIn("# xsc main.xsb", "Total resource size: 0 bytes", ""), {
		ours: [],
		foreign: [],
	});
});

test("a compiler's warning belongs to whom the file belongs to", () => {
	const sdk = "/sdk/modules/listener.js:26: warning: cannot optimize native!";
	const module = "/home/culm/modules/a.js:1: warning: cannot optimize native!";
	const c = "modules/boards/b.c:3:7: warning: unused variable";
	assert.deepEqual(warningsIn(sdk, module, c), { ours: [module, c], foreign: [sdk] });
});

test("an object left changeable belongs to whom its module belongs to", () => {
	const sdk = "### warning: embedded:io/digital: default.MODES: not frozen";
	const module = "### warning: boards/this/ntc: () TABLE: not frozen";
	assert.deepEqual(warningsIn(sdk, module), { ours: [module], foreign: [sdk] });
});

test("a changeable global is ours, save those that the SDK's boards are known to make", () => {
	const sdk = "### warning: globalThis.Host: not frozen";
	const global = "### warning: globalThis.HostOfOurs: not frozen";
	assert.deepEqual(warningsIn(sdk, global), { ours: [global], foreign: [sdk] });
});

test("a warning that names nothing known is ours", () => {
	const lines = [
		"# warning: something",
		"### warning: no-such-module: x: not frozen",
		"WARNING: No 'creation' found",
	];
	assert.deepEqual(warningsIn(...lines).ours, lines);
});
