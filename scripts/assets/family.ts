// The family of the panel: Noto Sans SC from its files, and the letters that it lacks, made of its own parts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { flattenContour, type Point, type Polygon } from "./polygon";
import { WoffFont } from "./woff";

/** In font units, y upwards. */
export interface Drawing {
	readonly advance: number;
	readonly polygons: readonly Polygon[];
}

const FIRST_IDEOGRAPH = 0x2e80;
/** Signs that stand in an ideograph's square, though among letters they have a letter's width. */
const FULL_WIDTH = 1000;
const SIDE = 55;
/** Signs that are drawn for that square are too large beside figures. */
const SIGNS_OF_FIGURES = "×÷±";
const FIGURE_WIDTH = 555;
const SUBSETS = ["latin", "latin-ext", "chinese-simplified"];

/** Heights in font units: of a small round letter, the most that a mark over a capital reaches, a comma below. */
const SMALL_LETTER = 556;
const HIGHEST_MARK = 970;
const COMMA = { top: -60, bottom: -245 } as const;

/** A mark over or under a letter, and the letter of the font that shows it: what it has more than its base. */
const MARKS: Readonly<Record<string, { readonly sample: string; readonly base: string }>> = {
	"\u0300": { sample: "à", base: "a" },
	"\u0301": { sample: "á", base: "a" },
	"\u0302": { sample: "â", base: "a" },
	"\u0303": { sample: "ã", base: "a" },
	"\u0304": { sample: "ā", base: "a" },
	"\u0306": { sample: "ă", base: "a" },
	"\u0308": { sample: "ä", base: "a" },
	"\u030a": { sample: "å", base: "a" },
	"\u030c": { sample: "ǎ", base: "a" },
	"\u0327": { sample: "ç", base: "c" },
};

/** Quarter turns, against the clock, of an arrow that the font has. */
const ARROWS: Readonly<Record<string, { readonly from: string; readonly quarters: number }>> = {
	"→": { from: "↑", quarters: 3 },
	"←": { from: "↑", quarters: 1 },
};

export class Family {
	readonly unitsPerEm: number;
	readonly #fonts: readonly WoffFont[];

