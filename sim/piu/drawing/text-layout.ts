// The words of Piu's Text: blocks and spans with styles, broken into lines of a width.
import { colorAt } from "./color";
import type { Rectangle, TextPart, TextParts, ViewLike } from "./interface";
import { checkKeys } from "./known-keys";
import { type ComputedStyle, computeStyle, type Style } from "./style";

interface BeginNode {
	readonly kind: "begin";
	/** Else a span. */
	readonly block: boolean;
	/** Of the styles around it, innermost first. */
	readonly styles: readonly Style[];
	computed: ComputedStyle | undefined;
}

interface EndNode {
	readonly kind: "end";
	readonly block: boolean;
	/** Whose style goes on after a span. */
	readonly outer: BeginNode | undefined;
	/** Where in the whole text it ends. */
	readonly at: number;
}

interface StringNode {
	readonly kind: "string";
	readonly string: string;
	/** In the whole text. */
	readonly from: number;
	readonly to: number;
}

type Node = BeginNode | EndNode | StringNode;

interface Line {
	/** Where in the whole text it starts. */
	readonly start: number;
	readonly x: number;
	readonly top: number;
	readonly base: number;
	readonly bottom: number;
	/** Spaces of a justified line, and the px to share among them. */
	readonly spaces: number;
	readonly shared: number;
	/** Characters at its end that are not drawn: the line feed. */
	readonly cut: number;
}

type Kind = "word" | "space" | "return" | "break" | "end";

/** Nesting of spans that Piu has room for. */
const maxDepth = 8;

export class TextLayout {
	#nodes: Node[] = [];
	#length = 0;
	#lines: Line[] = [];
	#styled = false;

	get string(): string {
		return this.#nodes.map((node) => (node.kind === "string" ? node.string : "")).join("");
	}

	setString(string: string): void {
		this.setBlocks([string]);
	}

	/** Throws on blocks with a link, and on other keys. Styles are computed again by `compute`. */
	setBlocks(parts: TextParts<Style>): void {
		this.#nodes = [];
		this.#lines = [];
		this.#length = 0;
		this.#styled = false;
		for (const part of parts) {
			if (typeof part === "string") this.#add({ spans: [part] }, [], undefined, 1);
			else this.#add(part, [], undefined, 1);
		}
	}

	/** `chain`: the styles from the text's own up to the application. Lines are made by `format`. */
	compute(chain: readonly Style[]): void {
		this.#styled = true;
		for (const node of this.#nodes) {
			if (node.kind !== "begin") continue;
			node.computed = computeStyle([...node.styles, ...chain]);
			if (node.computed === undefined) this.#styled = false;
		}
	}

