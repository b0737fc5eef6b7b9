// The panel's fonts, icons and shapes as they lie in ui/panel/assets.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PNG } from "pngjs";
import { iconIndex, iconNames } from "../../../../ui/panel/look/icon-names";
import { metricsFor } from "../../../../ui/panel/look/metrics";
import { largeShapes, smallShapes } from "../../../../ui/panel/look/shapes";
import { de } from "../../../../ui/panel/words/de";
import { en } from "../../../../ui/panel/words/en";
import { zh } from "../../../../ui/panel/words/zh";

const ASSETS = "ui/panel/assets";
const ICON_SIZES = [20, 28, 40];
/** Fonts of these sizes have no words. */
const FIGURES = [40, 44, 72];

interface Glyph {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly top: number;
	readonly advance: number;
}

interface Font {
	readonly name: string;
	readonly size: number;
	readonly lineHeight: number;
	readonly pageWidth: number;
	readonly pageHeight: number;
	readonly page: string;
	readonly glyphs: ReadonlyMap<number, Glyph>;
	readonly order: readonly number[];
}

/** BMFont, binary, version 3. */
function parseFont(name: string): Font {
	const file = readFileSync(join(ASSETS, "fonts", name));
	assert.equal(file.toString("latin1", 0, 3), "BMF");
	assert.equal(file[3], 3);
	const blocks = new Map<number, Buffer>();
	let at = 4;
	while (at < file.length) {
		const length = file.readUInt32LE(at + 1);
		blocks.set(file.readUInt8(at), file.subarray(at + 5, at + 5 + length));
		at += 5 + length;
	}
	assert.equal(at, file.length);
	const block = (type: number): Buffer => {
		const found = blocks.get(type);
		assert.ok(found, `${name} has a block ${type}`);
		return found;
	};
	const common = block(2);
	assert.equal(common.readUInt16LE(8), 1, "one page");
	const table = block(4);
	assert.equal(table.length % 20, 0);
	const glyphs = new Map<number, Glyph>();
	const order: number[] = [];
	for (let entry = 0; entry < table.length; entry += 20) {
		order.push(table.readUInt32LE(entry));
		glyphs.set(table.readUInt32LE(entry), {
			x: table.readUInt16LE(entry + 4),
			y: table.readUInt16LE(entry + 6),
			width: table.readUInt16LE(entry + 8),
			height: table.readUInt16LE(entry + 10),
			top: table.readInt16LE(entry + 14),
			advance: table.readInt16LE(entry + 16),
		});
	}
	return {
		name: name.replace(".fnt", ""),
		size: block(1).readInt16LE(0),
		lineHeight: common.readUInt16LE(0),
		pageWidth: common.readUInt16LE(4),
		pageHeight: common.readUInt16LE(6),
		page: block(3).toString("latin1").replace("\0", ""),
		glyphs,
		order,
	};
}

const fonts = readdirSync(join(ASSETS, "fonts"))
	.filter((name) => name.endsWith(".fnt"))
	.map(parseFont);
const textFonts = fonts.filter(({ size }) => !FIGURES.includes(size));

const readPng = (path: string): PNG => PNG.sync.read(readFileSync(join(ASSETS, path)));
const pngs = ["fonts", "icons", "shapes"].flatMap((folder) =>
	readdirSync(join(ASSETS, folder))
		.filter((name) => name.endsWith(".png"))
		.map((name) => `${folder}/${name}`),
);

function allTexts(words: unknown): string[] {
	if (typeof words === "string") return [words];
	return typeof words === "object" && words !== null ? Object.values(words).flatMap(allTexts) : [];
}

function missingIn(font: Font, texts: readonly string[]): string {
	const missing = [...texts.join("")].filter((character) => !font.glyphs.has(character.codePointAt(0) ?? 0));
	return [...new Set(missing)].join("");
}

test("every style of both densities has its font", () => {
	const there = new Set(fonts.map(({ name }) => name));
	for (const { text } of [metricsFor(800, 480), metricsFor(320, 240)]) {
		const { display, headline, title, body, caption } = text;
		for (const size of [display, headline, title, body]) assert.ok(there.has(`Culm-Bold-${size}`), `${size}`);
		for (const size of [title, body, caption]) assert.ok(there.has(`Culm-Regular-${size}`), `${size}`);
	}
});

/** With what it includes. Each resource must be named once: the SDK warns of a second. */
function resourcesOf(manifest: string): string[] {
	const { include = [], resources = {} } = JSON.parse(readFileSync(join(ASSETS, manifest), "utf8")) as {
		include?: string[];
		resources?: Record<string, string[]>;
	};
	return [...include.flatMap(resourcesOf), ...Object.values(resources).flat()];
}

test("each density's manifest names what its styles and icons need, and only what is there", () => {
	for (const [density, width, height] of [
		["large", 800, 480],
		["small", 320, 240],
	] as const) {
		const named = resourcesOf(`manifest-${density}.json`);
		assert.deepEqual(named, [...new Set(named)]);
		for (const path of named) assert.ok(existsSync(join(ASSETS, `${path}.png`)), `${density}: ${path}`);
		const { text, icon } = metricsFor(width, height);
		for (const size of [text.display, text.headline, text.title, text.body])
			assert.ok(named.includes(`./fonts/Culm-Bold-${size}`), `${density}: ${size}`);
		for (const size of [text.title, text.body, text.caption])
			assert.ok(named.includes(`./fonts/Culm-Regular-${size}`), `${density}: ${size}`);
		for (const size of Object.values(icon))
			assert.ok(named.includes(`./icons/culm-icons-${size}`), `${density}: icons of ${size}`);
	}
});

