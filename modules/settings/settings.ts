// The settings in memory: checked when read, checked when written, stored a moment later and all at once.

import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Storage, StorageChange, StoredValue } from "../platform/storage";
import { type Migration, migrations } from "./migrations";
import { SETTINGS_VERSION, type SettingKey, type SettingValue, settingsSchema } from "./schema";
import { checkValue, type Setting } from "./setting";

/** Changes that come within this time go to storage together; flash wears out. */
const WRITE_DELAY_MS = 500;
/** After storage refused: changes are kept and tried again. */
const RETRY_DELAY_MS = 5_000;
const VERSION = Object.freeze({ namespace: "culm", key: "version" });

export type SettingsErrorCode = "unknown_key" | "wrong_type" | "out_of_range";

/** Thrown by {@link Settings.set} and {@link Settings.patch}; the message says what the value has to be and never quotes it. */
export class SettingsError extends Error {
	override readonly name = "SettingsError";
	readonly code: SettingsErrorCode;
	readonly key: string;

	constructor(code: SettingsErrorCode, key: string, message: string) {
		super(message);
		this.code = code;
		this.key = key;
	}
}

export type SettingsChanges = { readonly [K in SettingKey]?: SettingValue<K> };

export interface SettingsOptions {
	storage: Storage;
	clock: Clock;
	log: Log;
	/** For tests: other schema, version and migrations than the firmware's own. */
	schema?: ReadonlyMap<string, Setting>;
	version?: number;
	migrations?: readonly Migration[];
}

export class Settings {
	private readonly storage: Storage;
	private readonly clock: Clock;
	private readonly log: Log;
	private readonly schema: ReadonlyMap<string, Setting>;
	/** Only what differs from its default: a small board has no room for a hundred entries that say nothing. */
	private readonly values = new Map<string, StoredValue>();
	private readonly pending = new Map<string, StorageChange>();
	/** Settings whose stored value could not be used: they are written even when set to what they are. */
	private readonly fallenBack = new Set<string>();
	/** Replaced when one comes or goes: whoever is being told is told by the list as it was. */
	private listeners: readonly ((keys: readonly string[]) => void)[] = [];
	private timer: Timer | undefined;
	private writing: Promise<void> | undefined;
	private closed = false;
	/** Nothing is stored any more: storage is as it was delivered, and stays so. */
	private isReset = false;

	/** Reads every key. One that cannot be used falls back to its default, and the log says so. */
	constructor(options: SettingsOptions) {
		this.storage = options.storage;
		this.clock = options.clock;
		this.log = options.log;
		this.schema = options.schema ?? settingsSchema;
		this.migrate(options.version ?? SETTINGS_VERSION, options.migrations ?? migrations);
		for (const [name, setting] of this.schema) this.hold(name, setting, this.load(name, setting));
	}

	get<K extends SettingKey>(key: K): SettingValue<K> {
		// Every value was checked against the schema entry that SettingValue is made from.
		return this.value(key, this.schema.get(key)) as SettingValue<K>;
	}

	/**
	 * Takes all changes or none. Throws {@link SettingsError} for an unknown key or a value that does not fit.
	 * They count at once and are stored within half a second.
	 */
	set(changes: SettingsChanges): void {
		this.patch(changes);
	}

	/** As `set`, for what somebody sent: neither its keys nor its values need to be what they should be. */
	patch(changes: Readonly<Record<string, unknown>>): void {
		const accepted: [string, Setting, StoredValue][] = [];
		for (const [key, value] of Object.entries(changes)) {
			const setting = this.schema.get(key);
			if (!setting) throw new SettingsError("unknown_key", key, `There is no setting "${key}".`);
			const problem = checkValue(setting, value);
			if (problem) throw new SettingsError(problem.code, key, `"${key}" ${problem.message}.`);
			if (this.value(key, setting) !== value || this.fallenBack.has(key))
				accepted.push([key, setting, value as StoredValue]);
		}
		if (accepted.length === 0) return;
		for (const [key, setting, value] of accepted) {
			const { namespace, key: storageKey } = setting;
			this.hold(key, setting, value);
			this.fallenBack.delete(key);
			this.pending.set(`${namespace}/${storageKey}`, { namespace, key: storageKey, value });
		}
		this.writeAfter(WRITE_DELAY_MS);
		this.tell(accepted.map(([key]) => key));
	}

	/**
	 * Removes every setting from storage, as when the device was delivered. The values in use stay until the restart
	 * that has to follow, so that whoever asked still gets an answer; what is set meanwhile is not stored.
	 * Resolves with false, and goes on as before, when storage refuses.
	 */
	async reset(): Promise<boolean> {
		this.timer?.cancel();
		this.timer = undefined;
		this.isReset = true;
		await this.writing;
		const changes: StorageChange[] = [];
		for (const { namespace, key } of this.schema.values()) changes.push({ namespace, key, value: undefined });
		try {
			await this.storage.write([...changes, { ...VERSION, value: undefined }]);
		} catch (error) {
			this.isReset = false;
			this.log.error(`settings: they are not reset: ${describe(error)}`);
			this.writeAfter(WRITE_DELAY_MS);
			return false;
		}
		this.pending.clear();
		return true;
	}

