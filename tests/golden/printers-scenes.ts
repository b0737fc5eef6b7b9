// The list of printers, one of them, and adding one.

import type { FoundPrinter, PanelDevice, PrinterEntry } from "../../ui/panel/device";
import type { Panel } from "../../ui/panel/panel";
import { addPrinterScreen } from "../../ui/panel/screens/add-printer";
import { printerScreen } from "../../ui/panel/screens/printer";
import { printersScreen } from "../../ui/panel/screens/printers";
import type { Scene, Stage } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { pictureDevice } from "./picture-device";
import { offlineA1Mini, printingP1S, stateOf, tenPrinters } from "./states";

const FOUND: readonly FoundPrinter[] = [
	{ vendor: "bambu", serial: "01P00A000000001", host: "192.168.1.30", name: "P1S Workshop", model: "P1S" },
	{ vendor: "bambu", serial: "09400A000000002", host: "192.168.1.31", name: "H2D", model: "H2D" },
	{ vendor: "bambu", serial: "03000A000000003", host: "192.168.1.32", name: "Kitchen", model: "A1 mini" },
];
const SHA256 = "3f1c9a0b7d52e6844c10fa93b8e7d6259a01bc34de56f7788990aabbccddeeff";

export function printersScenes(): readonly Scene[] {
	const ten = stateOf(tenPrinters());
	const one = stateOf([printingP1S()]);
	const refused = offlineA1Mini({
		linkError: "untrusted_certificate",
		linkHelp:
			"The certificate at 192.168.1.32 does not come from a known authority of the maker. If this is a new model, compare the fingerprint and trust it.",
		linkCertificate: { commonName: "03000A000000003", sha256: SHA256 },
	});
	const list = (panel: Panel) => panel.navigator.go(printersScreen());
	const add = (panel: Panel) => panel.navigator.go(addPrinterScreen());
	const device = (changes: Partial<PanelDevice["printers"]>) => ({
		printers: { ...pictureDevice({ state: one }).printers, ...changes },
	});
	const details = (id: string) => (panel: Panel) => panel.navigator.go(printerScreen(id));
	return [
		...inAllLooks("printers", { state: ten, open: list }),
		panelScene("printers-list", {
			state: ten,
			async open(panel, stage) {
				list(panel);
				await stage.settle();
				await tapSegment(stage, 1);
			},
		}),
		panelScene("printers-none", { state: stateOf(), open: list }),
		panelScene("printers-switcher", {
			state: ten,
			open: (panel, stage) => stage.tap(panel.tools.look.metrics.rail + 40, 12),
		}),
		...inAllLooks("printer", { state: ten, open: details("09400A000000002") }),
		panelScene("printer-certificate", { state: stateOf([refused]), open: details(refused.id) }),
		panelScene("printer-trust", {
			state: stateOf([refused]),
			sizes: ["large"],
			async open(panel, stage) {
				details(refused.id)(panel);
				await stage.settle();
				await stage.tap(200, 430);
			},
		}),
		panelScene("printer-forget", {
			state: ten,
			sizes: ["large"],
			async open(panel, stage) {
				details("09400A000000002")(panel);
				await stage.settle();
				await stage.tap(640, 430);
			},
		}),
		...inAllLooks("add-printer", { state: one, open: add }),
		panelScene("add-printer-found", {
			state: one,
			parts: device({ scan: async () => ({ ok: true, value: FOUND }) }),
			open: (panel, stage) => searched(panel, stage, add),
		}),
		panelScene("add-printer-none-found", {
			state: one,
			parts: device({ scan: async () => ({ ok: true, value: [] }) }),
			open: (panel, stage) => searched(panel, stage, add),
		}),
		panelScene("add-printer-code", {
			state: one,
			parts: device({ scan: async () => ({ ok: true, value: FOUND }) }),
			async open(panel, stage) {
				await searched(panel, stage, add);
				if (stage.size === "large") await stage.tap(200, 230);
				else await stage.tap(100, 140);
			},
		}),
		panelScene("add-printer-address", {
			state: one,
			async open(panel, stage) {
				await form(panel, stage, add);
				if (stage.size === "large") await stage.tap(600, 100);
				else await stage.tap(160, 48);
			},
		}),
		panelScene("edit-printer-refused", {
			state: one,
			parts: device({
				entry: () => entry,
				edit: () => ({
					ok: false,
					code: "bad_field",
					message: "There is a printer with this serial number.",
				}),
			}),
			async open(panel, stage) {
				panel.navigator.go(addPrinterScreen({ editedId: "01P00A000000001" }));
				await stage.settle();
				if (stage.size === "small") await stage.drag(160, 180, 160, 60);
				await stage.tap(stage.size === "large" ? 600 : 160, stage.size === "large" ? 430 : 176);
			},
		}),
		panelScene("edit-printer", {
			state: one,
			parts: device({
				entry: () => entry,
			}),
			open: (panel) => panel.navigator.go(addPrinterScreen({ editedId: "01P00A000000001" })),
		}),
	];
}

const entry: PrinterEntry = Object.freeze({
	host: "192.168.1.30",
	serial: "01P00A000000001",
	name: "P1S Workshop",
	port: 8883,
	pinnedSha256: "",
	live: true,
	vendor: "bambu",
	way: "lan",
});

async function searched(panel: Panel, stage: Stage, open: (panel: Panel) => void): Promise<void> {
	open(panel);
	await stage.settle();
	await stage.tap(stage.size === "large" ? 200 : 160, stage.size === "large" ? 90 : 52);
}

async function form(panel: Panel, stage: Stage, open: (panel: Panel) => void): Promise<void> {
	open(panel);
	await stage.settle();
	if (stage.size === "small") await stage.tap(160, 176);
}

async function tapSegment(stage: Stage, index: number): Promise<void> {
	const y = stage.size === "large" ? 48 + 40 : 28 + 24;
	const x = stage.size === "large" ? 88 + 8 + 72 + 144 * index : 44 + 80 * index;
	await stage.tap(x, y);
}
