// npm run pictures:panel: draws the panel's pictures of docs/images anew, on the Piu host for Node. Some seconds.
// Sheets with all screens, each size in each theme, and home alone.

import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, Label, Skin, Style } from "piu/MC";
import { ManifestAssets } from "../sim/piu/drawing/manifest-assets";
import { type Scene, SIZES, type SizeName } from "../tests/golden/golden-scene";
import { NodeHost } from "../tests/golden/node/node-host";
import { encodePng, type Picture } from "../tests/golden/node/picture";
import { panelScenes } from "../tests/golden/panel-scenes";
import { playScene, sizesOf } from "../tests/golden/play-scene";
import { dark, light, type Theme } from "../ui/tokens";
import { fewerColors } from "./fewer-colors";
import { PANEL_SHEET } from "./panel-sheet";

const IMAGES = fileURLToPath(new URL("../docs/images", import.meta.url));
const ASSETS = fileURLToPath(new URL("../ui/panel/assets/manifest.json", import.meta.url));
const BYTES_PER_PIXEL = 2;
/** px */
const SHEETS = Object.freeze({
	large: Object.freeze({ columns: 4, gap: 32, caption: 56, font: "28px Culm" }),
	small: Object.freeze({ columns: 5, gap: 24, caption: 36, font: "16px Culm" }),
});
const THEMES = Object.freeze({ dark, light });

const host = new NodeHost(new ManifestAssets(ASSETS));
const scenes = new Map(panelScenes().map((scene) => [scene.name, scene]));
for (const size of ["large", "small"] as const) {
	for (const theme of ["dark", "light"] as const) await drawSheet(size, theme);
	save(`panel-home-${size}`, { ...SIZES[size], pixels: await playScene(host, sceneOf("home"), size) });
}

async function drawSheet(size: SizeName, theme: keyof typeof THEMES): Promise<void> {
	const { columns, gap, caption, font } = SHEETS[size];
	const { width, height } = SIZES[size];
	const shown = PANEL_SHEET.filter(({ scene, only = size }) => only === size && fits(sceneOf(scene), size));
	const rows = Math.ceil(shown.length / columns);
	const places = shown.map((each, index) => ({
		...each,
		left: gap + (index % columns) * (width + gap),
		top: gap + Math.floor(index / columns) * (height + caption),
	}));
	const sheetWidth = columns * (width + gap) + gap;
	const sheet = await captioned(sheetWidth, rows * (height + caption) + gap, THEMES[theme], font, (style) =>
		places.map(
			({ left, top, caption: string }) =>
				new Label(null, { left, width, top: top + height, height: caption, style, string }),
		),
	);
	for (const { scene, left, top } of places) {
		const inTheme = sceneOf(scene).inLook?.({ theme });
		if (inTheme === undefined) throw new Error(`${scene} is not a scene of the panel`);
		const picture = await playScene(host, inTheme, size);
		for (let y = 0; y < height; y++) {
			const row = picture.subarray(y * width * BYTES_PER_PIXEL, (y + 1) * width * BYTES_PER_PIXEL);
			sheet.pixels.set(row, ((top + y) * sheetWidth + left) * BYTES_PER_PIXEL);
		}
	}
	save(`panel-${size}-${theme}`, fewerColors(sheet));
}

/** A sheet with the words alone, in the panel's own letters. */
async function captioned(
	width: number,
	height: number,
	{ line, text }: Theme,
	font: string,
	labels: (style: Style) => Label[],
): Promise<Picture> {
	const screen = host.openScreen(width, height);
	screen.run(() => {
		const style = new Style({ font, color: text, horizontal: "center", vertical: "middle" });
		return new Application(null, { skin: new Skin({ fill: line }), contents: labels(style) });
	});
	await screen.settle();
	screen.close();
	return { width, height, pixels: screen.frame };
}

function sceneOf(name: string): Scene {
	const scene = scenes.get(`panel/${name}`);
	if (scene === undefined) throw new Error(`there is no scene panel/${name}`);
	return scene;
}

function fits(scene: Scene, size: SizeName): boolean {
	return sizesOf(scene).includes(size);
}

function save(name: string, picture: Picture): void {
	const file = join(IMAGES, `${name}.png`);
	writeFileSync(file, encodePng(picture));
	const size = `${picture.width} × ${picture.height}`;
	process.stdout.write(`${name}.png ${size}, ${Math.ceil(statSync(file).size / 1024)} KB\n`);
}
