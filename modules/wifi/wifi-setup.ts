// Keeps the device reachable: joins the network that the settings name, and opens one of its own when that fails.

import type { EventLog } from "../event-log/event-log";
import type { Clock, Timer } from "../platform/clock";
import type { Log } from "../platform/log";
import { PortError } from "../platform/port-error";
import type { UdpPort, UdpSocket } from "../platform/udp";
import type { WifiNetwork, WifiPort, WifiState } from "../platform/wifi";
import { type Settings, type SettingsChanges, SettingsError } from "../settings/settings";
import { answerQuery } from "./captive-dns";

/** Without a network for this long after a start or a join, we open our own. */
const FIRST_JOIN_MS = 30_000;
/** Likewise after a network was lost: its router may be starting anew. */
const LOST_MS = 60_000;
/** Our own network stays this long after the other one was joined, for whoever is setting the device up in it. */
const LINGER_MS = 60_000;
/** A join may end the connection that it was asked over: its answer goes out first. */
const JOIN_DELAY_MS = 1_000;
const RETRY_MS = 30_000;
/** The strongest ones that a scan found; more are of no use to anybody. */
const MAX_NETWORKS = 20;
const DNS_PORT = 53;

export interface WifiStatus {
	station: WifiState;
	/** Our own network. `ssid` and `address` are those it has or would have. */
	accessPoint: { on: boolean; ssid: string; address: string };
	scanning: boolean;
	/** What the last scan found, strongest first. */
	networks: readonly WifiNetwork[];
}

export interface WifiSetupOptions {
	wifi: WifiPort;
	udp: UdpPort;
	settings: Settings;
	clock: Clock;
	log: Log;
	events?: Pick<EventLog, "add">;
	deviceKind: "breath" | "panel";
	/** Of the captive name server; 53 when left out. A simulator, whose network is none, takes another one. */
	dnsPort?: number;
}

interface AccessPoint {
	ssid: string;
	password: string;
	address: string;
}

export class WifiSetup {
	private readonly options: WifiSetupOptions;
	private readonly listeners = new Set<() => void>();
	private endings: (() => void)[] = [];
	private started = false;
	private closed = false;

	/** Whether a network is to be open because the other one does not work. */
	private isFallback = false;
	/** What is open, or is being opened. */
	private open: AccessPoint | undefined;
	private isOpen = false;
	private isSettling = false;
	private settled: Promise<void> = Promise.resolve();
	private dns: UdpSocket | undefined;
	/** Until the fallback opens, or closes. */
	private timer: Timer | undefined;
	private joinTimer: Timer | undefined;
	private retryTimer: Timer | undefined;
	private wasConnected = false;

	#scan: Promise<readonly WifiNetwork[]> | undefined;
	private networks: readonly WifiNetwork[] = [];

	constructor(options: WifiSetupOptions) {
		this.options = options;
	}

	get status(): WifiStatus {
		const { ssid, address } = this.open ?? this.wantedAccessPoint();
		return {
			station: this.options.wifi.state,
			accessPoint: { on: this.isOpen, ssid, address },
			scanning: this.#scan !== undefined,
			networks: this.networks,
		};
	}

	start(): void {
		if (this.started || this.closed) return;
		this.started = true;
		const { wifi, settings } = this.options;
		this.endings = [
			wifi.onChange((state) => this.onStation(state)),
			settings.onChange((keys) => this.onSettings(keys)),
		];
		this.joinWanted();
		this.settle();
	}

	/** Looks for networks; a second call while one runs gets the same answer. Rejects with a `PortError`. */
	scan(): Promise<readonly WifiNetwork[]> {
		this.#scan ??= this.look();
		return this.#scan;
	}

