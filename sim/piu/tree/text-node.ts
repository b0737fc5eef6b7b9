// Lines of text that break at the width they get. What Piu calls Text.

import type { Rectangle, TextParts, ViewLike } from "../drawing/interface";
import type { Style } from "../drawing/style";
import { TextLayout } from "../drawing/text-layout";
import type { ApplicationNode } from "./application-node";
import { type Direction, SIZE } from "./axis";
import { ContentNode } from "./content-node";
import { ANY_RESIZED, CONTENTS, RESIZED } from "./flags";
import { toCoordinate, toDimension } from "./numbers";

export class TextNode extends ContentNode {
	override readonly type = "Text";
	readonly #layout = new TextLayout();
	#height = 0;

	get string(): string {
		return this.#layout.string;
	}

	setString(string: string): void {
		this.#layout.setString(string);
		this.#changed();
	}

	setBlocks(blocks: TextParts<Style>): void {
		this.#layout.setBlocks(blocks);
		this.#changed();
	}

	#changed(): void {
		if (this.application !== undefined) this.#layout.compute(this.styleChain());
		this.requestLayout(ANY_RESIZED);
	}

	override bind(application: ApplicationNode): void {
		super.bind(application);
		this.#layout.compute(this.styleChain());
	}

	override cascade(): void {
		this.#layout.compute(this.styleChain());
		this.invalidateBox();
		this.requestLayout(ANY_RESIZED);
	}

	override measure(direction: Direction): void {
		if (direction === 0) super.measure(0);
		else if (!(this.axes[1].given & SIZE)) this.axes[1].size = toCoordinate(this.#height);
	}

	/** Its height is known only once it has its width. */
	override fit(direction: Direction): void {
		if (direction === 1) {
			super.fit(1);
			return;
		}
		const [horizontal, vertical] = this.axes;
		if (!horizontal.stretched) horizontal.length = toDimension(horizontal.size);
		this.#height = horizontal.length === 0 ? 0 : this.#layout.format(horizontal.length);
		this.flags &= ~(RESIZED[0] | CONTENTS[0]);
		if (!(vertical.given & SIZE)) this.requestLayout(RESIZED[1]);
	}

	override draw(view: ViewLike, area: Rectangle): void {
		super.draw(view, area);
		this.#layout.draw(view, area, this.state);
	}
}
