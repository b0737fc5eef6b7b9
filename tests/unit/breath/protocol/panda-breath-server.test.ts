import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_CLIENTS, MAX_QUEUED_BYTES } from "../../../../modules/breath/protocol/clients";
import { bench, settle, type TestClient } from "./fakes";

test("the first frame is the snapshot, 150 ms after the upgrade; then the temperature comes each second", () => {
	const { clock, connect } = bench();
	const client = connect({ welcomed: false });
	clock.advance(149);
	assert.deepEqual(client.heard(), []);
	clock.advance(1);
	const [snapshot, ...more] = client.heard();
	assert.deepEqual(Object.keys(snapshot ?? {}), ["settings", "printer", "wifi", "sta", "ap"]);
	assert.equal(snapshot?.settings?.fw_version, "V1.0.3");
	assert.deepEqual(more, []);
	clock.advance(3_000);
	assert.deepEqual(
		client.heard(),
		Array.from({ length: 3 }, () => ({ settings: { warehouse_temper: 22, cal_warehouse_temp: 22.4 } })),
	);
});

test("a newcomer hears nothing before its snapshot, whatever happens meanwhile", () => {
	const { clock, breath, connect } = bench();
	const first = connect();
	clock.advance(700);
	const second = connect({ welcomed: false });
	breath.set({ target: 50 });
	second.send({ settings: { printer_type: 2, work_on: false } });
	clock.advance(149);
	assert.deepEqual(second.heard(), []);
	assert.deepEqual(first.heard()[0], { settings: { set_temp: 50 } });
	clock.advance(1);
	const [snapshot, answer] = second.heard();
	assert.equal(snapshot?.settings?.set_temp, 50);
	assert.deepEqual(answer, { response: { type: "printer_type", ok: 1 } });
});

test("a client that sends OFF and is gone at once has turned the heater off", () => {
	const { breath, connect } = bench();
	breath.set({ on: true });
	const client = connect({ welcomed: false });
	client.send({ settings: { work_on: false } });
	client.leave();
	assert.equal(breath.state.on, false);
	assert.deepEqual(client.heard(), []);
	assert.deepEqual(breath.changes, [{ changes: { on: false }, by: "websocket" }]);
});

test("what one client changes, all hear in one and the same text; a mode that stays is never sent", () => {
	const { connect } = bench();
	const [a, b] = [connect(), connect()];
	a.heard();
	a.send({ settings: { work_mode: 2 } });
	assert.deepEqual(a.heard(), [{ settings: { work_mode: 2 } }]);
	assert.deepEqual(b.heard(), [{ settings: { work_mode: 2 } }]);
	assert.equal(a.socket.frames.at(-1), b.socket.frames.at(-1));
	for (const client of [a, b]) client.send({ settings: { work_mode: 2 } });
	assert.deepEqual([...a.heard(), ...b.heard()], []);
});

/** Sends back each mode it is told, a while later, as the page of the stock firmware does. */
function pageOf(client: TestClient): { hear(): number; answer(): void } {
	let modes: unknown[] = [];
	return {
		hear() {
			const told = client.heard().flatMap(({ settings }) => settings?.work_mode ?? []);
			modes.push(...told);
			return told.length;
		},
		answer() {
			const due = modes;
			modes = [];
			for (const mode of due) client.send({ settings: { work_mode: mode } });
		},
	};
}

test("pages that send back the modes they are told, late and across each other, come to an end", () => {
	for (const count of [1, 2, 3]) {
		const { clock, breath, connect } = bench();
		const clients = Array.from({ length: count }, () => connect());
		const pages = clients.map(pageOf);
		for (const [index, client] of clients.entries())
			for (const mode of [2, 1, 2].slice(0, 2 + (index % 2))) client.send({ settings: { work_mode: mode } });
		let told = 0;
		for (let turn = 0; turn < 200; turn++) {
			const heard = pages.map((page) => page.hear()).reduce((sum, each) => sum + each, 0);
			if (turn > 50) told += heard;
			clock.advance(100);
			for (const page of pages) page.answer();
		}
		assert.equal(told, 0, `${count} pages go on with it`);
		const mode = breath.state.mode;
		for (const client of clients) client.send({ get_settings: 1 });
		for (const client of clients)
			assert.equal(client.heard().at(-1)?.settings?.work_mode, mode === "auto" ? 1 : 2);
	}
});

