// DNS messages as far as a search for a host takes them: questions out, answers in (RFC 1035, RFC 6762).

/** A record, with names in lower case and without the last dot. */
export type DnsRecord =
	| { type: "A"; name: string; address: string }
	/** `host` as it is spelled, for people. */
	| { type: "SRV"; name: string; host: string; port: number }
	| { type: "TXT"; name: string; texts: readonly string[] };

export interface DnsQuestion {
	name: string;
	type: "A" | "PTR";
}

const HEADER_BYTES = 12;
const MAX_LABEL_BYTES = 63;
/** Of all its parts together. A name that points to itself would have no end. */
const MAX_NAME_BYTES = 255;
/** Of a record after its name: type, class, time to live, length. */
const RECORD_HEAD_BYTES = 10;
/** More than any device has to say. */
const MAX_RECORDS = 64;
const MAX_TEXTS = 16;
const TYPES = Object.freeze({ A: 1, PTR: 12, TXT: 16, SRV: 33 } as const);
const CLASS_INTERNET = 1;
/** Asks for an answer to ourselves alone; and, in an answer, that older ones are to be forgotten (RFC 6762, 5.4). */
const TOP_BIT = 0x8000;
const IS_RESPONSE = 0x80;
const POINTER = 0xc0;

/** Asks all of it in one message, and to be answered directly. Names are of letters, digits and signs. */
export function encodeQuestions(questions: readonly DnsQuestion[]): Uint8Array {
	const bytes: number[] = [0, 0, 0, 0, 0, questions.length, 0, 0, 0, 0, 0, 0];
	for (const { name, type } of questions) {
		for (const label of name.split(".")) {
			const kept = label.slice(0, MAX_LABEL_BYTES);
			bytes.push(kept.length);
			for (let at = 0; at < kept.length; at++) bytes.push(kept.charCodeAt(at) & 0xff);
		}
		bytes.push(0, 0, TYPES[type], (TOP_BIT | CLASS_INTERNET) >> 8, CLASS_INTERNET);
	}
	return Uint8Array.from(bytes);
}

/** The records of an answer that are of use; nothing of what is no answer, and what is whole of one that is cut off. */
export function decodeAnswers(bytes: Uint8Array): readonly DnsRecord[] {
	if (bytes.length < HEADER_BYTES || ((bytes[2] ?? 0) & IS_RESPONSE) === 0) return [];
	const reader = new Reader(bytes);
	const records: DnsRecord[] = [];
	try {
		const questions = Math.min(reader.read16At(4), MAX_RECORDS);
		for (let count = 0; count < questions; count++) {
			reader.readName();
			reader.skip(4);
		}
		const counts = reader.read16At(6) + reader.read16At(8) + reader.read16At(10);
		for (let count = 0; count < Math.min(counts, MAX_RECORDS); count++) {
			const record = reader.readRecord();
			if (record) records.push(record);
		}
	} catch (error) {
		if (!(error instanceof CutOff)) throw error;
	}
	return records;
}

class CutOff extends Error {}

class Reader {
	private readonly bytes: Uint8Array;
	private at = HEADER_BYTES;

	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
	}

	read16At(at: number): number {
		return (this.byteAt(at) << 8) | this.byteAt(at + 1);
	}

	skip(bytes: number): void {
		this.at += bytes;
	}

	readName(): string {
		const { name, end } = this.nameAt(this.at);
		this.at = end;
		return name;
	}

	readRecord(): DnsRecord | undefined {
		const name = this.readName().toLowerCase();
		const type = this.read16At(this.at);
		const isInternet = (this.read16At(this.at + 2) & ~TOP_BIT) === CLASS_INTERNET;
		const length = this.read16At(this.at + 8);
		const start = this.at + RECORD_HEAD_BYTES;
		this.at = start + length;
		if (this.at > this.bytes.length) throw new CutOff();
		return isInternet ? this.recordAt(name, type, start, length) : undefined;
	}

	private recordAt(name: string, type: number, start: number, length: number): DnsRecord | undefined {
		if (type === TYPES.A && length === 4)
			return { type: "A", name, address: this.bytes.slice(start, start + 4).join(".") };
		if (type === TYPES.SRV && length > 6)
			return { type: "SRV", name, host: this.nameAt(start + 6).name, port: this.read16At(start + 4) };
		if (type === TYPES.TXT) return { type: "TXT", name, texts: this.textsAt(start, start + length) };
		return undefined;
	}

	private textsAt(start: number, end: number): string[] {
		const texts: string[] = [];
		for (let at = start; at < end && texts.length < MAX_TEXTS; ) {
			const next = at + 1 + this.byteAt(at);
			if (next > end) break;
			texts.push(this.textAt(at + 1, next));
			at = next;
		}
		return texts;
	}

	private nameAt(start: number): { name: string; end: number } {
		const labels: string[] = [];
		let at = start;
		let end: number | undefined;
		for (let left = MAX_NAME_BYTES; left > 0; left--) {
			const length = this.byteAt(at);
			if (length === 0) return { name: labels.join("."), end: end ?? at + 1 };
			if ((length & POINTER) === POINTER) {
				end ??= at + 2;
				at = this.read16At(at) & 0x3fff;
			} else {
				if (length > MAX_LABEL_BYTES) throw new CutOff();
				labels.push(this.textAt(at + 1, at + 1 + length));
				left -= length;
				at += 1 + length;
			}
		}
		throw new CutOff();
	}

	/** Byte by byte: only names and texts of plain letters are of use. */
	private textAt(start: number, end: number): string {
		let text = "";
		for (let at = start; at < end; at++) text += String.fromCharCode(this.byteAt(at));
		return text;
	}

	private byteAt(at: number): number {
		const byte = this.bytes[at];
		if (byte === undefined) throw new CutOff();
		return byte;
	}
}
