// Content as the panel sees it: reads and writes the node of the tree behind it.

import type * as piu from "piu/MC";
import { Skin } from "../drawing/skin";
import { Style } from "../drawing/style";
import { type Direction, SIZE } from "../tree/axis";
import type { ContentNode } from "../tree/content-node";
import { ANY_RESIZED } from "../tree/flags";
import { toCoordinate, toInteger } from "../tree/numbers";
import { checkCoordinates } from "./dictionary";

/** Of any content; throws for anything else. */
let nodeOf: (content: unknown) => ContentNode;

export { nodeOf };

export class Content implements piu.Content {
	readonly #node: ContentNode;

	static {
		nodeOf = (content) => {
			if (typeof content === "object" && content !== null && #node in content) return content.#node;
			throw new TypeError(`${String(content)} is not a Piu content`);
		};
	}

	constructor(node: ContentNode) {
		this.#node = node;
		node.face = this;
	}

	get application(): piu.Application | undefined {
		return faceOf<piu.Application>(this.#node.application);
	}
	get container(): piu.Container | undefined {
		return faceOf<piu.Container>(this.#node.container);
	}
	get next(): piu.Content | undefined {
		return faceOf(this.#node.next);
	}
	get previous(): piu.Content | undefined {
		return faceOf(this.#node.previous);
	}
	get index(): number {
		let index = this.#node.container === undefined ? -1 : 0;
		for (let before = this.#node.previous; before !== undefined; before = before.previous) index++;
		return index;
	}
	get running(): boolean {
		return this.#node.running;
	}
	get type(): string {
		return this.#node.type;
	}

	get name(): string | undefined {
		return this.#node.name;
	}
	set name(name: string | undefined) {
		this.#node.name = name === undefined || name === "" ? undefined : String(name);
	}
	get active(): boolean {
		return this.#node.active;
	}
	set active(active: boolean) {
		this.#node.active = Boolean(active);
	}
	get visible(): boolean {
		return this.#node.visible;
	}
	set visible(visible: boolean) {
		this.#node.show(Boolean(visible));
	}
	get backgroundTouch(): boolean {
		return this.#node.backgroundTouch;
	}
	set backgroundTouch(backgroundTouch: boolean) {
		this.#node.backgroundTouch = Boolean(backgroundTouch);
	}
	get multipleTouch(): boolean {
		return this.#node.multipleTouch;
	}
	set multipleTouch(multipleTouch: boolean) {
		this.#node.multipleTouch = Boolean(multipleTouch);
	}
	get behavior(): object | undefined {
		return this.#node.behavior;
	}
	set behavior(behavior: object | undefined) {
		this.#node.behavior = behavior;
	}

	get skin(): piu.Skin | undefined {
		return this.#node.skin;
	}
	set skin(skin: piu.Skin | undefined) {
		if (skin !== undefined && !(skin instanceof Skin)) throw new TypeError("skin: a Skin is needed");
		this.#node.skin = skin;
		this.#node.requestLayout(ANY_RESIZED);
	}
	get style(): piu.Style | undefined {
		return this.#node.style;
	}
	set style(style: piu.Style | undefined) {
		if (style !== undefined && !(style instanceof Style)) throw new TypeError("style: a Style is needed");
		this.#node.style = style;
		if (this.#node.application) this.#node.cascade();
	}
	get state(): number {
		return this.#node.state;
	}
	set state(state: number) {
		const single = Math.fround(checked("state", state));
		if (single === this.#node.state) return;
		this.#node.state = single;
		this.#node.invalidate();
	}
	get variant(): number {
		return this.#node.variant;
	}
	set variant(variant: number) {
		const whole = toInteger(checked("variant", variant));
		if (whole === this.#node.variant) return;
		this.#node.variant = whole;
		this.#node.invalidate();
	}

	get duration(): number {
		return this.#node.durationMs;
	}
	set duration(duration: number) {
		this.#node.durationMs = checked("duration", duration);
	}
	get fraction(): number | undefined {
		const { durationMs, timeMs } = this.#node;
		return durationMs === 0 ? undefined : timeMs / durationMs;
	}
	set fraction(fraction: number) {
		const { durationMs } = this.#node;
		if (durationMs !== 0) this.#node.timeMs = durationMs * checked("fraction", fraction);
	}
	get interval(): number {
		return this.#node.interval;
	}
	set interval(interval: number) {
		this.#node.interval = Math.max(1, toInteger(checked("interval", interval)));
	}
	get loop(): boolean {
		return this.#node.loop;
	}
	set loop(loop: boolean) {
		this.#node.loop = Boolean(loop);
	}
	get time(): number {
		return this.#node.timeMs;
	}
	set time(time: number) {
		this.#node.timeMs = checked("time", time);
	}

	// Places and sizes

	get bounds(): piu.Rectangle {
		return whenPlaced(this.#node, ({ box, origin }) => ({ ...origin, width: box.width, height: box.height }));
	}
	get x(): number {
		return whenPlaced(this.#node, ({ origin }) => origin.x);
	}
	set x(x: number) {
		whenPlaced(this.#node, (node) => node.moveBy(toCoordinate(checked("x", x)) - node.origin.x, 0));
	}
	get y(): number {
		return whenPlaced(this.#node, ({ origin }) => origin.y);
	}
	set y(y: number) {
		whenPlaced(this.#node, (node) => node.moveBy(0, toCoordinate(checked("y", y)) - node.origin.y));
	}
	get width(): number {
		return lengthOf(this.#node, 0);
	}
	set width(width: number) {
		whenPlaced(this.#node, (node) => node.sizeBy(toCoordinate(checked("width", width)) - node.box.width, 0));
	}
	get height(): number {
		return lengthOf(this.#node, 1);
	}
	set height(height: number) {
		whenPlaced(this.#node, (node) =>
			node.sizeBy(0, toCoordinate(checked("height", height)) - node.box.height),
		);
	}
	get position(): piu.Point {
		return whenPlaced(this.#node, ({ origin }) => origin);
	}
	set position({ x, y }: piu.Point) {
		whenPlaced(this.#node, (node) => {
			const { origin } = node;
			node.moveBy(toInteger(checked("x", x)) - origin.x, toInteger(checked("y", y)) - origin.y);
		});
	}
	get offset(): piu.Point {
		return whenPlaced(this.#node, ({ box }) => ({ x: box.x, y: box.y }));
	}
	set offset({ x, y }: piu.Point) {
		whenPlaced(this.#node, (node) => {
			const { box } = node;
			node.moveBy(toInteger(checked("x", x)) - box.x, toInteger(checked("y", y)) - box.y);
		});
	}
	get size(): piu.Size {
		return whenPlaced(this.#node, ({ box }) => ({ width: box.width, height: box.height }));
	}
	set size({ width, height }: piu.Size) {
		whenPlaced(this.#node, (node) => {
			const { box } = node;
			node.sizeBy(
				toInteger(checked("width", width)) - box.width,
				toInteger(checked("height", height)) - box.height,
			);
		});
	}
	get coordinates(): piu.Coordinates {
		return this.#node.coordinates;
	}
	set coordinates(coordinates: piu.Coordinates) {
		checkCoordinates(this.#node.type, coordinates);
		this.#node.setCoordinates(coordinates);
	}

	adjust(): void {
		if (this.#node.container) this.#node.requestLayout(ANY_RESIZED);
	}
	measure(): piu.Size {
		const [horizontal, vertical] = this.#node.axes;
		return { width: horizontal.size, height: vertical.size };
	}
	moveBy(dx: number, dy: number): void {
		this.#node.moveBy(toCoordinate(checked("dx", dx)), toCoordinate(checked("dy", dy)));
	}
	sizeBy(dx: number, dy: number): void {
		this.#node.sizeBy(toCoordinate(checked("dx", dx)), toCoordinate(checked("dy", dy)));
	}
	hit(x: number, y: number): piu.Content | undefined {
		const node = this.#node;
		if (node.application === undefined) return undefined;
		const { origin } = node;
		return faceOf(
			node.hit(toCoordinate(checked("x", x)) - origin.x, toCoordinate(checked("y", y)) - origin.y),
		);
	}

	// Events

	delegate(event: string, ...parameters: unknown[]): unknown {
		this.#assertPlaced("delegate");
		return this.#node.emit(event, ...parameters);
	}
	distribute(event: string, ...parameters: unknown[]): unknown {
		return this.#node.distribute(event, parameters)?.face;
	}
	bubble(event: string, ...parameters: unknown[]): unknown {
		return this.#node.bubble(event, parameters)?.face;
	}
	defer(event: string, ...parameters: unknown[]): void {
		this.#assertPlaced("defer");
		if (parameters.length > MOST_PARAMETERS)
			throw new RangeError(`defer takes ${MOST_PARAMETERS} parameters`);
		this.#node.application?.defer(this.#node, event, parameters);
	}
	focus(): void {
		this.#node.application?.setFocus(this.#node);
	}
	captureTouch(id: number, x: number, y: number, _ticks: number): void {
		this.#node.application?.touchLinks.capture(this.#node, id, toCoordinate(x), toCoordinate(y));
	}

	start(): void {
		this.#node.start();
	}
	stop(): void {
		this.#node.stop();
	}

	#assertPlaced(method: string): void {
		if (this.#node.application === undefined) {
			throw new Error(`${method}: the ${this.#node.type} is not in the application`);
		}
	}
}

/** Besides the name of the event. */
const MOST_PARAMETERS = 7;

export function faceOf<C extends object = piu.Content>(node: ContentNode | undefined): C | undefined {
	return node?.face as C | undefined;
}

export function checked(name: string, value: unknown): number {
	if (typeof value === "number" && Number.isFinite(value)) return value;
	throw new TypeError(`${name}: a number is needed, not ${String(value)}`);
}

/**
 * After the layout; without an application there is no place nor size yet. The types leave that out, as the
 * panel asks only for what is shown.
 */
function whenPlaced<T>(node: ContentNode, read: (node: ContentNode) => T): T {
	if (node.application === undefined) return undefined as unknown as T;
	node.application.adjustAll();
	return read(node);
}

function lengthOf(node: ContentNode, direction: Direction): number {
	const axis = node.axes[direction];
	if (axis.given & SIZE) return axis.size;
	return whenPlaced(node, () => axis.length);
}
