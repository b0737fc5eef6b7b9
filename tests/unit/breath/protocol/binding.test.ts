import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkError } from "../../../../modules/printers/printer-state";
import { bench, printerState, settle } from "./fakes";

const BAMBU = { ip: "192.0.2.7", sn: "01P00A0000000000", access_code: "12345678" };
const MOONRAKER = "http://192.0.2.9:80/printer/info";
const READY = { status: 200, body: '{"result":{"state":"ready","hostname":"voron"}}' };

test("with no printer bound there is no state: a client cuts the heat at anything but 3", () => {
	const { clock, connect } = bench();
	const client = connect({ welcomed: false });
	clock.advance(150);
	assert.deepEqual(client.heard()[0]?.printer, { scan: 0 });
});

test("a Bambu Lab printer is bound into the slot that auto follows, and its states are told as they come", () => {
	const { settings, printers, connect } = bench();
	settings.set({ "breath.printerSlot": 2 });
	const client = connect();
	client.send({ printer: { name: "Big one", ...BAMBU } });
	assert.equal(settings.get("printer2.serial"), BAMBU.sn);
	assert.equal(settings.get("printer2.host"), BAMBU.ip);
	assert.equal(settings.get("printer2.accessCode"), BAMBU.access_code);
	assert.equal(settings.get("printer2.port"), 8883);
	const bound = { name: "Big one", sn: BAMBU.sn, ip: BAMBU.ip, state: 2 };
	assert.deepEqual(client.heard(), [{ printer: bound }, { printer: { ...bound, scan: 0 } }]);
	const told = (link: "connecting" | "online" | "stale", linkError?: LinkError) => {
		printers.set(printerState({ name: "Big one", link, ...(linkError && { linkError }) }));
		return client.heard().map(({ printer }) => printer?.state);
	};
	assert.deepEqual(told("connecting"), []);
	assert.deepEqual(told("online"), [3]);
	assert.deepEqual(told("stale"), [2]);
	assert.deepEqual(told("connecting", "unreachable"), [4]);
	assert.deepEqual(told("connecting", "wrong_serial"), [5]);
	assert.deepEqual(told("connecting", "wrong_access_code"), [6]);
	assert.deepEqual(told("connecting", "untrusted_certificate"), [7]);
	assert.deepEqual(told("connecting", "too_many_clients"), []);
	assert.deepEqual(told("online", "unreachable"), [3]);
});

test("fields that are left out stay, but an access code is never given to another printer", () => {
	const { settings, connect } = bench();
	const client = connect();
	client.send({ printer: { name: "Mine", ...BAMBU } });
	settings.set({ "printer0.port": 9_000, "printer0.pinnedSha256": "a".repeat(64) });
	client.send({ printer: { ip: "192.0.2.8" } });
	client.send({ printer: { ip: "192.0.2.8", sn: BAMBU.sn.toLowerCase(), access_code: "" } });
	assert.deepEqual(
		[settings.get("printer0.host"), settings.get("printer0.accessCode"), settings.get("printer0.port")],
		["192.0.2.8", BAMBU.access_code, 9_000],
	);
	assert.equal(settings.get("printer0.name"), "Mine");
	client.heard();
	client.send({ printer: { ip: "192.0.2.66", sn: "01P00A0000009999" } });
	assert.deepEqual(client.heard(), [{ printer: { state: 6 } }]);
	assert.equal(settings.get("printer0.host"), "192.0.2.8");
	client.send({ printer: { ip: "192.0.2.66", sn: "01P00A0000009999", access_code: "87654321" } });
	assert.deepEqual(
		[
			settings.get("printer0.accessCode"),
			settings.get("printer0.port"),
			settings.get("printer0.pinnedSha256"),
		],
		["87654321", 8883, ""],
	);
	assert.equal(settings.get("printer0.name"), "");
});

test("a printer that is set up in another slot keeps it, and auto follows that slot", () => {
	const { settings, connect } = bench();
	settings.set({ "printer3.serial": BAMBU.sn, "printer3.host": "192.0.2.1", "printer3.accessCode": "old" });
	connect().send({ printer: { ip: BAMBU.ip, sn: BAMBU.sn } });
	assert.equal(settings.get("breath.printerSlot"), 3);
	assert.equal(settings.get("printer3.host"), BAMBU.ip);
	assert.equal(settings.get("printer0.serial"), "");
});

