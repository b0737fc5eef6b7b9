// Two firmware slots as files, and a note of which one starts: what flash and boot loader do on the device.

import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Log } from "../../modules/platform/log";
import { PortError } from "../../modules/platform/port-error";
import type { UpdatePort, UpdateSlot } from "../../modules/platform/update";

export interface FileUpdateOptions {
	/** Made when it is needed. Holds `slot-a.bin`, `slot-b.bin` and `boot.json`. */
	directory: string;
	log: Log;
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

/** Each call is a start of the device: it may give up an image that never was confirmed. */
export function createFileUpdate(options: FileUpdateOptions): FileUpdate {
	return new FileUpdate(options);
}

export class FileUpdate implements UpdatePort {
	readonly slotBytes: number;
	/** Whose image runs now. */
	readonly running: SlotName;
	readonly #directory: string;
	#boot: Boot;
	#open: FileSlot | undefined;

	constructor({ directory, log, slotBytes = SLOT_BYTES }: FileUpdateOptions) {
		this.#directory = directory;
		this.slotBytes = slotBytes;
		this.#boot = readBoot(directory, log);
		if (this.#boot.state === "started") {
			log.warn(`the image in slot ${this.#boot.slot} never worked; the one before it starts again`);
			this.#writeBoot({ slot: other(this.#boot.slot), state: "confirmed" });
		} else if (this.#boot.state === "new") {
			this.#writeBoot({ ...this.#boot, state: "started" });
		}
		this.running = this.#boot.slot;
	}

	/** The slot whose image starts next. */
	get next(): SlotName {
		return this.#boot.slot;
	}

	begin(sizeBytes: number): UpdateSlot {
		if (this.#open !== undefined)
			throw new PortError("invalid", "another update is under way; cancel it first");
		if (this.#boot.slot === this.running && this.#boot.state !== "confirmed") {
			// The other slot holds the image to go back to.
			throw new PortError("invalid", "the running image is not confirmed yet");
		}
		if (!Number.isInteger(sizeBytes) || sizeBytes <= 0) {
			throw new PortError("invalid", `an image of ${sizeBytes} bytes is none`);
		}
		if (sizeBytes > this.slotBytes) {
			throw new PortError("too_large", `the image has ${sizeBytes} bytes, but only ${this.slotBytes} fit`);
		}
		const name = other(this.running);
		// The slot may hold an image that was to start next: from now on there is none.
		if (this.next === name) this.#writeBoot({ slot: this.running, state: "confirmed" });
		const slot = new FileSlot({
			file: this.#file(`slot-${name}.bin`),
			sizeBytes,
			onComplete: () => this.#writeBoot({ slot: name, state: "new" }),
			onClosed: () => {
				this.#open = undefined;
			},
		});
		this.#open = slot;
		return slot;
	}

	confirm(): void {
		if (this.next === this.running) this.#writeBoot({ slot: this.running, state: "confirmed" });
	}

	#file(name: string): string {
		mkdirSync(this.#directory, { recursive: true });
		return join(this.#directory, name);
	}

	#writeBoot(boot: Boot): void {
		if (boot.slot === this.#boot.slot && boot.state === this.#boot.state) return;
		guard(() => writeFileAtomic.sync(this.#file("boot.json"), `${JSON.stringify(boot)}\n`));
		this.#boot = boot;
	}
}

interface FileSlotOptions {
	file: string;
	sizeBytes: number;
	onComplete(): void;
	/** Complete or cancelled. */
	onClosed(): void;
}

class FileSlot implements UpdateSlot {
	readonly #options: FileSlotOptions;
	#handle: number | undefined;
	#writtenBytes = 0;

	constructor(options: FileSlotOptions) {
		this.#options = options;
		this.#handle = guard(() => openSync(options.file, "w"));
	}

	write(bytes: Uint8Array): void {
		const handle = this.#openHandle();
		const { sizeBytes } = this.#options;
		if (this.#writtenBytes + bytes.length > sizeBytes) {
			throw new PortError("too_large", `the image is longer than the ${sizeBytes} bytes it began with`);
		}
		for (let position = 0; position < bytes.length; ) {
			position += guard(() => writeSync(handle, bytes, position));
		}
		this.#writtenBytes += bytes.length;
	}

	complete(): void {
		const handle = this.#openHandle();
		const missing = this.#options.sizeBytes - this.#writtenBytes;
		if (missing > 0) throw new PortError("invalid", `${missing} bytes of the image are missing`);
		guard(() => fsyncSync(handle));
		this.#options.onComplete();
		this.#close(handle);
	}

	cancel(): void {
		if (this.#handle === undefined) return;
		const handle = this.#handle;
		// Nothing of half an image is left to be taken for one.
		guard(() => ftruncateSync(handle));
		this.#close(handle);
	}

	#openHandle(): number {
		if (this.#handle === undefined) throw new PortError("invalid", "this update is over");
		return this.#handle;
	}

	#close(handle: number): void {
		this.#handle = undefined;
		this.#options.onClosed();
		closeSync(handle);
	}
}

function readBoot(directory: string, log: Log): Boot {
	const first: Boot = { slot: "a", state: "confirmed" };
	const file = join(directory, "boot.json");
	try {
		const { slot, state } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
		if ((slot === "a" || slot === "b") && (state === "new" || state === "started" || state === "confirmed")) {
			return { slot, state };
		}
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return first;
	}
	log.warn(`${file} cannot be read; the image in slot a starts`);
	return first;
}

function other(slot: SlotName): SlotName {
	return slot === "a" ? "b" : "a";
}

/** What flash refuses is told as `storage`. */
function guard<Result>(action: () => Result): Result {
	try {
		return action();
	} catch (cause) {
		throw new PortError("storage", "the update cannot be written; check the disk and its permissions", {
			cause,
		});
	}
}
