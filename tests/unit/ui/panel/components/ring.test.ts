// The ring of a job's progress, as it is drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ManifestAssets } from "../../../../../sim/piu/drawing/manifest-assets";
import { dark } from "../../../../../ui/tokens";
import { SIZES } from "../../../../golden/golden-scene";
import { NodeHost } from "../../../../golden/node/node-host";
import { panelScene } from "../../../../golden/panel-scene";
import { playScene } from "../../../../golden/play-scene";
import { printingP1S, stateOf } from "../../../../golden/states";
import { BOTH } from "../../../../panel/stage";

const host = new NodeHost(new ManifestAssets("ui/panel/assets/manifest.json"));
const rgb = Number.parseInt(dark.accent.slice(1), 16);
const ACCENT = ((rgb >> 19) << 11) | (((rgb >> 10) & 0x3f) << 5) | ((rgb >> 3) & 0x1f);

for (const size of BOTH) {
	test(`every percent makes the ring a little longer, also where a quarter ends, ${size}`, async () => {
		const { width, height } = SIZES[size];
		const printer = printingP1S();
		const lengthAt = async (percent: number): Promise<number> => {
			const state = stateOf([{ ...printer, job: { ...printer.job, percent } }]);
			const pixels = await playScene(host, panelScene("ring", { state }), size);
			return new Uint16Array(pixels.slice(0, 2 * width * height).buffer).filter((each) => each === ACCENT)
				.length;
		};
		const whole = (await lengthAt(100)) - (await lengthAt(0));
		for (const quarter of [25, 50, 75]) {
			const before = await lengthAt(quarter - 1);
			const at = await lengthAt(quarter);
			const after = await lengthAt(quarter + 1);
			for (const step of [at - before, after - at])
				assert.ok(step > 0 && step < whole / 20, `${step} of ${whole} pixels at ${quarter} %`);
		}
	});
}
