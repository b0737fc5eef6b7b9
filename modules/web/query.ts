// Reads the query of a request: known names, each at most once, each of a known kind.

import { ApiError } from "./answers";
import { type Fields, readFields } from "./json-body";

/** Throws an `ApiError` `bad_field` that names what is unknown, twice, or not of its kind. */
export function readQuery<const Kinds extends Readonly<Record<string, "integer" | "text">>>(
	query: string,
	kinds: Kinds,
): Fields<Kinds> {
	const values: Record<string, unknown> = {};
	for (const part of query.split("&")) {
		if (part === "") continue;
		const equals = part.indexOf("=");
		const name = decode(equals < 0 ? part : part.slice(0, equals));
		const value = decode(equals < 0 ? "" : part.slice(equals + 1));
		if (Object.hasOwn(values, name)) throw new ApiError("bad_field", `"${name}" is there twice.`);
		const isNumber = Object.hasOwn(kinds, name) && kinds[name] === "integer" && /^\d{1,9}$/.test(value);
		// So that "__proto__" is a name as any other.
		Object.defineProperty(values, name, { value: isNumber ? Number(value) : value, enumerable: true });
	}
	return readFields(values, kinds);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll("+", " "));
	} catch {
		throw new ApiError("bad_field", "The query is not encoded as a query has to be.");
	}
}
