// The handshake of LAN mode: what is read of a printer's answers, and everything that is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { constantFrom, dictionary, assert as hold, jsonValue, oneof, property, string } from "fast-check";
import { controlUrl, readAnswer, readInfo } from "../../../../../modules/printers/anycubic/lan/handshake";
import { LanError, type LanErrorCode } from "../../../../../modules/printers/anycubic/lan/lan-error";
import { checkSameHost, parseLanUrl } from "../../../../../modules/printers/anycubic/lan/lan-url";
import { textCodec } from "../../../../fakes/text-codec";
import { answer, fakeCrypto, HOST, ID, info, secret, TOKEN, VECTOR } from "./bench-kobra";

const means = { crypto: fakeCrypto, text: textCodec };
const known = readInfo(JSON.stringify(info()), HOST);

function refuses(code: LanErrorCode, read: () => unknown, about = ""): void {
	assert.throws(
		read,
		(error) => error instanceof LanError && error.code === code && error.message !== "",
		about,
	);
}

test("the printer's information is read", () => {
	assert.deepEqual(known, {
		token: TOKEN,
		control: { host: HOST, port: 18910, path: "/ctrl" },
		model: "Kobra S1",
	});
	const unknown = readInfo(JSON.stringify(info({ modelId: 29999, modelName: "Kobra 9" })), HOST);
	assert.equal(unknown.model, "Kobra 9");
});

test("the question is signed with the first half of the token, the time and a number used once", () => {
	const url = controlUrl(
		known,
		HOST,
		{ nonce: "ab12cd", did: "D".repeat(32), timestampMs: 1_700_000_000_123 },
		means,
	);
	assert.equal(
		url,
		`http://${HOST}:18910/ctrl?ts=1700000000123&nonce=ab12cd&sign=<<SIGNSIGNSIGNSIGN>1700000000123ab12cd>&did=${"D".repeat(32)}`,
	);
});

test("the answer is deciphered with the second half of the token, and says how to connect", () => {
	assert.deepEqual(readAnswer(JSON.stringify(answer()), known, HOST, means), {
		address: { modelId: "20025", deviceId: ID },
		model: "Kobra S1",
		port: 9883,
		username: "user",
		password: "secret",
	});
	const pem = (label: string) => `-----BEGIN ${label}-----\nMAMBAgM=\n-----END ${label}-----\n`;
	const given = secret({ devicecrt: pem("CERTIFICATE"), devicepk: pem("PRIVATE KEY"), modelId: 20025 });
	const session = readAnswer(JSON.stringify(answer(given)), known, HOST, means);
	assert.equal(session.identity?.certificates.length, 1);
	assert.equal(session.address.modelId, "20025");
	const broken = secret({ devicecrt: "?", devicepk: pem("PRIVATE KEY") });
	assert.equal(readAnswer(JSON.stringify(answer(broken)), known, HOST, means).identity, undefined);
});

test("an initial vector that is too long is cut", () => {
	const long = answer(secret(), {});
	const changed = { ...long, data: { ...(long as { data: object }).data, token: `${VECTOR}\0and more` } };
	assert.equal(readAnswer(JSON.stringify(changed), known, HOST, means).username, "user");
});

test("a printer that is bound to the cloud is told from all others", () => {
	refuses("lan_mode_off", () => readInfo(JSON.stringify(info({ ctrlType: "cloud" })), HOST));
	refuses("lan_mode_off", () => readInfo(JSON.stringify({ ctrlType: "cloud" }), HOST));
});

test("what is no such printer is told", () => {
	for (const text of ["", "<html>", "[]", "null", "{}", '{"name":"router"}'])
		refuses("no_kobra", () => readInfo(text, HOST), text);
});

test("information that cannot be used is refused", () => {
	const wrong = [
		{ token: TOKEN.slice(1) },
		{ token: `${TOKEN.slice(1)}é` },
		{ token: 5 },
		{ ctrlType: "else" },
		{ ctrlInfoUrl: "" },
		{ ctrlInfoUrl: `https://${HOST}:18910/ctrl` },
		{ ctrlInfoUrl: `http://${HOST}:0/ctrl` },
		{ ctrlInfoUrl: `http://${HOST}:99999/ctrl` },
		{ ctrlInfoUrl: `http://${HOST}:18910/ctrl?a=b` },
		{ ctrlInfoUrl: `http://${HOST}:18910/ct rl` },
		{ ctrlInfoUrl: `http://user@${HOST}/ctrl` },
	];
	for (const changes of wrong)
		refuses("bad_answer", () => readInfo(JSON.stringify(info(changes)), HOST), JSON.stringify(changes));
});

