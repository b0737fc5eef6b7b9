// The parts of the firmware that a panel is about.

import type { Breath } from "../breath/breath";
import type { ChamberHistory } from "../breath/history";
import type { HeaterFinder } from "../breath/remote/heater-finder";
import type { RemoteBreath } from "../breath/remote/remote-breath";
import type { OrderedDevice } from "../device-orders";
import type { DeviceState } from "../device-state";
import type { Clock } from "../platform/clock";
import type { DisplayPort } from "../platform/display";
import type { JpegPort } from "../platform/jpeg";
import type { Log } from "../platform/log";
import type { Cameras } from "../printers/cameras";
import type { JobHistory } from "../printers/history/job-history";
import type { Printer } from "../printers/printer";
import type { PrinterBook } from "../printers/printer-book";
import type { PrinterManager } from "../printers/printer-manager";
import type { PrinterSearch } from "../printers/printer-search";
import type { Settings } from "../settings/settings";
import type { FilamentTags } from "../spools/filament-tags";
import type { Spools } from "../spools/spools";
import type { FirmwareUpdate } from "../update/firmware-update";
import type { WifiSetup } from "../wifi/wifi-setup";

export interface PanelParts extends OrderedDevice {
	clock: Clock;
	log: Log;
	state(): DeviceState;
	settings: Settings;
	printers: {
		find(id: string): Pick<Printer, "command" | "refusal" | "state" | "files"> | undefined;
	} & Pick<PrinterManager, "attend" | "onChange">;
	book: PrinterBook;
	/** See `Platform.mostPrinters`. */
	mostPrinters: number;
	discovery: Pick<PrinterSearch, "scan">;
	cameras: Pick<Cameras, "refusal" | "watch">;
	jobs: Pick<JobHistory, "list" | "clear" | "onChange">;
	wifi: Pick<WifiSetup, "scan" | "join" | "forget" | "onChange">;
	update: Pick<FirmwareUpdate, "onChange">;
	/** The chamber heater, on a device that has one. */
	breath?: Pick<Breath, "state" | "change" | "clearFault" | "attend" | "onChange"> | undefined;
	history?: ChamberHistory | undefined;
	/** The chamber heater on the network, on a device that has none of its own. */
	remoteBreath?: Pick<RemoteBreath, "change" | "onChange"> | undefined;
	/** Looks for such heaters, likewise. */
	heaterFinder?: Pick<HeaterFinder, "scan"> | undefined;
	/** On a device that keeps track of spools. */
	spools?: Pick<Spools, "list" | "act" | "onChange"> | undefined;
	/** Gives the tag that was read last to a slot, on a device that takes tags. */
	filamentTags?: Pick<FilamentTags, "give" | "drop" | "onChange"> | undefined;
	/** For the pictures of cameras, of a screen that can show them. */
	jpeg?: JpegPort | undefined;
	/** Of a screen that can be dimmed. */
	display?: DisplayPort | undefined;
	board: string;
	macAddress: string;
	webPort: number;
}
