// The screens around the device itself as golden pictures: more, history, settings, Wi-Fi, update, about.

import type { DeviceState, FinishedJob, PanelDevice } from "../../ui/panel/device";
import type { Panel } from "../../ui/panel/panel";
import type { Screen } from "../../ui/panel/screen";
import { aboutScreen } from "../../ui/panel/screens/about";
import { historyScreen } from "../../ui/panel/screens/history";
import { settingsScreen } from "../../ui/panel/screens/settings";
import { timeZoneScreen } from "../../ui/panel/screens/time-zone";
import { updateScreen } from "../../ui/panel/screens/update";
import { wifiScreen } from "../../ui/panel/screens/wifi";
import type { Scene, Stage } from "./golden-scene";
import { inAllLooks, type PanelSceneOptions, panelScene } from "./panel-scene";
import { PICTURE_TIME } from "./picture-device";
import { faultyP1S, heating, stateOf, tenPrinters } from "./states";

const MINUTE_MS = 60_000;

export function settingsScenes(): readonly Scene[] {
	const busy = stateOf([faultyP1S(), ...tenPrinters().slice(1)]);
	const jobs = jobsOf(JOBS);
	const none = stateOf();
	return [
		...inAllLooks("more", { state: busy, parts: jobs, open: (panel, stage) => openMore(panel, stage) }),
		panelScene("more-empty", { state: none, open: (panel, stage) => openMore(panel, stage) }),
		panelScene("more-heater", {
			state: stateOf([faultyP1S({ faults: [] })], { breath: heating(), update: { phase: "receiving" } }),
			parts: { ...jobs, heater: NO_HEATER_PART },
			open: (panel, stage) => openMore(panel, stage),
		}),
		...inAllLooks("history", at(busy, historyScreen, jobs)),
		panelScene("history-empty", at(busy, historyScreen)),
		panelScene("history-job", {
			...at(busy, historyScreen, jobs),
			open: async (panel, stage) => {
				await go(panel, stage, historyScreen());
				await stage.tap(stage.width / 2, stage.size === "large" ? 160 : 96);
			},
		}),
		panelScene("history-clear", {
			...at(busy, historyScreen, jobs),
			open: async (panel, stage) => {
				await go(panel, stage, historyScreen());
				await stage.tap(stage.width - 60, stage.size === "large" ? 90 : 52);
			},
		}),
		...inAllLooks("settings", at(busy, settingsScreen, REMOTE)),
		...inAllLooks("settings-middle", {
			...at(busy, settingsScreen, REMOTE),
			open: async (panel, stage) => {
				await go(panel, stage, settingsScreen());
				const [from, to] = stage.size === "large" ? [460, 100] : [190, 40];
				await stage.drag(stage.width / 2, from, stage.width / 2, to);
				if (stage.size === "small") await stage.drag(stage.width / 2, from, stage.width / 2, to);
			},
		}),
		...inAllLooks("settings-end", atEnd(busy)),
		panelScene("settings-sleep", {
			...at(busy, settingsScreen, REMOTE),
			open: async (panel, stage) => {
				await go(panel, stage, settingsScreen());
				if (stage.size === "small") await stage.drag(160, 190, 160, 70);
				await stage.tap(stage.width / 2, stage.size === "large" ? 372 : 108);
			},
		}),
		panelScene("settings-name", { ...atEnd(busy, 166), sizes: ["large"] }),
		panelScene("settings-restart", atEnd(busy, 366, 136)),
		panelScene("settings-factory-reset", atEnd(busy, 432, 176)),
		...inAllLooks("time-zone", at(none, timeZoneScreen)),
		...inAllLooks("wifi", at(busy, wifiScreen)),
		panelScene("wifi-wrong-password", at(withStation("wrong_password"), wifiScreen)),
		panelScene("wifi-lost-de", { ...at(withStation("lost"), wifiScreen), preferences: { language: "de" } }),
		panelScene("wifi-none", at(NO_WIFI, wifiScreen)),
		panelScene("wifi-password", {
			...at(busy, wifiScreen),
			open: async (panel, stage) => {
				await go(panel, stage, wifiScreen());
				const small = stage.size === "small";
				if (small) await stage.drag(stage.width / 2, 180, stage.width / 2, 60);
				await stage.tap(small ? 160 : 540, small ? 100 : 250);
			},
		}),
		panelScene("wifi-leave", {
			...at(busy, wifiScreen),
			sizes: ["large"],
			open: async (panel, stage) => {
				await go(panel, stage, wifiScreen());
				await stage.tap(240, 430);
			},
		}),
		panelScene("wifi-other", {
			...at(busy, wifiScreen),
			open: async (panel, stage) => {
				await go(panel, stage, wifiScreen());
				await stage.tap(stage.width - 60, stage.size === "large" ? 96 : 80);
			},
		}),
		panelScene("wifi-end", {
			...at(busy, wifiScreen),
			sizes: ["small"],
			open: async (panel, stage) => {
				await go(panel, stage, wifiScreen());
				await toEnd(stage);
			},
		}),
		...inAllLooks("update", at(busy, updateScreen)),
		panelScene("update-receiving", at(withUpdate({ phase: "receiving", ...BYTES }), updateScreen)),
		panelScene("update-restarting-de", {
			...at(withUpdate({ phase: "restarting" }), updateScreen),
			preferences: { language: "de" },
		}),
		panelScene("update-failed", at(withUpdate({ phase: "failed", message: FAILURE }), updateScreen)),
		panelScene("update-no-network", at(OFFLINE, updateScreen)),
		...inAllLooks("about", at(busy, aboutScreen)),
		...inAllLooks("about-end", {
			...at(busy, aboutScreen),
			open: async (panel, stage) => {
				await go(panel, stage, aboutScreen());
				await toEnd(stage);
			},
		}),
		panelScene("about-code", {
			...at(busy, aboutScreen),
			sizes: ["small"],
			open: async (panel, stage) => {
				await go(panel, stage, aboutScreen());
				await stage.drag(160, 195, 160, 35);
				await stage.drag(160, 195, 160, 55);
			},
		}),
		panelScene("about-no-network", at(OFFLINE, aboutScreen)),
	];
}

