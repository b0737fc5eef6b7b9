// Fingers: which content has each of them, who is told of it, and who took it over.

import type { ApplicationNode } from "./application-node";
import type { ContentNode } from "./content-node";

interface Sample {
	readonly x: number;
	readonly y: number;
	readonly ticks: number;
}

interface TouchLink {
	content: ContentNode | undefined;
	/** The latest place that onTouchMoved was not called with yet. */
	sample: Sample | undefined;
}

export class TouchLinks {
	readonly #application: ApplicationNode;
	readonly #links: TouchLink[];

	/** `count`: how many fingers the application takes; others are ignored. */
	constructor(application: ApplicationNode, count: number) {
		this.#application = application;
		this.#links = Array.from({ length: count }, () => ({ content: undefined, sample: undefined }));
	}

	get busy(): boolean {
		return this.#links.some(({ content }) => content !== undefined);
	}

	began(id: number, x: number, y: number, ticks: number): void {
		const link = this.#links[id];
		if (link === undefined) return;
		const finger = 1 << id;
		link.content = this.#application.hit(x, y);
		if (link.content === undefined) return;
		take(link.content, finger);
		let container: ContentNode | undefined = link.content.container;
		while (container !== undefined) {
			if (container.active && container.backgroundTouch) take(container, finger);
			container = container.container;
		}
		link.sample = { x, y, ticks };
		tell("onTouchBegan", link.content, finger, [id, x, y, ticks]);
	}

	moved(id: number, x: number, y: number, ticks: number): void {
		const link = this.#links[id];
		if (link?.content !== undefined) link.sample = { x, y, ticks };
	}

	ended(id: number, x: number, y: number, ticks: number): void {
		const link = this.#links[id];
		if (link === undefined) return;
		const finger = 1 << id;
		let content = link.content;
		while (content !== undefined) {
			if (content.touches & finger) {
				content.touches &= ~finger;
				content.emit("onTouchEnded", id, x, y, ticks);
			}
			content = content.container;
		}
		link.content = undefined;
		link.sample = undefined;
	}

	/** Tells of the moves since the last time, the place where each began included. */
	idle(): void {
		for (const [id, link] of this.#links.entries()) {
			const { content, sample } = link;
			if (content === undefined || sample === undefined) continue;
			tell("onTouchMoved", content, 1 << id, [id, sample.x, sample.y, sample.ticks]);
			link.sample = undefined;
		}
	}

	/** `taker` gets what follows of the finger; those that had it are told that they lost it. */
	capture(taker: ContentNode, id: number, x: number, y: number): void {
		const link = this.#links[id];
		if (link?.content === undefined) return;
		const finger = 1 << id;
		let content: ContentNode | undefined = link.content;
		while (content !== undefined) {
			if (content.touches & finger && content !== taker) {
				content.touches &= ~finger;
				// Piu hands y on as the time too.
				content.emit("onTouchCancelled", id, x, y, y);
			}
			content = content.container;
		}
		link.content = taker;
	}
}

function take(content: ContentNode, finger: number): void {
	if (content.touches === 0 || content.multipleTouch) content.touches |= finger;
}

function tell(event: string, from: ContentNode, finger: number, parameters: readonly unknown[]): void {
	let content: ContentNode | undefined = from;
	while (content !== undefined) {
		if (content.touches & finger) content.emit(event, ...parameters);
		content = content.container;
	}
}
