// A transition while it runs in a container, one after the other. What Piu calls Transition.

import type { ContainerNode } from "./container-node";
import type { IdleLink } from "./idle-link";

/** What the panel's transition does. */
export interface TransitionSteps {
	onBegin(...parameters: unknown[]): void;
	onStep(fraction: number): void;
	onEnd(...parameters: unknown[]): void;
}

export class TransitionNode implements IdleLink {
	nextIdle: IdleLink | undefined;
	idleTicks = 0;
	readonly interval = 1;
	readonly #steps: TransitionSteps;
	#durationMs: number;
	/** Below 0 until the first step. */
	#timeMs = -1;
	#container: ContainerNode | undefined;
	#following: TransitionNode | undefined;
	#parameters: readonly unknown[] = [];

	constructor(steps: TransitionSteps, durationMs: number) {
		this.#steps = steps;
		this.#durationMs = durationMs;
	}

	get durationMs(): number {
		return this.#durationMs;
	}

	set durationMs(durationMs: number) {
		this.#durationMs = durationMs < 0 ? 0 : durationMs;
	}

	/** Starts, or waits until the transitions that the container runs have ended. */
	run(container: ContainerNode, parameters: readonly unknown[]): void {
		if (this.#container !== undefined) throw new Error("the transition is running already");
		if (this.#following !== undefined) {
			throw new Error("another transition followed this one, and Piu would run it again: make a new one");
		}
		this.#container = container;
		this.#parameters = [container.face, ...parameters];
		if (container.transition === undefined) {
			container.transition = this;
			container.emit("onTransitionBeginning");
			this.#begin();
			container.application?.startIdle(this);
			return;
		}
		let last = container.transition;
		while (last.#following !== undefined) last = last.#following;
		last.#following = this;
	}

	/** Ends this one and those that wait, at once. */
	complete(container: ContainerNode): void {
		this.#steps.onStep(1);
		container.application?.stopIdle(this);
		this.#end();
		let following = this.#following;
		while (following !== undefined) {
			following.#begin();
			following.#steps.onStep(1);
			following.#end();
			following = following.#following;
		}
		container.transition = undefined;
		container.emit("onTransitionEnded");
	}

	idle(elapsedMs: number): void {
		const container = this.#container;
		if (container === undefined) return;
		this.#timeMs = this.#timeMs < 0 ? 0 : Math.min(this.#timeMs + elapsedMs, this.#durationMs);
		this.#steps.onStep(this.#timeMs / this.#durationMs);
		if (this.#timeMs !== this.#durationMs || this.#container === undefined) return;
		const following = this.#following;
		container.transition = following;
		container.application?.stopIdle(this);
		this.#end();
		if (following === undefined) container.emit("onTransitionEnded");
		else {
			following.#begin();
			container.application?.startIdle(following);
		}
	}

	#begin(): void {
		this.#steps.onBegin(...this.#parameters);
		this.#steps.onStep(0);
	}

	#end(): void {
		this.#steps.onEnd(...this.#parameters);
		this.#parameters = [];
		this.#timeMs = -1;
		this.#container = undefined;
	}
}
