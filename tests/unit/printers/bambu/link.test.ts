import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkError } from "../../../../modules/printers/printer-state";
import { ACCESS_CODE, benchPrinter } from "./bench-printer";

const report = { print: { command: "push_status", msg: 0, gcode_state: "IDLE" } };
const delta = { print: { command: "push_status", msg: 1, bed_temper: 20 } };

function online() {
	const bench = benchPrinter();
	bench.deliver(report);
	assert.equal(bench.printer.state.link, "online");
	return bench;
}

test("it connects as the printer's one user, over TLS, expecting the serial number as common name", () => {
	const { printer, mqtt } = benchPrinter({ serial: "01S00A123456789" });
	printer.start();
	const { options } = mqtt.last;
	assert.equal(options.username, "bblp");
	assert.equal(options.password, ACCESS_CODE);
	assert.equal(options.tls?.commonName, "01S00A123456789");
	assert.equal(options.tls?.pinnedSha256, undefined);
	assert.equal(options.clientId, "culm-test-0");
	assert.equal(printer.state.link, "connecting");
});

test("once accepted it subscribes, then asks for version and full report once, and is online at the first report", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.accept();
	assert.deepEqual(mqtt.last.subscriptions, ["device/01P00A000000001/report"]);
	assert.deepEqual(mqtt.last.requests, []);
	mqtt.last.grant();
	assert.deepEqual(mqtt.last.requests, ["info.get_version", "pushing.pushall"]);
	assert.equal(printer.state.link, "connecting");
	mqtt.last.deliver(delta);
	assert.equal(printer.state.link, "online");
});

test("topics use the spelling of the certificate", () => {
	const { printer, mqtt } = benchPrinter({ serial: "01p00a000000001" });
	printer.start();
	mqtt.last.accept("01P00A000000001");
	mqtt.last.grant();
	assert.deepEqual(mqtt.last.subscriptions, ["device/01P00A000000001/report"]);
	assert.equal(mqtt.last.published[0]?.topic, "device/01P00A000000001/request");
});

test("a report that overtakes the answer to the subscription does not swallow the questions", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.accept();
	mqtt.last.deliver(delta);
	mqtt.last.grant();
	assert.deepEqual(mqtt.last.requests, ["info.get_version", "pushing.pushall"]);
	assert.equal(printer.state.link, "online");
});

test("sequence ids are decimal strings, all different, and never too large for an AMS", () => {
	for (const random of [() => 0, () => 0.999_999_999]) {
		const { mqtt, deliver } = benchPrinter({ random });
		deliver(report);
		const ids = mqtt.last.published.map(
			({ payload }) => Object.values(JSON.parse(payload)) as { sequence_id: string }[],
		);
		const numbers = ids.map(([body]) => body?.sequence_id ?? "");
		assert.equal(new Set(numbers).size, 2);
		for (const id of numbers) {
			assert.match(id, /^\d+$/);
			assert.ok(Number(id) > 29_999 && Number(id) <= 0x7fffffff);
		}
	}
});

test("as long as no full report came, one is asked for every five minutes and not more often", () => {
	const { clock, mqtt, deliver } = benchPrinter();
	deliver(delta);
	const passed = (minutes: number) => {
		for (let second = 0; second < minutes * 60; second += 2) {
			clock.advance(2_000);
			deliver(delta);
		}
		return mqtt.last.requests.filter((request) => request === "pushing.pushall").length;
	};
	assert.equal(passed(4.9), 1);
	assert.equal(passed(0.5), 2);
	deliver(report);
	assert.equal(passed(20), 2);
});

test("a stream that stalls is called stale, nudged, and recovers by itself", () => {
	const { printer, clock, mqtt, deliver } = online();
	clock.advance(14_000);
	assert.equal(printer.state.link, "online");
	clock.advance(2_000);
	assert.equal(printer.state.link, "stale");
	assert.equal(mqtt.last.requests.at(-1), "pushing.start");
	assert.equal(mqtt.connections.length, 1);
	deliver(delta);
	assert.equal(printer.state.link, "online");
});

