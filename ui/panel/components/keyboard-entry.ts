// What is being typed on the keyboard: the text, the layer that is shown and whether the next letter is a capital.

export type KeyboardLayer = "letters" | "digits" | "symbols" | "accents";
export type KeyboardShift = "off" | "once" | "locked";
export type KeyboardKey = "shift" | "back" | "space" | "done" | "letters" | "digits" | "symbols" | "accents";

export interface KeyboardOptions {
	text: string;
	/** In characters. */
	maxLength?: number;
	/** As a password: shown as dots until the eye is touched. */
	masked?: boolean;
	/** Names and sentences begin with a capital; passwords and addresses do not. */
	capital?: boolean;
}

/** Rows of one character a key. Together they hold every printable ASCII character and what German needs. */
const ROWS: Readonly<Record<KeyboardLayer, readonly string[]>> = Object.freeze({
	letters: Object.freeze(["qwertyuiop", "asdfghjkl", "zxcvbnm"]),
	digits: Object.freeze(["1234567890", "-/:;()€&@", ".,?!'\"_"]),
	symbols: Object.freeze(["[]{}#%^*+=", "\\|~<>$£`°", ".,?!§_&"]),
	accents: Object.freeze(["äöüéèêàâôî", "ßçñøåæïë", "ùûáíóú"]),
});

const MAX_LENGTH = 64;
const MASK = "•";

export class KeyboardEntry {
	#text: string;
	private maxLength: number;
	#masked: boolean;
	private revealed = false;
	#layer: KeyboardLayer = "letters";
	#shift: KeyboardShift;
	private capital: boolean;

	constructor(options: KeyboardOptions) {
		this.#text = options.text;
		this.maxLength = options.maxLength ?? MAX_LENGTH;
		this.#masked = options.masked ?? false;
		this.capital = options.capital ?? false;
		this.#shift = this.capital && options.text === "" ? "once" : "off";
	}

	get text(): string {
		return this.#text;
	}

	get masked(): boolean {
		return this.#masked && !this.revealed;
	}

	/** What a person sees in the field. */
	get shown(): string {
		return this.masked ? MASK.repeat(this.#text.length) : this.#text;
	}

	get layer(): KeyboardLayer {
		return this.#layer;
	}

	get shift(): KeyboardShift {
		return this.#shift;
	}

	/** What the keys of a row say now, capitals where shift is on. */
	row(index: number): string {
		const keys = ROWS[this.#layer][index] ?? "";
		return this.#shift === "off" ? keys : upperCase(keys);
	}

	/** One character of a row. */
	type(character: string): void {
		if (this.#text.length >= this.maxLength) return;
		this.#text += character;
		if (this.#shift === "once") this.#shift = "off";
	}

	press(key: KeyboardKey): void {
		switch (key) {
			case "shift":
				this.#shift = nextShift(this.#shift);
				return;
			case "back":
				this.#text = this.#text.slice(0, -1);
				if (this.#text === "" && this.capital && this.#shift === "off") this.#shift = "once";
				return;
			case "space":
				this.type(" ");
				return;
			case "done":
				return;
			default:
				this.#layer = key;
				if (key === "digits" || key === "symbols") this.#shift = "off";
		}
	}

	/** The eye. */
	reveal(): void {
		this.revealed = !this.revealed;
	}
}

function nextShift(shift: KeyboardShift): KeyboardShift {
	if (shift === "off") return "once";
	return shift === "once" ? "locked" : "off";
}

/** Of each character by itself: "ß" has no capital of one character and stays as it is. */
function upperCase(keys: string): string {
	let result = "";
	for (const key of keys) {
		const upper = key.toUpperCase();
		result += upper.length === key.length ? upper : key;
	}
	return result;
}
