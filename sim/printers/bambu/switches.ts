// The things that can go wrong with a virtual printer, each of them a switch.

import { NamedSwitches } from "../switchboard";

export interface PrinterSwitches {
	/** Firmware that demands signed commands: Developer Mode is off. */
	readonly secured: boolean;
	/** Answers and reports come 8 s late, as from a printer under load. */
	readonly slow: boolean;
	/** Accepts everything, says nothing. */
	readonly silent: boolean;
	/** Ends every client's connection every 3 s. */
	readonly dropping: boolean;
	/** No connection is left for us: TCP is accepted, and closed during the TLS handshake. */
	readonly slotsFull: boolean;
	/** Shows its own certificate alone, without the one that issued it. */
	readonly leafOnly: boolean;
	/** Shows a certificate with another printer's serial number. */
	readonly wrongCommonName: boolean;
	/** Shows a certificate that nobody trusted issued. */
	readonly untrustedCa: boolean;
	/** Does not tell the network of itself, as from behind another router. */
	readonly hidden: boolean;
	/** Nobody answers at its file server. */
	readonly filesOff: boolean;
	/** Its file server wants each data connection to resume the TLS session of the other one. */
	readonly filesResume: boolean;
}

export type PrinterSwitch = keyof PrinterSwitches;

const allOff: PrinterSwitches = {
	secured: false,
	slow: false,
	silent: false,
	dropping: false,
	slotsFull: false,
	leafOnly: false,
	wrongCommonName: false,
	untrustedCa: false,
	hidden: false,
	filesOff: false,
	filesResume: false,
};

export const printerSwitchNames = Object.keys(allOff) as readonly PrinterSwitch[];

export class Switchboard extends NamedSwitches<PrinterSwitches> {
	constructor() {
		super(allOff);
	}
}
