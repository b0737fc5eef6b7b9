// From a text frame of a client to typed commands: tolerant of everything, with no effect of its own.

import type { BreathMode } from "../breath-state";

/** The wishes of one frame for the heater. Numbers are whole and not yet clamped. */
export interface HeaterWishes {
	mode?: BreathMode;
	on?: boolean;
	target?: number;
	bedThreshold?: number;
	filterThreshold?: number;
	dryingTarget?: number;
	dryingHours?: number;
	dryingPreset?: "pla" | "petg_abs" | "custom";
	dryingRunning?: boolean;
}

/** Of a printer that is to be bound; what is absent stays as it is. */
export interface BindFields {
	name?: string;
	host?: string;
	/** Of a Bambu Lab printer. */
	serial?: string;
	/** Of a Bambu Lab printer. */
	accessCode?: string;
	/** Of Moonraker. */
	port?: number;
}

export type Command =
	| { type: "heater"; wishes: HeaterWishes }
	/** `undefined`: a type that there is not. */
	| { type: "printer_type"; printerType: "bambu" | "klipper" | undefined }
	| { type: "language"; language: "en" | "zh" }
	| { type: "wifi_scan" }
	| { type: "wifi_join"; ssid: string; password: string }
	| { type: "hostname"; hostname: string }
	| { type: "access_point"; on?: boolean; ssid?: string; password?: string; address?: string }
	| { type: "printer_scan" }
	| { type: "klipper_scan"; port: number }
	| { type: "unbind" }
	| { type: "bind"; fields: BindFields }
	| { type: "snapshot" }
	| { type: "factory_reset" }
	| { type: "restart" };

/**
 * - `too_large`: longer than {@link MAX_TEXT_LENGTH}
 * - `too_deep`: nested deeper than {@link MAX_DEPTH}
 * - `not_json`: cut off, or not JSON at all
 * - `not_an_object`: JSON, but no object of roots
 */
export type FrameProblem = "too_large" | "too_deep" | "not_json" | "not_an_object";

export interface FrameReading {
	/** In the order in which they are to be carried out. */
	commands: Command[];
	/** Known fields whose value is of a wrong type; they count as absent. */
	refusedFields: number;
	problem?: FrameProblem;
}

/** The longest frame that any client sends has some 200 characters. */
export const MAX_TEXT_LENGTH = 4 * 1024;
/** Real frames have two levels. A parser that recurses must not be driven out of its stack. */
export const MAX_DEPTH = 8;

/** For a parser that builds only these keys (XS): each foreign name would take memory for good. */
const wantedKeys: string[] = [
	...["settings", "wifi", "sta", "ap", "printer", "get_settings", "query"],
	...["work_on", "work_mode", "set_temp", "target_temp", "temp", "filtertemp", "filter_temp", "hotbedtemp"],
	...[
		"heater_temp",
		"filament_temp",
		"custom_temp",
		"filament_timer",
		"custom_timer",
		"filament_drying_mode",
	],
	...["isrunning", "drying_running", "printer_type", "language", "reset", "factory_reset"],
	...["scan", "ssid", "password", "hostname", "on", "ip", "scan_port", "disconnect", "name", "sn"],
	...["access_code", "port"],
];
Object.freeze(wantedKeys);

type Fields = Readonly<Record<string, unknown>>;

export function readCommands(text: string): FrameReading {
	if (text.length > MAX_TEXT_LENGTH) return refused("too_large");
	if (isTooDeep(text)) return refused("too_deep");
	let frame: unknown;
	try {
		frame = JSON.parse(text, wantedKeys);
	} catch {
		return refused("not_json");
	}
	return isFields(frame) ? new FrameReader(frame).read() : refused("not_an_object");
}

function refused(problem: FrameProblem): FrameReading {
	return { commands: [], refusedFields: 0, problem };
}

/** Counts brackets outside of texts; whether they match is the parser's business. */
function isTooDeep(text: string): boolean {
	let depth = 0;
	let isInText = false;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (isInText) {
			if (code === 0x5c /* \ */) index++;
			else if (code === 0x22) isInText = false;
		} else if (code === 0x22 /* " */) isInText = true;
		else if (code === 0x7b /* { */ || code === 0x5b /* [ */) {
			depth++;
			if (depth > MAX_DEPTH) return true;
		} else if (code === 0x7d || code === 0x5d) depth--;
	}
	return false;
}

