// Container, Column, Row, Layout and Scroller as the panel sees them.

import type * as piu from "piu/MC";
import type { ContainerNode } from "../tree/container-node";
import { toCoordinate, toInteger } from "../tree/numbers";
import type { ScrollerNode } from "../tree/scroller-node";
import { Content, checked, faceOf, nodeOf } from "./content";
import { transitionNodeOf } from "./transition";

export class Container extends Content implements piu.Container {
	readonly #node: ContainerNode;

	constructor(node: ContainerNode) {
		super(node);
		this.#node = node;
	}

	get clip(): boolean {
		return this.#node.clip;
	}
	set clip(clip: boolean) {
		this.#node.setClip(Boolean(clip));
	}
	get first(): piu.Content | undefined {
		return faceOf(this.#node.first);
	}
	get last(): piu.Content | undefined {
		return faceOf(this.#node.last);
	}
	get length(): number {
		return this.#node.count;
	}
	get transitioning(): boolean {
		return this.#node.transition !== undefined;
	}

	add(content: piu.Content): void {
		this.#node.add(nodeOf(content));
	}
	insert(content: piu.Content, before: piu.Content): void {
		this.#node.insert(nodeOf(content), nodeOf(before));
	}
	remove(content: piu.Content): void {
		this.#node.remove(nodeOf(content));
	}
	replace(content: piu.Content, by: piu.Content): void {
		this.#node.replace(nodeOf(content), nodeOf(by));
	}
	swap(first: piu.Content, second: piu.Content): void {
		this.#node.swap(nodeOf(first), nodeOf(second));
	}
	empty(start = 0, stop = 0): void {
		this.#node.empty(toInteger(start), toInteger(stop));
	}
	content(at: number | string): piu.Content | undefined {
		const index = Number(at);
		return faceOf(Number.isNaN(index) ? this.#node.named(String(at)) : this.#node.at(toInteger(index)));
	}
	run(transition: piu.Transition | null, ...parameters: unknown[]): void {
		if (this.#node.application === undefined) return;
		if (transition === null) this.#node.transition?.complete(this.#node);
		else transitionNodeOf(transition).run(this.#node, parameters);
	}
}

export class Column extends Container {}
export class Row extends Container {}
export class Layout extends Container {}

export class Scroller extends Container implements piu.Scroller {
	readonly #scroller: ScrollerNode;

	constructor(node: ScrollerNode) {
		super(node);
		this.#scroller = node;
	}

	get constraint(): piu.Point {
		return { x: this.#scroller.constraint(0), y: this.#scroller.constraint(1) };
	}
	get looping(): boolean {
		return this.#scroller.looping;
	}
	set looping(looping: boolean) {
		this.#scroller.looping = Boolean(looping);
	}
	get tracking(): boolean {
		return this.#scroller.tracking;
	}
	set tracking(tracking: boolean) {
		this.#scroller.tracking = Boolean(tracking);
	}
	get scroll(): piu.Point {
		return { x: this.#scroller.delta[0], y: this.#scroller.delta[1] };
	}
	set scroll({ x, y }: piu.Point) {
		this.scrollTo(x, y);
	}

	reveal({ x, y, width, height }: piu.Rectangle): void {
		this.#scroller.reveal({
			x: toCoordinate(checked("x", x)),
			y: toCoordinate(checked("y", y)),
			width: toCoordinate(checked("width", width)),
			height: toCoordinate(checked("height", height)),
		});
	}
	scrollBy(dx: number, dy: number): void {
		this.#scroller.scrollBy(toCoordinate(checked("dx", dx)), toCoordinate(checked("dy", dy)));
	}
	scrollTo(x: number, y: number): void {
		const [dx, dy] = this.#scroller.delta;
		this.#scroller.scrollBy(toCoordinate(checked("x", x)) - dx, toCoordinate(checked("y", y)) - dy);
	}
}
