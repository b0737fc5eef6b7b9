// The Piu host for Node: a screen to open the panel on, in a program or in a test.
//
//   const screen = new Screen({ width: 800, height: 480, clock, assets, onFrame });
//   withScreen(screen, () => openPanel({ device, width: 800, height: 480 }));
//   screen.touch("began", 0, 10, 20);
//
// It does what ui/panel/piu.d.ts lists; anything else throws by name.

export type { Assets } from "./drawing/assets";
export type { Rectangle } from "./drawing/interface";
export {
	FRAME_MS,
	type FrameCost,
	Screen,
	type ScreenOptions,
	type TouchPhase,
	withScreen,
} from "./screen";
