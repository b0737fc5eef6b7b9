// The light of a screen, as the SDK's own setup of the board hands it out: for boards where that dims it.

import type { DisplayPort } from "../../platform/display";

/** What the SDK makes when it sets up the screen, before `main` runs. */
interface SdkGlobals {
	/** `write` takes percent. */
	backlight?: { write(percent: number): void };
}

export function openDisplay(): DisplayPort | undefined {
	const { backlight } = globalThis as SdkGlobals;
	return backlight && { setBrightness: (percent) => backlight.write(percent) };
}
