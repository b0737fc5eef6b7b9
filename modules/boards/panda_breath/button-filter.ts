// Contact bounce out of the buttons: levels sampled at a fixed pace in, presses and releases out.

/** One bit a button, set while it is down. */
export type ButtonMask = number;

export interface ButtonChange {
	/** The buttons that went down or came up since the last change. */
	changed: ButtonMask;
	/** All that are down now. */
	down: ButtonMask;
}

/** A button counts as down or up once two samples in a row agree, so the pace of the samples is the bounce it stands. */
export class ButtonFilter {
	private sample: ButtonMask;
	private down: ButtonMask = 0;

	/** Buttons that are down already, `initial`, are not reported as pressed until they have been up once. */
	constructor(initial: ButtonMask) {
		this.sample = initial;
		this.down = initial;
	}

	/** Takes the next sample; `undefined` as long as nothing changed. */
	take(sample: ButtonMask): ButtonChange | undefined {
		const steady = ~(sample ^ this.sample);
		this.sample = sample;
		const changed = (sample ^ this.down) & steady;
		if (changed === 0) return undefined;
		this.down ^= changed;
		return { changed, down: this.down };
	}
}