	/** Joins that network from now on; throws a `SettingsError` for a name or password that none can have. */
	join({ ssid, password }: { ssid: string; password: string }): void {
		const { settings } = this.options;
		if (ssid === "") throw new SettingsError("out_of_range", "wifi.ssid", '"wifi.ssid" has to be a name.');
		const isSame = settings.get("wifi.ssid") === ssid && settings.get("wifi.password") === password;
		settings.set({ "wifi.ssid": ssid, "wifi.password": password });
		// Whoever asks again wants another try, above all after a wrong password, which is not tried by itself.
		if (isSame) this.joinSoon();
	}

	/** Leaves the network and forgets its password. */
	forget(): void {
		this.options.settings.set({ "wifi.ssid": "", "wifi.password": "" });
	}

	/** What is left out stays as it is. Throws a `SettingsError` for what no network can have. */
	setAccessPoint(network: { on?: boolean; ssid?: string; password?: string; address?: string }): void {
		const changes: SettingsChanges = {
			...(network.on !== undefined && { "wifi.accessPoint": network.on }),
			...(network.ssid !== undefined && { "wifi.accessPointSsid": network.ssid }),
			...(network.password !== undefined && { "wifi.accessPointPassword": network.password }),
			...(network.address !== undefined && { "wifi.accessPointAddress": network.address }),
		};
		this.options.settings.set(changes);
	}

	/** Calls back when `status` has changed; the returned function ends that. */
	onChange(listener: () => void): () => void {
		const own = (): void => listener();
		this.listeners.add(own);
		return () => void this.listeners.delete(own);
	}

	/** Closes our own network. The other one stays joined. May be called any number of times. */
	async close(): Promise<void> {
		this.closed = true;
		this.listeners.clear();
		for (const end of this.endings.splice(0)) end();
		for (const timer of [this.timer, this.joinTimer, this.retryTimer]) timer?.cancel();
		this.settle();
		await this.settled;
	}

	private onSettings(keys: readonly string[]): void {
		if (keys.includes("wifi.ssid") || keys.includes("wifi.password")) this.joinSoon();
		if (keys.some((key) => key.startsWith("wifi.accessPoint"))) {
			this.settle();
			this.tell();
		}
	}

	private joinSoon(): void {
		if (!this.started || this.closed) return;
		this.joinTimer?.cancel();
		this.joinTimer = this.options.clock.after(JOIN_DELAY_MS, () => this.joinWanted());
	}

	private joinWanted(): void {
		const { wifi, settings } = this.options;
		const ssid = settings.get("wifi.ssid");
		this.wasConnected = false;
		if (ssid === "") {
			this.setFallback(true);
			wifi.leave();
			return;
		}
		this.waitForFallback(FIRST_JOIN_MS);
		wifi.join({ ssid, password: settings.get("wifi.password") });
	}

	private onStation(state: WifiState): void {
		const { events } = this.options;
		if (state.status === "connected") {
			if (!this.wasConnected) events?.add("wifi_joined");
			this.wasConnected = true;
			if (this.isFallback) this.wait(LINGER_MS, () => this.setFallback(false));
			else this.stopWaiting();
		} else if (this.wasConnected) {
			this.wasConnected = false;
			events?.add("wifi_lost");
			this.waitForFallback(LOST_MS);
		} else if (state.status === "disconnected" && state.reason === "wrong_password") {
			events?.add("wifi_refused");
		}
		this.tell();
	}

	private waitForFallback(delayMs: number): void {
		if (this.isFallback) this.stopWaiting();
		else this.wait(delayMs, () => this.setFallback(true));
	}

	private wait(delayMs: number, callback: () => void): void {
		this.stopWaiting();
		this.timer = this.options.clock.after(delayMs, () => {
			this.timer = undefined;
			callback();
		});
	}

	private stopWaiting(): void {
		this.timer?.cancel();
		this.timer = undefined;
	}

	private setFallback(isFallback: boolean): void {
		this.stopWaiting();
		this.isFallback = isFallback;
		this.settle();
	}

	private isAccessPointWanted(): boolean {
		return !this.closed && (this.isFallback || this.options.settings.get("wifi.accessPoint"));
	}

