import assert from "node:assert/strict";
import { test } from "node:test";
import { PortError } from "../../../../modules/platform/port-error";
import type { SpoolmanErrorCode } from "../../../../modules/spools/spoolman/spoolman-error";
import { clientOf, failureOf, inTurn, type ScriptedAnswer, settle, spoolJson } from "./scripted-spoolman";

const KEY = "spoolman_abc.secretsecret";
const spool = { body: spoolJson() };
const gone = new PortError(
	"refused",
	"192.168.1.5:7912: the device is there, but nothing listens on that port",
);

async function headersWith(apiKey: string) {
	const { client, http } = clientOf(inTurn(spool), { apiKey });
	await client.get(1);
	return http.requests[0]?.headers;
}

test("without a key a request says what it holds, and nothing of who asks", async () => {
	assert.deepEqual(await headersWith(""), { "Content-Type": "application/json" });
	assert.deepEqual(await headersWith("  "), { "Content-Type": "application/json" });
});

test("a key is sent in both forms that Spoolman may want", async () => {
	assert.deepEqual(await headersWith(` ${KEY}\n`), {
		"Content-Type": "application/json",
		"X-API-Key": KEY,
		Authorization: `Bearer ${KEY}`,
	});
});

test("user and password are sent as a proxy wants them, also with letters that are not ASCII", async () => {
	const authorization = async (key: string) => (await headersWith(key))?.Authorization;
	assert.equal(await authorization("ada:lovelace"), "Basic YWRhOmxvdmVsYWNl");
	assert.equal(await authorization("a:b"), "Basic YTpi");
	assert.equal(await authorization("a:bc"), "Basic YTpiYw==");
	assert.equal(await authorization("ä:ß!"), "Basic w6Q6w58h");
	assert.equal((await headersWith("a:b"))?.["X-API-Key"], undefined);
});

test("a key that says its own form is sent as it is", async () => {
	for (const key of ["Bearer a:b", "basic YTpi"]) {
		const headers = await headersWith(key);
		assert.equal(headers?.Authorization, key);
		assert.equal(headers?.["X-API-Key"], undefined);
	}
});

test("a key that no header can hold is said to be wrong, and nothing is sent", async () => {
	const { client, http } = clientOf(inTurn(spool), { apiKey: "schlüssel" });
	const error = await failureOf(client.get(1), "refused");
	assert.match(error.message, /API key/);
	assert.equal(http.requests.length, 0);
});

test("the key is in no error, whatever the answer repeats", async () => {
	for (const apiKey of [KEY, "ada:hunter2", `Bearer ${KEY}`]) {
		const echoes: ScriptedAnswer[] = [
			{ status: 403, body: { message: `no key ${KEY} hunter2 YWRhOmh1bnRlcjI=` } },
			{ status: 422, body: { detail: [{ loc: ["header", "x"], msg: `${"x".repeat(150)}${KEY} hunter2` }] } },
			{ status: 307, headers: { location: `http://h/${KEY}/hunter2` } },
			{ status: 200, body: `${KEY} hunter2` },
		];
		for (const answer of echoes) {
			const { client } = clientOf(inTurn(answer), { apiKey });
			const error: unknown = await client.get(1).catch((reason: unknown) => reason);
			assert.ok(error instanceof Error);
			const all = `${error.message} ${String(error.cause)}`;
			assert.doesNotMatch(all, /secretsecret|hunter2|aHVudGVy/);
		}
	}
});

test("an address that is none makes every call fail in words, and nothing is sent", async () => {
	const { client, http } = clientOf(inTurn(spool), { url: "https://spoolman.lan" });
	assert.match((await failureOf(client.get(1), "invalid")).message, /https/);
	assert.equal(http.requests.length, 0);
});

