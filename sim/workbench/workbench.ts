// The simulator's own page: the device's touch panel, what the virtual world is doing, and a switch for each thing that
// can go wrong in it.

import { readFile } from "node:fs/promises";
import type {
	HttpRequest,
	HttpResponse,
	HttpServer,
	HttpServerPort,
	WebSocketAccept,
} from "../../modules/platform/http";
import type { Log } from "../../modules/platform/log";
import { isOwnHost, isOwnOrigin } from "../../modules/web/origin";
import type { SimulatedHeater } from "../heater/simulated-heater";
import { type JobKind, jobKinds } from "../printers/bambu/job-kinds";
import { type PrinterSwitch, printerSwitchNames } from "../printers/bambu/switches";
import type { VirtualBambuPrinter } from "../printers/bambu/virtual-printer";
import type { VirtualSpoolman } from "../spoolman/server";
import type { SimulatedTagReader } from "../tag-reader";
import { changeHeater, isHeaterWish } from "./heater-wishes";
import { changeKobra, isKobraWish, type ShownKobra } from "./kobra-wishes";
import { MOST_VIEWERS, type PanelView } from "./panel-view";
import { changeSpoolman, isSpoolmanWish } from "./spoolman-wishes";
import { changeTags, isTagWish } from "./tag-wishes";

const MAX_BODY_BYTES = 1024;

const page: ReadonlyMap<string, { file: string; type: string }> = new Map([
	["/", { file: "index.html", type: "text/html; charset=utf-8" }],
	["/workbench.js", { file: "workbench.js", type: "text/javascript; charset=utf-8" }],
	["/panel.js", { file: "panel.js", type: "text/javascript; charset=utf-8" }],
	["/printer.js", { file: "printer.js", type: "text/javascript; charset=utf-8" }],
	["/kobras.js", { file: "kobras.js", type: "text/javascript; charset=utf-8" }],
	["/heater.js", { file: "heater.js", type: "text/javascript; charset=utf-8" }],
	["/spoolman.js", { file: "spoolman.js", type: "text/javascript; charset=utf-8" }],
	["/tags.js", { file: "tags.js", type: "text/javascript; charset=utf-8" }],
	["/parts.js", { file: "parts.js", type: "text/javascript; charset=utf-8" }],
	["/workbench.css", { file: "workbench.css", type: "text/css; charset=utf-8" }],
]);

