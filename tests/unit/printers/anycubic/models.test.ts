import assert from "node:assert/strict";
import { test } from "node:test";
import {
	boxOfUnit,
	capabilitiesOf,
	isFilamentBox,
	isKobra2,
	lightKind,
	lightName,
	modelName,
	unitOfBox,
} from "../../../../modules/printers/anycubic/models";

const names = {
	"20021": "Kobra 2 Pro",
	"20022": "Kobra 2 Plus",
	"20023": "Kobra 2 Max",
	"20024": "Kobra 3",
	"20025": "Kobra S1",
	"20026": "Kobra 3 Max",
	"20027": "Kobra 3 V2",
	"20028": "Kobra 4",
	"20029": "Kobra S1 Max",
	"20030": "Kobra X",
} as const;

test("every model number has the name that people know", () => {
	for (const [id, name] of Object.entries(names)) {
		assert.equal(modelName(id), name);
		assert.equal(isFilamentBox(id), false);
	}
});

test("a number that is not known is never shown as it is", () => {
	for (const id of ["20099", "", "constructor", "__proto__"]) assert.equal(modelName(id), "Anycubic printer");
});

test("filament boxes have numbers as printers have, and are told from them", () => {
	assert.equal(modelName("40001"), "ACE Pro");
	assert.equal(modelName("40002"), "ACE 2");
	assert.equal(isFilamentBox("40001"), true);
	assert.equal(isFilamentBox("40002"), true);
});

test("only the Kobra 2 Pro, Plus and Max are of the first kind", () => {
	assert.deepEqual(
		Object.keys(names).filter((id) => isKobra2(id)),
		["20021", "20022", "20023"],
	);
});

test("each model goes no further than its maker says", () => {
	const limits = Object.keys(names).map((id) => {
		const { maxNozzle, maxBed } = capabilitiesOf(id);
		return `${id} ${maxNozzle} ${maxBed}`;
	});
	assert.deepEqual(limits, [
		"20021 260 110",
		"20022 260 90",
		"20023 260 90",
		"20024 300 110",
		"20025 320 120",
		"20026 300 90",
		"20027 300 110",
		"20028 260 90",
		"20029 320 120",
		"20030 260 90",
	]);
});

test("of a printer that is not known nothing is risked and nothing hidden", () => {
	const unknown = capabilitiesOf("20099");
	assert.deepEqual([unknown.maxNozzle, unknown.maxBed, unknown.maxChamber], [260, 90, 0]);
	assert.deepEqual([unknown.chamberSensor, unknown.auxFan, unknown.chamberFan], [true, true, true]);
});

test("closed printers have a chamber, open ones none; only those with boxes dry", () => {
	const having = (what: "chamberSensor" | "chamberFan" | "auxFan" | "drying") =>
		Object.keys(names).filter((id) => capabilitiesOf(id)[what]);
	for (const part of ["chamberSensor", "chamberFan", "auxFan"] as const)
		assert.deepEqual(having(part), ["20025", "20029"], part);
	assert.deepEqual(
		having("drying"),
		Object.keys(names).filter((id) => !isKobra2(id)),
	);
});

test("capabilities can be told as JSON and changed by nobody else", () => {
	const first = capabilitiesOf("20025");
	assert.notEqual(first, capabilitiesOf("20025"));
	assert.equal(Object.isFrozen(first.lights) || Object.isFrozen(first.forms), false);
	assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
});

test("lights are those that the printer has reported, else those of its model", () => {
	assert.deepEqual(capabilitiesOf("20029").lights, ["chamber"]);
	assert.deepEqual(capabilitiesOf("20021").lights, []);
	assert.deepEqual(capabilitiesOf("20024", ["work"]).lights, ["work"]);
	assert.deepEqual(capabilitiesOf("20029", []).lights, []);
});

test("a light is switched by the kind that the printer gave it", () => {
	assert.deepEqual([0, 1, 2, 3, 4].map(lightName), [undefined, "work", "chamber", "work", undefined]);
	assert.equal(lightKind("20024", "work", [3]), 3);
	assert.equal(lightKind("20024", "work", []), 1);
	assert.equal(lightKind("20030", "work", []), 3);
	assert.equal(lightKind("20025", "chamber", []), 2);
	assert.equal(lightKind("20025", "heatbed", [2]), undefined);
});

test("the box inside a Kobra X is its first unit, and others come after it", () => {
	assert.deepEqual(
		[-1, 0, 1, 2, 3].map((box) => unitOfBox("20030", box)),
		[0, 1, 2, 3, undefined],
	);
	assert.deepEqual(
		[-1, 0, 1, 3, 4].map((box) => unitOfBox("20025", box)),
		[undefined, 0, 1, 3, undefined],
	);
	for (const model of ["20030", "20025"])
		for (let unit = 0; unit < 4; unit++) assert.equal(unitOfBox(model, boxOfUnit(model, unit)), unit);
	assert.equal(unitOfBox("20025", 0.5), undefined);
	assert.equal(unitOfBox("20025", Number.NaN), undefined);
});
