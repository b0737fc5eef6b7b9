// What the device says of itself and of everything it knows: the answer to `GET /api/state`.

import type { BreathState } from "./breath/breath-state";
import type { RemoteBreathState } from "./breath/remote/remote-breath-state";
import type { PrinterState, PrinterVendor } from "./printers/printer-state";
import type { HeldTag, TagError } from "./spools/filament-tag";
import type { SpoolsState } from "./spools/spools-state";
import type { UpdateStatus } from "./update/firmware-update";
import type { WifiStatus } from "./wifi/wifi-setup";

export interface DeviceState {
	device: DeviceInfo;
	/** In the order that people gave them. */
	printers: PrinterState[];
	/** Of the chamber heater, on a device that has one. */
	breath?: BreathState;
	/** Of the chamber heater on the network, on a device that has none of its own and was told of one. */
	remoteBreath?: RemoteBreathState;
	/** Of the spools in printers and of Spoolman, on a device that keeps track of them. */
	spools?: SpoolsState;
	/** The tag that was read last and is not yet given to a slot. */
	filamentTag?: HeldTag;
	/** Why the tag that was held to the reader last could not be read. */
	filamentTagError?: TagError;
	wifi: WifiStatus;
	update: UpdateStatus;
}

export interface DeviceInfo {
	name: string;
	/** Version of the firmware: "0.1.0". */
	firmware: string;
	/** Without ".local". */
	hostname: string;
	uptimeSeconds: number;
	/** Whose printers it works with; absent when it works with all of them. */
	vendors?: PrinterVendor[];
}