for (const font of fonts) {
	test(`${font.name} is as large as its name says, and its page as its table`, () => {
		assert.equal(font.name.split("-").at(-1), `${font.size}`);
		assert.equal(font.page, `${font.name}.png`);
		const page = readPng(`fonts/${font.page}`);
		assert.deepEqual([page.width, page.height], [font.pageWidth, font.pageHeight]);
	});

	test(`${font.name} has its characters in order, each inside the page and inside the line`, () => {
		assert.deepEqual(
			font.order,
			[...new Set(font.order)].sort((a, b) => a - b),
		);
		for (const [code, glyph] of font.glyphs) {
			const what = `U+${code.toString(16)} of ${font.name}`;
			assert.ok(glyph.x + glyph.width <= font.pageWidth && glyph.y + glyph.height <= font.pageHeight, what);
			assert.ok(glyph.top >= 0 && glyph.top + glyph.height <= font.lineHeight, `${what} leaves the line`);
			assert.ok(glyph.advance > 0 && glyph.advance < 256, what);
			assert.ok(glyph.width > 0 || code === 0x20 || code === 0xa0, `${what} is empty`);
		}
	});

	test(`in ${font.name} all figures are equally wide`, () => {
		const advances = [..."0123456789"].map(
			(digit) => font.glyphs.get(digit.codePointAt(0) ?? 0)?.advance ?? 0,
		);
		assert.equal(new Set(advances).size, 1, advances.join(" "));
		assert.ok((advances[0] ?? 0) > 0);
	});
}

for (const [language, words] of Object.entries({ en, zh, de })) {
	test(`every font with words can show all of ${language} (else: npm run assets)`, () => {
		const texts = allTexts(words);
		assert.ok(texts.length > 50);
		for (const font of textFonts) assert.equal(missingIn(font, texts), "", font.name);
	});

	test(`every font for figures can show numbers, their units and times of ${language}`, () => {
		const { format } = words;
		const texts = [
			"0123456789-−–:,.~<>/",
			format.percent,
			format.degrees,
			format.degreesOf,
			format.degreesRange,
			format.seconds,
			format.minutes,
			format.hours,
			format.hoursMinutes,
			format.days,
			format.daysHours,
			format.clock,
		].map((text) => text.replace(/\{\w+\}/g, ""));
		for (const font of fonts) assert.equal(missingIn(font, texts), "", font.name);
	});
}

test("names of jobs and printers in the languages of Europe can be shown", () => {
	const names =
		"Łódź Žluťoučký kůň ĚŘĎŤŇ Őrség Şırnak Ğğ İı Ångström Œuvre Kraków ąęćńśźż Çà ĻĢĶŅ ķļņ ¿Qué? ½ ÷ ×";
	for (const font of textFonts) assert.equal(missingIn(font, [names]), "", font.name);
});

for (const path of pngs)
	test(`${path} is black, its alpha survives four bits, and the SDK does not widen it`, () => {
		const { data, width } = readPng(path);
		assert.equal(width % 8, 0);
		let solid = 0;
		for (let at = 0; at < data.length; at += 4) {
			if (data[at] !== 0 || data[at + 1] !== 0 || data[at + 2] !== 0) assert.fail("a pixel is not black");
			if ((data[at + 3] ?? 0) % 17 !== 0) assert.fail(`an alpha of ${data[at + 3]}`);
			if (data[at + 3] === 255) solid++;
		}
		assert.ok(solid > 0);
	});

for (const size of ICON_SIZES)
	test(`the strip of ${size} px has a square for each icon, none empty and no two the same`, () => {
		const { data, width, height } = readPng(`icons/culm-icons-${size}.png`);
		assert.equal(height, size);
		assert.ok(width >= iconNames.length * size && width < iconNames.length * size + 8);
		const seen = new Map<string, string>();
		for (const name of iconNames) {
			const rows: string[] = [];
			for (let y = 0; y < size; y++) {
				const from = 4 * (y * width + iconIndex(name) * size);
				rows.push(data.toString("latin1", from, from + 4 * size));
			}
			const drawing = rows.join("");
			assert.match(drawing, /[^\0]/, `${name} is empty`);
			assert.equal(seen.get(drawing), undefined, `${name} looks the same`);
			seen.set(drawing, name);
		}
	});

for (const shapes of [largeShapes, smallShapes])
	test(`every shape of ${shapes.texture} lies inside it, and the ring is as large as it says`, () => {
		const { width, height } = readPng(`shapes/${shapes.texture}`);
		for (const [name, shape] of Object.entries(shapes)) {
			if (typeof shape === "string" || !("x" in shape)) continue;
			assert.ok(shape.x + shape.width <= width && shape.y + shape.height <= height, name);
		}
		const ring = readPng(`shapes/${shapes.ring.texture}`);
		assert.deepEqual([ring.width, ring.height], [shapes.ring.size, shapes.ring.size]);
	});