test("a mode that changes twice at once is told once more, a little later", () => {
	const { clock, connect } = bench();
	const client = connect();
	for (const mode of [2, 3]) client.send({ settings: { work_mode: mode } });
	const modes = () =>
		client
			.heard()
			.flatMap(({ settings: { work_mode, filament_drying_mode } = {} }) =>
				(work_mode ?? filament_drying_mode) === undefined ? [] : [[work_mode, filament_drying_mode]],
			);
	assert.deepEqual(modes(), [[2, undefined]]);
	clock.advance(3_000);
	assert.deepEqual(modes(), [[3, 3]], "and the preset comes with it");
	clock.advance(10_000);
	assert.deepEqual(modes(), []);
});

test("whoever writes what is the case already, or what is out of range, is told alone", () => {
	const { connect } = bench();
	const [a, b] = [connect(), connect()];
	a.heard();
	a.send({ settings: { work_on: false, work_mode: 1, set_temp: 45, filtertemp: 30, hotbedtemp: 80 } });
	assert.deepEqual(a.heard(), [{ settings: { work_on: 0, set_temp: 45, filtertemp: 30, hotbedtemp: 80 } }]);
	a.send({ settings: { set_temp: 60 } });
	assert.deepEqual(a.heard(), [{ settings: { set_temp: 60 } }]);
	a.send({ settings: { set_temp: 300 } });
	assert.deepEqual(a.heard(), [{ settings: { set_temp: 60 } }]);
	assert.deepEqual(b.heard(), [{ settings: { set_temp: 60 } }]);
	// Its presence would mean drying mode to a client.
	a.send({ settings: { filament_drying_mode: 3 } });
	assert.deepEqual(a.heard(), []);
});

test("what the panel, a button or a fault changes reaches every client", () => {
	const { breath, settings, connect } = bench();
	const client = connect();
	breath.set({ mode: "drying", on: true });
	breath.set({ drying: { running: true, target: 55, hours: 6, remainingSeconds: 21_600 } });
	breath.set({ drying: { running: true, target: 55, hours: 6, remainingSeconds: 21_599 }, chamber: 30 });
	settings.set({ language: "zh" });
	breath.set({ on: false, fault: { code: "no_mains", text: "", latched: true } });
	assert.deepEqual(client.heard(), [
		{ settings: { work_on: 1, work_mode: 3, filament_drying_mode: 3 } },
		{ settings: { isrunning: 1, custom_temp: 55, custom_timer: 6 } },
		{ settings: { language: "zh" } },
		{ settings: { work_on: 0, ptc_heater_status: 1 } },
	]);
});

test("get_settings and query are answered with a fresh snapshot", () => {
	const { connect, breath } = bench();
	const client = connect();
	breath.set({ target: 33 });
	client.heard();
	for (const frame of [{ get_settings: 1 }, { query: 1 }]) {
		client.send(frame);
		const [snapshot, ...more] = client.heard();
		assert.equal(snapshot?.settings?.set_temp, 33);
		assert.ok(snapshot.printer && snapshot.wifi && snapshot.sta && snapshot.ap);
		assert.deepEqual(more, []);
	}
	client.socket.queuedBytes = 3_000;
	client.send({ query: 1 });
	assert.deepEqual(client.heard(), [], "the one before is still to be read");
});

test("a client that does not read is dropped, and the others are served on", () => {
	const { clock, log, breath, connect } = bench();
	const [slow, other] = [connect(), connect()];
	slow.socket.queuedBytes = MAX_QUEUED_BYTES;
	clock.advance(1_000);
	assert.equal(slow.socket.closedWith, undefined);
	slow.socket.queuedBytes = MAX_QUEUED_BYTES + 1;
	clock.advance(1_000);
	assert.equal(slow.socket.closedWith, 1013);
	assert.equal(breath.attendees, 1);
	assert.equal(log.texts("warn").length, 1);
	other.heard();
	clock.advance(1_000);
	assert.equal(other.heard().length, 1);
	breath.set({ on: true });
	slow.send({ settings: { work_on: false } });
	assert.equal(breath.state.on, false, "an OFF that was under way when it was dropped counts");
});

