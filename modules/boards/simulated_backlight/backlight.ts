// The light of the screen in Moddable's simulator, which cannot be dimmed: what the firmware does with it is remembered.

import type { DisplayPort } from "../../platform/display";
import { SimulatedDisplay } from "../../platform/twins/simulated-display";

export function openDisplay(): DisplayPort | undefined {
	return new SimulatedDisplay();
}
