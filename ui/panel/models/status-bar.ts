// The head above every screen: which printer, whether it is there, the time, the network, what is wrong.

import type { ModelInput } from "../screen";
import { clockNow, signalStrength } from "../words/format";
import { fill } from "../words/texts";
import { severityTone } from "./faults";
import { linkView } from "./link";
import { momentOf } from "./moment";
import type { Tone } from "./tone";

export interface StatusBarView {
	/** Of the printer, or of the device as long as there is none. */
	readonly name: string;
	/** There are several to choose from. */
	readonly canSwitch: boolean;
	/** "online"; "" without a printer. */
	readonly link: string;
	readonly linkTone: Tone;
	readonly isOld: boolean;
	/** "read-only", or "". */
	readonly readOnlyBadge: string;
	/** "14:32", or "" as long as the time is not known. */
	readonly clock: string;
	/** 0 (none) to 4. */
	readonly wifiBars: number;
	/** "Home, −52 dBm" */
	readonly wifi: string;
	/** Of the shown printer. */
	readonly faultCount: number;
	/** "2"; "" without faults. */
	readonly faults: string;
	readonly faultTone: Tone;
	/** "2 faults"; "" without faults. */
	readonly faultsText: string;
}

export function statusBarView(input: ModelInput): StatusBarView {
	const { state, printer, words } = input;
	const now = momentOf(input);
	const link = printer && linkView(words, printer, now);
	const faults = printer?.faults ?? [];
	const bars = wifiBars(input);
	return {
		name: printer?.name ?? state.device.name,
		canSwitch: state.printers.length > 1,
		link: link?.text ?? "",
		linkTone: link?.tone ?? "muted",
		isOld: link?.isOld ?? false,
		readOnlyBadge: printer?.control === "read_only" ? words.readOnly.badge : "",
		clock: clockNow(words, now),
		wifiBars: bars,
		wifi: wifiText(input),
		faultCount: faults.length,
		faults: faults.length === 0 ? "" : String(faults.length),
		faultTone: severityTone(faults.map(({ severity }) => severity)),
		faultsText: faultsText(input),
	};
}

/** dBm from which there is a bar more. */
const BARS: readonly number[] = Object.freeze([-95, -80, -70, -60]);

export function barsOf(rssiDbm: number): number {
	let bars = 0;
	for (const from of BARS) if (rssiDbm >= from) bars++;
	return bars;
}

function wifiBars({ state }: ModelInput): number {
	const { station } = state.wifi;
	return station.status === "connected" ? barsOf(station.rssiDbm) : 0;
}

function wifiText({ state, words }: ModelInput): string {
	const { station } = state.wifi;
	if (station.status !== "connected") return words.wifi.off;
	return station.ssid + words.format.list + signalStrength(words, station.rssiDbm);
}

function faultsText({ printer, words }: ModelInput): string {
	const count = printer?.faults.length ?? 0;
	if (count === 0) return "";
	return count === 1 ? words.printers.faultOne : fill(words.printers.faultMany, { n: count });
}
