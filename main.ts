// Starts the firmware on XS: on a device, or in Moddable's simulator.

import { startPanel } from "boards/this/panel";
import { parts } from "boards/this/parts";
import { startFirmware } from "firmware";
import config from "mc/config";
import { createPlatform } from "platform/xs/platform";
import Timer from "timer";

export default function main(): void {
	// From a timer, so that it begins with an empty stack.
	Timer.set(start);
}

function start(): void {
	const platform = createPlatform({
		firmwareVersion: config.firmwareVersion,
		// A board that has no room for them says so in its manifest.
		spoolDetails: config.spoolDetails ?? true,
		cameraFrameBytes: config.cameraFrameBytes ?? 256 * 1024,
		liveLinks: config.liveLinks ?? 4,
		mostPrinters: config.mostPrinters ?? 10,
		// Moddable's simulator starts the firmware anew; a device starts all of itself.
		onRestart() {
			panel.close();
			Timer.set(start);
		},
	});
	const firmware = startFirmware(platform, parts);
	const panel = startPanel(firmware);
	firmware.served.then(
		(port) => platform.log.info(`Culm ${platform.firmwareVersion}: the page is on port ${port}`),
		() => {},
	);
}
