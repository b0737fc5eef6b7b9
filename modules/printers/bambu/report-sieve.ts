// Takes the pieces of a JSON message as they arrive and keeps only the text of wanted keys and their values.
// An H2D's report is 36 KB of text, of which a quarter is wanted: a small board cannot hold all of it.

import type { TextCodec } from "../../platform/text-codec";

/** Printers nest eight levels deep. */
const MAX_DEPTH = 32;
/** A longer key is unwanted. */
const MAX_KEY_BYTES = 128;
/** A key, its first quote and the comma before it are kept once the whole key is there. */
const HELD_BACK_BYTES = MAX_KEY_BYTES + 2;
const GROWTH_BYTES = 2_048;

// What the next byte may be: the grammar of JSON as a table, which is what a small board steps through the quickest.
const VALUE = 0;
const ITEM_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const AFTER_VALUE = 5;
const STRING = 6;
const ESCAPE = 7;
const HEX_1 = 8;
const HEX_2 = 9;
const HEX_3 = 10;
const HEX_4 = 11;
const MINUS = 12;
const ZERO = 13;
const INTEGER = 14;
const POINT = 15;
const FRACTION = 16;
const EXPONENT = 17;
const EXPONENT_SIGN = 18;
const EXPONENT_DIGITS = 19;
/** One for each letter of true, false and null that others follow. */
const FIRST_LETTER = 20;
const REFUSED = 30;
const STATES = 31;

// What has to be done, where a new state alone does not tell.
const REFUSE = 40;
const BLANK = 41;
const TEXT = 42;
const BEGIN_KEY = 43;
const END_STRING = 44;
const OPEN_OBJECT = 45;
const OPEN_ARRAY = 46;
const CLOSE_OBJECT = 47;
const CLOSE_ARRAY = 48;
const NEXT_MEMBER = 49;
const END_WORD = 50;
/** A number ends with the byte behind it, which is then read again. */
const END_NUMBER = 51;

const DIGITS = "0123456789";
const WHITE_SPACE = " \n\r\t";
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO_BYTE = 0x30;
const COLON_BYTE = 0x3a;
const BACKSLASH = 0x5c;

/** The next state or action, by state and byte. */
const steps = new Uint8Array(STATES << 8).fill(REFUSE);

function allow(states: readonly number[], characters: string, step: number): void {
	for (const state of states)
		for (const character of characters) steps[(state << 8) | character.charCodeAt(0)] = step;
}

allow([VALUE, ITEM_OR_END, KEY, KEY_OR_END, COLON, AFTER_VALUE], WHITE_SPACE, BLANK);
allow([VALUE, ITEM_OR_END], '"', STRING);
allow([VALUE, ITEM_OR_END], "{", OPEN_OBJECT);
allow([VALUE, ITEM_OR_END], "[", OPEN_ARRAY);
allow([ITEM_OR_END, AFTER_VALUE], "]", CLOSE_ARRAY);
allow([KEY_OR_END, AFTER_VALUE], "}", CLOSE_OBJECT);
allow([KEY, KEY_OR_END], '"', BEGIN_KEY);
allow([COLON], ":", VALUE);
allow([AFTER_VALUE], ",", NEXT_MEMBER);

steps.fill(TEXT, (STRING << 8) | SPACE, (STRING + 1) << 8);
allow([STRING], '"', END_STRING);
allow([STRING], "\\", ESCAPE);
allow([ESCAPE], '"\\/bfnrt', STRING);
allow([ESCAPE], "u", HEX_1);
for (const state of [HEX_1, HEX_2, HEX_3, HEX_4])
	allow([state], `${DIGITS}abcdefABCDEF`, state === HEX_4 ? STRING : state + 1);

allow([VALUE, ITEM_OR_END], "-", MINUS);
allow([VALUE, ITEM_OR_END, MINUS], "123456789", INTEGER);
allow([VALUE, ITEM_OR_END, MINUS], "0", ZERO);
allow([INTEGER], DIGITS, INTEGER);
allow([ZERO, INTEGER], ".", POINT);
allow([POINT, FRACTION], DIGITS, FRACTION);
allow([ZERO, INTEGER, FRACTION], "eE", EXPONENT);
allow([EXPONENT], "+-", EXPONENT_SIGN);
allow([EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS], DIGITS, EXPONENT_DIGITS);
allow([ZERO, INTEGER, FRACTION, EXPONENT_DIGITS], `${WHITE_SPACE},]}`, END_NUMBER);

