import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	hashPassword,
	isEqual,
	matchesPassword,
	passwordProblem,
} from "../../../modules/web/device-password";
import { routes } from "../../../modules/web/routes";
import { spoolRoutes } from "../../../modules/web/spools/routes";
import { FakeSocket } from "../../fakes/fake-http-server";
import { createFakeSha256 as sha256 } from "../../fakes/sha256";
import { textCodec } from "../../fakes/text-codec";
import { bearer, benchWeb, content, errorCode, HOST, PASSWORD } from "./bench-web";

const digesting = { sha256, text: textCodec };
const hash = (password: string, random = Math.random) => hashPassword(password, { ...digesting, random });

test("a password is stored as salt and digest, and only itself is right", () => {
	const stored = hash("correct-horse");
	assert.match(stored, /^1000\$[0-9a-f]{32}\$[0-9a-f]{64}$/);
	assert.ok(stored.length <= 128);
	assert.ok(matchesPassword("correct-horse", stored, digesting));
	for (const wrong of ["", "correct-hors", "correct-horse ", "Correct-horse", stored])
		assert.equal(matchesPassword(wrong, stored, digesting), false, wrong);
	assert.notEqual(hash("correct-horse"), stored, "two devices with one password do not store the same");
});

test("the digest is the last of a thousand over digest, salt and password", () => {
	const salt = new Uint8Array(16).fill(128);
	let last: Uint8Array = new Uint8Array();
	for (let round = 0; round < 1_000; round++) {
		const digest = sha256();
		digest.update(last);
		digest.update(salt);
		digest.update(textCodec.encode("correct-horse"));
		last = digest.digest();
	}
	const hex = [...last].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	assert.equal(
		hash("correct-horse", () => 0.5),
		`1000$${"80".repeat(16)}$${hex}`,
	);
});

test("with a stored form that is damaged no password is right, and nothing hangs", () => {
	const [rounds, salt, digest] = hash("correct-horse").split("$");
	const damaged = [
		"",
		"correct-horse",
		`${rounds}$${salt}$`,
		`${rounds}$$${digest}`,
		`0$${salt}$${digest}`,
		`-1$${salt}$${digest}`,
		`1e9$${salt}$${digest}`,
		`NaN$${salt}$${digest}`,
		`${rounds}$${salt}$${digest}$`,
		`${rounds}$${salt}$${digest?.slice(2)}`,
		`${rounds}$${salt}$${digest?.slice(1)}g`,
	];
	for (const stored of damaged)
		assert.equal(matchesPassword("correct-horse", stored, digesting), false, stored);
	fc.assert(
		fc.property(fc.string(), fc.string(), (password, stored) => {
			assert.equal(matchesPassword(password, stored, digesting), false);
		}),
	);
});

test("two digests are the same when all of their bytes are", () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), (a, b) => {
			assert.equal(isEqual(a, b), String(a) === String(b));
			assert.ok(isEqual(a, a.slice()));
		}),
	);
});

test("a password that a header cannot carry is refused with words", () => {
	assert.equal(passwordProblem("correct-horse!~"), undefined);
	for (const wrong of [
		"",
		"1234567",
		"x".repeat(65),
		"with blank",
		"tabs\tand",
		"ümlaut-ümlaut",
		"line\nbreak",
	])
		assert.ok(passwordProblem(wrong), wrong);
});

test("with a password every write asks for it, and no read does", async () => {
	const { ask, http, breath, calls, settings, wifi } = await benchWeb({ password: true });
	for (const { method, path, guard } of [...routes, ...spoolRoutes]) {
		const target = path.replace("*", "x");
		const response = await ask(method, target, { target: 50 });
		if (guard === "open") {
			assert.equal(method, "GET", `${path}: only reads are open`);
			assert.notEqual(response.status, 401, target);
			continue;
		}
		assert.notEqual(method, "GET");
		assert.equal(response.status, 401, target);
		assert.equal(errorCode(response), "unauthorized");
		assert.match(response.headers?.["www-authenticate"] ?? "", /^Bearer/);
		assert.notEqual((await ask(method, target, { target: 50 }, bearer())).status, 401, target);
	}
	const refused = http.announce("/ota", 1000);
	assert.equal((refused as { status: number }).status, 401, "an image is refused unread");
	assert.ok(!("status" in (http.announce("/ota", 1000, { headers: { host: HOST, ...bearer() } }) ?? {})));
	assert.equal(breath.asked.length, 1);
	assert.equal(wifi.joined.length, 0);
	assert.equal(calls.restarts, 0);
	assert.equal(settings.get("deviceName"), "Culm");
});

