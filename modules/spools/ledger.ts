// What waits for Spoolman and how far each job is counted: in memory, and a moment later in storage, both at once.

import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Storage } from "../platform/storage";
import type { Progress } from "./job-progress";
import { EMPTY_OUTBOX, type Outbox } from "./outbox";
import { readStored, writeStored } from "./stored";

const PLACE = Object.freeze({ namespace: "spools", key: "waiting" });
/** Changes within this time go to storage together. What is to be sent, and a job's beginning, do not wait for it. */
const WRITE_DELAY_MS = 2_000;
/** After storage refused. */
const RETRY_DELAY_MS = 5_000;

export interface LedgerOptions {
	storage: Storage;
	clock: Clock;
	log: Log;
	/** Storage refuses, or does so no longer. */
	onStorage(): void;
}

export class Ledger {
	private readonly options: LedgerOptions;
	private held: Outbox;
	private readonly jobs: Map<string, Progress>;
	/** Counts what was changed, and up to where it is stored. */
	private version = 0;
	private storedVersion = 0;
	private timer: Timer | undefined;
	private writing: Promise<void> | undefined;
	private refuses = false;
	private isClosed = false;

	constructor(options: LedgerOptions) {
		this.options = options;
		const { outbox, progress } = readStored(read(options));
		this.held = outbox;
		this.jobs = new Map(progress);
	}

	get outbox(): Outbox {
		return this.held;
	}

	/** The last write to storage failed. Nothing may be sent then. */
	get isRefused(): boolean {
		return this.refuses;
	}

	progressOf(printerId: string): Progress | undefined {
		return this.jobs.get(printerId);
	}

	setOutbox(outbox: Outbox): void {
		if (outbox === this.held) return;
		this.held = outbox;
		this.changed();
	}

	/** Both in one step: what a job has used is either counted in there or still to be counted. */
	set(outbox: Outbox, printerId: string, progress: Progress): void {
		const before = this.jobs.get(printerId);
		if (outbox === this.held && progress === before) return;
		this.held = outbox;
		this.jobs.set(printerId, progress);
		// Of a job whose beginning is not stored, what it took until a restart could not be known.
		const isBeginning = progress.key !== before?.key || progress.isUnderWay !== before?.isUnderWay;
		this.changed(isBeginning ? 0 : WRITE_DELAY_MS);
	}

	/** Forgets the jobs of other printers. */
	keepOnly(printerIds: readonly string[]): void {
		for (const id of this.jobs.keys()) {
			if (printerIds.includes(id)) continue;
			this.jobs.delete(id);
			this.changed();
		}
	}

	/** Resolves with whether all that was set before is stored. Never rejects. */
	async stored(): Promise<boolean> {
		const { version } = this;
		this.timer?.cancel();
		this.timer = undefined;
		await this.writing;
		if (this.storedVersion < version) await this.write();
		return this.storedVersion >= version;
	}

	/** Forgets everything, also in storage. Rejects with a `PortError` `storage` when that refuses. */
	async clear(): Promise<void> {
		this.timer?.cancel();
		this.timer = undefined;
		this.isClosed = true;
		await this.writing;
		this.held = EMPTY_OUTBOX;
		this.jobs.clear();
		this.storedVersion = this.version;
		await this.options.storage.write([{ ...PLACE, value: undefined }]);
	}

	/** Stores what is left. May be called any number of times. */
	async close(): Promise<void> {
		this.isClosed = true;
		await this.stored();
	}

	private changed(delayMs = WRITE_DELAY_MS): void {
		this.version++;
		if (delayMs === 0) {
			this.timer?.cancel();
			this.timer = undefined;
		}
		this.writeAfter(delayMs);
	}

	private writeAfter(delayMs: number): void {
		if (this.isClosed) return;
		this.timer ??= this.options.clock.after(delayMs, () => {
			this.timer = undefined;
			void this.stored();
		});
	}

	private write(): Promise<void> {
		this.writing ??= this.store().finally(() => {
			this.writing = undefined;
		});
		return this.writing;
	}

	private async store(): Promise<void> {
		const { storage, log } = this.options;
		const { version } = this;
		const value = writeStored({ outbox: this.held, progress: this.jobs });
		try {
			await storage.write([{ ...PLACE, value }]);
			this.storedVersion = version;
			this.showRefused(false);
		} catch (error) {
			log.error(`spools: what was used is not stored: ${error instanceof Error ? error.message : "unknown"}`);
			this.showRefused(true);
			this.writeAfter(RETRY_DELAY_MS);
		}
	}

	private showRefused(refuses: boolean): void {
		if (this.refuses === refuses) return;
		this.refuses = refuses;
		this.options.onStorage();
	}
}

function read({ storage, log }: LedgerOptions): unknown {
	try {
		return storage.get(PLACE.namespace, PLACE.key);
	} catch {
		log.error("spools: what was stored cannot be read; what waited for Spoolman is lost");
		return undefined;
	}
}
