// The command line of the virtual Spoolman alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { helpText, parseSpoolmanCommandLine } from "../../../../sim/spoolman/command-line";

const run = (...args: string[]) => {
	const parsed = parseSpoolmanCommandLine(args);
	return parsed.kind === "run" ? parsed.options : assert.fail(JSON.stringify(parsed));
};
const bad = (...args: string[]) => {
	const parsed = parseSpoolmanCommandLine(args);
	return parsed.kind === "bad" ? parsed.message : assert.fail(`accepted: ${args.join(" ")}`);
};

test("nothing given listens where Spoolman does, for this computer only, empty and in memory", () => {
	assert.deepEqual(run(), { port: 7912, address: "127.0.0.1", hasExample: false });
});

test("port, address, folder and example can be chosen", () => {
	const args = "--port 8000 --address 0.0.0.0 --storage kept --example".split(" ");
	assert.deepEqual(run(...args), { port: 8000, address: "0.0.0.0", storage: "kept", hasExample: true });
});

test("what is wrong is said with the option's name", () => {
	for (const port of ["0", "65536", "x", "-1", "1.5", ""])
		assert.match(bad(`--port=${port}`), /--port has to be/);
	for (const address of ["localhost", "", "1.2.3"])
		assert.match(bad(`--address=${address}`), /--address has to be/);
	assert.match(bad("--storage="), /--storage/);
	assert.match(bad("--prot", "1"), /--prot/);
	assert.match(bad("stray"), /stray/);
});

test("the help names every option", () => {
	assert.equal(parseSpoolmanCommandLine(["--help"]).kind, "help");
	for (const option of ["port", "address", "storage", "example", "help"])
		assert.ok(helpText.includes(`--${option}`), option);
});
