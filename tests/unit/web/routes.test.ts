// What each route does, refuses and answers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PortError } from "../../../modules/platform/port-error";
import { PrinterBookError } from "../../../modules/printers/printer-book";
import { bearer, benchWeb, content, errorCode, HOST } from "./bench-web";

const origin = { origin: `http://${HOST}` };

test("a change is handed to the heater as it is, with who asked, and its state is the answer", async () => {
	const { ask, breath } = await benchWeb();
	const changes = {
		mode: "drying",
		target: 99.5,
		bedThreshold: 60,
		filterThreshold: 0,
		fanOnly: true,
		dryingTarget: 50,
		dryingHours: 8,
		dryingPreset: "custom",
		dryingRunning: true,
		on: true,
	};
	const response = await ask("POST", "/api/breath", changes);
	assert.equal(response.status, 200);
	assert.deepEqual(content(response), breath.state);
	assert.deepEqual(breath.asked, [{ changes, by: "program" }]);
	await ask("POST", "/api/breath", { target: 30 }, origin);
	assert.equal(breath.asked.at(-1)?.by, "page");
});

test("off counts even next to what is refused", async () => {
	const { ask, breath } = await benchWeb();
	for (const wrong of [{ mode: "sauna" }, { target: "hot" }, { unknown: 1 }]) {
		breath.asked.length = 0;
		const response = await ask("POST", "/api/breath", { ...wrong, on: false });
		assert.equal(response.status, 400);
		assert.deepEqual(breath.asked, [{ changes: { on: false }, by: "program" }]);
	}
});

test("a fault is cleared, or the answer says why not", async () => {
	const { ask, breath } = await benchWeb();
	for (const [clearing, status, code] of [
		["cleared", 200, undefined],
		["still_there", 409, "fault_remains"],
		["not_stored", 500, "not_stored"],
	] as const) {
		breath.clearing = clearing;
		const response = await ask("POST", "/api/breath", { clearFault: true });
		assert.equal(response.status, status);
		if (code) assert.equal(errorCode(response), code);
	}
	assert.deepEqual(breath.cleared, ["program", "program", "program"]);
	assert.deepEqual(breath.asked, [], "nothing else changes");
	breath.clearing = "still_there";
	await ask("POST", "/api/breath", { clearFault: true, on: true });
	assert.deepEqual(breath.asked, [], "with the fault still there nothing is turned on");
});

test("the chamber's last hours are there for a chart; without a heater there is none", async () => {
	const { ask } = await benchWeb();
	assert.deepEqual(content(await ask("GET", "/api/breath/history")).chamber, [22, null]);
	const { ask: askPanel } = await benchWeb({ heater: false });
	for (const [method, path] of [
		["POST", "/api/breath"],
		["GET", "/api/breath/history"],
	] as const) {
		const response = await askPanel(method, path, { on: false });
		assert.equal(response.status, 404);
		assert.equal(errorCode(response), "no_heater");
	}
});

const remoteState = { host: "192.0.2.40", link: "online", on: false, drying: {} } as const;

test("on a device without a heater, changes go to the one on the network, and the answer is what that says", async () => {
	const { ask, remoteBreath } = await benchWeb({ heater: false });
	remoteBreath.state = remoteState;
	const changes = { mode: "always_on", target: 45, on: true };
	const response = await ask("POST", "/api/breath", changes);
	assert.equal(response.status, 200);
	assert.deepEqual(content(response), remoteState);
	assert.deepEqual(remoteBreath.asked, [changes]);
	for (const [code, status, shown] of [
		["unreachable", 502, "unreachable"],
		["locked", 409, "heater_locked"],
		["refused", 409, "heater_refused"],
		["superseded", 409, "superseded"],
		["busy", 503, "busy"],
		["no_answer", 504, "no_answer"],
	] as const) {
		remoteBreath.result = { ok: false, code, message: "Words for a person." };
		const refused = await ask("POST", "/api/breath", changes);
		assert.deepEqual([refused.status, errorCode(refused)], [status, shown]);
		assert.equal(content(refused).error.message, "Words for a person.");
	}
});

