// One update on its way into a slot: counts the bytes, and lets the slot be completed only when all are there.

import { PortError } from "../port-error";
import type { UpdateSlot } from "../update";

/** Where the bytes go. Each may throw. */
export interface SlotTarget {
	write(bytes: Uint8Array, position: number): void;
	/** Makes the image the one that starts next. */
	complete(): void;
	discard(): void;
}

export interface SlotWriterOptions {
	sizeBytes: number;
	/** What fits. */
	slotBytes: number;
	/** Called when the size is right. */
	open(): SlotTarget;
}

export class SlotWriter implements UpdateSlot {
	private readonly sizeBytes: number;
	private target: SlotTarget | undefined;
	private writtenBytes = 0;

	constructor({ sizeBytes, slotBytes, open }: SlotWriterOptions) {
		if (!Number.isInteger(sizeBytes) || sizeBytes <= 0)
			throw new PortError("invalid", `an image of ${sizeBytes} bytes is none`);
		if (sizeBytes > slotBytes)
			throw new PortError("too_large", `the image has ${sizeBytes} bytes, but only ${slotBytes} fit`);
		this.sizeBytes = sizeBytes;
		this.target = guard(open);
	}

	get isOpen(): boolean {
		return this.target !== undefined;
	}

	write(bytes: Uint8Array): void {
		const target = this.openTarget();
		if (this.writtenBytes + bytes.length > this.sizeBytes)
			throw new PortError("too_large", `the image is longer than the ${this.sizeBytes} bytes it began with`);
		if (bytes.length === 0) return;
		guard(() => target.write(bytes, this.writtenBytes));
		this.writtenBytes += bytes.length;
	}

	complete(): void {
		const target = this.openTarget();
		const missing = this.sizeBytes - this.writtenBytes;
		if (missing > 0) throw new PortError("invalid", `${missing} bytes of the image are missing`);
		this.target = undefined;
		guard(() => target.complete());
	}

	cancel(): void {
		const target = this.target;
		this.target = undefined;
		if (target !== undefined) guard(() => target.discard());
	}

	private openTarget(): SlotTarget {
		if (this.target === undefined) throw new PortError("invalid", "this update is over");
		return this.target;
	}
}

/** What flash refuses is told as `storage`. */
function guard<Result>(action: () => Result): Result {
	try {
		return action();
	} catch (cause) {
		if (cause instanceof PortError) throw cause;
		throw new PortError("storage", "the update cannot be written", { cause });
	}
}
