// The root of the tree: lays out, draws what changed, runs what is timed, and hands out touches.

import type { Rectangle, ViewLike } from "../drawing/interface";
import { SIZE } from "./axis";
import { ContainerNode } from "./container-node";
import type { ContentNode } from "./content-node";
import { ANY_CONTENTS, CONTENTS, CONTENTS_PLACED, DISPLAYING, MOVED, RESIZED } from "./flags";
import type { IdleLink } from "./idle-link";
import { isEmpty } from "./rectangle";
import { Region } from "./region";
import { TouchLinks } from "./touch-links";

/** What an application needs of its screen. */
export interface ApplicationScreen {
	readonly width: number;
	readonly height: number;
	/** ms; whole, never goes back. */
	readonly ticks: number;
	/** `delayMs` until `idle` has to be called, `undefined`: not until something happens. */
	schedule(delayMs: number | undefined): void;
	/** Draws what `record` records, in these rectangles. */
	draw(rectangles: readonly Rectangle[], record: (view: ViewLike) => void): void;
}

export interface ApplicationLimits {
	readonly touchCount: number;
	/** Numbers for the dirty region. */
	readonly regionLength: number;
}

interface Deferred {
	readonly content: ContentNode;
	readonly event: string;
	readonly parameters: readonly unknown[];
}

/** Layouts that ask for layouts more often than this never come to rest. */
const MOST_LAYOUTS = 10_000;

export class ApplicationNode extends ContainerNode {
	override readonly type = "Application";
	readonly touchLinks: TouchLinks;
	readonly #screen: ApplicationScreen;
	readonly #dirty: Region;
	#focus: ContentNode;
	#firstIdle: IdleLink | undefined;
	/** The one to call after the one that is called now. */
	#idleLoop: IdleLink | undefined;
	#deferred: Deferred[] = [];
	#adjusting = false;
	/** While true, the screen knows that it has to call, or is calling. */
	#updating = false;
	/** The time of what is being handled. */
	#ticks: number | undefined;

	constructor(screen: ApplicationScreen, limits: ApplicationLimits) {
		super();
		this.#screen = screen;
		this.#dirty = new Region(screen.width, screen.height, limits.regionLength);
		this.touchLinks = new TouchLinks(this, limits.touchCount);
		this.application = this;
		this.#focus = this;
		this.flags = DISPLAYING;
	}

	/** Takes the size of the screen, once its first contents are there. */
	resize(): void {
		this.invalidate();
		const lengths = [this.#screen.width, this.#screen.height] as const;
		this.#adjusting = true;
		try {
			for (const direction of [0, 1] as const) {
				const axis = this.axes[direction];
				axis.given = SIZE;
				axis.start = axis.end = axis.at = 0;
				axis.size = axis.length = lengths[direction];
				this.measure(direction);
				this.fit(direction);
			}
		} finally {
			this.#adjusting = false;
		}
		this.#reschedule();
	}

	/** Lays out what asked for it, until nothing does. */
	adjustAll(): void {
		if (this.#adjusting) return;
		this.#adjusting = true;
		try {
			for (let count = 0; this.flags & (ANY_CONTENTS | CONTENTS_PLACED); count++) {
				if (count > MOST_LAYOUTS) throw new Error("the layout never comes to rest: each asks for another");
				while (this.flags & ANY_CONTENTS) {
					if (++count > MOST_LAYOUTS) break;
					for (const direction of [0, 1] as const)
						if (this.flags & CONTENTS[direction]) this.adjust(direction);
				}
				if (this.flags & CONTENTS_PLACED) this.place();
			}
		} finally {
			this.#adjusting = false;
		}
	}

	/** Time has come: what was deferred, what is timed, moves of fingers; then layout and drawing. */
	tick(): void {
		this.#handle(this.#screen.ticks, () => {
			const deferred = this.#deferred;
			this.#deferred = [];
			for (const { content, event, parameters } of deferred) content.emit(event, ...parameters);
			this.#idleLinks();
			this.touchLinks.idle();
		});
	}

	touchBegan(id: number, x: number, y: number): void {
		const { ticks } = this.#screen;
		this.#handle(ticks, () => this.touchLinks.began(id, x, y, ticks));
	}

