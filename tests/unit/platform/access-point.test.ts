// What a network of our own may be called, and where it may be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AccessPoint, checkAccessPoint } from "../../../modules/platform/parts/access-point";
import { isIPv4, isPort } from "../../../modules/platform/parts/addresses";
import { textCodec } from "../../fakes/text-codec";
import { hasCode } from "../has-code";

const good: AccessPoint = { ssid: "Culm-E4F5", password: "12345678", address: "192.168.4.1" };

test("a network has a name of 1 to 32 bytes, a password of 8 to 63 characters or none, and an address", () => {
	for (const ssid of ["C", "x".repeat(32), "ü".repeat(16)]) checkAccessPoint({ ...good, ssid }, textCodec);
	for (const password of ["", "x".repeat(63)]) checkAccessPoint({ ...good, password }, textCodec);
	for (const bad of [
		{ ssid: "" },
		{ ssid: "x".repeat(33) },
		{ ssid: "ü".repeat(17) },
		{ password: "1234567" },
		{ password: "x".repeat(64) },
		{ address: "nowhere" },
	])
		assert.throws(
			() => checkAccessPoint({ ...good, ...bad }, textCodec),
			hasCode("invalid"),
			JSON.stringify(bad),
		);
});

test("an address is four numbers up to 255", () => {
	for (const text of ["0.0.0.0", "192.168.4.1", "255.255.255.255"]) assert.equal(isIPv4(text), true, text);
	for (const text of ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1.2.3.x", "1.2..4", "::1"])
		assert.equal(isIPv4(text), false, text);
});

test("a port is a whole number from 1 to 65,535", () => {
	for (const port of [1, 80, 65_535]) assert.equal(isPort(port), true);
	for (const port of [0, -1, 65_536, 1.5, Number.NaN]) assert.equal(isPort(port), false);
});
