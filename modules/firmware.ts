// The whole firmware: builds its parts from a platform and joins them. Read this first.

import type { HeaterFinder } from "./breath/remote/heater-finder";
import type { RemoteBreath } from "./breath/remote/remote-breath";
import { type ChamberHeater, openChamberHeater } from "./chamber-heater";
import type { DeviceState } from "./device-state";
import { EventLog } from "./event-log/event-log";
import type { FirmwareParts, RemoteHeaterParts, SpoolParts } from "./firmware-parts";
import type { PanelParts } from "./panel/panel-parts";
import type { Timer } from "./platform/clock";
import type { Platform } from "./platform/platform";
import { PortError } from "./platform/port-error";
import { AddressFollower } from "./printers/address-follower";
import type { Anycubic } from "./printers/anycubic/anycubic";
import { BambuPrinter } from "./printers/bambu/bambu-printer";
import { BambuDiscovery } from "./printers/bambu/discovery";
import { type IdentityMeans, isPrinterAt, readSerial } from "./printers/bambu/identity";
import { Cameras } from "./printers/cameras";
import type { JobFiles } from "./printers/job-files";
import { noHistory } from "./printers/no-history";
import type { Printer, PrinterSetup } from "./printers/printer";
import { PrinterBook, PrinterBookError } from "./printers/printer-book";
import { PrinterManager } from "./printers/printer-manager";
import { PrinterSearch } from "./printers/printer-search";
import { SpareLink } from "./printers/spare-link";
import { Settings } from "./settings/settings";
import type { Spools } from "./spools/spools";
import { tokensCss } from "./tokens";
import { FirmwareUpdate } from "./update/firmware-update";
import { WebServer } from "./web/web-server";
import { MdnsAnnouncement } from "./wifi/mdns-announcement";
import { WifiSetup } from "./wifi/wifi-setup";

export interface Firmware {
	readonly settings: Settings;
	readonly printers: PrinterManager;
	/** The printers that are set up, as people change them. */
	readonly book: PrinterBook;
	/** `undefined` on a device that does not work with Anycubic's printers. */
	readonly anycubic: Anycubic | undefined;
	/** Pictures of printers, for the panel as for the page. */
	readonly cameras: Cameras;
	/** The chamber heater on the network; `undefined` on a device that is built with one of its own. */
	readonly remoteBreath: RemoteBreath | undefined;
	/** Looks for such heaters, likewise. */
	readonly heaterFinder: HeaterFinder | undefined;
	/** `undefined` on a device that does not keep track of spools. */
	readonly spools: Spools | undefined;
	/** What `GET /api/state` answers. */
	state(): DeviceState;
	/**
	 * What a touch panel needs: whoever has a screen opens its door with these (`openPanelDevice` in
	 * `panel/panel-device.ts`). A board without one has none of that code.
	 */
	panelParts(): PanelParts;
	/** Resolves with the port of the device's page once it is served; rejects with a `PortError` if it cannot be. */
	readonly served: Promise<number>;
	/** Ends every connection in good order and stores what is left. May be called any number of times. */
	close(): Promise<void>;
}

/** Where a device listens to names when it serves its page on the usual port. */
const WEB_PORT = 80;
const DNS_PORT = 53;
/** Connections that do not end in time are ended by the restart. */
const RESTART_AT_LATEST_MS = 5_000;

