// What the drawing of the Node host promises beside the pixels of the scenes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { setAssets } from "../../../../../sim/piu/drawing/assets";
import { bitmapsFromPng } from "../../../../../sim/piu/drawing/bitmap";
import { readBmFont } from "../../../../../sim/piu/drawing/bmfont";
import { blendColors, hsl, hsla, parseColor, pixelOf, rgb, rgba } from "../../../../../sim/piu/drawing/color";
import type { SkinDictionary, StyleDictionary } from "../../../../../sim/piu/drawing/interface";
import { listedKerning, searchedKerning } from "../../../../../sim/piu/drawing/kerning";
import { ManifestAssets } from "../../../../../sim/piu/drawing/manifest-assets";
import { QrDrawing } from "../../../../../sim/piu/drawing/qr-code";
import { qrModules } from "../../../../../sim/piu/drawing/qr-modules";
import { Raster } from "../../../../../sim/piu/drawing/raster";
import { Skin } from "../../../../../sim/piu/drawing/skin";
import { computeStyle, measureStyled, Style } from "../../../../../sim/piu/drawing/style";
import { TextLayout } from "../../../../../sim/piu/drawing/text-layout";
import { Texture } from "../../../../../sim/piu/drawing/texture";
import { View } from "../../../../../sim/piu/drawing/view";

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const assets = new ManifestAssets(fixture("manifest.json"));
const white = parseColor("white");

beforeEach(() => setAssets(assets));

describe("colors", () => {
	it("are read as Piu reads them", () => {
		assert.deepEqual(parseColor("#4080c0"), { r: 0x40, g: 0x80, b: 0xc0, a: 255 });
		assert.deepEqual(parseColor("#4080C010"), { r: 0x40, g: 0x80, b: 0xc0, a: 16 });
		assert.deepEqual(parseColor("#f8a"), { r: 255, g: 0x88, b: 0xaa, a: 255 });
		assert.deepEqual(parseColor("orange"), { r: 255, g: 165, b: 0, a: 255 });
		assert.deepEqual(parseColor("transparent"), { r: 0, g: 0, b: 0, a: 0 });
		assert.deepEqual(parseColor(0x01020304), { r: 1, g: 2, b: 3, a: 4 });
	});

	it("that Piu does not know, or misreads, are refused by name", () => {
		for (const color of ["pink", "#12", "#12345", "#gggggg", "", "#f008"]) {
			assert.throws(() => parseColor(color), new RegExp(`"${color}"`), color);
		}
	});

	it("become pixels by losing their lower bits", () => {
		assert.equal(pixelOf(white), 0xffff);
		assert.equal(pixelOf(parseColor("#070307")), 0);
		assert.equal(pixelOf(parseColor("#080408")), 0x0821);
	});

	it("are mixed and made from numbers as Piu's functions do", () => {
		assert.equal(blendColors(0.5, "black", "#ffffff00"), 0x80808080);
		assert.equal(rgb(300, -1, 16), 0xff0010ff);
		assert.equal(rgba(1, 2, 3, 0.5), 0x01020380);
		assert.equal(hsl(120, 1, 0.5), 0x00ff00ff);
		assert.equal(hsla(-120, 1, 0.25, 0), 0x00007f00);
		assert.equal(hsl(10, 0, 0.5), 0x7f7f7fff);
	});
});

describe("skins", () => {
	it("give a content their size only where they fill none", () => {
		const texture = new Texture("icons.png");
		const sizes = (more: SkinDictionary) => {
			const skin = new Skin({ texture, width: 13, height: 11, ...more });
			return [skin.width, skin.height];
		};
		assert.deepEqual(sizes({}), [13, 11]);
		assert.deepEqual(sizes({ tiles: { left: 1 } }), [0, 11]);
		assert.deepEqual(sizes({ top: 0 }), [13, 0]);
		const filled = new Skin({ fill: "red" });
		assert.deepEqual([filled.width, filled.height], [0, 0]);
	});

	it("refuse what they do not know by its name", () => {
		const texture = new Texture("icons.png");
		assert.throws(() => new Skin({ fill: "red", aspect: "fit" } as SkinDictionary), /"aspect"/);
		assert.throws(() => new Skin({ fill: "red", color: "red" }), /"color"/);
		assert.throws(() => new Skin({ texture, fill: "red" }), /"fill"/);
		assert.throws(() => new Skin({ texture, tiles: { middle: 1 } } as SkinDictionary), /"middle"/);
		assert.throws(() => new Skin({ texture: { width: 1, height: 1 } }), /Texture/);
	});

	it("of colors alone do not fill from outside of their texture", () => {
		const skin = new Skin({ texture: new Texture("weave.png"), x: 20, width: 4, height: 4, left: 0, top: 0 });
		const view = new View(new Raster(8, 8));
		view.begin();
		assert.throws(() => skin.draw(view, { x: 0, y: 0, width: 8, height: 8 }, 0, 0), /outside of the texture/);
	});
});

