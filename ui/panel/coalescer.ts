// Many changes, one redraw: remembers that something changed and asks for one frame, however often it is told.

export class Coalescer {
	private requestFrame: () => void;
	private onFrame: () => void;
	private waiting = false;
	private closed = false;

	/** `requestFrame` has `frame()` called soon, once for each call of it. */
	constructor(options: { requestFrame(): void; onFrame(): void }) {
		this.requestFrame = options.requestFrame;
		this.onFrame = options.onFrame;
	}

	changed(): void {
		if (this.waiting || this.closed) return;
		this.waiting = true;
		this.requestFrame();
	}

	/** A change made by `onFrame` itself belongs to the next frame. */
	frame(): void {
		if (!this.waiting || this.closed) return;
		this.waiting = false;
		this.onFrame();
	}

	/** No frame comes after it. */
	close(): void {
		this.closed = true;
	}
}
