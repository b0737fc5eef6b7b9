// Measures how much memory XS takes, by its heap snapshots.
//
// A snapshot begins with what the heap was made of ("CREA": sizes and counts, also those it has grown to) and holds
// the chunks ("BLOC") and slots that live. Written back with room for nothing more than these, XS has to
// collect all garbage before it grows: what it has grown to is then the peak of what it needed.

import { readFileSync, writeFileSync } from "node:fs";

/** Slots hold values and properties, chunks hold texts, buffers and code. */
export interface Heap {
	slots: number;
	chunkBytes: number;
}

/** On the ESP32. On a 64-bit host it has 32. */
const DEVICE_SLOT_BYTES = 16;

/** Upper bound of what it takes on the ESP32, where a chunk's header and rounding are smaller, too. */
export function deviceBytes({ slots, chunkBytes }: Heap): number {
	return slots * DEVICE_SLOT_BYTES + chunkBytes;
}

export function difference(a: Heap, b: Heap): Heap {
	return { slots: a.slots - b.slots, chunkBytes: a.chunkBytes - b.chunkBytes };
}

/** Offsets within CREA. */
const INITIAL_CHUNK_BYTES = 0;
const INCREMENTAL_CHUNK_BYTES = 4;
const INITIAL_SLOTS = 8;
const INCREMENTAL_SLOTS = 12;

/** By how much a tight heap grows; the results are that exact. */
const TIGHT_CHUNK_BYTES = 128;
const TIGHT_SLOTS = 16;
/** One heads the list of the heap's blocks; the engine must not run out while it reads the snapshot. */
const SPARE_SLOTS = 8;

/** What lives in the snapshot. The slots are those the engine counted: a snapshot leaves out those of hash tables. */
export function liveHeap(path: string, slots: number): Heap {
	return { slots, chunkBytes: atom(readAtoms(readFileSync(path)), "BLOC").length };
}

/** What the heap of the snapshot has grown to. */
export function reservedHeap(path: string): Heap {
	const creation = atom(readAtoms(readFileSync(path)), "CREA");
	return {
		slots: creation.readInt32LE(INITIAL_SLOTS) - 1,
		chunkBytes: creation.readInt32LE(INITIAL_CHUNK_BYTES),
	};
}

/** Takes all room out of the snapshot that goes beyond what lives. */
export function tighten(path: string, live: Heap): void {
	const snapshot = readFileSync(path);
	const creation = atom(readAtoms(snapshot), "CREA");
	creation.writeInt32LE(live.chunkBytes, INITIAL_CHUNK_BYTES);
	creation.writeInt32LE(TIGHT_CHUNK_BYTES, INCREMENTAL_CHUNK_BYTES);
	creation.writeInt32LE(live.slots + SPARE_SLOTS, INITIAL_SLOTS);
	creation.writeInt32LE(TIGHT_SLOTS, INCREMENTAL_SLOTS);
	writeFileSync(path, snapshot);
}

/** The parts of a snapshot by name, as views of it. */
function readAtoms(snapshot: Buffer): ReadonlyMap<string, Buffer> {
	const atoms = new Map<string, Buffer>();
	const headerBytes = 8;
	for (let at = headerBytes; at + headerBytes <= snapshot.length; ) {
		const sizeBytes = snapshot.readUInt32BE(at);
		if (sizeBytes < headerBytes) throw new Error("this is no snapshot");
		atoms.set(
			snapshot.toString("latin1", at + 4, at + 8),
			snapshot.subarray(at + headerBytes, at + sizeBytes),
		);
		at += sizeBytes;
	}
	return atoms;
}

function atom(atoms: ReadonlyMap<string, Buffer>, name: string): Buffer {
	const found = atoms.get(name);
	if (!found) throw new Error(`the snapshot has no ${name}`);
	return found;
}
