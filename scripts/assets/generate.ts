// Every file that the panel's assets consist of, as the packages and the words make it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FontSpec, makeFont } from "./bm-font";
import { figureCharacters, textCharacters } from "./characters";
import { Family } from "./family";
import { ICON_SIZES, iconNames, makeIcons } from "./icons";
import type { Mask } from "./mask";
import { makeShapes, SHAPE_SETS, shapePlaces } from "./shapes";

export interface Sources {
	/** Where the npm packages are. */
	readonly packages: string;
	/** Where the panel's texts are. */
	readonly words: string;
}

/** Files by their path below ui/panel, and what the device pays for them. */
export interface Generated {
	readonly files: ReadonlyMap<string, Buffer>;
	readonly sizes: string;
}

const WEIGHTS = { Regular: 400, Bold: 700 } as const;

const text = (weight: FontSpec["weight"], ...sizes: readonly number[]): FontSpec[] =>
	sizes.map((size) => ({ weight, size, glyphs: "text" }));
const figures = (...sizes: readonly number[]): FontSpec[] =>
	sizes.map((size) => ({ weight: "Bold", size, glyphs: "figures" }));

export const FONTS: Readonly<Record<"large" | "small", readonly FontSpec[]>> = {
	large: [...text("Regular", 16, 20, 28), ...text("Bold", 20, 28), ...figures(44, 72)],
	small: [...text("Regular", 12, 14, 18), ...text("Bold", 14, 18, 28), ...figures(40)],
};

/** Icons of these sizes go to both densities: none is only large. */
const ICON_DENSITIES: Readonly<Record<"large" | "small", readonly number[]>> = {
	large: ICON_SIZES,
	small: ICON_SIZES.filter((size) => size < 40),
};

/** Of a line in a manifest, without its indentation. */
const LINE_WIDTH = 104;
/** A bitmap's header and palette in the image. */
const BITMAP_HEAD_BYTES = 118;

export function generate(sources: Sources): Generated {
	const files = new Map<string, Buffer>();
	const costs = new Map<string, number>();
	const uncompressed = (name: string, folder: string, mask: Mask): void => {
		const png = mask.toPng();
		files.set(`assets/${folder}/${name}.png`, png);
		costs.set(name, BITMAP_HEAD_BYTES + (Math.ceil(mask.width / 8) * 8 * mask.height) / 2);
	};

	const notoSans = join(sources.packages, "@fontsource/noto-sans-sc");
	const families = {
		Regular: new Family(notoSans, WEIGHTS.Regular),
		Bold: new Family(notoSans, WEIGHTS.Bold),
	};
	const characters = { text: textCharacters(sources.words), figures: figureCharacters() };
	const fontRows: string[] = [];
	for (const spec of [...FONTS.large, ...FONTS.small]) {
		const name = fontName(spec);
		if (costs.has(name)) continue;
		const font = makeFont(families[spec.weight], spec, characters[spec.glyphs]);
		files.set(`assets/fonts/${name}.fnt`, font.fnt);
		files.set(`assets/fonts/${name}.png`, font.page.toPng());
		costs.set(name, font.deviceBytes);
		fontRows.push(`| \`${name}\` | ${font.glyphs} | ${kilobytes(font.deviceBytes)} |`);
	}

	const lucide = join(sources.packages, "lucide-static");
	for (const size of ICON_SIZES) uncompressed(`culm-icons-${size}`, "icons", makeIcons(lucide, size));
	files.set("look/icon-names.ts", Buffer.from(iconNames()));

	const sets = SHAPE_SETS.map((set) => ({ ...set, ...makeShapes(set) }));
	for (const { density, texture, ring, ringMask } of sets) {
		uncompressed(`culm-shapes-${density}`, "shapes", texture);
		uncompressed(`culm-ring-${ring.size}`, "shapes", ringMask);
	}
	files.set("look/shapes.ts", Buffer.from(shapePlaces(sets)));

	const totals: string[] = [];
	// Once for both: the SDK warns of what two manifests name.
	const sharedFonts = FONTS.small.map(fontName).filter((name) => FONTS.large.map(fontName).includes(name));
	const sharedMasks = ICON_DENSITIES.small.map((size) => `icons/culm-icons-${size}`);
	files.set("assets/manifest-shared.json", manifest(sharedFonts, sharedMasks));
	for (const set of sets) {
		const fonts = FONTS[set.density].map(fontName);
		const masks = [
			...ICON_DENSITIES[set.density].map((size) => `icons/culm-icons-${size}`),
			`shapes/culm-shapes-${set.density}`,
			`shapes/culm-ring-${set.ring.size}`,
		];
		files.set(
			`assets/manifest-${set.density}.json`,
			manifest(
				fonts.filter((font) => !sharedFonts.includes(font)),
				masks.filter((mask) => !sharedMasks.includes(mask)),
				["./manifest-shared.json"],
			),
		);
		const names = [...fonts, ...masks.map((path) => path.slice(path.indexOf("/") + 1))];
		const bytes = names.reduce((sum, name) => sum + (costs.get(name) ?? 0), 0);
		totals.push(`| ${set.density} | ${kilobytes(bytes)} |`);
	}
	for (const [file, origin] of [
		["OFL.txt", join(notoSans, "LICENSE")],
		["ISC.txt", join(lucide, "LICENSE")],
	] as const)
		files.set(`assets/${file}`, readFileSync(origin));

	const maskRows = [...costs].flatMap(([name, bytes]) =>
		name.startsWith("culm-") ? [`| \`${name}\` | ${kilobytes(bytes)} |`] : [],
	);
	const sizes = [
		"| font | glyphs | in flash |",
		"| --- | ---: | ---: |",
		...fontRows,
		"",
		"| mask | in flash |",
		"| --- | ---: |",
		...maskRows,
		"",
		"| all of a density | in flash |",
		"| --- | ---: |",
		...totals,
	].join("\n");
	return { files, sizes };
}

/** As Piu asks for the font of the style "bold 20px Culm". */
function fontName({ weight, size }: FontSpec): string {
	return `Culm-${weight}-${size}`;
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1024).toFixed(1)} KB`;
}

/** Glyphs are packed (`-mask`). Strips and shapes are not (`-alpha`): a packed one is read from its start each time. */
function manifest(
	fonts: readonly string[],
	masks: readonly string[],
	include: readonly string[] = [],
): Buffer {
	const resources = {
		...(fonts.length > 0 && { "*-mask": fonts.map((name) => `./fonts/${name}`) }),
		"*-alpha": masks.map((path) => `./${path}`),
	};
	const text = JSON.stringify({ ...(include.length > 0 && { include }), resources }, null, "\t");
	return Buffer.from(`${text.replace(/("[^"]+": )\[([^\]]*)\]/g, onOneLine)}\n`);
}

/** As the formatter of the project wants it: a list that fits is one line. */
function onOneLine(list: string, key: string, items: string): string {
	const line = `${key}[${items.trim().replace(/\s+/g, " ")}]`;
	return line.length <= LINE_WIDTH ? line : list;
}
