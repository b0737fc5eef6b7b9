// Storage in one JSON file: { "<namespace>": { "<key>": value } }.

import type { Log } from "../../log";
import { PortError } from "../../port-error";
import type { Storage, StorageChange, StoredValue } from "../../storage";
import type { TextCodec } from "../../text-codec";
import { checkChanges } from "../storage-values";
import { openFolder, readFile, replaceFile } from "./files";

export interface StorageOptions {
	text: TextCodec;
	log: Log;
	/** Of the file. */
	name?: string;
}

type Values = Map<string, Map<string, StoredValue>>;

export function createStorage(options: StorageOptions): Storage {
	return new FileStorage(options);
}

class FileStorage implements Storage {
	readonly #text: TextCodec;
	readonly #name: string;
	#values: Values = new Map();
	/** Why the file cannot be read. It is not overwritten then: it may be fine once somebody looks after it. */
	#unreadable: PortError | undefined;

	constructor({ text, log, name = "settings.json" }: StorageOptions) {
		this.#text = text;
		this.#name = name;
		try {
			const bytes = readFile(openFolder(), name);
			if (bytes !== undefined) this.#values = this.#parse(text.decode(bytes));
		} catch (cause) {
			this.#unreadable = new PortError("storage", `${name} cannot be read`, { cause });
			log.error(this.#unreadable.message);
		}
	}

	get(namespace: string, key: string): StoredValue | undefined {
		if (this.#unreadable !== undefined) throw this.#unreadable;
		return this.#values.get(namespace)?.get(key);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		checkChanges(changes, this.#text);
		if (this.#unreadable !== undefined) throw this.#unreadable;
		const values = applied(this.#values, changes);
		try {
			replaceFile(openFolder(), this.#name, this.#text.encode(format(values)));
		} catch (cause) {
			throw new PortError("storage", `${this.#name} cannot be written`, { cause });
		}
		// Only now, so that a failed write leaves what is in the file.
		this.#values = values;
	}

	#parse(text: string): Values {
		const changes: StorageChange[] = [];
		for (const [namespace, entries] of Object.entries(record(JSON.parse(text))))
			for (const [key, value] of Object.entries(record(entries)))
				changes.push({ namespace, key, value: value as StoredValue });
		checkChanges(changes, this.#text);
		return applied(new Map(), changes);
	}
}

function record(value: unknown): Record<string, unknown> {
	if (typeof value === "object" && value !== null && !Array.isArray(value))
		return value as Record<string, unknown>;
	throw new TypeError("not an object");
}

/** The values with the changes made, in their order; `values` itself stays as it is. */
function applied(values: Values, changes: readonly StorageChange[]): Values {
	const next: Values = new Map();
	for (const [namespace, entries] of values) next.set(namespace, new Map(entries));
	for (const { namespace, key, value } of changes) {
		const entries = next.get(namespace) ?? new Map<string, StoredValue>();
		if (value === undefined) entries.delete(key);
		else entries.set(key, value);
		next.set(namespace, entries);
	}
	return next;
}

function format(values: Values): string {
	const namespaces = [...values].map(([namespace, entries]) => [namespace, Object.fromEntries(entries)]);
	return `${JSON.stringify(Object.fromEntries(namespaces), undefined, "\t")}\n`;
}