test("off is taken from anybody: without the password, with a wrong one, and while attempts are slowed down", async () => {
	const { ask, breath } = await benchWeb({ password: true });
	const off = async (headers: Record<string, string> = {}) => {
		breath.asked.length = 0;
		const response = await ask("POST", "/api/breath", { on: false }, headers);
		assert.deepEqual(breath.asked, [{ changes: { on: false }, by: "program" }]);
		return response.status;
	};
	assert.equal(await off(), 200);
	for (let i = 0; i < 10; i++) assert.equal(await off(bearer(`wrong-wrong-${i}`)), 200);
	assert.equal((await ask("POST", "/api/restart", undefined, bearer())).status, 429);
	assert.equal(await off(bearer()), 200);

	breath.asked.length = 0;
	const mixed = await ask("POST", "/api/breath", { on: false, target: 60 });
	assert.equal(mixed.status, 401, "what comes with it still wants the password");
	assert.deepEqual(breath.asked, [{ changes: { on: false }, by: "program" }]);
	for (const body of [{ on: true }, { target: 0 }, {}])
		assert.equal((await ask("POST", "/api/breath", body)).status, 401);
	assert.equal(breath.asked.length, 1);
});

test("guessing is slowed down, more and more, for everybody, and forgotten in time", async () => {
	const { ask, clock, events, log } = await benchWeb({ password: true });
	const attempt = (password: string) => ask("POST", "/api/wifi/scan", undefined, bearer(password));
	let guesses = 0;
	const guess = () => attempt(`wrong-wrong-${guesses++}`);
	for (let i = 0; i < 5; i++) assert.equal((await guess()).status, 401);
	const waits: number[] = [];
	for (let i = 0; i < 8; i++) {
		const refused = await attempt(PASSWORD);
		assert.equal(refused.status, 429);
		assert.equal(errorCode(refused), "too_many_attempts");
		const seconds = Number(refused.headers?.["retry-after"]);
		waits.push(seconds);
		clock.advance(seconds * 1000 - 1);
		assert.equal((await guess()).status, 429, "while waiting nothing is looked at");
		clock.advance(1);
		assert.equal((await guess()).status, 401);
	}
	assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
	const { event, by, b } = events.at(0) ?? assert.fail();
	assert.deepEqual([event, by, b], ["password_wrong", "program", 13]);
	assert.ok(!JSON.stringify(log.lines).includes("wrong-wrong"));
	clock.advance(60_000);
	assert.equal((await attempt(PASSWORD)).status, 200);
	clock.advance(540_000);
	for (let i = 0; i < 4; i++) assert.equal((await guess()).status, 401, "they are forgotten");
	assert.equal((await attempt(PASSWORD)).status, 200);
});

test("whoever sends the right password meanwhile gives a guesser no free attempts", async () => {
	const { ask, clock } = await benchWeb({ password: true });
	const attempt = (password: string) => ask("POST", "/api/wifi/scan", undefined, bearer(password));
	let looked = 0;
	for (let second = 0; second < 600; second++) {
		for (let i = 0; i < 4; i++) if ((await attempt(`wrong-wrong-${second}-${i}`)).status === 401) looked++;
		await attempt(PASSWORD);
		clock.advance(1_000);
	}
	assert.ok(looked < 25, `${looked} guesses in ten minutes`);
});

