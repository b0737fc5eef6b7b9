// What stands on the screen, read from the tree that is drawn: texts and icons with their places, and what can be touched.

import { Font } from "../../sim/piu/drawing/font";
import type {
	Color,
	FontLike,
	Painter,
	Rectangle,
	TextureLike,
	ViewLike,
} from "../../sim/piu/drawing/interface";
import { Texture } from "../../sim/piu/drawing/texture";
import type { ApplicationNode } from "../../sim/piu/tree/application-node";
import { ContainerNode } from "../../sim/piu/tree/container-node";
import type { ContentNode } from "../../sim/piu/tree/content-node";
import { ScrollerNode } from "../../sim/piu/tree/scroller-node";
import { TextNode } from "../../sim/piu/tree/text-node";
import { type IconName, iconNames } from "../../ui/panel/look/icon-names";

export interface DrawnText extends Rectangle {
	/** With ordinary blanks. */
	readonly text: string;
	readonly font: string;
	readonly color: Color;
	/** It ends with "…" because it had no room. */
	readonly isCut: boolean;
	/** Something opaque was drawn over its middle, or its middle is clipped or off the screen. */
	readonly isHidden: boolean;
	/** Something of it is clipped or off the screen. */
	readonly isClipped: boolean;
	readonly node: ContentNode;
}

export interface DrawnIcon extends Rectangle {
	readonly icon: IconName;
	readonly color: Color;
	readonly isHidden: boolean;
	readonly node: ContentNode;
}

/** A content that takes touches. */
export interface Target extends Rectangle {
	readonly node: ContentNode;
	/** What of it can be touched: within its clips and on the screen. */
	readonly reach: Rectangle;
	/** It stands in something that scrolls. */
	readonly isScrolled: boolean;
}

export interface Drawn {
	readonly texts: readonly DrawnText[];
	readonly icons: readonly DrawnIcon[];
	readonly targets: readonly Target[];
}

/** All of it, back to front; nothing is painted by it. */
export function drawnBy(application: ApplicationNode): Drawn {
	const list = new Listing();
	const { width, height } = application.box;
	list.take(application, { x: 0, y: 0 }, { x: 0, y: 0, width, height }, false);
	return list.drawn();
}

