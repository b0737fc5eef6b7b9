import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isSpoolmanUrl, parseSpoolmanUrl } from "../../../../modules/spools/spoolman/spoolman-url";

function urlOf(text: string): string {
	const parsed = parseSpoolmanUrl(text);
	assert.ok(parsed.ok, `${text}: ${parsed.ok ? "" : parsed.message}`);
	return parsed.url;
}

function messageOf(text: string): string {
	const parsed = parseSpoolmanUrl(text);
	assert.ok(!parsed.ok, text);
	return parsed.message;
}

test("an address is taken as it is pasted", () => {
	const api = "http://192.168.1.5:7912/api/v1";
	for (const text of [
		"http://192.168.1.5:7912",
		"http://192.168.1.5:7912/",
		"  http://192.168.1.5:7912/api/v1\n",
		"http://192.168.1.5:7912/api/v1/",
		"http://192.168.1.5:7912//api/v1//",
		"HTTP://192.168.1.5:7912/API/v1",
		"192.168.1.5:7912",
		"192.168.1.5:7912/api/v1/",
		"192.168.1.5:07912",
	])
		assert.equal(urlOf(text), api, text);
});

test("an address keeps its base path, with the API behind it", () => {
	assert.equal(urlOf("http://nas.lan/spoolman"), "http://nas.lan/spoolman/api/v1");
	assert.equal(urlOf("http://nas.lan/spoolman/api/v1/"), "http://nas.lan/spoolman/api/v1");
	assert.equal(urlOf("spoolman"), "http://spoolman/api/v1");
	assert.equal(urlOf("spool_man.local:8000/a/b/"), "http://spool_man.local:8000/a/b/api/v1");
});

test("https is refused with the reason", () => {
	assert.match(messageOf("https://spoolman.lan"), /http .*not https/);
});

test("a user name or password in the address is refused, points to the API key, and is not repeated", () => {
	const message = messageOf("http://ada:hunter2@192.168.1.5:7912");
	assert.match(message, /API key/);
	assert.doesNotMatch(message, /hunter2/);
	assert.match(messageOf("ada:hunter2@192.168.1.5"), /API key/);
});

test("what is no address is refused with what is wrong", () => {
	assert.match(messageOf(""), /Enter/);
	assert.match(messageOf("http://h/?a=1"), /"\?"/);
	assert.match(messageOf("http://h#spools"), /"#"/);
	assert.match(messageOf("http://h?x"), /"\?"/);
	assert.match(messageOf("ftp://h"), /ftp/);
	assert.match(messageOf("http://"), /host/);
	assert.match(messageOf("//host"), /host/);
	assert.match(messageOf("http://[::1]:7912"), /host/);
	assert.match(messageOf("two words"), /host/);
	assert.match(messageOf("http://h:1:2"), /host/);
	assert.match(messageOf("http://h:0"), /port/);
	assert.match(messageOf("http://h:65536"), /port/);
	assert.match(messageOf("http://h:"), /port/);
	assert.match(messageOf("http://h/sp ool"), /path/);
	assert.match(messageOf(`http://${"h".repeat(200)}`), /200/);
});

test("a setting may be empty, and nothing else that is no address", () => {
	assert.equal(isSpoolmanUrl(""), true);
	assert.equal(isSpoolmanUrl(" "), true);
	assert.equal(isSpoolmanUrl("192.168.1.5:7912"), true);
	assert.equal(isSpoolmanUrl("https://192.168.1.5:7912"), false);
});

test("whatever is pasted becomes an address that stays itself, or is refused with words", () => {
	const piece = fc.constantFrom(
		"http://",
		"https://",
		"host",
		":",
		"7912",
		"/",
		"/api/v1",
		"@",
		"?",
		" ",
		"ä",
		"%",
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 12 }), (pieces) => {
			const parsed = parseSpoolmanUrl(pieces.join(""));
			if (!parsed.ok) return parsed.message.length > 10;
			assert.match(parsed.url, /^http:\/\/[^\s/?#@]+(\/[^\s?#]*)?\/api\/v1$/);
			assert.deepEqual(parseSpoolmanUrl(parsed.url), parsed);
		}),
		{ seed: 7, numRuns: 500 },
	);
});
