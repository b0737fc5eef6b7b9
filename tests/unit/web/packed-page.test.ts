import assert from "node:assert/strict";
import { test } from "node:test";
import type { HttpResponse } from "../../../modules/platform/http";
import { takesGzip } from "../../../modules/web/gzip";
import { readFile, readPage } from "../../../modules/web/page-files";
import type { Call, WebParts } from "../../../modules/web/route";

/** `<p>Culm</p>` ×1, stored without compression: header, one block, checksum, length. */
const TEXT = "<p>Culm</p>";
const BYTES = [...TEXT].map((letter) => letter.charCodeAt(0));
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
const BLOCK = [1, BYTES.length, 0, 0xff - BYTES.length, 0xff, ...BYTES];
const PACKED = Uint8Array.from([...HEADER, ...BLOCK, 1, 2, 3, 4, BYTES.length, 0, 0, 0]);

function ask(accepted: string | undefined, parts: Partial<WebParts> = {}, name = "page.js"): HttpResponse {
	const headers: Record<string, string> = accepted === undefined ? {} : { "accept-encoding": accepted };
	const request = { method: "GET", path: `/${name}`, query: "", headers, body: new Uint8Array() };
	const resources = { isPacked: true, read: (file: string) => (file === "page.js" ? PACKED : undefined) };
	return readFile({ request, name, refusal: undefined, parts: { resources, ...parts } as WebParts } as Call);
}

test("a packed page goes as it is to whoever can unpack it, and says so", () => {
	const { status, headers, body } = ask("gzip, deflate");
	assert.equal(status, 200);
	assert.equal(headers?.["content-encoding"], "gzip");
	assert.equal(headers?.["content-type"], "text/javascript; charset=utf-8");
	assert.equal(body, PACKED);
});

test("for a client that cannot, a device that can unpack does so", () => {
	const inflate: WebParts["inflate"] = (compressed, maxBytes) => {
		assert.deepEqual([...compressed], BLOCK);
		assert.equal(maxBytes, BYTES.length);
		return Uint8Array.from(BYTES);
	};
	for (const accepted of [undefined, "identity", "gzip;q=0"]) {
		const { status, headers, body } = ask(accepted, { inflate });
		assert.equal(status, 200);
		assert.equal(headers?.["content-encoding"], undefined);
		assert.deepEqual(body, Uint8Array.from(BYTES));
	}
});

test("a device that cannot unpack says what to ask with", () => {
	const { status, body } = ask(undefined);
	assert.equal(status, 406);
	const { error } = JSON.parse(String(body));
	assert.equal(error.code, "not_acceptable");
	assert.match(error.message, /accept-encoding: gzip/);
});

test("what is not packed goes to everybody as it is", () => {
	const resources = { read: () => Uint8Array.from(BYTES) };
	const { status, headers, body } = ask(undefined, { resources });
	assert.equal(status, 200);
	assert.equal(headers?.["content-encoding"], undefined);
	assert.deepEqual(body, Uint8Array.from(BYTES));
});

test("what is not there is not found, packed or not", () => {
	assert.equal(ask("gzip", {}, "other.js").status, 404);
	const request = { method: "GET", path: "/", query: "", headers: {}, body: new Uint8Array() };
	const parts = { resources: { isPacked: true, read: () => undefined } } as unknown as WebParts;
	assert.equal(readPage({ request, name: "", refusal: undefined, parts }).status, 404);
});

test("who takes gzip says so by name or by a star, and may refuse it", () => {
	for (const yes of ["gzip", "GZIP", "deflate, gzip;q=0.5", "*", "br;q=1.0, *;q=0.1"])
		assert.ok(takesGzip(yes), yes);
	for (const no of [undefined, "", "identity", "gzip;q=0", "gzip; q=0.0, *", "br", "xgzip", "gzip;q=x"])
		assert.ok(!takesGzip(no), no);
});
