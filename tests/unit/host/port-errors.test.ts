// Node's errors, told as PortErrors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PortError, type PortErrorCode } from "../../../modules/platform/port-error";
import { type ConnectionPhase, hungUp, toCertificateError, toPortError } from "../../../sim/host/port-errors";

function nodeError(code: string): Error {
	return Object.assign(new Error(`Node says ${code}`), { code });
}

const phases: readonly ConnectionPhase[] = ["listen", "connect", "handshake", "open"];

const always: readonly [nodeCode: string, code: PortErrorCode][] = [
	["ENOTFOUND", "host_not_found"],
	["EAI_AGAIN", "host_not_found"],
	["ECONNREFUSED", "refused"],
	["ETIMEDOUT", "unreachable"],
	["EHOSTDOWN", "unreachable"],
	["EADDRINUSE", "address_in_use"],
	["ERR_SOCKET_BAD_PORT", "invalid"],
	["CERT_HAS_EXPIRED", "untrusted"],
	["DEPTH_ZERO_SELF_SIGNED_CERT", "untrusted"],
	["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "untrusted"],
	["INVALID_CA", "untrusted"],
	["EPROTO", "protocol"],
	["ERR_SSL_WRONG_VERSION_NUMBER", "protocol"],
	["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "protocol"],
	["HPE_INVALID_CONSTANT", "protocol"],
	["EMFILE", "unreachable"],
];

const byPhase: readonly [nodeCode: string, codes: Record<ConnectionPhase, PortErrorCode>][] = [
	[
		"ECONNRESET",
		{ listen: "unreachable", connect: "refused", handshake: "handshake_closed", open: "closed_by_peer" },
	],
	[
		"EPIPE",
		{ listen: "unreachable", connect: "refused", handshake: "handshake_closed", open: "closed_by_peer" },
	],
	["EACCES", { listen: "refused", connect: "unreachable", handshake: "unreachable", open: "unreachable" }],
	[
		"EHOSTUNREACH",
		{ listen: "invalid", connect: "unreachable", handshake: "unreachable", open: "unreachable" },
	],
	[
		"ENETUNREACH",
		{ listen: "invalid", connect: "unreachable", handshake: "unreachable", open: "unreachable" },
	],
	[
		"EADDRNOTAVAIL",
		{ listen: "invalid", connect: "unreachable", handshake: "unreachable", open: "unreachable" },
	],
];

for (const [nodeCode, code] of always) {
	test(`${nodeCode} means ${code}, whenever it comes`, () => {
		for (const phase of phases) assert.equal(toPortError(nodeError(nodeCode), phase).code, code, phase);
	});
}

for (const [nodeCode, codes] of byPhase) {
	test(`${nodeCode} means what it means in its phase`, () => {
		for (const phase of phases)
			assert.equal(toPortError(nodeError(nodeCode), phase).code, codes[phase], phase);
	});
}

test("an error says whom it concerns and what to do, and keeps its cause", () => {
	const cause = nodeError("ECONNREFUSED");
	const error = toPortError(cause, "connect", "192.0.2.1:8883");
	assert.equal(error.message, "192.0.2.1:8883: the device is there, but nothing listens on that port");
	assert.equal(error.cause, cause);
});

test("a PortError stays what it is", () => {
	const error = new PortError("too_large", "too much");
	assert.equal(toPortError(error, "open", "somebody"), error);
	assert.equal(toCertificateError(error, { commonName: "", sha256: "" }), error);
});

test("of one failure for each address of a host, the first one counts", () => {
	const error = new AggregateError([nodeError("ECONNREFUSED"), nodeError("ENETUNREACH")]);
	assert.equal(toPortError(error, "connect").code, "refused");
	assert.equal(toPortError(new AggregateError([]), "connect").code, "protocol");
});

test("whatever else is thrown becomes a PortError too", () => {
	for (const thrown of [undefined, null, "text", 5, {}, new Error("without a code")]) {
		assert.equal(toPortError(thrown, "open").code, "protocol");
	}
});

test("a connection that ends without an error is told by how far it had come", () => {
	assert.equal(hungUp("handshake", "somebody").code, "handshake_closed");
	assert.equal(hungUp("open", "somebody").code, "closed_by_peer");
	assert.match(hungUp("open", "somebody").message, /^somebody: /);
});

const verdicts: readonly [nodeCode: string, words: RegExp][] = [
	["CERT_HAS_EXPIRED", /expired/],
	["CERT_NOT_YET_VALID", /not yet valid/],
	["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /issuer is unknown/],
	["SELF_SIGNED_CERT_IN_CHAIN", /issuer is unknown/],
	["CERT_SIGNATURE_FAILURE", /signature is wrong/],
	["SOMETHING_NEW", /did not pass/],
];

for (const [nodeCode, words] of verdicts) {
	test(`the verdict ${nodeCode} is told in words, with the certificate`, () => {
		const certificate = { commonName: "01P00A123456789", sha256: "ab".repeat(32) };
		const error = toCertificateError(nodeError(nodeCode), certificate);
		assert.equal(error.code, "untrusted");
		assert.match(error.message, words);
		assert.match(error.message, /01P00A123456789/);
		assert.deepEqual(error.certificate, certificate);
	});
}
