import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Coalescer } from "../../../../ui/panel/coalescer";

function coalescer(onFrame: () => void = () => undefined) {
	const calls = { requests: 0, frames: 0 };
	const made = new Coalescer({
		requestFrame: () => calls.requests++,
		onFrame: () => {
			calls.frames++;
			onFrame();
		},
	});
	return { made, calls };
}

describe("Changes of the device", () => {
	it("lead to one frame, however many there are", () => {
		const { made, calls } = coalescer();
		for (let change = 0; change < 20; change++) made.changed();
		assert.equal(calls.requests, 1);
		made.frame();
		assert.equal(calls.frames, 1);
		made.frame();
		assert.equal(calls.frames, 1, "without a change there is no frame");
		made.changed();
		made.frame();
		assert.deepEqual(calls, { requests: 2, frames: 2 });
	});

	it("that a frame makes itself belong to the next frame", () => {
		const { made, calls } = coalescer(() => made.changed());
		made.changed();
		made.frame();
		assert.deepEqual(calls, { requests: 2, frames: 1 });
	});

	it("are nothing after the end", () => {
		const { made, calls } = coalescer();
		made.changed();
		made.close();
		made.frame();
		made.changed();
		assert.deepEqual(calls, { requests: 1, frames: 0 });
	});
});
