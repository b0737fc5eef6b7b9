// The networks around, and joining one.

import type { WifiNetwork } from "../device";
import type { ModelInput } from "../screen";
import { signalStrength } from "../words/format";
import { fill } from "../words/texts";
import type { Question } from "./action";
import { barsOf } from "./status-bar";
import type { Tone } from "./tone";

export interface WifiView {
	/** How the station is: "In “Home” as 192.168.1.40". */
	readonly state: string;
	readonly stateTone: Tone;
	readonly status: "connected" | "connecting" | "disconnected" | "off";
	/** Of the network that is joined or being joined; "" without one. */
	readonly ssid: string;
	/** Of its signal, 0 to 4. */
	readonly bars: number;
	/** The signal, and whether our own network is open. */
	readonly facts: readonly { readonly label: string; readonly value: string }[];
	/** The joined network did not take the password. */
	readonly needsPassword: boolean;
	/** Of our own network while it is open; else "". */
	readonly accessPoint: string;
	readonly isScanning: boolean;
	readonly scan: { readonly label: string; readonly enabled: boolean };
	readonly networks: readonly NetworkRow[];
	/** "No network was found."; "" otherwise. */
	readonly emptyText: string;
	readonly otherLabel: string;
	/** Absent when the device is in no network and looks for none. */
	readonly forget?: { readonly label: string; readonly question: Question };
}

export interface NetworkRow {
	readonly ssid: string;
	/** 0 to 4 */
	readonly bars: number;
	/** "good" */
	readonly signal: string;
	readonly isSecure: boolean;
	/** "joined", "open" or "". */
	readonly note: string;
	/** "good · open" */
	readonly detail: string;
	readonly isJoined: boolean;
}

export function wifiView(input: ModelInput): WifiView {
	const { state, words } = input;
	const { station, accessPoint, scanning, networks } = state.wifi;
	const { wifi, common } = words;
	const joined = station.status === "off" ? undefined : station.ssid;
	return {
		...stationText(input),
		status: station.status,
		ssid: joined ?? "",
		facts: [
			{
				label: words.about.signal,
				value: station.status === "connected" ? signalStrength(words, station.rssiDbm) : common.unknown,
			},
			{ label: wifi.ownNetwork, value: accessPoint.on ? common.on : common.off },
		],
		bars: station.status === "connected" ? barsOf(station.rssiDbm) : 0,
		needsPassword: station.status === "disconnected" && station.reason === "wrong_password",
		accessPoint: accessPoint.on
			? fill(wifi.accessPoint, { ssid: accessPoint.ssid, address: accessPoint.address })
			: "",
		isScanning: scanning,
		scan: { label: scanning ? wifi.searching : wifi.search, enabled: !scanning },
		networks: networks.map((network) => networkRow(input, network)),
		emptyText: networks.length === 0 && !scanning ? wifi.none : "",
		otherLabel: wifi.other,
		...(joined !== undefined && {
			forget: {
				label: wifi.forget,
				question: {
					title: fill(wifi.forgetQuestion, { ssid: joined }),
					text: wifi.forgetText,
					yes: wifi.forget,
					no: common.cancel,
					isDangerous: true,
				},
			},
		}),
	};
}

/** What the two below need. */
type Asked = Pick<ModelInput, "words" | "device">;

/** What is wrong with the name of a network; "" when nothing is. */
export function ssidProblem({ words, device }: Asked, ssid: string): string {
	if (ssid === "") return words.wifi.ssidMissing;
	return device.facts.check("ssid", ssid) === undefined ? "" : words.wifi.ssidLong;
}

/** Likewise of its password. */
export function passwordProblem({ words, device }: Asked, password: string, mayBeOpen: boolean): string {
	if (password === "" && mayBeOpen) return "";
	const refusal = device.facts.check("wifiPassword", password);
	if (refusal === undefined && password !== "") return "";
	if (refusal?.code === "too_long") return words.wifi.passwordLong;
	return fill(words.wifi.passwordShort, { n: password.length });
}

function stationText({ state, words }: ModelInput): { state: string; stateTone: Tone } {
	const { station } = state.wifi;
	const { wifi } = words;
	switch (station.status) {
		case "connected":
			return {
				state: fill(wifi.connected, { ssid: station.ssid, address: station.address }),
				stateTone: "accent",
			};
		case "connecting":
			return { state: fill(wifi.connecting, { ssid: station.ssid }), stateTone: "muted" };
		case "disconnected":
			return { state: fill(wifi[station.reason], { ssid: station.ssid }), stateTone: "warn" };
		case "off":
			return { state: wifi.off, stateTone: "muted" };
	}
}

function networkRow({ state, words }: ModelInput, { ssid, rssiDbm, secure }: WifiNetwork): NetworkRow {
	const { station } = state.wifi;
	const { wifi } = words;
	const isJoined = station.status === "connected" && station.ssid === ssid;
	const bars = barsOf(rssiDbm) as 0 | 1 | 2 | 3 | 4;
	return {
		ssid,
		bars,
		signal: wifi[`signal_${bars}`],
		detail: wifi[`signal_${bars}`] + (secure ? "" : words.format.part + wifi.open),
		isSecure: secure,
		note: isJoined ? wifi.joined : secure ? "" : wifi.open,
		isJoined,
	};
}
