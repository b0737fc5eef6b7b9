// The parts of a device that heats a chamber, joined: control, buttons and lamps, history, the Panda Breath protocol.

import { Breath } from "./breath/breath";
import { FrontPanel } from "./breath/front-panel";
import { ChamberHistory } from "./breath/history";
import { PandaBreathServer } from "./breath/protocol/panda-breath-server";
import type { EventLog } from "./event-log/event-log";
import type { HeaterBoard } from "./platform/heater-board";
import type { Platform } from "./platform/platform";
import type { BambuDiscovery } from "./printers/bambu/discovery";
import type { PrinterManager } from "./printers/printer-manager";
import type { PrinterState } from "./printers/printer-state";
import type { Settings } from "./settings/settings";
import type { WifiSetup } from "./wifi/wifi-setup";

export interface ChamberHeaterOptions {
	platform: Platform;
	board: HeaterBoard;
	settings: Settings;
	events: EventLog;
	printers: PrinterManager;
	discovery: BambuDiscovery;
	wifi: WifiSetup;
	/** Without ".local". */
	hostname(): string;
	/** Turns everything off, and starts the device anew. */
	restart(): void;
	/** Resolves when what is stored is gone; rejects when storage refuses. */
	factoryReset(): Promise<void>;
}

export interface ChamberHeater {
	readonly breath: Breath;
	readonly pandaBreath: PandaBreathServer;
	readonly history: ChamberHistory;
	/** Outputs and lamps off, for good. May be called any number of times. */
	close(): void;
}

const HISTORY_STEP_MS = 1_000;

export function openChamberHeater(options: ChamberHeaterOptions): ChamberHeater {
	const { platform, board, settings, events, printers, discovery, wifi, hostname, restart } = options;
	const { log, storage, httpClient } = platform;
	const clock = platform.heaterClock ?? platform.clock;

	const breath = new Breath({ board, settings, storage, clock, log, events, printer: followed });
	const stopFollowing = printers.onChange(() => breath.printerChanged());
	const panel = new FrontPanel({ board, clock, log, breath, onFactoryReset: resetByButtons });
	const pandaBreath = new PandaBreathServer({
		clock: platform.clock,
		log,
		breath,
		settings,
		wifi,
		printers,
		discovery,
		httpClient,
		hostname,
		restart: () => {
			events.add("restart_asked", "websocket");
			restart();
		},
		factoryReset: () => {
			events.add("factory_reset", "websocket");
			return options.factoryReset();
		},
	});
	const history = new ChamberHistory();
	const sampling = clock.every(HISTORY_STEP_MS, () => {
		const { chamber, element, duty } = breath.report;
		history.add({ chamber, element, duty, target: breath.state.activeTarget }, HISTORY_STEP_MS);
	});

	const endings = [
		() => breath.close(),
		stopFollowing,
		() => sampling.cancel(),
		() => pandaBreath.close(),
		() => panel.close(),
		() => board.close(),
	];
	return {
		breath,
		pandaBreath,
		history,
		close() {
			// What heats comes first, and nothing that fails may keep the board from being closed.
			for (const end of endings) {
				try {
					end();
				} catch (error) {
					log.error(`heater: ${describe(error)}`);
				}
			}
		},
	};

	/** The printer in the slot that auto follows. */
	function followed(): PrinterState | undefined {
		const serial = settings.get(`printer${settings.get("breath.printerSlot")}.serial`).toUpperCase();
		return serial === "" ? undefined : printers.states.find((state) => state.serial.toUpperCase() === serial);
	}

	function resetByButtons(): void {
		events.add("factory_reset", "button");
		options.factoryReset().then(restart, (error: unknown) => {
			log.error(`factory reset: ${describe(error)}`);
		});
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
