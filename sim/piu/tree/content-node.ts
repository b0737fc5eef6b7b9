// A content of the tree: its place, its look, its clock and its events. What Piu calls Content.

import type { Rectangle, SkinAlignment, ViewLike } from "../drawing/interface";
import type { Skin } from "../drawing/skin";
import type { Style } from "../drawing/style";
import type { ApplicationNode } from "./application-node";
import { Axis, BOTH, type Direction, END, SIZE, START } from "./axis";
import type { ContainerNode } from "./container-node";
import { ANY_MOVED, ANY_RESIZED, CONTENTS, DISPLAYING, MOVED, PLACED, RESIZED } from "./flags";
import type { IdleLink } from "./idle-link";
import { toCoordinate, toDimension } from "./numbers";
import { intersects, isEmpty, moved } from "./rectangle";

export interface NodeCoordinates {
	left?: number;
	right?: number;
	top?: number;
	bottom?: number;
	width?: number;
	height?: number;
}

export class ContentNode implements IdleLink {
	readonly type: string = "Content";
	/** What the panel and its behaviors know of it. */
	face: object = this;
	application: ApplicationNode | undefined;
	container: ContainerNode | undefined;
	previous: ContentNode | undefined;
	next: ContentNode | undefined;
	behavior: object | undefined;
	name: string | undefined;
	skin: Skin | undefined;
	style: Style | undefined;
	state = 0;
	variant = 0;
	active = false;
	visible = true;
	backgroundTouch = false;
	multipleTouch = false;
	/** A bit for each finger whose events it gets. */
	touches = 0;
	flags = 0;
	axes: readonly [Axis, Axis] = [new Axis(), new Axis()];

	nextIdle: IdleLink | undefined;
	idleTicks = 0;
	interval = 1;
	loop = false;
	running = false;
	#durationMs = 0;
	#timeMs = 0;

	// Events

	/** Calls the behavior's method of that name with the content first; `undefined` when there is none. */
	emit(event: string, ...parameters: readonly unknown[]): unknown {
		const { behavior } = this;
		if (behavior === undefined || !(event in behavior)) return undefined;
		const handler: unknown = Reflect.get(behavior, event);
		if (typeof handler !== "function") throw new TypeError(`the behavior's ${event} is not a function`);
		return Reflect.apply(handler, behavior, [this.face, ...parameters]);
	}

	/** To what is within, then to itself; ends with the content that returned something true. */
	distribute(event: string, parameters: readonly unknown[]): ContentNode | undefined {
		return this.emit(event, ...parameters) ? this : undefined;
	}

	bubble(event: string, parameters: readonly unknown[]): ContentNode | undefined {
		let node: ContentNode | undefined = this;
		while (node !== undefined) {
			if (node.emit(event, ...parameters)) return node;
			node = node.container;
		}
		return undefined;
	}

	// The tree

	bind(application: ApplicationNode): void {
		this.application = application;
		if (this.running) application.startIdle(this);
		this.flags |= DISPLAYING;
	}

	unbind(application: ApplicationNode): void {
		if (application.focus === this) application.setFocus(undefined);
		if (this.running) application.stopIdle(this);
		this.application = undefined;
	}

	/** A style of it or around it changed. */
	cascade(): void {}

	/** The styles from the content up to the application. */
	styleChain(): Style[] {
		const chain: Style[] = [];
		let node: ContentNode | undefined = this;
		while (node !== undefined) {
			if (node.style !== undefined) chain.push(node.style);
			node = node.container;
		}
		return chain;
	}

	// Layout

	get box(): Rectangle {
		const [horizontal, vertical] = this.axes;
		return { x: horizontal.at, y: vertical.at, width: horizontal.length, height: vertical.length };
	}

	/** On the screen. */
	get origin(): { x: number; y: number } {
		let x = 0;
		let y = 0;
		let node: ContentNode | undefined = this;
		while (node !== undefined) {
			x += node.axes[0].at;
			y += node.axes[1].at;
			node = node.container;
		}
		return { x: toCoordinate(x), y: toCoordinate(y) };
	}

