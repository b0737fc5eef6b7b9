// The simulator's own page: what the virtual world is doing, and a switch for each thing that can go wrong in it.

import { readFile } from "node:fs/promises";
import type { HttpRequest, HttpResponse, HttpServer, HttpServerPort } from "../../modules/platform/http";
import type { Log } from "../../modules/platform/log";
import { isOwnHost, isOwnOrigin } from "../../modules/web/origin";
import type { SimulatedHeater } from "../heater/simulated-heater";
import { type PrinterSwitch, printerSwitchNames } from "../printers/bambu/switches";
import type { VirtualBambuPrinter } from "../printers/bambu/virtual-printer";
import { changeHeater, isHeaterWish } from "./heater-wishes";

const MAX_BODY_BYTES = 1024;

const page: ReadonlyMap<string, { file: string; type: string }> = new Map([
	["/", { file: "index.html", type: "text/html; charset=utf-8" }],
	["/workbench.js", { file: "workbench.js", type: "text/javascript; charset=utf-8" }],
	["/heater.js", { file: "heater.js", type: "text/javascript; charset=utf-8" }],
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
	printer: VirtualBambuPrinter;
	/** Where the virtual printer listens. */
	printerPlace: string;
	/** Whether a search finds it, in words. */
	searchHelp: string;
	/** Left out when the simulated board has none. */
	heater?: SimulatedHeater;
}

/** Rejects with a `PortError` when the port cannot be had. */
export async function startWorkbench(options: WorkbenchOptions): Promise<HttpServer> {
	return options.http.listen({
		port: options.port,
		maxBodyBytes: MAX_BODY_BYTES,
		onRequest: (request) => answer(request, options),
		onUpgrade: () => refuse(404, "The workbench has no WebSocket."),
		onError: (error) => options.log.warn(`workbench: ${error.message} (${error.code})`),
	});
}

async function answer(request: HttpRequest, options: WorkbenchOptions): Promise<HttpResponse> {
	if (!isOwnOrigin(request) || !isOwnHost(request, "localhost"))
		return refuse(403, "The workbench only answers its own page and programs on this computer.");
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

function world({ printer, devicePort, printerPlace, searchHelp, heater }: WorkbenchOptions) {
	return {
		devicePort,
		printerPlace,
		searchHelp,
		accessCode: printer.accessCode,
		printer: printer.snapshot(),
		...(heater && { heater: heater.snapshot() }),
	};
}

/**
 * `{ "switch": name, "on": boolean }`, `{ "action": name }` or `{ "fault": code }` for the printer, and what
 * `heater-wishes.ts` takes; answers with the world.
 */
function change(request: HttpRequest, options: WorkbenchOptions): HttpResponse {
	let wish: unknown;
	try {
		wish = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request.body));
	} catch {
		return refuse(400, "The request is no JSON.");
	}
	const { printer, heater } = options;
	const fields = (wish ?? {}) as Record<string, unknown>;
	if (heater && isHeaterWish(fields)) {
		const refusal = changeHeater(fields, heater);
		return refusal === undefined ? json(world(options)) : refuse(400, refusal);
	}
	const { switch: name, on, action, fault } = fields;
	if (isSwitch(name) && typeof on === "boolean") {
		printer.switches.set(name, on);
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
