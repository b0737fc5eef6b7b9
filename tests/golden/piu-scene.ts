// What the scenes of Piu alone have in common.

import { Application, type Contents, Skin } from "piu/MC";
import type { Scene, Stage } from "./golden-scene";

/** Piu's buffers, in bytes: ample. */
const DISPLAY_LIST_LENGTH = 64 * 1024;
const COMMAND_LIST_LENGTH = 64 * 1024;

export const BACK = "#101418";
const COLORS: readonly string[] = Object.freeze(["#E0533D", "#3DA5E0", "#4CB86A", "#E0B23D", "#9A6BE0"]);

/** Of contents in an application that fills the screen; `then` is what a finger does to them. */
export function scene(
	name: string,
	contents: (stage: Stage) => Contents[],
	then?: (stage: Stage) => Promise<void>,
): Scene {
	return {
		name: `piu/${name}`,
		play: async (stage) => {
			new Application(null, {
				displayListLength: DISPLAY_LIST_LENGTH,
				commandListLength: COMMAND_LIST_LENGTH,
				touchCount: 1,
				skin: fill(BACK),
				contents: contents(stage),
			});
			if (then === undefined) return undefined;
			await stage.settle();
			await then(stage);
			return undefined;
		},
	};
}

export const fill = (color: string): Skin => new Skin({ fill: color });
export const colorAt = (index: number): string => COLORS[index % COLORS.length] ?? BACK;
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