	/** Breaks into lines of `width` px; the height in px, with the margins of the blocks. */
	format(width: number): number {
		if (width === 0 || !this.#styled) return 0;
		const { lines, height } = formatNodes(this.#nodes, width);
		this.#lines = lines;
		return height;
	}

	/** Draws the lines that `area` touches. */
	draw(view: ViewLike, area: Rectangle, state: number): void {
		let index = 0;
		let style: ComputedStyle | undefined;
		for (const [number, line] of this.#lines.entries()) {
			const previous = this.#lines[number - 1];
			const next = this.#lines[number + 1];
			if ((previous ?? line).top >= area.y + area.height) break;
			if ((next ?? line).bottom <= area.y) continue;
			const end = (next?.start ?? this.#length) - line.cut;
			const pen = {
				x: line.x,
				slack: 0,
				step: line.spaces ? Math.trunc((line.shared << 16) / line.spaces) : 0,
			};
			let from = line.start;
			while (from < end && index < this.#nodes.length) {
				const node = this.#nodes[index];
				if (node === undefined) break;
				if (node.kind === "string") {
					if (from <= node.to && node.from < end) {
						const to = Math.min(end, node.to);
						const words = node.string.slice(Math.max(from, node.from) - node.from, to - node.from);
						if (style) drawWords(view, style, words, line, pen, state);
						from = to;
					}
					if (from < end) index++;
					continue;
				}
				if (node.kind === "begin") style = node.computed;
				else style = node.outer?.computed;
				index++;
			}
		}
	}

	#add(
		part: Exclude<TextPart<Style>, string>,
		outerStyles: readonly Style[],
		outer: BeginNode | undefined,
		depth: number,
	): void {
		checkKeys("Text block or span", part, ["style", "spans"]);
		if (depth >= maxDepth) throw new Error("Text blocks: too deep");
		const styles = part.style === undefined ? outerStyles : [part.style, ...outerStyles];
		const block = outer === undefined;
		const begin: BeginNode = { kind: "begin", block, styles, computed: undefined };
		this.#nodes.push(begin);
		for (const span of typeof part.spans === "string" ? [part.spans] : part.spans) {
			if (typeof span === "string") this.#concat(span);
			else this.#add(span, styles, begin, depth + 1);
		}
		this.#nodes.push({ kind: "end", block, outer, at: this.#length });
	}

	#concat(string: string): void {
		const from = this.#length;
		this.#length += string.length;
		this.#nodes.push({ kind: "string", string, from, to: this.#length });
	}
}

interface Pen {
	x: number;
	/** 16 bits of fraction. */
	slack: number;
	readonly step: number;
}

function drawWords(
	view: ViewLike,
	style: ComputedStyle,
	words: string,
	line: Line,
	pen: Pen,
	state: number,
): void {
	const { font } = style;
	const color = colorAt(style.colors, state);
	const y = line.base - font.ascent;
	const put = (string: string) => {
		if (string === "") return;
		view.drawString(string, font, color, pen.x, y);
		pen.x += font.widthOf(string);
	};
	if (line.spaces === 0) {
		put(words);
		return;
	}
	let start = 0;
	for (let at = 0; ; ) {
		const { kind, next } = advance(words, at);
		if (kind !== "word") {
			put(words.slice(start, at));
			if (at > start) start = at;
			if (kind === "end") return;
			if (kind === "space") {
				pen.slack += pen.step;
				pen.x += pen.slack >> 16;
				pen.slack &= 0xffff;
				start = next;
			}
		}
		at = next;
	}
}

/** The kind of the character at `at`, and where the next one is. Only Han characters break without a space. */
function advance(string: string, at: number): { kind: Kind; next: number } {
	const character = string.codePointAt(at);
	if (character === undefined || character === 0) return { kind: "end", next: at };
	const next = at + (character > 0xffff ? 2 : 1);
	if (character === 0x0a) return { kind: "return", next };
	if (character === 0x09 || character === 0x20 || character === 0xa0) return { kind: "space", next };
	if (character >= 0x4e00 && character <= 0x9fff) return { kind: "break", next };
	return { kind: "word", next };
}

function formatNodes(nodes: readonly Node[], width: number): { lines: Line[]; height: number } {
	const flow = new Flow();
	let block: ComputedStyle | undefined;
	let span: ComputedStyle | undefined;
	let marginBottom = 0;
	for (const node of nodes) {
		if (node.kind === "string") {
			if (span) flowString(flow, node, span);
		} else if (node.kind === "begin") {
			span = node.computed;
			if (!node.block || !span) continue;
			block = span;
			flow.beginBlock(block, width, Math.max(block.margins.top, marginBottom));
		} else if (node.block) {
			flow.place("return", 0, node.at);
			marginBottom = block?.margins.bottom ?? 0;
		} else span = node.outer?.computed;
	}
	return { lines: flow.lines, height: flow.y + marginBottom };
}

function flowString(flow: Flow, node: StringNode, style: ComputedStyle): void {
	const { font } = style;
	let start = 0;
	for (let at = 0; ; ) {
		const { kind, next } = advance(node.string, at);
		if (kind !== "word") {
			if (at > start) flow.addToWord(font.widthOf(node.string.slice(start, at)), font);
			start = at;
			const characters = node.string.slice(start, next);
			if (kind === "end") return;
			if (kind === "break") {
				flow.place(kind, 0, node.from + start);
				flow.beginWord(font.widthOf(characters), font);
			} else {
				flow.place(kind, characters.length, node.from + next);
				if (kind === "space") flow.spaceWidth = font.widthOf(characters);
			}
			start = next;
		}
		at = next;
	}
}

interface Height {
	readonly ascent: number;
	readonly height: number;
}

/** A word, a line and what is between them, while a text flows into a block. */
class Flow {
	readonly lines: Line[] = [];
	y = 0;
	/** Of the space before the current word. */
	spaceWidth = 0;
	#block: ComputedStyle | undefined;
	#blockWidth = 0;
	#line = { start: 0, width: 0, ascent: 0, height: 0 };
	#word = { start: 0, width: 0, ascent: 0, height: 0 };
	#spaces = 0;
	#spaceSum = 0;

