// npm run test:golden: the host for Node draws what the real Piu drew.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { ManifestAssets } from "../../../sim/piu/drawing/manifest-assets";
import { type Scene, SIZES, type SizeName } from "../golden-scene";
import { KEPT_PICTURES } from "../kept-pictures";
import { playScene, sizesOf } from "../play-scene";
import { createScenes } from "../scenes";
import { compare, type Difference } from "./compare";
import { NodeHost } from "./node-host";
import { decodePng, encodePng, type Picture } from "./picture";

const PICTURES = "tests/golden";
/** What was drawn, and where it is off: for a person to look at. */
const OUTPUT = "build/golden";

const host = new NodeHost(new ManifestAssets("ui/panel/assets/manifest.json"));
const all = createScenes().flatMap((scene) => sizesOf(scene).map((size) => ({ scene, size })));
const pictures = all.filter(({ scene }) => scene.captured !== false);

test("every golden picture has its scene, and every scene its pictures", () => {
	const there = Object.keys(SIZES).flatMap((size) =>
		readdirSync(join(PICTURES, size), { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".png"))
			.map((name) => `${size}/${relative(".", name)}`),
	);
	assert.deepEqual(there.sort(), pictures.map(({ scene, size }) => `${size}/${scene.name}.png`).sort());
});

test("no scene is there twice, and all scenes are there whose pictures are to be kept", () => {
	const names = createScenes().map((scene) => scene.name);
	assert.deepEqual([...new Set(names)], names);
	assert.deepEqual(
		KEPT_PICTURES.filter((name) => !names.includes(`panel/${name}`)),
		[],
	);
});

test("docs/panel.md says how many there are", () => {
	const said = `${pictures.length} pictures of ${new Set(pictures.map(({ scene }) => scene.name)).size} scenes`;
	assert.ok(readFileSync("docs/panel.md", "utf8").includes(said), `it should say: ${said}`);
});

test("scenes without a picture can be played to their end", async () => {
	for (const { scene, size } of all.filter(({ scene }) => scene.captured === false))
		assert.equal(
			(await draw(scene, size)).pixels.some((byte) => byte !== 0),
			true,
			`${size}/${scene.name}`,
		);
});

for (const { scene, size } of pictures) {
	test(`${scene.name}, ${size}: the host for Node draws what the real Piu draws`, async () => {
		const name = `${size}/${scene.name}`;
		const file = join(PICTURES, `${name}.png`);
		assert.ok(
			existsSync(file),
			`there is no ${file}: npm run golden:capture makes it, with the Moddable SDK`,
		);
		const actual = await draw(scene, size);
		const difference = compare(actual, decodePng(readFileSync(file)));
		for (const part of ["actual", "difference"]) rmSync(pathOf(name, part), { force: true });
		if (difference === undefined) return;
		write(pathOf(name, "actual"), actual);
		write(pathOf(name, "difference"), difference.picture);
		assert.fail(wordsOf(difference, name));
	});
}

async function draw(scene: Scene, size: SizeName): Promise<Picture> {
	return { ...SIZES[size], pixels: await playScene(host, scene, size) };
}

function pathOf(name: string, part: string): string {
	return join(OUTPUT, `${name}.${part}.png`);
}

function write(path: string, picture: Picture): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, encodePng(picture));
}

function wordsOf({ count, first, bounds, largest }: Difference, name: string): string {
	const { x, y, width, height } = bounds;
	return [
		`${count} pixels differ, by up to ${largest} steps of a channel,`,
		`within ${width} × ${height} at (${x}, ${y}), the first at (${first.x}, ${first.y});`,
		`see ${pathOf(name, "actual")} and ${pathOf(name, "difference")}`,
	].join(" ");
}
