// The virtual printer with all that a real one has on the network: broker, camera, and that it tells of itself.

import { resolve } from "node:path";
import type { Log } from "../modules/platform/log";
import { PortError } from "../modules/platform/port-error";
import { CAMERA_PORT } from "../modules/printers/bambu/camera/camera-stream";
import { capabilitiesOf } from "../modules/printers/bambu/capabilities";
import { modelOf } from "../modules/printers/bambu/models";
import type { ModuleReport } from "../modules/printers/bambu/report-schema";
import type { SimulatorOptions } from "./command-line";
import { createClock } from "./host/clock";
import { createUdp } from "./host/udp";
import { PrinterAnnouncer } from "./printers/bambu/announcer";
import { PrinterBroker } from "./printers/bambu/broker";
import { CameraServer } from "./printers/bambu/camera-server";
import { type Capture, loadCapture } from "./printers/bambu/capture";
import { openCertificates, type PrinterCertificates } from "./printers/bambu/certificates";
import { FILES_PORT, PrinterFileServer } from "./printers/bambu/file-server";
import { LOOPBACK, type LoopbackPlace, nextPlace, PRINTER_PORT } from "./printers/bambu/loopback-place";
import {
	exampleSerial,
	findPrinterModel,
	type PrinterModel,
	printerModelNames,
} from "./printers/bambu/models";
import { VirtualBambuPrinter } from "./printers/bambu/virtual-printer";
import { StartError } from "./start-error";

const ACCESS_CODE = "12345678";
const DEFAULT_MODEL = "P1S";

export interface VirtualPrinter {
	printer: VirtualBambuPrinter;
	authorities: readonly Uint8Array[];
	target: PrinterTarget;
	place: string;
	/** Of its file server; `undefined` when it has none. */
	filesPort: number | undefined;
	/** Whether the device's search finds it, as a sentence. */
	searchHelp: string;
}

export interface PrinterTarget {
	host: string;
	port: number;
	serial: string;
	accessCode: string;
	pinnedSha256?: string;
}

/** At the first place of this computer that is free, with a job on its bed. */
export async function startVirtualPrinter(
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
		accessCode: ACCESS_CODE,
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
	const filesPort = replay ? undefined : await startFiles({ printer, certificates, host, log }, endings);
	printer.start();
	if (!replay) printer.startJob();
	return {
		printer,
		authorities: certificates.authorities,
		target: { host, port, serial, accessCode: ACCESS_CODE },
		place: `${host}:${port}`,
		filesPort,
	};
}

interface ServerParts {
	printer: VirtualBambuPrinter;
	certificates: PrinterCertificates;
	host: string;
	log: Log;
}

/** Where printers have it, if that port may be had, else anywhere. Resolves with the port. */
async function startFiles(
	{ printer, certificates, host, log }: ServerParts,
	endings: (() => Promise<void> | void)[],
): Promise<number | undefined> {
	for (const port of [FILES_PORT, 0]) {
		const files = new PrinterFileServer({ printer, certificates, clock: createClock() });
		try {
			const listening = await files.listen({ port, address: host });
			endings.push(() => files.close());
			return listening.port;
		} catch (error) {
			await files.close();
			if (!(error instanceof PortError)) throw error;
			if (port === 0) log.warn(`virtual printer: it has no files, because ${error.message}`);
		}
	}
	return undefined;
}

/** Where printers have it; a printer is of use without one. */
async function startCamera(
	{ printer, certificates, host, log }: ServerParts,
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
