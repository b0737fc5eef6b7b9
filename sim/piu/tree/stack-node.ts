// Contents one below the other or side by side. What Piu calls Column and Row.

import { type Direction, SIZE } from "./axis";
import { ContainerNode } from "./container-node";
import { CONTENTS_PLACED, MOVED, ORDER, PLACED, RESIZED } from "./flags";
import { toCoordinate, toDimension } from "./numbers";

export class StackNode extends ContainerNode {
	override readonly type: string;
	readonly #along: Direction;
	/** Contents that share the room that the others leave, counted when last measured. */
	#stretched = 0;
	#sum = 0;

	constructor(along: Direction) {
		super();
		this.type = along === 0 ? "Row" : "Column";
		this.#along = along;
	}

	override measure(direction: Direction): void {
		if (direction !== this.#along) {
			super.measure(direction);
			return;
		}
		this.#stretched = 0;
		this.#sum = 0;
		for (let content = this.first; content !== undefined; content = content.next) {
			const axis = content.axes[direction];
			if (axis.stretched) this.#stretched++;
			content.measure(direction);
			this.#sum += axis.size + axis.start + axis.end;
		}
		const axis = this.axes[direction];
		if (!(axis.given & SIZE)) axis.size = toCoordinate(this.#sum);
	}

	override fit(direction: Direction): void {
		if (direction !== this.#along) {
			super.fit(direction);
			return;
		}
		this.fitSelf(direction);
		let shares = this.#stretched;
		let room = this.axes[direction].length - this.#sum;
		const step = shares === 0 ? 0 : Math.trunc(room / shares);
		let at = 0;
		for (let content = this.first; content !== undefined; content = content.next) {
			const axis = content.axes[direction];
			axis.length = toDimension(axis.size);
			if (axis.stretched && this.#stretched > 0) {
				shares--;
				axis.length = toDimension((shares === 0 ? room : step) + axis.size);
				if (shares !== 0) room -= step;
			}
			content.fit(direction);
			at = toCoordinate(at + axis.start);
			axis.at = at;
			at = toCoordinate(at + axis.length + axis.end);
			content.flags &= ~MOVED[direction];
			content.flags |= PLACED;
		}
		this.flags |= CONTENTS_PLACED;
	}

	protected override reflowOf(flags: number, direction: Direction): number {
		const moves = MOVED[direction] | RESIZED[direction] | ORDER;
		if (direction === this.#along && flags & moves) return RESIZED[direction];
		return super.reflowOf(flags, direction);
	}
}
