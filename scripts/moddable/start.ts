// npm run start:moddable: builds the firmware and opens it in Moddable's simulator.

import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { BuildFailure, buildApp } from "./build-app";
import { say } from "./command";
import { Firmware, type FirmwareOptions } from "./firmware";
import { endOnSignals } from "./programs";
import { findSdk, SdkMissing } from "./sdk";

const HELP = `Culm in Moddable's simulator.

  npm run start:moddable -- [options]

  --panel large|small    the panel's screen: 800 × 480 (default) or 320 × 240
  --headless             without a screen (takes Xvfb and dbus-run-session)
  --port N               port of the device's page (default 8080)
  --storage DIR          where settings are kept (default .culm/moddable)

A printer to try
  --printer HOST[:PORT]  its address (port 8883 unless given); needs the next two
  --serial S             its serial number
  --access-code C        its LAN access code; kept in the storage folder
  --ca FILE              trust these certificates too (PEM or DER)

  --help                 this text
`;

const PRINTER_PORT = 8883;
const SIZES = { large: { width: 800, height: 480 }, small: { width: 320, height: 240 } };
const OUTPUT = "build/moddable";

/** Something that the person at the command line has to mend. */
class UsageError extends Error {}

/** Devices for the simulator. */
const DEVICES = "sim/mcsim";

type Options = Pick<FirmwareOptions, "directory" | "headless" | "device" | "webPort" | "printer"> & {
	authorities: readonly Uint8Array[];
};

function parse(): Options | undefined {
	const { values } = parseArgs({
		options: {
			panel: { type: "string", default: "large" },
			headless: { type: "boolean", default: false },
			port: { type: "string", default: "8080" },
			storage: { type: "string", default: join(".culm", "moddable") },
			printer: { type: "string" },
			serial: { type: "string" },
			"access-code": { type: "string" },
			ca: { type: "string" },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return undefined;
	const { printer, serial, "access-code": accessCode } = values;
	if (printer === undefined && (serial !== undefined || accessCode !== undefined))
		throw new UsageError("--serial and --access-code belong to a printer: give its address with --printer.");
	if (printer !== undefined && (serial === undefined || accessCode === undefined))
		throw new UsageError("--printer needs --serial and --access-code: the printer shows both on its screen.");
	const [host = "", port = String(PRINTER_PORT)] = (printer ?? "").split(":");
	return {
		directory: resolve(values.storage),
		headless: values.headless,
		device: deviceOf(values.panel),
		webPort: portNumber("--port", values.port),
		printer:
			serial === undefined || accessCode === undefined
				? undefined
				: { host, port: portNumber("--printer", port), serial, accessCode },
		authorities: values.ca === undefined ? [] : readAuthorities(values.ca),
	};
}

function deviceOf(panel: string): FirmwareOptions["device"] {
	if (panel !== "large" && panel !== "small") throw new UsageError("--panel: the sizes are large and small.");
	return { folder: join(DEVICES, panel), ...SIZES[panel] };
}

function portNumber(option: string, text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
	throw new UsageError(`${option}: a port is a whole number from 1 to 65535.`);
}

function readAuthorities(file: string): Uint8Array[] {
	try {
		const bytes = readFileSync(file);
		const blocks = bytes
			.toString("latin1")
			.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
		return (blocks ?? [bytes]).map((block) => new Uint8Array(new X509Certificate(block).raw));
	} catch {
		throw new UsageError(`--ca: ${basename(file)} cannot be read, or holds no certificate in PEM or DER.`);
	}
}

async function main(): Promise<number> {
	const options = parse();
	if (options === undefined) {
		say(HELP);
		return 0;
	}
	const sdk = findSdk();
	say("Building…");
	const ignoreSignals = endOnSignals();
	const { path, warnings } = await buildApp({ sdk, folder: ".", output: OUTPUT });
	for (const warning of warnings) say(warning);
	const firmware = await Firmware.start({ ...options, sdk, app: path, onLine: say });
	ignoreSignals();
	say(`\n  Device page  http://127.0.0.1:${options.webPort}/`);
	say(`  Storage      ${options.directory}\n\nCtrl-C ends it.\n`);
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void firmware.end());
	const why = await firmware.simulator.over;
	say(`Ended: ${why}.`);
	await firmware.end();
	return 0;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		const isUsage = error instanceof UsageError || (error instanceof Error && "code" in error);
		if (isUsage || error instanceof SdkMissing || error instanceof BuildFailure)
			say((error as Error).message);
		else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
		process.exit(isUsage ? 2 : 1);
	},
);
