// A device for pictures: it shows one state for ever, and time stands still. Whoever needs more of it passes it.

import type { DeviceState, PanelDevice, Preferences } from "../../ui/panel/device";
import { PICTURE_FILAMENT } from "./filament-facts";

/** A Friday, 14:32 UTC. */
export const PICTURE_TIME = 1_763_735_520_000;

export interface PictureDeviceOptions {
	readonly state: DeviceState;
	readonly preferences?: Partial<Preferences>;
	/** In place of parts that do nothing. */
	readonly parts?: Partial<PanelDevice>;
}

const done = Object.freeze({ ok: true } as const);
const none = Object.freeze({ ok: false, code: "unavailable", message: "Not in a picture." } as const);
const timer = Object.freeze({ cancel: () => undefined });
const limits = (min: number, max: number) => ({ min, max });
const lengths = { minLength: 0, maxLength: 64 };

export function pictureDevice(options: PictureDeviceOptions): PanelDevice {
	const preferences: Preferences = {
		deviceName: "Culm",
		theme: "dark",
		language: "en",
		brightness: 80,
		sleepMinutes: 10,
		wakeOnPrint: true,
		sounds: true,
		utcOffsetMinutes: 0,
		...options.preferences,
	};
	return {
		state: () => options.state,
		onChange: () => () => undefined,
		touched: () => undefined,
		facts: {
			languages: ["en", "zh", "de"],
			themes: ["dark", "light"],
			mostPrinters: 10,
			brightness: limits(10, 100),
			sleepMinutes: limits(0, 120),
			utcOffsetMinutes: limits(-720, 840),
			texts: {
				host: lengths,
				serial: lengths,
				accessCode: lengths,
				printerName: lengths,
				deviceName: lengths,
				ssid: lengths,
				wifiPassword: lengths,
			},
			check: (_field, value) =>
				value === "" ? { ok: false, code: "missing", message: "It is missing." } : undefined,
			filament: PICTURE_FILAMENT,
			motion: { jogSteps: [1, 10], mostExtrusion: 50, extrudeFrom: 170 },
			heater: {
				target: limits(0, 60),
				bedThreshold: limits(40, 120),
				filterThreshold: limits(0, 120),
				dryingTarget: limits(40, 60),
				dryingHours: limits(1, 99),
				dryingPresets: [
					{ name: "pla", target: 55, hours: 12 },
					{ name: "petg_abs", target: 60, hours: 12 },
				],
			},
		},
		clock: {
			now: () => 0,
			wallTime: () => PICTURE_TIME,
			utcOffsetMinutes: () => preferences.utcOffsetMinutes,
			after: () => timer,
			every: () => timer,
		},
		printers: {
			attend: () => () => undefined,
			command: async () => done,
			refusal: () => undefined,
			scan: async () => none,
			add: async () => ({ ok: false, code: "not_found", message: none.message }),
			entry: () => undefined,
			edit: (id) => ({ ok: true, value: { id } }),
			forget: () => done,
			reorder: () => done,
			trust: () => done,
		},
		files: { list: async () => ({ ok: true, value: [] }) },
		camera: {
			refusal: () => undefined,
			watch: () => ({ ok: true, stop: () => undefined }),
			decode: () => () => undefined,
		},
		jobs: { list: () => [], clear: async () => done },
		wifi: { scan: async () => none, join: () => done, forget: () => done },
		preferences: { get: () => preferences, set: () => done },
		display: { isDimmable: true, setBrightness: () => undefined },
		system: {
			restart: () => undefined,
			factoryReset: async () => done,
			about: { board: "simulated", macAddress: "02000000000a", webPort: 80 },
		},
		...options.parts,
	};
}
