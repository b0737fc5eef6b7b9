// What every part that can be tapped has in common: pressed under the finger, tapped when it is lifted there.

import { Behavior, type Content } from "piu/MC";

/** How far a finger may stray from what it pressed, in px. */
const SLOP = 12;

export abstract class Tap extends Behavior {
	private left = 0;
	private top = 0;
	private isPressed = false;

	protected abstract onPressed(content: Content, isPressed: boolean): void;
	protected abstract onTap(content: Content, x: number, y: number): void;

	override onTouchBegan(content: Content, _id: number, _x: number, _y: number): void {
		// Where it was when it was pressed counts: it may be on its way in.
		this.left = content.x;
		this.top = content.y;
		this.press(content, true);
	}

	override onTouchMoved(content: Content, _id: number, x: number, y: number): void {
		this.press(content, this.covers(content, x, y));
	}

	override onTouchEnded(content: Content, _id: number, x: number, y: number): void {
		const isTap = this.isPressed && this.covers(content, x, y);
		this.press(content, false);
		// It may have been taken away while it was pressed.
		if (isTap && content.application) this.onTap(content, x - this.left, y - this.top);
	}

	override onTouchCancelled(content: Content): void {
		this.press(content, false);
	}

	private press(content: Content, isPressed: boolean): void {
		if (isPressed === this.isPressed) return;
		this.isPressed = isPressed;
		this.onPressed(content, isPressed);
	}

	private covers(content: Content, x: number, y: number): boolean {
		return (
			x >= this.left - SLOP &&
			y >= this.top - SLOP &&
			x < this.left + content.width + SLOP &&
			y < this.top + content.height + SLOP
		);
	}
}

/** For parts whose skin alone shows that they are pressed. */
export class SkinTap extends Tap {
	private tapped: () => void;

	constructor(tapped: () => void) {
		super();
		this.tapped = tapped;
	}

	protected override onPressed(content: Content, isPressed: boolean): void {
		content.state = isPressed ? 1 : 0;
	}

	protected override onTap(): void {
		this.tapped();
	}
}
