// A container whose behavior has a say in its size and in that of its contents. What Piu calls Layout.

import type { Direction } from "./axis";
import { ContainerNode } from "./container-node";
import { measuredBy } from "./measured-by";

export class LayoutNode extends ContainerNode {
	override readonly type = "Layout";

	override measure(direction: Direction): void {
		super.measure(direction);
		measuredBy(this, direction);
	}

	override fit(direction: Direction): void {
		this.emit(direction === 0 ? "onFitHorizontally" : "onFitVertically", this.axes[direction].length);
		super.fit(direction);
	}

	override place(): void {
		super.place();
		this.emit("onAdapt");
	}
}
