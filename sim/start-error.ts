// Why the simulator does not start.

/** Something that the person at the command line has to mend; the message says what. */
export class StartError extends Error {
	override readonly name = "StartError";
	/** `usage`: an option is wrong. `environment`: a file, folder or port cannot be used. */
	readonly code: "usage" | "environment";

	constructor(code: "usage" | "environment", message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.code = code;
	}
}
