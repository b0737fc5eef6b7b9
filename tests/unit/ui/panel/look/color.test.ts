import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isLight, mix, withAlpha } from "../../../../../ui/panel/look/color";

describe("Colours of the look", () => {
	it("are mixed by the share of the upper one", () => {
		assert.equal(mix("#000000", "#FFFFFF", 0), "#000000");
		assert.equal(mix("#000000", "#FFFFFF", 0.5), "#808080");
		assert.equal(mix("#102030", "#304050", 1), "#304050");
	});

	it("get an alpha from 0 to 1", () => {
		assert.equal(withAlpha("#102030", 0.6), "#10203099");
		assert.equal(withAlpha("#10203011", 1), "#102030ff");
	});

	it("are light when black reads better on them", () => {
		assert.equal(isLight("#FFC24B"), true);
		assert.equal(isLight("#232A2E"), false);
		assert.equal(isLight("#F1F5F4FF"), true);
	});
});