test("eight clients are served; one more is turned away though it slipped past the door", () => {
	const { server, breath, connect } = bench();
	const clients = Array.from({ length: MAX_CLIENTS }, () => {
		assert.equal(server.isFull, false);
		return connect({ welcomed: false });
	});
	assert.equal(server.isFull, true);
	const ninth = connect({ welcomed: false });
	assert.equal(ninth.socket.closedWith, 1013);
	ninth.send({ settings: { work_on: true } });
	ninth.leave();
	assert.equal(breath.changes.length, 0);
	assert.equal(breath.attendees, 1, "they are there as one");
	clients[3]?.leave();
	clients[3]?.leave();
	assert.equal(breath.attendees, 1);
	assert.equal(server.isFull, false);
	for (const client of clients) client.leave();
	assert.equal(breath.attendees, 0);
});

test("with nobody there nothing runs: no timer is left", () => {
	const { clock, server, connect } = bench();
	// The settings store their version.
	clock.advance(1_000);
	assert.equal(clock.pendingTimers, 0);
	const [a, b] = [connect(), connect({ welcomed: false })];
	a.leave();
	b.leave();
	assert.equal(clock.pendingTimers, 0);
	connect();
	server.close();
	server.close();
	assert.equal(clock.pendingTimers, 0);
});

test("a server that closes says goodbye, and serves nobody afterwards", () => {
	const { server, breath, connect } = bench();
	const client = connect();
	server.close();
	assert.equal(client.socket.closedWith, 1001);
	assert.equal(breath.attendees, 0);
	breath.set({ target: 50 });
	assert.deepEqual(client.heard(), []);
	const late = connect();
	late.send({ settings: { work_on: true } });
	assert.equal(breath.changes.length, 0);
});

test("a connection that may not write is refused everything but off, and does not watch over the heat", () => {
	const { breath, settings, calls, clock, connect } = bench();
	breath.set({ on: true });
	const client = connect({ mayWrite: false });
	assert.equal(breath.attendees, 0);
	const locked = { response: { type: "locked", ok: 0 } };
	for (const frame of [
		{ settings: { set_temp: 50 } },
		{ settings: { printer_type: 2, language: "zh", reset: 1, factory_reset: 1 } },
		{ wifi: { ssid: "a", password: "12345678" }, sta: { hostname: "a" }, ap: { on: 1 } },
		{ printer: { ip: "192.0.2.7", sn: "01P00A0000000000", access_code: "1" } },
	]) {
		client.send(frame);
		assert.deepEqual(client.heard(), [locked]);
	}
	assert.deepEqual(breath.changes, []);
	assert.equal(settings.get("hostname"), "");
	client.send({ settings: { work_on: 0, set_temp: 50 } });
	assert.deepEqual(client.heard(), [{ settings: { work_on: 0 } }, locked]);
	assert.deepEqual(breath.changes, [{ changes: { on: false }, by: "websocket" }]);
	client.send({ settings: { isrunning: 0, target_temp: 0 } });
	assert.equal(breath.state.target, 0);
	client.heard();
	client.send({ query: 1 });
	assert.equal(client.heard().length, 1);
	clock.advance(1_000);
	assert.deepEqual(calls, []);
});

test("what cannot be read changes nothing, ends nothing, and is logged without filling the log", () => {
	const { breath, log, connect } = bench();
	const client = connect();
	for (let round = 0; round < 200; round++)
		for (const frame of ["", "[".repeat(4_000), "x".repeat(9_000), "[]", '{"settings":{"set_temp":"x"}}'])
			client.send(frame);
	assert.deepEqual(client.heard(), []);
	assert.equal(client.socket.closedWith, undefined);
	assert.equal(breath.changes.length, 0);
	assert.equal(log.texts("warn").length, 5 * 3);
});

test("restart and factory reset come after their answers", async () => {
	const { calls, clock, connect } = bench();
	const client = connect();
	client.send({ settings: { factory_reset: 1 } });
	await settle();
	assert.deepEqual(client.heard(), [{ response: { type: "factory_reset", ok: 1 } }]);
	assert.deepEqual(calls, ["factoryReset"]);
	client.send({ settings: { reset: 1 } });
	clock.advance(1_000);
	assert.deepEqual(calls, ["factoryReset", "restart"]);
});

