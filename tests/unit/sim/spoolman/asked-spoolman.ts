// A virtual Spoolman without a network, and words to ask it with.

import type { TestContext } from "node:test";
import type { WebSocketConnection } from "../../../../modules/platform/http";
import { answerRequest, answerUpgrade } from "../../../../sim/spoolman/api";
import type { Context } from "../../../../sim/spoolman/context";
import { openDatabase } from "../../../../sim/spoolman/database";
import { EventHub } from "../../../../sim/spoolman/events";

export interface Answered {
	status: number;
	headers: Readonly<Record<string, string>>;
	// biome-ignore lint/suspicious/noExplicitAny: JSON, which each test compares as a whole or in part.
	body: any;
}

export class AskedSpoolman {
	/** Milliseconds since 1970 UTC. */
	nowMs = Date.UTC(2026, 10, 20, 18, 10, 16);
	readonly context: Context;

	constructor(t: TestContext, file?: string) {
		const now = () => this.nowMs;
		this.context = { db: openDatabase(file), events: new EventHub(now), now };
		t.after(() => this.context.db.close());
	}

	/** `target`: behind the base path, with its query. A body that is no text is sent as JSON. */
	ask(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Answered {
		const [path = "", ...query] = target.split("?");
		const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
		const answer = answerRequest(
			{
				method,
				path: `/api/v1${path}`,
				query: query.join("?"),
				headers: { host: "spoolman.test", "content-type": "application/json", ...headers },
				body: new TextEncoder().encode(text),
			},
			this.context,
		);
		return {
			status: answer.status,
			headers: answer.headers ?? {},
			body: typeof answer.body === "string" ? JSON.parse(answer.body) : undefined,
		};
	}

	/** As `ask`, and it has to succeed. */
	done(method: string, target: string, body?: unknown): Answered["body"] {
		const { status, body: answered } = this.ask(method, target, body);
		if (status !== 200) throw new Error(`${method} ${target}: ${status} ${JSON.stringify(answered)}`);
		return answered;
	}

	/** The ids of a list, in its order. */
	ids(target: string): number[] {
		return this.done("GET", target).map(({ id }: { id: number }) => id);
	}

	/** What a WebSocket on that path is told from now on; `undefined` when it is refused. */
	listen(path: string, queuedBytes = 0): { texts: string[]; closed: () => boolean } | undefined {
		const answer = answerUpgrade(
			{ method: "GET", path: `/api/v1${path}`, query: "", headers: {}, body: new Uint8Array() },
			this.context,
		);
		if (typeof answer !== "function") return undefined;
		const texts: string[] = [];
		let isClosed = false;
		const socket: WebSocketConnection = {
			queuedBytes,
			send: (text) => texts.push(text),
			sendBinary: () => {},
			close: () => {
				isClosed = true;
			},
		};
		answer(socket);
		return { texts, closed: () => isClosed };
	}

	/** Two makers, three filaments, and spools 1 to 5, of which 5 is archived. */
	fill(): this {
		this.done("POST", "/field/spool/tag", { name: "tag", field_type: "text" });
		this.done("POST", "/field/spool/grade", { name: "grade", field_type: "integer" });
		this.done("POST", "/vendor", { name: "Bambu Lab", empty_spool_weight: 250 });
		this.done("POST", "/vendor", { name: "Größe & Co" });
		const strand = { density: 1.24, diameter: 1.75, weight: 1000 };
		this.done("POST", "/filament", { ...strand, vendor_id: 1, name: "PLA Basic Red", material: "PLA" });
		this.done("POST", "/filament", { ...strand, vendor_id: 2, name: "PETG 100%", material: "PETG" });
		this.done("POST", "/filament", { density: 1.04, diameter: 2.85, material: "ABS" });
		const spools = [
			{ filament_id: 1, location: "AMS A1", lot_nr: "L1", extra: { tag: '"ABCD1234"', grade: "3" } },
			{ filament_id: 1, location: "AMS A10", used_weight: 400 },
			{ filament_id: 2, location: "Shelf", extra: { tag: '"abcd"' }, used_weight: 100 },
			{ filament_id: 3, location: "" },
			{ filament_id: 2, location: "Shelf", archived: true },
		];
		for (const spool of spools) {
			this.done("POST", "/spool", spool);
			this.nowMs += 60_000;
		}
		return this;
	}
}
