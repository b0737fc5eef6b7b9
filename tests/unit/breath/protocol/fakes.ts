// What the protocol's server has around it, with no hardware and no network.

import type { BreathState } from "../../../../modules/breath/breath-state";
import {
	PandaBreathServer,
	type PandaBreathServerOptions,
} from "../../../../modules/breath/protocol/panda-breath-server";
import type { SnapshotSources } from "../../../../modules/breath/protocol/snapshot";
import type { BreathChanges } from "../../../../modules/breath/wishes";
import type { Asker } from "../../../../modules/event-log/asker";
import type { HttpClientPort, HttpClientRequest } from "../../../../modules/platform/http";
import { PortError } from "../../../../modules/platform/port-error";
import { capabilitiesOf } from "../../../../modules/printers/bambu/capabilities";
import type { DiscoveredPrinter } from "../../../../modules/printers/bambu/discovery";
import type { PrintersListener } from "../../../../modules/printers/printer-manager";
import type { PrinterState } from "../../../../modules/printers/printer-state";
import { Settings } from "../../../../modules/settings/settings";
import type { WifiStatus } from "../../../../modules/wifi/wifi-setup";
import { createMemoryStorage } from "../../../../sim/host/memory-storage";
import { FakeSocket } from "../../../fakes/fake-http-server";
import { ManualClock } from "../../../fakes/manual-clock";
import { MemoryLog } from "../../../fakes/memory-log";

export function idleBreath(): BreathState {
	return {
		mode: "auto",
		on: false,
		heating: false,
		fan: false,
		fanOnly: false,
		target: 45,
		activeTarget: 0,
		chamber: 22.4,
		ptc: 22.6,
		bedThreshold: 80,
		filterThreshold: 30,
		drying: { running: false, target: 60, hours: 12, remainingSeconds: 0 },
		reason: "Off.",
		reasonCode: "off",
	};
}

export function idleReport(): SnapshotSources["report"] {
	return { chamberStatus: "ok", elementStatus: "ok", ready: true };
}

export function wifiStatus(): WifiStatus {
	return {
		station: { status: "connected", ssid: "Workshop", address: "192.0.2.20", rssiDbm: -50 },
		accessPoint: { on: false, ssid: "Panda_Breath_0123456789AB", address: "192.168.254.1" },
		scanning: false,
		networks: [],
	};
}

export function sources(): SnapshotSources {
	return {
		breath: idleBreath(),
		report: idleReport(),
		dryingPreset: "custom",
		language: "en",
		printerType: "bambu",
		printer: { scan: 0 },
		wifi: wifiStatus(),
		hostname: "PandaBreath",
	};
}

/** Takes every wish at its word, save the limits. */
export class FakeBreath {
	state = idleBreath();
	readonly changes: { changes: BreathChanges; by: Asker }[] = [];
	attendees = 0;
	readonly #listeners = new Set<(changed: readonly (keyof BreathState)[]) => void>();

	get report() {
		return {
			...idleReport(),
			heating: false,
			fan: false,
			duty: 0,
			chamber: 22.4,
			element: 22.6,
			fault: undefined,
			elementAtLimit: false,
		};
	}

	change(changes: BreathChanges, by: Asker): void {
		this.changes.push({ changes, by });
		const { mode, on, target, bedThreshold, filterThreshold, dryingTarget, dryingHours, dryingRunning } =
			changes;
		const { drying } = this.state;
		this.set({
			...(mode && { mode }),
			...(on !== undefined && { on }),
			...(target !== undefined && { target: Math.max(0, Math.min(60, target)) }),
			...(bedThreshold !== undefined && { bedThreshold }),
			...(filterThreshold !== undefined && { filterThreshold }),
			drying: {
				...drying,
				target: dryingTarget ?? drying.target,
				hours: dryingHours ?? drying.hours,
				running: on === false ? false : (dryingRunning ?? drying.running),
			},
		});
	}

	/** What happens by itself, or by others. */
	set(changes: Partial<BreathState>): void {
		this.state = { ...this.state, ...changes };
		for (const listener of this.#listeners) listener(Object.keys(changes) as (keyof BreathState)[]);
	}

	attend(): () => void {
		this.attendees++;
		let present = true;
		return () => {
			if (present) this.attendees--;
			present = false;
		};
	}

	onChange(listener: (changed: readonly (keyof BreathState)[]) => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}
}

export class FakeWifi {
	status = wifiStatus();
	readonly joined: { ssid: string; password: string }[] = [];
	readonly #settings: Settings;
	readonly #listeners = new Set<() => void>();

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	async scan(): Promise<WifiStatus["networks"]> {
		this.set({ scanning: true });
		await Promise.resolve();
		const networks = ["Workshop", "Cafe"].map((ssid) => ({ ssid, rssiDbm: -50, secure: true }));
		this.set({ scanning: false, networks });
		return networks;
	}

