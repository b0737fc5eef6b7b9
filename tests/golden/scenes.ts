// Every golden picture.

import type { Scene } from "./golden-scene";
import { panelScenes } from "./panel-scenes";
import { piuDrawingScenes } from "./piu-drawing-scenes";
import { piuScenes } from "./piu-scenes";

/** Made anew: skins and the like belong to the host that is there when they are made. */
export function createScenes(): readonly Scene[] {
	return [...piuScenes(), ...piuDrawingScenes(), ...panelScenes()];
}
