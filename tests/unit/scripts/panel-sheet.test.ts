import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fewerColors } from "../../../scripts/fewer-colors";
import { PANEL_SHEET } from "../../../scripts/panel-sheet";
import { KEPT_PICTURES } from "../../golden/kept-pictures";
import { panelScenes } from "../../golden/panel-scenes";

const SCREENS = "ui/panel/screens";
/** Whose scenes are not named after them. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
	"heater-connection": "heater-search",
	fault: "faults-one",
	"printer-maker": "add-printer-maker",
};

/** "heater-connection", of each `heaterConnectionScreen()`. */
function screens(): readonly string[] {
	const files = readdirSync(SCREENS, { recursive: true, encoding: "utf8" }).filter((name) =>
		name.endsWith(".ts"),
	);
	const text = files.map((name) => readFileSync(join(SCREENS, name), "utf8")).join("\n");
	return [...text.matchAll(/^export function (\w+)Screen\(/gm)].map(([, name = ""]) =>
		name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
	);
}

test("every screen of the panel is on the sheets, once, and its picture of the real Piu is kept", () => {
	const shown = PANEL_SHEET.map(({ scene }) => scene);
	assert.deepEqual([...new Set(shown)], shown);
	assert.ok(screens().length > 20);
	for (const screen of screens()) {
		const scene = NAMED_OTHERWISE[screen] ?? screen;
		assert.ok(shown.includes(scene), `scripts/panel-sheet.ts lacks ${scene}`);
		assert.ok(KEPT_PICTURES.includes(scene), `tests/golden/kept-pictures.ts lacks ${scene}`);
	}
});

test("every picture of the sheets has its scene, which can be drawn in either theme", () => {
	const scenes = new Map(panelScenes().map((scene) => [scene.name, scene]));
	for (const { scene } of PANEL_SHEET) {
		const light = scenes.get(`panel/${scene}`)?.inLook?.({ theme: "light" });
		assert.equal(light?.name, `panel/${scene}`, scene);
	}
});

test("a picture of too many colors keeps the frequent ones, and has the nearest of them for the others", () => {
	const rare = 0x0841;
	const colors = [...Array.from({ length: 256 }, (_, index) => 0xff00 + index), 0xff00, 0xff01];
	const some = new Uint16Array([...colors, ...colors, rare]);
	const { pixels } = fewerColors({ width: some.length, height: 1, pixels: new Uint8Array(some.buffer) });
	const fewer = new Uint16Array(pixels.buffer);
	assert.deepEqual(fewer.subarray(0, -1), some.subarray(0, -1));
	assert.equal(new Set(fewer).size, 256);
	assert.notEqual(fewer.at(-1), rare);
});
