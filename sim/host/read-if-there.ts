// Files that need not be there.

import { readFileSync } from "node:fs";

/** The text of the file, or `undefined` when there is none. Throws when it cannot be read. */
export function readIfThere(file: string): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
		throw error;
	}
}
