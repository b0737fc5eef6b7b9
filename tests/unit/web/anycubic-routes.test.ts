// Anycubic's printers over HTTP: how they are added, what of them can be changed, their files, and the broker's password.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PrinterBookError } from "../../../modules/printers/printer-book";
import { readSlot } from "../../../modules/printers/printer-slots";
import { benchWeb, content, errorCode, KOBRA_AT_BROKER, KOBRA_IN_LAN } from "./bench-web";

const SHA256 = "0f".repeat(32);

test("one in LAN mode is added by its address alone, after a person has confirmed its certificate", async () => {
	const { ask, asked, settings } = await benchWeb();
	const printer = { vendor: "anycubic", host: "192.0.2.40" };
	asked.refusal = new PrinterBookError("untrusted_certificate", "Compare it.", {
		commonName: "Kobra",
		sha256: SHA256,
	});
	const first = await ask("POST", "/api/printers", printer);
	assert.deepEqual([first.status, content(first).error.certificate.sha256], [409, SHA256]);
	asked.refusal = undefined;
	const second = await ask("POST", "/api/printers", { ...printer, pinnedSha256: SHA256 });
	assert.deepEqual([second.status, content(second)], [201, { slot: 0, id: KOBRA_IN_LAN }]);
	assert.deepEqual(asked.addresses.at(-1), {
		host: "192.0.2.40",
		port: 18910,
		pinnedSha256: SHA256,
		accessCode: "",
	});
	assert.deepEqual(readSlot(settings, 0), {
		slot: 0,
		vendor: "anycubic",
		way: "lan",
		modelId: "20024",
		host: "192.0.2.40",
		port: 18910,
		serial: KOBRA_IN_LAN,
		name: "",
		accessCode: "",
		pinnedSha256: SHA256,
	});
});

test("one at the broker is added by its id, and has the broker's address", async () => {
	const { ask, settings, asked } = await benchWeb();
	settings.set({ "anycubic.brokerHost": "nas.local" });
	const printer = { vendor: "anycubic", way: "broker", deviceId: KOBRA_AT_BROKER, name: "Big one" };
	assert.equal((await ask("POST", "/api/printers", printer)).status, 201);
	assert.deepEqual(asked.addresses, [], "nobody is asked");
	const slot = readSlot(settings, 0);
	assert.deepEqual([slot?.host, slot?.modelId, slot?.name], ["nas.local", "20021", "Big one"]);
	assert.equal(errorCode(await ask("POST", "/api/printers", printer)), "already_set_up");
	settings.set({ "anycubic.brokerHost": "" });
	assert.notEqual(readSlot(settings, 0), undefined, "it stays set up without a broker");
	assert.equal((await ask("DELETE", `/api/printers/${KOBRA_AT_BROKER}`)).status, 200);
	assert.equal(readSlot(settings, 0), undefined);
	assert.equal(settings.get("printer0.vendor"), "bambu");
});

test("what an Anycubic printer does not have is refused, and named", async () => {
	const { ask } = await benchWeb();
	const broker = { vendor: "anycubic", way: "broker", deviceId: KOBRA_AT_BROKER };
	for (const [body, field] of [
		[{ ...broker, host: "h" }, "host"],
		[{ ...broker, pinnedSha256: SHA256 }, "pinnedSha256"],
		[{ vendor: "anycubic", host: "h", accessCode: "x" }, "accessCode"],
		[{ vendor: "anycubic" }, "host"],
		[{ vendor: "anycubic", way: "broker" }, "serial"],
		[{ vendor: "anycubic", way: "broker", deviceId: "../x" }, "serial"],
		[{ vendor: "anycubic", way: "cloud" }, "way"],
		[{ vendor: "prusa" }, "vendor"],
	] as const) {
		const response = await ask("POST", "/api/printers", body);
		assert.equal(response.status, 400, JSON.stringify(body));
		assert.match(content(response).error.message, new RegExp(`"${field}"`));
	}
	await ask("POST", "/api/printers", broker);
	const change = (fields: object) => ask("PATCH", `/api/printers/${KOBRA_AT_BROKER}`, fields);
	assert.equal((await change({ name: "Big one", live: true })).status, 200);
	for (const fields of [{ host: "h" }, { accessCode: "x" }, { pinnedSha256: SHA256 }, { port: 5 }])
		assert.equal((await change(fields)).status, 400, JSON.stringify(fields));
	for (const serial of ["ABCD1234", KOBRA_AT_BROKER.slice(1), `${KOBRA_AT_BROKER.slice(1)}g`]) {
		const response = await change({ serial });
		assert.equal(response.status, 400, serial);
		assert.match(content(response).error.message, /"serial" has to be the id of its device/);
	}
	const other = await ask("POST", "/api/printers", { slot: 0, vendor: "bambu" });
	assert.match(content(other).error.message, /cannot be changed/);
});

