// Keeps track of the spools in all printers: joins what printers say, what Spoolman says, and what waits for it.

import type { EventLog } from "../event-log/event-log";
import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import type { Storage } from "../platform/storage";
import type { PrinterManager, PrintersEvent } from "../printers/printer-manager";
import { slotOf } from "../printers/printer-slots";
import type { PrinterState } from "../printers/printer-state";
import { sameValue } from "../printers/same-value";
import type { Settings } from "../settings/settings";
import { Delivery } from "./delivery";
import { Ledger } from "./ledger";
import { failure, Links, notSetUp, toFailure } from "./links";
import { Locations } from "./locations";
import { discardWaiting, waitingGrams, waitingSpools } from "./outbox";
import { PrinterWatch } from "./printer-watch";
import { Round } from "./round";
import type { SlotMap } from "./slot-map";
import { slotsOf } from "./slots-view";
import { SpoolBook } from "./spool-book";
import { type SpoolDetails, toShown } from "./spoolman/spool-details";
import { parseSpoolmanUrl } from "./spoolman/spoolman-url";
import { type Spoolman, SpoolmanLink, type SpoolmanTarget } from "./spoolman-link";
import type { SpoolAction, SpoolFailure, SpoolPage, SpoolQuery, Spools } from "./spools";
import type { RefusedUse, SpoolmanStatus, SpoolSlot, SpoolsState } from "./spools-state";
import { TrayIdentities } from "./tray-identities";
import { DEFAULT_USAGE_OPTIONS, type UsageOptions } from "./usage";

/** Values count when they are said twice, and what is due is handed on when its time has come. */
const REPEAT_MS = 15_000;
/** What Spoolman says of spools is looked at again so often while it matters to somebody, and otherwise. */
const BUSY_INTERVAL_MS = 60_000;
const CALM_INTERVAL_MS = 600_000;
/** Whoever has read the state within this time is looking. */
const LOOKING_MS = 30_000;
/** After something that neither Spoolman nor storage can explain. */
const PUZZLED_MS = 60_000;

export interface SpoolTrackerOptions {
	settings: Settings;
	storage: Storage;
	clock: Clock;
	log: Log;
	events: Pick<EventLog, "add">;
	printers: Pick<PrinterManager, "states" | "onChange">;
	openSpoolman(target: SpoolmanTarget): Spoolman;
}

export class SpoolTracker implements Spools {
	private readonly options: SpoolTrackerOptions;
	private readonly ledger: Ledger;
	private readonly spoolman: SpoolmanLink;
	private readonly book = new SpoolBook();
	private readonly identities = new TrayIdentities();
	private readonly locations = new Locations();
	private readonly links: Links;
	private readonly delivery: Delivery;
	private readonly round: Round;
	private readonly watches = new Map<string, PrinterWatch>();
	private readonly endings: (() => void)[] = [];
	/** Replaced when one comes or goes: whoever is being told is told by the list as it was. */
	private listeners: readonly (() => void)[] = [];
	private shown: SpoolsState = { spoolman: { state: "not_set_up" }, slots: [] };
	private refused: RefusedUse | undefined;
	/** Of the Spoolman whose spools the book has. */
	private bookOf = "";
	private usageOptions: UsageOptions = DEFAULT_USAGE_OPTIONS;
	private lookedAtMs = Number.NEGATIVE_INFINITY;
	/** Until listeners are told, once for all that changes at a time. */
	private telling: Timer | undefined;
	private closing: Promise<void> | undefined;

