import assert from "node:assert/strict";
import { test } from "node:test";
import { isAtLeast } from "../../../../modules/printers/commands/firmware-version";

test("versions are compared part by part, as numbers", () => {
	for (const version of [
		"01.08.01.00",
		"01.08.02.00",
		"01.09.00.00",
		"01.10.00.00",
		"02.00.00.00",
		"01.08.01",
	])
		assert.equal(isAtLeast(version, [1, 8, 1]), true, version);
	for (const version of ["01.08.00.99", "01.07.09.00", "00.99.99.99", "01.08", "1"])
		assert.equal(isAtLeast(version, [1, 8, 1]), false, version);
});

test("a version that is unknown or cannot be read counts as a new one", () => {
	for (const version of [undefined, "", "beta"]) assert.equal(isAtLeast(version, [1, 8, 1]), true, version);
});
