import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeOpenSpool, readOpenSpool, toFilamentSetting } from "../../../modules/spools/open-spool";

const TAG = {
	protocol: "openspool",
	version: "1.0",
	type: "PLA",
	color_hex: "ffaabb",
	brand: "Generic",
	min_temp: "220",
	max_temp: "240",
};

test("a tag becomes a description of filament, whatever else stands on it", () => {
	const result = decodeOpenSpool(JSON.stringify({ ...TAG, lot: 5, spool: {} }));
	assert.ok(result.ok);
	assert.deepEqual(toFilamentSetting(result.tag), {
		material: "PLA",
		filamentId: "GFL99",
		settingId: "",
		color: "FFAABBFF",
		nozzleMin: 220,
		nozzleMax: 240,
	});
});

test("a bad field is refused by its name", () => {
	for (const [field, values] of Object.entries({
		protocol: [undefined, "other", 1],
		version: [1, "2.0", ""],
		type: [undefined, "", 5, "x".repeat(33)],
		color_hex: [undefined, "#FFAABB", "FFF", "GGGGGG"],
		brand: [undefined, " "],
		min_temp: [undefined, 220, "-5", "22.5", "0", "501", "0x10", "250"],
		max_temp: [undefined, 240, "", "1e2", "999"],
		subtype: [5, "x".repeat(33)],
	}))
		for (const value of values) {
			const result = readOpenSpool({ ...TAG, [field]: value });
			assert.ok(!result.ok, `${field} ${value}`);
			assert.equal(result.field, field);
			assert.ok(result.message.includes(field));
		}
	for (const text of ["", "[]", "null", "7", `"${"x".repeat(900)}"`]) {
		const result = decodeOpenSpool(text);
		assert.equal(!result.ok && result.field, "tag");
	}
});

test("what may be left out is left out: the version is the first one, and there is no subtype", () => {
	const { version: _, ...without } = TAG;
	const result = readOpenSpool(without);
	assert.deepEqual(result, {
		ok: true,
		tag: {
			version: "1.0",
			type: "PLA",
			color: "FFAABBFF",
			brand: "Generic",
			nozzleMin: 220,
			nozzleMax: 240,
		},
	});
	for (const subtype of [undefined, null, ""])
		assert.deepEqual(readOpenSpool({ ...TAG, subtype }), result, String(subtype));
	const silk = readOpenSpool({ ...TAG, subtype: " Silk " });
	assert.equal(silk.ok && silk.tag.subtype, "Silk");
});

test("each field that has to be there is asked for by its name", () => {
	for (const field of ["protocol", "type", "color_hex", "brand", "min_temp", "max_temp"] as const) {
		const { [field]: _, ...without } = TAG;
		const result = readOpenSpool(without);
		assert.equal(!result.ok && result.field, field);
	}
});

test("a color keeps its transparency, and is opaque without one", () => {
	const colorOf = (color_hex: string) => {
		const result = readOpenSpool({ ...TAG, color_hex });
		return result.ok ? result.tag.color : result.field;
	};
	assert.equal(colorOf("11223380"), "11223380");
	assert.equal(colorOf("aabbcc"), "AABBCCFF");
	assert.equal(colorOf("aabbccd"), "color_hex");
});

test("temperatures above 127 °C stay what they are", () => {
	const result = readOpenSpool({ ...TAG, min_temp: "255", max_temp: "300" });
	assert.ok(result.ok);
	const setting = toFilamentSetting(result.tag);
	assert.deepEqual([setting?.nozzleMin, setting?.nozzleMax], [255, 300]);
});

test("a kind within a material is said by the profile, and the printer is told the material", () => {
	for (const [type, material, filamentId] of [
		["PLA Silk", "PLA", "GFL96"],
		["pla high speed", "PLA", "GFL95"],
		["PETG-CF", "PETG-CF", "GFG98"],
		["pva", "PVA", "GFS99"],
	] as const) {
		const result = readOpenSpool({ ...TAG, type });
		assert.ok(result.ok);
		const setting = toFilamentSetting(result.tag);
		assert.deepEqual([setting?.material, setting?.filamentId], [material, filamentId]);
	}
});

test("what is not known may be nested, but not without end", () => {
	const nested = (depth: number) =>
		decodeOpenSpool(`{"x":${"[".repeat(depth)}${"]".repeat(depth)},${JSON.stringify(TAG).slice(1)}`);
	assert.equal(nested(7).ok, true);
	const tooDeep = nested(8);
	assert.equal(!tooDeep.ok && tooDeep.field, "tag");
	assert.equal(decodeOpenSpool("[".repeat(888)).ok, false);
});

test("the profile is the brand's where there is one, else the generic one, else none", () => {
	const idOf = (type: string, brand: string, subtype?: string) => {
		const result = readOpenSpool({ ...TAG, type, brand, subtype });
		assert.ok(result.ok);
		return toFilamentSetting(result.tag)?.filamentId;
	};
	assert.equal(idOf("PLA", "Bambu Lab"), "GFA00");
	assert.equal(idOf("PETG", "Bambu", "HF"), "GFG02");
	assert.equal(idOf("petg", "Sunlu"), "GFSNL08");
	assert.equal(idOf("PLA", "Sunlu", "Silk"), "GFL96");
	assert.equal(idOf("PLA-CF", "Nobody"), "GFL98");
	assert.equal(idOf("PLA", "Nobody", "Matte"), "GFL99");
	assert.equal(idOf("UNOBTAINIUM", "Nobody"), undefined);
});

test("no text makes it throw", () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof decodeOpenSpool(text).ok === "boolean"),
		{ seed: 7, numRuns: 300 },
	);
});

test("whatever is accepted is a description that a printer takes, or a material without a profile", () => {
	const like = <T>(right: T) =>
		fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, fc.anything() as fc.Arbitrary<T>);
	const tags = fc.record({
		protocol: fc.constant("openspool"),
		version: like("1.0"),
		type: fc.oneof(fc.constantFrom("PLA", "petg", "PLA Silk", "PA-CF"), fc.string({ maxLength: 40 })),
		subtype: fc.oneof(fc.constantFrom(undefined, "HF", "Silk"), fc.string()),
		color_hex: like("a0b1c2"),
		brand: fc.oneof(fc.constantFrom("Bambu", "Generic"), fc.string({ maxLength: 40 })),
		min_temp: fc.oneof(fc.nat(600).map(String), fc.anything()),
		max_temp: fc.oneof(fc.nat(600).map(String), fc.anything()),
	});
	let accepted = 0;
	fc.assert(
		fc.property(tags, (fields) => {
			const result = readOpenSpool(fields);
			if (!result.ok) return;
			const { color, nozzleMin, nozzleMax } = result.tag;
			assert.match(color, /^[0-9A-F]{8}$/);
			assert.ok(nozzleMin >= 1 && nozzleMin <= nozzleMax && nozzleMax <= 500);
			const setting = toFilamentSetting(result.tag);
			if (!setting) return;
			accepted++;
			assert.match(setting.material, /^[A-Z]+(-CF)?$/);
			assert.match(setting.filamentId, /^GF[A-Z]/);
		}),
		{ seed: 7, numRuns: 5_000 },
	);
	assert.ok(accepted > 50, String(accepted));
});
