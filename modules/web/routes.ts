// What can be asked over HTTP of every device. To add a route, add it here, and to docs/api.yaml; what only some boards
// are built with has a table of its own, as `spools/routes.ts`.

import { changeBreath, readHistory, scanHeaters } from "./api/breath-route";
import { listFiles, runCommand } from "./api/command-route";
import { factoryReset, readState, restart } from "./api/device-route";
import { forgetJobs, readJobs } from "./api/history-route";
import { readLog } from "./api/log-route";
import { addPrinter, changePrinter, forgetPrinter, orderPrinters, scanPrinters } from "./api/printers-route";
import { changeSettings, readSettings } from "./api/settings-route";
import { receiveNothing } from "./api/update-route";
import { forgetWifi, joinWifi, scanWifi } from "./api/wifi-route";
import { readFile, readPage, readTokens } from "./page-files";
import type { Route } from "./route";

const table: readonly Route[] = [
	{ method: "GET", path: "/", guard: "open", handle: readPage },
	{ method: "GET", path: "/tokens.css", guard: "open", handle: readTokens },
	{ method: "GET", path: "/*.css", guard: "open", handle: readFile },
	{ method: "GET", path: "/*.js", guard: "open", handle: readFile },
	{ method: "GET", path: "/*.svg", guard: "open", handle: readFile },
	{ method: "GET", path: "/api/state", guard: "open", handle: readState },
	{ method: "GET", path: "/api/log", guard: "open", handle: readLog },
	{ method: "POST", path: "/api/breath", guard: "handler", handle: changeBreath },
	{ method: "POST", path: "/api/breath/scan", guard: "password", handle: scanHeaters },
	{ method: "GET", path: "/api/breath/history", guard: "open", handle: readHistory },
	{ method: "GET", path: "/api/settings", guard: "open", handle: readSettings },
	{ method: "PATCH", path: "/api/settings", guard: "password", handle: changeSettings },
	{ method: "POST", path: "/api/printers", guard: "password", handle: addPrinter },
	{ method: "POST", path: "/api/printers/scan", guard: "password", handle: scanPrinters },
	{ method: "POST", path: "/api/printers/order", guard: "password", handle: orderPrinters },
	{ method: "PATCH", path: "/api/printers/*", guard: "password", handle: changePrinter },
	{ method: "DELETE", path: "/api/printers/*", guard: "password", handle: forgetPrinter },
	{ method: "POST", path: "/api/printers/*/command", guard: "password", handle: runCommand },
	{ method: "GET", path: "/api/printers/*/files", guard: "open", handle: listFiles },
	{ method: "GET", path: "/api/history", guard: "open", handle: readJobs },
	{ method: "DELETE", path: "/api/history", guard: "password", handle: forgetJobs },
	{ method: "POST", path: "/api/wifi", guard: "password", handle: joinWifi },
	{ method: "DELETE", path: "/api/wifi", guard: "password", handle: forgetWifi },
	{ method: "POST", path: "/api/wifi/scan", guard: "password", handle: scanWifi },
	{ method: "POST", path: "/api/restart", guard: "password", handle: restart },
	{ method: "POST", path: "/api/factory-reset", guard: "password", handle: factoryReset },
	{ method: "POST", path: "/ota", guard: "password", handle: receiveNothing },
];

export const routes: readonly Route[] = Object.freeze(table.map((route) => Object.freeze(route)));
