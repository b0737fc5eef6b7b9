// Storage in one JSON file: { "<namespace>": { "<key>": value } }.

import type { Log } from "../../log";
import { checkChanges } from "../../parts/storage-values";
import { PortError } from "../../port-error";
import type { Storage, StorageChange, StoredValue } from "../../storage";
import type { TextCodec } from "../../text-codec";
import { applyChanges, formatValues, parseValues, type StoredValues } from "../../twins/stored-values";
import { openFolder, readFile, replaceFile } from "./files";

export interface StorageOptions {
	text: TextCodec;
	log: Log;
	/** Of the file. */
	name?: string;
}

export function createStorage(options: StorageOptions): Storage {
	return new FileStorage(options);
}

class FileStorage implements Storage {
	private readonly text: TextCodec;
	private readonly name: string;
	private values: StoredValues = new Map();
	/** Why the file cannot be read. It is not overwritten then: it may be fine once somebody looks after it. */
	private unreadable: PortError | undefined;

	constructor({ text, log, name = "settings.json" }: StorageOptions) {
		this.text = text;
		this.name = name;
		try {
			const bytes = readFile(openFolder(), name);
			if (bytes !== undefined) this.values = this.parse(text.decode(bytes));
		} catch (cause) {
			this.unreadable = new PortError("storage", `${name} cannot be read`, { cause });
			log.error(this.unreadable.message);
		}
	}

	get(namespace: string, key: string): StoredValue | undefined {
		if (this.unreadable !== undefined) throw this.unreadable;
		return this.values.get(namespace)?.get(key);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		checkChanges(changes, this.text);
		if (this.unreadable !== undefined) throw this.unreadable;
		const values = applyChanges(this.values, changes);
		try {
			replaceFile(openFolder(), this.name, this.text.encode(formatValues(values)));
		} catch (cause) {
			throw new PortError("storage", `${this.name} cannot be written`, { cause });
		}
		// Only now, so that a failed write leaves what is in the file.
		this.values = values;
	}

	private parse(text: string): StoredValues {
		const changes = parseValues(text);
		checkChanges(changes, this.text);
		return applyChanges(new Map(), changes);
	}
}
