// What this device is.

import type { ModelInput } from "../screen";
import { duration, signalStrength } from "../words/format";

export interface AboutView {
	readonly rows: readonly { readonly label: string; readonly value: string }[];
	/** Of the device's page, for a QR code; "" without a network. */
	readonly url: string;
	readonly license: string;
	/** Of what others made and the device runs with: names and licences, as they are called everywhere. */
	readonly licenses: readonly { readonly label: string; readonly value: string }[];
}

const LICENSES: AboutView["licenses"] = Object.freeze([
	Object.freeze({ label: "Moddable SDK", value: "LGPL 3.0, Apache 2.0" }),
	Object.freeze({ label: "ESP-IDF, Mbed TLS", value: "Apache 2.0" }),
	Object.freeze({ label: "QR Code generator", value: "MIT" }),
	Object.freeze({ label: "Noto Sans SC", value: "OFL 1.1" }),
	Object.freeze({ label: "Lucide", value: "ISC, MIT" }),
]);

export function aboutView(input: ModelInput): AboutView {
	const { state, words, device } = input;
	const { about, common } = words;
	const { station } = state.wifi;
	const isConnected = station.status === "connected";
	const url = pageAddress(input);
	return {
		rows: [
			{ label: about.name, value: state.device.name || common.unknown },
			{ label: about.firmware, value: state.device.firmware || common.unknown },
			{ label: about.board, value: device.system.about.board || common.unknown },
			{ label: about.network, value: isConnected ? station.ssid : words.wifi.off },
			{ label: about.address, value: isConnected ? station.address : common.unknown },
			{ label: about.signal, value: isConnected ? signalStrength(words, station.rssiDbm) : common.unknown },
			{ label: about.mac, value: macText(device.system.about.macAddress) || common.unknown },
			{ label: about.page, value: url || common.unknown },
			{ label: about.uptime, value: duration(words, inMinutes(state.device.uptimeSeconds)) },
			{ label: about.printers, value: String(state.printers.length) },
		],
		url,
		license: about.license,
		licenses: LICENSES,
	};
}

/** "http://192.168.1.40", in our own network that one's; "" in none. */
export function pageAddress({ state, device }: ModelInput): string {
	const { station, accessPoint } = state.wifi;
	const host = station.status === "connected" ? station.address : accessPoint.on ? accessPoint.address : "";
	if (host === "") return "";
	const { webPort } = device.system.about;
	return `http://${host}${webPort === 80 ? "" : `:${webPort}`}`;
}

/** "a0:b1:c2:d3:e4:f5" */
function macText(digits: string): string {
	let text = "";
	for (let at = 0; at < digits.length; at += 2) text += (at === 0 ? "" : ":") + digits.slice(at, at + 2);
	return text;
}

function inMinutes(seconds: number): number {
	return seconds < 60 ? seconds : Math.floor(seconds / 60) * 60;
}