describe("textures", () => {
	it("are as wide as their padded rows", () => {
		assert.deepEqual([new Texture("icons.png").width, new Texture("icons.png").height], [56, 33]);
		assert.equal(new Texture({ path: "weave.png" }).width, 14);
		assert.equal(new Texture("photo.png").width, 32);
	});

	it("that are not among the resources are refused by name", () => {
		assert.throws(() => new Texture("nothing.png"), /nothing\.png not found/);
	});

	it("keep the upper half of each alpha, and are opaque in the padding", () => {
		const png = new PNG({ width: 3, height: 1 });
		png.data.set([0, 0, 0, 0x0f, 0, 0, 0, 0x10, 0, 0, 0, 0xff]);
		const { mask } = bitmapsFromPng(PNG.sync.write(png), "mask", "three.png");
		assert.deepEqual([...(mask?.levels ?? [])], [0, 1, 15, 15, 15, 15, 15, 15]);
	});

	it("of other depths and of gray without alpha are refused by name", () => {
		const png = new PNG({ width: 8, height: 1 });
		const gray = PNG.sync.write(png, { colorType: 0 });
		assert.throws(() => bitmapsFromPng(gray, "mask", "gray.png"), /gray\.png: save the PNG with 8 bits/);
	});
});

describe("fonts", () => {
	it("are named as Piu names their resources", () => {
		const missing = (font: string) => {
			try {
				new Style({ font }).measure("");
			} catch (error) {
				return String(error).replace("URIError: font not found: ", "");
			}
			return "found";
		};
		assert.equal(missing("bold 28px Culm"), "Culm-Bold-28.fnt");
		assert.equal(missing("20px Culm"), "Culm-Regular-20.fnt");
		assert.equal(missing("400 20px Culm"), "Culm-Regular-20.fnt");
		assert.equal(missing("italic 600 condensed 9px Open Sans"), "OpenSans-CondensedSemiboldItalic-9.fnt");
		assert.equal(missing("bold Culm"), "Culm-Bold.fnt");
		assert.equal(missing("Culm"), "Culm.fnt");
		assert.equal(missing("16px Blocks"), "found");
	});

	it("in words that are not done here are refused by name", () => {
		for (const word of ["larger", "x-small", "bolder", "20pt", "20"]) {
			assert.throws(() => new Style({ font: `${word} Culm` }), new RegExp(`"${word}"`), word);
		}
	});

	it("in files that the device does not read are refused by name", () => {
		const good = readFileSync(fixture("Blocks-Regular-16.fnt"));
		const changed = (at: number, value: number) => {
			const bytes = Uint8Array.from(good);
			bytes[at] = value;
			return () => readBmFont(bytes, "Odd-12");
		};
		assert.throws(changed(0, 0), /Odd-12: is no binary BMFont/);
		assert.throws(changed(3, 2), /Odd-12: is no binary BMFont/);
		assert.throws(() => readBmFont(good.subarray(0, good.length - 1), "Odd-12"), /ends after the file/);
		const common = 4 + 5 + good.readUInt32LE(5);
		assert.throws(changed(common + 5 + 8, 2), /several pages/);
	});

	it("find a packed pair only in the direction that the device searches", () => {
		const pairs = [65, 84, 86, 97].map((second, index) => ({ first: 80, second, amount: index + 1 }));
		const searched = searchedKerning(pairs);
		const found = pairs.map(({ first, second }) => searched.amount(first, second));
		assert.deepEqual(found, [1, 0, 3, 4]);
		const listed = listedKerning(pairs);
		assert.deepEqual(
			pairs.map(({ first, second }) => listed.amount(first, second)),
			[1, 2, 3, 4],
		);
		assert.equal(searched.amount(80, 66), 0);
		assert.equal(searchedKerning([]).amount(80, 65), 0);
	});
});

