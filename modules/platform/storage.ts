// Small values that survive a restart: NVS on the device, one JSON file in the simulator.

export type StoredValue = string | number | boolean;

/** `value: undefined` deletes the key. */
export interface StorageChange {
	namespace: string;
	key: string;
	value: StoredValue | undefined;
}

/** Longest namespace or key, in characters: a limit of ESP32's NVS that every host keeps. */
export const STORAGE_KEY_LENGTH = 15;
/** Longest string value in UTF-8 bytes: a limit of ESP32's NVS that every host keeps. */
export const STORAGE_VALUE_BYTES = 4000;

export interface Storage {
	/**
	 * The stored value, or `undefined` when there is none.
	 * Throws a {@link PortError} `storage` when the key is there and cannot be read.
	 */
	get(namespace: string, key: string): StoredValue | undefined;
	/**
	 * Writes all changes; each key has either its old or its new value at any moment, also after a power cut.
	 * Rejects with `invalid` for a key or value over the limits (nothing is written then)
	 * and with `storage` when the medium refuses.
	 */
	write(changes: readonly StorageChange[]): Promise<void>;
}