const SAFE_HEADERS = {
	"cache-control": "no-store",
	"x-content-type-options": "nosniff",
	"content-security-policy":
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

export interface WorkbenchOptions {
	http: HttpServerPort;
	log: Log;
	port: number;
	/** Of the device's page, to link to it. */
	devicePort: number;
	tokensCss: string;
	/** Left out when a real printer takes its place. */
	printer?: ShownPrinter;
	/** Virtual Anycubic printers, none unless they were asked for. */
	kobras?: readonly ShownKobra[];
	/** Left out when a real one takes its place, or when there is none. */
	spoolman?: VirtualSpoolman;
	/** Left out when the simulated board has none. */
	heater?: SimulatedHeater;
	/** Left out when the simulated board has none. */
	tagReader?: SimulatedTagReader;
	/** Left out when the simulated board has no screen. */
	panel?: PanelView;
}

export interface ShownPrinter {
	printer: VirtualBambuPrinter;
	/** Where it listens. */
	place: string;
	/** Whether a search finds it, in words. */
	searchHelp: string;
}

/** Rejects with a `PortError` when the port cannot be had. */
export async function startWorkbench(options: WorkbenchOptions): Promise<HttpServer> {
	return options.http.listen({
		port: options.port,
		maxBodyBytes: MAX_BODY_BYTES,
		onRequest: (request) => answer(request, options),
		onUpgrade: (request) => upgrade(request, options),
		onError: (error) => options.log.warn(`workbench: ${error.message} (${error.code})`),
	});
}

/** A page of another site must not see the panel, let alone touch it. */
function stranger(request: HttpRequest): HttpResponse | undefined {
	if (isOwnOrigin(request) && isOwnHost(request, "localhost")) return undefined;
	return refuse(403, "The workbench only answers its own page and programs on this computer.");
}

function upgrade(request: HttpRequest, { panel }: WorkbenchOptions): HttpResponse | WebSocketAccept {
	const refusal = stranger(request);
	if (refusal) return refusal;
	if (!panel || request.path !== "/panel")
		return refuse(404, "The workbench has no such WebSocket; that of the panel is /panel.");
	if (panel.isFull) return refuse(503, `${MOST_VIEWERS} pages show the panel already; close one of them.`);
	return (socket) => panel.add(socket);
}

async function answer(request: HttpRequest, options: WorkbenchOptions): Promise<HttpResponse> {
	const refusal = stranger(request);
	if (refusal) return refusal;
	const { method, path } = request;
	if (path === "/api/world") {
		if (method === "GET") return json(world(options));
		if (method === "POST") return change(request, options);
	} else if (method === "GET") {
		if (path === "/tokens.css") return file("text/css; charset=utf-8", options.tokensCss);
		const found = page.get(path);
		if (found) return file(found.type, await readFile(new URL(`page/${found.file}`, import.meta.url)));
	}
	return refuse(404, `There is nothing to ${method} at ${path}.`);
}

function world({ printer: shown, kobras, devicePort, spoolman, heater, tagReader, panel }: WorkbenchOptions) {
	return {
		devicePort,
		hasPanel: panel !== undefined,
		hasTagReader: tagReader !== undefined,
		...(shown && {
			printerPlace: shown.place,
			searchHelp: shown.searchHelp,
			accessCode: shown.printer.accessCode,
			printer: shown.printer.snapshot(),
		}),
		...(kobras && { kobras: kobras.map(({ printer, place }) => ({ place, ...printer.snapshot() })) }),
		...(spoolman && { spoolman: { url: spoolman.url, ...spoolman.snapshot() } }),
		...(heater && { heater: heater.snapshot() }),
	};
}

/**
 * `{ "switch": name, "on": boolean }`, `{ "action": name }`, `{ "action": "start", "job": kind }` or `{ "fault": code }`
 * for the printer,
 * `{ "spoolmanSwitch": name, "on": boolean }`, `{ "tag": name }`, and what `kobra-wishes.ts` and
 * `heater-wishes.ts` take; answers with the world.
 */
async function change(request: HttpRequest, options: WorkbenchOptions): Promise<HttpResponse> {
	let wish: unknown;
	try {
		wish = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request.body));
	} catch {
		return refuse(400, "The request is no JSON.");
	}
	const { heater } = options;
	const printer = options.printer?.printer;
	const fields = (wish ?? {}) as Record<string, unknown>;
	if (heater && isHeaterWish(fields)) {
		const refusal = changeHeater(fields, heater);
		return refusal === undefined ? json(world(options)) : refuse(400, refusal);
	}
	const { spoolman, kobras } = options;
	if (kobras && isKobraWish(fields)) {
		const refusal = changeKobra(fields, kobras);
		return refusal === undefined ? json(world(options)) : refuse(400, refusal);
	}
	if (spoolman && isSpoolmanWish(fields)) {
		const refusal = await changeSpoolman(fields, spoolman);
		return refusal === undefined ? json(world(options)) : refuse(400, refusal);
	}
	const { tagReader } = options;
	if (tagReader && isTagWish(fields)) {
		const refusal = changeTags(fields, tagReader);
		return refusal === undefined ? json(world(options)) : refuse(400, refusal);
	}
	const { switch: name, on, action, fault, job } = fields;
	if (!printer) {
		return refuse(409, "There is no virtual printer here: a real one takes its place.");
	} else if (isSwitch(name) && typeof on === "boolean") {
		printer.switches.set(name, on);
	} else if (action === "start" && job !== undefined) {
		if (!isJobKind(job)) return refuse(400, `There is no such job; there are ${jobKinds.join(", ")}.`);
		if (!printer.startJobOfKind(job)) return refuse(409, "The virtual printer cannot do that now.");
	} else if (typeof action === "string" && actions.has(action)) {
		if (!actions.get(action)?.(printer)) return refuse(409, "The virtual printer cannot do that now.");
	} else if (typeof fault === "string") {
		if (!printer.insertFault(fault)) return refuse(400, "That is no fault code, such as 0300_8004.");
	} else {
		return refuse(400, "The request names nothing that the virtual world has.");
	}
	return json(world(options));
}

const actions: ReadonlyMap<string, (printer: VirtualBambuPrinter) => boolean> = new Map([
	["start", (printer) => printer.startJob()],
	["pause", (printer) => printer.pause()],
	["resume", (printer) => printer.resume()],
	["stop", (printer) => printer.stop()],
	["clearFaults", (printer) => printer.clearFaults()],
]);

function isJobKind(name: unknown): name is JobKind {
	return (jobKinds as readonly unknown[]).includes(name);
}

function isSwitch(name: unknown): name is PrinterSwitch {
	return (printerSwitchNames as readonly unknown[]).includes(name);
}

function json(value: unknown): HttpResponse {
	return {
		status: 200,
		headers: { ...SAFE_HEADERS, "content-type": "application/json" },
		body: JSON.stringify(value),
	};
}

function file(type: string, body: string | Uint8Array): HttpResponse {
	return { status: 200, headers: { ...SAFE_HEADERS, "content-type": type }, body };
}

function refuse(status: number, message: string): HttpResponse {
	return {
		status,
		headers: { ...SAFE_HEADERS, "content-type": "application/json" },
		body: JSON.stringify({ error: { message } }),
	};
}