	constructor(packageFolder: string, weight: number) {
		this.#fonts = SUBSETS.map(
			(subset) =>
				new WoffFont(
					readFileSync(join(packageFolder, "files", `noto-sans-sc-${subset}-${weight}-normal.woff`)),
				),
		);
		this.unitsPerEm = this.#fonts[0]?.unitsPerEm ?? 1000;
	}

	/** Nothing when neither the font nor its parts have it. */
	draw(code: number): Drawing | undefined {
		const character = String.fromCodePoint(code);
		if (character === "…") return this.#beside(".", ".", ".");
		const font = this.#fonts.find((each) => each.has(code));
		if (font) {
			const drawing = { advance: font.advance(code), polygons: font.outline(code).map(flattenContour) };
			return code < FIRST_IDEOGRAPH ? narrowed(character, drawing) : drawing;
		}
		const arrow = ARROWS[character];
		if (arrow) {
			const turned = this.#turned(arrow.from, arrow.quarters);
			return turned && narrowed(character, { ...turned, advance: FULL_WIDTH });
		}
		return this.#composed(character) ?? this.#special(character);
	}

	#named(character: string): Drawing | undefined {
		return this.draw(character.codePointAt(0) ?? 0);
	}

	/** Around the middle of the letters' height, so that the shaft stays where a minus is. */
	#turned(character: string, quarters: number): Drawing | undefined {
		const drawing = this.#named(character);
		if (!drawing) return undefined;
		const box = bounds(drawing.polygons);
		const x0 = drawing.advance / 2;
		const y0 = (box.top + box.bottom) / 2;
		const polygons = drawing.polygons.map((polygon) =>
			polygon.map(({ x, y }) => {
				let [dx, dy] = [x - x0, y - y0];
				for (let turn = 0; turn < quarters; turn++) [dx, dy] = [-dy, dx];
				return { x: x0 + dx, y: y0 + dy };
			}),
		);
		return { advance: drawing.advance, polygons };
	}

	/** A letter and its mark, as Unicode takes the character apart. */
	#composed(character: string): Drawing | undefined {
		const [letter = "", mark = "", ...rest] = character.normalize("NFD");
		if (mark === "" || rest.length > 0) return undefined;
		// Tall letters carry the caron beside them, as an apostrophe.
		const beside = mark === "\u030c" && "dtLl".includes(letter);
		const below = "\u0326\u0327\u0328".includes(mark);
		const base = this.#named(!below && letter === "i" ? "ı" : !below && letter === "j" ? "ȷ" : letter);
		if (!base) return undefined;
		const box = bounds(base.polygons);
		if (beside) return this.#caronBeside(base, letter === "L");
		if (mark === "\u0326" || (mark === "\u0327" && "GKLNRgklnr".includes(letter)))
			return this.#withComma(base, letter === "g");
		const plain = this.#mark(mark);
		if (!plain) return undefined;
		const isHigh = box.top > 600;
		const own = bounds(plain);
		const dx =
			mark === "\u0328"
				? box.right - own.right - (isHigh ? 10 : 0)
				: (box.left + box.right) / 2 - (own.left + own.right) / 2;
		if (below) return { ...base, polygons: [...base.polygons, ...moved(plain, dx, 0)] };
		// Over capitals marks are nearer and flatter, so that they stay inside the line.
		const bottom = box.top + own.bottom - SMALL_LETTER - (isHigh ? 20 : 0);
		const flat = Math.min(isHigh ? 0.75 : 1, (HIGHEST_MARK - bottom) / (own.top - own.bottom));
		const found = plain.map((polygon) =>
			polygon.map(({ x, y }) => ({ x: x + dx, y: bottom + flat * (y - own.bottom) })),
		);
		return { ...base, polygons: [...base.polygons, ...found] };
	}

	/** As an apostrophe behind a tall letter, or above the foot of an L. */
	#caronBeside(base: Drawing, isAboveFoot: boolean): Drawing | undefined {
		const quote = this.#named("’");
		if (!quote) return undefined;
		const comma = scaled(quote.polygons, 0.9);
		const box = bounds(base.polygons);
		const own = bounds(comma);
		const x = isAboveFoot ? box.left + 0.45 * (box.right - box.left) : box.right + 25;
		return {
			advance: base.advance + (isAboveFoot ? 0 : 70),
			polygons: [...base.polygons, ...moved(comma, x - own.left, box.top - own.top)],
		};
	}

	/** Under the letter; turned and over the g, whose tail is in the way. */
	#withComma(base: Drawing, isOver: boolean): Drawing | undefined {
		const full = this.#named(",");
		if (!full) return undefined;
		const box = bounds(full.polygons);
		const factor = ((isOver ? -1 : 1) * (COMMA.top - COMMA.bottom)) / (box.top - box.bottom);
		const comma = scaled(full.polygons, factor);
		const own = bounds(comma);
		const letter = bounds(base.polygons);
		const dx = (letter.left + letter.right) / 2 - (own.left + own.right) / 2;
		const dy = isOver ? SMALL_LETTER + 45 - own.bottom : COMMA.top - own.top;
		return { ...base, polygons: [...base.polygons, ...moved(comma, dx, dy)] };
	}

	/** The mark as it stands on a small letter of the height 556. */
	#mark(mark: string): readonly Polygon[] | undefined {
		if (mark === "\u0307") {
			const i = this.#named("i");
			const dot = i && highest(i.polygons);
			return dot && [dot];
		}
		if (mark === "\u030b") {
			const acute = this.#mark("\u0301");
			return acute && [...moved(acute, -85, 0), ...moved(acute, 85, 0)];
		}
		if (mark === "\u0328") {
			const cedilla = this.#mark("\u0327");
			// A hook that opens to the right: the cedilla's mirror image.
			return cedilla?.map((polygon) => polygon.map(({ x, y }) => ({ x: -x, y })).reverse());
		}
		const from = MARKS[mark];
		const sample = from && this.#named(from.sample);
		const base = from && this.#named(from.base);
		if (!sample || !base) return undefined;
		const limit = bounds(base.polygons);
		if (mark === "\u0327") {
			const ownMark = sample.polygons.filter((polygon) => bounds([polygon]).top < 100);
			if (ownMark.length > 0) return ownMark;
			const cedilla = this.#named("¸");
			return cedilla?.polygons;
		}
		return sample.polygons.filter((polygon) => bounds([polygon]).bottom > limit.top - 20);
	}

	/** Letters that Unicode does not take apart. */
	#special(character: string): Drawing | undefined {
		switch (character) {
			case "ı":
				return this.#withoutDot("i");
			case "ȷ":
				return this.#withoutDot("j");
			case "Ł":
			case "ł":
				return this.#barred(character === "Ł" ? "L" : "l");
			case "Ħ":
			case "ħ":
			case "Ŧ":
			case "ŧ":
				return this.#crossed(character);
			case "ĸ":
				return this.#named("k");
			case "Ŋ":
				return this.#named("N");
			case "ŋ":
				return this.#named("n");
			case "Ĳ":
				return this.#beside("I", "J");
			case "ĳ":
				return this.#beside("i", "j");
			case "Ŀ":
				return this.#beside("L", "·");
			case "ŀ":
				return this.#beside("l", "·");
			default:
				return undefined;
		}
	}

	#withoutDot(character: string): Drawing | undefined {
		const drawing = this.#named(character);
		const dot = drawing && highest(drawing.polygons);
		return drawing && { ...drawing, polygons: drawing.polygons.filter((polygon) => polygon !== dot) };
	}

	#beside(...characters: readonly string[]): Drawing | undefined {
		let advance = 0;
		const polygons: Polygon[] = [];
		for (const character of characters) {
			const drawing = this.#named(character);
			if (!drawing) return undefined;
			polygons.push(...moved(drawing.polygons, advance, 0));
			advance += drawing.advance;
		}
		return { advance, polygons };
	}

	#barred(letter: string): Drawing | undefined {
		const drawing = this.#named(letter);
		const hyphen = this.#named("-");
		if (!drawing || !hyphen) return undefined;
		const box = bounds(drawing.polygons);
		const stem = letter === "L" ? box.left + 45 : (box.left + box.right) / 2 - 10;
		const bar = bounds(hyphen.polygons);
		const thick = bar.top - bar.bottom;
		const middle = letter === "L" ? 330 : 390;
		const [reach, rise] = letter === "L" ? [150, 85] : [125, 75];
		return {
			advance: drawing.advance + (letter === "L" ? 0 : 10),
			polygons: [
				...drawing.polygons,
				[
					{ x: stem - reach, y: middle - rise },
					{ x: stem - reach, y: middle - rise + thick },
					{ x: stem + reach, y: middle + rise + thick },
					{ x: stem + reach, y: middle + rise },
				],
			],
		};
	}

	#crossed(character: string): Drawing | undefined {
		const letter = { Ħ: "H", ħ: "h", Ŧ: "T", ŧ: "t" }[character] ?? "";
		const drawing = this.#named(letter);
		const hyphen = this.#named("-");
		if (!drawing || !hyphen) return undefined;
		const box = bounds(drawing.polygons);
		const bar = bounds(hyphen.polygons);
		const thick = 0.8 * (bar.top - bar.bottom);
		const [left, right, middle] =
			letter === "h"
				? [box.left - 70, box.left + 250, 660]
				: letter === "H"
					? [box.left - 70, box.right + 70, 560]
					: letter === "T"
						? [box.left + 110, box.right - 110, 330]
						: [box.left, box.right - 20, 290];
		return {
			...drawing,
			polygons: [
				...drawing.polygons,
				[
					{ x: left, y: middle - thick / 2 },
					{ x: left, y: middle + thick / 2 },
					{ x: right, y: middle + thick / 2 },
					{ x: right, y: middle - thick / 2 },
				],
			],
		};
	}
}

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

