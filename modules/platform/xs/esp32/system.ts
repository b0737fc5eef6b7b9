// An ESP32.

import type { System, SystemOptions } from "../system";
import { startTimeSync } from "../time-sync";
import { imageBoard, restartChip } from "./boot";
import { createStorage } from "./storage";
import { createUpdate } from "./update";
import { createWifi } from "./wifi";

const WEB_PORT = 80;

export function createSystem({ clock, log, text }: SystemOptions): System {
	const wifi = createWifi({ clock, text });
	const stop = wifi.onChange(({ status }) => {
		if (status !== "connected") return;
		stop();
		startTimeSync({ clock, log });
	});
	return {
		storage: createStorage({ text, log }),
		wifi,
		update: createUpdate(),
		restart: restartChip,
		board: imageBoard(),
		extraAuthorities: [],
		webPort: WEB_PORT,
	};
}
