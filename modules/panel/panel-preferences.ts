// What people have chosen for the panel: a part of the settings, under shorter names.

import type { Done, PanelPreferences, Preferences } from "../../ui/panel/device";
import type { SettingKey } from "../settings/schema";
import type { Settings } from "../settings/settings";
import { badField, DONE, refuse } from "./refusals";

/** The settings' names of them. */
export const PREFERENCE_KEYS = Object.freeze({
	deviceName: "deviceName",
	theme: "panel.theme",
	language: "language",
	brightness: "panel.brightness",
	sleepMinutes: "panel.sleepMinutes",
	wakeOnPrint: "panel.wakeOnPrint",
	sounds: "panel.sounds",
	utcOffsetMinutes: "utcOffsetMinutes",
} as const satisfies Record<keyof Preferences, SettingKey>);

export class DevicePreferences implements PanelPreferences {
	private readonly settings: Settings;
	private shown: Preferences | undefined;

	constructor(settings: Settings) {
		this.settings = settings;
	}

	get(): Preferences {
		this.shown ??= this.read();
		return this.shown;
	}

	set(changes: Partial<Preferences>): Done<"bad_field"> {
		const patch: Record<string, unknown> = {};
		for (const [name, value] of Object.entries(changes)) {
			const key = Object.hasOwn(PREFERENCE_KEYS, name)
				? PREFERENCE_KEYS[name as keyof Preferences]
				: undefined;
			if (key === undefined) return refuse("bad_field", `There is no preference "${name}".`);
			if (value !== undefined) patch[key] = value;
		}
		try {
			this.settings.patch(patch);
			return DONE;
		} catch (error) {
			return badField(error);
		}
	}

	/** Settings of these keys have changed; whether preferences are among them. */
	take(keys: readonly string[]): boolean {
		const isAbout = Object.values(PREFERENCE_KEYS).some((key) => keys.includes(key));
		if (isAbout) this.shown = undefined;
		return isAbout;
	}

	private read(): Preferences {
		const settings = this.settings;
		return Object.freeze({
			deviceName: settings.get("deviceName"),
			theme: settings.get("panel.theme"),
			language: settings.get("language"),
			brightness: settings.get("panel.brightness"),
			sleepMinutes: settings.get("panel.sleepMinutes"),
			wakeOnPrint: settings.get("panel.wakeOnPrint"),
			sounds: settings.get("panel.sounds"),
			utcOffsetMinutes: settings.get("utcOffsetMinutes"),
		});
	}
}