test("what can be no printer is refused with the state that says why, to who asked", () => {
	const { settings, connect } = bench();
	const [client, other] = [connect(), connect()];
	client.heard();
	const refused = (printer: unknown) => {
		client.send({ printer });
		return client.heard();
	};
	assert.deepEqual(refused({ name: "only a name" }), [{ printer: { state: 1 } }]);
	assert.deepEqual(refused({ ip: "192.0.2.7", access_code: "1" }), [{ printer: { state: 1 } }]);
	assert.deepEqual(refused({ ...BAMBU, ip: "not a host!" }), [{ printer: { state: 4 } }]);
	assert.deepEqual(refused({ ...BAMBU, sn: "no serial" }), [{ printer: { state: 5 } }]);
	assert.deepEqual(refused({ ...BAMBU, access_code: "" }), [{ printer: { state: 6 } }]);
	assert.deepEqual(refused({ ...BAMBU, access_code: "x".repeat(99) }), [{ printer: { state: 6 } }]);
	assert.deepEqual(refused({ ...BAMBU, name: "x".repeat(99) }), [{ printer: { state: 1 } }]);
	assert.deepEqual(other.heard(), []);
	assert.equal(settings.get("printer0.serial"), "");
});

test("disconnect forgets the printer with its access code, and tells everybody state 0", () => {
	const { settings, connect } = bench();
	const [client, other] = [connect(), connect()];
	client.send({ printer: BAMBU });
	client.heard();
	other.heard();
	client.send({ printer: { disconnect: 1 } });
	const gone = { printer: { name: "", sn: "", ip: "", state: 0 } };
	assert.deepEqual(client.heard(), [gone]);
	assert.deepEqual(other.heard(), [gone]);
	assert.deepEqual(
		[settings.get("printer0.serial"), settings.get("printer0.host"), settings.get("printer0.accessCode")],
		["", "", ""],
	);
	client.send({ printer: { disconnect: 1 } });
	assert.deepEqual(client.heard(), [{ printer: { state: 0 } }], "there was none: the client waits for a 0");
	assert.deepEqual(other.heard(), []);
});

test("a scan tells that it runs, then what it found; one at a time", async () => {
	const { found, connect } = bench();
	found.push({ serial: BAMBU.sn, host: BAMBU.ip, name: "Mine", model: "P1S" });
	const client = connect();
	client.send({ printer: { scan: 1 } });
	client.send({ printer: { scan: 1 } });
	await settle();
	assert.deepEqual(client.heard(), [
		{ printer: { scan: 1 } },
		{ printer: { scan: 2 } },
		{ printer: { scan: 2, list: [{ name: "Mine", sn: BAMBU.sn, ip: BAMBU.ip, access_code: "" }] } },
	]);
});

test("a scan that fails has found nothing", async () => {
	const { log, connect } = bench({ discovery: { scan: () => Promise.reject(new Error("no radio")) } });
	const client = connect();
	client.send({ printer: { scan: 1 } });
	await settle();
	assert.deepEqual(client.heard().at(-1), { printer: { scan: 2, list: [] } });
	assert.match(log.texts("warn").join(), /no radio/);
});

test("a Klipper printer is shown as connected only when Moonraker really answers", async () => {
	const { settings, httpClient, log, connect } = bench();
	httpClient.answers.set(MOONRAKER, READY);
	const client = connect();
	client.send({ settings: { printer_type: 2 } });
	assert.deepEqual(client.heard(), [
		{ settings: { printer_type: 2 }, printer: { scan_port: 0 } },
		{ response: { type: "printer_type", ok: 1 } },
	]);
	client.send({ printer: { name: "Klipper", ip: "192.0.2.9", port: 80 } });
	const bound = { name: "Klipper", host: "192.0.2.9", port: 80, state: 2 };
	assert.deepEqual(client.heard(), [{ printer: bound }, { printer: { ...bound, scan_port: 0 } }]);
	await settle();
	assert.deepEqual(client.heard(), [{ printer: { state: 3 } }]);
	assert.deepEqual(httpClient.asked, [MOONRAKER]);
	assert.match(log.texts("info").join(), /auto does not follow Klipper printers yet/);
	assert.equal(settings.get("breath.klipperHost"), "192.0.2.9");
	client.send({ printer: { disconnect: 1 } });
	assert.deepEqual(client.heard(), [{ printer: { name: "", host: "", state: 0 } }]);
});

