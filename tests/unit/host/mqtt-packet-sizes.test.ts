// Lengths of MQTT packets, known before the packets are there.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MqttPacketSizes } from "../../../sim/host/mqtt-packet-sizes";

function packet(length: number): number[] {
	const bytes = [0x30];
	let rest = length;
	do {
		bytes.push((rest % 128) + (rest >= 128 ? 0x80 : 0));
		rest = Math.floor(rest / 128);
	} while (rest > 0);
	return bytes;
}

test("a length is known as soon as its field is there", () => {
	const sizes = new MqttPacketSizes();
	assert.equal(sizes.longest(Uint8Array.of(0x30)), 0);
	assert.equal(sizes.longest(Uint8Array.of(0xff)), 0);
	assert.equal(sizes.longest(Uint8Array.of(0xff, 0xff)), 0);
	assert.equal(sizes.longest(Uint8Array.of(0x7f)), 268_435_455);
});

test("of several packets at once the longest counts", () => {
	const bytes = [
		...packet(3),
		1,
		2,
		3,
		0xd0,
		0,
		...packet(400),
		...new Array<number>(400).fill(0),
		...packet(5),
	];
	assert.equal(new MqttPacketSizes().longest(Uint8Array.from(bytes)), 400);
});

test("the same packets are found however the network cuts them", () => {
	const lengths = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(lengths, fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1 }), (packets, cuts) => {
			const bytes = Uint8Array.from(
				packets.flatMap((length) => [...packet(length), ...new Array<number>(length).fill(0xff)]),
			);
			const sizes = new MqttPacketSizes();
			let longest = 0;
			for (let position = 0, index = 0; position < bytes.length; index += 1) {
				const end = position + (cuts[index % cuts.length] ?? 1);
				longest = Math.max(longest, sizes.longest(bytes.subarray(position, end)));
				position = end;
			}
			assert.equal(longest, Math.max(...packets));
		}),
	);
});

test("a length field without an end does not confuse it for good", () => {
	const sizes = new MqttPacketSizes();
	assert.ok(sizes.longest(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff)) >= 268_435_455);
});
