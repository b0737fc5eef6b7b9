import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
	commandTopic,
	isAddress,
	lanForm,
	parseTopic,
	reportFilter,
} from "../../../../modules/printers/anycubic/topics";

const ROOT = "anycubic/anycubicCloud/v1";
const deviceId = "9347a110c5423fe412ce45533bfc10e6";
const address = { modelId: "20021", deviceId };
const reports = `${ROOT}/printer/public/20021/${deviceId}`;

test("a report's topic names the printer and what it is about", () => {
	for (const type of ["print", "tempature", "lastWill", "multiColorBox", "file_list"])
		assert.deepEqual(parseTopic(`${reports}/${type}/report`), { ...address, type, kind: "report" });
});

test("a report about a part of the printer has a longer type", () => {
	const parsed = parseTopic(`${reports}/multiColorBox/ota/0/report`);
	assert.deepEqual(parsed, { ...address, type: "multiColorBox/ota/0", kind: "report" });
});

test("a response, with a type or without one, is told from a report", () => {
	assert.deepEqual(parseTopic(`${reports}/response`), { ...address, type: "", kind: "response" });
	assert.deepEqual(parseTopic(`${reports}/print/response`), { ...address, type: "print", kind: "response" });
});

test("what is no printer's message is refused", () => {
	const hostile = [
		"",
		"/",
		reports,
		`${reports}/`,
		`${reports}/report`,
		`${reports}//report`,
		`${reports}/print/report/`,
		`${reports}/print`,
		`${reports}/a/b/c/d/report`,
		`${reports}/+/report`,
		`${reports}/#`,
		`${reports}/pr int/report`,
		`${reports}/../report`,
		`${reports}/${"x".repeat(33)}/report`,
		`${reports}/print/report\0`,
		`${ROOT}/web/printer/20021/${deviceId}/print`,
		`${ROOT}/server/public/20021/${deviceId}/print/report`,
		`x/${reports}/print/report`,
		`${ROOT}/printer/public/2002x/${deviceId}/print/report`,
		`${ROOT}/printer/public//${deviceId}/print/report`,
		`${ROOT}/printer/public/2002112/${deviceId}/print/report`,
		`${ROOT}/printer/public/20021/${deviceId.slice(1)}/print/report`,
		`${ROOT}/printer/public/20021/${deviceId}0/print/report`,
		`${ROOT}/printer/public/20021/g${deviceId.slice(1)}/print/report`,
		`${reports}/print/report${"/".repeat(10_000)}`,
	];
	for (const topic of hostile) assert.equal(parseTopic(topic), undefined, topic.slice(0, 120));
});

test("any text is either refused or a topic that says the same again", () => {
	const part = fc.oneof(
		fc.string({ maxLength: 8 }),
		fc.constantFrom("print", "report", "response", "+", "#", ""),
	);
	fc.assert(
		fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
			const topic = `${reports}/${parts.join("/")}`;
			const parsed = parseTopic(topic);
			if (!parsed) return;
			assert.equal(`${reports}${parsed.type && `/${parsed.type}`}/${parsed.kind}`, topic);
			assert.match(parsed.type, /^([\w-]+(\/[\w-]+){0,2})?$/);
		}),
		{ seed: 8, numRuns: 500 },
	);
});

test("a Kobra 2 is told in the form that its firmware listens to", () => {
	const start = { type: "print", action: "start" };
	assert.equal(commandTopic(address, start, "type"), `${ROOT}/server/printer/20021/${deviceId}/print`);
	assert.equal(
		commandTopic(address, start, "type_action"),
		`${ROOT}/server/printer/20021/${deviceId}/print/start`,
	);
});

test("a printer in LAN mode takes starts and files from slicers, and the rest from the web", () => {
	const topicOf = (type: string, action: string): string | undefined =>
		commandTopic(address, { type, action }, lanForm({ type, action }));
	assert.equal(topicOf("print", "start"), `${ROOT}/slicer/printer/20021/${deviceId}/print`);
	assert.equal(topicOf("file", "listLocal"), `${ROOT}/slicer/printer/20021/${deviceId}/file`);
	assert.equal(topicOf("print", "pause"), `${ROOT}/web/printer/20021/${deviceId}/print`);
	assert.equal(topicOf("multiColorBox", "getInfo"), `${ROOT}/web/printer/20021/${deviceId}/multiColorBox`);
});

test("nothing gets into a command's topic that could name another one", () => {
	for (const bad of ["", "+", "#", "a/b", "..", "a b", "a\0", "x".repeat(33), "ä"]) {
		assert.equal(commandTopic(address, { type: bad, action: "start" }, "type"), undefined, bad);
		assert.equal(commandTopic(address, { type: "print", action: bad }, "type_action"), undefined, bad);
		assert.equal(
			commandTopic({ ...address, modelId: bad }, { type: "a", action: "b" }, "web"),
			undefined,
			bad,
		);
		assert.equal(
			commandTopic({ ...address, deviceId: bad }, { type: "a", action: "b" }, "web"),
			undefined,
			bad,
		);
	}
});

test("one printer or all of them can be subscribed to", () => {
	assert.equal(reportFilter(), `${ROOT}/printer/public/#`);
	assert.equal(reportFilter(address), `${reports}/#`);
});

test("an address is a short number and 32 hex digits", () => {
	assert.equal(isAddress(address), true);
	assert.equal(isAddress({ ...address, deviceId: deviceId.toUpperCase() }), true);
	assert.equal(isAddress({ ...address, deviceId: "" }), false);
	assert.equal(isAddress({ ...address, modelId: "-20021" }), false);
});
