// What it means for a person that a job's file could not be read.

import type { ScanFailure } from "./archive-scan";

export type JobFileProblem =
	| ScanFailure
	| "busy"
	| "closed"
	| "unreachable"
	| "no_server"
	| "unauthorized"
	| "certificate"
	| "not_found"
	| "not_understood"
	| "not_sliced"
	| "other_plate"
	| "many_plates";

/** What is wrong and what to do. */
export function jobFileHelp(problem: JobFileProblem, host = ""): string {
	switch (problem) {
		case "busy":
			return "Too many files are being read at once. It is tried again with the next job.";
		case "closed":
			return "The device is about to stop reading files.";
		case "unreachable":
			return `The printer's file server at ${host} does not answer, or stopped in the middle. Is the printer on, and is this still its address?`;
		case "no_server":
			return `The printer at ${host} answers and serves no files. Is a memory card or stick in it, and is LAN access turned on?`;
		case "unauthorized":
			return "The printer's file server refuses the access code. Is it the one that the printer shows?";
		case "certificate":
			return "The printer's file server shows another certificate than the printer should have. Look at the printer's settings here, and confirm its certificate if it is new.";
		case "not_found":
			return "The job's file is not on the printer. It may have been removed, or lie on a card that cannot be read over the network.";
		case "not_understood":
			return "What comes from the printer's file server is not understood.";
		case "absent":
		case "not_sliced":
			return "The job's file does not say what it takes. Slice it anew and print it from there.";
		case "too_large":
			return "What the slicer says of the job is longer than this device has room for.";
		case "unreadable":
		case "broken":
			return "The job's file is damaged, or packed in a way that this device does not know.";
		case "other_plate":
			return "The file on the printer has the job's name and does not have its plate: it is another one.";
		case "many_plates":
			return "The job's file has several plates, and the printer does not say which of them it prints.";
	}
}
