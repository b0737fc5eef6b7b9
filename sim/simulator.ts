// Puts the simulator together: the firmware on Node's ports, and around it the virtual world.

import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { type Firmware, startFirmware } from "../modules/firmware";
import type { Log } from "../modules/platform/log";
import type { Platform } from "../modules/platform/platform";
import { PortError } from "../modules/platform/port-error";
import { CAMERA_PORT } from "../modules/printers/bambu/camera/camera-stream";
import { capabilitiesOf } from "../modules/printers/bambu/capabilities";
import { modelOf } from "../modules/printers/bambu/models";
import type { ModuleReport } from "../modules/printers/bambu/report-schema";
import type { PrintersListener } from "../modules/printers/printer-manager";
import { Settings, type SettingsChanges, SettingsError } from "../modules/settings/settings";
import { tokensCss } from "../ui/tokens";
import type { SimulatorOptions } from "./command-line";
import { LockstepClock } from "./heater/lockstep-clock";
import { openSimulatedHeater } from "./heater/simulated-heater";
import { createClock } from "./host/clock";
import { createPlatform } from "./host/platform";
import { createUdp } from "./host/udp";
import { PrinterAnnouncer } from "./printers/bambu/announcer";
import { PrinterBroker } from "./printers/bambu/broker";
import { CameraServer } from "./printers/bambu/camera-server";
import { type Capture, CaptureError, loadCapture } from "./printers/bambu/capture";
import { openCertificates, type PrinterCertificates } from "./printers/bambu/certificates";
import { type LoopbackPlace, nextPlace, PRINTER_PORT } from "./printers/bambu/loopback-place";
import {
	exampleSerial,
	findPrinterModel,
	type PrinterModel,
	printerModelNames,
} from "./printers/bambu/models";
import { VirtualBambuPrinter } from "./printers/bambu/virtual-printer";
import { startWorkbench } from "./workbench/workbench";

const VIRTUAL_ACCESS_CODE = "12345678";
const LOOPBACK = "127.0.0.1";
const DEFAULT_MODEL = "P1S";
/** One that the simulated radio finds. */
const SIMULATED_NETWORK: SettingsChanges = { "wifi.ssid": "Workshop", "wifi.password": "filament" };

export interface Simulator {
	readonly firmware: Firmware;
	/** What runs where, for the person who started it. */
	readonly places: readonly Place[];
	/** Ends everything in good order. May be called any number of times. */
	close(): Promise<void>;
}

export interface Place {
	what: string;
	where: string;
	note: string;
}

/** Something that the person at the command line has to mend; the message says what. */
export class StartError extends Error {
	override readonly name = "StartError";
	/** `usage`: an option is wrong. `environment`: a file, folder or port cannot be used. */
	readonly code: "usage" | "environment";

	constructor(code: "usage" | "environment", message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.code = code;
	}
}

