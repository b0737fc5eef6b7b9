// A web server whose other parts are the test's.

import assert from "node:assert/strict";
import { parts as allParts } from "../../../modules/boards/controller_parts/parts";
import type { Breath } from "../../../modules/breath/breath";
import type { BreathState } from "../../../modules/breath/breath-state";
import type { FoundHeater } from "../../../modules/breath/remote/heater-finder";
import type { RemoteBreath } from "../../../modules/breath/remote/remote-breath";
import type { RemoteBreathState, RemoteResult } from "../../../modules/breath/remote/remote-breath-state";
import type { RemoteChanges } from "../../../modules/breath/remote/wish-frames";
import type { BreathChanges } from "../../../modules/breath/wishes";
import type { DeviceState } from "../../../modules/device-state";
import type { Asker } from "../../../modules/event-log/asker";
import { EventLog } from "../../../modules/event-log/event-log";
import type { HttpResponse, WebSocketConnection } from "../../../modules/platform/http";
import { PortError } from "../../../modules/platform/port-error";
import type { StorageChange, StoredValue } from "../../../modules/platform/storage";
import { capabilitiesOf } from "../../../modules/printers/bambu/capabilities";
import type { CameraViewer } from "../../../modules/printers/camera";
import type { CameraRefusal, Cameras } from "../../../modules/printers/cameras";
import type { CommandRequest, CommandResult } from "../../../modules/printers/command";
import type { FinishedJob } from "../../../modules/printers/history/finished-job";
import {
	type PrinterAddress,
	PrinterBook,
	type PrinterBookError,
} from "../../../modules/printers/printer-book";
import type { FileList, FilePlace } from "../../../modules/printers/printer-files";
import type { PrinterState } from "../../../modules/printers/printer-state";
import { Settings } from "../../../modules/settings/settings";
import { FilamentTags } from "../../../modules/spools/filament-tags";
import type {
	SpoolAction,
	SpoolFailure,
	SpoolPage,
	SpoolQuery,
	Spools,
} from "../../../modules/spools/spools";
import type { SpoolsState } from "../../../modules/spools/spools-state";
import type { UpdateStatus } from "../../../modules/update/firmware-update";
import { WebServer } from "../../../modules/web/web-server";
import type { WifiStatus } from "../../../modules/wifi/wifi-setup";
import { FakeHttpServer, type FakeRequest, FakeSocket } from "../../fakes/fake-http-server";
import { ManualClock } from "../../fakes/manual-clock";
import { MemoryLog } from "../../fakes/memory-log";
import { createFakeSha256 } from "../../fakes/sha256";
import { textCodec } from "../../fakes/text-codec";

export const HOST = "192.0.2.1";
export const KOBRA_AT_BROKER = "20021c0ffee000000000000000000001";
export const KOBRA_IN_LAN = "20024c0ffee000000000000000000001";
export const PASSWORD = "correct-horse";

export const printer = (id: string): PrinterState => ({
	id,
	vendor: "bambu",
	model: "P1S",
	name: id,
	serial: id,
	host: "192.0.2.9",
	watch: "live",
	link: "online",
	control: "unknown",
	capabilities: capabilitiesOf("P1S", {}),
	job: { state: "idle" },
	nozzles: [],
	bed: {},
	fans: {},
	lights: {},
	filament: { units: [], external: [] },
	faults: [],
});

/** Does at once whatever it is asked to. */
export class FakeBreath implements Pick<Breath, "state" | "change" | "clearFault" | "attend" | "onChange"> {
	state: BreathState = {
		mode: "auto",
		on: true,
		heating: true,
		fan: true,
		fanOnly: false,
		target: 45,
		activeTarget: 45,
		chamber: 40.1,
		ptc: 80.2,
		bedThreshold: 80,
		filterThreshold: 30,
		drying: { running: false, target: 60, hours: 12, remainingSeconds: 0 },
		reason: "On the way to 45 °C.",
		reasonCode: "heating",
	};
	readonly asked: { changes: BreathChanges; by: Asker }[] = [];
	readonly cleared: Asker[] = [];
	clearing: "cleared" | "still_there" | "not_stored" = "cleared";
	present = 0;
	tell: () => void = () => {};

	change(changes: BreathChanges, by: Asker): void {
		this.asked.push({ changes, by });
		if (changes.on !== undefined) this.state = { ...this.state, on: changes.on };
	}

	async clearFault(by: Asker) {
		this.cleared.push(by);
		return this.clearing;
	}

	attend(): () => void {
		this.present++;
		return () => void this.present--;
	}

	onChange(listener: (changed: readonly (keyof BreathState)[]) => void): () => void {
		this.tell = () => listener(["chamber"]);
		return () => {
			this.tell = () => {};
		};
	}
}

/** A heater on the network, which does what the test says. */
export class FakeRemoteBreath implements Pick<RemoteBreath, "state" | "change" | "onChange"> {
	state: RemoteBreathState | undefined;
	result: RemoteResult = { ok: true };
	readonly asked: RemoteChanges[] = [];
	tell: () => void = () => {};

	async change(changes: RemoteChanges): Promise<RemoteResult> {
		this.asked.push(changes);
		return this.result;
	}