/** Whoever builds an image decides on its `parts`: what is left out there takes no room in it. */
export function startFirmware(platform: Platform, parts: FirmwareParts): Firmware {
	const { clock, log, text } = platform;
	const startedAtMs = clock.now();
	// The heater's outputs are off before anything else can go wrong.
	const board = openBoard(platform);
	// Also when its hardware failed: its owner looks for it under the same name.
	const isHeater = platform.openHeaterBoard !== undefined;
	const events = new EventLog({ clock });
	events.add("started", "firmware");
	if (isHeater && !board) events.add("heater_missing", "firmware");
	const settings = new Settings({ storage: platform.storage, clock, log });
	const uptimeSeconds = (): number => Math.floor((clock.now() - startedAtMs) / 1000);
	const spare = new SpareLink();
	// A device without room for more of spools than their material keeps no track of them either.
	const spoolParts = platform.spoolDetails ? parts.spools : undefined;
	const jobFiles = spoolParts && createJobFiles(platform, spoolParts, settings);
	const anycubic = parts.openAnycubic?.({
		settings,
		clock,
		log,
		text,
		random: platform.random,
		mqtt: platform.mqtt,
		http: platform.httpClient,
		crypto: platform.handshakeCrypto,
	});
	const printers = new PrinterManager({
		settings,
		clock,
		log,
		spare,
		liveLinks: platform.liveLinks,
		mostPrinters: platform.mostPrinters,
		uptimeSeconds,
		// Heat must not depend on what is minutes old.
		...(isHeater && { first: () => settings.get("breath.printerSlot") }),
		create: (setup) =>
			setup.vendor === "anycubic" ? anycubic?.create(setup) : createPrinter(platform, parts, setup, jobFiles),
	});
	const identityMeans: IdentityMeans = {
		mqtt: platform.mqtt,
		authorities: platform.printerAuthorities,
		clientId: `culm-${platform.wifi.macAddress}-i`,
	};
	const identified = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
		const answer = await spare.run(ask);
		if (answer !== undefined) return answer;
		throw new PrinterBookError("busy", "Other printers are being asked at the moment; try again soon.");
	};
	const book = new PrinterBook({
		settings,
		mostPrinters: platform.mostPrinters,
		identify: (address) => identified(() => readSerial(identityMeans, address)),
		anycubic: anycubic && {
			isDeviceId: (id) => anycubic.isDeviceId(id),
			modelIdOf: (id) => anycubic.modelIdOf(id),
			identify: (address) => identified(() => anycubic.identify(address)),
		},
	});
	const discovery = new BambuDiscovery({ udp: platform.udp, text, clock, log });
	const search = new PrinterSearch({ announced: discovery, heard: () => anycubic?.found ?? [] });
	const follower = new AddressFollower({
		clock,
		log,
		settings,
		printers,
		spare,
		listen: (onAnnounced) => discovery.listen(onAnnounced),
		isThere: (address, serial) => isPrinterAt(identityMeans, address, serial),
	});
	const history = parts.openJobHistory?.({ storage: platform.storage, clock, log });
	history?.watch(printers);
	const jobs = history ?? noHistory;
	const spools = spoolParts && createSpools(spoolParts);
	const filamentTags = spoolParts && createFilamentTags(spoolParts);
	const wifi = new WifiSetup({
		wifi: platform.wifi,
		udp: platform.udp,
		settings,
		clock,
		log,
		events,
		deviceKind: isHeater ? "breath" : "panel",
		dnsPort: platform.webPort === WEB_PORT ? DNS_PORT : 0,
	});
	const names = new MdnsAnnouncement({
		mdns: platform.mdns,
		wifi: platform.wifi,
		settings,
		log,
		// The name under which the clients of a Panda Breath look for it.
		defaultHostname: isHeater ? "PandaBreath" : "culm",
		board: platform.board,
	});
	const hostname = (): string => names.hostname;

	const heater = board && createHeater();
	const remoteHeater = isHeater ? undefined : parts.remoteHeater;
	const remoteBreath = remoteHeater && createRemoteBreath(remoteHeater);
	const heaterFinder = remoteHeater?.openFinder({ udp: platform.udp, clock });
	const update = new FirmwareUpdate({
		port: platform.update,
		sha256: platform.sha256,
		board: platform.board,
		clock,
		log,
		events,
		isHeating: () => heater?.breath.isHeatWanted ?? false,
		hold: () => heater?.breath.hold(),
		onEnded: (ok, kind) => heater?.pandaBreath.updateEnded(ok, kind),
		restart,
	});
	const cameras = new Cameras({ printers, roomBytes: platform.cameraFrameBytes });
	const web = new WebServer({
		clock,
		log,
		text,
		events,
		settings,
		wifi,
		update,
		discovery: search,
		book,
		printers,
		jobs,
		hostname,
		state,
		restart,
		factoryReset,
		http: platform.httpServer,
		sha256: platform.sha256,
		random: platform.random,
		resources: platform.resources,
		inflate: platform.inflate,
		tokensCss: tokensCss(),
		port: platform.webPort,
		breath: heater?.breath,
		pandaBreath: heater?.pandaBreath,
		remoteBreath,
		heaterFinder,
		history: heater && (() => heater.history.toJson()),
		spools,
		filamentTags,
		cameras,
		openCameraFeed: parts.cameras?.openFeed,
		takesBlocks: anycubic !== undefined,
		moreRoutes: parts.spools?.routes,
	});

	printers.onChange((event) => {
		if (event.type === "removed") web.feed.printerRemoved(event.id);
		else if (event.type === "reordered") web.feed.reordered();
		else web.feed.printerChanged(event.state.id);
	});

	anycubic?.start();
	printers.start();
	follower.start();
	wifi.start();
	remoteBreath?.start();
	filamentTags?.start();
	const served = web.start();
	served.then(
		(port) => names.start(port),
		// A page that cannot be served is no reason to stop watching printers; whoever waits for `served` is told.
		(error: unknown) => log.error(`web: the page is not served: ${describe(error)}`),
	);

	let closing: Promise<void> | undefined;
	return {
		settings,
		printers,
		book,
		anycubic,
		cameras,
		remoteBreath,
		heaterFinder,
		spools,
		state,
		panelParts,
		served,
		close,
	};

	function state(): DeviceState {
		const remote = remoteBreath?.state;
		const { held, error } = filamentTags ?? {};
		return {
			device: {
				name: settings.get("deviceName"),
				firmware: platform.firmwareVersion,
				hostname: names.hostname,
				uptimeSeconds: uptimeSeconds(),
				...(!anycubic && { vendors: ["bambu"] }),
			},
			printers: printers.states,
			wifi: wifi.status,
			update: update.status,
			...(heater && { breath: heater.breath.state }),
			...(remote && { remoteBreath: remote }),
			...(spools && { spools: spools.state }),
			...(held && { filamentTag: held }),
			...(error && { filamentTagError: error }),
		};
	}

	function panelParts(): PanelParts {
		return {
			clock,
			log,
			events,
			settings,
			printers,
			book,
			discovery: search,
			cameras,
			jobs,
			wifi,
			update,
			state,
			restart,
			factoryReset,
			mostPrinters: platform.mostPrinters,
			breath: heater?.breath,
			history: heater?.history,
			remoteBreath,
			heaterFinder,
			spools,
			filamentTags,
			display: platform.display,
			board: platform.board,
			macAddress: platform.wifi.macAddress,
			webPort: platform.webPort,
		};
	}

	function createHeater(): ChamberHeater | undefined {
		if (!board) return undefined;
		return openChamberHeater({
			platform,
			board,
			settings,
			events,
			printers,
			discovery,
			wifi,
			hostname,
			restart,
			factoryReset,
		});
	}

	function createRemoteBreath({ openRemoteBreath }: RemoteHeaterParts): RemoteBreath {
		const { random, webSocketClient } = platform;
		return openRemoteBreath({ settings, clock, random, log, webSocketClient, uptimeSeconds });
	}

	function createSpools({ openSpools }: SpoolParts) {
		const { storage, httpClient: http } = platform;
		return openSpools({ settings, storage, clock, log, events, printers, http, text });
	}

	function createFilamentTags({ openFilamentTags }: SpoolParts) {
		const { tagReader: reader } = platform;
		return openFilamentTags({ clock, log, text, printers, uptimeSeconds, reader });
	}

	function close(): Promise<void> {
		closing ??= end();
		return closing;
	}

	async function end(): Promise<void> {
		// What heats comes first.
		heater?.close();
		remoteBreath?.close();
		heaterFinder?.close();
		follower.close();
		discovery.close();
		spare.close();
		filamentTags?.close();
		jobFiles?.close();
		update.close();
		const printersClosed = printers.close().then(() => anycubic?.close());
		await Promise.all([printersClosed, served.catch(() => {}).then(() => web.close())]);
		// Printers say no more: what they said is stored.
		await spools?.close();
		await Promise.all([wifi.close(), names.close()]);
		await Promise.all([settings.close(), history?.close()]);
	}

	/** Only the first one counts: whoever asks again would start a second firmware beside the new one. */
	function restart(): void {
		if (closing) return;
		heater?.breath.turnOffForRestart();
		let timer: Timer | undefined;
		const late = new Promise<void>((resolve) => {
			timer = clock.after(RESTART_AT_LATEST_MS, () => {
				log.warn("restart: not everything ended in time");
				resolve();
			});
		});
		Promise.race([close(), late])
			.catch((error: unknown) => log.error(`restart: ${describe(error)}`))
			.finally(() => {
				timer?.cancel();
				platform.restart();
			});
	}

	async function factoryReset(): Promise<void> {
		if (!(await settings.reset())) throw new PortError("storage", "the settings cannot be removed");
		await spools
			?.clear()
			.catch((error: unknown) =>
				log.error(`factory reset: what waits for Spoolman stays: ${describe(error)}`),
			);
		await jobs.clear().catch((error: unknown) => log.error(`factory reset: jobs stay: ${describe(error)}`));
	}
}

