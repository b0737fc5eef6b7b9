// The files of the device's page, read from where they are developed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Resources } from "../../modules/platform/platform";

export function createResources(directory: string): Resources {
	return {
		read(name) {
			if (!isInside(name)) return undefined;
			try {
				return readFileSync(join(directory, name));
			} catch {
				// Not there, or a directory: no resource either way.
				return undefined;
			}
		},
	};
}

/** A name of files and folders below, and of nothing else on this computer. */
function isInside(name: string): boolean {
	return (
		!/[\0\\:]/.test(name) && name.split("/").every((part) => part !== "" && part !== "." && part !== "..")
	);
}