	constructor(options: SpoolTrackerOptions) {
		this.options = options;
		const { settings, storage, clock, log, events, printers } = options;
		this.ledger = new Ledger({
			storage,
			clock,
			log,
			onStorage: () => {
				this.show();
				this.round.wake();
			},
		});
		this.spoolman = new SpoolmanLink({ ...options, onChange: () => this.show() });
		const { ledger, spoolman: link, identities } = this;
		this.links = new Links({ settings, link, identities, printers });
		this.delivery = new Delivery({
			ledger,
			link,
			events,
			onSpool: (spool) => this.heard(spool),
			onGone: (id) => {
				this.book.drop(id, clock.now());
				this.follow();
			},
			onRefused: (use) => {
				this.refused = { ...use, grams: Math.round(use.grams * 10) / 10 };
				this.show();
			},
		});
		this.round = new Round({ clock, next: () => this.next() });
		const repeat = clock.every(REPEAT_MS, () => this.repeat());
		this.endings.push(
			settings.onChange((keys) => this.onSettings(keys)),
			printers.onChange((event) => this.onPrinter(event)),
			() => repeat.cancel(),
		);
		for (const { id } of printers.states) this.watch(id);
		this.openSpoolman();
		this.readOptions();
		this.follow();
	}

	get state(): SpoolsState {
		const { clock } = this.options;
		const wasCalm = clock.now() - this.lookedAtMs > LOOKING_MS;
		this.lookedAtMs = clock.now();
		if (wasCalm) this.round.wake();
		return this.shown;
	}

	onChange(listener: () => void): () => void {
		const own = (): void => listener();
		this.listeners = [...this.listeners, own];
		return () => {
			this.listeners = this.listeners.filter((other) => other !== own);
		};
	}

	async list({ offset, limit, search }: SpoolQuery): Promise<SpoolPage | SpoolFailure> {
		if (!this.spoolman.isSetUp) return notSetUp();
		try {
			const query = { offset, limit: Math.min(limit, 20), ...(search !== undefined && { search }) };
			const { spools, total } = await this.spoolman.ask((client) => client.list(query));
			return { ok: true, spools: spools.map(toShown), ...(total !== undefined && { total }) };
		} catch (error) {
			return toFailure(error);
		} finally {
			this.round.wake();
		}
	}

	async act(action: SpoolAction): Promise<{ readonly ok: true } | SpoolFailure> {
		const result = await this.perform(action);
		if (result.ok) {
			this.book.refresh();
			this.follow();
		}
		this.round.wake();
		return result;
	}

	/** Forgets what waits, also in storage; nothing is followed any longer. Rejects when storage refuses. */
	async clear(): Promise<void> {
		this.stop();
		await Promise.all([this.spoolman.close(), this.round.close()]);
		await this.ledger.clear();
	}

	close(): Promise<void> {
		this.closing ??= this.end();
		return this.closing;
	}

	private async end(): Promise<void> {
		this.stop();
		await Promise.all([this.spoolman.close(), this.round.close()]);
		await this.ledger.close();
	}

	private stop(): void {
		for (const end of this.endings.splice(0)) end();
		this.listeners = [];
		this.telling?.cancel();
		this.telling = undefined;
	}

	private async perform(action: SpoolAction): Promise<{ readonly ok: true } | SpoolFailure> {
		switch (action.action) {
			case "link":
				return this.links.link(action.printerId, action.tray, action.spoolId);
			case "unlink":
				return this.links.unlink(action.printerId, action.tray);
			case "create":
				return this.links.create(action.printerId, action.tray);
			case "resync":
				return this.resync(action.printerId, action.tray, action.by);
			case "retry":
				return this.retry();
			case "discard":
				return this.discard();
		}
	}

	private resync(id: string, tray: number, by: "printer" | "spoolman") {
		const state = this.options.printers.states.find((one) => one.id.toUpperCase() === id.toUpperCase());
		const watch = state && this.watches.get(state.id);
		const entry = state && this.identities.of(state.id).find((one) => one.tray === tray);
		if (!state || !watch || !entry || entry.slot.state === "empty")
			return failure("unknown_slot", "There is no such slot, or it is empty.");
		const outbox = watch.resync(tray, by, this.ledger.outbox);
		if (!outbox) return failure("nothing_to_do", "Printer and Spoolman agree about the spool in that slot.");
		this.ledger.setOutbox(outbox);
		return { ok: true } as const;
	}