function openBoard({ openHeaterBoard, log }: Platform) {
	try {
		return openHeaterBoard?.();
	} catch (error) {
		log.error(`heater: ${describe(error)}`);
		return undefined;
	}
}

function createJobFiles(platform: Platform, parts: SpoolParts, settings: Settings): JobFiles | undefined {
	const { tls, clock, log, inflate, text, printerAuthorities: authorities } = platform;
	if (!inflate) return undefined;
	return parts.openJobFiles({ tls, clock, log, inflate, text, authorities }, settings);
}

function createPrinter(
	platform: Platform,
	parts: FirmwareParts,
	setup: PrinterSetup,
	jobFiles: JobFiles | undefined,
): Printer {
	const { clock, random, log, text, mqtt, tls, spoolDetails, cameraFrameBytes } = platform;
	const { slot, vendor: _, way: __, modelId: ___, ...target } = setup;
	return new BambuPrinter({
		clock,
		random,
		log,
		text,
		mqtt,
		tls,
		spoolDetails,
		cameraFrameBytes,
		openCommands: parts.openCommands,
		openCamera: parts.cameras?.openCamera,
		faultText: parts.faultText,
		openJobFilaments: parts.spools?.openJobFilaments,
		jobFiles,
		filesPort: platform.printerFilesPort,
		...target,
		authorities: platform.printerAuthorities,
		clientId: `culm-${platform.wifi.macAddress}-${slot}`,
	});
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
