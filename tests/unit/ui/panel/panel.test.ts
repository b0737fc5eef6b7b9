import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ManifestAssets } from "../../../../sim/piu/drawing/manifest-assets";
import { ask } from "../../../../ui/panel/components/ask";
import { numberKeypad } from "../../../../ui/panel/components/keypad";
import { list } from "../../../../ui/panel/components/list";
import { listRow } from "../../../../ui/panel/components/list-row";
import type { DeviceState, Preferences } from "../../../../ui/panel/device";
import { KitBase } from "../../../../ui/panel/kit";
import { openPanel, type Panel } from "../../../../ui/panel/panel";
import type { Screen } from "../../../../ui/panel/screen";
import { visit } from "../../../../ui/panel/visit";
import type { Scene, Stage } from "../../../golden/golden-scene";
import { NodeHost } from "../../../golden/node/node-host";
import { pictureDevice } from "../../../golden/picture-device";
import { playScene } from "../../../golden/play-scene";

const host = new NodeHost(new ManifestAssets("ui/panel/assets/manifest.json"));
const STATE: DeviceState = {
	device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: 1 },
	printers: [],
	wifi: {
		station: { status: "off" },
		accessPoint: { on: true, ssid: "Culm", address: "192.168.4.1" },
		scanning: false,
		networks: [],
	},
	update: { phase: "idle" },
};

/** A list of a hundred rows; says which was tapped. */
function rowsScreen(
	id: string,
	section: Screen<unknown>["section"],
	tapped: string[] = [],
): Screen<number[]> {
	const items = Array.from({ length: 100 }, (_, index) => index);
	return {
		id,
		section,
		title: () => id,
		model: () => items,
		build: (kit) =>
			list<number[], number>(kit, {
				left: 0,
				right: 0,
				top: 0,
				bottom: 0,
				name: "rows",
				items: (view) => view,
				row: (part) =>
					listRow(part, {
						title: (item) => `Row ${item}`,
						onTap: (item) => {
							tapped.push(`${id} ${item}`);
						},
					}),
			}),
	};
}

interface Fixture {
	panel: Panel;
	stage: Stage;
	tapped: string[];
	changed(preferences: Partial<Preferences>): void;
	listeners: Set<() => void>;
	after(ms: number): void;
}

async function withPanel(work: (fixture: Fixture) => Promise<void>): Promise<void> {
	const scene: Scene = {
		name: "test",
		async play(stage) {
			const tapped: string[] = [];
			const listeners = new Set<() => void>();
			let now = 0;
			const base = pictureDevice({ state: STATE });
			let preferences = base.preferences.get();
			const device = pictureDevice({
				state: STATE,
				parts: {
					clock: { ...base.clock, now: () => now },
					preferences: { get: () => preferences, set: () => ({ ok: true }) },
					onChange(listener) {
						const call = () =>
							listener({
								printers: new Map(),
								list: false,
								heater: false,
								spools: false,
								wifi: false,
								update: false,
								jobs: false,
								preferences: true,
							});
						listeners.add(call);
						return () => listeners.delete(call);
					},
				},
			});
			const at = (id: string, section: Screen<unknown>["section"]) => () =>
				visit(rowsScreen(id, section, tapped));
			const home = at("home", "home");
			const panel = openPanel({
				device,
				width: stage.width,
				height: stage.height,
				roots: {
					sections: {
						home,
						control: at("control", "control"),
						filament: at("filament", "filament"),
						heater: at("heater", "heater"),
						more: at("more", "more"),
					},
					faults: home,
					wifi: at("wifi", "more"),
					printers: at("printers", "more"),
				},
			});
			await stage.settle();
			await work({
				panel,
				stage,
				tapped,
				listeners,
				changed(changes) {
					preferences = { ...preferences, ...changes };
					for (const listener of listeners) listener();
				},
				after(ms) {
					now += ms;
				},
			});
			return () => panel.close();
		},
	};
	await playScene(host, scene, "large");
}

/** In the middle of an entry of the rail. */
const RAIL = { home: 48, control: 144, filament: 240, heater: 336, more: 432 };

