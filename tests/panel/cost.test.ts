// What the panel may cost: its lists fit those of the device, small changes draw little, and nothing piles up.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LISTS } from "../../ui/panel/panel";
import { costOf, PART_BYTES, type PanelCost } from "./cost";
import { BOTH } from "./stage";

const MOST_SHARE = { temperature: 0.1, percent: 0.2 };
/** Bytes: an update comes with some thousand, of which none may stay. */
const MOST_GROWTH = 200_000;

for (const size of BOTH) {
	describe(`The cost of the panel, ${size}`, () => {
		let measured: Promise<PanelCost> | undefined;
		const cost = () => {
			measured ??= costOf(size, 1);
			return measured;
		};
		const { commandListLength, displayListLength } = LISTS[size];

		it("stays within the lists that Piu and its renderer get, on the fullest screens", async () => {
			for (const { name, commandBytes, parts } of (await cost()).screens) {
				assert.ok(commandBytes <= commandListLength, `${name}: ${commandBytes} bytes of commands`);
				assert.ok(parts * PART_BYTES <= displayListLength, `${name}: ${parts} parts`);
			}
		});

		it("is a small part of the screen when a number changes, and nothing when nothing has", async () => {
			const [temperature, percent, nothing] = (await cost()).updates;
			assert.ok(temperature && percent && nothing);
			assert.ok(temperature.share > 0 && temperature.share < MOST_SHARE.temperature, `${temperature.share}`);
			assert.ok(percent.share > 0 && percent.share < MOST_SHARE.percent, `${percent.share}`);
			assert.equal(nothing.dirtyPixels, 0);
		});

		it("makes no content anew and keeps nothing over a thousand updates", async () => {
			const { newContents, heapBytes } = (await cost()).life;
			assert.equal(newContents, 0);
			assert.ok(heapBytes < MOST_GROWTH, `${heapBytes} bytes more`);
		});
	});
}