test("a printer may not send us to another device", () => {
	refuses("other_host", () =>
		readInfo(JSON.stringify(info({ ctrlInfoUrl: "http://192.0.2.99/ctrl" })), HOST),
	);
	const elsewhere = answer(secret({ broker: "mqtts://192.0.2.99:9883" }));
	refuses("other_host", () => readAnswer(JSON.stringify(elsewhere), known, HOST, means));
	const url = parseLanUrl("http://192.0.2.99:1/x", "http", 80);
	assert.ok(url);
	checkSameHost(url, "kobra.local");
	refuses("other_host", () => checkSameHost({ ...url, host: "other.local" }, "kobra.local"));
	checkSameHost({ ...url, host: "KOBRA.local" }, "kobra.local");
});

test("a refusal of the signature is told from other refusals, with the printer's words", () => {
	refuses("bad_signature", () => readAnswer('{"code":19002,"message":"sign error"}', known, HOST, means));
	assert.throws(() => readAnswer('{"code":500,"message":"busy"}', known, HOST, means), /500: busy/);
	refuses("refused", () => readAnswer("{}", known, HOST, means));
});

test("what a printer says of itself and of its refusal is one short line, whatever it sends", () => {
	const long = `\n2026 info\u001b[31m all is well\r\n${"x".repeat(500)}`;
	const { model } = readInfo(JSON.stringify(info({ modelId: 29999, modelName: long })), HOST);
	assert.ok(isLine(model) && model.length <= 40, JSON.stringify(model));
	const blank = readInfo(JSON.stringify(info({ modelId: 29999, modelName: "\n" })), HOST);
	assert.equal(blank.model, "Anycubic printer");
	const refusal = JSON.stringify({ code: 500, message: long });
	assert.throws(
		() => readAnswer(refusal, known, HOST, means),
		(error) => error instanceof LanError && isLine(error.message) && error.message.length < 200,
	);
});

function isLine(text: string): boolean {
	return [...text].every((character) => character >= " " && character !== "\u007f");
}

test("answers that cannot be used are refused", () => {
	const data = { info: "AAAA", token: VECTOR };
	const wrong: object[] = [
		answer(secret(), { data: null }),
		answer(secret(), { data: {} }),
		answer(secret(), { data: { ...data, info: "?" } }),
		answer(secret(), { data }),
		answer(secret(), { data: { ...data, token: 7 } }),
		answer(secret(), { data: { info: "e30=", token: "another vector!!" } }),
		...[
			{ broker: "" },
			{ broker: `mqtt://${HOST}:1883` },
			{ username: "" },
			{ username: 5 },
			{ password: "x".repeat(257) },
			{ deviceId: "short" },
			{ deviceId: `${ID.slice(1)}#` },
			{ modelId: "20025/#" },
			{ modelId: null },
		].map((changes) => answer(secret(changes))),
	];
	for (const content of wrong)
		refuses(
			"bad_answer",
			() => readAnswer(JSON.stringify(content), known, HOST, means),
			JSON.stringify(content),
		);
	refuses("bad_answer", () => readAnswer("{", known, HOST, means));
});

test("no answer makes anything else happen than a refusal", () => {
	const keys = constantFrom("token", "ctrlInfoUrl", "ctrlType", "code", "data", "info", "broker", "deviceId");
	const values = oneof(
		jsonValue(),
		constantFrom(TOKEN, "lan", 200, `http://${HOST}/`, "AAAA", { info: "e30=", token: VECTOR }),
	);
	const text = oneof(
		string({ maxLength: 60 }),
		dictionary(keys, values).map((value) => JSON.stringify(value)),
	);
	hold(
		property(text, (given) => {
			for (const read of [
				() => void readInfo(given, HOST),
				() => void readAnswer(given, known, HOST, means),
			]) {
				try {
					read();
				} catch (error) {
					assert.ok(error instanceof LanError, String(error));
				}
			}
		}),
		{ seed: 8, numRuns: 500 },
	);
});