let letterState = FIRST_LETTER;
for (const word of ["true", "false", "null"]) {
	const [first = "", ...others] = word;
	allow([VALUE, ITEM_OR_END], first, letterState);
	for (const letter of others.slice(0, -1)) allow([letterState], letter, ++letterState);
	allow([letterState++], word.slice(-1), END_WORD);
}

// What becomes of the bytes.
const SKIP = 0;
const KEEP = 1;
const COLLECT = 2;

// What is known of each level that is open.
const IS_OBJECT = 1;
/** A member of it was kept, so a comma comes before the next one. */
const HAS_KEPT = 2;
/** It has the note already. */
const HAS_NOTE = 4;

export interface ReportSieveOptions {
	text: TextCodec;
	/** Keys to keep, wherever they are. Array items have no key: they stay with their array. */
	wanted: ReadonlySet<string>;
	/** Keys of which only matters that an object has any: all of them become one `note` with the value 0. */
	noted: ReadonlySet<string>;
	/** One of `noted`, and short. */
	note: string;
	/** A message of which more is kept when the next piece comes is given up. */
	maxKeptBytes: number;
}

/** Reads one message. What `JSON.parse` would refuse is refused here, too, also in what is left out. */
export class ReportSieve {
	private readonly options: ReportSieveOptions;
	private readonly note: Uint8Array;
	private kept = new Uint8Array(0);
	private keptBytes = 0;
	#overflowed = false;
	private state = VALUE;
	private mode = KEEP;
	private readonly levels = new Uint8Array(MAX_DEPTH + 1);
	private depth = 0;
	/** Depth of the object whose unwanted member is being left out, or −1. */
	private skipDepth = -1;
	private isKey = false;
	private readonly key = new Uint8Array(MAX_KEY_BYTES);
	private keyBytes = 0;

	constructor(options: ReportSieveOptions) {
		this.options = options;
		this.note = options.text.encode(options.note);
	}

	/** More was wanted than may be kept. */
	get overflowed(): boolean {
		return this.#overflowed;
	}

