// How stored settings of an older version become those of the next one.

import type { Storage, StorageChange } from "../platform/storage";

/** Reads what it needs and returns the writes that make version n into version n + 1. May not fail. */
export type Migration = (storage: Pick<Storage, "get">) => StorageChange[];

/** Entry 0 leads from version 1 to 2. There is only version 1 so far. */
export const migrations: readonly Migration[] = Object.freeze([]);
