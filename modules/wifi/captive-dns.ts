// The name server of the device's own network: every name is us, so that a phone that looks for the internet finds
// the page. Questions in, answers out; RFC 1035 for the format.

/** Over UDP without extensions. What is longer is no question of a phone. */
const MAX_QUERY_BYTES = 512;
const HEADER_BYTES = 12;
const MAX_LABEL_BYTES = 63;
const MAX_NAME_BYTES = 255;
/** Of the question after its name: type and class. */
const TYPE_AND_CLASS_BYTES = 4;
/** Compressed name, type, class, time to live, length, IPv4 address. */
const ANSWER_BYTES = 16;

const TYPE_A = 1;
const CLASS_INTERNET = 1;
const IS_RESPONSE = 0x80;
const OPCODE = 0x78;
const AUTHORITATIVE = 0x04;
const TRUNCATED = 0x02;
const RECURSION_DESIRED = 0x01;
/** Short, since the phone is in another network soon, where the names mean something else. */
const TTL_SECONDS = 10;

/**
 * Answers a question for an IPv4 address with ours, and a question for anything else (such as an IPv6 address) with
 * "there is none". `undefined`, which is to be no answer at all, for what is no single well-formed question.
 */
export function answerQuery(query: Uint8Array, address: string): Uint8Array | undefined {
	const ours = parseIPv4(address);
	if (ours === undefined || query.length < HEADER_BYTES || query.length > MAX_QUERY_BYTES) return undefined;
	const flags = query[2] ?? 0;
	if ((flags & (IS_RESPONSE | OPCODE | TRUNCATED)) !== 0) return undefined;
	if (read16(query, 4) !== 1 || read16(query, 6) !== 0 || read16(query, 8) !== 0) return undefined;
	const end = findQuestionEnd(query);
	if (end === undefined) return undefined;

	const isAnswered =
		read16(query, end - TYPE_AND_CLASS_BYTES) === TYPE_A && read16(query, end - 2) === CLASS_INTERNET;
	const answer = new Uint8Array(end + (isAnswered ? ANSWER_BYTES : 0));
	// What may follow the question is left out: we know no extensions.
	answer.set(query.subarray(0, end));
	answer[2] = IS_RESPONSE | AUTHORITATIVE | (flags & RECURSION_DESIRED);
	answer[3] = 0;
	answer[7] = isAnswered ? 1 : 0;
	answer[10] = 0;
	answer[11] = 0;
	if (!isAnswered) return answer;
	// The name is that of the question.
	answer.set([0xc0, HEADER_BYTES, 0, TYPE_A, 0, CLASS_INTERNET, 0, 0, 0, TTL_SECONDS, 0, 4, ...ours], end);
	return answer;
}

/** Past the only question, or `undefined` when it is none. */
function findQuestionEnd(query: Uint8Array): number | undefined {
	let at = HEADER_BYTES;
	for (;;) {
		const length = query[at];
		// A longer one is a pointer, and there is nothing yet to point to.
		if (length === undefined || length > MAX_LABEL_BYTES) return undefined;
		at += 1 + length;
		if (length === 0) break;
		if (at - HEADER_BYTES > MAX_NAME_BYTES) return undefined;
	}
	const end = at + TYPE_AND_CLASS_BYTES;
	return end <= query.length ? end : undefined;
}

function read16(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function parseIPv4(address: string): number[] | undefined {
	const parts = address.split(".").map(Number);
	const isAddress =
		parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255);
	return isAddress ? parts : undefined;
}