class FrameReader {
	private readonly frame: Fields;
	private readonly commands: Command[] = [];
	private refusedFields = 0;

	constructor(frame: Fields) {
		this.frame = frame;
	}

	read(): FrameReading {
		const settings = this.root("settings");
		if (settings) this.readSettings(settings);
		const wifi = this.root("wifi");
		if (wifi) this.readWifi(wifi);
		const sta = this.root("sta");
		const hostname = sta && this.text(sta, "hostname");
		if (hostname !== undefined) this.commands.push({ type: "hostname", hostname });
		const ap = this.root("ap");
		if (ap) this.readAccessPoint(ap);
		const printer = this.root("printer");
		if (printer) this.readPrinter(printer);
		if (this.frame.get_settings !== undefined || this.frame.query !== undefined)
			this.commands.push({ type: "snapshot" });
		// Last of all: nothing comes after them.
		if (settings && this.isSet(settings, "factory_reset")) this.commands.push({ type: "factory_reset" });
		if (settings && this.isSet(settings, "reset")) this.commands.push({ type: "restart" });
		return { commands: this.commands, refusedFields: this.refusedFields };
	}

	private readSettings(settings: Fields): void {
		const wishes = this.heaterWishes(settings);
		if (Object.keys(wishes).length > 0) this.commands.push({ type: "heater", wishes });
		const printerType = this.number(settings, "printer_type");
		if (printerType !== undefined)
			this.commands.push({
				type: "printer_type",
				printerType: printerType === 1 ? "bambu" : printerType === 2 ? "klipper" : undefined,
			});
		const language = this.text(settings, "language");
		if (language === "en" || language === "zh") this.commands.push({ type: "language", language });
		else if (language !== undefined) this.refusedFields++;
	}

	private heaterWishes(settings: Fields): HeaterWishes {
		const wishes: HeaterWishes = {};
		const on = this.flag(settings, "work_on");
		if (on !== undefined) wishes.on = on;
		const running = this.flag(settings, "isrunning", "drying_running");
		if (running !== undefined) wishes.dryingRunning = running;
		this.readMode(settings, wishes);
		// Of names that contradict each other, the one with less heat counts.
		const target = this.lowest(settings, "set_temp", "target_temp", "temp");
		if (target !== undefined) wishes.target = target;
		const filterThreshold = this.number(settings, "filtertemp", "filter_temp");
		if (filterThreshold !== undefined) wishes.filterThreshold = filterThreshold;
		const bedThreshold = this.number(settings, "hotbedtemp", "heater_temp");
		if (bedThreshold !== undefined) wishes.bedThreshold = bedThreshold;
		const dryingTarget = this.lowest(settings, "filament_temp", "custom_temp");
		if (dryingTarget !== undefined) wishes.dryingTarget = dryingTarget;
		const dryingHours = this.lowest(settings, "filament_timer", "custom_timer");
		if (dryingHours !== undefined) wishes.dryingHours = dryingHours;
		const preset = this.number(settings, "filament_drying_mode");
		if (preset === 1) wishes.dryingPreset = "pla";
		else if (preset === 2) wishes.dryingPreset = "petg_abs";
		else if (preset === 3) wishes.dryingPreset = "custom";
		else if (preset !== undefined) this.refusedFields++;
		return wishes;
	}

	private readMode(settings: Fields, wishes: HeaterWishes): void {
		const mode = this.number(settings, "work_mode");
		if (mode === 1) wishes.mode = "auto";
		else if (mode === 2) wishes.mode = "always_on";
		else if (mode === 3) wishes.mode = "drying";
		// Clients that know a mode 0 mean "standby" by it.
		else if (mode === 0) wishes.on = false;
		else if (mode !== undefined) this.refusedFields++;
	}