test("off reaches the heater on the network even next to what is refused, and without the password", async () => {
	const { ask, remoteBreath } = await benchWeb({ heater: false, password: true });
	remoteBreath.state = remoteState;
	for (const [body, headers, status] of [
		[{ on: false }, {}, 200],
		[{ on: false, target: 30 }, {}, 401],
		[{ on: false, mode: "sauna" }, bearer(), 400],
		[{ on: false, fanOnly: true }, bearer(), 409],
		[{ on: false, clearFault: true }, bearer(), 409],
	] as const) {
		remoteBreath.asked.length = 0;
		const response = await ask("POST", "/api/breath", body, headers);
		assert.equal(response.status, status, JSON.stringify(body));
		assert.deepEqual(remoteBreath.asked, [{ on: false }]);
	}
	for (const body of [{ on: true }, { target: 0 }, { dryingRunning: false }]) {
		remoteBreath.asked.length = 0;
		assert.equal((await ask("POST", "/api/breath", body)).status, 401);
		assert.deepEqual(remoteBreath.asked, []);
	}
});

test("heaters are looked for on a device that has none, and the answer says where they are", async () => {
	const { ask, heaters } = await benchWeb({ heater: false });
	heaters.found = [{ name: "PandaBreath", host: "192.168.1.40", port: 80 }];
	assert.deepEqual(content(await ask("POST", "/api/breath/scan")), { heaters: heaters.found });
	heaters.refusal = new PortError("unreachable", "there is no network");
	assert.equal((await ask("POST", "/api/breath/scan")).status, 503);
	const { ask: askHeater } = await benchWeb();
	assert.equal((await askHeater("POST", "/api/breath/scan")).status, 404);
});

test("settings are shown without secrets, and changed all or none", async () => {
	const { ask, settings } = await benchWeb();
	const changed = await ask("PATCH", "/api/settings", {
		deviceName: "Shed",
		"wifi.accessPointPassword": "s3cr3t-77",
		"breath.autoBy": "filament",
	});
	assert.equal(changed.status, 200);
	const shown = await ask("GET", "/api/settings");
	assert.deepEqual(content(shown), content(changed));
	assert.equal(content(shown).deviceName, "Shed");
	assert.deepEqual(content(shown)["wifi.accessPointPassword"], { configured: true });
	assert.deepEqual(content(shown).devicePassword, { configured: false });
	assert.ok(!String(shown.body).includes("s3cr3t"));
	for (const [changes, words] of [
		[{ deviceName: "Other", "breath.target": 61 }, /"breath.target" has to be from 0 to 60/],
		[{ deviceName: "Other", nonsense: 1 }, /no setting "nonsense"/],
		[{ deviceName: 5 }, /"deviceName" has to be a text/],
		[{ "breath.mode": "sauna" }, /one of auto, always_on, drying/],
		[{ webSocketLocked: 1 }, /true or false/],
		[{ devicePassword: 12345678 }, /"devicePassword" has to be a text/],
		[{ devicePassword: "short" }, /"devicePassword" has to be 8 to 64/],
		[{ devicePassword: "with a blank" }, /without spaces/],
		[{ devicePassword: "correct-horse", deviceName: "" }, /"deviceName"/],
	] as const) {
		const response = await ask("PATCH", "/api/settings", changes);
		assert.equal(response.status, 400);
		assert.equal(errorCode(response), "bad_field");
		assert.match(content(response).error.message, words);
	}
	assert.equal(settings.get("deviceName"), "Shed");
	assert.equal(settings.get("devicePassword"), "");
});

const left = { host: "192.0.2.20", serial: "01P00A000000001", accessCode: "12345678" };
const right = { host: "192.0.2.21", serial: "01P00A000000002", accessCode: "87654321" };

test("a printer goes into the first free slot, or into the one that is named", async () => {
	const { ask, settings } = await benchWeb();
	const added = await ask("POST", "/api/printers", { ...left, name: "Left" });
	assert.equal(added.status, 201);
	assert.deepEqual(content(added), { slot: 0, id: left.serial });
	assert.equal(settings.get("printer0.accessCode"), "12345678");
	assert.equal(settings.get("printer0.name"), "Left");
	assert.deepEqual(content(await ask("POST", "/api/printers", { ...right, slot: 5 })), {
		slot: 5,
		id: right.serial,
	});
	const third = await ask("POST", "/api/printers", { ...left, serial: "01P00A000000003", port: 18883 });
	assert.equal(content(third).slot, 1);
	assert.equal(settings.get("printer1.port"), 18883);
	assert.ok(!String(third.body).includes("12345678"));
});

