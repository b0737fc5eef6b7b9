// A content that holds contents, each placed by its own coordinates. What Piu calls Container.

import type { Rectangle, ViewLike } from "../drawing/interface";
import type { ApplicationNode } from "./application-node";
import { type Direction, END, SIZE, START } from "./axis";
import { ContentNode } from "./content-node";
import { ANY_RESIZED, CONTENTS, CONTENTS_PLACED, MOVED, ORDER, PLACED, RESIZED } from "./flags";
import { toCoordinate, toDimension } from "./numbers";
import { intersection, intersects, isEmpty, moved } from "./rectangle";
import type { TransitionNode } from "./transition-node";

export class ContainerNode extends ContentNode {
	override readonly type: string = "Container";
	first: ContentNode | undefined;
	last: ContentNode | undefined;
	clip = false;
	transition: TransitionNode | undefined;

	// The tree

	get count(): number {
		let count = 0;
		for (let content = this.first; content !== undefined; content = content.next) count++;
		return count;
	}

	at(index: number): ContentNode | undefined {
		let content = this.first;
		for (let at = 0; content !== undefined && at !== index; at++) content = content.next;
		return content;
	}

	named(name: string): ContentNode | undefined {
		let content = this.first;
		while (content !== undefined && content.name !== name) content = content.next;
		return content;
	}

	add(content: ContentNode): void {
		assertFree(content);
		this.#link(this.last, content, undefined);
		this.#bound(content);
	}

	insert(content: ContentNode, before: ContentNode): void {
		assertFree(content);
		this.#assertHeld(before);
		this.#link(before.previous, content, before);
		this.#bound(content);
	}

	remove(content: ContentNode): void {
		this.#assertHeld(content);
		this.#leave(content);
		this.#unlink(content);
	}

	replace(content: ContentNode, by: ContentNode): void {
		this.#assertHeld(content);
		assertFree(by);
		this.#leave(content);
		const { previous, next } = content;
		this.#unlink(content);
		this.#link(previous, by, next);
		this.#bound(by);
	}

	swap(first: ContentNode, second: ContentNode): void {
		this.#assertHeld(first);
		this.#assertHeld(second);
		first.invalidateBox();
		second.invalidateBox();
		if (first !== second) {
			const order: ContentNode[] = [];
			for (let content = this.first; content !== undefined; content = content.next) {
				order.push(content === first ? second : content === second ? first : content);
			}
			this.first = this.last = undefined;
			for (const content of order) this.#link(this.last, content, undefined);
		}
		first.requestLayout(ORDER);
		second.requestLayout(ORDER);
	}

	empty(start: number, stop: number): void {
		const count = this.count;
		const from = start < 0 ? Math.max(start + count, 0) : Math.min(start, count);
		const to = stop <= 0 ? Math.max(stop + count, 0) : Math.min(stop, count);
		const leaving: ContentNode[] = [];
		let content = this.first;
		for (let at = 0; at < to && content !== undefined; at++) {
			if (at >= from) leaving.push(content);
			content = content.next;
		}
		for (const left of leaving) this.#leave(left);
		for (const left of leaving) if (left.container === this) this.#unlink(left);
	}

	override bind(application: ApplicationNode): void {
		super.bind(application);
		for (let content = this.first; content !== undefined; content = content.next) content.bind(application);
	}

	override unbind(application: ApplicationNode): void {
		this.transition?.complete(this);
		for (let content = this.last; content !== undefined; content = content.previous)
			content.unbind(application);
		super.unbind(application);
	}

	override cascade(): void {
		for (let content = this.first; content !== undefined; content = content.next) content.cascade();
	}

	override distribute(event: string, parameters: readonly unknown[]): ContentNode | undefined {
		for (let content = this.first; content !== undefined; content = content.next) {
			const stopped = content.distribute(event, parameters);
			if (stopped !== undefined) return stopped;
		}
		return super.distribute(event, parameters);
	}