function at<View>(
	state: DeviceState,
	screen: () => Screen<View>,
	parts: Partial<PanelDevice> = {},
): PanelSceneOptions {
	return { state, parts, open: (panel, stage) => go(panel, stage, screen()) };
}

async function go<View>(panel: Panel, stage: Stage, screen: Screen<View>): Promise<void> {
	panel.navigator.go(screen);
	await stage.settle();
}

/** At the end of the settings; with a height for each size, what is there is touched. */
function atEnd(state: DeviceState, large?: number, small?: number): PanelSceneOptions {
	return {
		...at(state, settingsScreen, REMOTE),
		open: async (panel, stage) => {
			await go(panel, stage, settingsScreen());
			await toEnd(stage);
			const y = stage.size === "large" ? large : small;
			if (y !== undefined) await stage.tap(stage.width / 2, y);
		},
	};
}

async function toEnd(stage: Stage): Promise<void> {
	for (let times = 0; times < 6; times++)
		await stage.drag(stage.width / 2, stage.height - 60, stage.width / 2, 60);
}

/** The last entry of the rail or of the bar. */
async function openMore(_panel: Panel, stage: Stage): Promise<void> {
	if (stage.size === "large") await stage.tap(44, stage.height - 48);
	else await stage.tap(stage.width - 40, stage.height - 20);
}

function jobsOf(list: readonly FinishedJob[]): Partial<PanelDevice> {
	return { jobs: { list: () => list, clear: async () => ({ ok: true }) } };
}

function withStation(reason: "wrong_password" | "lost"): DeviceState {
	const state = stateOf();
	return {
		...state,
		wifi: {
			...state.wifi,
			station: { status: "disconnected", ssid: "Workshop", reason },
			accessPoint: { on: true, ssid: "Culm_A1B2", address: "192.168.254.1" },
		},
	};
}

function withUpdate(update: DeviceState["update"]): DeviceState {
	return stateOf([], { update });
}

const NO_STATION = { status: "off" } as const;
const NO_WIFI = stateOf([], {
	wifi: {
		station: NO_STATION,
		accessPoint: { on: true, ssid: "Culm_A1B2", address: "192.168.254.1" },
		scanning: false,
		networks: [],
	},
});
const OFFLINE = stateOf([], {
	wifi: { ...NO_WIFI.wifi, accessPoint: { ...NO_WIFI.wifi.accessPoint, on: false } },
});
const BYTES = { receivedBytes: 734_003, totalBytes: 1_782_579 };
const FAILURE = "The connection was lost after 0.7 of 1.7 MB. Nothing has changed; send the image again.";

const NO_HEATER_PART: NonNullable<PanelDevice["heater"]> = {
	change: () => heating(),
	setOptions: () => ({ ok: true }),
	clearFault: async () => ({ ok: true }),
	options: () => ({ dryingPreset: "custom", autoBy: "bed", followedPrinter: "" }),
	history: {
		intervalSeconds: 10,
		length: 0,
		most: 360,
		count: 0,
		chamber: () => Number.NaN,
		target: () => 0,
	},
};

const REMOTE: Partial<PanelDevice> = {
	remoteHeater: {
		change: async () => ({ ok: true }),
		scan: async () => ({ ok: true, value: [] }),
		place: () => ({ host: "PandaBreath.local", port: 80 }),
		setPlace: () => ({ ok: true }),
	},
};

const JOBS: readonly FinishedJob[] = [
	job("Benchy plate 2", "finished", 28, 4320, {
		layers: 204,
		filament: [
			{ slot: "A1", material: "PETG", color: "FF8A3DFF", grams: 34 },
			{ slot: "A3", material: "PLA", color: "16181AFF", percent: 2 },
			{ slot: "external", material: "TPU" },
		],
	}),
	job("Shelf bracket, left, with a name that is rather long", "failed", 190, 1260, { layers: 31 }),
	job("Gear 3", "cancelled", 1500, 95, {}),
	{ printerId: "2", printerName: "A1 mini", result: "finished" },
	job("Vase", "finished", 3 * 24 * 60, 30_600, { layers: 400 }),
	job("Lamp shade", "finished", 500 * 24 * 60, 61_200, { layers: 1200 }),
];

function job(
	name: string,
	result: FinishedJob["result"],
	minutesAgo: number,
	seconds: number,
	rest: Partial<FinishedJob>,
): FinishedJob {
	const ended = PICTURE_TIME - minutesAgo * MINUTE_MS;
	return {
		printerId: "01P00A000000001",
		printerName: "P1S Workshop",
		name,
		result,
		seconds,
		endedAt: new Date(ended).toISOString(),
		...rest,
	};
}