	beginBlock(style: ComputedStyle, width: number, margin: number): void {
		this.#block = style;
		this.#blockWidth = width - style.margins.left - style.margins.right;
		this.y += margin;
	}

	addToWord(width: number, font: Height): void {
		this.beginWord(this.#word.width + width, font);
	}

	beginWord(width: number, font: Height): void {
		this.#word.width = width;
		this.#word.ascent = Math.max(this.#word.ascent, font.ascent);
		this.#word.height = Math.max(this.#word.height, font.height);
	}

	/** Ends the word: on this line or the next. `cut` characters at the end of a returned line are not drawn;
	 * `start` is where the next word starts. */
	place(kind: Kind, cut: number, start: number): void {
		const line = this.#line;
		const word = this.#word;
		if (line.width + this.spaceWidth + word.width > this.#blockWidth) {
			if (line.width > 0) this.#endLine(false, 0);
			this.#spaces = 0;
			this.#spaceSum = 0;
			this.#line = { ...word };
		} else {
			if (line.width > 0) {
				this.#spaces++;
				this.#spaceSum += this.spaceWidth;
			}
			line.width += this.spaceWidth + word.width;
			line.ascent = Math.max(line.ascent, word.ascent);
			line.height = Math.max(line.height, word.height);
		}
		// A word that is wider than the block has a line of its own; it is not broken.
		if (kind === "return" || this.#line.width > this.#blockWidth) {
			this.#spaces = 0;
			this.#spaceSum = 0;
			this.#endLine(kind === "return", cut);
			this.#line = { start, width: 0, ascent: 0, height: 0 };
		}
		this.spaceWidth = 0;
		this.#word = { start, width: 0, ascent: 0, height: 0 };
	}

	#endLine(returned: boolean, cut: number): void {
		const style = this.#block;
		if (style === undefined) return;
		const { width, ascent, height, start } = this.#line;
		const free = this.#blockWidth - width;
		const offset = style.horizontal === "center" ? free >> 1 : style.horizontal === "right" ? free : 0;
		const justified = style.horizontal === "justify" && !returned;
		const spaces = justified ? this.#spaces : 0;
		const shared = justified && spaces > 0 ? this.#blockWidth - (width - this.#spaceSum) : 0;
		const led = leadingOf(style.leading, ascent, height);
		const top = this.y + led.ascent - ascent;
		this.lines.push({
			start,
			x: style.margins.left + offset,
			top,
			base: this.y + led.ascent,
			bottom: top + height,
			spaces,
			shared,
			cut: returned ? cut : 0,
		});
		this.y += led.height;
	}
}

/** Leading stretches a line to px, or by percent when below 0. */
function leadingOf(leading: number, ascent: number, height: number): Height {
	if (leading < 0) {
		return {
			ascent: Math.trunc((ascent * -leading) / 100),
			height: Math.trunc((height * -leading) / 100),
		};
	}
	if (leading > 0 && height > 0 && height < leading) {
		return { ascent: Math.trunc((ascent * leading) / height), height: leading };
	}
	return { ascent, height };
}
