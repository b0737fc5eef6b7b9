// Every stored key of the firmware, in one place. To add a setting, add it here.

import { integer, type Setting, text, type ValueOf } from "./setting";

/** Raise it, and add a step to `migrations.ts`, when a stored value changes its meaning or its key. */
export const SETTINGS_VERSION = 1;

/** Printers that can be set up: slots 0 to 9. */
export const PRINTER_SLOTS = 10;

// Inside of functions: Moddable 8.2.3 destroys memory when it uses a regular expression that was made while the image
// was built.
const isHost = (value: string): boolean =>
	/^$|^[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?$|^[0-9A-Fa-f:]+$/.test(value);
const isHostname = (value: string): boolean => /^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?$/.test(value);
const isSerial = (value: string): boolean => /^$|^[0-9A-Za-z]{4,24}$/.test(value);
const isSha256 = (value: string): boolean => /^$|^[0-9a-f]{64}$/.test(value);

const deviceSettings = {
	/** What people call the device. */
	deviceName: text({ namespace: "ui_info", key: "name", default: "Culm", minLength: 1, maxLength: 32 }),
	/** Without ".local". */
	hostname: text({
		namespace: "wifi_info",
		key: "hostname",
		default: "culm",
		minLength: 1,
		maxLength: 32,
		isWellFormed: isHostname,
		form: "letters, digits and inner hyphens",
	}),
} satisfies Record<string, Setting>;

/** One set of these for each printer slot; a slot is in use when host and serial are set. */
function printerSettings(slot: number) {
	const namespace = "bambu_mqtt_info";
	return {
		/** What people call the printer; empty: made from model and serial. */
		name: text({ namespace, key: `name${slot}`, maxLength: 32 }),
		host: text({
			namespace,
			key: `host${slot}`,
			maxLength: 253,
			isWellFormed: isHost,
			form: "an IP address or a host name",
		}),
		port: integer({ namespace, key: `port${slot}`, default: 8883, min: 1, max: 65535 }),
		serial: text({
			namespace,
			key: `serial${slot}`,
			maxLength: 24,
			isWellFormed: isSerial,
			form: "4 to 24 letters and digits",
		}),
		/** "LAN access code" on the printer's screen. */
		accessCode: text({ namespace, key: `code${slot}`, maxLength: 32, secret: true }),
		/** SHA-256 of a certificate that a person has confirmed; empty: none. */
		pinnedSha256: text({
			namespace,
			key: `pin${slot}`,
			maxLength: 64,
			isWellFormed: isSha256,
			form: "64 hexadecimal digits in lower case",
		}),
	} satisfies Record<string, Setting>;
}

type DeviceSettings = typeof deviceSettings;
type PrinterSettings = ReturnType<typeof printerSettings>;

export type PrinterSettingKey = `printer${number}.${keyof PrinterSettings & string}`;
export type SettingKey = keyof DeviceSettings | PrinterSettingKey;

export type SettingValue<K extends SettingKey> = K extends keyof DeviceSettings
	? ValueOf<DeviceSettings[K]>
	: K extends `printer${number}.${infer Name extends keyof PrinterSettings & string}`
		? ValueOf<PrinterSettings[Name]>
		: never;

export const settingsSchema: ReadonlyMap<string, Setting> = buildSchema();

function buildSchema(): Map<string, Setting> {
	const schema = new Map<string, Setting>(Object.entries(deviceSettings));
	for (let slot = 0; slot < PRINTER_SLOTS; slot++)
		for (const [name, setting] of Object.entries(printerSettings(slot)))
			schema.set(`printer${slot}.${name}`, setting);
	return schema;
}
