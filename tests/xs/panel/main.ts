// The whole firmware with its panel on the real Piu, with as much stack as boards have.
// `npm run test:moddable -- panel` starts it.

import { parts } from "boards/this/parts";
import { startFirmware } from "firmware";
import { createPlatform } from "platform/xs/platform";
import { Control } from "tests/xs/harness/control";
import { createPanelCases } from "tests/xs/panel/cases";
import Timer from "timer";

export default function main(): void {
	// From a timer, so that it begins with an empty stack.
	Timer.set(() => void run());
}

async function run(): Promise<void> {
	const platform = createPlatform({
		firmwareVersion: "0.0.0-test",
		spoolDetails: true,
		cameraFrameBytes: 256 * 1024,
		liveLinks: 4,
		mostPrinters: 10,
	});
	const control = new Control({ http: platform.httpClient, text: platform.text });
	const firmware = startFirmware(platform, parts);
	await firmware.served;
	for (const { name, run } of createPanelCases({ firmware, platform, control })) {
		if (!control.isWanted(name)) continue;
		trace(`${name}\n`);
		try {
			await control.tell(name, { note: await run() });
		} catch (error) {
			await control.tell(name, {
				failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
			});
		}
	}
	await control.done();
}
