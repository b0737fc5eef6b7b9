// The chamber heater on the network: what it has said of itself, and what can be asked of it from here.

import type { RemoteBreathState } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { age, celsius, isKnown, whole } from "../words/format";
import { fill } from "../words/texts";
import {
	aimOf,
	chamberTone,
	dryingOf,
	type HeaterFaultView,
	type HeaterView,
	leftOf,
	modesOf,
	numbersOf,
	off,
	start,
} from "./heater";
import type { Tone } from "./tone";

export interface RemoteHeaterView extends HeaterView {
	/** Where it is: "192.168.1.50". */
	readonly host: string;
	/** "Connected · V1.0.3", or that it is lost and how old everything is. */
	readonly link: string;
	readonly linkTone: Tone;
	/** What is wrong with the link and what to do; "" when nothing is. */
	readonly linkHelp: string;
}

/** `undefined` as long as none is set up. */
export function remoteHeaterView(input: ModelInput): RemoteHeaterView | undefined {
	const { state, words } = input;
	const remote = state.remoteBreath;
	if (remote === undefined) return undefined;
	const { remoteHeater } = words;
	const isOnline = remote.link === "online";
	const why = isOnline ? "" : remoteHeater.why;
	const activeTarget = isOnline ? activeTargetOf(remote) : 0;
	return {
		isRemote: true,
		isOld: !isOnline,
		chamber: celsius(words, remote.chamber, 1),
		chamberTone: isOnline ? chamberTone(remote.chamber, activeTarget) : "muted",
		chamberLabel: words.parts.chamber,
		aim: aimOf(words, activeTarget),
		element: "",
		reason: reasonOf(words, remote),
		isOn: remote.on === true,
		isHeating: false,
		heating: "",
		fan: "",
		isFanOn: false,
		start: start(words, remote, why || (remote.fault === undefined ? "" : remoteHeater.whyFault)),
		off: off(words),
		why,
		modes: modesOf(words, remote.mode, remote.drying),
		...numbersOf(input, remote),
		drying: dryingOf(input, remote),
		...(remote.fault !== undefined && { fault: faultOf(words, remote.fault) }),
		...linkOf(words, remote, state.device.uptimeSeconds),
	};
}

/** °C that it aims at, as far as it tells: in auto the printer decides. */
function activeTargetOf({ on, mode, target, drying }: RemoteBreathState): number {
	if (!on) return 0;
	if (mode === "always_on") return target ?? 0;
	return mode === "drying" && drying.running ? (drying.target ?? 0) : 0;
}

function reasonOf(words: Words, remote: RemoteBreathState): string {
	const { remoteHeater, reason } = words;
	const { on, mode, target, bedThreshold, drying } = remote;
	if (on === undefined || mode === undefined) return remoteHeater.nothing;
	if (!on) return remoteHeater.off;
	if (mode === "drying") {
		const values = {
			target: whole(words, drying.target),
			time: leftOf(words, drying.remainingSeconds),
		};
		return fill(isKnown(drying.remainingSeconds) ? remoteHeater.dryingLeft : remoteHeater.drying, values);
	}
	if (target === 0) return reason.target_zero;
	const values = { target: whole(words, target), threshold: whole(words, bedThreshold) };
	if (mode === "always_on") return fill(remoteHeater.aims, values);
	return fill(remote.printerConnected === false ? remoteHeater.autoAlone : remoteHeater.autoBed, values);
}

function linkOf(
	words: Words,
	{ host, link, linkError, linkHelp, heardAtSeconds, version }: RemoteBreathState,
	uptimeSeconds: number,
): Pick<RemoteHeaterView, "host" | "link" | "linkTone" | "linkHelp"> {
	const { remoteHeater, format } = words;
	if (link === "online") {
		const text = version ? remoteHeater.connected + format.part + version : remoteHeater.connected;
		return { host, link: text, linkTone: "accent", linkHelp: "" };
	}
	// While it is tried again, why it did not work the last time still helps.
	const isFirst = link === "connecting" && linkError === undefined;
	const state = isFirst ? remoteHeater.connecting : remoteHeater.offline;
	const shown = isKnown(heardAtSeconds) ? age(words, uptimeSeconds - heardAtSeconds) : "";
	return {
		host,
		link: shown === "" ? state : fill(remoteHeater.shownAge, { state, age: shown }),
		linkTone: isFirst ? "muted" : "warn",
		linkHelp: linkError === undefined ? "" : helpOf(words, linkError, linkHelp, host),
	};
}

function helpOf(
	{ remoteHeater, language }: Words,
	error: NonNullable<RemoteBreathState["linkError"]>,
	help: string | undefined,
	host: string,
): string {
	if (language.code === "en" && help) return help;
	return fill(error === "unreachable" ? remoteHeater.unreachable_host : remoteHeater[error], { host });
}

function faultOf(words: Words, { code }: NonNullable<RemoteBreathState["fault"]>): HeaterFaultView {
	const { remoteHeater, heaterFault } = words;
	const isHeating = code === "heater_fault";
	return {
		title: remoteHeater.faultTitle,
		text: isHeating ? remoteHeater.heater_fault : heaterFault[code],
		help: isHeating ? remoteHeater.heater_fault_help : remoteHeater.help,
		note: remoteHeater.faultNote,
		canClear: false,
		clearLabel: "",
	};
}
