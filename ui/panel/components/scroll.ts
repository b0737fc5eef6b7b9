// A column that scrolls under the finger, with a bar that shows where one is. A tap goes to what is in it, a drag does not.

import { Behavior, Column, type Content, type Contents, Port, Scroller } from "piu/MC";
import type { KitBase } from "../kit";
import type { Look } from "../look/look";
import { type Place, placeOf } from "./place";

export interface ScrollOptions extends Place {
	readonly contents: readonly Contents[];
	/** Under this name the screen remembers how far it was scrolled. */
	readonly name?: string;
	/** How far it is scrolled, or a size, is another. */
	readonly onScrolled?: () => void;
}

export interface Scroll {
	readonly content: Scroller;
	/** What scrolls: rows are added to it. */
	readonly column: Column;
}

const BAR_WIDTH = 4;

export function scroll(kit: KitBase, options: ScrollOptions): Scroll {
	const column = new Column(null, { left: 0, right: BAR_WIDTH + 4, top: 0, contents: options.contents });
	const bar = new Port(null, {
		right: 0,
		width: BAR_WIDTH,
		top: 0,
		bottom: 0,
		behavior: new ScrollBar(kit.look, column),
	});
	const content = new Scroller(null, {
		...placeOf(options),
		active: true,
		backgroundTouch: true,
		clip: true,
		behavior: new ScrollBehavior(kit, column, options),
		contents: [column, bar],
	});
	return { content, column };
}

/** What is left of its speed after a millisecond. */
const FRICTION = 0.996;
/** The speed of a finger is that of its last moments. */
const SPEED_MS = 40;
/** px per ms: slower than that it stands still. */
const LEAST_SPEED = 0.05;

class ScrollBehavior extends Behavior {
	private kit: KitBase;
	private column: Content;
	private name: string | undefined;
	#onScrolled: (() => void) | undefined;
	private isHeld = false;
	private startY = 0;
	private lastY = 0;
	private lastTicks = 0;
	/** px per ms; more than 0 is downwards. */
	private speed = 0;
	private lastTime = 0;
	private rest = 0;

	constructor(kit: KitBase, column: Content, { name, onScrolled }: ScrollOptions) {
		super();
		this.kit = kit;
		this.column = column;
		this.name = name;
		this.#onScrolled = onScrolled;
	}

	override onDisplaying(content: Content): void {
		const y = this.name === undefined ? 0 : (this.kit.places.get(this.name) ?? 0);
		if (y > 0) (content as Scroller).scrollTo(0, y);
	}

	override onTouchBegan(content: Content, _id: number, _x: number, y: number, ticks: number): void {
		content.stop();
		this.isHeld = false;
		this.startY = y;
		this.lastY = y;
		this.lastTicks = ticks;
		this.speed = 0;
	}

	override onTouchMoved(content: Content, id: number, x: number, y: number, ticks: number): void {
		if (!this.isHeld) {
			if (Math.abs(y - this.startY) < this.kit.metrics.slop || !this.canScroll(content)) return;
			this.isHeld = true;
			content.captureTouch(id, x, y, ticks);
		}
		const dy = this.lastY - y;
		const elapsed = ticks - this.lastTicks;
		if (elapsed > 0) {
			const weight = Math.min(1, elapsed / SPEED_MS);
			this.speed += weight * (dy / elapsed - this.speed);
		}
		this.lastY = y;
		this.lastTicks = ticks;
		if (dy !== 0) (content as Scroller).scrollBy(0, dy);
	}

	override onTouchEnded(content: Content, _id: number, _x: number, _y: number, ticks: number): void {
		if (!this.isHeld) return;
		this.isHeld = false;
		// A finger that rested before it was lifted throws nothing.
		if (ticks - this.lastTicks > 2 * SPEED_MS || Math.abs(this.speed) < LEAST_SPEED) return;
		this.lastTime = 0;
		this.rest = 0;
		content.interval = 16;
		content.time = 0;
		content.start();
	}

	override onTouchCancelled(): void {
		this.isHeld = false;
	}

	override onTimeChanged(content: Content): void {
		const elapsed = content.time - this.lastTime;
		this.lastTime = content.time;
		if (elapsed <= 0) return;
		this.rest += this.speed * elapsed;
		const dy = Math.trunc(this.rest);
		this.rest -= dy;
		this.speed *= FRICTION ** elapsed;
		const before = this.offset(content);
		if (dy !== 0) (content as Scroller).scrollBy(0, dy);
		const isAtEnd = dy > 0 ? before >= this.range(content) : dy < 0 && before <= 0;
		if (isAtEnd || Math.abs(this.speed) < LEAST_SPEED) content.stop();
	}

	override onScrolled(scroller: Scroller): void {
		if (this.name !== undefined) this.kit.places.set(this.name, this.offset(scroller));
		this.#onScrolled?.();
	}

	private canScroll(content: Content): boolean {
		return this.range(content) > 0;
	}

	private offset(content: Content): number {
		return content.y - this.column.y;
	}

	private range(content: Content): number {
		return this.column.height - content.height;
	}
}

class ScrollBar extends Behavior {
	private look: Look;
	private column: Content;

	constructor(look: Look, column: Content) {
		super();
		this.look = look;
		this.column = column;
	}

	/** Of the bar too, since it stands in the scroller. */
	override onScrolled(content: Scroller): void {
		(content as Content as Port).invalidate();
	}

	override onDraw(port: Port): void {
		const { height } = port;
		const all = this.column.height;
		if (all <= height) return;
		const length = Math.max(24, Math.round((height * height) / all));
		const share = (port.y - this.column.y) / (all - height);
		const top = Math.round(Math.min(1, Math.max(0, share)) * (height - length));
		port.drawSkin(this.look.fill(this.look.theme.line), 0, 0, port.width, height);
		port.drawSkin(this.look.fill(this.look.theme.muted), 0, top, port.width, length);
	}
}
