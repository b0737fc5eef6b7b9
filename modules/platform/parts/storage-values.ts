// What a Storage takes: the limits that every host keeps.

import { PortError } from "../port-error";
import { STORAGE_KEY_LENGTH, STORAGE_VALUE_BYTES, type StorageChange, type StoredValue } from "../storage";
import type { TextCodec } from "../text-codec";

/** Throws a {@link PortError} `invalid` for the first change that is over a limit. */
export function checkChanges(changes: readonly StorageChange[], text: TextCodec): void {
	for (const { namespace, key, value } of changes) {
		checkName("namespace", namespace);
		checkName("key", key);
		if (value !== undefined) checkValue(`${namespace}.${key}`, value, text);
	}
}

function checkName(what: "namespace" | "key", name: string): void {
	if (typeof name === "string" && name.length > 0 && name.length <= STORAGE_KEY_LENGTH) return;
	throw new PortError("invalid", `a ${what} has 1 to ${STORAGE_KEY_LENGTH} characters, not "${name}"`);
}

function checkValue(name: string, value: StoredValue, text: TextCodec): void {
	switch (typeof value) {
		case "boolean":
			return;
		case "number":
			if (Number.isFinite(value)) return;
			throw new PortError("invalid", `${name} must be a finite number`);
		case "string":
			if (text.encode(value).length <= STORAGE_VALUE_BYTES) return;
			// The value itself may be a secret, so only its name is told.
			throw new PortError("invalid", `${name} is longer than ${STORAGE_VALUE_BYTES} bytes`);
		default:
			throw new PortError("invalid", `${name} must be a text, a number or a boolean`);
	}
}