/** Lets what waits for a goodbye go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a stream that stays silent for a minute is connected anew, with a DISCONNECT first", async () => {
	const { printer, clock, mqtt } = online();
	const first = mqtt.last;
	clock.advance(60_500);
	assert.equal(first.disconnected, true);
	assert.equal(printer.state.link, "offline");
	assert.equal(printer.state.linkError, "unreachable");
	clock.advance(2_000);
	await settle();
	assert.equal(mqtt.connections.length, 2);
	assert.equal(printer.state.link, "connecting");
});

test("a printer that was online before is not accused of a wrong serial number when it is silent after a reconnect", () => {
	const { printer, clock, mqtt } = online();
	mqtt.last.fail("closed_by_peer");
	clock.advance(2_000);
	mqtt.last.accept();
	mqtt.last.grant();
	clock.advance(11_000);
	assert.equal(printer.state.link, "stale");
	assert.equal(printer.state.linkError, undefined);
});

test("messages that cannot be read do not keep a link alive", () => {
	const { printer, clock, mqtt } = online();
	for (let second = 0; second < 20; second += 2) {
		clock.advance(2_000);
		mqtt.last.deliver(new TextEncoder().encode("{"));
	}
	assert.equal(printer.state.link, "stale");
});

test("wrong serial: accepted, subscribed, silent for ten seconds", () => {
	const { printer, clock, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.accept();
	mqtt.last.grant();
	clock.advance(9_900);
	assert.equal(printer.state.linkError, undefined);
	clock.advance(200);
	assert.equal(printer.state.linkError, "wrong_serial");
	assert.match(printer.state.linkHelp ?? "", /serial/);
	// It may only have been slow.
	mqtt.last.deliver(report);
	assert.equal(printer.state.link, "online");
	assert.equal(printer.state.linkError, undefined);
	assert.equal(printer.state.linkHelp, undefined);
});

test("a refused subscription counts as a wrong serial number too", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.accept();
	mqtt.last.grant(false);
	assert.equal(printer.state.linkError, "wrong_serial");
	assert.equal(mqtt.last.disconnected, true);
});

const certificate = { commonName: "01P00A999999999", sha256: "ab".repeat(32) };
const failures: [
	Parameters<ReturnType<typeof benchPrinter>["mqtt"]["last"]["fail"]>[0],
	LinkError | undefined,
][] = [
	["unauthorized", "wrong_access_code"],
	["untrusted", "untrusted_certificate"],
	["certificate_changed", "certificate_changed"],
	["wrong_name", "wrong_serial"],
	["refused", "unreachable"],
	["unreachable", "unreachable"],
	["timeout", "unreachable"],
	["host_not_found", "unreachable"],
	["protocol", "unreachable"],
	["handshake_closed", undefined],
];

for (const [code, linkError] of failures) {
	test(`a connection that fails with ${code} is shown as ${linkError ?? "no error yet"}, with words`, () => {
		const { printer, mqtt } = benchPrinter();
		printer.start();
		mqtt.last.fail(code, { certificate });
		assert.equal(printer.state.link, "offline");
		assert.equal(printer.state.linkError, linkError);
		assert.equal(printer.state.linkHelp !== undefined, linkError !== undefined);
	});
}

test("a refused certificate is shown with its fingerprint, so that a person can compare it", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.fail("untrusted", { certificate });
	assert.deepEqual(printer.state.linkCertificate, certificate);
});

test("another printer at that address is called by its serial number", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.fail("wrong_name", { certificate });
	assert.match(printer.state.linkHelp ?? "", /01P00A999999999/);
});

test("three handshakes in a row that the printer breaks off mean too many clients; a success forgets them", () => {
	const { printer, clock, mqtt } = benchPrinter();
	printer.start();
	for (const expected of [undefined, undefined, "too_many_clients"]) {
		mqtt.last.fail("handshake_closed");
		assert.equal(printer.state.linkError, expected);
		clock.advance(40_000);
	}
	mqtt.last.accept();
	mqtt.last.grant();
	mqtt.last.deliver(report);
	assert.equal(printer.state.linkError, undefined);
	mqtt.last.fail("handshake_closed");
	assert.equal(printer.state.linkError, undefined);
});

test("what a person has to mend is tried again no sooner than in 24 s", () => {
	for (const code of ["unauthorized", "untrusted", "certificate_changed", "wrong_name"] as const) {
		const { printer, clock, mqtt } = benchPrinter({ random: () => 0 });
		printer.start();
		mqtt.last.fail(code);
		clock.advance(23_900);
		assert.equal(mqtt.connections.length, 1, code);
		clock.advance(200);
		assert.equal(mqtt.connections.length, 2, code);
	}
});

test("what is wrong stays said, certificate and all, while the next attempts are under way", () => {
	for (const [code, words] of [
		["wrong_name", /01P00A999999999/],
		["untrusted", /authority/],
	] as const) {
		const { printer, clock, mqtt } = benchPrinter();
		printer.start();
		mqtt.last.fail(code, { certificate });
		const said = printer.state.linkHelp;
		assert.match(said ?? "", words);
		clock.advance(31_000);
		assert.equal(printer.state.link, "connecting");
		assert.equal(printer.state.linkHelp, said);
		assert.deepEqual(printer.state.linkCertificate, certificate);
	}
});

test("the words for silence are not those of an earlier wrong name", () => {
	const { printer, clock, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.fail("wrong_name", { certificate });
	clock.advance(31_000);
	mqtt.last.accept();
	mqtt.last.grant();
	clock.advance(10_000);
	assert.equal(printer.state.linkError, "wrong_serial");
	assert.match(printer.state.linkHelp ?? "", /says nothing/);
	assert.equal(printer.state.linkCertificate, undefined);
});

test("a printer that drops us right after each report is not hammered; after a good minute the pause is short again", () => {
	const { clock, mqtt, deliver } = benchPrinter();
	deliver(report);
	const pauses: number[] = [];
	const reconnect = () => {
		const before = mqtt.connections.length;
		mqtt.last.fail("closed_by_peer");
		const from = clock.now();
		while (mqtt.connections.length === before) clock.advance(100);
		pauses.push(Math.round((clock.now() - from) / 1000));
		mqtt.last.accept();
		mqtt.last.grant();
		mqtt.last.deliver(report);
	};
	for (let drop = 0; drop < 7; drop++) reconnect();
	assert.deepEqual(pauses, [1, 2, 4, 4, 4, 4, 4]);
	for (let second = 0; second < 70; second += 2) {
		clock.advance(2_000);
		deliver(delta);
	}
	reconnect();
	assert.equal(pauses.at(-1), 1);
});

test("a printer that never speaks is connected anew after five minutes, and again", async () => {
	const { printer, clock, mqtt } = benchPrinter();
	printer.start();
	for (let connection = 1; connection <= 3; connection++) {
		assert.equal(mqtt.connections.length, connection);
		mqtt.last.accept();
		mqtt.last.grant();
		clock.advance(10_000);
		assert.equal(printer.state.linkError, "wrong_serial");
		clock.advance(300_000);
		await settle();
		assert.equal(mqtt.last.disconnected, true);
		clock.advance(40_000);
		await settle();
	}
});

test("handshakes that were broken off count only in a row", () => {
	const { printer, clock, mqtt } = benchPrinter();
	printer.start();
	for (const code of [
		"handshake_closed",
		"handshake_closed",
		"refused",
		"handshake_closed",
		"handshake_closed",
	] as const) {
		mqtt.last.fail(code);
		clock.advance(40_000);
	}
	assert.notEqual(printer.state.linkError, "too_many_clients");
});

test("each connection asks for a full report anew, also when one had come before", () => {
	const { clock, mqtt } = online();
	mqtt.last.fail("closed_by_peer");
	clock.advance(2_000);
	mqtt.last.accept();
	mqtt.last.grant();
	mqtt.last.deliver(delta);
	assert.deepEqual(mqtt.last.requests, ["info.get_version", "pushing.pushall"]);
	for (let second = 0; second < 310; second += 2) {
		clock.advance(2_000);
		mqtt.last.deliver(delta);
	}
	assert.equal(mqtt.last.requests.filter((request) => request === "pushing.pushall").length, 2);
});

test("a new connection waits until the one before has said goodbye, and so does closing", async () => {
	const { printer, clock, mqtt } = online();
	let goodbye = (): void => {};
	mqtt.last.close = () => new Promise((resolve) => (goodbye = resolve));
	clock.advance(65_000);
	await settle();
	assert.equal(mqtt.connections.length, 1);
	let closed = false;
	const closing = printer.close().then(() => (closed = true));
	await settle();
	assert.equal(closed, false);
	goodbye();
	await closing;
	await settle();
	assert.equal(mqtt.connections.length, 1, "closed meanwhile: it does not connect any more");
});

test("closing sends a DISCONNECT, leaves no timer, and late events change nothing", async () => {
	const { printer, clock, mqtt } = online();
	const states: unknown[] = [];
	printer.onChange((state) => states.push(state));
	await printer.close();
	await printer.close();
	assert.equal(mqtt.last.disconnected, true);
	assert.equal(clock.pendingTimers, 0);
	mqtt.last.options.onClosed(Object.assign(new Error("late")) as never);
	mqtt.last.options.onOpen("x");
	clock.advance(600_000);
	assert.equal(mqtt.connections.length, 1);
	assert.deepEqual(states, []);
});

test("closing while it waits or connects ends it for good", async () => {
	for (const fail of [true, false]) {
		const { printer, clock, mqtt } = benchPrinter();
		printer.start();
		if (fail) mqtt.last.fail("refused");
		await printer.close();
		clock.advance(600_000);
		assert.equal(mqtt.connections.length, 1);
		assert.equal(clock.pendingTimers, 0);
	}
});

test("the access code is in no state and no log line", () => {
	const { printer, mqtt, log, clock } = benchPrinter();
	printer.start();
	for (const [code] of failures) {
		mqtt.last.fail(code, { certificate, cause: new Error(`password ${ACCESS_CODE}`) });
		assert.ok(!JSON.stringify(printer.state).includes(ACCESS_CODE));
		clock.advance(40_000);
	}
	assert.ok(log.lines.length >= failures.length);
	assert.ok(!JSON.stringify(log.lines).includes(ACCESS_CODE));
});
