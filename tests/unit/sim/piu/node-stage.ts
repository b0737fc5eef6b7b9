// Runs a scene on the host for Node, with time that moves only when the scene says so.

import { fileURLToPath } from "node:url";
import { Application } from "piu/MC";
import type { Assets } from "../../../../sim/piu/drawing/assets";
import { ManifestAssets } from "../../../../sim/piu/drawing/manifest-assets";
import { Screen, withScreen } from "../../../../sim/piu/host";
import { ManualClock } from "../../../fakes/manual-clock";
import type { Scene } from "./same/stage";

export const noAssets: Assets = { bitmaps: () => undefined, font: () => undefined, kerning: false };

const fonts = new ManifestAssets(fileURLToPath(new URL("drawing/fixtures/manifest.json", import.meta.url)));

/** The lines that it writes. */
export function linesOf(scene: Scene, width: number, height: number): string[] {
	const lines: string[] = [];
	const clock = new ManualClock();
	let drawn: string[] = [];
	const screen = new Screen({
		width,
		height,
		clock,
		assets: fonts,
		onFrame: (rectangles) => {
			drawn.push(...rectangles.map(({ x, y, width, height }) => `${x} ${y} ${width} ${height}`));
		},
	});
	const application = withScreen(screen, () => new Application(null, { touchCount: 2, regionLength: 4096 }));
	clock.advance(100);
	scene.run({
		application,
		log: (line) => void lines.push(line),
		touch: (phase, id, x, y) => screen.touch(phase, id, x, y),
		idle: () => clock.advance(34),
		drawn: () => {
			const since = drawn;
			drawn = [];
			return since;
		},
	});
	screen.close();
	return lines;
}
