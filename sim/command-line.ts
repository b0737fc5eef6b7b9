// The simulator's command line: what may be given, what it means, what is wrong with it.

import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { parseSpoolmanUrl } from "../modules/spools/spoolman/spoolman-url";
import { parseBrokerUrl } from "./broker-url";

export interface SimulatorOptions {
	/** The device's port 80; the workbench is on the next one. */
	port: number;
	/** The address both are served on. */
	address: string;
	/** A real printer instead of the virtual one. */
	printer?: { host: string; port: number; serial: string; accessCode: string; pinnedSha256?: string };
	/** A file with certificates that printers may chain to, beside Bambu Lab's. */
	caFile?: string;
	/** Of the virtual printer. */
	model?: string;
	/** A capture that the virtual printer plays. */
	replayFile?: string;
	/** A real Spoolman instead of the virtual one: its address, as given. */
	spoolman?: string;
	/** Virtual Anycubic printers beside the virtual one of Bambu Lab. */
	withAnycubic?: boolean;
	/** Somebody's broker, whose Anycubic printers are set up: `mqtt[s]://[USER:PASS@]HOST[:PORT]`. */
	anycubicBroker?: string;
	/** How fast the virtual world's time runs. */
	speed: number;
	storage: string;
	/** No virtual parts and no workbench: the firmware alone. */
	headless: boolean;
	/** The screen of the simulated board, on the workbench. */
	panel: PanelSize;
}

/** 800 × 480 pixels, 320 × 240, or no screen at all. */
export type PanelSize = "large" | "small" | "none";

export type CommandLine =
	| { kind: "run"; options: SimulatorOptions }
	| { kind: "help" }
	| { kind: "bad"; message: string };

const PRINTER_PORT = 8883;
const MAX_SPEED = 1000;

const flags = {
	port: { type: "string" },
	address: { type: "string" },
	printer: { type: "string" },
	serial: { type: "string" },
	"access-code": { type: "string" },
	pin: { type: "string" },
	ca: { type: "string" },
	model: { type: "string" },
	replay: { type: "string" },
	speed: { type: "string" },
	storage: { type: "string" },
	headless: { type: "boolean" },
	panel: { type: "string" },
	help: { type: "boolean" },
	"anycubic-broker": { type: "string" },
	"with-anycubic": { type: "boolean" },
	spoolman: { type: "string" },
} as const;

export const helpText = `Culm's simulator: the firmware on this computer, with a virtual chamber, a virtual Bambu Lab printer and a virtual
Spoolman.

  npm start -- [options]

The device
  --port N               port of the device's page (default 8080); the workbench is on N + 1
  --address A            IP address both are served on (default 127.0.0.1; 0.0.0.0 for the whole network)
  --storage DIR          where settings and the simulator's certificates are kept (default .culm)
  --panel SIZE           its touch panel, on the workbench: large (800 × 480, default), small (320 × 240) or none
  --headless             the firmware alone: no virtual printer, heater or Spoolman, no workbench, no panel

A real printer instead of the virtual one
  --printer HOST[:PORT]  its address (port ${PRINTER_PORT} unless given); needs the next two
  --serial S             its serial number
  --access-code C        its LAN access code; kept in the storage folder
  --pin SHA256           trust this one certificate of it, whoever issued it; the device page shows the number
  --ca FILE              trust these certificates too (PEM or DER)
Beside a real printer there is no virtual Spoolman.

A real Spoolman instead of the virtual one
  --spoolman URL         its address, such as http://192.168.1.5:7912; kept in the storage folder

The virtual printer
  --model M              which model it is (default P1S)
  --replay FILE          it plays a recording (.jsonl) or shows a capture (.json) instead of printing by itself
  --speed N              its time runs N times as fast, and the heater's (default 1, at most ${MAX_SPEED})

Anycubic printers
  --with-anycubic        two virtual ones beside the virtual Bambu Lab printer: a Kobra 2 at a broker, a Kobra 3 in LAN mode
  --anycubic-broker URL  mqtt[s]://[USER:PASS@]HOST[:PORT], kept in the storage folder: the Kobra 2 printers that are heard
                         there are set up (and with --with-anycubic the virtual one joins it); --ca says whom to trust

  --help                 this text
`;

