// How a chamber heater on the network is found and connected to.

import type { FoundHeater, RemoteRefusal } from "../device";
import type { ModelInput } from "../screen";
import type { Words } from "../words/en";
import { fill } from "../words/texts";
import type { Question } from "./action";

/** The screen keeps it. */
export interface HeaterSearch {
	readonly state: "none" | "searching" | "done" | "failed";
	readonly found: readonly FoundHeater[];
}

export const NO_SEARCH: HeaterSearch = Object.freeze({ state: "none", found: Object.freeze([]) });

export interface HeaterConnectionView {
	/** False on a device that is built with a heater of its own, whose hardware was not found. */
	readonly isPossible: boolean;
	/** What it is about, or what came of the search; "" where the list says enough. */
	readonly text: string;
	/** As set up: a host; "" when none is. */
	readonly host: string;
	readonly found: readonly FoundHeaterRow[];
	readonly isSearching: boolean;
	readonly searchLabel: string;
	/** Absent when none is set up. */
	readonly forget?: Question & { readonly label: string };
}

export interface FoundHeaterRow {
	readonly name: string;
	/** "192.168.1.50" */
	readonly text: string;
	readonly host: string;
	readonly port: number;
	readonly isChosen: boolean;
}

const WEB_PORT = 80;

export function heaterConnectionView(
	{ device, words }: ModelInput,
	{ state, found }: HeaterSearch,
): HeaterConnectionView {
	const { remoteHeater, heater } = words;
	const { host = "", port } = device.remoteHeater?.place() ?? {};
	const isPossible = device.remoteHeater !== undefined;
	return {
		isPossible,
		text: isPossible ? textOf(words, state, found.length, host) : heater.none,
		host,
		found: found.map((each) => ({
			name: each.name,
			text: each.port === WEB_PORT ? each.host : `${each.host}:${each.port}`,
			host: each.host,
			port: each.port,
			isChosen: each.host === host && each.port === port,
		})),
		isSearching: state === "searching",
		searchLabel: state === "searching" ? remoteHeater.searching : remoteHeater.search,
		...(host !== "" && {
			forget: {
				label: remoteHeater.forget,
				title: fill(remoteHeater.forgetQuestion, { host }),
				text: remoteHeater.forgetText,
				yes: remoteHeater.forgetYes,
				no: words.common.cancel,
				isDangerous: false,
			},
		}),
	};
}

/** Why a wish was not carried out, in the panel's language. */
export function remoteRefusal({ remoteHeater }: Words, code: RemoteRefusal): string {
	return remoteHeater[code];
}

function textOf({ remoteHeater }: Words, state: HeaterSearch["state"], count: number, host: string): string {
	if (state === "failed") return remoteHeater.failed;
	if (state === "done" && count === 0) return remoteHeater.none;
	return host === "" ? remoteHeater.intro : fill(remoteHeater.place, { host });
}