const refusals: readonly [status: number, body: unknown, code: SpoolmanErrorCode, words: RegExp][] = [
	[404, { message: "No spool with ID 999 found." }, "not_found", /No spool with ID 999 found/],
	[404, { detail: "Not Found" }, "not_spoolman", /no Spoolman/],
	[404, "<html>404</html>", "not_spoolman", /no Spoolman/],
	[405, { detail: "Method Not Allowed" }, "invalid", /Method Not Allowed/],
	[400, { message: "Unknown extra field nope." }, "invalid", /\(400: Unknown extra field nope\)/],
	[
		422,
		{
			detail: [
				{
					type: "float_parsing",
					loc: ["body", "use_weight"],
					msg: "Input should be a valid number",
					input: "abc",
				},
				{ type: "x", loc: ["body", "extra", 3], msg: "Bad" },
			],
		},
		"invalid",
		/use_weight: Input should be a valid number; extra\.3: Bad/,
	],
	[422, { detail: "plain" }, "invalid", /422: plain/],
	[422, { detail: [null, 3, { msg: 4 }, { msg: "only words", loc: "x" }] }, "invalid", /only words|\(422\)/],
	[401, "", "refused", /API key/],
	[403, { message: "Request refused: it came from an origin" }, "refused", /origin/],
	[407, "<b>", "refused", /proxy/],
	[500, "Internal Server Error", "unavailable", /later/],
	[503, { message: "busy" }, "unavailable", /busy/],
	[429, "", "unavailable", /later/],
	[307, "", "not_spoolman", /final address/],
	[304, "", "not_spoolman", /final address/],
	[101, "", "not_spoolman", /no Spoolman/],
];

test("each answer that is no success becomes an error with a code, its status and words", async () => {
	for (const [status, body, code, words] of refusals) {
		const { client, clock } = clientOf(inTurn({ status, body }));
		const asked = failureOf(client.get(1), code);
		await settle();
		clock.advance(5000);
		const error = await asked;
		assert.match(error.message, words);
		assert.equal(error.status, status);
		assert.equal(error.isPassing, code === "unavailable");
	}
});

test("a redirect says where Spoolman is, without a query, and that https cannot be", async () => {
	const to = async (location: string) => {
		const { client } = clientOf(inTurn({ status: 307, headers: { location } }));
		return (await failureOf(client.get(1), "not_spoolman")).message;
	};
	assert.match(
		await to("http://10.0.0.2:7912/api/v1/spool?token=x"),
		/http:\/\/10\.0\.0\.2:7912\/api\/v1\/spool\. Enter/,
	);
	assert.match(await to("https://nas.lan/"), /https, which this device does not speak/);
	assert.doesNotMatch(await to("http://a:b@h/"), /a:b/);
	assert.doesNotMatch(await to("javascript:x"), /javascript/);
});

test("words of a server are one line of bounded length", async () => {
	const message = `a\u0000b\r\n\tc ${"\ud83d\ude00".repeat(5000)}`;
	const { client } = clientOf(inTurn({ status: 400, body: { message } }));
	const error = await failureOf(client.get(1), "invalid");
	assert.match(error.message, /a b c/);
	assert.ok(error.message.length < 450);
});

test("what the network says becomes a code, keeps its cause, and tells what to do", async () => {
	const cases = [
		["host_not_found", "unreachable"],
		["unreachable", "unreachable"],
		["refused", "unreachable"],
		["closed_by_peer", "unreachable"],
		["handshake_closed", "unreachable"],
		["unsupported", "unreachable"],
		["timeout", "timeout"],
		["too_large", "too_large"],
		["protocol", "not_spoolman"],
		["invalid", "invalid"],
	] as const;
	for (const [port, code] of cases) {
		const cause = new PortError(port, "192.168.1.5:7912: words of the port");
		const { client } = clientOf(inTurn(cause));
		const error = await failureOf(client.use(1, { grams: 1 }), code);
		assert.equal(error.cause, cause);
		assert.match(error.message, /words of the port\)\. [A-Z]/);
	}
});

