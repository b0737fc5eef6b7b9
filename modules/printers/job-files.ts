// What a job takes of each of its filaments, as its slicer wrote it into the file that is printed.

/** The file of a job on a printer. */
export interface JobFileQuery {
	host: string;
	serial: string;
	accessCode: string;
	/** SHA-256 of a certificate that was confirmed, or "". */
	pinnedSha256: string;
	/** Of its file server, if that is not where printers have it. */
	port?: number;
	/** As the printer says it, such as "cube.gcode.3mf" or "/data/Metadata/plate_1.gcode"; "" when it does not. */
	file: string;
	/** The job's title, such as "cube". */
	title: string;
	/** From 1; `undefined` when it is not known: then the file has to have a single one. */
	plate?: number;
}

/** One filament of a plate. */
export interface FilamentUse {
	/** From 1, as slicers count them. */
	index: number;
	grams: number;
	lengthMm?: number;
	/** "PLA" */
	material?: string;
	/** RRGGBB, upper-case hex */
	color?: string;
}

/**
 * - `unreachable`, `refused`: the printer's file server cannot be reached, or does not let us in
 * - `not_found`: none of the names that the file can have is there
 * - `no_use`: it is no sliced file, or its slicer did not say what it takes
 * - `busy`: another file is being read
 */
export type JobFileErrorCode = "unreachable" | "refused" | "not_found" | "no_use" | "busy";

export type JobFileResult =
	| { readonly ok: true; readonly filaments: readonly FilamentUse[] }
	/** `message`: what is wrong, in words. */
	| { readonly ok: false; readonly code: JobFileErrorCode; readonly message: string };

export interface JobFiles {
	/** Resolves with what was found; never rejects. One file is read at a time; others wait for their turn. */
	read(query: JobFileQuery): Promise<JobFileResult>;
	/** Ends what is under way. May be called any number of times. */
	close(): void;
}