describe("The panel", () => {
	it("goes to the sections by its rail, and home again from each", () =>
		withPanel(async ({ panel, stage }) => {
			for (const [section, y] of Object.entries(RAIL)) {
				await stage.tap(44, y);
				assert.equal(panel.navigator.screenId, section);
			}
			await stage.tap(44, RAIL.home);
			assert.equal(panel.navigator.screenId, "home");
			assert.equal(panel.navigator.canGoBack, false);
		}));

	it("goes back by the head, one screen after the other", () =>
		withPanel(async ({ panel, stage }) => {
			panel.navigator.go(rowsScreen("first", "more"));
			panel.navigator.go(rowsScreen("second", "more"));
			await stage.settle();
			await stage.tap(110, 24);
			assert.equal(panel.navigator.screenId, "first");
			await stage.tap(110, 24);
			assert.equal(panel.navigator.screenId, "home");
		}));

	it("takes a tap on a row as a tap and a drag as none", () =>
		withPanel(async ({ stage, tapped }) => {
			await stage.tap(300, 48 + 33);
			assert.deepEqual(tapped, ["home 0"]);
			await stage.drag(300, 400, 300, 400 - 66 * 3);
			assert.deepEqual(tapped, ["home 0"], "a drag is no tap");
			await stage.tap(300, 48 + 33);
			assert.deepEqual(tapped, ["home 0", "home 3"], "it has scrolled by three rows");
		}));

	it("keeps the screen and how far it was scrolled when theme and language change", () =>
		withPanel(async ({ panel, stage, changed, tapped }) => {
			await stage.tap(44, RAIL.filament);
			await stage.drag(300, 400, 300, 400 - 66 * 2);
			changed({ theme: "light", language: "de" });
			await stage.settle();
			assert.equal(panel.navigator.screenId, "filament");
			assert.equal(panel.tools.words.language.code, "de");
			await stage.tap(300, 48 + 33);
			assert.deepEqual(tapped, ["filament 2"]);
		}));

	it("answers a question only when the finger was meant for it", () =>
		withPanel(async ({ panel, stage, after }) => {
			const answers: string[] = [];
			ask(new KitBase(panel.tools), { title: "Stop?", yes: "Stop", onYes: () => void answers.push("yes") });
			await stage.settle();
			await stage.tap(200, 480 - 16 - 33);
			assert.deepEqual(answers, [], "that was the second tap of an impatient finger");
			assert.equal(panel.navigator.hasSheet, true);
			after(1000);
			await stage.tap(200, 480 - 16 - 33);
			assert.deepEqual(answers, ["yes"]);
			assert.equal(panel.navigator.hasSheet, false);
		}));

	it("closes a sheet by a touch beside it, and changes nothing", () =>
		withPanel(async ({ panel, stage, tapped, after }) => {
			const done: number[] = [];
			numberKeypad(new KitBase(panel.tools), {
				title: "Bed",
				value: 60,
				min: 20,
				max: 100,
				onDone: (value) => void done.push(value),
			});
			await stage.settle();
			after(1000);
			await stage.tap(300, 20);
			assert.equal(panel.navigator.hasSheet, false);
			assert.deepEqual([done, tapped], [[], []]);
		}));

	it("sets a number by its keypad, and refuses one that cannot be", () =>
		withPanel(async ({ panel, stage }) => {
			const done: number[] = [];
			numberKeypad(new KitBase(panel.tools), {
				title: "Bed",
				value: 60,
				min: 20,
				max: 100,
				onDone: (value) => void done.push(value),
			});
			await stage.settle();
			// The grid of keys is 400 px wide, each row 82 px high, at the foot of the screen.
			const top = 480 - 8 - 4 * 82;
			const key = (column: number, row: number) =>
				stage.tap(792 - 400 + 67 + column * 133, top + 41 + row * 82);
			await key(2, 2);
			const set = () => stage.tap(300, 480 - 8 - 4 - 33);
			await set();
			assert.deepEqual(done, [], "9 is too low");
			await key(1, 3);
			await set();
			assert.deepEqual(done, [90]);
		}));

	it("ends all that it listens to when it is closed, also twice", () =>
		withPanel(async ({ panel, listeners, stage, changed }) => {
			panel.close();
			panel.close();
			assert.equal(listeners.size, 0);
			changed({ theme: "light" });
			await stage.tap(44, RAIL.more);
			assert.equal(panel.navigator.screenId, "home");
		}));
});
