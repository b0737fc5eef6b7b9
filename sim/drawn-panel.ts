// The touch panel of the device, drawn into memory by the Piu host for Node.

import { fileURLToPath } from "node:url";
import { openPanel } from "../ui/panel/panel";
import type { Roots } from "../ui/panel/roots";
import { ManifestAssets } from "./piu/drawing/manifest-assets";
import { Screen } from "./piu/host";
import type { DrawnPanel, DrawnPanelOptions } from "./simulated-screen";
import type { PanelSource } from "./workbench/panel-view";

const ASSETS = fileURLToPath(new URL("../ui/panel/assets/manifest.json", import.meta.url));

export interface PiuPanel extends DrawnPanel {
	/** With the tree of what is shown, for tests. */
	readonly screen: Screen;
}

type FrameListener = Parameters<PanelSource["onFrame"]>[0];

/** `openRoots`: the screens that each panel begins with, since screens may remember what was chosen on them. */
export function panelDrawer(openRoots: () => Roots): (options: DrawnPanelOptions) => PiuPanel {
	// Shared by all screens, which comes cheaper, and read when the first one is opened.
	let assets: ManifestAssets | undefined;
	return ({ device, width, height, clock, log }) => {
		assets ??= new ManifestAssets(ASSETS);
		let listeners: readonly FrameListener[] = [];
		const screen = new Screen({
			width,
			height,
			clock,
			assets,
			onFrame: (rectangles) => {
				for (const listener of listeners) listener(rectangles);
			},
			onError: (error) =>
				log.error(`panel: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
		});
		const panel = screen.run(() => openPanel({ device, width, height, roots: openRoots() }));
		return {
			screen,
			width,
			height,
			get frame() {
				return screen.frame;
			},
			onFrame(listener) {
				listeners = [...listeners, listener];
				return () => {
					listeners = listeners.filter((other) => other !== listener);
				};
			},
			touch: (phase, id, x, y) => screen.touch(phase, id, x, y),
			close() {
				panel.close();
				screen.close();
			},
		};
	};
}