describe("styles", () => {
	const outer = new Style({ font: "16px Blocks", left: 3, color: "red", horizontal: "left" });

	it("take what they do not say from their containers", () => {
		const computed = computeStyle([new Style({ top: 2 }), new Style({ left: 5, right: 1 }), outer]);
		assert.ok(computed);
		assert.equal(computed.font.name, "Blocks-Regular-16");
		assert.deepEqual(computed.margins, { left: 5, right: 1, top: 2, bottom: 0 });
		assert.equal(computed.horizontal, "left");
		assert.equal(computed.vertical, "middle");
		assert.deepEqual(computed.colors[3], parseColor("red"));
	});

	it("are computed once for each chain", () => {
		const inner = new Style({ top: 2 });
		assert.equal(computeStyle([inner, outer]), computeStyle([inner, outer]));
		assert.notEqual(computeStyle([inner, outer]), computeStyle([outer]));
		assert.equal(computeStyle([]), undefined);
	});

	it("measure a string with their margins", () => {
		const computed = computeStyle([new Style({ right: 4, bottom: 6 }), outer]);
		assert.ok(computed);
		const width = new Style({ font: "16px Blocks" }).measure("AV").width;
		assert.deepEqual(measureStyled(computed, "AV"), { width: width + 7, height: 19 + 6 });
	});

	it("refuse what they do not know by its name", () => {
		assert.throws(() => new Style({ decoration: "underline" } as StyleDictionary), /"decoration"/);
		assert.throws(() => new Style({ horizontal: "middle" } as unknown as StyleDictionary), /"middle"/);
	});
});

describe("texts", () => {
	const style = new Style({ font: "16px Blocks", top: 2, bottom: 5 });
	const heightOf = (layout: TextLayout, width: number) => {
		layout.compute([style]);
		return layout.format(width);
	};

	it("are as high as their lines and the margins between blocks", () => {
		const layout = new TextLayout();
		layout.setString("one");
		assert.equal(heightOf(layout, 100), 2 + 19 + 5);
		layout.setBlocks(["one", "two"]);
		assert.equal(heightOf(layout, 100), 2 + 19 + 5 + 19 + 5);
		assert.equal(layout.string, "onetwo");
	});

	it("have no height without a style or a width", () => {
		const layout = new TextLayout();
		layout.setString("one");
		layout.compute([]);
		assert.equal(layout.format(100), 0);
		assert.equal(heightOf(layout, 0), 0);
	});

	it("refuse links and too many spans in each other by name", () => {
		const layout = new TextLayout();
		assert.throws(() => layout.setBlocks([{ spans: "a", link: {} } as { spans: string }]), /"link"/);
		let deep: { spans: (string | typeof deep)[] } = { spans: ["a"] };
		for (let depth = 0; depth < 8; depth++) deep = { spans: [deep] };
		assert.throws(() => layout.setBlocks([deep]), /too deep/);
	});
});

describe("the view", () => {
	it("counts its commands, and their bytes in the device's list", () => {
		const view = new View(new Raster(10, 10));
		view.begin();
		assert.deepEqual([view.commands, view.commandBytes], [0, 4]);
		view.pushClip(0, 0, 5, 5);
		view.fillColor(white, 0, 0, 5, 5);
		view.fillColor(white, 0, 0, 0, 5);
		view.popClip();
		assert.deepEqual([view.commands, view.commandBytes], [3, 12 + 12 + 4 + 4]);
	});

	it("draws only within the rectangles it is given", () => {
		const raster = new Raster(6, 1);
		const view = new View(raster);
		view.begin();
		view.pushOrigin(1, 0);
		view.fillColor(white, 0, 0, 9, 9);
		view.popOrigin();
		view.end([
			{ x: -3, y: 0, width: 5, height: 9 },
			{ x: 4, y: -1, width: 1, height: 2 },
			{ x: 7, y: 0, width: 1, height: 1 },
		]);
		assert.deepEqual([...raster.pixels], [0, 0xffff, 0, 0, 0xffff, 0]);
	});

	it("refuses origins and clips that are left over or taken twice", () => {
		const view = new View(new Raster(4, 4));
		view.begin();
		assert.throws(() => view.popOrigin(), /popOrigin without pushOrigin/);
		view.pushOrigin(0, 0);
		assert.throws(() => view.end([]), /pushOrigin without popOrigin/);
		view.begin();
		view.popClip();
		assert.throws(() => view.end([{ x: 0, y: 0, width: 4, height: 4 }]), /popClip without pushClip/);
	});
});

describe("QR codes", () => {
	it("hold their text in the smallest version, with the strongest correction that fits", () => {
		assert.equal(qrModules("1234567").size, 21);
		assert.equal(qrModules("https://wiki.example.org/en/x1/troubleshooting").size, 33);
		assert.equal(qrModules("x".repeat(300)).size, 17 + 4 * 13);
	});

	it("that do not fit are refused", () => {
		assert.throws(() => qrModules("x".repeat(40), 2), /too many for version 2/);
	});

	it("need a skin with colors, if any", () => {
		const drawing = new QrDrawing();
		drawing.setString("1");
		const view = new View(new Raster(30, 30));
		view.begin();
		const skin = new Skin({ texture: new Texture("icons.png") });
		assert.throws(() => drawing.draw(view, 30, 30, skin, 0), /QRCode: a skin with a texture/);
	});
});
