// What can be asked over HTTP of a device that keeps track of spools. As in `web/routes.ts`.

import type { Route } from "../route";
import { dropTag, takeTag } from "./filament-tag-route";
import { actOnSpool, listSpools } from "./spools-route";

const table: readonly Route[] = [
	{ method: "GET", path: "/api/spools", guard: "open", handle: listSpools },
	{ method: "POST", path: "/api/spools", guard: "password", handle: actOnSpool },
	{ method: "POST", path: "/api/filament-tag", guard: "password", handle: takeTag },
	{ method: "DELETE", path: "/api/filament-tag", guard: "password", handle: dropTag },
];

export const spoolRoutes: readonly Route[] = Object.freeze(table.map((route) => Object.freeze(route)));
