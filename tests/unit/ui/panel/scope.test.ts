import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Scope } from "../../../../ui/panel/scope";

describe("A scope", () => {
	it("shows a value that stays at once, and only then", () => {
		const scope = new Scope<{ n: number }>();
		const shown: string[] = [];
		scope.follow("still", (value) => shown.push(value));
		scope.update({ n: 1 });
		assert.deepEqual(shown, ["still"]);
	});

	it("shows a value that is read when it is another one", () => {
		const scope = new Scope<{ n: number }>();
		const shown: number[] = [];
		scope.follow(
			(view) => view.n,
			(value) => shown.push(value),
		);
		for (const n of [1, 1, 2, 2, 1]) scope.update({ n });
		assert.deepEqual(shown, [1, 2, 1]);
	});

	it("shows also that something is unknown from the beginning", () => {
		const scope = new Scope<{ n?: number }>();
		const shown: (number | undefined)[] = [];
		scope.follow(
			(view) => view.n,
			(value) => shown.push(value),
		);
		scope.update({});
		scope.update({});
		assert.deepEqual(shown, [undefined]);
	});

	it("knows the view that came last", () => {
		const scope = new Scope<string>();
		assert.equal(scope.view, undefined);
		scope.update("first");
		scope.update("second");
		assert.equal(scope.view, "second");
	});
});
