// Takes over what tests/xs/drawing drew on the real Piu, as the pictures that the tests compare with.
// `npx tsx tests/unit/sim/piu/drawing/take-captures.ts PLAIN KERNED`: the folders in which the app left its files,
// built from its manifest.json and from its manifest-kerning.json.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { sceneHeight, sceneWidth, sheetColumns } from "./drawing-scene";

const [plainFolder, kernedFolder] = process.argv.slice(2);
if (plainFolder === undefined || kernedFolder === undefined) throw new Error("name both folders");

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
const plain = captures(plainFolder);
const digests = captures(kernedFolder).map((bytes) =>
	createHash("sha256").update(bytes).digest("hex").slice(0, 32),
);

const sheet = new PNG({
	width: sheetColumns * sceneWidth,
	height: Math.ceil(plain.length / sheetColumns) * sceneHeight,
});
sheet.data.fill(255);
for (const [index, bytes] of plain.entries()) {
	for (let at = 0; at < sceneWidth * sceneHeight; at++) {
		const pixel = bytes.readUInt16LE(at * 2);
		const x = (index % sheetColumns) * sceneWidth + (at % sceneWidth);
		const y = Math.trunc(index / sheetColumns) * sceneHeight + Math.trunc(at / sceneWidth);
		const [r, g, b] = [pixel >> 11, (pixel >> 5) & 63, pixel & 31];
		sheet.data.set(
			[(r << 3) | (r >> 2), (g << 2) | (g >> 4), (b << 3) | (b >> 2)],
			(y * sheet.width + x) * 4,
		);
	}
}
writeFileSync(fixture("real-piu.png"), PNG.sync.write(sheet, { colorType: 2 }));
writeFileSync(fixture("real-piu-kerning.json"), `${JSON.stringify(digests, null, "\t")}\n`);

/** In the order of the scenes. */
function captures(folder: string): Buffer[] {
	const count = readdirSync(folder).filter((name) => /^drawing-\d+\.rgb565$/.test(name)).length;
	return Array.from({ length: count }, (_, index) => readFileSync(join(folder, `drawing-${index}.rgb565`)));
}
