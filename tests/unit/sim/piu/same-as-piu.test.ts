// The host lays out, tells and draws as the real Piu does: both ran the scenes of ./same, and wrote lines.
//
// fixtures/real-piu.json holds the lines of the real one, run by an app of the Moddable SDK on its simulator
// (240×320): a stage that traces, touches through the view's onTouch… and calls its onIdle.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { linesOf } from "./node-stage";
import { scenes } from "./same/scenes";

interface RealPiu {
	readonly width: number;
	readonly height: number;
	readonly scenes: Readonly<Record<string, readonly string[]>>;
}

const real: RealPiu = JSON.parse(readFileSync(new URL("fixtures/real-piu.json", import.meta.url), "utf8"));

describe("the host does as the real Piu", () => {
	for (const scene of scenes) {
		test(scene.name, () => {
			assert.deepEqual(linesOf(scene, real.width, real.height), real.scenes[scene.name]);
		});
	}

	test("every scene that ran there is compared", () => {
		assert.deepEqual(
			scenes.map(({ name }) => name),
			Object.keys(real.scenes),
		);
	});
});
