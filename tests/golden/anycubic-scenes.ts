// A printer that tells of its files and is neither moved nor loaded from here, and the ways to add one, as golden pictures.

import type { FilePlace, FoundPrinter, PanelDevice } from "../../ui/panel/device";
import type { Panel } from "../../ui/panel/panel";
import { addPrinterScreen } from "../../ui/panel/screens/add-printer";
import { controlScreen } from "../../ui/panel/screens/control";
import { firstControlChoice } from "../../ui/panel/screens/control/control-choice";
import { dryingScreen } from "../../ui/panel/screens/drying";
import { filamentScreen } from "../../ui/panel/screens/filament";
import { filesScreen } from "../../ui/panel/screens/files";
import { extruderScreen, moveScreen } from "../../ui/panel/screens/move";
import { printerScreen } from "../../ui/panel/screens/printer";
import { printerMakerScreen } from "../../ui/panel/screens/printer-maker";
import { panelRoots } from "../../ui/panel/screens/roots";
import { slotScreen } from "../../ui/panel/screens/slot";
import { speedScreen } from "../../ui/panel/screens/speed";
import type { Scene, Stage } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { pictureDevice } from "./picture-device";
import { pictureFiles } from "./picture-files";
import { idleKobra3, printingKobra3, printingP1S, stateOf } from "./states";

const KOBRA = "0c1d2e3f405162738495a6b7c8d9eafb";
const SHA256 = "3f1c9a0b7d52e6844c10fa93b8e7d6259a01bc34de56f7788990aabbccddeeff";
const AT_BROKER: readonly FoundPrinter[] = [
	{
		serial: "a".repeat(32),
		host: "192.168.1.5",
		name: "Kobra 2 Max aaaa",
		model: "Kobra 2 Max",
		vendor: "anycubic",
		way: "broker",
	},
	{
		serial: "b".repeat(32),
		host: "192.168.1.5",
		name: "Kobra 2 Pro bbbb",
		model: "Kobra 2 Pro",
		vendor: "anycubic",
		way: "broker",
	},
];

