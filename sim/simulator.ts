// Puts the simulator together: the firmware on Node's ports, and around it the virtual world.

import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parts as allParts } from "../modules/boards/controller_parts/parts";
import { type Firmware, startFirmware } from "../modules/firmware";
import type { Log } from "../modules/platform/log";
import type { Platform } from "../modules/platform/platform";
import { PortError } from "../modules/platform/port-error";
import type { PrintersListener } from "../modules/printers/printer-manager";
import { Settings, type SettingsChanges, SettingsError } from "../modules/settings/settings";
import { tokensCss } from "../ui/tokens";
import type { SimulatorOptions } from "./command-line";
import { LockstepClock } from "./heater/lockstep-clock";
import { openSimulatedHeater } from "./heater/simulated-heater";
import { createClock } from "./host/clock";
import { createPlatform } from "./host/platform";
import { createUdp } from "./host/udp";
import { type Place, places } from "./places";
import { CaptureError } from "./printers/bambu/capture";
import { LOOPBACK } from "./printers/bambu/loopback-place";
import { addFoundKobras, givenBroker, setUpKobras, startKobras } from "./simulated-kobras";
import { type DrawPanel, SimulatedScreen } from "./simulated-screen";
import { StartError } from "./start-error";
import { SimulatedTagReader } from "./tag-reader";
import { type PrinterTarget, startVirtualPrinter, type VirtualPrinter } from "./virtual-printer";
import { startSimulatorSpoolman } from "./virtual-spoolman";
import { startWorkbench } from "./workbench/workbench";

/** One that the simulated radio finds. */
const SIMULATED_NETWORK: SettingsChanges = { "wifi.ssid": "Workshop", "wifi.password": "filament" };

export interface SimulatorMeans {
	onPrinter?: PrintersListener;
	/** Left out: the simulated board has no screen. */
	drawPanel?: DrawPanel | undefined;
}

export interface Simulator {
	readonly firmware: Firmware;
	/** What runs where, for the person who started it. */
	readonly places: readonly Place[];
	/** Ends everything in good order. May be called any number of times. */
	close(): Promise<void>;
}