/** Never throws: what is wrong comes back as `bad`, in words for the person who typed it. */
export function parseCommandLine(args: readonly string[]): CommandLine {
	let values: ReturnType<typeof parse>;
	try {
		values = parse(args);
	} catch (error) {
		return bad(error instanceof Error ? error.message : String(error));
	}
	if (values.help) return { kind: "help" };
	const port = wholeNumber(values.port ?? "8080", 1, 65534);
	if (port === undefined)
		return bad("--port has to be a whole number from 1 to 65534 (the workbench needs the next one).");
	const speed = Number(values.speed ?? "1");
	if (!(speed > 0 && speed <= MAX_SPEED))
		return bad(`--speed has to be a number above 0, up to ${MAX_SPEED}.`);
	const headless = values.headless ?? false;
	const panel = values.panel ?? (headless ? "none" : "large");
	if (!isPanelSize(panel)) return bad("--panel has to be large, small or none.");
	if (headless && panel !== "none")
		return bad("--panel is for the workbench, and --headless starts no workbench.");
	const address = values.address ?? "127.0.0.1";
	if (isIP(address) === 0)
		return bad("--address has to be an IP address of this computer, such as 127.0.0.1 or 0.0.0.0.");

	const { spoolman } = values;
	const place = spoolman === undefined ? undefined : parseSpoolmanUrl(spoolman);
	if (place && !place.ok) return bad(`--spoolman: ${place.message}`);

	const broker = values["anycubic-broker"];
	if (broker !== undefined && !parseBrokerUrl(broker))
		return bad(
			"--anycubic-broker has to be mqtt://HOST[:PORT] or mqtts://HOST[:PORT], such as mqtt://192.168.1.5:1883.",
		);

	const options: SimulatorOptions = {
		port,
		address,
		speed,
		storage: values.storage ?? ".culm",
		headless,
		panel,
		...(spoolman !== undefined && { spoolman }),
		...(values["with-anycubic"] && { withAnycubic: true }),
		...(broker !== undefined && { anycubicBroker: broker }),
		...(values.ca !== undefined && { caFile: values.ca }),
		...(values.model !== undefined && { model: values.model }),
		...(values.replay !== undefined && { replayFile: values.replay }),
	};

	if (values.printer === undefined) {
		const orphan = (["serial", "access-code", "pin"] as const).find((name) => values[name] !== undefined);
		if (orphan) return bad(`--${orphan} belongs to a real printer: give its address with --printer.`);
	} else {
		const printer = parsePrinter(values.printer, values.serial, values["access-code"]);
		if (typeof printer === "string") return bad(printer);
		const pin = values.pin?.replaceAll(":", "").toLowerCase();
		if (pin !== undefined && !/^[0-9a-f]{64}$/.test(pin))
			return bad("--pin has to be a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.");
		options.printer = { ...printer, ...(pin !== undefined && { pinnedSha256: pin }) };
	}

	if (headless || values.printer !== undefined) {
		const because = headless ? "--headless starts no" : "--printer takes the place of the";
		for (const name of ["model", "replay", "speed"] as const)
			if (values[name] !== undefined)
				return bad(`--${name} is for the virtual printer, and ${because} virtual printer.`);
		if (values["with-anycubic"])
			return bad(`--with-anycubic is for the virtual world, and ${because} virtual printer.`);
	}
	return { kind: "run", options };
}

function parse(args: readonly string[]) {
	return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values;
}

function parsePrinter(
	place: string,
	serial: string | undefined,
	accessCode: string | undefined,
): (SimulatorOptions["printer"] & object) | string {
	const parts = /^(?:\[([0-9A-Fa-f:]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(place);
	const host = parts?.[1] ?? parts?.[2];
	const port = wholeNumber(parts?.[3] ?? String(PRINTER_PORT), 1, 65535);
	if (!host || port === undefined)
		return "--printer has to be HOST or HOST:PORT, such as 192.168.1.20 or 192.168.1.20:8883.";
	if (!serial)
		return "--printer needs --serial: the printer shows its serial number among its device information.";
	if (!accessCode) return "--printer needs --access-code: the printer shows it with its network settings.";
	return { host, port, serial, accessCode };
}

function isPanelSize(text: string): text is PanelSize {
	return text === "large" || text === "small" || text === "none";
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
	const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
	return value >= min && value <= max ? value : undefined;
}

function bad(message: string): CommandLine {
	return { kind: "bad", message };
}
