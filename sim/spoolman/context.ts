// What every resource of the virtual Spoolman works with.

import type { Database } from "better-sqlite3";
import type { EventHub } from "./events";

export interface Context {
	readonly db: Database;
	readonly events: EventHub;
	/** Milliseconds since 1970 UTC. */
	now(): number;
}
