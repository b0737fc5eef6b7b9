// Whether what a screen shows may no longer be so: its values are muted then, whatever tone they have.

import type { Tone } from "./models/tone";
import { Scope } from "./scope";

export class Age {
	private isOld = new Scope<boolean>();

	update(isOld: boolean): void {
		this.isOld.update(isOld);
	}

	/** Returns what is to be called with the tone that it has while the data is fresh; some tones may stay. */
	follow(show: (tone: Tone) => void, stays: (tone: Tone) => boolean): (tone: Tone) => void {
		const scope = this.isOld;
		let fresh: Tone | undefined;
		let shown: Tone | undefined;
		const paint = () => {
			if (fresh === undefined) return;
			const tone = scope.view && !stays(fresh) ? "muted" : fresh;
			if (tone === shown) return;
			shown = tone;
			show(tone);
		};
		scope.follow((isOld) => isOld, paint);
		return (tone) => {
			fresh = tone;
			paint();
		};
	}
}