	private async retry(): Promise<{ readonly ok: true } | SpoolFailure> {
		if (!this.spoolman.isSetUp) return notSetUp();
		this.refused = undefined;
		try {
			await this.spoolman.greet();
			return { ok: true };
		} catch (error) {
			return toFailure(error);
		} finally {
			this.show();
		}
	}

	private async discard(): Promise<{ readonly ok: true } | SpoolFailure> {
		const { ledger } = this;
		if (ledger.outbox.waiting.length === 0 && !this.refused)
			return failure("nothing_to_do", "Nothing waits to be written to Spoolman.");
		this.refused = undefined;
		ledger.setOutbox(discardWaiting(ledger.outbox));
		if (await ledger.stored()) return { ok: true };
		return failure("storage", "The device cannot store that. What waited may come back with a restart.");
	}

	/** What is to be done now, in the order of its worth; ms until the next thing. */
	private async next(): Promise<number> {
		const { spoolman, ledger, delivery, locations, book } = this;
		if (!spoolman.isSetUp) return Number.POSITIVE_INFINITY;
		if (spoolman.waitMs > 0) return spoolman.waitMs;
		try {
			if (!spoolman.isReady) await spoolman.greet();
			// It is stored again after a while, and then goes on.
			else if (delivery.hasWork && !ledger.isRefused) await delivery.step();
			else {
				const question = book.next(this.options.clock.now(), this.intervalMs());
				if (typeof question !== "number") await book.ask(question, spoolman, () => this.options.clock.now());
				else if (locations.hasWork) {
					const spool = await locations.step(spoolman);
					if (spool) book.put(spool, this.options.clock.now());
				} else return question;
			}
			this.follow();
			return 0;
		} catch (error) {
			if (spoolman.waitMs === 0)
				this.options.log.warn(`spools: ${error instanceof Error ? error.message : "unknown"}`);
			return spoolman.waitMs || PUZZLED_MS;
		}
	}

	private intervalMs(): number {
		const { clock, printers } = this.options;
		const isLooking = clock.now() - this.lookedAtMs <= LOOKING_MS;
		const isBusy =
			isLooking || printers.states.some(({ job: { state } }) => state === "printing" || state === "paused");
		return isBusy ? BUSY_INTERVAL_MS : CALM_INTERVAL_MS;
	}

	private openSpoolman(): void {
		const { settings } = this.options;
		const parsed = parseSpoolmanUrl(settings.get("spoolman.url"));
		const bookOf = parsed.ok ? `${parsed.url} ${settings.get("spoolman.tagField")}` : "";
		if (bookOf !== this.bookOf) this.book.clear();
		this.bookOf = bookOf;
		this.spoolman.open();
	}

	private readOptions(): void {
		const { settings } = this.options;
		this.usageOptions = {
			...DEFAULT_USAGE_OPTIONS,
			thresholdPercent: settings.get("spools.thresholdTenths") / 10,
			minIntervalMs: settings.get("spools.intervalSeconds") * 1000,
			prefer: settings.get("spools.source") === "job" ? "usage" : "remain",
		};
	}

	private onSettings(keys: readonly string[]): void {
		const isMapped = keys.some((key) => /^printer\d+\.spools$/.test(key));
		const isOurs = keys.some((key) => key.startsWith("spools."));
		const isOther = keys.some((key) => key.startsWith("spoolman."));
		if (!isMapped && !isOurs && !isOther) return;
		if (isOther) this.openSpoolman();
		if (isOurs) this.readOptions();
		this.follow();
		this.round.wake();
	}

