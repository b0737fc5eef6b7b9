// The components of the panel as golden pictures: the gallery's pages, and the sheets over one of them.

import { ask } from "../../ui/panel/components/ask";
import { choose } from "../../ui/panel/components/choose";
import { keyboard } from "../../ui/panel/components/keyboard";
import { numberKeypad } from "../../ui/panel/components/keypad";
import type { DeviceState, Preferences } from "../../ui/panel/device";
import { KitBase } from "../../ui/panel/kit";
import { openPanel, type Panel } from "../../ui/panel/panel";
import type { Roots } from "../../ui/panel/roots";
import type { PrinterOfState } from "../../ui/panel/screen";
import { visit } from "../../ui/panel/visit";
import { GALLERY_PAGES, galleryScreen } from "./gallery-screen";
import type { Scene, Stage } from "./golden-scene";
import { pictureDevice } from "./picture-device";

const STATE: DeviceState = {
	device: { name: "Culm", firmware: "0.1.0", hostname: "culm", uptimeSeconds: 4000 },
	printers: [],
	wifi: {
		station: { status: "off" },
		accessPoint: { on: true, ssid: "Culm", address: "192.168.4.1" },
		scanning: false,
		networks: [],
	},
	update: { phase: "idle" },
};

const online: PrinterOfState = {
	id: "1",
	vendor: "bambu",
	model: "P1S",
	name: "P1S Workshop",
	serial: "01P00A000000001",
	host: "192.168.1.30",
	watch: "live",
	link: "online",
	control: "read_only",
	capabilities: {
		nozzles: 1,
		maxNozzle: 300,
		maxBed: 100,
		chamberSensor: true,
		maxChamber: 0,
		auxFan: true,
		secondAuxFan: false,
		chamberFan: true,
		airDuct: [],
		lights: ["chamber"],
		camera: "jpeg",
		drying: false,
		bedMovesInZ: true,
		doorSensor: false,
		motion: true,
		loading: true,
		fastestSpeed: 4,
		filesIn: [],
		forms: { home: false, jog: false, bedTemperature: false, chamberTemperature: false },
	},
	job: { state: "printing", name: "Benchy plate 2", percent: 63 },
	nozzles: [{ current: 245, target: 245, active: true }],
	bed: { current: 70, target: 70 },
	fans: {},
	lights: {},
	filament: { units: [], external: [] },
	faults: [
		{
			code: "0300_400C",
			severity: "serious",
			module: "Toolhead",
			text: "The nozzle is clogged.",
			actions: [],
		},
		{ code: "0300_400D", severity: "common", module: "Toolhead", text: "The fan is dusty.", actions: [] },
	],
};
const lost: PrinterOfState = {
	...online,
	id: "2",
	name: "A1 mini",
	link: "stale",
	control: "full",
	heardAtSeconds: 3800,
	faults: [],
};

export function componentScenes(): readonly Scene[] {
	const light = { theme: "light" } as const;
	return [
		...GALLERY_PAGES.map((page) =>
			scene(`components/${page}`, (panel) => panel.navigator.go(galleryScreen(page))),
		),
		scene("components/buttons-light", (panel) => panel.navigator.go(galleryScreen("buttons")), light),
		scene("components/inputs-light", (panel) => panel.navigator.go(galleryScreen("inputs")), light),
		scene("components/keypad", (panel) =>
			numberKeypad(new KitBase(panel.tools), {
				title: "Bed",
				unit: "°C",
				value: 70,
				min: 20,
				max: 120,
				isZeroOff: true,
				presets: [
					{ label: "PLA 60", value: 60 },
					{ label: "PETG 70", value: 70 },
				],
				onDone: () => undefined,
			}),
		),
		scene("components/keyboard", (panel) =>
			keyboard(new KitBase(panel.tools), {
				title: "Password of “Home”",
				text: "Secret",
				masked: true,
				onDone: () => undefined,
			}),
		),
		scene("components/ask", (panel) =>
			ask(new KitBase(panel.tools), {
				title: "Stop the job?",
				text: "“Benchy plate 2” cannot be taken up again.",
				yes: "Stop the job",
				no: "Keep printing",
				isDangerous: true,
				onYes: () => undefined,
			}),
		),
		scene("components/frame", () => undefined, {}, [online, lost]),
		scene("components/frame-old", () => undefined, {}, [lost]),
		scene(
			"components/frame-zh",
			(panel) => panel.navigator.toasts.refused(panel.tools.words.why.printing),
			{ language: "zh" },
			[online, lost],
			HELD,
		),
		scene("components/choose", (panel) =>
			choose(new KitBase(panel.tools), {
				title: "Speed",
				value: 2,
				choices: [
					{ value: 1, label: "Silent", text: "Half speed, quiet", icon: "speed" },
					{ value: 2, label: "Standard", text: "As it was sliced", icon: "speed" },
					{ value: 3, label: "Sport", text: "Faster by a quarter", icon: "speed", refusal: "Not now." },
				],
				onChoose: () => undefined,
			}),
		),
	];
}

/** A finger that is down while the picture is taken, so that a toast stays. */
const HELD = true;

function scene(
	name: string,
	then: (panel: Panel, stage: Stage) => void,
	preferences: Partial<Preferences> = {},
	printers: readonly PrinterOfState[] = [],
	isHeld = false,
): Scene {
	return {
		name: `panel/${name}`,
		async play(stage) {
			const { width, height } = stage;
			const device = pictureDevice({ state: { ...STATE, printers: [...printers] }, preferences });
			const panel = openPanel({ device, width, height, roots: roots() });
			await stage.settle();
			then(panel, stage);
			if (isHeld) await stage.press(width - 4, height / 2);
			return () => panel.close();
		},
	};
}

function roots(): Roots {
	const gallery = () => visit(galleryScreen("values"));
	return {
		sections: { home: gallery, control: gallery, filament: gallery, heater: gallery, more: gallery },
		faults: gallery,
		wifi: gallery,
		printers: gallery,
	};
}