	/** Finds the size that it has by itself. */
	measure(direction: Direction): void {
		const axis = this.axes[direction];
		if (!(axis.given & SIZE)) axis.size = this.skinSize(direction);
	}

	protected skinSize(direction: Direction): number {
		if (this.skin === undefined) return 0;
		return toCoordinate(direction === 0 ? this.skin.width : this.skin.height);
	}

	/** Takes the length that the container gave it. */
	fit(direction: Direction): void {
		this.fitSelf(direction);
	}

	protected fitSelf(direction: Direction): void {
		const axis = this.axes[direction];
		if (!axis.stretched) axis.length = toDimension(axis.size);
		this.flags &= ~(RESIZED[direction] | CONTENTS[direction]);
	}

	/** The layout is done. */
	place(): void {
		if (this.flags & PLACED) {
			this.flags &= ~PLACED;
			this.invalidateBox();
		}
		if (this.flags & DISPLAYING) {
			this.flags &= ~DISPLAYING;
			this.emit("onDisplaying");
		}
	}

	/** Asks for another layout of it. */
	requestLayout(flags: number): void {
		this.flags |= flags;
		if (flags & (ANY_MOVED | ANY_RESIZED)) this.flags &= ~PLACED;
		this.container?.reflow(flags);
	}

	moveBy(dx: number, dy: number): void {
		const by = [movable(this.axes[0]) ? dx : 0, movable(this.axes[1]) ? dy : 0] as const;
		if (by[0] === 0 && by[1] === 0) return;
		if (this.container) this.invalidateBox();
		let flags = 0;
		for (const direction of [0, 1] as const) {
			const axis = this.axes[direction];
			if (axis.given & START) axis.start = toCoordinate(axis.start + by[direction]);
			else axis.end = toCoordinate(axis.end - by[direction]);
			if (by[direction] !== 0) flags |= MOVED[direction];
		}
		if (this.container) this.requestLayout(flags);
	}

	sizeBy(dx: number, dy: number): void {
		const by = [this.axes[0].given & SIZE ? dx : 0, this.axes[1].given & SIZE ? dy : 0] as const;
		if (by[0] === 0 && by[1] === 0) return;
		if (this.container) this.invalidateBox();
		let flags = 0;
		for (const direction of [0, 1] as const) {
			const axis = this.axes[direction];
			axis.size = toCoordinate(axis.size + by[direction]);
			if (by[direction] !== 0) flags |= RESIZED[direction];
		}
		if (this.container) this.requestLayout(flags);
	}

	get coordinates(): NodeCoordinates {
		const [horizontal, vertical] = this.axes;
		return {
			...(horizontal.given & START ? { left: horizontal.start } : {}),
			...(horizontal.given & SIZE ? { width: horizontal.size } : {}),
			...(horizontal.given & END ? { right: horizontal.end } : {}),
			...(vertical.given & START ? { top: vertical.start } : {}),
			...(vertical.given & SIZE ? { height: vertical.size } : {}),
			...(vertical.given & END ? { bottom: vertical.end } : {}),
		};
	}

	setCoordinates({ left, right, top, bottom, width, height }: NodeCoordinates): void {
		const horizontal = axisOf(left, right, width);
		const vertical = axisOf(top, bottom, height);
		if (sameCoordinates(this.axes[0], horizontal) && sameCoordinates(this.axes[1], vertical)) return;
		if (this.container) this.invalidateBox();
		takeCoordinates(this.axes[0], horizontal);
		takeCoordinates(this.axes[1], vertical);
		if (this.container) this.requestLayout(ANY_RESIZED);
	}

	// Touch

	/** The topmost active content at a place, relative to this one. */
	hit(x: number, y: number): ContentNode | undefined {
		return this.active && this.contains(x, y) ? this : undefined;
	}

	protected contains(x: number, y: number): boolean {
		return 0 <= x && 0 <= y && x < this.axes[0].length && y < this.axes[1].length;
	}

