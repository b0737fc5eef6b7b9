import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { History } from "../../../../ui/panel/history";

describe("The history of screens", () => {
	it("goes back the way that one came", () => {
		const history = new History("home");
		history.go("more");
		history.go("settings");
		assert.equal(history.current, "settings");
		assert.equal(history.back(), true);
		assert.equal(history.current, "more");
		assert.equal(history.back(), true);
		assert.equal(history.current, "home");
		assert.equal(history.back(), false, "there is nothing before home");
		assert.equal(history.current, "home");
	});

	it("leads home from anywhere at once", () => {
		const history = new History("home");
		for (const place of ["a", "b", "c"]) history.go(place);
		assert.equal(history.home(), true);
		assert.equal(history.current, "home");
		assert.equal(history.depth, 1);
		assert.equal(history.home(), false);
	});

	it("puts a section behind home, whatever was open before", () => {
		const history = new History("home");
		history.go("settings");
		history.go("wifi");
		history.switchTo("filament");
		assert.equal(history.depth, 2);
		history.back();
		assert.equal(history.current, "home");
	});

	it("forgets the oldest place but home when it gets too deep", () => {
		const history = new History(0);
		for (let place = 1; place <= 100; place++) history.go(place);
		assert.equal(history.depth, 16);
		assert.equal(history.current, 100);
		let steps = 0;
		while (history.back()) steps++;
		assert.equal(steps, 15);
		assert.equal(history.current, 0);
	});
});
