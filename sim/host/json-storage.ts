// A Storage in one JSON file: { "<namespace>": { "<key>": value } }.

import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Log } from "../../modules/platform/log";
import { checkChanges } from "../../modules/platform/parts/storage-values";
import { PortError } from "../../modules/platform/port-error";
import type { Storage, StorageChange, StoredValue } from "../../modules/platform/storage";
import {
	applyChanges,
	formatValues,
	parseValues,
	type StoredValues,
} from "../../modules/platform/twins/stored-values";
import { readIfThere } from "./read-if-there";
import { createTextCodec } from "./text-codec";

export interface JsonStorageOptions {
	/** Made when it is not there. */
	directory: string;
	log: Log;
}

/** Readable by its owner only: it holds access codes. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

export function createJsonStorage(options: JsonStorageOptions): Storage {
	return new JsonStorage(options);
}

class JsonStorage implements Storage {
	readonly #text = createTextCodec();
	readonly #directory: string;
	readonly #file: string;
	#values: StoredValues = new Map();
	/** Places in the file that hold no value of ours, until they are written again. */
	readonly #damaged = new Set<string>();
	/** Why the file cannot be read. It is not overwritten then: it may be fine once somebody looks after it. */
	#unreadable: PortError | undefined;
	/** The end of the last write that was asked for. Never rejects. */
	#lastWrite: Promise<unknown> = Promise.resolve();

	constructor({ directory, log }: JsonStorageOptions) {
		this.#directory = directory;
		this.#file = join(directory, "settings.json");
		try {
			const text = readIfThere(this.#file);
			if (text !== undefined) this.#take(text, log);
		} catch (cause) {
			this.#unreadable = new PortError("storage", `${this.#file} cannot be read; check its permissions`, {
				cause,
			});
			log.error(this.#unreadable.message);
		}
	}

	get(namespace: string, key: string): StoredValue | undefined {
		if (this.#unreadable !== undefined) throw this.#unreadable;
		if (this.#damaged.has(place({ namespace, key })))
			throw new PortError("storage", `${namespace}.${key} in ${this.#file} is no value that was stored`);
		return this.#values.get(namespace)?.get(key);
	}

	async write(changes: readonly StorageChange[]): Promise<void> {
		checkChanges(changes, this.#text);
		// The caller may reuse its array while the write waits for its turn.
		const copies = changes.map((change) => ({ ...change }));
		const write = this.#lastWrite.then(() => this.#writeNow(copies));
		this.#lastWrite = write.catch(() => undefined);
		return write;
	}

	async #writeNow(changes: readonly StorageChange[]): Promise<void> {
		if (this.#unreadable !== undefined) throw this.#unreadable;
		const values = applyChanges(this.#values, changes);
		try {
			mkdirSync(this.#directory, { recursive: true, mode: DIRECTORY_MODE });
			await writeFileAtomic(this.#file, formatValues(values), { mode: FILE_MODE });
		} catch (cause) {
			throw new PortError("storage", `${this.#file} cannot be written; check the disk and its permissions`, {
				cause,
			});
		}
		// Only now, so that a failed write leaves what is on disk.
		this.#values = values;
		for (const change of changes) this.#damaged.delete(place(change));
	}

	/** A file that is not of our format at all is put aside; in one that is, each value counts by itself. */
	#take(text: string, log: Log): void {
		const entries = parse(text);
		if (entries === undefined) {
			setAside(this.#file, log);
			return;
		}
		for (const entry of entries) {
			try {
				checkChanges([entry], this.#text);
				this.#values = applyChanges(this.#values, [entry]);
			} catch {
				this.#damaged.add(place(entry));
			}
		}
	}
}

/** Unambiguous, whatever the names hold. */
function place({ namespace, key }: { namespace: string; key: string }): string {
	return JSON.stringify([namespace, key]);
}

/** What the file holds, unchecked; `undefined` for a text that is not the file's format. */
function parse(text: string): StorageChange[] | undefined {
	try {
		return parseValues(text);
	} catch {
		return undefined;
	}
}

/** Moves a file that is no use out of the way, where a person can look at it. */
function setAside(file: string, log: Log): void {
	let number = 1;
	while (existsSync(`${file}.corrupt-${number}`)) number += 1;
	const aside = `${file}.corrupt-${number}`;
	renameSync(file, aside);
	log.error(`${file} is damaged. It was moved to ${aside}, and all settings start from their defaults`);
}
