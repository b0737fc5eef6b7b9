// Keeps a latched fault over a loss of power: stored as soon as it is there, and gone only when its removal is stored.

import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Storage, StoredValue } from "../platform/storage";
import { FAULT_CODES } from "./fault-words";
import type { FaultCode } from "./heater/faults";

const NAMESPACE = "panda_breath";
const KEY = "fault";
/** Until a write that failed is tried again. */
const RETRY_MS = 2_000;

export interface FaultStoreOptions {
	storage: Storage;
	clock: Clock;
	log: Log;
}

export class FaultStore {
	private readonly storage: Storage;
	private readonly clock: Clock;
	private readonly log: Log;
	/** Not stored yet. */
	private pending: FaultCode | undefined;
	/** Ends with the last write that was begun: one at a time, or an older one could come in last. Never rejects. */
	private writes: Promise<unknown> = Promise.resolve();
	private retry: Timer | undefined;
	private isClosed = false;

	constructor({ storage, clock, log }: FaultStoreOptions) {
		this.storage = storage;
		this.clock = clock;
		this.log = log;
	}

	/** The fault from before the start; `storage_unreadable` when that cannot be known. */
	load(): FaultCode | undefined {
		let stored: StoredValue | undefined;
		try {
			stored = this.storage.get(NAMESPACE, KEY);
		} catch (error) {
			this.log.error(`whether the heater had a fault cannot be read: ${String(error)}`);
			return "storage_unreadable";
		}
		if (stored === undefined || isFaultCode(stored)) return stored;
		this.log.error("what is stored as the heater's fault is none");
		return "storage_unreadable";
	}

	/** Stores the fault, again and again until it is. */
	keep(code: FaultCode): void {
		this.pending = code;
		void this.keepPending();
	}

	/**
	 * Whether it is stored now that there is no fault. If it is not, it is not known what is stored: keep the fault
	 * again.
	 */
	clear(): Promise<boolean> {
		this.pending = undefined;
		return this.write(undefined);
	}

	/** Nothing more is written. May be called any number of times. */
	close(): void {
		this.isClosed = true;
		this.retry?.cancel();
	}

	private async keepPending(): Promise<void> {
		this.retry?.cancel();
		const code = this.pending;
		if (code === undefined) return;
		const isStored = await this.write(code);
		// Meanwhile it may have been cleared, or another one have come.
		if (this.pending !== code || this.isClosed) return;
		if (isStored) this.pending = undefined;
		else this.retry = this.clock.after(RETRY_MS, () => void this.keepPending());
	}

	private write(value: FaultCode | undefined): Promise<boolean> {
		const written = this.writes.then(() => this.tryToWrite(value));
		this.writes = written;
		return written;
	}

	private async tryToWrite(value: FaultCode | undefined): Promise<boolean> {
		if (this.isClosed) return false;
		try {
			await this.storage.write([{ namespace: NAMESPACE, key: KEY, value }]);
			return true;
		} catch (error) {
			const what = value === undefined ? "that the heater's fault is cleared" : `the heater's fault ${value}`;
			this.log.error(`${what} cannot be stored: ${String(error)}`);
			return false;
		}
	}
}

function isFaultCode(stored: StoredValue): stored is FaultCode {
	return FAULT_CODES.some((code) => code === stored);
}
