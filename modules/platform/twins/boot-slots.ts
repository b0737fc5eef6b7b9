// Two firmware slots as files, and a note of which one starts: what flash and boot loader do on the device.

import type { Log } from "../log";
import { type SlotTarget, SlotWriter } from "../parts/slot-writer";
import { PortError } from "../port-error";
import type { UpdatePort } from "../update";

/** Where the simulator keeps what a device keeps in flash. */
export interface SlotFolder {
	/** For the log. */
	readonly path: string;
	/** `undefined` when there is no such file. Throws when it cannot be read. */
	readText(name: string): string | undefined;
	/** The file has either its old or its new content at any moment. Throws when the disk refuses. */
	replaceText(name: string, text: string): void;
	/** Makes the file, or empties it. Throws when the disk refuses. */
	create(name: string): SlotFile;
}

/** Each may throw. */
export interface SlotFile {
	write(bytes: Uint8Array, position: number): void;
	/** Returns when the disk has all of it. */
	flush(): void;
	/** Nothing of what was written is left. */
	empty(): void;
	close(): void;
}

export interface BootSlotsOptions {
	folder: SlotFolder;
	log: Log;
	slotBytes?: number | undefined;
}

export type SlotName = "a" | "b";

/** What starts next. An image that was not confirmed when it last started is given up. */
interface Boot {
	slot: SlotName;
	state: "new" | "started" | "confirmed";
}

/** That of the device with 4 MB of flash. */
const SLOT_BYTES = 0x1e0000;
const BOOT_FILE = "boot.json";
const FIRST_BOOT: Boot = Object.freeze({ slot: "a", state: "confirmed" });

export class BootSlots implements UpdatePort {
	readonly slotBytes: number;
	/** Whose image runs now. */
	readonly running: SlotName;
	private readonly folder: SlotFolder;
	private boot: Boot;
	private open: SlotWriter | undefined;

	/** Each one made is a start of the device: it may give up an image that never was confirmed. */
	constructor({ folder, log, slotBytes = SLOT_BYTES }: BootSlotsOptions) {
		this.folder = folder;
		this.slotBytes = slotBytes;
		this.boot = readBoot(folder, log);
		if (this.boot.state === "started") {
			log.warn(`the image in slot ${this.boot.slot} never worked; the one before it starts again`);
			this.writeBoot({ slot: other(this.boot.slot), state: "confirmed" });
		} else if (this.boot.state === "new") {
			this.writeBoot({ ...this.boot, state: "started" });
		}
		this.running = this.boot.slot;
	}

	/** The slot whose image starts next. */
	get next(): SlotName {
		return this.boot.slot;
	}

	begin(sizeBytes: number): SlotWriter {
		if (this.open?.isOpen) throw new PortError("invalid", "another update is under way; cancel it first");
		if (this.boot.slot === this.running && this.boot.state !== "confirmed") {
			// The other slot holds the image to go back to.
			throw new PortError("invalid", "the running image is not confirmed yet");
		}
		this.open = new SlotWriter({
			sizeBytes,
			slotBytes: this.slotBytes,
			open: () => this.openSlot(other(this.running)),
		});
		return this.open;
	}

	confirm(): void {
		if (this.next === this.running) this.writeBoot({ slot: this.running, state: "confirmed" });
	}

	private openSlot(name: SlotName): SlotTarget {
		// The slot may hold an image that was to start next: from now on there is none.
		if (this.next === name) this.writeBoot({ slot: this.running, state: "confirmed" });
		const file = guard(() => this.folder.create(slotFile(name)));
		const finish = (action: () => void): void =>
			guard(() => {
				try {
					action();
				} finally {
					file.close();
				}
			});
		return {
			write: (bytes, position) => guard(() => file.write(bytes, position)),
			complete: () => {
				finish(() => file.flush());
				this.writeBoot({ slot: name, state: "new" });
			},
			// Nothing of half an image is left to be taken for one.
			discard: () => finish(() => file.empty()),
		};
	}

	private writeBoot(boot: Boot): void {
		if (boot.slot === this.boot.slot && boot.state === this.boot.state) return;
		guard(() => this.folder.replaceText(BOOT_FILE, `${JSON.stringify(boot)}\n`));
		this.boot = boot;
	}
}

function slotFile(name: SlotName): string {
	return `slot-${name}.bin`;
}

function readBoot(folder: SlotFolder, log: Log): Boot {
	try {
		const text = folder.readText(BOOT_FILE);
		if (text === undefined) return FIRST_BOOT;
		const { slot, state } = JSON.parse(text) as Partial<Boot>;
		const isKnown = state === "new" || state === "started" || state === "confirmed";
		if ((slot === "a" || slot === "b") && isKnown) return { slot, state };
	} catch {
		// As for a file of another form.
	}
	log.warn(`${folder.path}/${BOOT_FILE} cannot be read; the image in slot a starts`);
	return FIRST_BOOT;
}

function other(slot: SlotName): SlotName {
	return slot === "a" ? "b" : "a";
}

/** What the disk refuses is told as `storage`. */
function guard<Result>(action: () => Result): Result {
	try {
		return action();
	} catch (cause) {
		throw new PortError("storage", "the update cannot be written; check the disk and its permissions", {
			cause,
		});
	}
}
