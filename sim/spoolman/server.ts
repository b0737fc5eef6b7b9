// The virtual Spoolman: its database, behind an HTTP port with WebSockets.

import type { Database } from "better-sqlite3";
import type { Clock, Timer } from "../../modules/platform/clock";
import type { HttpRequest, HttpResponse, HttpServer } from "../../modules/platform/http";
import type { Log } from "../../modules/platform/log";
import { PortError } from "../../modules/platform/port-error";
import { createClock } from "../host/clock";
import { createHttpServer } from "../host/http-server";
import { answerRequest, answerUpgrade } from "./api";
import type { Context } from "./context";
import { openDatabase, readLastPort, storeLastPort } from "./database";
import { EventHub } from "./events";
import { addExample, exampleSlots } from "./example";
import { type ShownSpool, shownSpools } from "./snapshot";
import { allOff, type SpoolmanSwitch, type SpoolmanSwitches } from "./switches";

const MAX_BODY_BYTES = 1024 * 1024;
const SLOW_MS = 10_000;

const serverError: HttpResponse = {
	status: 500,
	headers: { "content-type": "text/plain; charset=utf-8" },
	body: "Internal Server Error",
};

export interface VirtualSpoolmanOptions {
	/** 0 lets the system choose. */
	port: number;
	address?: string;
	/** Where the database is kept; left out: in memory, and gone at the end. */
	file?: string;
	/** Some spools to begin with, when there are none. */
	hasExample?: boolean;
	log: Log;
	/** What a slow one waits by; the time of day in what is stored comes from `now`. */
	clock?: Clock;
	/** Milliseconds since 1970 UTC. */
	now?(): number;
}

export interface SpoolmanSnapshot {
	spools: ShownSpool[];
	/** Also of those that are not in `spools`. */
	total: number;
	switches: SpoolmanSwitches;
}

export interface VirtualSpoolman {
	/** Such as "http://127.0.0.1:7912/api/v1". */
	readonly url: string;
	/** That of the last run with the same file; empty: there was none. */
	readonly lastUrl: string;
	/** Where the example's spools without a tag have to be, such as "3:3"; empty: there are none. */
	readonly slots: string;
	snapshot(): SpoolmanSnapshot;
	/** Resolves once it is so. Rejects with a `PortError` when the port cannot be had again; it is still down then. */
	setSwitch(name: SpoolmanSwitch, on: boolean): Promise<void>;
	/** Ends every connection and closes the database. May be called any number of times. */
	close(): Promise<void>;
}

/** Rejects with a `PortError`: the port cannot be had, or (`storage`) the file cannot be used. */
export async function startVirtualSpoolman(options: VirtualSpoolmanOptions): Promise<VirtualSpoolman> {
	const db = open(options.file);
	try {
		const spoolman = new RunningSpoolman(db, options);
		await spoolman.start();
		return spoolman;
	} catch (error) {
		db.close();
		throw error;
	}
}

class RunningSpoolman implements VirtualSpoolman {
	readonly lastUrl: string;
	readonly #context: Context;
	readonly #log: Log;
	readonly #clock: Clock;
	readonly #address: string;
	readonly #late = new Set<Timer>();
	#port: number;
	#http: HttpServer | undefined;
	#switches: SpoolmanSwitches = allOff;
	/** Going down and coming up, one after the other. */
	#turn: Promise<void> = Promise.resolve();
	#closed: Promise<void> | undefined;

	constructor(
		db: Database,
		{
			port,
			address = "127.0.0.1",
			hasExample,
			log,
			clock = createClock(),
			now = Date.now,
		}: VirtualSpoolmanOptions,
	) {
		this.#context = { db, events: new EventHub(now), now };
		this.#log = log;
		this.#clock = clock;
		this.#address = address;
		this.#port = port;
		const lastPort = readLastPort(db);
		this.lastUrl = lastPort === 0 ? "" : urlOf(address, lastPort);
		if (hasExample) addExample(this.#context);
	}

	get url(): string {
		return urlOf(this.#address, this.#port);
	}

	get slots(): string {
		return exampleSlots(this.#context);
	}

	async start(): Promise<void> {
		await this.#listen();
		this.#port = this.#http?.port ?? this.#port;
		storeLastPort(this.#context.db, this.#port);
	}

	snapshot(): SpoolmanSnapshot {
		return { ...shownSpools(this.#context.db), switches: this.#switches };
	}

	setSwitch(name: SpoolmanSwitch, on: boolean): Promise<void> {
		if (name !== "down") {
			this.#switches = { ...this.#switches, [name]: on };
			return Promise.resolve();
		}
		const done = this.#turn.then(() => (on ? this.#goDown() : this.#comeUp()));
		this.#turn = done.catch(() => {});
		return done;
	}

	close(): Promise<void> {
		this.#closed ??= this.#turn.then(async () => {
			await this.#hangUp();
			this.#context.db.close();
		});
		return this.#closed;
	}

	async #goDown(): Promise<void> {
		if (this.#closed) return;
		this.#switches = { ...this.#switches, down: true };
		await this.#hangUp();
	}

	async #comeUp(): Promise<void> {
		if (this.#closed || !this.#switches.down) return;
		await this.#listen();
		this.#switches = { ...this.#switches, down: false };
	}

	async #listen(): Promise<void> {
		this.#http = await createHttpServer({ address: this.#address }).listen({
			port: this.#port,
			maxBodyBytes: MAX_BODY_BYTES,
			onRequest: (request) => this.#answer(request),
			onUpgrade: (request) => (this.#switches.failing ? serverError : answerUpgrade(request, this.#context)),
			onError: (error) => this.#log.warn(`virtual Spoolman: ${error.message} (${error.code})`),
		});
	}

	/** What is still to be answered never is. */
	async #hangUp(): Promise<void> {
		for (const timer of this.#late) timer.cancel();
		this.#late.clear();
		await this.#http?.close();
		this.#http = undefined;
	}

	#answer(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
		const { slow, failing } = this.#switches;
		const answer = failing ? serverError : answerRequest(request, this.#context);
		if (!slow) return answer;
		return new Promise((resolve) => {
			const timer = this.#clock.after(SLOW_MS, () => {
				this.#late.delete(timer);
				resolve(answer);
			});
			this.#late.add(timer);
		});
	}
}

function urlOf(address: string, port: number): string {
	return `http://${address.includes(":") ? `[${address}]` : address}:${port}/api/v1`;
}

function open(file: string | undefined): Database {
	try {
		return openDatabase(file);
	} catch (cause) {
		throw new PortError("storage", `${file}: no database can be kept there; check the folder and the file`, {
			cause,
		});
	}
}
