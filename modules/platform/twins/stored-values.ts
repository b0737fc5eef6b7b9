// What a simulator's Storage holds, and how a file holds it: { "<namespace>": { "<key>": value } }.

import type { StorageChange, StoredValue } from "../storage";

/** Namespace to key to value. */
export type StoredValues = ReadonlyMap<string, ReadonlyMap<string, StoredValue>>;

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

/** For a person to read. */
export function formatValues(values: StoredValues): string {
	const namespaces = [...values].map(([namespace, entries]) => [namespace, Object.fromEntries(entries)]);
	return `${JSON.stringify(Object.fromEntries(namespaces), undefined, "\t")}\n`;
}

/** The changes that make the file's values of none. They are unchecked. Throws for a text that is not the file's format. */
export function parseValues(text: string): StorageChange[] {
	return Object.entries(record(JSON.parse(text))).flatMap(([namespace, entries]) =>
		Object.entries(record(entries)).map(([key, value]) => ({
			namespace,
			key,
			value: value as StoredValue,
		})),
	);
}

function record(value: unknown): Record<string, unknown> {
	if (typeof value === "object" && value !== null && !Array.isArray(value))
		return value as Record<string, unknown>;
	throw new TypeError("not an object");
}
