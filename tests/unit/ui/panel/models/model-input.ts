// What models are given in tests: a device that answers from values, and states made by hand.

import type { BreathState } from "../../../../../modules/breath/breath-state";
import type { DeviceState } from "../../../../../modules/device-state";
import { panelFacts } from "../../../../../modules/panel/panel-facts";
import type { PrinterState } from "../../../../../modules/printers/printer-state";
import type { Language, PanelDevice, PrinterCommand, Refusal } from "../../../../../ui/panel/device";
import type { ModelInput } from "../../../../../ui/panel/screen";
import { wordsIn } from "../../../../../ui/panel/words/languages";
import { printerState } from "../../../breath/printer-fixture";

/** Saturday, 21 November 2026, 14:32 in Berlin. */
export const NOW_MS = Date.UTC(2026, 10, 21, 13, 32);
export const UPTIME_SECONDS = 10_000;

export interface InputOptions {
	language?: Language;
	printers?: readonly PrinterState[];
	/** The place of the shown one. */
	shown?: number;
	breath?: BreathState;
	spools?: DeviceState["spools"];
	filamentTag?: DeviceState["filamentTag"];
	wifi?: DeviceState["wifi"];
	update?: DeviceState["update"];
	wallTimeMs?: number | undefined;
	refusal?: (id: string, command: PrinterCommand) => Refusal<"refused"> | undefined;
	cameraRefusal?: Refusal<"taken">;
}

export function modelInput(options: InputOptions = {}): ModelInput {
	const { language = "en", printers = [], shown = 0 } = options;
	const wallTimeMs = "wallTimeMs" in options ? options.wallTimeMs : NOW_MS;
	const state: DeviceState = {
		device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: UPTIME_SECONDS },
		printers: [...printers],
		wifi: options.wifi ?? {
			station: { status: "connected", ssid: "Home", address: "192.0.2.40", rssiDbm: -52 },
			accessPoint: { on: false, ssid: "Culm_1", address: "192.168.254.1" },
			scanning: false,
			networks: [],
		},
		update: options.update ?? { phase: "idle" },
		...(options.breath && { breath: options.breath }),
		...(options.spools && { spools: options.spools }),
		...(options.filamentTag && { filamentTag: options.filamentTag }),
	};
	const device = {
		facts: panelFacts(10),
		clock: { now: () => 0, wallTime: () => wallTimeMs, utcOffsetMinutes: () => 60 },
		printers: { refusal: options.refusal ?? (() => undefined) },
		camera: { refusal: () => options.cameraRefusal },
		...(options.spools && {
			spools: { setup: () => ({ url: "http://host:7912/", hasApiKey: true, source: "job", lowGrams: 0 }) },
		}),
		system: { about: { board: "moddable_six", macAddress: "a0b1c2d3e4f5", webPort: 80 } },
	} as unknown as PanelDevice;
	return {
		state,
		printer: state.printers[shown],
		preferences: {
			deviceName: "Culm",
			theme: "dark",
			language,
			brightness: 80,
			sleepMinutes: 10,
			wakeOnPrint: true,
			sounds: false,
			utcOffsetMinutes: 60,
		},
		words: wordsIn(language),
		device,
	};
}

/** A printer with that, shown alone. */
export function withPrinter(changes: Partial<PrinterState>, options: InputOptions = {}): ModelInput {
	return modelInput({ ...options, printers: [printerState(changes)] });
}

export function breathState(changes: Partial<BreathState> = {}): BreathState {
	return {
		mode: "auto",
		on: false,
		heating: false,
		fan: false,
		fanOnly: false,
		target: 45,
		activeTarget: 0,
		chamber: 24.26,
		ptc: 25,
		bedThreshold: 80,
		filterThreshold: 30,
		drying: { running: false, target: 60, hours: 12, remainingSeconds: 0 },
		reason: "Off since the start",
		reasonCode: "off",
		...changes,
	};
}

/** What a person sees does not tell one blank from another. */
export function seen(text: string): string {
	return text.replaceAll("\u00a0", " ");
}

/** Every text in a view, with where it is. */
export function* textsIn(view: unknown, path = ""): Generator<[string, string]> {
	if (typeof view === "string") yield [path, view];
	else if (typeof view === "object" && view !== null)
		for (const [key, value] of Object.entries(view)) yield* textsIn(value, `${path}.${key}`);
}