	private readWifi(wifi: Fields): void {
		if (this.isSet(wifi, "scan")) this.commands.push({ type: "wifi_scan" });
		const ssid = this.text(wifi, "ssid");
		const password = this.text(wifi, "password");
		if (ssid !== undefined) this.commands.push({ type: "wifi_join", ssid, password: password ?? "" });
	}

	private readAccessPoint(ap: Fields): void {
		const on = this.flag(ap, "on");
		const ssid = this.text(ap, "ssid");
		const password = this.text(ap, "password");
		const address = this.text(ap, "ip");
		if ((on ?? ssid ?? password ?? address) === undefined) return;
		this.commands.push({
			type: "access_point",
			...(on !== undefined && { on }),
			...(ssid !== undefined && { ssid }),
			...(password !== undefined && { password }),
			...(address !== undefined && { address }),
		});
	}

	private readPrinter(printer: Fields): void {
		if (this.isSet(printer, "scan")) this.commands.push({ type: "printer_scan" });
		const scanPort = this.number(printer, "scan_port");
		if (scanPort !== undefined) this.commands.push({ type: "klipper_scan", port: scanPort });
		if (this.isSet(printer, "disconnect")) {
			this.commands.push({ type: "unbind" });
			return;
		}
		const fields: BindFields = {};
		const name = this.text(printer, "name");
		if (name !== undefined) fields.name = name;
		const host = this.text(printer, "ip");
		if (host !== undefined) fields.host = host;
		const serial = this.text(printer, "sn");
		if (serial !== undefined) fields.serial = serial;
		const accessCode = this.text(printer, "access_code");
		if (accessCode !== undefined) fields.accessCode = accessCode;
		const port = this.number(printer, "port");
		if (port !== undefined) fields.port = port;
		if (Object.keys(fields).length > 0) this.commands.push({ type: "bind", fields });
	}

	private root(name: string): Fields | undefined {
		const value = this.frame[name];
		if (value === undefined || isFields(value)) return value;
		this.refusedFields++;
		return undefined;
	}

	/** Off as soon as one of them says so. */
	private flag(fields: Fields, ...names: string[]): boolean | undefined {
		let found: boolean | undefined;
		for (const name of names) {
			const value = fields[name];
			if (value === undefined) continue;
			if (value === false || value === 0) found = false;
			else if (value === true || value === 1) found ??= true;
			else this.refusedFields++;
		}
		return found;
	}

	/** Of a field that only says "do it". */
	private isSet(fields: Fields, name: string): boolean {
		return this.flag(fields, name) === true;
	}

	/** The first one that is there. */
	private number(fields: Fields, ...names: string[]): number | undefined {
		return this.numbers(fields, names)[0];
	}

	private lowest(fields: Fields, ...names: string[]): number | undefined {
		const found = this.numbers(fields, names);
		return found.length > 0 ? Math.min(...found) : undefined;
	}

	private numbers(fields: Fields, names: readonly string[]): number[] {
		const found: number[] = [];
		for (const name of names) {
			const value = fields[name];
			if (value === undefined) continue;
			if (typeof value === "number" && Number.isFinite(value)) found.push(Math.round(value));
			else this.refusedFields++;
		}
		return found;
	}

	private text(fields: Fields, name: string): string | undefined {
		const value = fields[name];
		if (value === undefined || typeof value === "string") return value;
		this.refusedFields++;
		return undefined;
	}
}

function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What is left of a command for a connection that may not write: whatever turns heat off, from anybody.
 * `undefined`: nothing.
 */
export function withoutWriting(command: Command): Command | undefined {
	if (command.type === "snapshot") return command;
	if (command.type !== "heater") return undefined;
	const { on, dryingRunning, target } = command.wishes;
	const wishes: HeaterWishes = {};
	if (on === false) wishes.on = false;
	if (dryingRunning === false) wishes.dryingRunning = false;
	if (target !== undefined && target <= 0) wishes.target = 0;
	return Object.keys(wishes).length > 0 ? { type: "heater", wishes } : undefined;
}

/** Whether nothing of the command was left out. */
export function isSameCommand(command: Command, allowed: Command | undefined): boolean {
	if (allowed?.type !== "heater" || command.type !== "heater") return command === allowed;
	return Object.keys(command.wishes).length === Object.keys(allowed.wishes).length;
}