/** Rejects with a {@link StartError}; nothing is left running then. */
export async function startSimulator(
	options: SimulatorOptions,
	log: Log,
	means: SimulatorMeans = {},
): Promise<Simulator> {
	const endings: (() => Promise<void> | void)[] = [];
	const close = async (): Promise<void> => {
		// The last to start is the first to end: the firmware says goodbye to a printer that is still there.
		for (const end of endings.splice(0).reverse()) {
			try {
				await end();
			} catch (error) {
				log.error(`while ending: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	};
	try {
		const { places, device } = await build({ ...means, options, log, endings });
		return {
			places,
			get firmware() {
				return device.firmware;
			},
			close,
		};
	} catch (error) {
		await close();
		throw toStartError(error);
	}
}

interface Building extends SimulatorMeans {
	options: SimulatorOptions;
	log: Log;
	/** What has to be done at the end, the last first. */
	endings: (() => Promise<void> | void)[];
}

async function build({ options, log, endings, onPrinter = () => {}, drawPanel }: Building) {
	const extraAuthorities = options.caFile === undefined ? [] : await readAuthorities(options.caFile);
	const isVirtual = !options.headless && options.printer === undefined;
	// What the virtual world needs in the settings must not take the place of a real printer's.
	const storageDirectory = isVirtual ? join(options.storage, "virtual") : options.storage;
	const spoolman =
		isVirtual && options.spoolman === undefined
			? await startSimulatorSpoolman(options, storageDirectory, log, endings)
			: undefined;
	const pem = toPem(extraAuthorities);
	const broker = givenBroker(options.anycubicBroker, pem);
	const kobras = options.withAnycubic ? await startKobras(options, pem, log, endings) : [];
	// The last before the device, which sees its job from the beginning.
	const virtual = isVirtual ? await startVirtualPrinter(options, log, endings) : undefined;
	const heater = options.headless ? undefined : startHeater(options, endings, virtual);
	const screen = openScreen(options, log, drawPanel);
	const tagReader = options.headless ? undefined : new SimulatedTagReader();

	const platform = await createPlatform({
		log,
		address: options.address,
		webPort: options.port,
		storageDirectory,
		extraAuthorities: [...extraAuthorities, ...(virtual?.authorities ?? [])],
		onRestart: () => device.start(),
	});
	const target = virtual?.target ?? options.printer;
	await setUp(platform, {
		printer: target,
		spoolman: spoolman ?? (options.spoolman === undefined ? undefined : { url: options.spoolman }),
		isVirtual,
		setUpAnycubic: (settings) => setUpKobras(settings, broker, kobras, log),
	});

	const device = new Device(
		{
			...platform,
			...heater?.parts,
			...(screen && { display: screen.display }),
			...(tagReader && { tagReader }),
			// Where the virtual printer tells of itself.
			...(virtual && { udp: createUdp({ interface: LOOPBACK }) }),
			...(virtual && {
				printerFilesPort: (host: string) => (host === virtual.target.host ? virtual.filesPort : undefined),
			}),
		},
		(firmware) => {
			firmware.printers.onChange(onPrinter);
			screen?.show(firmware);
		},
	);
	device.start();
	endings.push(
		() => device.close(),
		() => screen?.close(),
	);
	if (broker) endings.push(addFoundKobras(() => device.firmware, log));
	await onPort(device.firmware.served, options.port, "the device's page");

	if (!options.headless) {
		const listening = startWorkbench({
			http: platform.httpServer,
			log,
			port: options.port + 1,
			devicePort: options.port,
			tokensCss: tokensCss(),
			...(virtual && { printer: virtual }),
			...(heater && { heater: heater.world }),
			...(kobras.length > 0 && { kobras }),
			...(spoolman && { spoolman }),
			...(tagReader && { tagReader }),
			...(screen && { panel: screen.view }),
		});
		const server = await onPort(
			listening,
			options.port + 1,
			"the workbench, which is on the port after the device's",
		);
		endings.push(() => server.close());
	}
	return {
		device,
		places: places(options, { virtual, spoolman, kobras, broker, hasScreen: screen !== undefined }),
	};
}

/** The firmware, which starts anew when it asks for that. */
class Device {
	readonly #platform: Platform;
	readonly #onStarted: (firmware: Firmware) => void;
	#firmware: Firmware | undefined;
	#isClosed = false;

	constructor(platform: Platform, onStarted: (firmware: Firmware) => void) {
		this.#platform = platform;
		this.#onStarted = onStarted;
	}

	/** Not before the first start. */
	get firmware(): Firmware {
		if (!this.#firmware) throw new Error("the device was not started");
		return this.#firmware;
	}

	start(): void {
		if (this.#isClosed) return;
		this.#firmware = startFirmware(this.#platform, allParts);
		this.#onStarted(this.#firmware);
	}

	close(): Promise<void> {
		this.#isClosed = true;
		return this.firmware.close();
	}
}

/** One world for the whole run: the chamber stays warm while the firmware starts anew. */
function startHeater(
	options: SimulatorOptions,
	endings: (() => Promise<void> | void)[],
	virtual: VirtualPrinter | undefined,
) {
	const clock = new LockstepClock({ clock: createClock(), speed: options.speed });
	endings.push(() => clock.close());
	const world = openSimulatedHeater({
		clock,
		random: Math.random,
		...(virtual && { bedCelsius: () => virtual.printer.snapshot().bed.current }),
	});
	endings.push(() => world.close());
	return { world, parts: { heaterClock: clock, openHeaterBoard: () => world.openBoard() } };
}

function openScreen({ panel: size }: SimulatorOptions, log: Log, draw: DrawPanel | undefined) {
	if (size === "none" || !draw) return undefined;
	return new SimulatedScreen({ size, log, draw, clock: createClock() });
}

/** What the device is connected to. */
interface Surroundings {
	printer: PrinterTarget | undefined;
	spoolman: SpoolmanTarget | undefined;
	/** The printer is the virtual one. */
	isVirtual: boolean;
	setUpAnycubic(settings: Settings): void;
}

interface SpoolmanTarget {
	url: string;
	/** Where the same one was in the run before. */
	lastUrl?: string;
	/** Which of its spools are in which slots of the virtual printer, as far as no tag says so. */
	slots?: string;
}

/** A network to be in and the time zone, as a device has that was set up, and the command line's printer as the first. */
async function setUp(
	platform: Platform,
	{ printer, spoolman, isVirtual, setUpAnycubic }: Surroundings,
): Promise<void> {
	const settings = new Settings(platform);
	try {
		if (settings.get("wifi.ssid") === "")
			settings.set({ ...SIMULATED_NETWORK, utcOffsetMinutes: -new Date().getTimezoneOffset() });
		if (printer) settings.set(printerChanges(settings, printer));
		if (spoolman) settings.set(spoolmanChanges(settings, spoolman, isVirtual));
		setUpAnycubic(settings);
	} catch (error) {
		await settings.close();
		throw error;
	}
	if (!(await settings.close()))
		throw new StartError(
			"environment",
			"The storage folder cannot be written. Choose another one with --storage.",
		);
}

function printerChanges(settings: Settings, target: PrinterTarget): SettingsChanges {
	const { host, port, serial, accessCode, pinnedSha256 } = target;
	const isSame = settings.get("printer0.serial") === serial;
	return {
		"printer0.host": host,
		"printer0.port": port,
		"printer0.serial": serial,
		"printer0.accessCode": accessCode,
		// What a person gave the same printer stays.
		...(!isSame && { "printer0.name": "", "printer0.pinnedSha256": "" }),
		...(pinnedSha256 !== undefined && { "printer0.pinnedSha256": pinnedSha256 }),
	};
}

/** Another Spoolman has other spools: those of the one before must not stay in the virtual printer's slots. */
function spoolmanChanges(
	settings: Settings,
	{ url, lastUrl, slots = "" }: SpoolmanTarget,
	isVirtual: boolean,
): SettingsChanges {
	const before = settings.get("spoolman.url");
	const isSame = before === url || (before !== "" && before === lastUrl);
	return { "spoolman.url": url, ...(isVirtual && !isSame && { "printer0.spools": slots }) };
}

function toPem(certificates: readonly Uint8Array[]): string {
	return certificates.map((der) => new X509Certificate(der).toString()).join("");
}

async function readAuthorities(file: string): Promise<Uint8Array[]> {
	let bytes: Buffer;
	try {
		bytes = await readFile(file);
	} catch (cause) {
		throw new StartError("environment", `--ca: the file ${file} cannot be read.`, cause);
	}
	const blocks = bytes.toString("latin1").match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
	try {
		return (blocks ?? [bytes]).map((block) => new Uint8Array(new X509Certificate(block).raw));
	} catch (cause) {
		throw new StartError("usage", `--ca: ${file} holds no certificate in PEM or DER.`, cause);
	}
}

async function onPort<T>(listening: Promise<T>, port: number, whose: string): Promise<T> {
	try {
		return await listening;
	} catch (error) {
		if (!(error instanceof PortError)) throw error;
		if (error.code === "invalid")
			throw new StartError("usage", `--address cannot be used: ${error.message}.`, error);
		const reason = error.code === "address_in_use" ? "in use" : "not free to use";
		throw new StartError(
			"environment",
			`Port ${port} for ${whose} is ${reason}. Choose another one with --port.`,
			error,
		);
	}
}

function toStartError(error: unknown): StartError {
	if (error instanceof StartError) return error;
	if (error instanceof SettingsError) {
		const option = {
			host: "--printer",
			port: "--printer",
			serial: "--serial",
			accessCode: "--access-code",
			url: "--spoolman",
			brokerHost: "--anycubic-broker",
			brokerPort: "--anycubic-broker",
			brokerUser: "--anycubic-broker",
			brokerPassword: "--anycubic-broker",
			brokerCa: "--ca",
		};
		const name = option[error.key.split(".")[1] as keyof typeof option] ?? error.key;
		return new StartError("usage", `${name}: ${error.message}`, error);
	}
	if (error instanceof CaptureError) return new StartError("usage", `--replay: ${error.message}.`, error);
	const message = error instanceof Error ? error.message : String(error);
	return new StartError("environment", `The simulator cannot start: ${message}.`, error);
}
