// What the device says of itself and of everything it knows: the answer to `GET /api/state`.

import type { PrinterState } from "./printers/printer-state";

export interface DeviceState {
	device: DeviceInfo;
	/** In the order of their slots in the settings. */
	printers: PrinterState[];
}

export interface DeviceInfo {
	name: string;
	/** Version of the firmware: "0.1.0". */
	firmware: string;
	/** Without ".local". */
	hostname: string;
	uptimeSeconds: number;
}
