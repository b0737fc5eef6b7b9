// What a board may be built without. Types only: whatever a board's own `boards/this/parts` imports is in its image.

import type { HeaterFinder, HeaterFinderOptions } from "./breath/remote/heater-finder";
import type { RemoteBreath, RemoteBreathOptions } from "./breath/remote/remote-breath";
import type { Anycubic, AnycubicOptions } from "./printers/anycubic/anycubic";
import type { BambuParts } from "./printers/bambu/bambu-printer";
import type { FtpsJobFilesOptions } from "./printers/bambu/job-file/job-file-reader";
import type { JobHistory, JobHistoryOptions } from "./printers/history/job-history";
import type { JobFiles } from "./printers/job-files";
import type { Settings } from "./settings/settings";
import type { FilamentTags, FilamentTagsOptions } from "./spools/filament-tags";
import type { OpenSpoolsOptions } from "./spools/open-spools";
import type { SpoolTracker } from "./spools/spool-tracker";
import type { CameraFeed, CameraFeedOptions } from "./web/camera/camera-feed";
import type { Route } from "./web/route";

/** A part that is left out is not there for whoever uses the device either, and it says so. */
export interface FirmwareParts {
	/** Commands to printers. Without them printers are only watched. */
	readonly openCommands?: NonNullable<BambuParts["openCommands"]>;
	/** What printers' faults mean, in words. */
	readonly faultText?: NonNullable<BambuParts["faultText"]>;
	/** Remembers what printers have printed. */
	readonly openJobHistory?: (options: JobHistoryOptions) => JobHistory;
	readonly cameras?: CameraParts;
	/** A chamber heater on the network, for a device that has none of its own. */
	readonly remoteHeater?: RemoteHeaterParts;
	readonly spools?: SpoolParts;
	/** Anycubic's printers. */
	readonly openAnycubic?: (options: AnycubicOptions) => Anycubic;
}

export interface CameraParts {
	readonly openCamera: NonNullable<BambuParts["openCamera"]>;
	/** Of the pictures over the network. */
	readonly openFeed: (options: CameraFeedOptions) => CameraFeed;
}

export interface RemoteHeaterParts {
	readonly openRemoteBreath: (options: RemoteBreathOptions) => RemoteBreath;
	readonly openFinder: (options: HeaterFinderOptions) => HeaterFinder;
}

export interface SpoolParts {
	readonly openSpools: (options: OpenSpoolsOptions) => SpoolTracker;
	readonly openFilamentTags: (options: FilamentTagsOptions) => FilamentTags;
	/** Reads them only while a person wants use to be counted. */
	readonly openJobFiles: (options: FtpsJobFilesOptions, settings: Pick<Settings, "get">) => JobFiles;
	readonly openJobFilaments: NonNullable<BambuParts["openJobFilaments"]>;
	readonly routes: readonly Route[];
}