	/** Takes the next piece; the bytes are not used after the call. */
	take(bytes: Uint8Array): void {
		this.reserve(bytes.length);
		if (this.#overflowed) return;
		const end = bytes.length;
		let state = this.state;
		let at = 0;
		let byte = 0;
		let step = 0;
		while (at < end) {
			byte = bytes[at++] as number;
			step = steps[(state << 8) | byte] as number;
			if (step < REFUSE) {
				if (this.mode !== SKIP) this.store(byte);
				state = step;
			} else if (step === BLANK) {
				while (bytes[at] === SPACE) at++;
			} else if (step === TEXT) {
				const start = at - 1;
				do byte = bytes[at++] as number;
				while (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH);
				if (this.mode !== SKIP) this.storeText(bytes.subarray(start, --at));
				else at--;
			} else {
				if (step === END_NUMBER) at--;
				state = this.act(step, byte);
				if (state === REFUSED) break;
			}
		}
		this.state = state;
	}

	/** The kept text, which is JSON without white space; or `undefined` when the message was not JSON. */
	finish(): string | undefined {
		// A number at the very end has nothing behind it that would end it.
		const isWhole = this.state === AFTER_VALUE || steps[(this.state << 8) | SPACE] === END_NUMBER;
		if (!isWhole || this.depth > 0 || this.#overflowed) return undefined;
		return this.options.text.decode(this.kept.subarray(0, this.keptBytes));
	}

	/**
	 * Gives back the memory. To forget the object does not suffice: XS (13.3, at least) keeps the last object of a
	 * class that has private methods, until there is another one.
	 */
	close(): void {
		this.kept = new Uint8Array(0);
		this.state = REFUSED;
	}

	private act(action: number, byte: number): number {
		switch (action) {
			case BEGIN_KEY:
				this.isKey = true;
				this.keyBytes = 0;
				if (this.mode === KEEP) this.mode = COLLECT;
				return STRING;
			case END_STRING:
				if (this.isKey) return this.endKey();
				this.store(byte);
				return this.endValue();
			case OPEN_OBJECT:
			case OPEN_ARRAY:
				this.store(byte);
				if (this.depth === MAX_DEPTH) return REFUSED;
				this.levels[++this.depth] = action === OPEN_OBJECT ? IS_OBJECT : 0;
				return action === OPEN_OBJECT ? KEY_OR_END : ITEM_OR_END;
			case CLOSE_OBJECT:
			case CLOSE_ARRAY:
				if (this.depth === 0 || this.isInObject !== (action === CLOSE_OBJECT)) return REFUSED;
				this.store(byte);
				this.depth--;
				return this.endValue();
			case NEXT_MEMBER:
				if (this.depth === 0) return REFUSED;
				if (this.isInObject) return KEY;
				this.store(byte);
				return VALUE;
			case END_WORD:
				this.store(byte);
				return this.endValue();
			case END_NUMBER:
				return this.endValue();
			default:
				return REFUSED;
		}
	}

	/** Everything of a wanted member is kept, and nothing of any other one. */
	private endKey(): number {
		this.isKey = false;
		if (this.mode === SKIP) return COLON;
		const { wanted, noted } = this.options;
		const key = this.readKey();
		const isNoted = noted.has(key);
		if (!isNoted && wanted.has(key)) {
			this.mode = KEEP;
			this.storeKey(this.key.subarray(0, this.keyBytes));
			return COLON;
		}
		if (isNoted) this.writeNote();
		this.mode = SKIP;
		this.skipDepth = this.depth;
		return COLON;
	}

	/** "" when it is too long for any that is wanted. */
	private readKey(): string {
		if (this.keyBytes > MAX_KEY_BYTES) return "";
		const key = this.options.text.decode(this.key.subarray(0, this.keyBytes));
		return key.includes("\\") ? (JSON.parse(`"${key}"`) as string) : key;
	}

	private writeNote(): void {
		if ((this.levels[this.depth] as number) & HAS_NOTE) return;
		this.mode = KEEP;
		this.storeKey(this.note);
		this.store(COLON_BYTE);
		this.store(ZERO_BYTE);
		this.levels[this.depth] = (this.levels[this.depth] as number) | HAS_NOTE;
	}

	private storeKey(key: Uint8Array): void {
		const level = this.levels[this.depth] as number;
		if (level & HAS_KEPT) this.store(COMMA);
		this.levels[this.depth] = level | HAS_KEPT;
		this.store(QUOTE);
		this.storeText(key);
		this.store(QUOTE);
	}

	private endValue(): number {
		if (this.skipDepth === this.depth) {
			this.skipDepth = -1;
			this.mode = KEEP;
		}
		return AFTER_VALUE;
	}

	private get isInObject(): boolean {
		return ((this.levels[this.depth] as number) & IS_OBJECT) !== 0;
	}

	private store(byte: number): void {
		if (this.mode === KEEP) this.kept[this.keptBytes++] = byte;
		else if (this.mode === COLLECT) this.key[this.keyBytes++] = byte;
	}

	private storeText(text: Uint8Array): void {
		if (this.mode === KEEP) {
			this.kept.set(text, this.keptBytes);
			this.keptBytes += text.length;
		} else {
			// Of a key that is too long only its length is known; bytes beyond the array's end are dropped.
			if (this.keyBytes + text.length <= MAX_KEY_BYTES) this.key.set(text, this.keyBytes);
			this.keyBytes += text.length;
		}
	}

	/** Makes room for the most that a piece can add: all of it, and what was held back before it. */
	private reserve(pieceBytes: number): void {
		const needed = this.keptBytes + HELD_BACK_BYTES + pieceBytes;
		if (needed <= this.kept.length) return;
		if (this.keptBytes > this.options.maxKeptBytes) {
			this.#overflowed = true;
			return;
		}
		const larger = new Uint8Array(needed + GROWTH_BYTES);
		larger.set(this.kept.subarray(0, this.keptBytes));
		this.kept = larger;
	}
}
