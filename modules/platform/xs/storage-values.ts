// What a Storage holds, and the limits that every host keeps.

import { PortError } from "../port-error";
import { STORAGE_KEY_LENGTH, STORAGE_VALUE_BYTES, type StorageChange } from "../storage";
import type { TextCodec } from "../text-codec";

/** Throws a {@link PortError} `invalid` for the first change that is over a limit. */
export function checkChanges(changes: readonly StorageChange[], text: TextCodec): void {
	for (const { namespace, key, value } of changes) {
		checkName("namespace", namespace);
		checkName("key", key);
		const name = `${namespace}.${key}`;
		if (typeof value === "number" && !Number.isFinite(value))
			throw new PortError("invalid", `${name} must be a finite number`);
		// The value itself may be a secret, so only its name is told.
		if (typeof value === "string" && text.encode(value).length > STORAGE_VALUE_BYTES)
			throw new PortError("invalid", `${name} is longer than ${STORAGE_VALUE_BYTES} bytes`);
	}
}

function checkName(what: "namespace" | "key", name: string): void {
	if (name.length > 0 && name.length <= STORAGE_KEY_LENGTH) return;
	throw new PortError("invalid", `a ${what} has 1 to ${STORAGE_KEY_LENGTH} characters, not "${name}"`);
}