/** Rejects with a {@link StartError}; nothing is left running then. */
export async function startSimulator(
	options: SimulatorOptions,
	log: Log,
	onPrinter: PrintersListener = () => {},
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
		const { places, device } = await build({ options, log, endings, onPrinter });
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

interface Building {
	options: SimulatorOptions;
	log: Log;
	/** What has to be done at the end, the last first. */
	endings: (() => Promise<void> | void)[];
	onPrinter: PrintersListener;
}

async function build({ options, log, endings, onPrinter }: Building) {
	const extraAuthorities = options.caFile === undefined ? [] : await readAuthorities(options.caFile);
	const isVirtual = !options.headless && options.printer === undefined;
	const virtual = isVirtual ? await startVirtualPrinter(options, log, endings) : undefined;
	const heater = options.headless ? undefined : startHeater(options, endings, virtual);

	const platform = await createPlatform({
		log,
		address: options.address,
		webPort: options.port,
		// What the virtual printer needs in the settings must not take the place of a real printer's.
		storageDirectory: virtual ? join(options.storage, "virtual") : options.storage,
		extraAuthorities: [...extraAuthorities, ...(virtual?.authorities ?? [])],
		onRestart: () => device.start(),
	});
	const target = virtual?.target ?? options.printer;
	await setUp(platform, target);

	const device = new Device(
		{
			...platform,
			...heater?.parts,
			// Where the virtual printer tells of itself.
			...(virtual && { udp: createUdp({ interface: LOOPBACK }) }),
		},
		onPrinter,
	);
	device.start();
	endings.push(() => device.close());
	await onPort(device.firmware.served, options.port, "the device's page");

	if (virtual) {
		const listening = startWorkbench({
			http: platform.httpServer,
			log,
			port: options.port + 1,
			devicePort: options.port,
			tokensCss: tokensCss(),
			printer: virtual.printer,
			printerPlace: virtual.place,
			searchHelp: virtual.searchHelp,
			...(heater && { heater: heater.world }),
		});
		const server = await onPort(
			listening,
			options.port + 1,
			"the workbench, which is on the port after the device's",
		);
		endings.push(() => server.close());
	}
	return { device, places: places(options, virtual) };
}

/** The firmware, which starts anew when it asks for that. */
class Device {
	readonly #platform: Platform;
	readonly #onPrinter: PrintersListener;
	#firmware: Firmware | undefined;
	#isClosed = false;

	constructor(platform: Platform, onPrinter: PrintersListener) {
		this.#platform = platform;
		this.#onPrinter = onPrinter;
	}

	/** Not before the first start. */
	get firmware(): Firmware {
		if (!this.#firmware) throw new Error("the device was not started");
		return this.#firmware;
	}

	start(): void {
		if (this.#isClosed) return;
		this.#firmware = startFirmware(this.#platform);
		this.#firmware.printers.onChange(this.#onPrinter);
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

interface VirtualPrinter {
	printer: VirtualBambuPrinter;
	authorities: readonly Uint8Array[];
	target: PrinterTarget;
	place: string;
	/** Whether the device's search finds it, as a sentence. */
	searchHelp: string;
}

interface PrinterTarget {
	host: string;
	port: number;
	serial: string;
	accessCode: string;
	pinnedSha256?: string;
}

async function startVirtualPrinter(
	options: SimulatorOptions,
	log: Log,
	endings: (() => Promise<void> | void)[],
): Promise<VirtualPrinter> {
	const replay = options.replayFile === undefined ? undefined : await loadCapture(options.replayFile);
	const model = virtualModel(options.model, replay);
	for (let found = await nextPlace(); found; found = await nextPlace(found)) {
		const started = await startPrinterAt(found, { options, model, replay, log }, endings);
		if (!started) continue;
		return { ...started, searchHelp: await announce(started.printer, model, found, log, endings) };
	}
	const started = await startPrinterAt(undefined, { options, model, replay, log }, endings);
	if (!started) throw new StartError("environment", "The virtual printer finds no free port.");
	const searchHelp = `A search does not find it, because port ${PRINTER_PORT} is in use.`;
	log.warn(`virtual printer: ${searchHelp}`);
	return { ...started, searchHelp };
}

interface PrinterParts {
	options: SimulatorOptions;
	model: PrinterModel;
	replay: Capture | undefined;
	log: Log;
}

/** Without a place it takes any free port. `undefined` when somebody else was faster. */
async function startPrinterAt(
	found: LoopbackPlace | undefined,
	{ options, model, replay, log }: PrinterParts,
	endings: (() => Promise<void> | void)[],
): Promise<Omit<VirtualPrinter, "searchHelp"> | undefined> {
	const { host, count } = found ?? { host: LOOPBACK, count: 1 };
	const serial = exampleSerial(model, count);
	const certificates = await openCertificates({
		serial,
		directory: resolve(options.storage, "certificates"),
		wallTimeMs: Date.now(),
	});
	const printer = new VirtualBambuPrinter({
		clock: createClock({ speed: options.speed }),
		model: model.name,
		serial,
		accessCode: VIRTUAL_ACCESS_CODE,
		...(replay && { replay }),
	});
	const broker = new PrinterBroker({ printer, certificates });
	let port: number;
	try {
		({ port } = await broker.listen({ port: found ? PRINTER_PORT : 0, address: host }));
	} catch (error) {
		await broker.close();
		printer.close();
		if (error instanceof PortError && error.code === "address_in_use") return undefined;
		throw error;
	}
	endings.push(
		() => printer.close(),
		() => broker.close(),
	);
	if (capabilitiesOf(model.name, {}).camera === "jpeg")
		await startCamera({ printer, certificates, host, log }, endings);
	printer.start();
	if (!replay) printer.startJob();
	return {
		printer,
		authorities: certificates.authorities,
		target: { host, port, serial, accessCode: VIRTUAL_ACCESS_CODE },
		place: `${host}:${port}`,
	};
}

/** Where printers have it; a printer is of use without one. */
async function startCamera(
	{
		printer,
		certificates,
		host,
		log,
	}: { printer: VirtualBambuPrinter; certificates: PrinterCertificates; host: string; log: Log },
	endings: (() => Promise<void> | void)[],
): Promise<void> {
	const camera = new CameraServer({ printer, certificates, clock: createClock() });
	try {
		await camera.listen({ port: CAMERA_PORT, address: host });
		endings.push(() => camera.close());
	} catch (error) {
		await camera.close();
		if (!(error instanceof PortError)) throw error;
		log.warn(`virtual printer: it has no camera, because ${error.message}`);
	}
}

/** On this computer alone. Says whether a search finds the printer. */
function announce(
	printer: VirtualBambuPrinter,
	model: PrinterModel,
	{ host }: LoopbackPlace,
	log: Log,
	endings: (() => Promise<void> | void)[],
): Promise<string> {
	const { serial, name } = printer.snapshot();
	const announcer = new PrinterAnnouncer({
		udp: createUdp({ interface: LOOPBACK }),
		log,
		clock: createClock(),
		printer: { model, serial, name, host },
		isShown: () => !printer.switches.values.hidden,
	});
	endings.push(() => announcer.close());
	return announcer.start();
}

/** The one asked for, else the one that the capture comes from, else the default. */
function virtualModel(asked: string | undefined, capture: Capture | undefined): PrinterModel {
	const name = asked ?? (capture && capturedModel(capture)) ?? DEFAULT_MODEL;
	const model = findPrinterModel(name) ?? (asked === undefined ? findPrinterModel(DEFAULT_MODEL) : undefined);
	if (!model)
		throw new StartError(
			"usage",
			`--model has to be one of ${printerModelNames.join(", ")}; "${name}" is not.`,
		);
	return model;
}

function capturedModel({ version, firstFull }: Capture): string {
	const modules = (version?.module ?? []) as unknown as ModuleReport[];
	const name = modelOf("", modules);
	// The recorded print has no versions; of the models with an AMS Lite it is an A1.
	const hasLite = JSON.stringify(firstFull.ams ?? {}).includes('"info":"1002"');
	if (modules.length === 0 && hasLite) return "A1";
	return name === "H2D Pro" ? "H2D" : name;
}

/** A network to be in, as a device has that was set up, and the printer of the command line as the first one. */
async function setUp(platform: Platform, target: PrinterTarget | undefined): Promise<void> {
	const settings = new Settings(platform);
	try {
		if (settings.get("wifi.ssid") === "") settings.set(SIMULATED_NETWORK);
		if (target) settings.set(printerChanges(settings, target));
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
		const option = { host: "--printer", port: "--printer", serial: "--serial", accessCode: "--access-code" };
		const name = option[error.key.split(".")[1] as keyof typeof option] ?? error.key;
		return new StartError("usage", `${name}: ${error.message}`, error);
	}
	if (error instanceof CaptureError) return new StartError("usage", `--replay: ${error.message}.`, error);
	const message = error instanceof Error ? error.message : String(error);
	return new StartError("environment", `The simulator cannot start: ${message}.`, error);
}

function places(options: SimulatorOptions, virtual: VirtualPrinter | undefined): Place[] {
	const shown = shownAddress(options.address);
	const rows: Place[] = [
		{
			what: "Device page",
			where: `http://${shown}:${options.port}/`,
			note: "state at /api/state; Panda Breath clients at /ws",
		},
	];
	if (virtual) {
		rows.push(
			{
				what: "Workbench",
				where: `http://${shown}:${options.port + 1}/`,
				note: "the virtual world and what can go wrong in it",
			},
			{
				what: "Virtual printer",
				where: virtual.place,
				note: `serial ${virtual.target.serial}, access code ${virtual.target.accessCode}. ${virtual.searchHelp}`,
			},
		);
	}
	if (options.printer) {
		const { host, port, serial } = options.printer;
		rows.push({ what: "Printer", where: `${host}:${port}`, note: `serial ${serial}` });
	}
	rows.push({ what: "Storage", where: resolve(options.storage), note: "settings and certificates" });
	return rows;
}

/** What a browser on this computer takes for the address. */
function shownAddress(address: string): string {
	if (address === "0.0.0.0" || address === "::") return "127.0.0.1";
	return isIP(address) === 6 ? `[${address}]` : address;
}
