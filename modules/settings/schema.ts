// Every stored key of the firmware, in one place. To add a setting, add it here.

import { STORAGE_VALUE_BYTES } from "../platform/storage";
import { parseSlotMap } from "../spools/slot-map";
import { isSpoolmanUrl, SPOOLMAN_URL_FORM } from "../spools/spoolman/spoolman-url";
import { isDeviceAddress, isNetworkName, isPasswordLength } from "./network-limits";
import { choice, flag, integer, type Setting, text, type ValueOf } from "./setting";

/** Raise it, and add a step to `migrations.ts`, when a stored value changes its meaning or its key. */
export const SETTINGS_VERSION = 1;

/** Printers that can be set up: slots 0 to 9. */
export const PRINTER_SLOTS = 10;

// Inside of functions: Moddable 8.2.3 destroys memory when it uses a regular expression that was made while the image
// was built.
const isHost = (value: string): boolean =>
	/^$|^[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?$|^[0-9A-Fa-f:]+$/.test(value);
const isHostname = (value: string): boolean => /^$|^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?$/.test(value);
const isSerial = (value: string): boolean => /^$|^[0-9A-Za-z]{4,32}$/.test(value);
const isIPv4 = (value: string): boolean =>
	/^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(value);
/** A WPA2 password, or none. */
const isWifiPassword = (value: string): boolean =>
	value.length === 0 || (value.length >= 8 && isPasswordLength(value));
/** The device's own network is the last way to it: no name or address that a radio refuses may be stored. */
const isSsid = (value: string): boolean => value === "" || isNetworkName(value);
const isDeviceIPv4 = (value: string): boolean => isIPv4(value) && isDeviceAddress(value);
const isSha256 = (value: string): boolean => /^$|^[0-9a-f]{64}$/.test(value);
const isModelId = (value: string): boolean => /^\d*$/.test(value);
const isSlotOrder = (value: string): boolean => /^\d*$/.test(value) && new Set(value).size === value.length;

const deviceSettings = {
	/** What people call the device. */
	deviceName: text({ namespace: "ui_info", key: "name", default: "Culm", minLength: 1, maxLength: 32 }),
	/** Without ".local"; empty: the name that fits the device, see `firmware.ts`. */
	hostname: text({
		namespace: "wifi_info",
		key: "hostname",
		maxLength: 32,
		isWellFormed: isHostname,
		form: "letters, digits and inner hyphens",
	}),
	language: choice({ namespace: "ui_info", key: "language", options: ["en", "zh", "de"], default: "en" }),
	/** What people's clocks show, in minutes ahead of UTC. */
	utcOffsetMinutes: integer({ namespace: "ui_info", key: "utc_offset", default: 0, min: -720, max: 840 }),
	/** Salt and digest of the password that guards writes; empty: none is asked for. See `web/device-password.ts`. */
	devicePassword: text({ namespace: "ui_info", key: "password", maxLength: 128, secret: true }),
	/** Closes `/ws` to writes without that password. */
	webSocketLocked: flag({ namespace: "ui_info", key: "ws_locked", default: false }),
	/** Printer slots in the order in which they are shown, such as "201"; those that are not named follow by number. */
	printerOrder: text({
		namespace: "bambu_mqtt_info",
		key: "order",
		maxLength: PRINTER_SLOTS,
		isWellFormed: isSlotOrder,
		form: "the digits of printer slots, each of them once at most",
	}),
} satisfies Record<string, Setting>;

/** Of the touch panel. Its language is the device's. */
const panelSettings = {
	"panel.theme": choice({ namespace: "ui_info", key: "theme", options: ["dark", "light"], default: "dark" }),
	/** Percent. Never so dark that nobody finds the way back. */
	"panel.brightness": integer({ namespace: "ui_info", key: "brightness", default: 80, min: 5, max: 100 }),
	/** Without a touch until the idle screen; 0 is never. */
	"panel.sleepMinutes": integer({
		namespace: "ui_info",
		key: "sleep_minutes",
		default: 10,
		min: 0,
		max: 120,
	}),
	/** Also the beginning or end of a print and a new fault wake the panel, not a touch alone. */
	"panel.wakeOnPrint": flag({ namespace: "ui_info", key: "wake_on_print", default: true }),
	"panel.sounds": flag({ namespace: "ui_info", key: "sounds", default: true }),
} satisfies Record<string, Setting>;

const wifiSettings = {
	"wifi.ssid": text({
		namespace: "wifi_info",
		key: "ssid",
		maxLength: 32,
		isWellFormed: isSsid,
		form: "at most 32 bytes long (a letter with an accent has two, a Chinese one three)",
	}),
	"wifi.password": text({
		namespace: "wifi_info",
		key: "password",
		maxLength: 63,
		secret: true,
		isWellFormed: isWifiPassword,
		form: "8 to 63 bytes long (a letter with an accent has two), or empty",
	}),
	/** The device's own network also while it is in another one; without this only when it is in none. */
	"wifi.accessPoint": flag({ namespace: "wifi_info", key: "ap_on", default: false }),
	/** Empty: "Panda_Breath_" or "Culm_" and the device's MAC address. */
	"wifi.accessPointSsid": text({
		namespace: "wifi_info",
		key: "ap_ssid",
		maxLength: 32,
		isWellFormed: isSsid,
		form: "at most 32 bytes long (a letter with an accent has two, a Chinese one three)",
	}),
	/** The default is that of the stock Panda Breath, which its manual names. */
	"wifi.accessPointPassword": text({
		namespace: "wifi_info",
		key: "ap_password",
		default: "987654321",
		maxLength: 63,
		secret: true,
		isWellFormed: isWifiPassword,
		form: "8 to 63 bytes long (a letter with an accent has two), or empty",
	}),
	"wifi.accessPointAddress": text({
		namespace: "wifi_info",
		key: "ap_ip",
		default: "192.168.254.1",
		maxLength: 15,
		isWellFormed: isDeviceIPv4,
		form: "an IPv4 address that a device can have",
	}),
} satisfies Record<string, Setting>;

/** Of the chamber heater. What runs is not among them: after a start, nothing does. */
const breathSettings = {
	"breath.mode": choice({
		namespace: "panda_breath",
		key: "work_mode",
		options: ["auto", "always_on", "drying"],
		default: "auto",
	}),
	/** °C; 0 is no heat. */
	"breath.target": integer({ namespace: "panda_breath", key: "set_temp", default: 45, min: 0, max: 60 }),
	/** °C of the bed from which the fan filters; 0 is never. */
	"breath.filterThreshold": integer({
		namespace: "panda_breath",
		key: "filtertemp",
		default: 30,
		min: 0,
		max: 120,
	}),
	/** °C of the bed from which auto heats. */
	"breath.bedThreshold": integer({
		namespace: "panda_breath",
		key: "hotbedtemp",
		default: 80,
		min: 40,
		max: 120,
	}),
	/** °C. */
	"breath.dryingTarget": integer({
		namespace: "panda_breath",
		key: "custom_temp",
		default: 60,
		min: 40,
		max: 60,
	}),
	"breath.dryingHours": integer({
		namespace: "panda_breath",
		key: "custom_timer",
		default: 12,
		min: 1,
		max: 99,
	}),
	"breath.dryingPreset": choice({
		namespace: "panda_breath",
		key: "drying_preset",
		options: ["pla", "petg_abs", "custom"],
		default: "custom",
	}),
	/** What auto goes by: the bed's temperature, or the filament of the running print. */
	"breath.autoBy": choice({
		namespace: "panda_breath",
		key: "auto_by",
		options: ["bed", "filament"],
		default: "bed",
	}),
	/** The table for `autoBy` filament: `PLA=0,PETG=40`, °C, longest matching beginning wins. */
	"breath.filamentTargets": text({
		namespace: "panda_breath",
		key: "filaments",
		default: "PLA=0,TPU=0,PETG=40,ABS=55,ASA=55,PC=60",
		maxLength: 512,
		isWellFormed: isFilamentTable,
		form: 'pairs such as "PETG=40,ABS=55", from 0 to 60 °C',
	}),
	/** Tenths of a kelvin that are added to what the sensor measures. */
	"breath.chamberOffsetTenths": integer({
		namespace: "panda_breath",
		key: "chamber_offset",
		default: 0,
		min: -50,
		max: 50,
	}),
	"breath.elementOffsetTenths": integer({
		namespace: "panda_breath",
		key: "ptc_offset",
		default: 0,
		min: -50,
		max: 50,
	}),
	/** With no open connection and no printer for this long, heat goes off. More than 120 counts for drying only. */
	"breath.deadmanMinutes": integer({
		namespace: "panda_breath",
		key: "deadman",
		default: 10,
		min: 1,
		max: 5940,
	}),
	/** °C below which both sensors have to be before the fan stops after heating. */
	"breath.fanReleaseCelsius": integer({
		namespace: "panda_breath",
		key: "fan_release",
		default: 40,
		min: 30,
		max: 65,
	}),
	/** The printer slot that auto follows. */
	"breath.printerSlot": integer({
		namespace: "panda_breath",
		key: "printer_slot",
		default: 0,
		min: 0,
		max: PRINTER_SLOTS - 1,
	}),
	"breath.printerType": choice({
		namespace: "panda_breath",
		key: "printer_type",
		options: ["bambu", "klipper"],
		default: "bambu",
	}),
	"breath.klipperName": text({ namespace: "panda_breath", key: "klipper_name", maxLength: 32 }),
	"breath.klipperHost": text({
		namespace: "panda_breath",
		key: "klipper_host",
		maxLength: 253,
		isWellFormed: isHost,
		form: "an IP address or a host name",
	}),
	"breath.klipperPort": integer({
		namespace: "panda_breath",
		key: "klipper_port",
		default: 80,
		min: 1,
		max: 65535,
	}),
	/** The chamber heater on the network, for a device that has none of its own; empty: none. */
	"breath.remoteHost": text({
		namespace: "panda_breath",
		key: "remote_host",
		maxLength: 253,
		isWellFormed: isHost,
		form: "an IP address or a host name",
	}),
	"breath.remotePort": integer({
		namespace: "panda_breath",
		key: "remote_port",
		default: 80,
		min: 1,
		max: 65535,
	}),
} satisfies Record<string, Setting>;

/** Of Spoolman, and of how what is used is counted there. */
const spoolSettings = {
	/** As people paste it; empty: none. */
	"spoolman.url": text({
		namespace: "spools",
		key: "url",
		maxLength: 255,
		isWellFormed: isSpoolmanUrl,
		form: SPOOLMAN_URL_FORM,
	}),
	/** For a Spoolman, or what stands before it, that asks for one. */
	"spoolman.apiKey": text({ namespace: "spools", key: "api_key", maxLength: 256, secret: true }),
	/** The extra field of spools that holds the number of their tags. */
	"spoolman.tagField": text({
		namespace: "spools",
		key: "tag_field",
		default: "tag",
		minLength: 1,
		maxLength: 64,
		isWellFormed: isFieldKey,
		form: "1 to 64 lower-case letters, digits and underscores",
	}),
	/** What counts where there is both: what the job takes by its slicer, or what the printer measures. */
	"spools.source": choice({ namespace: "spools", key: "source", options: ["job", "remain"], default: "job" }),
	/** Tenths of a percent of a full spool; what changed less waits for the end of the job. */
	"spools.thresholdTenths": integer({
		namespace: "spools",
		key: "threshold",
		default: 5,
		min: 1,
		max: 100,
	}),
	/** From one write of a spool to the next. */
	"spools.intervalSeconds": integer({
		namespace: "spools",
		key: "interval",
		default: 120,
		min: 10,
		max: 3600,
	}),
	/** g below which a spool is low; 0 is never. */
	"spools.lowGrams": integer({ namespace: "spools", key: "low_grams", default: 50, min: 0, max: 1000 }),
	/** What Spoolman is told of where a spool is, such as "{printer} {slot}"; empty: nothing. */
	"spools.location": text({ namespace: "spools", key: "location", maxLength: 64 }),
} satisfies Record<string, Setting>;

/** Of the broker that Anycubic's Kobra 2 printers use; see `printers/anycubic/broker/`. */
const anycubicSettings = {
	/** Empty: none. */
	"anycubic.brokerHost": text({
		namespace: "anycubic",
		key: "host",
		maxLength: 253,
		isWellFormed: isHost,
		form: "an IP address or a host name",
	}),
	"anycubic.brokerPort": integer({ namespace: "anycubic", key: "port", default: 1883, min: 1, max: 65535 }),
	"anycubic.brokerSecurity": choice({
		namespace: "anycubic",
		key: "security",
		options: ["plain", "tls"],
		default: "plain",
	}),
	"anycubic.brokerUser": text({ namespace: "anycubic", key: "user", maxLength: 128 }),
	"anycubic.brokerPassword": text({ namespace: "anycubic", key: "password", maxLength: 256, secret: true }),
	/** PEM: whom the broker's certificate may be issued by. */
	"anycubic.brokerCa": pem({ key: "ca" }),
	/** SHA-256 of a certificate of the broker that a person has confirmed; empty: none. */
	"anycubic.brokerPin": text({
		namespace: "anycubic",
		key: "pin",
		maxLength: 64,
		isWellFormed: isSha256,
		form: "64 hexadecimal digits in lower case",
	}),
	/** PEM, for a broker that asks for one. */
	"anycubic.clientCertificate": pem({ key: "cert" }),
	"anycubic.clientKey": pem({ key: "key", secret: true }),
} satisfies Record<string, Setting>;

function pem(place: { key: string; secret?: boolean }) {
	const block = { namespace: "anycubic", maxLength: STORAGE_VALUE_BYTES, isBlock: true, ...place };
	if (place.secret) return text(block);
	// Tools write certificate and key into one file; here everybody could read it.
	return text({
		...block,
		isWellFormed: (value) => !value.includes("PRIVATE KEY"),
		form: 'of certificates alone: a private key belongs into "anycubic.clientKey"',
	});
}

function isFieldKey(value: string): boolean {
	return /^[a-z0-9_]+$/.test(value);
}

function isFilamentTable(value: string): boolean {
	return /^$|^[A-Z0-9+-]{1,12}=([0-9]|[1-5][0-9]|60)(,[A-Z0-9+-]{1,12}=([0-9]|[1-5][0-9]|60))*$/.test(value);
}

const singleSettings = {
	...deviceSettings,
	...panelSettings,
	...wifiSettings,
	...breathSettings,
	...spoolSettings,
	...anycubicSettings,
};

/** One set of these for each printer slot, whose number ends the key; see `printers/printer-slots.ts` for which are in use. */
function printerSettings() {
	const namespace = "bambu_mqtt_info";
	return {
		/** Who made it. */
		vendor: choice({ namespace, key: "vendor", options: ["bambu", "anycubic"], default: "bambu" }),
		/** Of an Anycubic printer: by its own LAN mode, or by the broker that it is a client of. */
		way: choice({ namespace, key: "way", options: ["lan", "broker"], default: "lan" }),
		/** The number of an Anycubic printer's model, as its topics have it; empty: not known yet. */
		modelId: text({
			namespace,
			key: "model",
			maxLength: 6,
			isWellFormed: isModelId,
			form: "up to 6 digits",
		}),
		/** What people call the printer; empty: made from model and serial. */
		name: text({ namespace, key: "name", maxLength: 32 }),
		host: text({
			namespace,
			key: "host",
			maxLength: 253,
			isWellFormed: isHost,
			form: "an IP address or a host name",
		}),
		port: integer({ namespace, key: "port", default: 8883, min: 1, max: 65535 }),
		/** Of an Anycubic printer the id of its device. */
		serial: text({
			namespace,
			key: "serial",
			maxLength: 32,
			isWellFormed: isSerial,
			form: "4 to 32 letters and digits",
		}),
		/** "LAN access code" on the printer's screen. */
		accessCode: text({ namespace, key: "code", maxLength: 32, secret: true }),
		/** SHA-256 of a certificate that a person has confirmed; empty: none. */
		pinnedSha256: text({
			namespace,
			key: "pin",
			maxLength: 64,
			isWellFormed: isSha256,
			form: "64 hexadecimal digits in lower case",
		}),
		/** Before others it gets one of the connections that stay, where there are fewer of these than printers. */
		live: flag({ namespace, key: "live", default: false }),
		/** Which of Spoolman's spools are in which slots, such as "0:12,3:7": of those without a tag. */
		spools: text({
			namespace,
			key: "spools",
			maxLength: 512,
			isWellFormed: isSlotMap,
			form: 'pairs of slot and spool such as "0:12,3:7", each of them once',
		}),
	} satisfies Record<string, Setting>;
}

function isSlotMap(value: string): boolean {
	return parseSlotMap(value).ok;
}

type SingleSettings = typeof singleSettings;
type PrinterSettings = ReturnType<typeof printerSettings>;

export type PrinterSettingKey = `printer${number}.${keyof PrinterSettings & string}`;
export type SettingKey = keyof SingleSettings | PrinterSettingKey;

export type SettingValue<K extends SettingKey> = K extends keyof SingleSettings
	? ValueOf<SingleSettings[K]>
	: K extends `printer${number}.${infer Name extends keyof PrinterSettings & string}`
		? ValueOf<PrinterSettings[Name]>
		: never;

export const settingsSchema: ReadonlyMap<string, Setting> = buildSchema();

function buildSchema(): Map<string, Setting> {
	const schema = new Map<string, Setting>(Object.entries(singleSettings));
	const ofPrinters = Object.entries(printerSettings());
	for (let slot = 0; slot < PRINTER_SLOTS; slot++)
		for (const [name, setting] of ofPrinters) schema.set(`printer${slot}.${name}`, inSlot(setting, slot));
	return schema;
}

/** With a key of its own. The rest is shared: whole copies would take 9 KB of the image. */
function inSlot(setting: Setting, slot: number): Setting {
	return Object.create(setting, { key: { value: `${setting.key}${slot}`, enumerable: true } });
}
