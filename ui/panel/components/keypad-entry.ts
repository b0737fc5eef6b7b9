// What is being typed on the keypad: digits, a decimal point or the dots of an address, and nothing that cannot be.

export type KeypadKind = "number" | "digits" | "address";
export type KeypadKey =
	| "0"
	| "1"
	| "2"
	| "3"
	| "4"
	| "5"
	| "6"
	| "7"
	| "8"
	| "9"
	| "."
	| "-"
	| "back"
	| "clear";

export interface KeypadOptions {
	kind: KeypadKind;
	/** What stands there first; the first digit typed replaces it. */
	text: string;
	/** Of a number: 0 = whole ones only. */
	decimals?: number;
	/** Of a number: may it be below zero? */
	negative?: boolean;
	maxLength?: number;
}

const NUMBER_LENGTH = 6;
const DIGITS_LENGTH = 16;
const ADDRESS_LENGTH = 15;

export class KeypadEntry {
	private kind: KeypadKind;
	private decimals: number;
	private negative: boolean;
	private maxLength: number;
	#text: string;
	private untouched = true;

	constructor(options: KeypadOptions) {
		this.kind = options.kind;
		this.decimals = options.decimals ?? 0;
		this.negative = options.negative ?? false;
		this.maxLength = options.maxLength ?? lengthOf(options.kind);
		this.#text = options.text;
	}

	get text(): string {
		return this.#text;
	}

	/** Undefined while it is none: empty, "-" or no number at all. */
	get number(): number | undefined {
		if (this.#text === "" || this.#text === "-" || this.#text === ".") return undefined;
		const value = Number(this.#text);
		return Number.isFinite(value) ? value : undefined;
	}

	/** Whether the key has a use now: the keypad greys the others. */
	takes(key: KeypadKey): boolean {
		switch (key) {
			case "back":
			case "clear":
				return this.#text.length > 0;
			case ".":
				return this.takesDot();
			case "-":
				return this.kind === "number" && this.negative;
			default:
				return this.takesDigit();
		}
	}

	press(key: KeypadKey): void {
		if (!this.takes(key)) return;
		if (key === "-") {
			this.#text = this.#text.startsWith("-") ? this.#text.slice(1) : `-${this.#text}`;
		} else if (key === "clear") {
			this.#text = "";
		} else if (key === "back") {
			this.#text = this.#text.slice(0, -1);
		} else {
			if (this.untouched && this.kind !== "address") this.#text = "";
			this.#text = this.append(key);
		}
		this.untouched = false;
	}

	/** A preset was touched. */
	set(text: string): void {
		this.#text = text;
		this.untouched = true;
	}

	private append(key: string): string {
		if (this.kind !== "number") return this.#text + key;
		if (this.#text === "0" && key !== ".") return key;
		if (key === "." && (this.#text === "" || this.#text === "-")) return `${this.#text}0.`;
		return this.#text + key;
	}

	private takesDot(): boolean {
		if (this.kind === "address") {
			const last = this.#text.slice(-1);
			return last !== "" && last !== "." && this.#text.split(".").length < 4;
		}
		if (this.kind === "digits" || this.decimals === 0) return false;
		return this.untouched || (!this.#text.includes(".") && this.#text.length < this.maxLength - 1);
	}

	private takesDigit(): boolean {
		if (this.untouched && this.kind !== "address") return true;
		if (this.#text.length >= this.maxLength) return false;
		const dot = this.#text.lastIndexOf(".");
		if (this.kind === "address") return this.#text.length - dot - 1 < 3;
		if (this.kind === "number" && dot >= 0) return this.#text.length - dot - 1 < this.decimals;
		return true;
	}
}

function lengthOf(kind: KeypadKind): number {
	switch (kind) {
		case "number":
			return NUMBER_LENGTH;
		case "digits":
			return DIGITS_LENGTH;
		case "address":
			return ADDRESS_LENGTH;
	}
}