test("a Klipper printer that is not there is a wrong address; one that comes and goes is told", async () => {
	const { httpClient, clock, connect } = bench();
	const client = connect();
	client.send({ settings: { printer_type: 2 } });
	client.send({ printer: { ip: "192.0.2.9" } });
	await settle();
	assert.equal(client.heard().at(-1)?.printer?.state, 4);
	const afterHalfAMinute = async () => {
		clock.advance(30_000);
		await settle();
		return client.heard().flatMap(({ printer }) => printer?.state ?? []);
	};
	assert.deepEqual(await afterHalfAMinute(), []);
	httpClient.answers.set(MOONRAKER, READY);
	assert.deepEqual(await afterHalfAMinute(), [3]);
	assert.deepEqual(await afterHalfAMinute(), []);
	httpClient.answers.set(MOONRAKER, { status: 503, body: '{"error":{"code":503,"message":"no Klippy"}}' });
	assert.deepEqual(await afterHalfAMinute(), [7]);
	for (const body of ["<html>", "[]", '{"result":1}', "null", '"x"', ""]) {
		httpClient.answers.set(MOONRAKER, { status: 200, body });
		await afterHalfAMinute();
		client.send({ query: 1 });
		assert.equal(client.heard().at(-1)?.printer?.state, 4, body);
	}
	httpClient.answers.set(MOONRAKER, READY);
	client.send({ printer: { ip: "192.0.2.9" } });
	await settle();
	assert.equal(client.heard().at(-1)?.printer?.state, 3, "who binds again is told how it is now");
	client.send({ printer: { ip: "what?" } });
	assert.deepEqual(client.heard(), [{ printer: { state: 4 } }]);
	client.send({ printer: { name: "x", port: 0, ip: "192.0.2.9" } });
	assert.deepEqual(client.heard(), [{ printer: { state: 1 } }]);
});

test("a Klipper printer that was bound before a restart is asked for at the start", async () => {
	const storage = bench();
	storage.settings.set({ "breath.printerType": "klipper", "breath.klipperHost": "192.0.2.9" });
	const { httpClient, connect } = bench({ settings: storage.settings });
	const client = connect({ welcomed: false });
	assert.deepEqual(httpClient.asked, [MOONRAKER]);
	await settle();
	client.send({ query: 1 });
	assert.equal(storage.settings.get("breath.klipperPort"), 80);
});

test("a type of printer that there is not is refused, and the type stays", () => {
	const { settings, connect } = bench();
	const client = connect();
	client.send({ settings: { printer_type: 3 } });
	assert.deepEqual(client.heard(), [{ response: { type: "printer_type", ok: 0 } }]);
	assert.equal(settings.get("breath.printerType"), "bambu");
});

test("Klipper printers are looked for at every address of the network but our own", async () => {
	const { settings, httpClient, connect } = bench();
	settings.set({ "breath.printerType": "klipper" });
	httpClient.answers.set("http://192.0.2.9:7125/printer/info", READY);
	httpClient.answers.set("http://192.0.2.200:7125/printer/info", { status: 200, body: '{"result":{}}' });
	const client = connect();
	client.send({ printer: { scan_port: 7125 } });
	for (let turn = 0; turn < 40; turn++) await settle();
	assert.equal(httpClient.asked.length, 253);
	assert.ok(!httpClient.asked.includes("http://192.0.2.20:7125/printer/info"));
	assert.deepEqual(client.heard().at(-1), {
		printer: {
			scan_port: 2,
			list: [
				{ name: "voron", ip: "192.0.2.9", port: 7125 },
				{ name: "Klipper", ip: "192.0.2.200", port: 7125 },
			],
		},
	});
});

test("nothing of a Klipper printer is heard after the server has closed", async () => {
	const { httpClient, server, clock, connect } = bench();
	const client = connect();
	client.send({ settings: { printer_type: 2 } });
	client.send({ printer: { ip: "192.0.2.9" } });
	server.close();
	client.heard();
	await settle();
	clock.advance(60_000);
	assert.deepEqual(client.heard(), []);
	assert.equal(httpClient.asked.length, 1);
});
