// A Storage that forgets everything when the process ends.

import type { Storage, StorageChange, StoredValue } from "../../modules/platform/storage";
import { applyChanges, checkChanges, type StoredValues } from "./stored-values";

export function createMemoryStorage(): Storage {
	return new MemoryStorage();
}

class MemoryStorage implements Storage {
	#values: StoredValues = new Map();

	get(namespace: string, key: string): StoredValue | undefined {
		return this.#values.get(namespace)?.get(key);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		checkChanges(changes);
		this.#values = applyChanges(this.#values, changes);
	}
}