test("a printer in its slot is changed field by field; another one there starts afresh", async () => {
	const { ask, settings } = await benchWeb();
	await ask("POST", "/api/printers", { ...left, name: "Left", pinnedSha256: "ab".repeat(32) });
	const changed = await ask("POST", "/api/printers", { slot: 0, host: "192.0.2.99" });
	assert.equal(changed.status, 200);
	assert.deepEqual(
		[settings.get("printer0.host"), settings.get("printer0.name"), settings.get("printer0.accessCode")],
		["192.0.2.99", "Left", "12345678"],
	);
	await ask("POST", "/api/printers", { slot: 0, ...right });
	assert.deepEqual(
		[settings.get("printer0.serial"), settings.get("printer0.name"), settings.get("printer0.pinnedSha256")],
		[right.serial, "", ""],
	);
});

test("a printer is not set up twice, nor an eleventh, nor one that lacks something", async () => {
	const { ask } = await benchWeb();
	await ask("POST", "/api/printers", left);
	const double = await ask("POST", "/api/printers", { ...left, serial: left.serial.toLowerCase() });
	assert.equal(double.status, 409);
	assert.equal(errorCode(double), "already_set_up");
	assert.match(content(double).error.message, /"slot": 0/);
	for (const [wrong, words] of [
		[{ ...right, host: undefined }, /"host" is missing/],
		[{ ...right, host: "" }, /"host" is missing/],
		[{ ...right, serial: "" }, /"serial" is missing/],
		[{ ...right, accessCode: undefined }, /"accessCode" is missing/],
		[{ slot: 0, accessCode: "" }, /"accessCode" is missing/],
		[{ ...right, host: "a b" }, /"host" has to be/],
		[{ ...right, serial: "#" }, /"serial" has to be/],
		[{ ...right, slot: 10 }, /"slot" has to be from 0 to 9/],
		[{ ...right, slot: -1 }, /"slot"/],
		[{ ...right, slot: 1.5 }, /"slot" has to be a whole number/],
		[{ ...right, port: 0 }, /"port" has to be from 1/],
	] as const) {
		const response = await ask("POST", "/api/printers", wrong);
		assert.equal(response.status, 400, JSON.stringify(wrong));
		assert.match(content(response).error.message, words);
		assert.ok(!String(response.body).includes("printer0"), "the field's own name");
	}
	for (let n = 10; n < 19; n++) await ask("POST", "/api/printers", { ...right, serial: `01P00A0000000${n}` });
	const eleventh = await ask("POST", "/api/printers", right);
	assert.equal(eleventh.status, 409);
	assert.equal(errorCode(eleventh), "no_free_slot");
});

test("a printer without a serial number is asked for it, and one that does not tell is not set up", async () => {
	const { ask, asked, settings } = await benchWeb();
	const { serial: _, ...unknown } = right;
	const added = await ask("POST", "/api/printers", { ...unknown, port: 18883, name: "Right", live: true });
	assert.equal(added.status, 201);
	assert.deepEqual(content(added), { slot: 0, id: asked.serial });
	assert.deepEqual(asked.addresses, [
		{ host: right.host, port: 18883, accessCode: right.accessCode, pinnedSha256: "" },
	]);
	assert.deepEqual([settings.get("printer0.serial"), settings.get("printer0.live")], [asked.serial, true]);
	const again = await ask("POST", "/api/printers", unknown);
	assert.equal(errorCode(again), "already_set_up");
	for (const wrong of [
		{ ...unknown, host: "a b" },
		{ ...unknown, port: 0 },
		{ ...unknown, name: "x".repeat(33) },
	]) {
		assert.equal((await ask("POST", "/api/printers", wrong)).status, 400);
		assert.equal(asked.addresses.length, 2, "what cannot be stored is refused before anybody is asked");
	}
	const certificate = { commonName: "01P00A999999999", sha256: "ab".repeat(32) };
	for (const [code, status, answered] of [
		["unreachable", 502, "unreachable"],
		["wrong_access_code", 409, "wrong_access_code"],
		["untrusted_certificate", 409, "untrusted_certificate"],
		["too_many_clients", 409, "printer_full"],
		["busy", 503, "busy"],
	] as const) {
		asked.refusal = new PrinterBookError(code, "That is why.", certificate);
		const response = await ask("POST", "/api/printers", unknown);
		assert.equal(response.status, status);
		assert.deepEqual(content(response).error, { code: answered, message: "That is why.", certificate });
	}
	assert.equal(settings.get("printer1.host"), "");
});

