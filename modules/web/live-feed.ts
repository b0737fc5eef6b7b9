// Pushes the state to every open page: all of it at first, then what changed, once a second.

import type { BreathState } from "../breath/breath-state";
import type { RemoteBreathState } from "../breath/remote/remote-breath-state";
import type { DeviceInfo, DeviceState } from "../device-state";
import type { Clock, Timer } from "../platform/clock";
import type { WebSocketConnection, WebSocketEvents } from "../platform/http";
import type { PrinterState } from "../printers/printer-state";
import type { HeldTag, TagError } from "../spools/filament-tag";
import type { SpoolsState } from "../spools/spools-state";
import type { UpdateStatus } from "../update/firmware-update";
import type { WifiStatus } from "../wifi/wifi-setup";

/**
 * Clients read the HTTP answer to the upgrade and throw away what follows in the same read;
 * so the first frame waits until that read is over.
 */
const SNAPSHOT_DELAY_MS = 150;
const PUSH_INTERVAL_MS = 1_000;
/** Open pages that are served. Each one costs a socket and its buffers. */
export const MAX_CLIENTS = 4;
/** A client that reads more slowly than this is dropped: its page connects again and gets a fresh snapshot. */
const MAX_QUEUED_BYTES = 64 * 1024;

/** The first frame. */
export interface Snapshot {
	snapshot: DeviceState;
}

/** Every later frame. */
export interface Update {
	update: {
		device: DeviceInfo;
		/** Those that changed since the last frame, each of them whole. */
		printers: PrinterState[];
		/** Ids of printers that are no longer set up. */
		removed: string[];
		/** Ids of all printers in the order in which they are shown, when that changed. */
		order?: string[];
		/** Likewise; `null` when none is set up any longer. */
		remoteBreath?: RemoteBreathState | null;
		/** Both when one of them changed; `null` for the one that there is not. */
		filamentTag?: HeldTag | null;
		filamentTagError?: TagError | null;
		/** These four only when they changed, and then whole. */
		spools?: SpoolsState;
		breath?: BreathState;
		wifi?: WifiStatus;
		update?: UpdateStatus;
	};
}

export interface LiveFeedOptions {
	clock: Clock;
	state(): DeviceState;
	/** Somebody is there, until the returned function is called: for the heater's dead man's timer. */
	attend?: (() => () => void) | undefined;
}

/** One open page. It only listens. */
class Page implements WebSocketEvents {
	private readonly feed: LiveFeed;
	readonly socket: WebSocketConnection;
	/** Until it has its snapshot. */
	welcome: Timer | undefined;

	constructor(feed: LiveFeed, socket: WebSocketConnection) {
		this.feed = feed;
		this.socket = socket;
	}

	onText(): void {}

	onClosed(): void {
		this.feed.forget(this);
	}
}

export class LiveFeed {
	private readonly options: LiveFeedOptions;
	/** Replaced when one comes or goes: it may be sent to meanwhile. */
	private pages: readonly Page[] = [];
	/** Ids of printers that changed, and of those that are gone. */
	private changed: readonly string[] = [];
	private removed: readonly string[] = [];
	private orderChanged = false;
	#breathChanged = false;
	#remoteBreathChanged = false;
	#wifiChanged = false;
	#spoolsChanged = false;
	#filamentTagChanged = false;
	/** What the pages know. */
	private toldUpdate: UpdateStatus | undefined;
	/** While there are pages. */
	private timer: Timer | undefined;
	private leave: (() => void) | undefined;

	constructor(options: LiveFeedOptions) {
		this.options = options;
	}

	get isFull(): boolean {
		return this.pages.length >= MAX_CLIENTS;
	}

	/** Serves that page until it is gone. */
	add(socket: WebSocketConnection): WebSocketEvents {
		const { clock, attend } = this.options;
		const page = new Page(this, socket);
		page.welcome = clock.after(SNAPSHOT_DELAY_MS, () => this.welcome(page));
		this.pages = [...this.pages, page];
		this.timer ??= clock.every(PUSH_INTERVAL_MS, () => this.push());
		this.leave ??= attend?.();
		return page;
	}