	// Drawing

	/** All of it is to be drawn again. */
	invalidate(): void {
		this.invalidateBox();
	}

	/** `area` is relative to this content. */
	invalidateArea(area: Rectangle): void {
		if (!this.visible || this.container === undefined || isEmpty(area)) return;
		this.container.invalidateArea(moved(area, this.axes[0].at, this.axes[1].at));
	}

	invalidateBox(): void {
		if (this.visible) this.container?.invalidateArea(this.box);
	}

	show(visible: boolean): void {
		if (this.visible === visible) return;
		const shown = this.container?.shown ?? false;
		if (shown) this.showing();
		if (!visible) this.invalidateBox();
		this.visible = visible;
		if (visible) this.invalidateBox();
		if (shown) this.showing();
	}

	/** Before and after it appears or disappears. */
	showing(): void {
		this.invalidateBox();
	}

	/** Draws it where `area`, relative to the container, meets it. */
	update(view: ViewLike, area: Rectangle): void {
		if (!this.visible || !intersects(this.box, area)) return;
		const { x, y } = this.box;
		view.pushOrigin(x, y);
		this.draw(view, moved(area, -x, -y));
		view.popOrigin();
	}

	draw(view: ViewLike, _area: Rectangle): void {
		const { width, height } = this.box;
		if (this.skin === undefined || width === 0 || height === 0) return;
		const [horizontal, vertical] = this.axes;
		const bounds = { x: 0, y: 0, width, height };
		this.skin.draw(view, bounds, this.variant, this.state, alignment(horizontal), alignment(vertical));
	}

	// Time

	get durationMs(): number {
		return this.#durationMs;
	}

	set durationMs(durationMs: number) {
		this.#durationMs = durationMs < 0 ? 0 : durationMs;
		this.timeMs = this.#timeMs;
	}

	get timeMs(): number {
		return this.#timeMs;
	}

	set timeMs(timeMs: number) {
		let time = timeMs < 0 ? 0 : timeMs;
		if (this.#durationMs && time > this.#durationMs) time = this.#durationMs;
		if (time === this.#timeMs) return;
		this.#timeMs = time;
		this.emit("onTimeChanged");
	}

	start(): void {
		if (this.running) return;
		this.running = true;
		this.application?.startIdle(this);
	}

	stop(): void {
		if (!this.running) return;
		this.running = false;
		this.application?.stopIdle(this);
	}

	idle(elapsedMs: number): void {
		this.timeMs = this.#timeMs + elapsedMs;
		if (!this.#durationMs || this.#timeMs !== this.#durationMs) return;
		if (this.loop) this.#timeMs = 0;
		else {
			this.stop();
			this.emit("onFinished");
		}
	}
}

/** Centred contents and those whose both ends are given stay where they are. */
function movable({ given }: Axis): boolean {
	return given !== BOTH && given !== SIZE && given !== 0;
}

export function axisOf(start?: number, end?: number, size?: number): Axis {
	const axis = new Axis();
	if (start !== undefined) {
		axis.given |= START;
		axis.start = toCoordinate(start);
	}
	if (end !== undefined) {
		axis.given |= END;
		axis.end = toCoordinate(end);
	}
	if (size !== undefined) {
		axis.given |= SIZE;
		axis.size = toCoordinate(size);
	}
	return axis;
}

function sameCoordinates(axis: Axis, other: Axis): boolean {
	const { given } = axis;
	if (given !== other.given) return false;
	if (given & START && axis.start !== other.start) return false;
	if (given & END && axis.end !== other.end) return false;
	return !(given & SIZE && axis.size !== other.size);
}

export function takeCoordinates(axis: Axis, from: Axis): void {
	axis.given = from.given;
	axis.start = from.start;
	axis.end = from.end;
	axis.size = from.size;
}

function alignment({ given }: Axis): SkinAlignment {
	if ((given & BOTH) === START) return "start";
	return (given & BOTH) === END ? "end" : "middle";
}
