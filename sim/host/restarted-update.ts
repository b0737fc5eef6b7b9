// The firmware slots of a simulator whose firmware restarts in the same process: each restart is a start of the device.

import type { UpdatePort } from "../../modules/platform/update";

export interface RestartedUpdate extends UpdatePort {
	/** Does what the boot loader does at each start. */
	restart(): void;
}

/** `start`: chooses the slot that runs from now on. */
export function createRestartedUpdate(start: () => UpdatePort): RestartedUpdate {
	let slots = start();
	return {
		get slotBytes() {
			return slots.slotBytes;
		},
		begin: (sizeBytes) => slots.begin(sizeBytes),
		confirm: () => slots.confirm(),
		restart() {
			slots = start();
		},
	};
}
