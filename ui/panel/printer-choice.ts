// Which printer the panel shows. The firmware keeps a connection to it for as long as it is shown.

import type { DeviceState, PanelPrinters } from "./device";

export class PrinterChoice {
	private printers: PanelPrinters;
	private onChange: () => void;
	private onSwitched: () => void;
	private onGone: () => void;
	#id = "";
	private release: (() => void) | undefined;

	/**
	 * `onSwitched`: another printer is shown in place of one; what was asked of a person was about that one. `onGone`: and
	 * nobody at the panel has asked for it.
	 */
	constructor(options: {
		printers: PanelPrinters;
		onChange(): void;
		onSwitched(): void;
		onGone?(): void;
	}) {
		this.printers = options.printers;
		this.onChange = options.onChange;
		this.onSwitched = options.onSwitched;
		this.onGone = options.onGone ?? (() => {});
	}

	/** "" while there is none. */
	get id(): string {
		return this.#id;
	}

	choose(id: string): void {
		if (id === this.#id) return;
		this.attend(id);
		this.onChange();
	}

	/** The chosen one of those that there are; when it is gone, the first takes its place. */
	among(printers: DeviceState["printers"]): DeviceState["printers"][number] | undefined {
		const chosen = printers.find((printer) => printer.id === this.#id) ?? printers[0];
		if ((chosen?.id ?? "") !== this.#id) {
			const isGone = this.#id !== "";
			this.attend(chosen?.id ?? "");
			if (isGone) this.onGone();
		}
		return chosen;
	}

	close(): void {
		this.release?.();
		this.release = undefined;
	}

	private attend(id: string): void {
		const isSwitch = this.#id !== "";
		this.close();
		this.#id = id;
		if (id !== "") this.release = this.printers.attend(id);
		if (isSwitch) this.onSwitched();
	}
}
