// The search for heaters: what is asked, who is taken for one, and what nonsense does not do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, encode } from "dns-packet";
import fc from "fast-check";
import { decodeAnswers, encodeQuestions } from "../../../../modules/breath/remote/dns-messages";
import { HeaterFinder } from "../../../../modules/breath/remote/heater-finder";
import { PortError } from "../../../../modules/platform/port-error";
import type { UdpOptions, UdpPort } from "../../../../modules/platform/udp";
import { ManualClock } from "../../../fakes/manual-clock";

const answer = (answers: Answer[], additionals: Answer[] = []): Uint8Array =>
	encode({ type: "response", id: 0, flags: 1024, answers, additionals });
const A = 1;
const PTR = 12;
const NAMES = [
	["_http._tcp.local", PTR],
	["PandaBreath.local", A],
	["panda-breath.local", A],
	["PandaBreath-2.local", A],
	["PandaBreath-3.local", A],
] as const;

/** Letters and dots; each name takes two bytes more as labels, and each question four. */
const sizeOf = (names: typeof NAMES): number => names.reduce((sum, [name]) => sum + name.length, 0);

/** Whether that question is in it: labels, a zero, the type. No `Buffer`: this runs on the device's engine too. */
function asks(bytes: Uint8Array, name: string, type: number): boolean {
	const labels = name.split(".").map((label) => String.fromCharCode(label.length) + label);
	return String.fromCharCode(...bytes).includes(`${labels.join("")}\0\0${String.fromCharCode(type)}`);
}

const a = (name: string, data: string): Answer => ({ name, type: "A", ttl: 120, data });

/** As a heater tells of its page. */
function service(host: string, address: string, { board = "x", port = 80, name = "Culm" } = {}): Uint8Array {
	const type = "_http._tcp.local";
	const instance = `${name}.${type}`;
	return answer(
		[{ name: type, type: "PTR", ttl: 120, data: instance }],
		[
			{ name: instance, type: "SRV", ttl: 120, data: { target: host, port } },
			{ name: instance, type: "TXT", ttl: 120, data: [`board=${board}`] },
			...(address === "" ? [] : [a(host, address)]),
		],
	);
}

function bench() {
	const clock = new ManualClock();
	const sent: { bytes: Uint8Array; address: string; port: number }[] = [];
	const opened: UdpOptions[] = [];
	let closed = 0;
	const udp: UdpPort = {
		async open(options) {
			opened.push(options);
			const send = (bytes: Uint8Array, address: string, port: number) =>
				void sent.push({ bytes, address, port });
			return { port: 50_000, send, close: () => void closed++ };
		},
	};
	const finder = new HeaterFinder({ udp, clock });
	const hear = (bytes: Uint8Array, address = "192.0.2.40"): void =>
		opened.at(-1)?.onMessage(bytes, { address, port: 5353 });
	/** Runs a search in which that is heard. */
	const search = async (...heard: [Uint8Array, string?][]) => {
		const found = finder.scan();
		await new Promise((resolve) => setImmediate(resolve));
		for (const [bytes, address] of heard) hear(bytes, address);
		clock.advance(3_500);
		return found;
	};
	return { clock, finder, opened, sent, hear, search, closed: () => closed };
}

test("it asks all of mDNS for hosts and services, from a port of its own, several times", async () => {
	const { search, sent, opened, closed, clock } = bench();
	assert.deepEqual(await search(), []);
	assert.deepEqual(
		opened.map(({ port, groups }) => [port, groups]),
		[[0, undefined]],
	);
	assert.ok(sent.length >= 3);
	for (const { bytes, address, port } of sent) {
		assert.deepEqual([address, port], ["224.0.0.251", 5353]);
		const { length } = bytes;
		assert.deepEqual([bytes[2], bytes[5], length], [0, 5, 12 + sizeOf(NAMES) + 5 * 6], "five questions");
		for (const [name, type] of NAMES) assert.ok(asks(bytes, name, type), name);
	}
	assert.deepEqual([closed(), clock.pendingTimers], [1, 0]);
});

test("a stock device is found by its host name alone", async () => {
	const { search } = bench();
	assert.deepEqual(await search([answer([a("PandaBreath.local", "192.0.2.40")])]), [
		{ name: "PandaBreath", host: "192.0.2.40", port: 80 },
	]);
});

