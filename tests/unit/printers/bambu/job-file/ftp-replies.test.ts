// What a file server answers is read in whatever pieces it comes, and what is no answer is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PortError } from "../../../../../modules/platform/port-error";
import {
	extendedPassivePort,
	type FtpReply,
	FtpReplyReader,
	passivePort,
} from "../../../../../modules/printers/bambu/job-file/ftp-replies";
import { textCodec } from "../../../../fakes/text-codec";

function read(text: string, pieceBytes = Number.POSITIVE_INFINITY): FtpReply[] {
	const reader = new FtpReplyReader(textCodec);
	const bytes = textCodec.encode(text);
	const replies: FtpReply[] = [];
	for (let at = 0; at < bytes.length; at += pieceBytes)
		replies.push(...reader.take(bytes.slice(at, at + pieceBytes)));
	return replies;
}

const DIALOG =
	"220-Welcome\r\n 220 not the end\r\n220-nor this\r\n230 another number\r\n220 Ready\r\n331 Password?\n230\r\n200 Größe\r\n";
const REPLIES = [
	{ code: 220, text: "Welcome Ready" },
	{ code: 331, text: "Password?" },
	{ code: 230, text: "" },
	{ code: 200, text: "Größe" },
];

test("answers of one line and of several are read, split anywhere", () => {
	for (const pieceBytes of [1, 2, 3, 7, 1000]) assert.deepEqual(read(DIALOG, pieceBytes), REPLIES);
});

test("what has no end yet is no answer yet", () => {
	assert.deepEqual(read("220 Ready"), []);
	assert.deepEqual(read("220-Ready\r\n"), []);
});

test("what is no answer is refused", () => {
	const wrong = ["HTTP/1.1 400 Bad Request\r\n", "\r\n", "22 Ready\r\n", "620 Ready\r\n", "2200 Ready\r\n"];
	const endless = [`220 ${"x".repeat(2000)}`, `220-a\r\n${"220-b\r\n".repeat(200)}`];
	for (const text of [...wrong, ...endless])
		assert.throws(() => read(text, 100), { code: "protocol" }, text.slice(0, 20));
});

test("hostile bytes are answers or are refused, and nothing else happens", () => {
	const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });
	const likely = fc.array(
		fc.constantFrom("220", "-", " ", "\r\n", "\n", "226 x", "ÿ").map((text) => textCodec.encode(text)),
	);
	fc.assert(
		fc.property(fc.oneof(pieces, likely), (all) => {
			const reader = new FtpReplyReader(textCodec);
			try {
				for (const bytes of all) {
					for (const { code } of reader.take(bytes)) assert.ok(code >= 100 && code <= 599);
				}
			} catch (error) {
				assert.ok(error instanceof PortError && error.code === "protocol");
			}
		}),
		{ seed: 7, numRuns: 500 },
	);
});

test("the port of the second connection is read, whatever its address is", () => {
	assert.equal(passivePort("Entering Passive Mode (192,168,1,2,195,80)."), 50_000);
	assert.equal(passivePort("Entering Passive Mode 0,0,0,0,0,21"), 21);
	for (const text of ["", "(1,2,3,4,5)", "(1,2,3,4,256,1)", "(1,2,3,4,0,0)", "(a,b,c,d,e,f)"])
		assert.equal(passivePort(text), undefined, text);
	assert.equal(extendedPassivePort("Entering Extended Passive Mode (|||6446|)"), 6446);
	for (const text of ["", "(|||0|)", "(|||70000|)", "(|1|192.0.2.1|6446|)", "(|||x|)"])
		assert.equal(extendedPassivePort(text), undefined, text);
});
