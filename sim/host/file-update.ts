// The simulator's firmware slots, in a directory.

import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Log } from "../../modules/platform/log";
import { BootSlots, type SlotFile, type SlotFolder } from "../../modules/platform/twins/boot-slots";
import { readIfThere } from "./read-if-there";

export interface FileUpdateOptions {
	/** Made when it is needed. Holds `slot-a.bin`, `slot-b.bin` and `boot.json`. */
	directory: string;
	log: Log;
	slotBytes?: number;
}

export function createFileUpdate({ directory, log, slotBytes }: FileUpdateOptions): BootSlots {
	return new BootSlots({ folder: slotFolder(directory), log, slotBytes });
}

function slotFolder(directory: string): SlotFolder {
	const file = (name: string): string => {
		mkdirSync(directory, { recursive: true });
		return join(directory, name);
	};
	return {
		path: directory,
		readText: (name) => readIfThere(join(directory, name)),
		replaceText: (name, text) => writeFileAtomic.sync(file(name), text),
		create: (name) => createSlotFile(file(name)),
	};
}

function createSlotFile(path: string): SlotFile {
	const handle = openSync(path, "w");
	return {
		write(bytes, position) {
			for (let written = 0; written < bytes.length; )
				written += writeSync(handle, bytes, written, undefined, position + written);
		},
		flush: () => fsyncSync(handle),
		empty: () => ftruncateSync(handle),
		close: () => closeSync(handle),
	};
}
