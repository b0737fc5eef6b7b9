// The whole firmware: builds its parts from a platform and joins them. Read this first.

import type { DeviceState } from "./device-state";
import type { Platform } from "./platform/platform";
import { BambuPrinter } from "./printers/bambu/bambu-printer";
import type { Printer, PrinterSetup } from "./printers/printer";
import { PrinterManager } from "./printers/printer-manager";
import { Settings } from "./settings/settings";
import { tokensCss } from "./tokens";
import { WebServer } from "./web/web-server";

export interface Firmware {
	readonly settings: Settings;
	readonly printers: PrinterManager;
	/** What `GET /api/state` answers. */
	state(): DeviceState;
	/** Resolves with the port of the device's page once it is served; rejects with a `PortError` if it cannot be. */
	readonly served: Promise<number>;
	/** Ends every connection in good order and stores what is left. May be called any number of times. */
	close(): Promise<void>;
}

export function startFirmware(platform: Platform): Firmware {
	const { clock, log } = platform;
	const startedAtMs = clock.now();
	const settings = new Settings({ storage: platform.storage, clock, log });
	const printers = new PrinterManager({ settings, log, create: (setup) => createPrinter(platform, setup) });

	const state = (): DeviceState => ({
		device: {
			name: settings.get("deviceName"),
			firmware: platform.firmwareVersion,
			hostname: settings.get("hostname"),
			uptimeSeconds: Math.floor((clock.now() - startedAtMs) / 1000),
		},
		printers: printers.states,
	});

	const web = new WebServer({
		clock,
		log,
		http: platform.httpServer,
		resources: platform.resources,
		tokensCss: tokensCss(),
		port: platform.webPort,
		hostname: () => settings.get("hostname"),
		state,
	});

	printers.onChange((event) => {
		if (event.type === "removed") web.feed.printerRemoved(event.id);
		else web.feed.printerChanged(event.state.id);
	});

	printers.start();
	const served = web.start();
	// A page that cannot be served is no reason to stop watching printers; whoever waits for `served` is told.
	served.catch((error: unknown) => log.error(`web: the page is not served: ${describe(error)}`));

	return {
		settings,
		printers,
		state,
		served,
		async close() {
			await Promise.all([printers.close(), served.catch(() => {}).then(() => web.close())]);
			await settings.close();
		},
	};
}

function createPrinter(platform: Platform, { slot, ...setup }: PrinterSetup): Printer {
	return new BambuPrinter({
		...platform,
		...setup,
		authorities: platform.printerAuthorities,
		clientId: `culm-${platform.wifi.macAddress}-${slot}`,
	});
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
