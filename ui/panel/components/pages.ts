// Pages side by side, of which one is seen: a swipe or a touch on the dots leads to the next. For the small panel.

import { Behavior, Container, type Content, Port } from "piu/MC";
import type { KitBase } from "../kit";
import type { Look } from "../look/look";
import { type Place, placeOf } from "./place";
import { Tap } from "./tap";

export interface PagesOptions extends Place {
	/** Each fills the room above the dots. */
	readonly pages: readonly Content[];
	/** Under this name the screen remembers which one was seen. */
	readonly name: string;
}

const DOTS_HEIGHT = 20;

export function pages(kit: KitBase, options: PagesOptions): Container {
	const holder = new Container(null, { left: 0, right: 0, top: 0, bottom: DOTS_HEIGHT });
	const swipe = new PagesBehavior(kit, options, holder);
	const dots = new Port(null, {
		left: 0,
		right: 0,
		bottom: 0,
		// Behind the page: it has what that leaves.
		height: Math.max(kit.metrics.target, DOTS_HEIGHT),
		active: true,
		behavior: new Dots(kit.look, swipe),
	});
	swipe.onTurned = () => dots.invalidate();
	return new Container(null, {
		...placeOf(options),
		active: true,
		backgroundTouch: true,
		clip: true,
		behavior: swipe,
		contents: [dots, holder],
	});
}

class PagesBehavior extends Behavior {
	onTurned: () => void = () => {};
	private kit: KitBase;
	private name: string;
	private pages: readonly Content[];
	private holder: Container;
	private startX = 0;
	private startY = 0;
	private isSwipe = false;

	constructor(kit: KitBase, options: PagesOptions, holder: Container) {
		super();
		this.kit = kit;
		this.name = options.name;
		this.pages = options.pages;
		this.holder = holder;
		this.show(this.page);
	}

	get page(): number {
		return Math.min(this.kit.places.get(this.name) ?? 0, this.pages.length - 1);
	}

	get count(): number {
		return this.pages.length;
	}

	turn(by: number): void {
		const page = this.page + by;
		if (page < 0 || page >= this.pages.length) return;
		this.kit.places.set(this.name, page);
		this.show(page);
		this.onTurned();
	}

	override onTouchBegan(_content: Content, _id: number, x: number, y: number): void {
		this.startX = x;
		this.startY = y;
		this.isSwipe = false;
	}

	override onTouchMoved(content: Content, id: number, x: number, y: number, ticks: number): void {
		const dx = Math.abs(x - this.startX);
		if (this.isSwipe || dx < 2 * this.kit.metrics.slop || dx < 2 * Math.abs(y - this.startY)) return;
		this.isSwipe = true;
		content.captureTouch(id, x, y, ticks);
	}

	override onTouchEnded(_content: Content, _id: number, x: number): void {
		if (this.isSwipe) this.turn(x < this.startX ? 1 : -1);
		this.isSwipe = false;
	}

	override onTouchCancelled(): void {
		this.isSwipe = false;
	}

	/** The others are out of the tree: what is not seen can then not be touched. */
	private show(page: number): void {
		const content = this.pages[page];
		this.holder.empty();
		if (content) this.holder.add(content);
	}
}

class Dots extends Tap {
	private look: Look;
	private pages: PagesBehavior;

	constructor(look: Look, pages: PagesBehavior) {
		super();
		this.look = look;
		this.pages = pages;
	}

	override onDraw(port: Port): void {
		const { theme } = this.look;
		const { count, page } = this.pages;
		let x = Math.round((port.width - count * 8 - (count - 1) * 8) / 2);
		const y = port.height - (DOTS_HEIGHT + 8) / 2;
		for (let index = 0; index < count; index++) {
			port.drawSkin(this.look.pill(8, index === page ? theme.text : theme.line), x, y, 8, 8);
			x += 16;
		}
	}

	protected override onPressed(): void {}

	protected override onTap(content: Content, x: number): void {
		this.pages.turn(x < content.width / 2 ? -1 : 1);
	}
}
