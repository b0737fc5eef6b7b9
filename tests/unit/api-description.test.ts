// Holds the device to docs/api.yaml.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { ApiErrorCode } from "../../modules/web/answers";
import { apiError } from "../../modules/web/answers";
import { benchPrinter, readCapture, readRecording } from "./printers/bambu/bench-printer";
import { a1PrintSerial, expectedStates } from "./printers/bambu/captures.expected";

const description = parse(readFileSync(new URL("../../docs/api.yaml", import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(description, "api");

function schema(name: string): ValidateFunction {
	return ajv.getSchema(`api#/components/schemas/${name}`) ?? assert.fail(`no schema ${name}`);
}

function conforms(name: string, value: unknown): void {
	const validate = schema(name);
	assert.ok(validate(JSON.parse(JSON.stringify(value))), JSON.stringify(validate.errors, undefined, 1));
}

test("every capture's state is as the description says", () => {
	for (const [name, { serial }] of Object.entries(expectedStates)) {
		const { printer, deliver } = benchPrinter({ serial });
		conforms("PrinterState", printer.state);
		const { get_version: version, pushall } = readCapture(name);
		deliver(version);
		deliver(pushall);
		conforms("PrinterState", printer.state);
	}
});

test("every state in the course of a print is as the description says", () => {
	const { printer, deliver } = benchPrinter({ serial: a1PrintSerial });
	for (const { report } of readRecording("a1-print")) {
		deliver(report);
		conforms("PrinterState", printer.state);
	}
});

test("a refused certificate and its help are as the description says", () => {
	const { printer, mqtt } = benchPrinter();
	printer.start();
	mqtt.last.fail("untrusted", { certificate: { commonName: "x", sha256: "0f".repeat(32) } });
	conforms("PrinterState", printer.state);
});

test("the description refuses what is no state", () => {
	assert.equal(schema("PrinterState")({}), false);
	const state = { ...benchPrinter().printer.state, accessCode: "12345678" };
	assert.equal(schema("PrinterState")(state), false, "a field that is not described is not let through");
});

test("every error is as the description says", () => {
	const codes: Record<ApiErrorCode, number> = {
		not_found: 404,
		method_not_allowed: 405,
		foreign_origin: 403,
		too_many_clients: 503,
	};
	for (const [code, status] of Object.entries(codes)) {
		const response = apiError(code as ApiErrorCode, "words");
		assert.equal(response.status, status);
		conforms("Error", JSON.parse(String(response.body)));
	}
});
