// The names of messages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { messageId } from "../../../../../modules/printers/anycubic/commands/message-id";
import { isUuid } from "./command-bench";

test("a message's name is a version 4 UUID, whatever is drawn", () => {
	for (const drawn of [0, 0.25, 0.5, 0.999999, 1 - Number.EPSILON]) {
		const id = messageId(() => drawn);
		assert.ok(isUuid(id), id);
	}
	assert.equal(
		messageId(() => 0),
		"00000000-0000-4000-8000-000000000000",
	);
	assert.equal(
		messageId(() => 0.99),
		"ffffffff-ffff-4fff-bfff-ffffffffffff",
	);
});

test("two are never the same", () => {
	let state = 1;
	const next = (): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 4_294_967_296;
	};
	assert.equal(new Set(Array.from({ length: 500 }, () => messageId(next))).size, 500);
});