test("a printer is changed by its id, field by field", async () => {
	const { ask, settings } = await benchWeb();
	await ask("POST", "/api/printers", left);
	await ask("POST", "/api/printers", right);
	const path = `/api/printers/${right.serial.toLowerCase()}`;
	const changed = await ask("PATCH", path, { host: "192.0.2.99", live: true });
	assert.deepEqual(content(changed), { slot: 1, id: right.serial });
	assert.deepEqual(
		[settings.get("printer1.host"), settings.get("printer1.live"), settings.get("printer1.accessCode")],
		["192.0.2.99", true, right.accessCode],
	);
	for (const [changes, status] of [
		[{ serial: left.serial, accessCode: right.accessCode }, 409],
		[{ host: "" }, 400],
		[{ accessCode: "" }, 400],
		[{ slot: 3 }, 400],
		[{ live: 1 }, 400],
		[{ pinnedSha256: "AB" }, 400],
	] as const)
		assert.equal((await ask("PATCH", path, changes)).status, status, JSON.stringify(changes));
	const { accessCode } = right;
	await ask("PATCH", path, { pinnedSha256: "ab".repeat(32), accessCode });
	await ask("PATCH", path, { serial: "01P00A000000003", accessCode });
	assert.deepEqual([settings.get("printer1.live"), settings.get("printer1.pinnedSha256")], [false, ""]);
	assert.equal((await ask("PATCH", path, { name: "x" })).status, 404);
});