	onChange(listener: () => void): () => void {
		this.tell = listener;
		return () => {
			this.tell = () => {};
		};
	}
}

export class FakePandaBreath {
	isFull = false;
	readonly rights: { mayWrite: boolean }[] = [];

	add(_: WebSocketConnection, rights: { mayWrite: boolean }) {
		this.rights.push(rights);
		return { onText: () => {}, onClosed: () => {} };
	}
}

/** One printer, which does what the test says. */
export class FakePrinters {
	id = "01P00A000000001";
	result: CommandResult = { ok: true };
	/** What a list of files is answered with; absent: it tells of none. */
	files: FileList | undefined;
	/** Ids, and requests. */
	readonly asked: unknown[] = [];

	find(id: string) {
		if (id !== this.id) return undefined;
		return {
			state: printer(id),
			command: async (request: CommandRequest): Promise<CommandResult> => {
				this.asked.push(request);
				return this.result;
			},
			...(this.files && {
				files: {
					list: async (place: FilePlace, folder: string): Promise<FileList> => {
						this.asked.push({ place, folder });
						return this.files ?? { ok: true, files: [] };
					},
				},
			}),
		};
	}

	async attend(id: string): Promise<boolean> {
		this.asked.push(id);
		return true;
	}
}

/** Spools that are and do what the test says. */
export class FakeSpools implements Pick<Spools, "state" | "list" | "act" | "onChange"> {
	state: SpoolsState = { spoolman: { state: "not_set_up" }, slots: [] };
	page: SpoolPage | SpoolFailure = { ok: true, spools: [] };
	result: { readonly ok: true } | SpoolFailure = { ok: true };
	/** Queries, and actions. */
	readonly asked: (SpoolQuery | SpoolAction)[] = [];
	tell: () => void = () => {};

	async list(query: SpoolQuery) {
		this.asked.push(query);
		return this.page;
	}

	async act(action: SpoolAction) {
		this.asked.push(action);
		return this.result;
	}

	onChange(listener: () => void): () => void {
		this.tell = listener;
		return () => {
			this.tell = () => {};
		};
	}
}

/** A camera of every printer, until told otherwise. */
class FakeCameras implements Pick<Cameras, "watch"> {
	refusal: CameraRefusal | undefined;
	viewer: CameraViewer | undefined;
	readonly asked: string[] = [];

	watch(id: string, viewer: CameraViewer): (() => void) | CameraRefusal {
		this.asked.push(id);
		if (this.refusal) return this.refusal;
		this.viewer = viewer;
		return () => {
			this.viewer = undefined;
		};
	}
}

class FakeWifiSetup {
	status: WifiStatus = {
		station: { status: "connected", ssid: "Workshop", address: HOST, rssiDbm: -50 },
		accessPoint: { on: false, ssid: "Panda_Breath_02C0FFEE0001", address: "192.168.254.1" },
		scanning: false,
		networks: [],
	};
	readonly joined: { ssid: string; password: string }[] = [];
	forgotten = 0;
	refusal: PortError | undefined;
	tell: () => void = () => {};

	async scan() {
		if (this.refusal) throw this.refusal;
		return [{ ssid: "Cafe", rssiDbm: -70, secure: false }];
	}

	join(network: { ssid: string; password: string }): void {
		this.joined.push(network);
	}

	forget(): void {
		this.forgotten++;
	}

	onChange(listener: () => void): () => void {
		this.tell = listener;
		return () => {
			this.tell = () => {};
		};
	}
}

class FakeUpdate {
	status: UpdateStatus = { phase: "idle" };
	servedRequests = 0;
	readonly received: { otaType: string | undefined; sizeBytes: number | undefined }[] = [];
	readonly receiver = { take: () => {}, end: () => ({ status: 200 }), abort: () => {} };

	receive({ headers }: { headers: Readonly<Record<string, string>> }, sizeBytes: number | undefined) {
		this.received.push({ otaType: headers["ota-type"], sizeBytes });
		const empty = { error: { code: "empty", message: "The request holds no image." } };
		return sizeBytes === 0 ? { status: 400, body: JSON.stringify(empty) } : this.receiver;
	}

	served(): void {
		this.servedRequests++;
	}
}

