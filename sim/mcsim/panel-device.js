// What the devices of this folder have in common: nothing but a screen, and the simulator's own file menu.
// Moddable's simulator loads it, not the firmware.

import { ButtonsRow, ControlsColumn } from "ControlsPane";
import { DeviceBehavior, DeviceContainer, DeviceScreen } from "DevicePane";

/** Around the screen. */
const FRAME = 12;
const frameSkin = new Skin({ fill: "#1b1d20" });

class PanelBehavior extends DeviceBehavior {
	onRestart() {
		application.defer("doReloadFile");
	}
}

/** A device for the simulator: its title in the list, and its screen in pixels. */
export function panelDevice(title, width, height) {
	const Device = DeviceContainer.template(($) => ({
		width: width + 2 * FRAME,
		height: height + 2 * FRAME,
		skin: frameSkin,
		Behavior: PanelBehavior,
		contents: [DeviceScreen($, { left: FRAME, width, top: FRAME, height, rotation: 0 })],
	}));
	return {
		title,
		// The simulator looks for the app's device by this, and fails without it.
		applicationName: ".*",
		Workers: {},
		ControlsTemplate: ControlsColumn.template(() => ({
			contents: [ButtonsRow({ label: "Firmware", buttons: [{ eventUp: "onRestart", label: "Restart" }] })],
		})),
		// The simulator's rotation commands change nothing here: the panel is laid out for one way round.
		DeviceTemplates: { 0: Device },
	};
}