export function anycubicScenes(): readonly Scene[] {
	const parts = pictureFiles();
	const printing = { parts, state: stateOf([printingKobra3()]) };
	const idle = { parts, state: stateOf([idleKobra3()]) };
	const one = stateOf([printingP1S()]);
	const files =
		(place: FilePlace = "local", folder = "/") =>
		(panel: Panel) =>
			panel.navigator.go(filesScreen({ printerId: KOBRA, place, folder }));
	const printers = (changes: Partial<PanelDevice["printers"]>) => ({
		printers: { ...pictureDevice({ state: one }).printers, ...changes },
	});
	const maker = (panel: Panel) => panel.navigator.go(printerMakerScreen());
	const lan = (panel: Panel) => panel.navigator.go(addPrinterScreen({ kind: "lan" }));
	const broker = (panel: Panel) => panel.navigator.go(addPrinterScreen({ kind: "broker" }));
	return [
		...inAllLooks("home-ace", printing),
		...inAllLooks("filament-ace", { ...printing, open: (panel) => panel.navigator.go(filamentScreen()) }),
		...inAllLooks("slot-ace", {
			...idle,
			open: (panel) => panel.navigator.go(slotScreen({ unit: 0, slot: 1 })),
		}),
		...inAllLooks("drying-ace", { ...idle, open: (panel) => panel.navigator.go(dryingScreen(0)) }),
		...inAllLooks("speed-three", {
			...printing,
			open: (panel, stage) => control(panel, stage, () => panel.navigator.go(speedScreen()), 2),
		}),
		...inAllLooks("move-none", {
			...idle,
			open: (panel, stage) =>
				control(panel, stage, () => panel.navigator.go(moveScreen(firstControlChoice().move)), 1),
		}),
		panelScene("extruder-none", {
			...idle,
			sizes: ["small"],
			open: (panel) => panel.navigator.go(extruderScreen(firstControlChoice().move)),
		}),
		panelScene("control-no-motion", {
			...idle,
			sizes: ["small"],
			open: (panel) => panel.navigator.go(controlScreen()),
		}),
		...inAllLooks("more-files", {
			...idle,
			open: (panel) => panel.navigator.visit(panelRoots().sections.more()),
		}),
		...inAllLooks("files", { ...idle, open: files() }),
		panelScene("files-folder", { ...idle, open: files("usb", "/models") }),
		...inAllLooks("files-failed", {
			state: idle.state,
			parts: pictureFiles(async () => ({
				ok: false,
				code: "refused",
				message: "The printer answered without a list of files. Is there a stick in it that it can read?",
			})),
			open: files("usb"),
		}),
		panelScene("files-none", {
			state: idle.state,
			parts: pictureFiles(async () => ({ ok: true, value: [] })),
			open: files("usb"),
		}),
		panelScene("files-loading", {
			state: idle.state,
			parts: pictureFiles(() => new Promise(() => undefined)),
			open: files(),
		}),
		...inAllLooks("file", { ...idle, open: (panel, stage) => opened(panel, stage, files()) }),
		panelScene("file-long-name", {
			...idle,
			open: (panel, stage) => opened(panel, stage, files("usb", "/models")),
		}),
		...inAllLooks("add-printer-maker", { state: one, open: maker }),
		...inAllLooks("add-printer-lan", { state: one, open: lan }),
		panelScene("add-printer-lan-certificate", {
			state: one,
			parts: printers({
				add: async () => ({
					ok: false,
					code: "untrusted_certificate",
					message:
						"The printer shows a certificate that it made itself. Compare it, and trust it if this is your printer.",
					certificate: { commonName: "gkapi", sha256: SHA256 },
				}),
			}),
			open: (panel, stage) => typed(panel, stage, lan),
		}),
		...inAllLooks("add-printer-broker", { state: one, open: broker }),
		panelScene("add-printer-broker-found", {
			state: one,
			parts: printers({ scan: async () => ({ ok: true, value: AT_BROKER }) }),
			open: (panel, stage) => searched(panel, stage, broker),
		}),
		...inAllLooks("add-printer-broker-none", {
			state: one,
			parts: printers({ scan: async () => ({ ok: true, value: [] }) }),
			open: (panel, stage) => searched(panel, stage, broker),
		}),
		panelScene("printer-broker", {
			...idle,
			parts: printers({
				entry: () => ({
					host: "",
					serial: KOBRA,
					name: "",
					port: 8883,
					pinnedSha256: "",
					live: true,
					vendor: "anycubic",
					way: "broker",
				}),
			}),
			open: (panel) => panel.navigator.go(printerScreen(KOBRA)),
		}),
	];
}

/** The tab of the large panel, or the screen of the small one. */
async function control(panel: Panel, stage: Stage, go: () => void, tab: number): Promise<void> {
	if (stage.size === "small") {
		go();
		return;
	}
	panel.navigator.go(controlScreen());
	await stage.settle();
	await stage.tap(88 + 120 + 236 * tab, 90);
}

async function opened(panel: Panel, stage: Stage, open: (panel: Panel) => void): Promise<void> {
	open(panel);
	await stage.settle();
	await stage.tap(stage.width / 2, stage.size === "large" ? 240 : 146);
}

async function searched(panel: Panel, stage: Stage, open: (panel: Panel) => void): Promise<void> {
	open(panel);
	await stage.settle();
	await stage.tap(stage.width / 2, stage.size === "large" ? 90 : 52);
}

/** An address, then Connect. */
async function typed(panel: Panel, stage: Stage, open: (panel: Panel) => void): Promise<void> {
	open(panel);
	await stage.settle();
	const isLarge = stage.size === "large";
	await stage.tap(stage.width / 2, isLarge ? 96 : 48);
	for (const [x, y] of isLarge ? LARGE_KEYS : SMALL_KEYS) await stage.tap(x, y);
	await stage.tap(stage.width / 2, isLarge ? 430 : 150);
}

/** 1, then Set. */
const LARGE_KEYS = [
	[455, 180],
	[290, 430],
] as const;
const SMALL_KEYS = [
	[178, 75],
	[112, 216],
] as const;
