// Transition as the panel extends it.

import { TransitionNode } from "../tree/transition-node";
import { checked } from "./content";

let transitionNodeOf: (transition: unknown) => TransitionNode;

export { transitionNodeOf };

export class Transition {
	readonly #node: TransitionNode;

	static {
		transitionNodeOf = (transition) => {
			const known = typeof transition === "object" && transition !== null && #node in transition;
			if (known) return transition.#node;
			throw new TypeError(`${String(transition)} is not a Piu transition`);
		};
	}

	constructor(duration: number) {
		this.#node = new TransitionNode(this, checked("Transition's duration", duration));
	}

	get duration(): number {
		return this.#node.durationMs;
	}
	set duration(duration: number) {
		this.#node.durationMs = checked("duration", duration);
	}

	onBegin(..._parameters: unknown[]): void {}
	onEnd(..._parameters: unknown[]): void {}
	onStep(_fraction: number): void {}
}
