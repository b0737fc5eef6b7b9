// A container whose first content can be moved within it. What Piu calls Scroller.

import type { Rectangle, ViewLike } from "../drawing/interface";
import { ALL, BOTH, type Direction, END, SIZE, START } from "./axis";
import { ContainerNode } from "./container-node";
import type { ContentNode } from "./content-node";
import { ANY_SCROLLED, MOVED, RESIZED, SCROLLED } from "./flags";
import { toCoordinate } from "./numbers";

export class ScrollerNode extends ContainerNode {
	override readonly type = "Scroller";
	looping = false;
	tracking = false;
	readonly delta: [number, number] = [0, 0];

	/** What `delta` would be, held so that the content does not leave a gap. */
	constraint(direction: Direction): number {
		const content = this.first?.axes[direction];
		if (content === undefined) return 0;
		const range = toCoordinate(content.length);
		const size = toCoordinate(this.axes[direction].length);
		if (size >= range) return 0;
		if (this.looping) {
			const rest = toCoordinate(-this.delta[direction]) % range;
			return toCoordinate(rest > 0 ? range - rest : -rest);
		}
		let base = (size - range + 1) >> 1;
		if (content.given & START) base = 0;
		else if (content.given & END) base = size - range;
		const wanted = toCoordinate(base - this.delta[direction]);
		return toCoordinate(base - Math.min(Math.max(wanted, size - range), 0));
	}

	scrollBy(dx: number, dy: number): void {
		const content = this.first;
		if (content === undefined) return;
		const by = [stays(content, 0) ? 0 : dx, stays(content, 1) ? 0 : dy] as const;
		if (by[0] === 0 && by[1] === 0) return;
		if (this.clip || this.looping) this.invalidateBox();
		else content.invalidateBox();
		let flags = 0;
		for (const direction of [0, 1] as const) {
			if (by[direction] === 0) continue;
			flags |= MOVED[direction];
			this.delta[direction] = toCoordinate(this.delta[direction] + by[direction]);
		}
		content.requestLayout(flags);
	}

	reveal(bounds: Rectangle): void {
		const dx = toReveal(bounds.x - this.delta[0], bounds.width, this.axes[0].length);
		const dy = toReveal(bounds.y - this.delta[1], bounds.height, this.axes[1].length);
		if (dx !== 0 || dy !== 0) this.scrollBy(dx, dy);
	}

	// Without a content, a scroller has no size: Piu neither measures nor fits it.

	override measure(direction: Direction): void {
		if (this.first === undefined) return;
		super.measure(direction);
		const axis = this.axes[direction];
		if (!(axis.given & SIZE)) axis.size = this.first.axes[direction].size;
	}

	override fit(direction: Direction): void {
		if (this.first === undefined) return;
		super.fit(direction);
		this.flags |= SCROLLED[direction];
	}

	override placeContent(content: ContentNode, direction: Direction): void {
		super.placeContent(content, direction);
		if (content !== this.first) return;
		if (!this.tracking || this.looping) this.delta[direction] = this.constraint(direction);
		const axis = content.axes[direction];
		axis.at = toCoordinate(axis.at - this.delta[direction]);
	}

	override reflow(flags: number): void {
		for (const direction of [0, 1] as const) {
			const moves = MOVED[direction] | RESIZED[direction];
			if (this.first !== undefined && flags & moves) this.flags |= SCROLLED[direction];
		}
		super.reflow(flags);
	}

	override place(): void {
		super.place();
		if (!(this.flags & ANY_SCROLLED)) return;
		this.flags &= ~ANY_SCROLLED;
		if (this.first === undefined) return;
		this.emit("onScrolled");
		for (let content = this.first as ContentNode | undefined; content; content = content.next) {
			content.emit("onScrolled");
		}
	}

	/** What stands still above the scrolled content, like a bar, is hit outside of a clip too. */
	override hit(x: number, y: number): ContentNode | undefined {
		if (!this.visible) return undefined;
		const inside = this.contains(x, y);
		for (let content = this.last; content !== undefined; content = content.previous) {
			if (content.previous === undefined && !inside && this.clip) return undefined;
			const found = content.hit(x - content.axes[0].at, y - content.axes[1].at);
			if (found !== undefined) return found;
		}
		return inside && this.active ? this : undefined;
	}

	protected override updateContents(view: ViewLike, area: Rectangle): void {
		const content = this.first;
		if (content === undefined) return;
		content.update(view, area);
		if (this.looping) {
			const wraps = ([0, 1] as const).filter((d) => content.axes[d].length > this.axes[d].length);
			for (const d of wraps) content.axes[d].at += content.axes[d].length;
			content.update(view, area);
			for (const d of wraps) content.axes[d].at -= content.axes[d].length;
		}
		for (let other = content.next; other !== undefined; other = other.next) other.update(view, area);
	}
}

/** Nothing scrolls in a direction in which the content has the scroller's size. */
function stays(content: ContentNode, direction: Direction): boolean {
	return (content.axes[direction].given & ALL) === BOTH;
}

function toReveal(start: number, length: number, room: number): number {
	const stop = start + length;
	if (stop > room) return start - (stop - room) < 0 ? start : stop - room;
	return start < 0 ? start : 0;
}