	/** Every setting, to be shown: a secret only says whether it is set. */
	describe(): Record<string, StoredValue | { configured: boolean }> {
		const shown: Record<string, StoredValue | { configured: boolean }> = {};
		for (const [name, setting] of this.schema) {
			const value = this.value(name, setting) ?? setting.default;
			shown[name] = setting.secret ? { configured: value !== setting.default } : value;
		}
		return shown;
	}

	/** Calls back with the keys that changed; the returned function ends that. */
	onChange(listener: (keys: readonly string[]) => void): () => void {
		this.listeners = [...this.listeners, listener];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== listener);
		};
	}

	/** Resolves with true when everything set so far is stored, with false when storage has refused once more. */
	async flush(): Promise<boolean> {
		this.timer?.cancel();
		this.timer = undefined;
		await this.writing;
		await this.write();
		return this.pending.size === 0;
	}

	/** Stores what is left; resolves as `flush` does. May be called any number of times. */
	async close(): Promise<boolean> {
		this.closed = true;
		this.listeners = [];
		return this.flush();
	}

	private value(name: string, setting: Setting | undefined): StoredValue | undefined {
		return this.values.get(name) ?? setting?.default;
	}

	private hold(name: string, setting: Setting, value: StoredValue): void {
		if (value === setting.default) this.values.delete(name);
		else this.values.set(name, value);
	}

	/** What was set counts, whatever becomes of those who are told. */
	private tell(keys: readonly string[]): void {
		for (const listener of this.listeners) {
			try {
				listener(keys);
			} catch (error) {
				const message = error instanceof Error ? error.message : "not an error";
				this.log.error(`settings: somebody who was told of a change failed: ${message}`);
			}
		}
	}

	private migrate(version: number, steps: readonly Migration[]): void {
		const stored = this.read(VERSION.namespace, VERSION.key);
		if (stored.failed || (stored.value !== undefined && !isVersion(stored.value)))
			this.log.warn("settings: the version cannot be read; every key is checked by itself");
		let current = isVersion(stored.value) ? stored.value : 1;
		if (current > version)
			this.log.warn(`settings: written by a newer firmware (version ${current}); keys that fit are used`);
		// Each step has to see what the one before it decided, although storage is only written later.
		for (; current < version; current++)
			for (const change of steps[current - 1]?.({ get: (ns, key) => this.readPending(ns, key) }) ?? [])
				this.pending.set(`${change.namespace}/${change.key}`, change);
		if (stored.value !== current) {
			this.pending.set(`${VERSION.namespace}/${VERSION.key}`, { ...VERSION, value: current });
			this.writeAfter(WRITE_DELAY_MS);
		}
	}

	private load(name: string, setting: Setting): StoredValue {
		const { value, failed } = this.read(setting.namespace, setting.key);
		if (failed) return this.fallBack(name, setting, "cannot be read");
		if (value === undefined) return setting.default;
		const problem = checkValue(setting, value);
		return problem ? this.fallBack(name, setting, problem.message) : value;
	}

	private fallBack(name: string, setting: Setting, why: string): StoredValue {
		this.fallenBack.add(name);
		this.log.warn(`settings: "${name}" ${why}; its default is used until it is set again`);
		return setting.default;
	}

	private read(namespace: string, key: string): { value: StoredValue | undefined; failed: boolean } {
		try {
			return { value: this.readPending(namespace, key), failed: false };
		} catch {
			return { value: undefined, failed: true };
		}
	}

	private readPending(namespace: string, key: string): StoredValue | undefined {
		const pending = this.pending.get(`${namespace}/${key}`);
		return pending ? pending.value : this.storage.get(namespace, key);
	}

	private writeAfter(delayMs: number): void {
		if (this.closed || this.isReset || this.pending.size === 0) return;
		this.timer ??= this.clock.after(delayMs, () => {
			this.timer = undefined;
			void this.write();
		});
	}

	private async write(): Promise<void> {
		if (this.writing) return this.writing;
		if (this.isReset) this.pending.clear();
		if (this.pending.size === 0) return;
		const changes = [...this.pending.values()];
		this.pending.clear();
		this.writing = this.store(changes);
		await this.writing;
		this.writing = undefined;
		if (this.pending.size > 0) this.writeAfter(WRITE_DELAY_MS);
	}

	private async store(changes: readonly StorageChange[]): Promise<void> {
		try {
			await this.storage.write(changes);
		} catch (error) {
			this.keep(changes, error);
		}
	}

	private keep(changes: readonly StorageChange[], error: unknown): void {
		for (const change of changes) {
			const id = `${change.namespace}/${change.key}`;
			// A newer value may have been set while this one was being written.
			if (!this.pending.has(id)) this.pending.set(id, change);
		}
		const next = this.closed ? "they are lost" : `trying again in ${RETRY_DELAY_MS / 1000} s`;
		this.log.error(`settings: changes are not stored: ${describe(error)}; ${next}`);
		this.writeAfter(RETRY_DELAY_MS);
	}
}

/** Storage names keys in its messages, never values. */
function describe(error: unknown): string {
	return error instanceof Error ? error.message : "storage refuses";
}

function isVersion(value: StoredValue | undefined): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
