// The touch panel on Piu, of boards with a screen and of Moddable's simulator.

import config from "mc/config";
import { openPanel } from "panel/panel";
import { panelRoots } from "panel/screens/roots";
import { openPanelDevice } from "panel-device/panel-device";
import { createJpeg } from "platform/xs/picture/jpeg";
import type { Firmware } from "../../firmware";

/** Piu's screen, which the board or the simulator has set up. */
interface Screen {
	readonly width: number;
	readonly height: number;
}

export function startPanel(firmware: Firmware): { close(): void } {
	const device = openPanelDevice({ ...firmware.panelParts(), jpeg: createJpeg() });
	const { screen } = globalThis as unknown as { screen: Screen };
	// Piu turns what it draws, and touches, by what the build was made for; the screen does not know.
	const isTurned = config.rotation === 90 || config.rotation === 270;
	const [width, height] = isTurned ? [screen.height, screen.width] : [screen.width, screen.height];
	const panel = openPanel({ device, width, height, roots: panelRoots() });
	return {
		close(): void {
			panel.close();
			device.close();
		},
	};
}