	touchMoved(id: number, x: number, y: number): void {
		this.touchLinks.moved(id, x, y, this.#screen.ticks);
	}

	touchEnded(id: number, x: number, y: number): void {
		const { ticks } = this.#screen;
		this.#handle(ticks, () => this.touchLinks.ended(id, x, y, ticks));
	}

	#handle(ticks: number, work: () => void): void {
		this.#updating = true;
		this.#ticks = ticks;
		try {
			work();
			this.adjustAll();
			this.#draw();
		} finally {
			this.#updating = false;
			this.#scheduleNext();
			this.#ticks = undefined;
		}
	}

	#draw(): void {
		const { box, rectangles } = this.#dirty;
		if (isEmpty(box)) return;
		this.#dirty.clear();
		this.#screen.draw(rectangles, (view) => this.update(view, box));
	}

	defer(content: ContentNode, event: string, parameters: readonly unknown[]): void {
		this.#deferred.push({ content, event, parameters });
		this.#reschedule();
	}

	// Time

	startIdle(link: IdleLink): void {
		let known = this.#firstIdle;
		while (known !== undefined && known !== link) known = known.nextIdle;
		if (known === undefined) {
			link.nextIdle = this.#firstIdle;
			this.#firstIdle = link;
		}
		link.idleTicks = this.#ticks ?? this.#screen.ticks;
		this.#reschedule();
	}

	stopIdle(link: IdleLink): void {
		let former: IdleLink | undefined;
		let current = this.#firstIdle;
		while (current !== undefined && current !== link) {
			former = current;
			current = current.nextIdle;
		}
		if (current !== undefined) {
			if (former === undefined) this.#firstIdle = link.nextIdle;
			else former.nextIdle = link.nextIdle;
			if (this.#idleLoop === link) this.#idleLoop = link.nextIdle;
			link.nextIdle = undefined;
		}
		this.#reschedule();
	}

	#idleLinks(): void {
		const ticks = this.#ticks ?? this.#screen.ticks;
		let link = this.#firstIdle;
		while (link !== undefined) {
			const elapsedMs = ticks - link.idleTicks;
			this.#idleLoop = link.nextIdle;
			if (link.interval <= elapsedMs) {
				link.idleTicks = ticks;
				link.idle(elapsedMs);
			}
			link = this.#idleLoop;
		}
	}

	#reschedule(): void {
		if (this.#updating) return;
		this.#updating = true;
		this.#screen.schedule(1);
	}

	#scheduleNext(): void {
		const unsettled = !this.#dirty.empty || (this.flags & (ANY_CONTENTS | CONTENTS_PLACED)) !== 0;
		if (unsettled || this.#deferred.length > 0 || this.touchLinks.busy) {
			this.#screen.schedule(1);
			return;
		}
		const ticks = this.#ticks ?? this.#screen.ticks;
		let delayMs: number | undefined;
		for (let link = this.#firstIdle; link !== undefined; link = link.nextIdle) {
			const left = Math.max(link.idleTicks + link.interval - ticks, 1);
			delayMs = delayMs === undefined ? left : Math.min(delayMs, left);
		}
		this.#screen.schedule(delayMs);
	}

	// Focus

	get focus(): ContentNode {
		return this.#focus;
	}

	setFocus(content: ContentNode | undefined): void {
		const focus = content ?? this;
		if (focus === this.#focus) return;
		this.#focus.emit("onUnfocused");
		this.#focus = focus;
		focus.emit("onFocused");
	}

	// What ends at the root

	override get shown(): boolean {
		return true;
	}

	override invalidate(): void {
		this.#dirty.addAll();
		this.#reschedule();
	}

	override invalidateArea(area: Rectangle): void {
		this.#dirty.add(area);
		this.#reschedule();
	}

	override reflow(flags: number): void {
		for (const direction of [0, 1] as const) {
			if (flags & (MOVED[direction] | RESIZED[direction] | CONTENTS[direction])) {
				this.flags |= CONTENTS[direction];
			}
		}
		this.flags |= CONTENTS_PLACED;
		this.#reschedule();
	}
}
