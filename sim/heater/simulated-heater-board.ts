// The heater board's port on the simulated world: keeps the port's rules and leaves the rest to the simulated heater.

import type {
	HeaterBoard,
	HeaterBoardReading,
	HeaterButton,
	HeaterLed,
} from "../../modules/platform/heater-board";
import { PortError } from "./firmware-parts";

/** What the board's lines are connected to. */
export interface HeaterLines {
	setHeater(on: boolean): void;
	setFan(on: boolean): void;
	setLed(led: HeaterLed, lit: boolean): void;
	read(): HeaterBoardReading;
	isPressed(button: HeaterButton): boolean;
	/** Everything off, and the next board may be opened. */
	release(): void;
}

export const heaterButtonNames: readonly (HeaterButton & HeaterLed)[] = Object.freeze([
	"power",
	"auto",
	"on",
	"dry",
]);

type ButtonListener = (button: HeaterButton, pressed: boolean) => void;

export class SimulatedHeaterBoard implements HeaterBoard {
	readonly #lines: HeaterLines;
	readonly #listeners = new Set<ButtonListener>();
	/** Down since before the board was opened: not a press of anybody who knew what it would do. */
	readonly #downBefore: Set<HeaterButton>;
	#isOpen = true;

	constructor(lines: HeaterLines) {
		this.#lines = lines;
		this.#downBefore = new Set(heaterButtonNames.filter((button) => lines.isPressed(button)));
	}

	setHeater(on: boolean): void {
		if (this.#isOpen) this.#lines.setHeater(on);
		else if (on) throw new PortError("unsupported", "the heater board is closed");
	}

	setFan(on: boolean): void {
		if (this.#isOpen) this.#lines.setFan(on);
	}

	read(): HeaterBoardReading {
		const reading = this.#lines.read();
		// Another board may have the lines by now.
		return this.#isOpen ? reading : { ...reading, outputs: { heater: false, fan: false } };
	}

	setLed(led: HeaterLed, lit: boolean): void {
		if (this.#isOpen) this.#lines.setLed(led, lit);
	}

	onButton(listener: ButtonListener): () => void {
		// One entry a call, so that a listener given twice is told twice and ended one by one.
		const entry: ButtonListener = (button, pressed) => listener(button, pressed);
		if (this.#isOpen) this.#listeners.add(entry);
		return () => {
			this.#listeners.delete(entry);
		};
	}

	/** From the world: a button has settled in its new place. */
	buttonChanged(button: HeaterButton, pressed: boolean): void {
		if (pressed && this.#downBefore.has(button)) return;
		if (!pressed) this.#downBefore.delete(button);
		for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener(button, pressed);
	}

	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#listeners.clear();
		this.#lines.release();
	}
}
