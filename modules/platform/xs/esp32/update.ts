// The second firmware slot in flash, through the SDK's update module.

import flash from "embedded:storage/flash";
import Update from "embedded:update";
import { SlotWriter } from "../../parts/slot-writer";
import { PortError } from "../../port-error";
import type { UpdatePort } from "../../update";
import { confirmImage } from "./boot";

/** The SDK's name for the partition that is free. */
const FREE_SLOT = "nextota";

export function createUpdate(): UpdatePort {
	let slot: SlotWriter | undefined;
	const slotBytes = freeSlotBytes();
	return {
		slotBytes,
		begin(sizeBytes) {
			if (slot?.isOpen) throw new PortError("invalid", "another update is under way; cancel it first");
			slot = new SlotWriter({ sizeBytes, slotBytes, open: openSlot });
			return slot;
		},
		confirm: confirmImage,
	};
}

function freeSlotBytes(): number {
	try {
		const partition = flash.open({ path: FREE_SLOT, mode: "r" });
		const { size } = partition.status();
		partition.close();
		return size;
	} catch {
		// A partition table without a second slot.
		return 0;
	}
}

function openSlot() {
	const partition = flash.open({ path: FREE_SLOT });
	const update = Update.open({ partition });
	const close = (): void => {
		update.close();
		partition.close();
	};
	return {
		// In sequence, as the module wants it.
		write: (bytes: Uint8Array) => update.write(bytes),
		complete() {
			try {
				// Also checks the image: its header, its hash, its signature if the device wants one.
				update.complete();
			} finally {
				close();
			}
		},
		discard: close,
	};
}
