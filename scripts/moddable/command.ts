// How the scripts speak, and how they end.

import { BuildFailure } from "./build-app";
import { SdkMissing } from "./sdk";

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * Runs a script, and ends the process with the exit code that it returns, whatever it has left behind. What a person
 * can mend is said in a line, with exit code 1.
 */
export function runCommand(main: () => Promise<number>): void {
	main().then(
		(code) => process.exit(code),
		(error: unknown) => {
			if (!(error instanceof SdkMissing || error instanceof BuildFailure)) throw error;
			say(error.message);
			process.exit(1);
		},
	);
}
