// The firmware from end to end in Moddable's simulator: brokers that nobody here wrote, a virtual printer, its own page.
// `npm run test:moddable` starts it.

import { parts } from "boards/this/parts";
import { startFirmware } from "firmware";
import { createPlatform } from "platform/xs/platform";
import { createFirmwareCases } from "tests/xs/firmware/cases";
import { Control } from "tests/xs/harness/control";
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
	for (const { name, run } of createFirmwareCases({ firmware, platform, control })) {
		if (!control.isWanted(name)) continue;
		trace(`${name}\n`);
		try {
			const note = await run();
			await control.tell(name, note === undefined ? {} : { note });
		} catch (error) {
			await control.tell(name, {
				failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
			});
		}
	}
	await control.done();
}
