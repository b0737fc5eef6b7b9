import assert from "node:assert/strict";
import { test } from "node:test";
import { isPrinterAt, readSerial } from "../../../../modules/printers/bambu/identity";
import { PrinterBookError } from "../../../../modules/printers/printer-book";
import { FakeMqtt } from "../../../fakes/fake-mqtt";

const address = { host: "192.0.2.7", port: 8883, accessCode: "12345678", pinnedSha256: "" };
const authorities = [Uint8Array.of(1)];

function bench() {
	const mqtt = new FakeMqtt();
	return { mqtt, means: { mqtt, authorities, clientId: "culm-i" } };
}

test("a printer is asked for its serial number by a connection that expects no name, and trusts nobody else", async () => {
	const { mqtt, means } = bench();
	const asked = readSerial(means, address);
	const { tls, clientId, username, password } = mqtt.last.options;
	assert.deepEqual(tls, { authorities });
	assert.deepEqual([clientId, username, password], ["culm-i", "bblp", "12345678"]);
	mqtt.last.accept("01P00A000000001");
	assert.equal(await asked, "01P00A000000001");
	assert.equal(mqtt.last.disconnected, true, "it says goodbye");
});

test("a certificate that a person has confirmed is all that is trusted", async () => {
	const { mqtt, means } = bench();
	const pinnedSha256 = "ab".repeat(32);
	const asked = readSerial(means, { ...address, pinnedSha256 });
	assert.deepEqual(mqtt.last.options.tls, { authorities, pinnedSha256 });
	mqtt.last.accept("01P00A000000001");
	await asked;
});

test("why a printer does not tell its serial number is said, with the certificate to compare", async () => {
	const certificate = { commonName: "x", sha256: "ab".repeat(32) };
	for (const [code, expected] of [
		["refused", "unreachable"],
		["timeout", "unreachable"],
		["unauthorized", "wrong_access_code"],
		["untrusted", "untrusted_certificate"],
		["certificate_changed", "certificate_changed"],
		["handshake_closed", "too_many_clients"],
		["closed_by_peer", "unreachable"],
	] as const) {
		const { mqtt, means } = bench();
		const asked = readSerial(means, address);
		mqtt.last.fail(code, code === "untrusted" ? { certificate } : {});
		await assert.rejects(asked, (error) => {
			assert.ok(error instanceof PrinterBookError);
			assert.equal(error.code, expected);
			assert.ok(error.message.length > 20);
			assert.deepEqual(error.certificate, code === "untrusted" ? certificate : undefined);
			return true;
		});
	}
});

test("a name that is no serial number is not taken for one", async () => {
	for (const name of ["", "a", "no serial", "01P00A000000001?", "x".repeat(25), "../../etc"]) {
		const { mqtt, means } = bench();
		const asked = readSerial(means, address);
		mqtt.last.accept(name);
		await assert.rejects(
			asked,
			(error) => error instanceof PrinterBookError && error.code === "wrong_serial",
		);
	}
});

test("a printer is somewhere when its certificate proves it, also when it does not let us in", async () => {
	for (const [happens, expected] of [
		["accept", true],
		["unauthorized", true],
		["wrong_name", false],
		["untrusted", false],
		["unreachable", false],
		["handshake_closed", false],
	] as const) {
		const { mqtt, means } = bench();
		const asked = isPrinterAt(means, address, "01P00A000000001");
		assert.equal(mqtt.last.options.tls?.commonName, "01P00A000000001");
		if (happens === "accept") mqtt.last.accept();
		else mqtt.last.fail(happens);
		assert.equal(await asked, expected, happens);
	}
});