	join({ ssid, password }: { ssid: string; password: string }): void {
		this.#settings.set({ "wifi.ssid": ssid, "wifi.password": password });
		this.joined.push({ ssid, password });
	}

	setAccessPoint({
		on,
		ssid,
		password,
		address,
	}: {
		on?: boolean;
		ssid?: string;
		password?: string;
		address?: string;
	}): void {
		this.#settings.set({
			...(on !== undefined && { "wifi.accessPoint": on }),
			...(ssid !== undefined && { "wifi.accessPointSsid": ssid }),
			...(password !== undefined && { "wifi.accessPointPassword": password }),
			...(address !== undefined && { "wifi.accessPointAddress": address }),
		});
	}

	set(changes: Partial<WifiStatus>): void {
		this.status = { ...this.status, ...changes };
		for (const listener of this.#listeners) listener();
	}

	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}
}

export class FakePrinters {
	states: PrinterState[] = [];
	readonly #listeners = new Set<PrintersListener>();

	onChange(listener: PrintersListener): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** The only printer there is; `undefined`: none. */
	set(state: PrinterState | undefined): void {
		this.states = state ? [state] : [];
		for (const listener of this.#listeners)
			if (state) listener({ type: "changed", state, changed: ["link"] });
	}
}

/** Answers as what is said to listen at an address; nobody does elsewhere. */
export class FakeHttpClient implements HttpClientPort {
	readonly asked: string[] = [];
	readonly answers = new Map<string, { status: number; body: string }>();

	async request({ url }: HttpClientRequest) {
		this.asked.push(url);
		const answer = this.answers.get(url);
		if (!answer) throw new PortError("refused", "test: nobody listens");
		return { status: answer.status, headers: {}, body: new TextEncoder().encode(answer.body) };
	}
}

export function printerState(changes: Partial<PrinterState> = {}): PrinterState {
	return {
		id: "01P00A0000000000",
		vendor: "bambu",
		model: "P1S",
		name: "P1S 0000",
		serial: "01P00A0000000000",
		host: "192.0.2.7",
		watch: "live",
		link: "connecting",
		control: "unknown",
		capabilities: capabilitiesOf("P1S", {}),
		job: { state: "unknown" },
		nozzles: [],
		bed: {},
		fans: {},
		lights: {},
		filament: { units: [], external: [] },
		faults: [],
		...changes,
	};
}

/** One client of the server, its frames parsed. */
export interface TestClient {
	socket: FakeSocket;
	send(frame: unknown): void;
	/** Frames that came since the last call. */
	heard(): Record<string, Record<string, unknown>>[];
	leave(): void;
}

export function bench(options: Partial<PandaBreathServerOptions> = {}) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const settings = new Settings({ storage: createMemoryStorage(), clock, log });
	const breath = new FakeBreath();
	const wifi = new FakeWifi(settings);
	const printers = new FakePrinters();
	const httpClient = new FakeHttpClient();
	const found: DiscoveredPrinter[] = [];
	const calls: string[] = [];
	const server = new PandaBreathServer({
		clock,
		log,
		breath,
		settings,
		wifi,
		printers,
		httpClient,
		discovery: { scan: async () => found },
		hostname: () => settings.get("hostname") || "PandaBreath",
		restart: () => calls.push("restart"),
		factoryReset: async () => void calls.push("factoryReset"),
		...options,
	});
	/** Connects; with `welcomed` the snapshot has come and is not among the frames heard. */
	const connect = ({ mayWrite = true, welcomed = true } = {}): TestClient => {
		const socket = new FakeSocket((connection) => server.add(connection, { mayWrite }));
		let read = 0;
		const client: TestClient = {
			socket,
			send: (frame) => socket.events.onText(typeof frame === "string" ? frame : JSON.stringify(frame)),
			heard: () => {
				const frames = socket.frames.slice(read).map((frame) => JSON.parse(frame));
				read = socket.frames.length;
				return frames;
			},
			leave: () => socket.events.onClosed(),
		};
		if (welcomed) {
			clock.advance(150);
			client.heard();
		}
		return client;
	};
	return { clock, log, settings, breath, wifi, printers, httpClient, found, calls, server, connect };
}

/** Lets everything that is promised come about. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