test("a factory reset that fails says so, and the device goes on", async () => {
	const { calls, clock, connect } = bench({ factoryReset: () => Promise.reject(new Error("flash")) });
	const client = connect();
	client.send({ settings: { factory_reset: 1 } });
	await settle();
	clock.advance(500);
	assert.deepEqual(client.heard(), [{ response: { type: "factory_reset", ok: 0 } }]);
	assert.deepEqual(calls, []);
});

test("the result of an update reaches every client", () => {
	const { server, connect } = bench();
	const client = connect();
	server.updateEnded(true);
	server.updateEnded(false);
	server.updateEnded(false, "ota_unknown");
	assert.deepEqual(client.heard(), [
		{ response: { type: "ota_fw", ok: 1 } },
		{ response: { type: "ota_fw", ok: 0 } },
		{ response: { type: "ota_unknown", ok: 0 } },
	]);
});

test("language, name and own network are set, and acked where clients wait for it", () => {
	const { settings, connect } = bench();
	const client = connect();
	client.send({ settings: { language: "zh" } });
	client.send({ sta: { hostname: "box" } });
	assert.deepEqual(client.heard(), [
		{ settings: { language: "zh" } },
		{ sta: { hostname: "box" } },
		{ response: { type: "set_hostname", ok: 1 } },
	]);
	client.send({ sta: { hostname: "not a name!" } });
	client.send({ ap: { ssid: "Breath", password: "longenough" } });
	client.send({ ap: { ip: "192.168.9.1" } });
	client.send({ ap: { ssid: "Breath", ip: "somewhere" } });
	assert.deepEqual(
		client.heard().map(({ response }) => response),
		[
			{ type: "set_hostname", ok: 0 },
			{ type: "set_ap", ok: 1 },
			{ type: "set_hotspot_ip", ok: 1 },
			{ type: "set_ap", ok: 0 },
			{ type: "set_hotspot_ip", ok: 0 },
		],
	);
	assert.equal(settings.get("hostname"), "box");
	assert.equal(settings.get("wifi.accessPointPassword"), "longenough");
	assert.equal(settings.get("wifi.accessPointAddress"), "192.168.9.1");
});

test("a Wi-Fi scan tells when it runs, and its list at the end; a join is told by its states", async () => {
	const { wifi, connect } = bench();
	const [client, other] = [connect(), connect()];
	client.heard();
	client.send({ wifi: { scan: 1 } });
	await settle();
	const expected = [
		{ wifi: { scan: 1 } },
		{ wifi: { scan: 2 } },
		{ wifi: { scan: 2, list: [{ ssid: "Workshop" }, { ssid: "Cafe" }] } },
	];
	assert.deepEqual(client.heard(), expected);
	assert.deepEqual(other.heard(), expected);
	client.send({ wifi: { ssid: "Cafe", password: "very-secret" } });
	assert.deepEqual(wifi.joined, [{ ssid: "Cafe", password: "very-secret" }]);
	wifi.set({ station: { status: "connecting", ssid: "Cafe" } });
	assert.deepEqual(client.heard(), [{ wifi: { ssid: "Cafe" }, sta: { ip: "", state: 2 } }]);
	client.send({ wifi: { ssid: "Cafe", password: "short" } });
	assert.deepEqual(client.heard(), [{ sta: { state: 5 } }]);
	client.send({ wifi: { ssid: "x".repeat(40), password: "longenough" } });
	assert.deepEqual(client.heard(), [{ sta: { state: 1 } }]);
});

test("no frame ever holds a password or an access code", async () => {
	const { clock, printers, connect } = bench();
	const client = connect({ welcomed: false });
	clock.advance(150);
	client.send({ wifi: { ssid: "Cafe", password: "secret-one" } });
	client.send({ ap: { ssid: "Own", password: "secret-two" } });
	client.send({
		printer: { ip: "192.0.2.7", sn: "01P00A0000000000", access_code: "secret-3" },
	});
	printers.set(undefined);
	client.send({ printer: { scan: 1 }, wifi: { scan: 1 }, query: 1 });
	await settle();
	clock.advance(1_000);
	const text = client.socket.frames.join("\n");
	assert.ok(client.socket.frames.length > 6);
	assert.doesNotMatch(text, /secret|987654321|"password"/);
});
