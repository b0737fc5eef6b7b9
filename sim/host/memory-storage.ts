// A Storage that forgets everything when the process ends.

import { checkChanges } from "../../modules/platform/parts/storage-values";
import type { Storage, StorageChange, StoredValue } from "../../modules/platform/storage";
import { applyChanges, type StoredValues } from "../../modules/platform/twins/stored-values";
import { createTextCodec } from "./text-codec";

export function createMemoryStorage(): Storage {
	return new MemoryStorage();
}

class MemoryStorage implements Storage {
	readonly #text = createTextCodec();
	#values: StoredValues = new Map();

	get(namespace: string, key: string): StoredValue | undefined {
		return this.#values.get(namespace)?.get(key);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		checkChanges(changes, this.#text);
		this.#values = applyChanges(this.#values, changes);
	}
}