	#bound(content: ContentNode): void {
		if (this.application) content.bind(this.application);
		content.requestLayout(ANY_RESIZED);
	}

	#leave(content: ContentNode): void {
		content.requestLayout(ANY_RESIZED);
		content.invalidateBox();
		if (this.application) content.unbind(this.application);
	}

	#link(previous: ContentNode | undefined, content: ContentNode, next: ContentNode | undefined): void {
		content.container = this;
		content.previous = previous;
		content.next = next;
		if (previous) previous.next = content;
		else this.first = content;
		if (next) next.previous = content;
		else this.last = content;
	}

	#unlink(content: ContentNode): void {
		const { previous, next } = content;
		if (previous) previous.next = next;
		else this.first = next;
		if (next) next.previous = previous;
		else this.last = previous;
		content.container = content.previous = content.next = undefined;
	}

	#assertHeld(content: ContentNode): void {
		if (content.container !== this) throw new Error(`${this.type}: that content is not in it`);
	}

	// Layout

	override measure(direction: Direction): void {
		super.measure(direction);
		const axis = this.axes[direction];
		let most = toDimension(axis.size);
		for (let content = this.first; content !== undefined; content = content.next) {
			content.measure(direction);
			const { size, start, end } = content.axes[direction];
			most = Math.max(most, toDimension(size + start + end));
		}
		if (!(axis.given & SIZE)) axis.size = toCoordinate(most);
	}

	override fit(direction: Direction): void {
		super.fit(direction);
		for (let content = this.first; content !== undefined; content = content.next) {
			this.#stretch(content, direction);
			content.fit(direction);
			this.placeContent(content, direction);
		}
		this.flags |= CONTENTS_PLACED;
	}

	#stretch(content: ContentNode, direction: Direction): void {
		const axis = content.axes[direction];
		if (axis.stretched) axis.length = toDimension(this.axes[direction].length - axis.start - axis.end);
		else axis.length = toDimension(axis.size);
	}

	placeContent(content: ContentNode, direction: Direction): void {
		const axis = content.axes[direction];
		const room = this.axes[direction].length;
		if (axis.given & START) axis.at = axis.start;
		else if (axis.given & END) axis.at = toCoordinate(room - axis.length - axis.end);
		else axis.at = toCoordinate((room - axis.length + 1) >> 1);
		content.flags &= ~MOVED[direction];
		content.flags |= PLACED;
	}

	/** Lays out again what changed within. */
	adjust(direction: Direction): void {
		this.flags &= ~CONTENTS[direction];
		for (let content = this.first; content !== undefined; content = content.next) {
			if (content.flags & RESIZED[direction]) {
				content.invalidateBox();
				content.measure(direction);
				this.#stretch(content, direction);
				content.fit(direction);
				content.flags |= MOVED[direction];
			} else if (content.flags & CONTENTS[direction] && content instanceof ContainerNode) {
				content.adjust(direction);
			}
			if (content.flags & MOVED[direction]) this.placeContent(content, direction);
		}
	}

	override place(): void {
		if (this.flags & CONTENTS_PLACED) {
			this.flags &= ~CONTENTS_PLACED;
			for (let content = this.first; content !== undefined; content = content.next) content.place();
		}
		super.place();
	}

	/** Something within asks for a layout; `flags` say of what. */
	reflow(flags: number): void {
		for (const direction of [0, 1] as const) this.flags |= this.reflowOf(flags, direction);
		this.flags |= CONTENTS_PLACED;
		this.container?.reflow(this.flags);
	}

	/** What a change within means for this container. */
	protected reflowOf(flags: number, direction: Direction): number {
		if (flags & (MOVED[direction] | RESIZED[direction])) {
			return this.axes[direction].settled ? CONTENTS[direction] : RESIZED[direction];
		}
		return flags & CONTENTS[direction];
	}

	// Touch

	override hit(x: number, y: number): ContentNode | undefined {
		if (!this.visible) return undefined;
		const inside = this.contains(x, y);
		if (!inside && this.clip) return undefined;
		for (let content = this.last; content !== undefined; content = content.previous) {
			const found = content.hit(x - content.axes[0].at, y - content.axes[1].at);
			if (found !== undefined) return found;
		}
		return inside && this.active ? this : undefined;
	}

	// Drawing

	/** All containers up to the application are visible. */
	get shown(): boolean {
		return this.visible && (this.container?.shown ?? false);
	}

	override invalidateArea(area: Rectangle): void {
		if (!this.visible || this.container === undefined || isEmpty(area)) return;
		const outside = moved(area, this.axes[0].at, this.axes[1].at);
		this.container.invalidateArea(this.clip ? intersection(this.box, outside) : outside);
	}

	override showing(): void {
		super.showing();
		for (let content = this.first; content !== undefined; content = content.next) content.showing();
	}

	setClip(clip: boolean): void {
		this.invalidateBox();
		this.clip = clip;
		this.invalidateBox();
	}

	override update(view: ViewLike, area: Rectangle): void {
		if (!this.visible) return;
		const { box } = this;
		const meets = this.clip ? !isEmpty(intersection(box, area)) : intersects(box, area);
		if (this.clip && !meets) return;
		view.pushOrigin(box.x, box.y);
		if (meets) this.draw(view, moved(area, -box.x, -box.y));
		if (this.clip) view.pushClip(0, 0, box.width, box.height);
		this.updateContents(view, moved(this.clip ? intersection(box, area) : area, -box.x, -box.y));
		if (this.clip) view.popClip();
		view.popOrigin();
	}

	protected updateContents(view: ViewLike, area: Rectangle): void {
		for (let content = this.first; content !== undefined; content = content.next) content.update(view, area);
	}
}

function assertFree(content: ContentNode): void {
	if (content.container !== undefined) throw new Error(`${content.type}: it is in a container already`);
}