	/** That page is gone. May be called any number of times. */
	forget(page: Page): void {
		page.welcome?.cancel();
		this.pages = this.pages.filter((other) => other !== page);
		if (this.pages.length === 0) this.rest();
	}

	/** That printer goes into the next update. Without pages there is none: the next one begins with a snapshot. */
	printerChanged(id: string): void {
		if (!this.timer || this.changed.includes(id)) return;
		this.removed = this.removed.filter((other) => other !== id);
		this.changed = [...this.changed, id];
	}

	printerRemoved(id: string): void {
		if (!this.timer || this.removed.includes(id)) return;
		this.changed = this.changed.filter((other) => other !== id);
		this.removed = [...this.removed, id];
	}

	/** The order of the printers goes into the next update. */
	reordered(): void {
		this.orderChanged = true;
	}

	/** The heater's state goes into the next update. */
	breathChanged(): void {
		this.#breathChanged = true;
	}

	/** Likewise that of the heater on the network. */
	remoteBreathChanged(): void {
		this.#remoteBreathChanged = true;
	}

	/** Likewise that of the networks. */
	wifiChanged(): void {
		this.#wifiChanged = true;
	}

	/** Likewise that of the spools. */
	spoolsChanged(): void {
		this.#spoolsChanged = true;
	}

	/** Likewise the tag that is held, and what went wrong with the last one. */
	filamentTagChanged(): void {
		this.#filamentTagChanged = true;
	}

	/** Says goodbye to every page. May be called any number of times. */
	close(): void {
		for (const page of this.pages) {
			// 1001 is "going away": pages connect again.
			page.socket.close(1001, "going away");
			this.forget(page);
		}
	}

	private welcome(page: Page): void {
		page.welcome = undefined;
		const snapshot: Snapshot = { snapshot: this.options.state() };
		// Others who know an older one are told what changed since.
		this.toldUpdate ??= snapshot.snapshot.update;
		page.socket.send(JSON.stringify(snapshot));
	}

	private push(): void {
		const state = this.options.state();
		const { device, printers, breath, remoteBreath, spools, wifi, update: firmware } = state;
		const { filamentTag = null, filamentTagError = null } = state;
		const update: Update = {
			update: {
				device,
				printers: printers.filter(({ id }) => this.changed.includes(id)),
				removed: [...this.removed],
				...(this.orderChanged && { order: printers.map(({ id }) => id) }),
				...(breath && this.#breathChanged && { breath }),
				...(this.#remoteBreathChanged && { remoteBreath: remoteBreath ?? null }),
				...(spools && this.#spoolsChanged && { spools }),
				...(this.#filamentTagChanged && { filamentTag, filamentTagError }),
				...(this.#wifiChanged && { wifi }),
				...(!isSameUpdate(firmware, this.toldUpdate) && { update: firmware }),
			},
		};
		this.toldUpdate = firmware;
		this.clearChanges();
		const text = JSON.stringify(update);
		for (const page of this.pages) {
			if (page.welcome) continue;
			if (page.socket.queuedBytes > MAX_QUEUED_BYTES) {
				page.socket.close(1013, "too slow");
				this.forget(page);
			} else {
				page.socket.send(text);
			}
		}
	}

	/** Nobody is there. The next page begins with a snapshot, which holds all that changed. */
	private rest(): void {
		this.timer?.cancel();
		this.timer = undefined;
		this.leave?.();
		this.leave = undefined;
		this.toldUpdate = undefined;
		this.clearChanges();
	}

	private clearChanges(): void {
		this.changed = [];
		this.removed = [];
		this.orderChanged = false;
		this.#breathChanged = false;
		this.#remoteBreathChanged = false;
		this.#wifiChanged = false;
		this.#spoolsChanged = false;
		this.#filamentTagChanged = false;
	}
}

function isSameUpdate(a: UpdateStatus, b: UpdateStatus | undefined): boolean {
	return a.phase === b?.phase && a.receivedBytes === b.receivedBytes && a.message === b.message;
}
