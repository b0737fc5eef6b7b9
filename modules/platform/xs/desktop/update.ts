// Two firmware slots as files, and a note of which one starts: what flash and boot loader do on the device.

import type { Directory, File } from "embedded:storage/files";
import type { Log } from "../../log";
import { PortError } from "../../port-error";
import type { TextCodec } from "../../text-codec";
import type { UpdatePort } from "../../update";
import { SlotWriter } from "../slot-writer";
import { openFolder, readFile, replaceFile } from "./files";

export interface UpdateOptions {
	log: Log;
	text: TextCodec;
	slotBytes?: number;
}

type SlotName = "a" | "b";

/** What starts next. An image that was not confirmed when it last started is given up. */
interface Boot {
	slot: SlotName;
	state: "new" | "started" | "confirmed";
}

/** That of the device with 4 MB of flash. */
const SLOT_BYTES = 0x1e0000;
const BOOT_FILE = "boot.json";
const FIRST_BOOT: Boot = Object.freeze({ slot: "a", state: "confirmed" });

/** Each call is a start of the device: it may give up an image that never was confirmed. */
export function createUpdate(options: UpdateOptions): FileUpdate {
	return new FileUpdate(options);
}

export class FileUpdate implements UpdatePort {
	readonly slotBytes: number;
	/** Whose image runs now. */
	readonly running: SlotName;
	readonly #text: TextCodec;
	#boot: Boot;
	#open: SlotWriter | undefined;

	constructor({ log, text, slotBytes = SLOT_BYTES }: UpdateOptions) {
		this.slotBytes = slotBytes;
		this.#text = text;
		this.#boot = this.#readBoot(log);
		if (this.#boot.state === "started") {
			log.warn(`the image in slot ${this.#boot.slot} never worked; the one before it starts again`);
			this.#writeBoot({ slot: other(this.#boot.slot), state: "confirmed" });
		} else if (this.#boot.state === "new") {
			this.#writeBoot({ ...this.#boot, state: "started" });
		}
		this.running = this.#boot.slot;
	}

	begin(sizeBytes: number): SlotWriter {
		if (this.#open?.isOpen) throw new PortError("invalid", "another update is under way; cancel it first");
		if (this.#boot.slot === this.running && this.#boot.state !== "confirmed") {
			// The other slot holds the image to go back to.
			throw new PortError("invalid", "the running image is not confirmed yet");
		}
		const name = other(this.running);
		this.#open = new SlotWriter({
			sizeBytes,
			slotBytes: this.slotBytes,
			open: () => {
				// The slot may hold an image that was to start next: from now on there is none.
				if (this.#boot.slot === name) this.#writeBoot({ slot: this.running, state: "confirmed" });
				return openSlot(openFolder(), name, () => this.#writeBoot({ slot: name, state: "new" }));
			},
		});
		return this.#open;
	}

	confirm(): void {
		if (this.#boot.slot === this.running) this.#writeBoot({ slot: this.running, state: "confirmed" });
	}

	/** What is in the slot that does not run. */
	readSlot(name: SlotName): Uint8Array | undefined {
		return readFile(openFolder(), slotFile(name));
	}

	#readBoot(log: Log): Boot {
		try {
			const bytes = readFile(openFolder(), BOOT_FILE);
			if (bytes === undefined) return FIRST_BOOT;
			const { slot, state } = JSON.parse(this.#text.decode(bytes)) as Partial<Boot>;
			const isKnown = state === "new" || state === "started" || state === "confirmed";
			if ((slot === "a" || slot === "b") && isKnown) return { slot, state };
		} catch {
			// As for a file of another form.
		}
		log.warn(`${BOOT_FILE} cannot be read; the image in slot a starts`);
		return FIRST_BOOT;
	}

	#writeBoot(boot: Boot): void {
		try {
			replaceFile(openFolder(), BOOT_FILE, this.#text.encode(`${JSON.stringify(boot)}\n`));
		} catch (cause) {
			throw new PortError("storage", "the update cannot be written; check the disk", { cause });
		}
		this.#boot = boot;
	}
}

function openSlot(folder: Directory, name: SlotName, onComplete: () => void) {
	const file: File = folder.openFile({ path: slotFile(name), mode: "w" });
	return {
		write: (bytes: Uint8Array, position: number) => file.write(bytes, position),
		complete() {
			file.flush();
			file.close();
			onComplete();
		},
		discard() {
			// Nothing of half an image is left to be taken for one.
			file.setSize(0);
			file.close();
		},
	};
}

function slotFile(name: SlotName): string {
	return `slot-${name}.bin`;
}

function other(slot: SlotName): SlotName {
	return slot === "a" ? "b" : "a";
}
