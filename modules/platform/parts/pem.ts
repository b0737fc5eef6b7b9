// PEM to DER: certificates and private keys as people and printers hand them over (RFC 7468).

import { PortError } from "../port-error";
import type { TlsIdentity } from "../tls";
import { decodeBase64 } from "./base64";

export interface PemBlock {
	/** "CERTIFICATE", "RSA PRIVATE KEY" … */
	readonly label: string;
	readonly der: Uint8Array;
}

/** A chain of three and a key of 4,096 bits have 10 KB. */
const MAX_LENGTH = 32 * 1024;
const MOST_BLOCKS = 8;
const MAX_LABEL = 40;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const DASHES = "-----";
/** The DER of all that is read here is one sequence. */
const SEQUENCE = 0x30;
const KEY_LABELS: readonly string[] = Object.freeze(["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"]);

/** In their order; text around them is skipped. Throws a `PortError` `invalid` that says what is wrong. */
export function readPem(text: string): PemBlock[] {
	if (text.length > MAX_LENGTH) throw invalid(`it is longer than ${MAX_LENGTH} characters`);
	const blocks: PemBlock[] = [];
	let label: string | undefined;
	let body = "";
	for (const rawLine of text.split("\n")) {
		const line = rawLine.trim();
		if (line.startsWith(BEGIN)) {
			if (label !== undefined) throw invalid(`"${label}" has no end`);
			if (blocks.length === MOST_BLOCKS) throw invalid(`it has more than ${MOST_BLOCKS} parts`);
			label = labelOf(line, BEGIN);
			body = "";
		} else if (line.startsWith(END)) {
			if (label === undefined || labelOf(line, END) !== label)
				throw invalid("an end does not fit its beginning");
			blocks.push({ label, der: derOf(label, body) });
			label = undefined;
		} else if (label !== undefined) {
			if (line.includes(":")) throw invalid(`"${label}" is encrypted, or has headers; it is wanted without`);
			body += line;
		}
	}
	if (label !== undefined) throw invalid(`"${label}" has no end`);
	return blocks;
}

/** All certificates in it, one at least. Throws a `PortError` `invalid` that says what is wrong. */
export function readCertificates(pem: string): Uint8Array[] {
	const certificates = readPem(pem).flatMap(({ label, der }) => (label === "CERTIFICATE" ? [der] : []));
	if (certificates.length === 0) throw invalid('there is no "-----BEGIN CERTIFICATE-----" in it');
	return certificates;
}

/** Throws a `PortError` `invalid` that says what is wrong. Both may be the same text. */
export function readIdentity(certificatesPem: string, privateKeyPem: string): TlsIdentity {
	const certificates = readCertificates(certificatesPem);
	const blocks = readPem(privateKeyPem);
	if (blocks.some(({ label }) => label === "ENCRYPTED PRIVATE KEY"))
		throw invalid("the private key is encrypted; it is wanted without a password");
	const keys = blocks.filter(({ label }) => KEY_LABELS.includes(label));
	const [key] = keys;
	if (key === undefined) throw invalid('there is no "-----BEGIN PRIVATE KEY-----" in it');
	if (keys.length > 1) throw invalid("there is more than one private key in it");
	return { certificates, privateKey: key.der };
}

function labelOf(line: string, before: string): string {
	const label = line.slice(before.length, -DASHES.length);
	const isLine = line.length > before.length + DASHES.length && line.endsWith(DASHES);
	if (!isLine || label.length > MAX_LABEL || label.includes("-"))
		throw invalid("a beginning or an end is damaged");
	return label;
}

function derOf(label: string, body: string): Uint8Array {
	const der = decodeBase64(body);
	if (der === undefined || der.length === 0) throw invalid(`"${label}" is damaged`);
	if (der[0] !== SEQUENCE || sizeOf(der) !== der.length) throw invalid(`"${label}" is cut off or damaged`);
	return der;
}

/** What the outermost element says of its own size; -1 when it does not. */
function sizeOf(der: Uint8Array): number {
	const first = der[1] ?? 0x80;
	if (first < 0x80) return 2 + first;
	const count = first & 0x7f;
	if (count < 1 || count > 3 || der.length < 2 + count) return -1;
	let length = 0;
	for (const byte of der.subarray(2, 2 + count)) length = length * 256 + byte;
	return 2 + count + length;
}

function invalid(what: string): PortError {
	return new PortError("invalid", `The PEM text cannot be used: ${what}.`);
}
