// Moddable's simulator.

import type { System, SystemOptions } from "../system";
import { openFolder, readFile } from "./files";
import { surviveBrokenPipes } from "./process";
import { createStorage } from "./storage";
import { createUpdate } from "./update";
import { createWifi } from "./wifi";

/** What the scripts that start the simulator have to say to it. */
interface Start {
	webPort?: number;
	/** DER certificates in base64. */
	authorities?: string[];
}

const START_FILE = "start.json";
/** 80 needs rights that a simulator should not have. */
const WEB_PORT = 8080;

export function createSystem({ clock, log, text, onRestart }: SystemOptions): System {
	surviveBrokenPipes();
	const start = readStart();
	return {
		storage: createStorage({ text, log }),
		wifi: createWifi({ clock, text }),
		update: createUpdate({ text, log }),
		restart: onRestart ?? (() => log.warn("a restart was asked for; nobody here restarts it")),
		board: "simulator",
		extraAuthorities: (start.authorities ?? []).map((authority) => Uint8Array.fromBase64(authority)),
		webPort: start.webPort ?? WEB_PORT,
	};

	function readStart(): Start {
		const bytes = readFile(openFolder(), START_FILE);
		return bytes === undefined ? {} : (JSON.parse(text.decode(bytes)) as Start);
	}
}