test("a program with an old password, which sends it for ever, keeps nobody out", async () => {
	const { ask, clock, events } = await benchWeb({ password: true });
	const attempt = (password: string) => ask("POST", "/api/wifi/scan", undefined, bearer(password));
	for (let i = 0; i < 100; i++) {
		assert.equal((await attempt("old-password")).status, 401);
		assert.equal((await attempt(PASSWORD)).status, 200);
		clock.advance(1_000);
	}
	assert.equal(events.at(0)?.b, 1, "it is one wrong password");
	await ask("PATCH", "/api/settings", { devicePassword: "old-password" }, bearer());
	assert.equal((await attempt("old-password")).status, 200, "until it is the right one again");
	assert.equal((await attempt(PASSWORD)).status, 401);
});

test("what no password can be costs the device no work, and keeps nobody out", async () => {
	let digests = 0;
	const counting = () => {
		digests++;
		return sha256();
	};
	const { ask } = await benchWeb({ password: true, sha256: counting });
	digests = 0;
	for (let i = 0; i < 20; i++)
		for (const impossible of ["x".repeat(8_000 + i), `short${i}`, `\u00fcmlaut-\u00fcmlaut-${i}`])
			assert.equal(
				errorCode(await ask("POST", "/api/restart", undefined, bearer(impossible))),
				"wrong_password",
			);
	assert.equal(digests, 0);
	assert.equal((await ask("POST", "/api/restart", undefined, bearer())).status, 200);
});

test("asking without a password is no attempt", async () => {
	const { ask } = await benchWeb({ password: true });
	for (let i = 0; i < 20; i++) assert.equal((await ask("POST", "/api/restart")).status, 401);
	for (const authorization of ["Bearer", "Bearer ", "Basic Y3VsbTpjdWxt", "correct-horse"])
		assert.equal(errorCode(await ask("POST", "/api/restart", undefined, { authorization })), "unauthorized");
	assert.equal(
		(await ask("POST", "/api/restart", undefined, { authorization: `bearer  ${PASSWORD}` })).status,
		200,
	);
});

test("a new password counts at once, the old one no longer, and none when it is taken away", async () => {
	const { ask, events, settings } = await benchWeb({ password: true });
	assert.equal(events.at(0)?.event, "password_changed");
	assert.equal((await ask("PATCH", "/api/settings", { devicePassword: "" })).status, 401);
	const changed = await ask("PATCH", "/api/settings", { devicePassword: "battery-staple" }, bearer());
	assert.deepEqual(content(changed).devicePassword, { configured: true });
	assert.ok(!String(changed.body).includes("battery-staple"));
	assert.ok(!settings.get("devicePassword").includes("battery-staple"));
	assert.equal((await ask("POST", "/api/restart", undefined, bearer())).status, 401);
	const removed = await ask("PATCH", "/api/settings", { devicePassword: "" }, bearer("battery-staple"));
	assert.deepEqual(content(removed).devicePassword, { configured: false });
	assert.equal((await ask("POST", "/api/restart")).status, 200);
});

test("a stored password that is damaged lets nobody in but off", async () => {
	const { ask, breath, settings } = await benchWeb();
	settings.set({ devicePassword: "1000$damaged" });
	assert.equal((await ask("POST", "/api/restart", undefined, bearer("1000$damaged"))).status, 401);
	assert.equal((await ask("POST", "/api/breath", { on: false })).status, 200);
	assert.equal(breath.asked.length, 1);
});

test("/ws is open to writes from everybody, unless it is locked", async () => {
	const { ask, http, pandaBreath } = await benchWeb({ password: true });
	const mayWrite = (headers: Record<string, string> = {}) => {
		assert.ok(http.upgrade("/ws", { host: HOST, ...headers }) instanceof FakeSocket, "it is always served");
		return pandaBreath.rights.at(-1)?.mayWrite;
	};
	assert.equal(mayWrite(), true);
	await ask("PATCH", "/api/settings", { webSocketLocked: true }, bearer());
	assert.equal(mayWrite(), false);
	assert.equal(mayWrite(bearer("wrong-wrong")), false);
	assert.equal(mayWrite(bearer()), true);
	await ask("PATCH", "/api/settings", { devicePassword: "" }, bearer());
	assert.equal(mayWrite(), true, "without a password there is nothing to lock it with");
});
