// The panel's door to the firmware, over the same parts that the web page has. Made only where there is a screen.

import type {
	CameraViewer,
	DeviceChange,
	Done,
	Outcome,
	PanelCamera,
	PanelClock,
	PanelDevice,
	PanelDisplay,
	PanelJobs,
	PanelSystem,
	PanelWifi,
	WifiNetwork,
} from "../../ui/panel/device";
import { orderFactoryReset, orderRestart } from "../device-orders";
import { cameraRefusalWords } from "../printers/camera-words";
import { ChangeGather } from "./change-gather";
import { panelFacts } from "./panel-facts";
import { panelFiles } from "./panel-files";
import { DeviceHeater } from "./panel-heater";
import type { PanelParts } from "./panel-parts";
import { DevicePreferences } from "./panel-preferences";
import { DevicePrinters } from "./panel-printers";
import { DeviceRemoteHeater } from "./panel-remote-heater";
import { DeviceSpools, isAboutSpools, panelTag } from "./panel-spools";
import { decodePicture } from "./picture-decoder";
import { badField, DONE, refuse, unavailable } from "./refusals";
import { StateView } from "./state-view";

export interface OpenPanelDevice extends PanelDevice {
	/** Nothing is told afterwards. The firmware goes on. May be called any number of times. */
	close(): void;
}

export function openPanelDevice(parts: PanelParts): OpenPanelDevice {
	const { breath, history, remoteBreath, heaterFinder, spools, filamentTags } = parts;
	const { settings, printers, jobs, wifi, update } = parts;
	const view = new StateView(parts.state);
	const changes = new ChangeGather(parts);
	const panelPrinters = new DevicePrinters(parts);
	const preferences = new DevicePreferences(settings);
	const endings = [
		printers.onChange((event) => changes.notePrinters(event)),
		jobs.onChange(() => changes.note("jobs")),
		wifi.onChange(() => changes.note("wifi")),
		update.onChange(() => changes.note("update")),
		settings.onChange((keys) => {
			if (preferences.take(keys)) changes.note("preferences");
			// What they hold of the heater is not in its state.
			if (keys.some((key) => key.startsWith("breath."))) changes.note("heater");
			if (isAboutSpools(keys)) changes.note("spools");
		}),
		...(spools ? [spools.onChange(() => changes.note("spools"))] : []),
		...(filamentTags ? [filamentTags.onChange(() => changes.note("spools"))] : []),
		...(breath ? [breath.onChange(() => changes.note("heater"))] : []),
		...(remoteBreath ? [remoteBreath.onChange(() => changes.note("heater"))] : []),
		() => changes.close(),
		() => panelPrinters.close(),
	];
	return {
		state: () => view.state,
		onChange: (listener: (change: DeviceChange) => void) => changes.onChange(listener),
		// Somebody comes and goes: that counts as having been there.
		touched: () => breath?.attend()(),
		facts: panelFacts(parts.mostPrinters),
		clock: panelClock(parts),
		printers: panelPrinters,
		files: panelFiles(parts),
		camera: panelCamera(parts),
		jobs: panelJobs(parts),
		wifi: panelWifi(parts),
		...(breath && history && { heater: new DeviceHeater({ settings, breath, history }) }),
		...(remoteBreath &&
			heaterFinder && { remoteHeater: new DeviceRemoteHeater({ settings, remoteBreath, heaterFinder }) }),
		...(spools && { spools: new DeviceSpools({ settings, spools }) }),
		...(filamentTags && { filamentTag: panelTag(filamentTags) }),
		preferences,
		display: panelDisplay(parts),
		system: panelSystem(parts),
		close() {
			for (const end of endings.splice(0)) end();
		},
	};
}

/** What a screen throws is the screen's fault, and must not stop what heats. */
function guard<Arguments extends readonly unknown[]>(
	{ log }: PanelParts,
	callback: (...values: Arguments) => void,
): (...values: Arguments) => void {
	return (...values) => {
		try {
			callback(...values);
		} catch (error) {
			log.error(`panel: ${error instanceof Error ? error.message : String(error)}`);
		}
	};
}

function panelClock(parts: PanelParts): PanelClock {
	const { clock, settings } = parts;
	return {
		now: () => clock.now(),
		wallTime: () => clock.wallTime(),
		utcOffsetMinutes: () => settings.get("utcOffsetMinutes"),
		after: (delayMs, callback) => clock.after(delayMs, guard(parts, callback)),
		every: (intervalMs, callback) => clock.every(intervalMs, guard(parts, callback)),
	};
}

function panelCamera(parts: PanelParts): PanelCamera {
	const { cameras, jpeg, clock } = parts;
	return {
		refusal(id) {
			const code = cameras.refusal(id) ?? (jpeg ? undefined : "no_room");
			return code && refuse(code, cameraRefusalWords[code]);
		},
		decode(bytes, room, onEnd) {
			const guarded = guard(parts, onEnd);
			if (jpeg) return decodePicture({ jpeg, clock }, bytes, room, guarded);
			const timer = clock.after(0, () => guarded(undefined));
			return () => timer.cancel();
		},
		watch(id, viewer: CameraViewer) {
			const stop = cameras.watch(id, {
				isReady: () => viewer.isReady(),
				onPicture: guard(parts, (jpeg) => viewer.onPicture(jpeg)),
				onStatus: guard(parts, (status) => viewer.onStatus(status)),
				onGone: guard(parts, () => viewer.onGone()),
			});
			return typeof stop === "string" ? refuse(stop, cameraRefusalWords[stop]) : { ok: true, stop };
		},
	};
}

function panelJobs({ jobs }: PanelParts): PanelJobs {
	return {
		list: () => jobs.list(),
		async clear(): Promise<Done<"not_stored">> {
			try {
				await jobs.clear();
				return DONE;
			} catch {
				return refuse("not_stored", "Storage refuses: nothing was forgotten.");
			}
		},
	};
}

function panelWifi({ wifi }: PanelParts): PanelWifi {
	return {
		async scan(): Promise<Outcome<readonly WifiNetwork[], "unavailable">> {
			try {
				return { ok: true, value: await wifi.scan() };
			} catch (error) {
				return unavailable(error);
			}
		},
		join(network): Done<"bad_field"> {
			try {
				wifi.join(network);
				return DONE;
			} catch (error) {
				return badField(error);
			}
		},
		forget: () => wifi.forget(),
	};
}

function panelDisplay({ display }: PanelParts): PanelDisplay {
	return {
		isDimmable: display !== undefined,
		setBrightness(percent) {
			if (!Number.isNaN(percent)) display?.setBrightness(Math.max(0, Math.min(100, Math.round(percent))));
		},
	};
}

function panelSystem(parts: PanelParts): PanelSystem {
	const { board, macAddress, webPort } = parts;
	return {
		restart: () => orderRestart(parts, "panel"),
		async factoryReset(): Promise<Done<"not_stored">> {
			if (await orderFactoryReset(parts, "panel")) return DONE;
			return refuse("not_stored", "Storage refuses: nothing was reset.");
		},
		about: Object.freeze({ board, macAddress, webPort }),
	};
}
