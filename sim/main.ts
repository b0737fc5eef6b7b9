// `npm start`: reads the command line, starts the simulator, says what runs where, and ends it cleanly.

import "./host/silent-packages";
import type { PrintersEvent } from "../modules/printers/printer-manager";
import { panelRoots } from "../ui/panel/screens/roots";
import { helpText, parseCommandLine, type SimulatorOptions } from "./command-line";
import { panelDrawer } from "./drawn-panel";
import { createLog } from "./host/log";
import type { Place } from "./places";
import { startSimulator } from "./simulator";
import { StartError } from "./start-error";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const parsed = parseCommandLine(process.argv.slice(2));
switch (parsed.kind) {
	case "help":
		process.stdout.write(helpText);
		break;
	case "bad":
		complain(`${parsed.message}\nAll options: npm start -- --help`, EXIT_USAGE);
		break;
	case "run":
		await run(parsed.options);
		break;
}

async function run(options: SimulatorOptions): Promise<void> {
	const log = createLog(process.stderr);
	const jobs = new Map<string, string>();
	try {
		const simulator = await startSimulator(options, log, {
			onPrinter: tell,
			drawPanel: panelDrawer(panelRoots),
		});
		process.stdout.write(`\n${table(simulator.places)}\n\nCtrl-C ends it.\n\n`);
		endOn(["SIGINT", "SIGTERM"], () => simulator.close());
	} catch (error) {
		if (!(error instanceof StartError)) throw error;
		complain(error.message, error.code === "usage" ? EXIT_USAGE : EXIT_FAILED);
	}

	function tell(event: PrintersEvent): void {
		if (event.type !== "changed") return;
		const { id, name, link, linkHelp, job } = event.state;
		if (event.changed.includes("link") && link !== "connecting") log.info(`${name}: ${link}`);
		if (event.changed.includes("linkHelp") && linkHelp) log.info(`${name}: ${linkHelp}`);
		if (event.changed.includes("job") && jobs.get(id) !== job.state) log.info(`${name}: job ${job.state}`);
		jobs.set(id, job.state);
	}
}

/** Runs the ending once; a second signal ends the process at once. */
function endOn(signals: readonly NodeJS.Signals[], end: () => Promise<void>): void {
	for (const signal of signals)
		process.once(signal, () => {
			process.stdout.write("\nEnding…\n");
			void end();
		});
}

function table(places: readonly Place[]): string {
	const width = (key: keyof Place): number => Math.max(...places.map((place) => place[key].length));
	const [what, where] = [width("what"), width("where")];
	return places
		.map((place) => `  ${place.what.padEnd(what)}  ${place.where.padEnd(where)}  ${place.note}`)
		.join("\n");
}

function complain(message: string, exitCode: number): void {
	process.stderr.write(`${message}\n`);
	process.exitCode = exitCode;
}
