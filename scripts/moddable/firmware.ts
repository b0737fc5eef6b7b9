// The firmware in Moddable's simulator: what it is told at its start, and what its page says.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeviceState } from "../../modules/device-state";
import { Settings, type SettingsChanges } from "../../modules/settings/settings";
import { createClock } from "../../sim/host/clock";
import { createJsonStorage } from "../../sim/host/json-storage";
import { createLog } from "../../sim/host/log";
import type { Sdk } from "./sdk";
import { type SimulatedDevice, Simulator } from "./simulator";

export interface FirmwareOptions {
	sdk: Sdk;
	/** What `buildApp` made of the project. */
	app: string;
	/** Where it keeps its settings, and where the logs go. */
	directory: string;
	headless: boolean;
	device?: SimulatedDevice | undefined;
	webPort: number;
	/** The first printer; those that are set up already stay as they are without it. */
	printer?: { host: string; port: number; serial: string; accessCode: string } | undefined;
	/** DER certificates that printers may chain to, beside Bambu Lab's. */
	authorities?: readonly Uint8Array[];
	/** Each line of its log. */
	onLine?(line: string): void;
}

/** As `modules/platform/xs/desktop` names them. */
const FOLDER = "culm-simulator";
const START_FILE = "start.json";
const READY_LIMIT_MS = 30_000;

export class Firmware {
	readonly simulator: Simulator;
	readonly #url: string;

	/** Resolves when its page is served. */
	static async start(options: FirmwareOptions): Promise<Firmware> {
		const folder = join(options.directory, FOLDER);
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const start = {
			webPort: options.webPort,
			authorities: (options.authorities ?? []).map((der) => Buffer.from(der).toString("base64")),
		};
		writeFileSync(join(folder, START_FILE), JSON.stringify(start));
		if (options.printer) await setUpPrinter(folder, options.printer);
		const firmware = new Firmware(await Simulator.start(options), options.webPort);
		await firmware.#ready();
		return firmware;
	}

	private constructor(simulator: Simulator, webPort: number) {
		this.simulator = simulator;
		this.#url = `http://127.0.0.1:${webPort}`;
	}

	async state(): Promise<DeviceState> {
		const response = await fetch(`${this.#url}/api/state`);
		return (await response.json()) as DeviceState;
	}

	end(): Promise<void> {
		return this.simulator.end();
	}

	async #ready(): Promise<void> {
		let why: string | undefined;
		void this.simulator.over.then((reason) => {
			why = reason;
		});
		const giveUpAt = Date.now() + READY_LIMIT_MS;
		while (why === undefined && Date.now() < giveUpAt) {
			try {
				await this.state();
				return;
			} catch {
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		}
		await this.end();
		throw new Error(`the firmware serves no page: ${why ?? `not within ${READY_LIMIT_MS} ms`}`);
	}
}

async function setUpPrinter(
	directory: string,
	{ host, port, serial, accessCode }: NonNullable<FirmwareOptions["printer"]>,
): Promise<void> {
	const log = createLog(process.stderr);
	const settings = new Settings({
		storage: createJsonStorage({ directory, log }),
		clock: createClock(),
		log,
	});
	const changes: SettingsChanges = {
		"printer0.host": host,
		"printer0.port": port,
		"printer0.serial": serial,
		"printer0.accessCode": accessCode,
		"printer0.name": "",
		"printer0.pinnedSha256": "",
	};
	try {
		settings.set(changes);
	} finally {
		await settings.close();
	}
}
