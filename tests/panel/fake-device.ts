// A device that writes down everything that the panel asks of it, and answers what a test says.

import { panelFacts } from "../../modules/panel/panel-facts";
import type {
	BreathState,
	CameraViewer,
	DeviceChange,
	DeviceState,
	FinishedJob,
	HeaterHistory,
	HeaterOptions,
	HeaterPlace,
	PanelDevice,
	PanelHeater,
	PanelRemoteHeater,
	PanelSpools,
	PanelTag,
	Preferences,
	PrinterCommand,
	PrinterEntry,
	PrinterFile,
	Refusal,
	ShownSpool,
	SpoolsSetup,
} from "../../ui/panel/device";
import type { ManualClock } from "../fakes/manual-clock";

export interface Call {
	/** "printers.command", "preferences.set" … */
	readonly name: string;
	readonly with: readonly unknown[];
}

export interface FakeDeviceOptions {
	readonly clock: ManualClock;
	readonly state: DeviceState;
	readonly preferences?: Partial<Preferences>;
	readonly jobs?: readonly FinishedJob[];
	/** With its own heater: that of `state.breath`. */
	readonly hasHeater?: boolean;
	/** Has room for a heater on the network. */
	readonly hasRemoteHeater?: boolean;
	/** Keeps track of spools. */
	readonly hasSpools?: boolean;
	/** Of Spoolman, the newest first; those of a page are found by their material. */
	readonly spools?: readonly ShownSpool[];
	/** On its printers, in each folder. */
	readonly files?: readonly PrinterFile[];
	/** What cannot be done at this moment. */
	readonly refusal?: (id: string, command: PrinterCommand) => Refusal | undefined;
	readonly cameraRefusal?: () => Refusal | undefined;
}

export const PREFERENCES: Preferences = Object.freeze({
	deviceName: "Culm",
	theme: "dark",
	language: "en",
	brightness: 80,
	sleepMinutes: 10,
	wakeOnPrint: true,
	sounds: true,
	utcOffsetMinutes: 0,
});

const DONE = Object.freeze({ ok: true } as const);
/** Asked again and again while models are made: they are no wishes. */
const UNRECORDED = "touched";

export class FakeDevice {
	readonly device: PanelDevice;
	readonly calls: Call[] = [];
	/** Of cameras that are being watched. */
	readonly viewers = new Map<string, CameraViewer>();
	/** Ids that somebody looks at. */
	readonly attended: string[] = [];
	touches = 0;
	#clock: ManualClock;
	#state: DeviceState;
	#preferences: Preferences;
	#jobs: readonly FinishedJob[];
	#refusal: FakeDeviceOptions["refusal"];
	#cameraRefusal: FakeDeviceOptions["cameraRefusal"];
	#listeners = new Set<(change: DeviceChange) => void>();
	#answers = new Map<string, (...values: readonly unknown[]) => unknown>();

	constructor(options: FakeDeviceOptions) {
		this.#clock = options.clock;
		this.#state = options.state;
		this.#preferences = { ...PREFERENCES, ...options.preferences };
		this.#jobs = options.jobs ?? [];
		this.#refusal = options.refusal;
		this.#cameraRefusal = options.cameraRefusal;
		this.device = this.#made(options);
	}

	get state(): DeviceState {
		return this.#state;
	}

	get preferences(): Preferences {
		return this.#preferences;
	}

	/** Of changes. */
	get listeners(): number {
		return this.#listeners.size;
	}

	/** From now on that call is answered so; a function gets what it was called with. */
	answer(name: string, answer: unknown): void {
		const isFunction = typeof answer === "function";
		this.#answers.set(name, isFunction ? (answer as () => unknown) : () => answer);
	}

	/** Refuses that call from now on. */
	refuse(name: string, code: string, message: string): void {
		this.answer(name, { ok: false, code, message });
	}

	/** Lets that call wait; returns what ends the last one. */
	hold(name: string): (answer: unknown) => void {
		let end: ((answer: unknown) => void) | undefined;
		this.answer(
			name,
			() =>
				new Promise((resolve) => {
					end = resolve;
				}),
		);
		return (answer) => end?.(answer);
	}

	refuseCommands(refusal: FakeDeviceOptions["refusal"]): void {
		this.#refusal = refusal;
	}

	change(state: DeviceState): void {
		this.#state = state;
		this.tell();
	}

	/** By somebody else, such as the page. */
	prefer(changes: Partial<Preferences>): void {
		this.#preferences = { ...this.#preferences, ...changes };
		this.tell();
	}

	finishJobs(jobs: readonly FinishedJob[]): void {
		this.#jobs = jobs;
		this.tell();
	}

