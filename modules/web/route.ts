// What a route is, and how one is found.

import type { Breath } from "../breath/breath";
import type { PandaBreathServer } from "../breath/protocol/panda-breath-server";
import type { HeaterFinder } from "../breath/remote/heater-finder";
import type { RemoteBreath } from "../breath/remote/remote-breath";
import type { DeviceState } from "../device-state";
import type { EventLog } from "../event-log/event-log";
import type { Clock } from "../platform/clock";
import type { HttpRequest, HttpResponse } from "../platform/http";
import type { Inflate } from "../platform/inflate";
import type { Resources } from "../platform/platform";
import type { Random } from "../platform/random";
import type { CommandedPrinters } from "../printers/command-by-id";
import type { JobHistory } from "../printers/history/job-history";
import type { PrinterBook } from "../printers/printer-book";
import type { PrinterSearch } from "../printers/printer-search";
import type { Settings } from "../settings/settings";
import type { FilamentTags } from "../spools/filament-tags";
import type { Spools } from "../spools/spools";
import type { FirmwareUpdate } from "../update/firmware-update";
import type { WifiSetup } from "../wifi/wifi-setup";
import { apiError, nothingAt } from "./answers";
import type { Digesting } from "./device-password";

/** The parts of the firmware that requests are about. */
export interface WebParts extends Digesting {
	clock: Clock;
	random: Random;
	resources: Resources;
	/** For clients that do not unpack resources themselves, where there is one. */
	inflate?: Inflate | undefined;
	/** Colours and sizes that panel, page and workbench share, as CSS. */
	tokensCss: string;
	state(): DeviceState;
	settings: Settings;
	events: Pick<EventLog, "add" | "at" | "length">;
	wifi: Pick<WifiSetup, "status" | "scan" | "join" | "forget" | "onChange">;
	discovery: Pick<PrinterSearch, "scan">;
	book: PrinterBook;
	printers: CommandedPrinters;
	/** What printers have printed. */
	jobs: Pick<JobHistory, "list" | "clear">;
	update: Pick<FirmwareUpdate, "status" | "receive" | "served">;
	/** The chamber heater, on a device that has one. */
	breath?: Pick<Breath, "state" | "change" | "clearFault" | "attend" | "onChange"> | undefined;
	/** The chamber heater on the network, on a device that has none of its own. */
	remoteBreath?: Pick<RemoteBreath, "state" | "change" | "onChange"> | undefined;
	/** Looks for such heaters, likewise. */
	heaterFinder?: Pick<HeaterFinder, "scan"> | undefined;
	/** The chamber's last hours as JSON, on a device that has a heater: a `History`. */
	history?: (() => string) | undefined;
	/** Serves `/ws`, likewise. */
	pandaBreath?: Pick<PandaBreathServer, "isFull" | "add"> | undefined;
	/** On a device that keeps track of spools. */
	spools?: Pick<Spools, "list" | "act" | "onChange"> | undefined;
	/** On a device that describes spools to printers. */
	filamentTags?: Pick<FilamentTags, "take" | "give" | "drop" | "onChange"> | undefined;
	/** Has to turn everything off first, and to store what is left. */
	restart(): void;
	/** Removes what is stored; rejects when storage refuses. A restart follows. */
	factoryReset(): Promise<void>;
}

/** One request, for the handler of its route. */
export interface Call {
	request: HttpRequest;
	parts: WebParts;
	/** The part of the path where the route has a `*`, decoded; "" without one. */
	name: string;
	/** With the guard `handler`: why this request may not write. */
	refusal: HttpResponse | undefined;
}

/**
 * - `open`: whoever may read may do this
 * - `password`: only with the device's password, if it has one
 * - `handler`: the handler decides what may be done without it, by `Call.refusal`
 */
export type Guard = "open" | "password" | "handler";

export interface Route {
	method: "GET" | "POST" | "PATCH" | "DELETE";
	/** `*` in one of its parts stands for one character or more. */
	path: string;
	guard: Guard;
	/** May throw an `ApiError`, a `SettingsError` or a `PortError`, which become answers. */
	handle(call: Call): HttpResponse | Promise<HttpResponse>;
}

/** The route and the part of the path that its `*` stands in, or the answer that there is none. */
export function findRoute(
	routes: readonly Route[],
	method: string,
	path: string,
): { route: Route; name: string } | HttpResponse {
	const matching: { route: Route; name: string }[] = [];
	for (const route of routes) {
		const name = match(route.path, path);
		if (name !== undefined) matching.push({ route, name });
	}
	if (matching.length === 0) return nothingAt(path);
	const found = matching.find(({ route }) => route.method === method);
	if (found) return found;
	const allow = [...new Set(matching.map(({ route }) => route.method))].join(", ");
	return apiError("method_not_allowed", `What is there takes ${allow}.`, { allow });
}

/** What stands for the `*` and whatever is around it in its part of the path; "" for a path without one. */
function match(pattern: string, path: string): string | undefined {
	const star = pattern.indexOf("*");
	if (star < 0) return pattern === path ? "" : undefined;
	const folder = pattern.slice(0, star);
	const rest = pattern.slice(star + 1);
	const slash = rest.indexOf("/");
	const ending = slash < 0 ? rest : rest.slice(0, slash);
	const below = slash < 0 ? "" : rest.slice(slash);
	if (!path.startsWith(folder) || !path.endsWith(below)) return undefined;
	const part = path.slice(folder.length, path.length - below.length);
	if (!part.endsWith(ending) || part.length <= ending.length) return undefined;
	if (part.includes("/")) return undefined;
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
