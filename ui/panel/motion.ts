// A content that comes in by moving into its place: it can be touched from its first frame on, and there is only one.

import { Behavior, type Content } from "piu/MC";

export type Motion = "none" | "forward" | "backward" | "rise";

const DURATION_MS = 180;

/** Of a content with `left` and `top` (or `bottom`), which begins `dx`, `dy` away from its place. */
export class MoveIn extends Behavior {
	private dx: number;
	private dy: number;
	private movedX = 0;
	private movedY = 0;

	constructor(dx: number, dy: number) {
		super();
		this.dx = dx;
		this.dy = dy;
	}

	override onDisplaying(content: Content): void {
		if (this.dx === 0 && this.dy === 0) return;
		content.duration = DURATION_MS;
		content.time = 0;
		content.start();
	}

	override onTimeChanged(content: Content): void {
		const rest = 1 - (content.fraction ?? 1);
		const share = 1 - rest * rest * rest;
		const x = Math.round(-this.dx * share);
		const y = Math.round(-this.dy * share);
		content.moveBy(x - this.movedX, y - this.movedY);
		this.movedX = x;
		this.movedY = y;
	}
}
