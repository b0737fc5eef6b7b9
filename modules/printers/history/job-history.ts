// The last fifty jobs of all printers, in storage: each under a key of its own, so that what is damaged is one job.
//
// Nothing of them is held in memory. They go round fifty keys; a number that counts up says which one is the newest.

import type { Clock, Timer } from "../../platform/clock";
import type { Log } from "../../platform/log";
import type { Storage, StorageChange } from "../../platform/storage";
import type { PrinterManager, PrintersEvent } from "../printer-manager";
import type { PrinterState } from "../printer-state";
import { type FinishedJob, type JobRecord, readRecord, toFinishedJob, writeRecord } from "./finished-job";
import { type JobEnd, JobWatch } from "./job-watch";

export const MOST_JOBS = 50;
const NAMESPACE = "jobs";
/** Printers say that a job has failed, and a moment later that somebody has stopped it. */
const REASON_DELAY_MS = 5_000;

export interface JobHistoryOptions {
	storage: Storage;
	clock: Clock;
	log: Log;
}

/** A job that has failed, as long as it is not known why. */
interface Undecided {
	printerId: string;
	end: JobEnd;
	endedAtSeconds: number | undefined;
	timer: Timer;
}

export class JobHistory {
	private readonly options: JobHistoryOptions;
	private readonly watches = new Map<string, JobWatch>();
	private printers: Pick<PrinterManager, "states"> | undefined;
	private undecided: readonly Undecided[] = [];
	private next: number;
	/** Replaced when one comes or goes. */
	private listeners: readonly (() => void)[] = [];
	/** Ends with the last write. Never rejects. */
	private writing: Promise<unknown> = Promise.resolve();

	constructor(options: JobHistoryOptions) {
		this.options = options;
		let newest = -1;
		this.forEach((record) => {
			newest = Math.max(newest, record.number);
		});
		this.next = newest + 1;
	}

	/** Follows these printers until the returned function is called; jobs that have just ended are kept then. */
	watch(printers: Pick<PrinterManager, "states" | "onChange">): () => void {
		this.printers = printers;
		for (const state of printers.states) this.take(state);
		const stop = printers.onChange((event) => this.onEvent(event));
		return () => {
			stop();
			for (const undecided of this.undecided) this.decide(undecided);
			this.watches.clear();
		};
	}

	/** Calls back when there is another list; the returned function ends that. */
	onChange(listener: () => void): () => void {
		const own = (): void => listener();
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}

	/** Newest first. */
	list(): readonly FinishedJob[] {
		const records: JobRecord[] = [];
		this.forEach((record) => void records.push(record));
		records.sort((a, b) => b.number - a.number);
		return records.map((record) => toFinishedJob(record, this.nameOf(record.printerId)));
	}

	/** Forgets all jobs. Rejects with a `PortError` `storage` when they cannot be removed. */
	async clear(): Promise<void> {
		const changes: StorageChange[] = [];
		for (let place = 0; place < MOST_JOBS; place++)
			changes.push({ namespace: NAMESPACE, key: keyOf(place), value: undefined });
		await this.writing;
		await this.options.storage.write(changes);
		this.tell();
	}

	/** Resolves when what is to be stored is stored, or has failed to be. */
	async close(): Promise<void> {
		for (const undecided of this.undecided) this.decide(undecided);
		await this.writing;
	}

	private onEvent(event: PrintersEvent): void {
		if (event.type === "added") this.take(event.state);
		else if (event.type === "removed") this.watches.delete(event.id);
		else if (event.type === "changed") {
			const { state, changed } = event;
			const isMore = changed.includes("filament") || changed.includes("link");
			if (!isMore && (!changed.includes("job") || this.watches.get(state.id)?.note(state.job))) return;
			this.take(state);
		}
	}

	private take(state: PrinterState): void {
		const { clock } = this.options;
		let watch = this.watches.get(state.id);
		if (!watch) {
			watch = new JobWatch();
			this.watches.set(state.id, watch);
		}
		const end = watch.take(state, clock.now());
		if (!end) return;
		const wallTimeMs = end.isNow ? clock.wallTime() : undefined;
		const undecided: Undecided = {
			printerId: state.id,
			end,
			endedAtSeconds: wallTimeMs === undefined ? undefined : Math.round(wallTimeMs / 1000),
			timer: clock.after(end.result === "failed" ? REASON_DELAY_MS : 0, () => this.decide(undecided)),
		};
		this.undecided = [...this.undecided, undecided];
	}

	private decide(undecided: Undecided): void {
		undecided.timer.cancel();
		this.undecided = this.undecided.filter((other) => other !== undecided);
		const { printerId, end, endedAtSeconds } = undecided;
		const state = this.printers?.states.find(({ id }) => id === printerId);
		const isCancelled = end.result === "failed" && state?.job.cancelled === true;
		const { name, seconds, layers, filament } = end;
		const record: JobRecord = {
			number: this.next++,
			printerId,
			result: isCancelled ? "cancelled" : end.result,
		};
		if (name !== undefined) record.name = name;
		if (seconds !== undefined) record.seconds = seconds;
		if (layers !== undefined) record.layers = layers;
		if (filament.length > 0) record.filament = filament;
		if (endedAtSeconds !== undefined) record.endedAtSeconds = endedAtSeconds;
		const place = { namespace: NAMESPACE, key: keyOf(record.number), value: writeRecord(record) };
		this.writing = this.writing.then(() => this.write(place));
	}

	private async write(change: StorageChange): Promise<void> {
		const { storage, log } = this.options;
		try {
			await storage.write([change]);
			this.tell();
		} catch (error) {
			log.warn(`a finished job is not stored: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	private tell(): void {
		for (const listener of this.listeners) listener();
	}

	/** Those that can be read, in no order. */
	private forEach(use: (record: JobRecord) => void): void {
		for (let place = 0; place < MOST_JOBS; place++) {
			const record = readRecord(this.read(keyOf(place)));
			// One that stands in another's place was put there by somebody else.
			if (record && record.number % MOST_JOBS === place) use(record);
		}
	}

	private read(key: string): unknown {
		try {
			return this.options.storage.get(NAMESPACE, key);
		} catch {
			return undefined;
		}
	}

	/** As it is called now; one that is no longer set up by its serial number. */
	private nameOf(id: string): string {
		return this.printers?.states.find((state) => state.id === id)?.name ?? id;
	}
}

function keyOf(number: number): string {
	return `job${number % MOST_JOBS}`;
}
