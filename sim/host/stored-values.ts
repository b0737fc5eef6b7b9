// What a Storage holds in memory, and the limits that every host keeps.

import { PortError } from "../../modules/platform/port-error";
import {
	STORAGE_KEY_LENGTH,
	STORAGE_VALUE_BYTES,
	type StorageChange,
	type StoredValue,
} from "../../modules/platform/storage";

/** Namespace to key to value. */
export type StoredValues = ReadonlyMap<string, ReadonlyMap<string, StoredValue>>;

/** Throws a {@link PortError} `invalid` for the first change that is over a limit. */
export function checkChanges(changes: readonly StorageChange[]): void {
	for (const { namespace, key, value } of changes) {
		checkName("namespace", namespace);
		checkName("key", key);
		if (value !== undefined) checkValue(`${namespace}.${key}`, value);
	}
}

/** The values with the changes made, in their order; `values` itself stays as it is. */
export function applyChanges(values: StoredValues, changes: readonly StorageChange[]): StoredValues {
	const next = new Map<string, Map<string, StoredValue>>();
	for (const [namespace, entries] of values) next.set(namespace, new Map(entries));
	for (const { namespace, key, value } of changes) {
		const entries = next.get(namespace) ?? new Map<string, StoredValue>();
		if (value === undefined) entries.delete(key);
		else entries.set(key, value);
		if (entries.size > 0) next.set(namespace, entries);
		else next.delete(namespace);
	}
	return next;
}

function checkName(what: "namespace" | "key", name: string): void {
	if (typeof name === "string" && name.length > 0 && name.length <= STORAGE_KEY_LENGTH) return;
	throw new PortError("invalid", `a ${what} has 1 to ${STORAGE_KEY_LENGTH} characters, not "${name}"`);
}

function checkValue(name: string, value: StoredValue): void {
	switch (typeof value) {
		case "boolean":
			return;
		case "number":
			if (Number.isFinite(value)) return;
			throw new PortError("invalid", `${name} must be a finite number`);
		case "string":
			if (Buffer.byteLength(value) <= STORAGE_VALUE_BYTES) return;
			// The value itself may be a secret, so only its name is told.
			throw new PortError("invalid", `${name} is longer than ${STORAGE_VALUE_BYTES} bytes`);
		default:
			throw new PortError("invalid", `${name} must be a text, a number or a boolean`);
	}
}
