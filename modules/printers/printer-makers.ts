// Whose printers there are, how they are reached, and on which port, for those who set printers up.

import type { PrinterVendor } from "./printer-state";

/** Of an Anycubic printer: its own LAN mode, or a broker that it is a client of. Others have the first one only. */
export type PrinterWay = "lan" | "broker";

const BAMBU_PORT = 8883;
/** Where a printer in LAN mode is asked to let us in. */
export const ANYCUBIC_LAN_PORT = 18_910;

export function usualPort(vendor: PrinterVendor): number {
	return vendor === "anycubic" ? ANYCUBIC_LAN_PORT : BAMBU_PORT;
}