	private onPrinter(event: PrintersEvent): void {
		if (event.type === "changed") {
			const { state, changed } = event;
			const isOther = changed.includes("filament") || changed.includes("link");
			if (isOther) this.identify();
			if (isOther || changed.includes("job")) this.feed(state);
			else return;
		} else if (event.type === "removed") {
			this.watches.delete(event.id);
			this.identify();
		} else if (event.type === "added") {
			this.watch(event.state.id);
			this.identify();
			this.feed(event.state);
		}
		this.show();
		this.round.wake();
	}

	private watch(id: string): PrinterWatch {
		const known = this.watches.get(id);
		if (known) return known;
		const watch = new PrinterWatch(this.ledger.progressOf(id));
		this.watches.set(id, watch);
		return watch;
	}

	private repeat(): void {
		const { states } = this.options.printers;
		this.ledger.keepOnly(states.map(({ id }) => id));
		for (const state of states) if (this.watches.get(state.id)?.isDue(state)) this.feed(state);
		this.show();
		this.round.wake();
	}

	/** What is known of spools, or where they are, may be another thing now. */
	private follow(): void {
		// What did not change is not said again: a value counts when it is said twice.
		if (this.identify()) for (const state of this.options.printers.states) this.feed(state);
		this.show();
	}

	private identify(): boolean {
		const { settings, printers, clock } = this.options;
		const { states } = printers;
		const mapped = states.map((state) => ({ state, map: this.mapOf(settings, state) }));
		const isOther = this.identities.update(
			mapped,
			this.spoolman.isSetUp ? this.book : undefined,
			clock.now(),
		);
		const { tags, ids } = this.identities.wanted;
		this.book.want(tags, ids);
		this.locations.update(
			states.map((state) => [state, this.identities.of(state.id)]),
			settings.get("spools.location"),
		);
		return isOther;
	}

	private mapOf(settings: Settings, { serial }: PrinterState): SlotMap {
		const slot = slotOf(settings, serial);
		return slot === undefined ? new Map() : this.links.mapOf(slot);
	}

	private feed(state: PrinterState): void {
		const { clock, events } = this.options;
		// Without a Spoolman nothing is counted: nobody would ever fetch it.
		if (!this.spoolman.isSetUp) return;
		const watch = this.watch(state.id);
		const trays = this.identities.of(state.id);
		const { ledger } = this;
		const result = watch.take(state, trays, clock.now(), this.usageOptions, ledger.outbox);
		if (!result) return;
		ledger.set(result.outbox, state.id, watch.progress);
		for (const { spoolId, printerPercent } of result.differs)
			events.add("spool_differs", "firmware", spoolId, printerPercent);
	}

	/** Spoolman has said that of a spool. */
	private heard(spool: SpoolDetails): void {
		this.book.put(spool, this.options.clock.now());
	}

	private show(): void {
		const { outbox } = this.ledger;
		const spools = waitingSpools(outbox);
		const grams = Math.round(waitingGrams(outbox) * 10) / 10;
		const state: SpoolsState = {
			spoolman: this.status(),
			...(spools > 0 && { waiting: { grams, spools } }),
			...(this.refused && { refused: this.refused }),
			slots: this.slots(),
		};
		if (sameValue(state, this.shown)) return;
		this.shown = state;
		this.telling ??= this.options.clock.after(0, () => {
			this.telling = undefined;
			for (const listener of this.listeners) listener();
		});
	}

	private status(): SpoolmanStatus {
		const { status } = this.spoolman;
		if (!this.ledger.isRefused || !this.spoolman.isSetUp) return status;
		const help = "The device cannot store what was used, so nothing is sent to Spoolman. Restart the device.";
		return { ...status, state: "failed", error: "storage", help };
	}

	private slots(): SpoolSlot[] {
		const { settings, printers } = this.options;
		const options = { outbox: this.ledger.outbox, lowGrams: settings.get("spools.lowGrams") };
		return printers.states.flatMap(({ id }) =>
			slotsOf(id, this.identities.of(id), this.watches.get(id), options),
		);
	}
}
