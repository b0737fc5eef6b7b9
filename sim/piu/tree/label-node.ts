// One line of text. What Piu calls Label.

import type { Rectangle, ViewLike } from "../drawing/interface";
import { type ComputedStyle, computeStyle, drawStyled, measureStyled } from "../drawing/style";
import type { ApplicationNode } from "./application-node";
import { type Direction, SIZE } from "./axis";
import { ContentNode } from "./content-node";
import { ANY_RESIZED } from "./flags";
import { toCoordinate } from "./numbers";

export class LabelNode extends ContentNode {
	override readonly type = "Label";
	ellipsis = true;
	string: string | undefined;
	#style: ComputedStyle | undefined;

	override bind(application: ApplicationNode): void {
		super.bind(application);
		this.#style = computeStyle(this.styleChain());
	}

	override unbind(application: ApplicationNode): void {
		this.#style = undefined;
		super.unbind(application);
	}

	override cascade(): void {
		this.#style = computeStyle(this.styleChain());
		this.requestLayout(ANY_RESIZED);
	}

	setString(string: string): void {
		this.string = string;
		this.requestLayout(ANY_RESIZED);
	}

	override measure(direction: Direction): void {
		const axis = this.axes[direction];
		if (axis.given & SIZE) return;
		axis.size = 0;
		if (this.string === undefined || this.#style === undefined) return;
		const { width, height } = measureStyled(this.#style, this.string);
		axis.size = toCoordinate(direction === 0 ? width : height);
	}

	override draw(view: ViewLike, area: Rectangle): void {
		super.draw(view, area);
		if (this.string === undefined || this.#style === undefined) return;
		const { width, height } = this.box;
		const bounds = { x: 0, y: 0, width, height };
		drawStyled(view, this.#style, this.string, bounds, this.ellipsis, this.state);
	}
}
