// The DNS records that tell of one service (RFC 6762, RFC 6763).

import type { Answer, Question, SrvAnswer, StringAnswer, TxtAnswer } from "dns-packet";
import type { MdnsService } from "../../modules/platform/mdns";

/** Records that hold the host's name or address; the rest changes more rarely (RFC 6762, 10). */
const HOST_TTL_S = 120;
const SERVICE_TTL_S = 4500;
/** Of a name's part, in bytes. */
const MAX_LABEL_BYTES = 63;
/** Of one key and value of a TXT record. */
const MAX_TEXT_BYTES = 255;

/** The part of DNS that a record of ours can be. */
export type ServiceRecord = StringAnswer | SrvAnswer | TxtAnswer;

export function hostName({ hostname }: MdnsService): string {
	return `${label(hostname)}.local`;
}

export function serviceRecords(service: MdnsService, addresses: readonly string[]): ServiceRecord[] {
	const host = hostName(service);
	const type = `${service.type}.local`;
	const instance = `${label(service.name)}.${type}`;
	return [
		{ name: "_services._dns-sd._udp.local", type: "PTR", ttl: SERVICE_TTL_S, data: type },
		{ name: type, type: "PTR", ttl: SERVICE_TTL_S, data: instance },
		// `flush`: nobody else has these, so that what others remember of them is out of date.
		{ name: instance, type: "SRV", ttl: HOST_TTL_S, flush: true, data: { target: host, port: service.port } },
		{ name: instance, type: "TXT", ttl: SERVICE_TTL_S, flush: true, data: texts(service) },
		...addresses.map((data): StringAnswer => ({ name: host, type: "A", ttl: HOST_TTL_S, flush: true, data })),
	];
}

/** The records that answer, and those that the asker will want next. Nothing when none answers. */
export function answersTo(
	questions: readonly Question[],
	records: readonly ServiceRecord[],
): { answers: ServiceRecord[]; additionals: ServiceRecord[] } {
	const answers = records.filter((record) => questions.some((question) => asksFor(question, record)));
	const found = answers.some(({ type }) => type === "PTR" || type === "SRV");
	const additionals = found
		? records.filter((record) => record.type !== "PTR" && !answers.includes(record))
		: [];
	return { answers, additionals };
}

/** Whether the records tell of somebody else at our host name. */
export function isConflict(
	answers: readonly Answer[],
	host: string,
	ownAddresses: readonly string[],
): boolean {
	return answers.some(
		(answer): answer is StringAnswer =>
			answer.type === "A" &&
			answer.name.toLowerCase() === host.toLowerCase() &&
			answer.ttl !== 0 &&
			!ownAddresses.includes(answer.data),
	);
}

function asksFor(question: Question, record: ServiceRecord): boolean {
	// The types do not know that a question may be for ANY.
	const type: string = question.type;
	return (
		question.name.toLowerCase() === record.name.toLowerCase() && (type === "ANY" || type === record.type)
	);
}

function texts({ text }: MdnsService): Buffer[] {
	const pairs = Object.entries(text).map(([key, value]) =>
		Buffer.from(shorten(`${key}=${value}`, MAX_TEXT_BYTES)),
	);
	// A TXT record is never empty.
	return pairs.length > 0 ? pairs : [Buffer.alloc(0)];
}

/** As one part of a name: a dot would begin another one. */
function label(text: string): string {
	return shorten(text.replaceAll(".", "-"), MAX_LABEL_BYTES);
}

/** Cuts between characters. */
function shorten(text: string, maxBytes: number): string {
	let short = text;
	while (Buffer.byteLength(short) > maxBytes) short = [...short].slice(0, -1).join("");
	return short;
}