/** What a person reads does not tell one blank from another. */
export function plain(text: string): string {
	return text.replaceAll("\u00a0", " ");
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** An icon's strip is as high as an icon and has one of each beside the other. */
const STRIPS = new Set([20, 28, 40].map((px) => `${px}`));

class Listing implements ViewLike {
	readonly commands = 0;
	readonly commandBytes = 0;
	readonly #texts: Mutable<DrawnText>[] = [];
	readonly #icons: Mutable<DrawnIcon>[] = [];
	readonly #targets: Target[] = [];
	#node: ContentNode | undefined;
	#at = { x: 0, y: 0 };
	#clip: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

	drawn(): Drawn {
		return { texts: this.#texts, icons: this.#icons, targets: this.#targets };
	}

	take(node: ContentNode, from: { x: number; y: number }, clip: Rectangle, isScrolled: boolean): void {
		const { x, y, width, height } = node.box;
		const at = { x: from.x + x, y: from.y + y };
		const box = { ...at, width, height };
		if (!node.visible) return;
		const inner = node instanceof ContainerNode && node.clip ? meet(clip, box) : clip;
		if (node.active && node.container !== undefined) {
			this.#targets.push({ node, ...box, reach: meet(clip, box), isScrolled });
		}
		this.#node = node;
		this.#at = at;
		this.#clip = clip;
		if (node instanceof TextNode) this.#takeText(node, box);
		else node.draw(this, { x: 0, y: 0, width, height });
		if (!(node instanceof ContainerNode)) return;
		for (let content = node.first; content !== undefined; content = content.next) {
			const scrolls = isScrolled || (node instanceof ScrollerNode && content === node.first);
			this.take(content, at, inner, scrolls);
		}
	}

	/** As one, however many lines it has. */
	#takeText(node: TextNode, box: Rectangle): void {
		const count = this.#texts.length;
		node.draw(this, { ...box, x: 0, y: 0 });
		const lines = this.#texts.splice(count);
		const [first] = lines;
		if (first) this.#add(this.#texts, { ...first, ...around(lines), text: plain(node.string) });
	}

	fillColor(color: Color, x: number, y: number, width: number, height: number): void {
		this.#cover(color, x, y, width, height);
	}

	fillTexture(
		texture: TextureLike,
		color: Color,
		x: number,
		y: number,
		width: number,
		height: number,
		sx: number,
		sy: number,
		sw: number,
		sh: number,
	): void {
		const isOpaque = texture instanceof Texture && isSolid(texture, sx + (sw >> 1), sy + (sh >> 1));
		if (isOpaque) this.#cover(color, x, y, width, height);
	}

	drawTexture(
		texture: TextureLike,
		color: Color,
		x: number,
		y: number,
		sx: number,
		_sy: number,
		sw: number,
		sh: number,
	): void {
		const isStrip = STRIPS.has(`${texture.height}`) && texture.width >= texture.height * iconNames.length;
		const icon = iconNames[Math.floor(sx / sw)];
		if (!isStrip || icon === undefined || this.#node === undefined) return;
		const place = { x: this.#at.x + x, y: this.#at.y + y, width: sw, height: sh };
		const isHidden = !holds(this.#clip, middle(place));
		this.#icons.push({ icon, color, ...place, isHidden, node: this.#node });
	}

	drawString(
		string: string,
		font: FontLike,
		color: Color,
		x: number,
		y: number,
		width = 0,
		stringWidth = 0,
	): void {
		if (this.#node === undefined || string === "") return;
		const isCut = width > 0 && stringWidth > width;
		// The blank at which a line was broken is not seen.
		const length = isCut ? width : font.widthOf(string.trimEnd());
		const place = { x: this.#at.x + x, y: this.#at.y + y, width: length, height: font.height };
		const name = font instanceof Font ? font.name : "";
		const isHidden = false;
		const isClipped = false;
		const text = plain(string);
		this.#add(this.#texts, {
			text,
			font: name,
			color,
			isCut,
			isHidden,
			isClipped,
			node: this.#node,
			...place,
		});
	}

	#add(texts: DrawnText[], text: DrawnText): void {
		const seen = meet(this.#clip, text);
		// A line is a little higher than its letters.
		const isClipped = seen.width < text.width - 1 || seen.height < text.height * 0.85;
		texts.push({ ...text, isClipped, isHidden: !holds(this.#clip, middle(text)) });
	}

	/** What was drawn before and is under it cannot be seen any more. */
	#cover(color: Color, x: number, y: number, width: number, height: number): void {
		if (color.a < 255) return;
		const place = meet(this.#clip, { x: this.#at.x + x, y: this.#at.y + y, width, height });
		for (const text of this.#texts) if (holds(place, middle(text))) text.isHidden = true;
		for (const icon of this.#icons) if (holds(place, middle(icon))) icon.isHidden = true;
	}

	drawPainter(_painter: Painter, _x: number, _y: number, _width: number, _height: number): void {}
	begin(): void {}
	end(): void {}
	pushOrigin(): void {}
	popOrigin(): void {}
	pushClip(): void {}
	popClip(): void {}
}

/** A frame has nothing in its middle. */
function isSolid({ mask }: Texture, x: number, y: number): boolean {
	return mask === undefined || (mask.levels[y * mask.width + x] ?? 0) > 7;
}

export function middle({ x, y, width, height }: Rectangle): { x: number; y: number } {
	return { x: Math.floor(x + width / 2), y: Math.floor(y + height / 2) };
}

export function holds(outer: Rectangle, { x, y }: { x: number; y: number }): boolean {
	return x >= outer.x && y >= outer.y && x < outer.x + outer.width && y < outer.y + outer.height;
}

export function meet(one: Rectangle, other: Rectangle): Rectangle {
	const x = Math.max(one.x, other.x);
	const y = Math.max(one.y, other.y);
	const width = Math.max(0, Math.min(one.x + one.width, other.x + other.width) - x);
	const height = Math.max(0, Math.min(one.y + one.height, other.y + other.height) - y);
	return { x, y, width, height };
}

function around(parts: readonly Rectangle[]): Rectangle {
	const x = Math.min(...parts.map((part) => part.x));
	const y = Math.min(...parts.map((part) => part.y));
	const right = Math.max(...parts.map((part) => part.x + part.width));
	const bottom = Math.max(...parts.map((part) => part.y + part.height));
	return { x, y, width: right - x, height: bottom - y };
}
