// The chamber heater as golden pictures: the device's own, one on the network, and none.

import type { HeaterHistory, PanelDevice, RemoteBreathState } from "../../ui/panel/device";
import type { Panel } from "../../ui/panel/panel";
import { heaterScreen } from "../../ui/panel/screens/heater";
import { heaterConnectionScreen } from "../../ui/panel/screens/heater-connection";
import type { Scene, Stage } from "./golden-scene";
import { inAllLooks, panelScene } from "./panel-scene";
import { heating, printingP1S, stateOf, UPTIME_SECONDS } from "./states";

const CHAMBER_SAMPLES = 100;

/** From 24 °C on the way to 45 °C, with a gap. */
const history: HeaterHistory = Object.freeze({
	intervalSeconds: 30,
	length: CHAMBER_SAMPLES,
	most: 480,
	count: CHAMBER_SAMPLES,
	chamber: (index: number) =>
		index > 20 && index < 24 ? Number.NaN : 24 + 14.4 * Math.sin((index / CHAMBER_SAMPLES) * 1.57),
	target: (index: number) => (index < 30 ? 0 : 45),
});

const own: Partial<PanelDevice> = {
	heater: {
		change: () => heating(),
		clearFault: async () => ({ ok: true }),
		history,
		options: () => ({ dryingPreset: "custom", autoBy: "bed", followedPrinter: "" }),
		setOptions: () => ({ ok: true }),
	},
};

function remoteParts(host: string): Partial<PanelDevice> {
	return {
		remoteHeater: {
			change: async () => ({ ok: true }),
			scan: async () => ({
				ok: true,
				value: [
					{ name: "PandaBreath", host: "192.168.1.50", port: 80 },
					{ name: "PandaBreath-2", host: "192.168.1.57", port: 80 },
				],
			}),
			place: () => ({ host, port: 80 }),
			setPlace: () => ({ ok: true }),
		},
	};
}

const remote: RemoteBreathState = {
	host: "192.168.1.50",
	link: "online",
	version: "V1.0.3",
	mode: "always_on",
	on: true,
	target: 45,
	chamber: 41.3,
	bedThreshold: 80,
	filterThreshold: 30,
	drying: { running: false, target: 55, hours: 12, preset: "pla" },
	printerConnected: true,
};

const off = {
	on: false,
	heating: false,
	fan: false,
	activeTarget: 0,
	reasonCode: "off",
	reasonDetails: { by: "panel" },
} as const;

/** As if by the rail. */
const open = (panel: Panel): void => panel.navigator.go(heaterScreen());

function ownState(changes: Parameters<typeof heating>[0] = {}) {
	return stateOf([printingP1S()], { breath: heating(changes) });
}

function remoteState(changes: Partial<RemoteBreathState> = {}) {
	return stateOf([printingP1S()], { remoteBreath: { ...remote, ...changes } });
}

/** Opens the heater, and touches there. */
async function touchOn(panel: Panel, stage: Stage, [x, y]: readonly [number, number]): Promise<void> {
	open(panel);
	await stage.settle();
	await stage.tap(x, y);
}

/** Searches: the button stands at the left below the words. */
async function search(panel: Panel, stage: Stage): Promise<void> {
	panel.navigator.go(heaterConnectionScreen());
	await stage.settle();
	if (stage.size === "large") await stage.tap(230, 140);
	else await stage.tap(80, 72);
}

export function heaterScenes(): readonly Scene[] {
	const waiting = {
		on: true,
		heating: false,
		activeTarget: 0,
		chamber: 27.1,
		reasonCode: "bed_cold",
		reasonDetails: { printer: "P1S Workshop", bedTarget: 60, fan: "filters" },
	} as const;
	const drying = { running: true, target: 55, hours: 12, remainingSeconds: 12_000 };
	const fault = { code: "chamber_sensor_open", text: "", latched: true } as const;
	return [
		...inAllLooks("heater", { state: ownState(), parts: own, open }),
		...inAllLooks("heater-waiting", { state: ownState(waiting), parts: own, open }),
		panelScene("heater-always-on", {
			state: ownState({ mode: "always_on", chamber: 45.2, ...{ reasonCode: "holding" } }),
			parts: own,
			open,
		}),
		panelScene("heater-off", {
			state: ownState({ ...off, mode: "drying", chamber: 24.1, ptc: 25 }),
			parts: own,
			open,
		}),
		...inAllLooks("heater-drying", {
			state: ownState({
				mode: "drying",
				drying,
				activeTarget: 55,
				reasonCode: "drying",
				reasonDetails: { minutes: 200, minutesAlone: 25 },
			}),
			parts: own,
			open,
		}),
		...inAllLooks("heater-fault", {
			state: ownState({ ...off, reasonCode: "fault", fault }),
			parts: own,
			open,
		}),
		panelScene("heater-unknown", {
			state: (() => {
				const { chamber: _, ptc: __, ...breath } = heating({ ...off, reasonCode: "no_reading" });
				return stateOf([printingP1S()], { breath });
			})(),
			parts: own,
			open,
		}),
		...inAllLooks("heater-remote", { state: remoteState(), parts: remoteParts(remote.host), open }),
		...inAllLooks("heater-remote-lost", {
			state: remoteState({
				link: "offline",
				linkError: "unreachable",
				linkHelp:
					"No heater answers at 192.168.1.50. Is it on, in this network, and is this still its address?",
				heardAtSeconds: UPTIME_SECONDS - 95,
			}),
			parts: remoteParts(remote.host),
			open,
		}),
		panelScene("heater-remote-fault", {
			state: remoteState({ fault: { code: "heater_fault", text: "" } }),
			parts: remoteParts(remote.host),
			open,
		}),
		...inAllLooks("heater-none", { state: stateOf([printingP1S()]), parts: remoteParts(""), open }),
		panelScene("heater-search", {
			state: remoteState(),
			parts: remoteParts(remote.host),
			open: search,
		}),
		panelScene("heater-keypad", {
			state: ownState(),
			parts: own,
			sizes: ["large"],
			open: (panel, stage) => touchOn(panel, stage, [600, 160]),
		}),
		panelScene("heater-stop-drying", {
			state: ownState({
				mode: "drying",
				drying,
				activeTarget: 55,
				reasonCode: "drying",
				reasonDetails: { minutes: 200 },
			}),
			parts: own,
			open: (panel, stage) => touchOn(panel, stage, stage.size === "large" ? [490, 88] : [56, 130]),
		}),
		panelScene("heater-forget", {
			state: remoteState(),
			parts: remoteParts(remote.host),
			open: async (panel, stage) => {
				panel.navigator.go(heaterConnectionScreen());
				await stage.settle();
				await (stage.size === "large" ? stage.tap(400, 430) : stage.tap(160, 176));
			},
		}),
	];
}
