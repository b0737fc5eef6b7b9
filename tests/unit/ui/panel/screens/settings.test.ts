import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ManifestAssets } from "../../../../../sim/piu/drawing/manifest-assets";
import type { DeviceChange, Preferences } from "../../../../../ui/panel/device";
import { openPanel, type Panel } from "../../../../../ui/panel/panel";
import { panelRoots } from "../../../../../ui/panel/screens/roots";
import { settingsScreen } from "../../../../../ui/panel/screens/settings";
import type { Scene, SizeName, Stage } from "../../../../golden/golden-scene";
import { NodeHost } from "../../../../golden/node/node-host";
import { pictureDevice } from "../../../../golden/picture-device";
import { playScene } from "../../../../golden/play-scene";
import { printingP1S, stateOf } from "../../../../golden/states";

const host = new NodeHost(new ManifestAssets("ui/panel/assets/manifest.json"));
const STATE = stateOf([printingP1S()]);
const NOTHING: DeviceChange = {
	printers: new Map(),
	list: false,
	heater: false,
	spools: false,
	wifi: false,
	update: false,
	jobs: false,
	preferences: false,
};

interface Played {
	readonly pixels: Uint8Array;
	readonly screenId: string;
	readonly changes: readonly Partial<Preferences>[];
}

/** Opens the settings over a device that takes what is set, scrolls to their middle, and does that there. */
async function inSettings(
	from: Partial<Preferences>,
	then: (stage: Stage, panel: Panel) => Promise<void> = async () => {},
	size: SizeName = "large",
): Promise<Played> {
	const changes: Partial<Preferences>[] = [];
	let screenId = "";
	const scene: Scene = {
		name: "test",
		async play(stage) {
			let preferences = pictureDevice({ state: STATE, preferences: from }).preferences.get();
			const listeners = new Set<(change: DeviceChange) => void>();
			const device = pictureDevice({
				state: STATE,
				parts: {
					onChange(listener) {
						listeners.add(listener);
						return () => listeners.delete(listener);
					},
					preferences: {
						get: () => preferences,
						set(change) {
							changes.push(change);
							preferences = { ...preferences, ...change };
							queueMicrotask(() => {
								for (const listener of listeners) listener({ ...NOTHING, preferences: true });
							});
							return { ok: true };
						},
					},
				},
			});
			const panel = openPanel({ device, width: stage.width, height: stage.height, roots: panelRoots() });
			await stage.settle();
			panel.navigator.go(settingsScreen());
			await stage.settle();
			await stage.drag(stage.width / 2, 420, stage.width / 2, 120);
			await then(stage, panel);
			screenId = panel.navigator.screenId;
			return () => panel.close();
		},
	};
	const pixels = new Uint8Array(await playScene(host, scene, size));
	return { pixels, screenId, changes };
}

/** In the middle of the rows after that scroll. */
const LIGHT = { x: 660, y: 146 };
const GERMAN = { x: 700, y: 336 };

describe("The settings", () => {
	it("show everything in another theme at once, at the same place of the same page", async () => {
		const touched = await inSettings({}, (stage) => stage.tap(LIGHT.x, LIGHT.y));
		assert.deepEqual(touched.changes, [{ theme: "light" }]);
		assert.equal(touched.screenId, "settings");
		const opened = await inSettings({ theme: "light" });
		assert.deepEqual(touched.pixels, opened.pixels);
		assert.notDeepEqual(touched.pixels, (await inSettings({})).pixels);
	});

	it("show everything in another language at once, at the same place of the same page", async () => {
		const touched = await inSettings({}, (stage) => stage.tap(GERMAN.x, GERMAN.y));
		assert.deepEqual(touched.changes, [{ language: "de" }]);
		assert.equal(touched.screenId, "settings");
		const opened = await inSettings({ language: "de" });
		assert.deepEqual(touched.pixels, opened.pixels);
	});

	it("lead back as before after the look has changed", async () => {
		const { screenId } = await inSettings({}, async (stage, panel) => {
			await stage.tap(LIGHT.x, LIGHT.y);
			panel.navigator.back();
			await stage.settle();
		});
		assert.equal(screenId, "home");
	});
});
