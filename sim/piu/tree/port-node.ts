// A content that its behavior draws. What Piu calls Port.

import type { Rectangle, ViewLike } from "../drawing/interface";
import { PortDrawing } from "../drawing/port";
import { type ComputedStyle, computeStyle } from "../drawing/style";
import type { ApplicationNode } from "./application-node";
import type { Direction } from "./axis";
import { ContentNode } from "./content-node";
import { measuredBy } from "./measured-by";

export class PortNode extends ContentNode {
	override readonly type = "Port";
	#style: ComputedStyle | undefined;
	#drawing: PortDrawing | undefined;

	/** Throws outside of onDraw. */
	get drawing(): PortDrawing {
		if (this.#drawing === undefined) throw new Error("a Port draws in its onDraw only");
		return this.#drawing;
	}

	get isDrawing(): boolean {
		return this.#drawing !== undefined;
	}

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
	}

	override measure(direction: Direction): void {
		super.measure(direction);
		measuredBy(this, direction);
	}

	override draw(view: ViewLike, area: Rectangle): void {
		super.draw(view, area);
		const { skin, variant, state } = this;
		this.#drawing = new PortDrawing(view, { skin, style: this.#style, variant, state });
		try {
			this.emit("onDraw", area.x, area.y, area.width, area.height);
		} finally {
			this.#drawing = undefined;
		}
	}
}