	private wantedAccessPoint(): AccessPoint {
		const { settings, wifi, deviceKind } = this.options;
		const prefix = deviceKind === "breath" ? "Panda_Breath_" : "Culm_";
		return {
			ssid: settings.get("wifi.accessPointSsid") || prefix + wifi.macAddress.toUpperCase(),
			password: settings.get("wifi.accessPointPassword"),
			address: settings.get("wifi.accessPointAddress"),
		};
	}

	/** Opens, changes or closes our own network, one step after the other, until it is as it is wanted. */
	private settle(): void {
		this.retryTimer?.cancel();
		this.retryTimer = undefined;
		if (this.isSettling) return;
		this.isSettling = true;
		this.settled = this.settleAll();
	}

	private async settleAll(): Promise<void> {
		try {
			for (;;) {
				const wanted = this.isAccessPointWanted() ? this.wantedAccessPoint() : undefined;
				if (isSame(wanted, this.open)) break;
				if (wanted) await this.openAccessPoint(wanted);
				else await this.closeAccessPoint();
				this.tell();
			}
			this.isSettling = false;
		} catch (error) {
			this.isSettling = false;
			this.onRefused(error);
		}
	}

	private async openAccessPoint(wanted: AccessPoint): Promise<void> {
		const { wifi, log, events } = this.options;
		this.closeDns();
		this.isOpen = false;
		this.open = undefined;
		await wifi.openAccessPoint(wanted);
		this.open = wanted;
		this.isOpen = true;
		events?.add("access_point_opened");
		log.info(`Wi-Fi: our own network "${wanted.ssid}" is open; the page is at http://${wanted.address}/`);
		await this.openDns(wanted.address);
	}

	private async closeAccessPoint(): Promise<void> {
		const { wifi, log, events } = this.options;
		this.closeDns();
		await wifi.closeAccessPoint();
		this.isOpen = false;
		this.open = undefined;
		events?.add("access_point_closed");
		log.info("Wi-Fi: our own network is closed");
	}

	private onRefused(error: unknown): void {
		const { clock, log } = this.options;
		log.warn(`Wi-Fi: our own network cannot be opened or closed: ${describe(error)}`);
		this.tell();
		if (this.closed || (error instanceof PortError && error.code === "unsupported")) return;
		this.retryTimer = clock.after(RETRY_MS, () => this.settle());
	}

	private async openDns(address: string): Promise<void> {
		const { udp, log, dnsPort = DNS_PORT } = this.options;
		try {
			const socket = await udp.open({
				port: dnsPort,
				onMessage: (bytes, from) => {
					const answer = answerQuery(bytes, address);
					if (answer) this.dns?.send(answer, from.address, from.port);
				},
				onClosed: (error) => {
					this.dns = undefined;
					log.warn(`Wi-Fi: names no longer lead to the page: ${error.message}`);
				},
			});
			this.dns = socket;
		} catch (error) {
			// The page is still there for whoever types its address.
			log.warn(`Wi-Fi: names do not lead to the page: ${describe(error)}`);
		}
	}

	private closeDns(): void {
		this.dns?.close();
		this.dns = undefined;
	}

	private async look(): Promise<readonly WifiNetwork[]> {
		// Not before the caller has the promise, so that a listener that asks again gets the same one.
		await undefined;
		this.tell();
		try {
			const found = await this.options.wifi.scan();
			this.networks = found.slice(0, MAX_NETWORKS);
			return this.networks;
		} finally {
			this.#scan = undefined;
			this.tell();
		}
	}

	private tell(): void {
		for (const listener of [...this.listeners]) if (this.listeners.has(listener)) listener();
	}
}

function isSame(a: AccessPoint | undefined, b: AccessPoint | undefined): boolean {
	return a?.ssid === b?.ssid && a?.password === b?.password && a?.address === b?.address;
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
