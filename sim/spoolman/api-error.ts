// What the virtual Spoolman answers when it does not do what was asked.

/** One thing that is wrong with a request, as Spoolman's validator words it. */
export interface Detail {
	type: string;
	/** Where: "path", "query" or "body", then the name of the field, or a position in the text. */
	loc: (string | number)[];
	msg: string;
	input: unknown;
	ctx?: Readonly<Record<string, unknown>>;
}

export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly status: number;
	readonly body: unknown;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
		super(`answered with ${status}: ${JSON.stringify(body)}`);
		this.status = status;
		this.body = body;
		this.headers = headers;
	}
}

/** What Spoolman itself refuses: one sentence under `message`. */
export function refusal(status: number, message: string): ApiError {
	return new ApiError(status, { message });
}

/** What its validator refuses: a list under `detail`. */
export function invalid(details: readonly Detail[]): ApiError {
	return new ApiError(422, { detail: details });
}

export function notFound(what: string, id: number): ApiError {
	return refusal(404, `No ${what} with ID ${id} found.`);
}

/** What a real Spoolman does. */
export function notThere(): ApiError {
	return refusal(501, "The virtual Spoolman does not have this; a real one does.");
}