function bounds(polygons: readonly Polygon[]): Box {
	const points: Point[] = polygons.flat();
	return {
		left: Math.min(...points.map(({ x }) => x)),
		right: Math.max(...points.map(({ x }) => x)),
		top: Math.max(...points.map(({ y }) => y)),
		bottom: Math.min(...points.map(({ y }) => y)),
	};
}

function moved(polygons: readonly Polygon[], dx: number, dy: number): Polygon[] {
	return polygons.map((polygon) => polygon.map(({ x, y }) => ({ x: x + dx, y: y + dy })));
}

function scaled(polygons: readonly Polygon[], factor: number): Polygon[] {
	return polygons.map((polygon) => polygon.map(({ x, y }) => ({ x: x * factor, y: y * factor })));
}

function narrowed(character: string, drawing: Drawing): Drawing {
	if (drawing.advance !== FULL_WIDTH || drawing.polygons.length === 0 || character === "—") return drawing;
	let { polygons } = drawing;
	if (SIGNS_OF_FIGURES.includes(character)) {
		const box = bounds(polygons);
		const middle = (box.top + box.bottom) / 2;
		const factor = (FIGURE_WIDTH - 80) / (box.right - box.left);
		polygons = moved(scaled(moved(polygons, 0, -middle), factor), 0, 366);
	}
	if (character === "·") polygons = moved(scaled(moved(polygons, 0, -380), 0.7), 0, 380);
	const { left, right } = bounds(polygons);
	return { advance: right - left + 2 * SIDE, polygons: moved(polygons, SIDE - left, 0) };
}

function highest(polygons: readonly Polygon[]): Polygon | undefined {
	return polygons.reduce<Polygon | undefined>(
		(found, polygon) => (found && bounds([found]).bottom >= bounds([polygon]).bottom ? found : polygon),
		undefined,
	);
}
