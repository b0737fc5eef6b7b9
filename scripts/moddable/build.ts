// npm run build:moddable: the firmware for Moddable's simulator. `-- --release` builds it without the debugger's parts.

import { relative } from "node:path";
import { parseArgs } from "node:util";
import { buildApp } from "./build-app";
import { runCommand, say } from "./command";
import { endOnSignals } from "./programs";
import { findSdk } from "./sdk";

const OUTPUT = "build/moddable";

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			release: { type: "boolean", default: false },
			clean: { type: "boolean", default: false },
			verbose: { type: "boolean", default: false },
		},
	});
	const { path, log, warnings } = await buildApp({
		sdk: findSdk(),
		folder: ".",
		output: OUTPUT,
		release: values.release,
		clean: values.clean,
		onOutput: (text) => values.verbose && process.stdout.write(text),
	});
	for (const warning of warnings) say(warning);
	const resources = /^Total resource size: (\d+) bytes/m.exec(log)?.[1];
	say(`${relative(".", path)}${resources === undefined ? "" : `, with ${resources} bytes of resources`}`);
	return warnings.length === 0 ? 0 : 1;
}

endOnSignals();
runCommand(main);