export async function benchWeb({
	heater = true,
	tracking = true,
	password = false,
	sha256 = createFakeSha256,
} = {}) {
	const clock = new ManualClock();
	const log = new MemoryLog();
	const http = new FakeHttpServer();
	const events = new EventLog({ clock });
	const values = new Map<string, StoredValue>();
	const storage = {
		get: (namespace: string, key: string) => values.get(`${namespace}/${key}`),
		async write(changes: readonly StorageChange[]) {
			for (const { namespace, key, value } of changes)
				if (value !== undefined) values.set(`${namespace}/${key}`, value);
		},
	};
	const settings = new Settings({ storage, clock, log });
	// Its version is stored, so that no timer is left of it.
	await settings.flush();
	const breath = new FakeBreath();
	const pandaBreath = new FakePandaBreath();
	const remoteBreath = new FakeRemoteBreath();
	const heaters = { found: [] as FoundHeater[], refusal: undefined as PortError | undefined };
	const wifi = new FakeWifiSetup();
	const update = new FakeUpdate();
	const files = new Map([
		["index.html", "<h1>"],
		["page.js", "js"],
		["page.css", "css"],
	]);
	const device = {
		device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: 3 },
		printers: [printer("a"), printer("b")],
	};
	const printers = new FakePrinters();
	const spools = new FakeSpools();
	const tags = new FilamentTags({ clock, log, text: textCodec, printers, uptimeSeconds: () => 3 });
	const state = (): DeviceState => ({
		...device,
		...(tracking && { spools: spools.state }),
		...(tags.held && { filamentTag: tags.held }),
		...(tags.error && { filamentTagError: tags.error }),
		...(heater && { breath: breath.state }),
		...(!heater && remoteBreath.state && { remoteBreath: remoteBreath.state }),
		wifi: wifi.status,
		update: update.status,
	});
	const found = { refusal: undefined as PortError | undefined };
	/** What a printer that is asked for its serial number answers. */
	const asked = {
		serial: "01P00A000000009",
		refusal: undefined as PrinterBookError | undefined,
		addresses: [] as PrinterAddress[],
	};
	const book = new PrinterBook({
		settings,
		mostPrinters: 10,
		async identify(address) {
			asked.addresses.push(address);
			if (asked.refusal) throw asked.refusal;
			return asked.serial;
		},
		anycubic: {
			isDeviceId: (id) => /^[0-9a-fA-F]{32}$/.test(id),
			modelIdOf: (id) => (id === KOBRA_AT_BROKER ? "20021" : ""),
			async identify(address) {
				asked.addresses.push({ ...address, accessCode: "" });
				if (asked.refusal) throw asked.refusal;
				return { deviceId: KOBRA_IN_LAN, modelId: "20024" };
			},
		},
	});
	const jobs = { list: [] as FinishedJob[], refuses: false };
	const cameras = new FakeCameras();
	const calls = { restarts: 0, resets: 0, resetFails: false };
	const web = new WebServer({
		clock,
		log,
		http,
		text: textCodec,
		sha256,
		random: () => 0.5,
		resources: { read: (name) => (files.has(name) ? textCodec.encode(files.get(name) ?? "") : undefined) },
		tokensCss: ":root{}",
		port: 80,
		cameras,
		openCameraFeed: allParts.cameras?.openFeed,
		moreRoutes: allParts.spools?.routes,
		hostname: () => "culm",
		state,
		settings,
		events,
		wifi,
		update,
		discovery: {
			async scan() {
				if (found.refusal) throw found.refusal;
				const left = { serial: "01P00A000000001", host: "192.0.2.9", name: "Left", model: "P1S" };
				return [{ vendor: "bambu", ...left }];
			},
		},
		book,
		printers,
		jobs: {
			list: () => jobs.list,
			async clear() {
				if (jobs.refuses) throw new PortError("storage", "flash refuses");
				jobs.list = [];
			},
		},
		...(heater && {
			breath,
			pandaBreath,
			history: () =>
				JSON.stringify({
					intervalSeconds: 30,
					chamber: [22, null],
					ptc: [22, 23],
					target: [0, 45],
					duty: [0, 90],
				}),
		}),
		...(!heater && {
			remoteBreath,
			heaterFinder: {
				async scan() {
					if (heaters.refusal) throw heaters.refusal;
					return heaters.found;
				},
			},
		}),
		...(tracking && { spools, filamentTags: tags }),
		restart: () => void calls.restarts++,
		async factoryReset() {
			if (calls.resetFails) throw new PortError("storage", "flash refuses");
			calls.resets++;
		},
	});
	await web.start();

	/** A request with JSON, as a program sends it. */
	const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
		http.request(path, {
			method,
			headers: { host: HOST, ...headers },
			body: body === undefined ? "" : JSON.stringify(body),
		} satisfies FakeRequest);
	if (password) {
		await ask("PATCH", "/api/settings", { devicePassword: PASSWORD });
		await settings.flush();
	}
	const connect = (): FakeSocket => {
		const socket = http.upgrade("/api/live");
		return socket instanceof FakeSocket ? socket : assert.fail(`refused with ${socket.status}`);
	};
	return {
		ask,
		asked,
		printers,
		jobs,
		breath,
		calls,
		cameras,
		clock,
		connect,
		device,
		events,
		found,
		heaters,
		http,
		log,
		pandaBreath,
		remoteBreath,
		settings,
		spools,
		state,
		tags,
		update,
		web,
		wifi,
	};
}

export const bearer = (password = PASSWORD): { authorization: string } => ({
	authorization: `Bearer ${password}`,
});

// biome-ignore lint/suspicious/noExplicitAny: whatever the server answered.
export function content(response: HttpResponse): any {
	const { body = "" } = response;
	return JSON.parse(typeof body === "string" ? body : textCodec.decode(body));
}

export function errorCode(response: HttpResponse): string {
	const { error } = content(response);
	assert.equal(typeof error.message, "string");
	assert.ok(error.message.length > 0);
	return error.code;
}
