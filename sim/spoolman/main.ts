// `npm run spoolman`: the virtual Spoolman alone.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PortError } from "../../modules/platform/port-error";
import { createLog } from "../host/log";
import { helpText, parseSpoolmanCommandLine, type SpoolmanOptions } from "./command-line";
import { startVirtualSpoolman } from "./server";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const DATABASE_FILE = "spoolman.sqlite";

const parsed = parseSpoolmanCommandLine(process.argv.slice(2));
switch (parsed.kind) {
	case "help":
		process.stdout.write(helpText);
		break;
	case "bad":
		complain(`${parsed.message}\nAll options: npm run spoolman -- --help`, EXIT_USAGE);
		break;
	case "run":
		await run(parsed.options);
		break;
}

async function run({ storage, ...options }: SpoolmanOptions): Promise<void> {
	try {
		const spoolman = await startVirtualSpoolman({
			...options,
			...(storage !== undefined && { file: databaseIn(storage) }),
			log: createLog(process.stderr),
		});
		process.stdout.write(`\n  Virtual Spoolman  ${spoolman.url}\n\nCtrl-C ends it.\n\n`);
		for (const signal of ["SIGINT", "SIGTERM"] as const)
			process.once(signal, () => {
				process.stdout.write("\nEnding…\n");
				void spoolman.close();
			});
	} catch (error) {
		if (!(error instanceof PortError)) throw error;
		complain(error.message, EXIT_FAILED);
	}
}

/** Makes the folder where it is not there. */
function databaseIn(folder: string): string {
	try {
		mkdirSync(folder, { recursive: true });
	} catch (cause) {
		throw new PortError("storage", `${folder}: the folder cannot be used`, { cause });
	}
	return join(folder, DATABASE_FILE);
}

function complain(message: string, exitCode: number): void {
	process.stderr.write(`${message}\n`);
	process.exitCode = exitCode;
}