test("each heater is found once, by name, with the port that its page has; other devices are not", async () => {
	const { search } = bench();
	const found = await search(
		[service("PandaBreath-2.local", "192.0.2.41", { port: 8080, name: "Left" }), "192.0.2.41"],
		[service("PandaBreath.local", "192.0.2.40", { name: "Right" })],
		[answer([a("pandabreath.local", "192.0.2.40")])],
		[service("culm.local", "192.0.2.50", { board: "moddable_six", name: "Panel" }), "192.0.2.50"],
		[service("printer.local", "192.0.2.60", { name: "PandaBreath" }), "192.0.2.60"],
	);
	assert.deepEqual(found, [
		{ name: "PandaBreath", host: "192.0.2.40", port: 80 },
		{ name: "PandaBreath-2", host: "192.0.2.41", port: 8080 },
	]);
});

test("a heater of Culm is found under any name, by what it says of its board", async () => {
	const { search } = bench();
	assert.deepEqual(await search([service("oven.local", "192.0.2.42", { board: "panda_breath" })]), [
		{ name: "oven", host: "192.0.2.42", port: 80 },
	]);
});

test("a host that was named without its address is asked for it", async () => {
	const { clock, finder, hear, sent } = bench();
	const found = finder.scan();
	await new Promise((resolve) => setImmediate(resolve));
	hear(service("oven.local", "", { board: "panda_breath" }));
	clock.advance(1_000);
	assert.ok(asks(sent.at(-1)?.bytes ?? new Uint8Array(), "oven.local", A));
	hear(answer([a("OVEN.local", "192.0.2.42")]));
	clock.advance(3_000);
	assert.deepEqual(await found, [{ name: "oven", host: "192.0.2.42", port: 80 }]);
});

test("of a heater in several networks, the address that the answer came from is taken", async () => {
	const { search } = bench();
	const both = answer([a("PandaBreath.local", "192.0.2.40"), a("PandaBreath.local", "198.51.100.1")]);
	assert.equal((await search([both, "192.0.2.40"]))[0]?.host, "192.0.2.40");
});

test("while a search runs another one is the same one; closing ends it with what was found", async () => {
	const { finder, opened, hear, closed } = bench();
	const found = [finder.scan(), finder.scan()];
	await new Promise((resolve) => setImmediate(resolve));
	hear(answer([a("PandaBreath.local", "192.0.2.40")]));
	finder.close();
	finder.close();
	const [first, second] = await Promise.all(found);
	assert.equal(first, second);
	assert.equal(first?.length, 1);
	assert.deepEqual([opened.length, closed()], [1, 1]);
	assert.deepEqual(await finder.scan(), []);
});

test("a host without UDP says so, and the next search tries again", async () => {
	let refusals = 0;
	const udp: UdpPort = {
		async open() {
			refusals++;
			throw new PortError("unreachable", "there is no network");
		},
	};
	const finder = new HeaterFinder({ udp, clock: new ManualClock() });
	await assert.rejects(finder.scan(), { code: "unreachable" });
	await assert.rejects(finder.scan(), { code: "unreachable" });
	assert.equal(refusals, 2);
});

test("questions and answers of our own make nothing of each other", () => {
	assert.deepEqual(decodeAnswers(encodeQuestions([{ name: "PandaBreath.local", type: "A" }])), []);
});

test("a name that points to itself, and an answer that is cut off, end", () => {
	const whole = service("PandaBreath.local", "192.0.2.40");
	for (let length = 0; length <= whole.length; length++) decodeAnswers(whole.slice(0, length));
	const loop = answer([a("x.local", "192.0.2.40")]);
	loop.set([0xc0, 12], 12);
	assert.deepEqual(decodeAnswers(loop), []);
});

test("no datagram throws or makes a heater that has no address or name", async () => {
	const valid = [service("PandaBreath.local", "192.0.2.40"), answer([a("pandabreath-7.local", "192.0.2.1")])];
	const mutated = fc
		.tuple(
			fc.constantFrom(...valid),
			fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
		)
		.map(([bytes, changes]) => {
			const copy = Uint8Array.from(bytes);
			for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
			return copy;
		});
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated), { maxLength: 30 }),
			async (all) => {
				const { search } = bench();
				for (const { name, host, port } of await search(...all.map((bytes): [Uint8Array] => [bytes]))) {
					assert.match(host, /^\d+\.\d+\.\d+\.\d+$/);
					assert.ok(port > 0 && port <= 65_535 && name.length > 0);
				}
			},
		),
		{ numRuns: 300 },
	);
});

test("a name that no device can have is none", async () => {
	const { search } = bench();
	const names = ["PandaBreath<b>", "PandaBreath\u0000", "PandaBreath.evil", "PandaBreath x"];
	const heard = names.map((name): [Uint8Array] => [answer([a(`${name}.local`, "192.0.2.1")])]);
	assert.deepEqual(await search(...heard, [answer([a("pandabreath-7.local", "192.0.2.9")])]), [
		{ name: "pandabreath-7", host: "192.0.2.9", port: 80 },
	]);
});
