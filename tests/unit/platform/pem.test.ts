// PEM to DER: certificates and keys as people paste them, and everything that is none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, assert as hold, property, string } from "fast-check";
import { readCertificates, readIdentity, readPem } from "../../../modules/platform/parts/pem";
import { PortError } from "../../../modules/platform/port-error";

/** A sequence of three bytes. */
const BODY = "MAMBAgM=";
const DER = [0x30, 3, 1, 2, 3];
/** A sequence of 130 bytes, the length of which takes a byte of its own. */
const LONG_BODY = `MIGC${"AAAA".repeat(43)}AA==`.replace(/(.{64})/g, "$1\n");

function pem(label: string, body: string = BODY): string {
	return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

function refuses(read: () => unknown, words: string): void {
	assert.throws(
		read,
		(error) => error instanceof PortError && error.code === "invalid" && error.message.includes(words),
		words,
	);
}

test("several blocks are read in their order, with text around them and any line ends", () => {
	const text = `Bag Attributes\r\n${pem("CERTIFICATE").replaceAll("\n", "\r\n")}subject=CN = x\n  ${pem("PRIVATE KEY")}`;
	assert.deepEqual(
		readPem(text).map(({ label, der }) => [label, [...der]]),
		[
			["CERTIFICATE", DER],
			["PRIVATE KEY", DER],
		],
	);
});

test("a body may have many lines, and lengths of more than a byte", () => {
	const [block] = readPem(pem("CERTIFICATE", LONG_BODY));
	assert.equal(block?.der.length, 133);
	assert.deepEqual([...(block?.der.subarray(0, 4) ?? [])], [0x30, 0x81, 130, 0]);
});

test("what is damaged is refused with words", () => {
	refuses(() => readPem(`-----BEGIN CERTIFICATE-----\n${BODY}\n`), "has no end");
	refuses(() => readPem(`-----BEGIN CERTIFICATE-----\n${pem("CERTIFICATE")}`), "has no end");
	refuses(() => readPem("-----END CERTIFICATE-----"), "does not fit");
	refuses(() => readPem(pem("CERTIFICATE").replace("END CERTIFICATE", "END PRIVATE KEY")), "does not fit");
	refuses(() => readPem(pem("CERTIFICATE").replace("CERTIFICATE-----", "CERTIFICATE---")), "damaged");
	refuses(() => readPem(pem("CERTIFICATE", "MAMB!gM=")), "damaged");
	refuses(() => readPem(pem("CERTIFICATE", "")), "damaged");
	refuses(() => readPem(pem("CERTIFICATE", "MAMBAg==")), "cut off");
	refuses(() => readPem(pem("CERTIFICATE", "MQMBAgM=")), "cut off");
	refuses(() => readPem(pem("X".repeat(41))), "damaged");
});

test("what is too much is refused", () => {
	refuses(() => readPem(pem("CERTIFICATE").repeat(9)), "more than 8");
	refuses(() => readPem(" ".repeat(32 * 1024 + 1)), "longer");
	assert.equal(readPem(pem("CERTIFICATE").repeat(8)).length, 8);
});

test("a key with a password is refused with words that say so", () => {
	const old = pem("RSA PRIVATE KEY", `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${BODY}`);
	refuses(() => readPem(old), "encrypted");
	refuses(() => readIdentity(pem("CERTIFICATE"), pem("ENCRYPTED PRIVATE KEY")), "password");
});

test("an identity is all certificates and the one key", () => {
	const both = pem("CERTIFICATE").repeat(2) + pem("EC PARAMETERS") + pem("EC PRIVATE KEY");
	const identity = readIdentity(both, both);
	assert.equal(identity.certificates.length, 2);
	assert.deepEqual([...identity.privateKey], DER);
	for (const label of ["PRIVATE KEY", "RSA PRIVATE KEY"])
		assert.deepEqual([...readIdentity(pem("CERTIFICATE"), pem(label)).privateKey], DER);
	refuses(() => readIdentity(pem("CERTIFICATE"), pem("CERTIFICATE")), "BEGIN PRIVATE KEY");
	refuses(() => readIdentity(pem("PRIVATE KEY"), pem("PRIVATE KEY")), "BEGIN CERTIFICATE");
	refuses(() => readIdentity(pem("CERTIFICATE"), pem("PRIVATE KEY").repeat(2)), "more than one");
	refuses(() => readCertificates(""), "BEGIN CERTIFICATE");
});

test("no text makes anything else happen than a refusal", () => {
	const pieces = constantFrom(
		"-----BEGIN ",
		"-----END ",
		"-----",
		"CERTIFICATE",
		"PRIVATE KEY",
		"\n",
		BODY,
		"MA==",
	);
	const text = array(pieces, { maxLength: 30 }).map((parts) => parts.join(""));
	for (const arbitrary of [text, string({ maxLength: 200 })])
		hold(
			property(arbitrary, (given) => {
				try {
					for (const { der } of readPem(given)) assert.equal(der[0], 0x30);
				} catch (error) {
					assert.ok(error instanceof PortError && error.code === "invalid");
				}
			}),
			{ seed: 8, numRuns: 500 },
		);
});