test("an access code goes to nobody whom it was not given for", async () => {
	const { ask, settings } = await benchWeb();
	await ask("POST", "/api/printers", left);
	const pinnedSha256 = "ab".repeat(32);
	const serial = "01P00A000000003";
	const host = "192.0.2.99";
	const path = `/api/printers/${left.serial}`;
	for (const [method, at, changes] of [
		["PATCH", path, { pinnedSha256 }],
		["PATCH", path, { host, serial }],
		["POST", "/api/printers", { slot: 0, host, pinnedSha256 }],
		["PATCH", "/api/settings", { "printer0.host": host, "printer0.pinnedSha256": pinnedSha256 }],
		["PATCH", "/api/settings", { "printer0.serial": serial }],
	] as const) {
		const refused = await ask(method, at, changes);
		assert.equal(refused.status, 400, JSON.stringify(changes));
		assert.match(content(refused).error.message, /accessCode" has to be given anew/);
	}
	assert.deepEqual(
		[settings.get("printer0.host"), settings.get("printer0.serial"), settings.get("printer0.pinnedSha256")],
		[left.host, left.serial, ""],
	);
	await ask("PATCH", "/api/settings", { "printer0.serial": "" });
	assert.equal((await ask("PATCH", "/api/settings", { "printer0.serial": serial })).status, 400);
	const given = { "printer0.serial": serial, "printer0.accessCode": "87654321" };
	assert.equal((await ask("PATCH", "/api/settings", given)).status, 200);
	assert.equal((await ask("PATCH", `/api/printers/${serial}`, { pinnedSha256: "" })).status, 200);
	assert.equal(
		(await ask("PATCH", `/api/printers/${serial}`, { pinnedSha256, accessCode: "87654321" })).status,
		200,
	);
});

test("printers are put into an order; those that are not named follow", async () => {
	const { ask, settings } = await benchWeb();
	const third = { ...left, serial: "01P00A000000003" };
	for (const printer of [left, right, third]) await ask("POST", "/api/printers", printer);
	const order = (printers: unknown) => ask("POST", "/api/printers/order", { printers });
	assert.deepEqual(content(await order([third.serial])), {
		printers: [third.serial, left.serial, right.serial],
	});
	assert.deepEqual(content(await order([right.serial.toLowerCase()])), {
		printers: [right.serial, third.serial, left.serial],
	});
	assert.equal(settings.get("printerOrder"), "120");
	for (const [printers, status] of [
		[[left.serial, left.serial], 400],
		[["nobody"], 404],
		["all", 400],
		[[1], 400],
		[Array(11).fill(left.serial), 400],
		[undefined, 400],
	] as const)
		assert.equal((await order(printers)).status, status, JSON.stringify(printers));
	assert.equal((await ask("POST", "/api/printers/order", { printers: [], more: 1 })).status, 400);
	await ask("DELETE", `/api/printers/${third.serial}`);
	assert.equal(settings.get("printerOrder"), "10", "the next one in its slot does not take its place");
});

test("what was printed is told, and forgotten", async () => {
	const { ask, jobs } = await benchWeb();
	jobs.list = [{ printerId: left.serial, printerName: "Left", result: "finished" }];
	assert.deepEqual(content(await ask("GET", "/api/history")), { jobs: jobs.list });
	jobs.refuses = true;
	assert.equal(errorCode(await ask("DELETE", "/api/history")), "not_stored");
	jobs.refuses = false;
	assert.deepEqual(content(await ask("DELETE", "/api/history")), { jobs: [] });
});

test("a printer that is forgotten leaves nothing behind", async () => {
	const { ask, settings } = await benchWeb();
	await ask("POST", "/api/printers", { ...left, name: "Left", port: 1, pinnedSha256: "ab".repeat(32) });
	assert.deepEqual(content(await ask("DELETE", `/api/printers/${left.serial.toLowerCase()}`)), { slot: 0 });
	for (const [name, value] of [
		["host", ""],
		["serial", ""],
		["accessCode", ""],
		["name", ""],
		["pinnedSha256", ""],
		["port", 8883],
	] as const)
		assert.equal(settings.get(`printer0.${name}`), value, name);
	for (const id of [left.serial, "nobody", "%41%42", "%00"]) {
		const response = await ask("DELETE", `/api/printers/${id}`);
		assert.equal(response.status, 404);
		assert.equal(errorCode(response), "not_found");
	}
});

test("printers and networks are sought; when that does not work, the answer says so", async () => {
	const { ask, wifi, found, log } = await benchWeb();
	const { printers } = content(await ask("POST", "/api/printers/scan"));
	const left = { serial: "01P00A000000001", host: "192.0.2.9", name: "Left", model: "P1S" };
	assert.deepEqual(printers, [{ vendor: "bambu", ...left }]);
	const { networks } = content(await ask("POST", "/api/wifi/scan"));
	assert.deepEqual(networks, [{ ssid: "Cafe", rssiDbm: -70, secure: false }]);
	found.refusal = new PortError("address_in_use", "somebody is there");
	wifi.refusal = new PortError("unreachable", "the radio is busy");
	for (const path of ["/api/printers/scan", "/api/wifi/scan"]) {
		const response = await ask("POST", path);
		assert.equal(response.status, 503);
		assert.equal(errorCode(response), "unavailable");
	}
	assert.equal(log.texts("warn").length, 2);
});

test("a network is joined and forgotten", async () => {
	const { ask, wifi } = await benchWeb();
	const joined = await ask("POST", "/api/wifi", { ssid: "Workshop", password: "filament" });
	assert.deepEqual(content(joined), wifi.status);
	await ask("POST", "/api/wifi", { ssid: "Cafe" });
	assert.deepEqual(wifi.joined, [
		{ ssid: "Workshop", password: "filament" },
		{ ssid: "Cafe", password: "" },
	]);
	assert.equal((await ask("POST", "/api/wifi", { password: "filament" })).status, 400);
	assert.equal(
		(await ask("POST", "/api/wifi", { ssid: "" })).status,
		400,
		"no name is no way to leave a network",
	);
	assert.equal((await ask("POST", "/api/wifi", { ssid: 5 })).status, 400);
	await ask("DELETE", "/api/wifi");
	assert.equal(wifi.forgotten, 1);
});

test("a restart begins a second after the answer", async () => {
	const { ask, calls, clock, events } = await benchWeb();
	assert.deepEqual(content(await ask("POST", "/api/restart")), { restarting: true });
	assert.equal(events.at(0)?.event, "restart_asked");
	clock.advance(999);
	assert.equal(calls.restarts, 0);
	clock.advance(1);
	assert.equal(calls.restarts, 1);
	assert.equal((await ask("POST", "/api/restart", { now: true })).status, 400);
});

test("a factory reset has to be meant, and restarts when it is done", async () => {
	const { ask, calls, clock, events } = await benchWeb();
	for (const body of [undefined, {}, { confirm: false }, { confirm: 1 }, { confirm: true, more: 1 }]) {
		const response = await ask("POST", "/api/factory-reset", body);
		assert.equal(response.status, 400);
		assert.equal(errorCode(response), "bad_field");
	}
	calls.resetFails = true;
	const refused = await ask("POST", "/api/factory-reset", { confirm: true });
	assert.equal(refused.status, 500);
	assert.equal(errorCode(refused), "not_stored");
	clock.advance(10_000);
	assert.deepEqual([calls.resets, calls.restarts], [0, 0]);
	calls.resetFails = false;
	assert.equal((await ask("POST", "/api/factory-reset", { confirm: true })).status, 200);
	clock.advance(1_000);
	assert.deepEqual([calls.resets, calls.restarts], [1, 1]);
	assert.equal(events.at(0)?.event, "factory_reset");
});

test("the log is there, newest first", async () => {
	const { ask, events } = await benchWeb();
	assert.deepEqual(content(await ask("GET", "/api/log")), { uptimeSeconds: 3, events: [] });
	for (let i = 0; i < 300; i++) events.add("drying_started", "button", 50, i);
	const log = content(await ask("GET", "/api/log"));
	assert.deepEqual(log.events, events.list());
	assert.equal(log.events.length, 200);
});

test("an image is handed to the update piece by piece; a request without one is refused", async () => {
	const { ask, http, update } = await benchWeb();
	const headers = { host: HOST, "ota-type": "ota_fw" };
	assert.equal(http.announce("/ota", 1_000_000, { headers }), update.receiver);
	assert.equal(http.announce("/ota", undefined, { headers }), update.receiver);
	const empty = await ask("POST", "/ota", undefined, { "ota-type": "ota_fw" });
	assert.equal(empty.status, 400);
	assert.equal(errorCode(empty), "empty");
	assert.deepEqual(update.received, [
		{ otaType: "ota_fw", sizeBytes: 1_000_000 },
		{ otaType: "ota_fw", sizeBytes: undefined },
		{ otaType: "ota_fw", sizeBytes: 0 },
	]);
	for (const [path, method] of [
		["/api/breath", "POST"],
		["/ota", "PUT"],
		["/api/settings", "PATCH"],
	] as const)
		assert.equal(http.announce(path, 100, { method }), undefined, "other bodies are collected");
});

test("a command goes to its printer as it was sent, after that printer has got a connection", async () => {
	const { ask, printers } = await benchWeb();
	const request = { command: "load", spool: { unit: 0, slot: 2 } };
	const response = await ask("POST", `/api/printers/${printers.id}/command`, request);
	assert.equal(response.status, 200);
	assert.deepEqual(content(response), { ok: true });
	assert.deepEqual(printers.asked, [printers.id, request]);
});

test("a command that is not carried out is answered with its reason and a fitting status", async () => {
	const { ask, printers } = await benchWeb();
	for (const [code, status] of [
		["unknown_command", 400],
		["bad_field", 400],
		["not_confirmed", 409],
		["not_supported", 409],
		["wrong_state", 409],
		["too_cold", 409],
		["not_homed", 409],
		["out_of_range", 409],
		["read_only", 409],
		["refused", 502],
		["offline", 503],
		["busy", 503],
		["not_sent", 503],
		["timed_out", 504],
	] as const) {
		printers.result = { ok: false, code, message: "Not now." };
		const response = await ask("POST", `/api/printers/${printers.id}/command`, { command: "home" });
		assert.equal(response.status, status, code);
		assert.deepEqual(content(response), { error: { code, message: "Not now." } });
	}
});

test("a command to nobody, or one that is no JSON object, reaches no printer", async () => {
	const { ask, printers } = await benchWeb();
	const paths = [
		"/api/printers/nobody/command",
		`/api/printers/${printers.id}/x/command`,
		"/api/printers//command",
	];
	for (const path of paths) assert.equal((await ask("POST", path, { command: "home" })).status, 404, path);
	for (const body of [[], "home", null, 5])
		assert.equal((await ask("POST", `/api/printers/${printers.id}/command`, body)).status, 400);
	assert.equal((await ask("GET", `/api/printers/${printers.id}/command`)).status, 405);
	assert.deepEqual(printers.asked, []);
	printers.id = "a/b c";
	assert.equal((await ask("POST", "/api/printers/a%2Fb%20c/command", { command: "home" })).status, 200);
});

test("a printer that is forgotten while it gets its connection is nobody", async () => {
	const { ask, printers } = await benchWeb();
	const { id } = printers;
	printers.attend = async () => {
		printers.id = "another";
		return false;
	};
	assert.equal((await ask("POST", `/api/printers/${id}/command`, { command: "home" })).status, 404);
	assert.deepEqual(printers.asked, []);
});

test("with a password no command is taken without it", async () => {
	const { ask, printers } = await benchWeb({ password: true });
	const path = `/api/printers/${printers.id}/command`;
	assert.equal((await ask("POST", path, { command: "stop", confirm: true })).status, 401);
	assert.deepEqual(printers.asked, []);
});
