// The firmware's parts, of boards with room for all of them, and of the simulators.

import { HeaterFinder } from "../../breath/remote/heater-finder";
import { RemoteBreath } from "../../breath/remote/remote-breath";
import type { FirmwareParts } from "../../firmware-parts";
import { Anycubic } from "../../printers/anycubic/anycubic";
import { CameraStream } from "../../printers/bambu/camera/camera-stream";
import { CommandGate } from "../../printers/bambu/commands/gate";
import { faultText } from "../../printers/bambu/fault-texts/fault-texts";
import { JobFilaments } from "../../printers/bambu/job-file/job-filament";
import { FtpsJobFiles } from "../../printers/bambu/job-file/job-file-reader";
import { JobHistory } from "../../printers/history/job-history";
import { FilamentTags } from "../../spools/filament-tags";
import { openSpools } from "../../spools/open-spools";
import { WantedJobFiles } from "../../spools/wanted-job-files";
import { CameraFeed } from "../../web/camera/camera-feed";
import { spoolRoutes } from "../../web/spools/routes";

export const parts: FirmwareParts = Object.freeze({
	openCommands: (options) => new CommandGate(options),
	faultText,
	openJobHistory: (options) => new JobHistory(options),
	cameras: Object.freeze({
		openCamera: (options) => new CameraStream(options),
		openFeed: (options) => new CameraFeed(options),
	} satisfies FirmwareParts["cameras"]),
	remoteHeater: Object.freeze({
		openRemoteBreath: (options) => new RemoteBreath(options),
		openFinder: (options) => new HeaterFinder(options),
	} satisfies FirmwareParts["remoteHeater"]),
	spools: Object.freeze({
		openSpools,
		openFilamentTags: (options) => new FilamentTags(options),
		openJobFiles: (options, settings) => new WantedJobFiles(settings, new FtpsJobFiles(options)),
		openJobFilaments: (options) => new JobFilaments(options),
		routes: spoolRoutes,
	} satisfies FirmwareParts["spools"]),
	openAnycubic: (options) => new Anycubic(options),
} satisfies FirmwareParts);