test("the broker's password goes to nobody whom it was not given for", async () => {
	const { ask, settings } = await benchWeb();
	const change = (changes: object) => ask("PATCH", "/api/settings", changes);
	const first = { "anycubic.brokerHost": "nas.local", "anycubic.brokerPassword": "s3cr3t77" };
	assert.equal((await change(first)).status, 200);
	const shown = await ask("GET", "/api/settings");
	assert.deepEqual(content(shown)["anycubic.brokerPassword"], { configured: true });
	for (const changes of [
		{ "anycubic.brokerHost": "thief.local" },
		{ "anycubic.brokerPort": 1884 },
		{ "anycubic.brokerSecurity": "tls" },
		{ "anycubic.brokerCa": "x" },
		{ "anycubic.brokerPin": SHA256 },
	]) {
		assert.equal(errorCode(await change(changes)), "bad_field", JSON.stringify(changes));
		assert.equal((await change({ ...changes, "anycubic.brokerPassword": "s3cr3t77" })).status, 200);
	}
	assert.equal((await change({ "anycubic.brokerUser": "me" })).status, 200);
	assert.equal((await change({ "anycubic.brokerHost": "" })).status, 200, "nobody is sent it");
	assert.equal(
		errorCode(await change({ "anycubic.brokerHost": "thief.local" })),
		"bad_field",
		"nor by a way round",
	);
	assert.equal(settings.get("anycubic.brokerHost"), "");
});

test("a private key is not taken where it could be read, and never told where it is", async () => {
	const { ask, settings, log } = await benchWeb();
	const block = (label: string) => `-----BEGIN ${label}-----\nMAMBAgM=\n-----END ${label}-----\n`;
	const [certificate, key] = [block("CERTIFICATE"), block("EC PRIVATE KEY")];
	for (const name of ["anycubic.brokerCa", "anycubic.clientCertificate"] as const) {
		const response = await ask("PATCH", "/api/settings", { [name]: certificate + key });
		assert.equal(response.status, 400);
		assert.match(content(response).error.message, /belongs into "anycubic.clientKey"/);
		assert.ok(!content(response).error.message.includes("MAMB"));
		assert.equal(settings.get(name), "");
		assert.equal((await ask("PATCH", "/api/settings", { [name]: certificate })).status, 200, name);
	}
	const stored = await ask("PATCH", "/api/settings", { "anycubic.clientKey": certificate + key });
	for (const response of [stored, await ask("GET", "/api/settings")])
		assert.deepEqual(content(response)["anycubic.clientKey"], { configured: true });
	assert.ok(!JSON.stringify(content(await ask("GET", "/api/state"))).includes("MAMB"));
	assert.ok(!JSON.stringify(log).includes("PRIVATE KEY"));
});

test("the files of a printer are asked for by place and folder", async () => {
	const { ask, printers } = await benchWeb();
	const path = `/api/printers/${printers.id}/files`;
	assert.equal(errorCode(await ask("GET", path)), "not_supported");
	const files = [{ name: "boat.gcode", isFolder: false }];
	printers.files = { ok: true, files };
	assert.deepEqual(content(await ask("GET", `${path}?place=usb&folder=%2Fa%20b`)), { files });
	assert.deepEqual(printers.asked.slice(-2), [printers.id, { place: "usb", folder: "/a b" }]);
	await ask("GET", path);
	assert.deepEqual(printers.asked.at(-1), { place: "local", folder: "/" });
	for (const query of ["place=cloud", "folder=/&folder=/", "x=1"])
		assert.equal((await ask("GET", `${path}?${query}`)).status, 400, query);
	printers.files = { ok: false, code: "offline", message: "It is off." };
	assert.equal((await ask("GET", path)).status, 503);
});