	tell(): void {
		const keys = (printer: object) => new Set(Object.keys(printer)) as never;
		const change: DeviceChange = {
			printers: new Map(this.#state.printers.map((printer) => [printer.id, keys(printer)])),
			list: true,
			heater: true,
			spools: true,
			wifi: true,
			update: true,
			jobs: true,
			preferences: true,
		};
		for (const listener of [...this.#listeners]) listener(change);
	}

	/** What was asked for by that name, without the name. */
	asked(name: string): readonly (readonly unknown[])[] {
		return this.calls.filter((call) => call.name === name).map((call) => call.with);
	}

	/** Writes it down, and has the answer of the test or the usual one. */
	#ask<T>(name: string, values: readonly unknown[], usual: () => T): T {
		if (name !== UNRECORDED) this.calls.push({ name, with: values });
		const answer = this.#answers.get(name);
		return answer ? (answer(...values) as T) : usual();
	}

	async #later<T>(name: string, values: readonly unknown[], usual: () => T): Promise<T> {
		return this.#ask(name, values, usual);
	}

	#made(options: FakeDeviceOptions): PanelDevice {
		return {
			state: () => this.#state,
			onChange: (listener) => {
				this.#listeners.add(listener);
				return () => this.#listeners.delete(listener);
			},
			touched: () => {
				this.touches++;
			},
			facts: panelFacts(10),
			clock: {
				now: () => this.#clock.now(),
				wallTime: () => this.#clock.wallTime(),
				utcOffsetMinutes: () => this.#preferences.utcOffsetMinutes,
				after: (delayMs, callback) => this.#clock.after(delayMs, callback),
				every: (intervalMs, callback) => this.#clock.every(intervalMs, callback),
			},
			printers: this.#printers(),
			files: {
				list: (printerId, place, folder) =>
					this.#later(
						"files.list",
						[printerId, place, folder],
						() => ({ ok: true, value: options.files ?? [] }) as const,
					),
			},
			camera: this.#camera(),
			jobs: {
				list: () => this.#jobs,
				clear: () =>
					this.#later("jobs.clear", [], () => {
						this.finishJobs([]);
						return DONE;
					}),
			},
			wifi: {
				scan: () =>
					this.#later("wifi.scan", [], () => ({ ok: true, value: this.#state.wifi.networks }) as const),
				join: (network) => this.#ask("wifi.join", [network], () => DONE),
				forget: () => this.#ask("wifi.forget", [], () => undefined),
			},
			...(options.hasHeater && { heater: this.#heater() }),
			...(options.hasRemoteHeater && { remoteHeater: this.#remoteHeater() }),
			...(options.hasSpools && { spools: this.#spools(options.spools ?? []), filamentTag: this.#tag() }),
			preferences: {
				get: () => this.#preferences,
				set: (changes) =>
					this.#ask("preferences.set", [changes], () => {
						this.#preferences = { ...this.#preferences, ...changes };
						this.#clock.after(0, () => this.tell());
						return DONE;
					}),
			},
			display: {
				isDimmable: true,
				setBrightness: (percent) => this.#ask("display.setBrightness", [percent], () => undefined),
			},
			system: {
				restart: () => this.#ask("system.restart", [], () => undefined),
				factoryReset: () => this.#later("system.factoryReset", [], () => DONE),
				about: { board: "simulated", macAddress: "02000000000a", webPort: 80 },
			},
		};
	}

	#printers(): PanelDevice["printers"] {
		return {
			attend: (id) => {
				this.attended.push(id);
				return () => {
					const at = this.attended.indexOf(id);
					if (at >= 0) this.attended.splice(at, 1);
				};
			},
			command: (id, command) => this.#later("printers.command", [id, command], () => DONE),
			refusal: (id, command) => this.#refusal?.(id, command) as Refusal<"refused"> | undefined,
			scan: () => this.#later("printers.scan", [], () => ({ ok: true, value: [] }) as const),
			add: (fields) =>
				this.#later(
					"printers.add",
					[fields],
					() => ({ ok: true, value: { id: "01P00A000000099" } }) as const,
				),
			entry: (id) => this.#entry(id),
			edit: (id, fields) =>
				this.#ask("printers.edit", [id, fields], () => ({ ok: true, value: { id } }) as const),
			forget: (id) =>
				this.#ask("printers.forget", [id], () => {
					const printers = this.#state.printers.filter((printer) => printer.id !== id);
					this.#state = { ...this.#state, printers };
					this.#clock.after(0, () => this.tell());
					return DONE;
				}),
			reorder: (ids) =>
				this.#ask("printers.reorder", [ids], () => {
					const place = (id: string) => ids.indexOf(id);
					const printers = [...this.#state.printers].sort((one, other) => place(one.id) - place(other.id));
					this.#state = { ...this.#state, printers };
					this.#clock.after(0, () => this.tell());
					return DONE;
				}),
			trust: (id, sha256) => this.#ask("printers.trust", [id, sha256], () => DONE),
		};
	}

	#entry(id: string): PrinterEntry | undefined {
		const printer = this.#state.printers.find((each) => each.id === id);
		if (!printer) return undefined;
		const { host, serial, name, vendor } = printer;
		const way = host === "" ? "broker" : "lan";
		return { host, serial, name, port: 8883, pinnedSha256: "", live: true, vendor, way };
	}

	#camera(): PanelDevice["camera"] {
		return {
			refusal: () => this.#cameraRefusal?.() as Refusal<"taken"> | undefined,
			decode: (jpeg, { width, height }, onEnd) =>
				this.#ask("camera.decode", [jpeg.length, width, height], () => () => onEnd(undefined)),
			watch: (id, viewer) =>
				this.#ask("camera.watch", [id], () => {
					this.viewers.set(id, viewer);
					return {
						ok: true,
						stop: () => {
							this.calls.push({ name: "camera.stop", with: [id] });
							this.viewers.delete(id);
						},
					} as const;
				}),
		};
	}

	#heater(): PanelHeater {
		let options: HeaterOptions = { dryingPreset: "pla", autoBy: "bed", followedPrinter: "" };
		const breath = (): BreathState => {
			if (!this.#state.breath) throw new Error("a device with a heater needs a state with `breath`");
			return this.#state.breath;
		};
		return {
			change: (changes) => this.#ask("heater.change", [changes], breath),
			clearFault: () => this.#later("heater.clearFault", [], () => DONE),
			history: fourHours(),
			options: () => options,
			setOptions: (changes) =>
				this.#ask("heater.setOptions", [changes], () => {
					options = { ...options, ...changes };
					this.#clock.after(0, () => this.tell());
					return DONE;
				}),
		};
	}

	#spools(all: readonly ShownSpool[]): PanelSpools {
		let setup: SpoolsSetup = {
			url: "http://192.168.1.20:7912",
			hasApiKey: false,
			source: "job",
			lowGrams: 50,
		};
		return {
			limits: {
				lowGrams: { min: 0, max: 1000 },
				url: { minLength: 0, maxLength: 255 },
				apiKey: { minLength: 0, maxLength: 256 },
			},
			list: (query) =>
				this.#later("spools.list", [query], () => {
					const found = all.filter(({ material }) => query.search === undefined || material === query.search);
					const spools = found.slice(query.offset, query.offset + query.limit);
					return { ok: true, value: { spools, total: found.length } } as const;
				}),
			act: (action) => this.#later("spools.act", [action], () => DONE),
			setup: () => setup,
			setSetup: (changes) =>
				this.#ask("spools.setSetup", [changes], () => {
					const { apiKey, ...others } = changes;
					setup = { ...setup, ...others, ...(apiKey !== undefined && { hasApiKey: apiKey !== "" }) };
					this.#clock.after(0, () => this.tell());
					return DONE;
				}),
		};
	}

	#tag(): PanelTag {
		return {
			give: (printerId, tray) =>
				this.#later("filamentTag.give", [printerId, tray], () => {
					this.#forgetTag();
					return DONE;
				}),
			drop: () => this.#ask("filamentTag.drop", [], () => this.#forgetTag()),
		};
	}

	#forgetTag(): void {
		const { filamentTag: _, ...state } = this.#state;
		this.#state = state;
		this.#clock.after(0, () => this.tell());
	}

	#remoteHeater(): PanelRemoteHeater {
		let place: HeaterPlace = { host: this.#state.remoteBreath?.host ?? "", port: 80 };
		return {
			change: (changes) => this.#later("remoteHeater.change", [changes], () => DONE),
			scan: () => this.#later("remoteHeater.scan", [], () => ({ ok: true, value: [] }) as const),
			place: () => place,
			setPlace: (changes) =>
				this.#ask("remoteHeater.setPlace", [changes], () => {
					place = { ...place, ...changes };
					return DONE;
				}),
		};
	}
}

/** Warmed up within the first hour, then held. */
function fourHours(): HeaterHistory {
	const length = 480;
	return {
		intervalSeconds: 30,
		length,
		most: length,
		count: length,
		chamber: (index) => Math.min(45, 22 + index / 5),
		target: () => 45,
	};
}
