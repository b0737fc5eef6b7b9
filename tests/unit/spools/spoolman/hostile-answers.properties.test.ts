import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SpoolmanClient } from "../../../../modules/spools/spoolman/spoolman-client";
import { SpoolmanError } from "../../../../modules/spools/spoolman/spoolman-error";
import { OTHER_TAG, TAG } from "../fixtures";
import { clientOf, failureOf, inTurn, settle, spoolJson } from "./scripted-spoolman";

/** Each in turn stands where something else is expected. */
const ODD: readonly unknown[] = [null, true, "1", "", -1, 1.5, [], {}, [[]], [null], { id: 1 }];

const calls: readonly ((client: SpoolmanClient) => Promise<unknown>)[] = [
	(client) => client.info(),
	(client) => client.list({ offset: 0, limit: 3 }),
	(client) => client.list({ offset: 0, limit: 3, search: "red" }),
	(client) => client.get(1),
	(client) => client.findByTag(TAG),
	(client) => client.setUsed(1, 5, { isFirstUse: true }),
	(client) => client.setRemaining(1, 5, { fullGrams: 10 }),
	(client) => client.use(1, { grams: 1 }),
	(client) => client.measure(1, 5),
	(client) => client.setTag(1, OTHER_TAG),
	(client) => client.setTag(1, undefined),
	(client) => client.setLocation(1, "A"),
	(client) => client.locations(),
	(client) => client.findVendor("Maker"),
	(client) => client.createVendor("Maker"),
	(client) => client.findFilament({ name: "Red", material: "PLA" }),
	(client) => client.createFilament({ name: "Red", material: "PLA" }),
	(client) => client.createSpool({ filamentId: 1, uuid: TAG }),
	(client) => client.ensureSpoolFor({ uuid: TAG, vendor: "Maker", material: "PLA", remainingGrams: 4 }),
];

test("a spool with a value of the wrong kind is none", async () => {
	for (const name of ["id", "used_weight", "filament"])
		for (const odd of ODD) {
			// These are right.
			if (
				(name === "used_weight" && odd === 1.5) ||
				(name === "filament" && JSON.stringify(odd) === '{"id":1}')
			)
				continue;
			const { client } = clientOf(inTurn({ body: spoolJson({ [name]: odd }) }));
			await failureOf(client.get(1), "not_spoolman");
		}
	for (const body of [
		'{"id":1,"filament":{"id":1},"used_weight":NaN}',
		'{"id":1,"filament":{"id":1},"used_weight":1e999}',
	])
		await failureOf(clientOf(inTurn({ body })).client.get(1), "not_spoolman");
	await failureOf(clientOf(inTurn({ body: spoolJson({ id: 2 }) })).client.get(1), "not_spoolman");
});

test("an answer that is nested deep is refused before it is parsed, whatever its texts hold", async () => {
	for (const body of [
		"[".repeat(30_000),
		'{"a":'.repeat(6000),
		`["]]]]]]]]]\\"]]]]", ${"[".repeat(20_000)}${"]".repeat(20_000)}]`,
		`${'["]",'.repeat(5000)}1${"]".repeat(5000)}`,
	])
		await failureOf(clientOf(inTurn({ body })).client.get(1), "not_spoolman");
	const { client } = clientOf(inTurn({ body: spoolJson({ location: `[[[[[[[[[[[["\\` }) }));
	assert.equal((await client.get(1)).location, `[[[[[[[[[[[["\\`);
});

test("whatever a server answers, every call ends with what was asked for or a SpoolmanError", async () => {
	const odd = fc.oneof(
		fc.constantFrom(...ODD),
		fc
			.constantFrom("[", "{", '{"id":', "\u0000", "nul", "<html>", '{"__proto__":{"id":1}}')
			.map((text) => ({ text })),
		fc.jsonValue({ maxDepth: 4 }),
	);
	const spool = fc
		.record(
			{
				id: fc.constantFrom<unknown>(1, 2, "1", null),
				used_weight: fc.constantFrom<unknown>(5, -5, null, "5"),
				initial_weight: fc.constantFrom<unknown>(1000, 0, -1, "x"),
				filament: fc.constantFrom<unknown>({ id: 1, name: 3, vendor: [], color_hex: {} }, {}, null, {
					id: 1,
				}),
				extra: fc.constantFrom<unknown>({ tag: JSON.stringify(TAG) }, { tag: "{" }, { tag: 5 }, [], null, {}),
				archived: fc.constantFrom<unknown>(true, false, "yes"),
				key: fc.constantFrom<unknown>("tag", "__proto__", 4),
				name: fc.constantFrom<unknown>("Red", "Maker", 4),
				version: fc.constantFrom<unknown>("0.26.1", 7),
				status: fc.constantFrom<unknown>("healthy", 7),
			},
			{ requiredKeys: ["id"] },
		)
		.map((fields) => fields as unknown);
	const value = fc.oneof(odd, spool, fc.array(fc.oneof(spool, odd), { maxLength: 4 }));
	const status = fc.oneof(
		{ arbitrary: fc.constant(200), weight: 6 },
		{ arbitrary: fc.constantFrom(100, 201, 204, 301, 400, 401, 404, 422, 500), weight: 1 },
	);
	const answer = fc.record({
		status,
		value,
		headers: fc.constantFrom({}, { "x-total-count": "NaN" }, { "x-total-count": "3" }, { location: "//" }),
	});
	let succeeded = 0;
	let failed = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.nat(calls.length - 1),
			fc.array(answer, { minLength: 1, maxLength: 6 }),
			async (which, answers) => {
				const script = inTurn(
					...answers.map(({ status, value: body, headers }) => ({
						status,
						headers: headers as Record<string, string>,
						body: typeof body === "object" && body !== null && "text" in body ? body.text : (body as unknown),
					})),
				);
				const { client, clock, http } = clientOf(script);
				let outcome: unknown = "none";
				const asked = calls[which]?.(client).then(
					() => {
						outcome = "done";
					},
					(error: unknown) => {
						outcome = error;
					},
				);
				for (let round = 0; round < 400 && outcome === "none"; round++) {
					await settle();
					clock.advance(1000);
				}
				await client.close();
				await asked;
				assert.ok(http.requests.length < 150);
				if (outcome === "done") succeeded++;
				else {
					assert.ok(outcome instanceof SpoolmanError, String(outcome));
					assert.ok(outcome.message.length > 10 && outcome.message.length < 400, outcome.message);
					failed++;
				}
			},
		),
		{ seed: 20_261, numRuns: 1500 },
	);
	assert.ok(succeeded > 50 && failed > 500, `${succeeded} succeeded, ${failed} failed`);
});
