// The drawing scenes have the pixels that the real Piu drew for them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { setAssets } from "../../../../../sim/piu/drawing/assets";
import { ManifestAssets } from "../../../../../sim/piu/drawing/manifest-assets";
import { drawScene, hostKit } from "./draw-scene";
import { sceneHeight, sceneWidth, sheetColumns } from "./drawing-scene";
import { createDrawingScenes } from "./drawing-scenes";

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const plain = new ManifestAssets(fixture("manifest.json"));
const kerned = new ManifestAssets(fixture("manifest-kerning.json"));
/** What is too small for its skin or its content: there the device draws what happens to be within the piece. */
const dependsOnPieces = [
	"tiles: a content that is too small for them",
	"image: cut, whole, and too small for its content",
];

describe("the drawing of the Node host", () => {
	const sheet = PNG.sync.read(readFileSync(fixture("real-piu.png")));
	const kernedDigests: string[] = JSON.parse(readFileSync(fixture("real-piu-kerning.json"), "utf8"));
	setAssets(plain);
	const names = createDrawingScenes(hostKit).map(({ name }) => name);

	it("is compared in every scene that was captured", () => {
		assert.equal(kernedDigests.length, names.length);
		assert.equal(Math.ceil(names.length / sheetColumns) * sceneHeight, sheet.height);
	});

	for (const [index, name] of names.entries()) {
		it(`has the real Piu's pixels: ${name}`, () => {
			setAssets(plain);
			const { pixels } = drawScene(sceneAt(index));
			const left = (index % sheetColumns) * sceneWidth;
			const top = Math.trunc(index / sheetColumns) * sceneHeight;
			const different: string[] = [];
			for (const [at, pixel] of pixels.entries()) {
				const x = at % sceneWidth;
				const y = Math.trunc(at / sceneWidth);
				const real = pixelOfSheet(sheet, left + x, top + y);
				if (pixel !== real) different.push(`${x},${y}: ${pixel.toString(16)} for ${real.toString(16)}`);
			}
			assert.deepEqual(different.slice(0, 5), [], `${different.length} pixels differ`);
		});

		it(`has the real Piu's pixels with kerning: ${name}`, () => {
			setAssets(kerned);
			const { pixels } = drawScene(sceneAt(index));
			const digest = createHash("sha256").update(new Uint8Array(pixels.buffer)).digest("hex");
			assert.equal(digest.slice(0, 32), kernedDigests[index]);
		});

		if (dependsOnPieces.includes(name)) continue;
		it(`has the same pixels drawn in pieces: ${name}`, () => {
			setAssets(plain);
			const scene = sceneAt(index);
			assert.deepEqual(drawScene(scene, pieces()).pixels, drawScene(scene).pixels);
		});
	}
});

function sceneAt(index: number) {
	const scene = createDrawingScenes(hostKit)[index];
	assert.ok(scene);
	return scene;
}

/** Rectangles that cover the frame, cut where nothing else is. */
function pieces() {
	const all = [];
	for (let y = 0; y < sceneHeight; y += 37) {
		for (let x = 0; x < sceneWidth; x += 53) all.push({ x, y, width: 53, height: 37 });
	}
	return all;
}

function pixelOfSheet(sheet: PNG, x: number, y: number): number {
	const at = (y * sheet.width + x) * 4;
	const [r, g, b] = [sheet.data[at] ?? 0, sheet.data[at + 1] ?? 0, sheet.data[at + 2] ?? 0];
	return ((r >> 3) << 11) | ((g >> 2) << 5) | (b >> 3);
}
