// The things that can go wrong with a virtual printer, each of them a switch.

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

export type SwitchListener = (name: PrinterSwitch, on: boolean) => void;

export class Switchboard {
	#values: PrinterSwitches = allOff;
	readonly #listeners = new Set<SwitchListener>();

	get values(): PrinterSwitches {
		return this.#values;
	}

	/** Listeners are called before it returns, and only when the switch really changes. */
	set(name: PrinterSwitch, on: boolean): void {
		if (this.#values[name] === on) return;
		this.#values = { ...this.#values, [name]: on };
		for (const listener of [...this.#listeners]) listener(name, on);
	}

	/** Calls back at each change; the returned function ends that. */
	onChange(listener: SwitchListener): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}
}
