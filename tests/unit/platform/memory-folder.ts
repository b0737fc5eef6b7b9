// A folder of the simulator's in memory, with a disk that may refuse.

import type { SlotFile, SlotFolder } from "../../../modules/platform/twins/boot-slots";

type Act = "read" | "replace" | "create" | "write" | "flush" | "empty";

export class MemoryFolder implements SlotFolder {
	readonly path = "memory";
	readonly files = new Map<string, Uint8Array>();
	/** What the disk does not do. */
	readonly refused = new Set<Act>();
	openFiles = 0;

	readText(name: string): string | undefined {
		this.#check("read");
		const bytes = this.files.get(name);
		return bytes === undefined ? undefined : String.fromCharCode(...bytes);
	}

	replaceText(name: string, text: string): void {
		this.#check("replace");
		this.putText(name, text);
	}

	create(name: string): SlotFile {
		this.#check("create");
		this.files.set(name, new Uint8Array(0));
		this.openFiles += 1;
		return {
			write: (bytes, position) => {
				this.#check("write");
				const old = this.files.get(name) ?? new Uint8Array(0);
				const whole = new Uint8Array(Math.max(old.length, position + bytes.length));
				whole.set(old);
				whole.set(bytes, position);
				this.files.set(name, whole);
			},
			flush: () => this.#check("flush"),
			empty: () => {
				this.#check("empty");
				this.files.set(name, new Uint8Array(0));
			},
			close: () => {
				this.openFiles -= 1;
			},
		};
	}

	/** In ASCII, past the disk's refusals. */
	putText(name: string, text: string): void {
		this.files.set(
			name,
			Uint8Array.from(text, (character) => character.charCodeAt(0)),
		);
	}

	#check(act: Act): void {
		if (this.refused.has(act)) throw new Error(`the disk does not ${act}`);
	}
}