test("what is safe to repeat is repeated once, a second later", async () => {
	const { client, http, clock } = clientOf(inTurn(gone, spool));
	const asked = client.get(1);
	await settle();
	clock.advance(999);
	await settle();
	assert.equal(http.requests.length, 1);
	clock.advance(1);
	assert.equal((await asked).id, 1);
	assert.equal(http.requests.length, 2);
	assert.equal(clock.pendingTimers, 0);

	const { client: other, http: twice, clock: time } = clientOf(inTurn(gone));
	const failing = failureOf(other.setUsed(1, 5), "unreachable");
	await settle();
	time.advance(1000);
	await failing;
	assert.deepEqual(twice.lines, ["PATCH /spool/1", "PATCH /spool/1"]);
	assert.deepEqual(twice.bodies[0], twice.bodies[1]);
});

test("what would count twice is never repeated", async () => {
	const calls = [
		(client: ReturnType<typeof clientOf>["client"]) => client.use(1, { grams: 3 }),
		(client: ReturnType<typeof clientOf>["client"]) => client.measure(1, 900),
		(client: ReturnType<typeof clientOf>["client"]) => client.createVendor("Maker"),
	];
	for (const call of calls) {
		const { client, http, clock } = clientOf(inTurn(new PortError("timeout", "h: late")));
		await failureOf(call(client), "timeout");
		clock.advance(60_000);
		await settle();
		assert.equal(http.requests.length, 1);
	}
});

test("a refusal that lasts is not repeated", async () => {
	const { client, http, clock } = clientOf(inTurn({ status: 400, body: { message: "no" } }));
	await failureOf(client.setUsed(1, 5), "invalid");
	assert.equal(http.requests.length, 1);
	assert.equal(clock.pendingTimers, 0);
});

test("one request is under way at a time, in the order in which they were made", async () => {
	const answers: ((answer: ScriptedAnswer) => void)[] = [];
	const { client, http } = clientOf(() => new Promise((resolve) => answers.push(resolve)));
	const asked = [1, 2, 3].map((id) => client.get(id));
	for (const id of [1, 2, 3]) {
		await settle();
		assert.equal(http.requests.length, id);
		answers[id - 1]?.({ body: spoolJson({ id }) });
	}
	assert.deepEqual(
		(await Promise.all(asked)).map(({ id }) => id),
		[1, 2, 3],
	);
});

test("no more than 64 wait", async () => {
	const { client } = clientOf(() => new Promise(() => {}));
	for (let count = 0; count < 65; count++) void client.get(1).catch(() => {});
	assert.match((await failureOf(client.get(1), "unavailable")).message, /waits/);
});

test("closing rejects what waits at once, lets what is under way end, and takes nothing more", async () => {
	let answer: (answer: ScriptedAnswer) => void = () => {};
	const { client, http } = clientOf(
		() =>
			new Promise((resolve) => {
				answer = resolve;
			}),
	);
	const first = client.get(1);
	const second = failureOf(client.get(2), "unreachable");
	await settle();
	let isClosed = false;
	const closed = client.close().then(() => {
		isClosed = true;
	});
	await second;
	assert.equal(isClosed, false);
	answer(spool);
	assert.equal((await first).id, 1);
	await closed;
	await client.close();
	await failureOf(client.get(3), "unreachable");
	assert.equal(http.requests.length, 1);
});

test("closing ends a pause before a repetition with the first error, and leaves no timer", async () => {
	const { client, http, clock } = clientOf(inTurn(gone, spool));
	const asked = failureOf(client.get(1), "unreachable");
	await settle();
	assert.equal(clock.pendingTimers, 1);
	await client.close();
	assert.equal((await asked).cause, gone);
	assert.equal(clock.pendingTimers, 0);
	clock.advance(10_000);
	await settle();
	assert.equal(http.requests.length, 1);
});

test("what fails after closing is not tried again", async () => {
	let fail: (error: PortError) => void = () => {};
	const { client, http, clock } = clientOf(
		() =>
			new Promise((_, reject) => {
				fail = reject;
			}),
	);
	const asked = failureOf(client.get(1), "unreachable");
	await settle();
	const closed = client.close();
	fail(gone);
	await asked;
	await closed;
	assert.equal(clock.pendingTimers, 0);
	assert.equal(http.requests.length, 1);
});
