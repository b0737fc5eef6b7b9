// An honest twin of the radio: a list of networks instead of the air, and the time that a radio takes.

import type { Clock, Timer } from "../clock";
import { type AccessPoint, checkAccessPoint } from "../parts/access-point";
import { WifiStateStore } from "../parts/wifi-state";
import type { TextCodec } from "../text-codec";
import type { WifiNetwork, WifiPort, WifiState } from "../wifi";

export interface SimulatedNetwork {
	ssid: string;
	/** "" = open to everyone. */
	password: string;
	rssiDbm: number;
}

export interface SimulatedWifiOptions {
	clock: Clock;
	text: TextCodec;
	/** How the host calls a listener. What that throws surfaces elsewhere. */
	callSafely(callback: () => void): void;
	/** Twelve lower-case hex digits. */
	macAddress: string;
	/** What a network's router gives us. */
	address: string;
	networks?: readonly SimulatedNetwork[] | undefined;
}

const NETWORKS: readonly SimulatedNetwork[] = Object.freeze([
	Object.freeze({ ssid: "Workshop", password: "filament", rssiDbm: -48 }),
	Object.freeze({ ssid: "Neighbours", password: "not-for-you", rssiDbm: -71 }),
	Object.freeze({ ssid: "Cafe", password: "", rssiDbm: -83 }),
]);
const JOIN_MS = 1500;
const SCAN_MS = 2000;
const RETRY_MS = 5000;

export class SimulatedWifi implements WifiPort {
	readonly macAddress: string;
	private readonly clock: Clock;
	private readonly text: TextCodec;
	private readonly address: string;
	private readonly store: WifiStateStore;
	private networks: readonly SimulatedNetwork[];
	private wanted: { ssid: string; password: string } | undefined;
	private timer: Timer | undefined;
	#scan: Promise<readonly WifiNetwork[]> | undefined;
	#accessPoint: AccessPoint | undefined;

	constructor({ clock, text, callSafely, macAddress, address, networks = NETWORKS }: SimulatedWifiOptions) {
		this.clock = clock;
		this.text = text;
		this.macAddress = macAddress;
		this.address = address;
		this.store = new WifiStateStore({ callSafely });
		this.networks = networks;
	}

	get state(): WifiState {
		return this.store.state;
	}

	/** Our own network, while it is open. */
	get accessPoint(): AccessPoint | undefined {
		return this.#accessPoint;
	}

	/** Changes what is in the air: a network that is gone is lost at once, a new one is found at the next try. */
	setNetworks(networks: readonly SimulatedNetwork[]): void {
		this.networks = networks;
		const { state } = this;
		if (state.status === "connected" && this.find(state.ssid) === undefined) this.fail(state.ssid, "lost");
	}

	join({ ssid, password }: { ssid: string; password: string }): void {
		this.wanted = { ssid, password };
		this.try();
	}

	leave(): void {
		this.timer?.cancel();
		this.wanted = undefined;
		this.store.set({ status: "off" });
	}

	scan(): Promise<readonly WifiNetwork[]> {
		this.#scan ??= new Promise((resolve) => {
			this.clock.after(SCAN_MS, () => {
				this.#scan = undefined;
				resolve(this.visible());
			});
		});
		return this.#scan;
	}

	async openAccessPoint(network: AccessPoint): Promise<void> {
		checkAccessPoint(network, this.text);
		this.#accessPoint = { ...network };
	}

	async closeAccessPoint(): Promise<void> {
		this.#accessPoint = undefined;
	}

	onChange(listener: (state: WifiState) => void): () => void {
		return this.store.onChange(listener);
	}

	private try(): void {
		if (this.wanted === undefined) return;
		this.timer?.cancel();
		this.timer = this.clock.after(JOIN_MS, () => this.finish());
		this.store.set({ status: "connecting", ssid: this.wanted.ssid });
	}

	private finish(): void {
		if (this.wanted === undefined) return;
		const { ssid, password } = this.wanted;
		const network = this.find(ssid);
		if (network === undefined) this.fail(ssid, "not_found");
		else if (network.password !== password) this.fail(ssid, "wrong_password");
		else this.store.set({ status: "connected", ssid, address: this.address, rssiDbm: network.rssiDbm });
	}

	private fail(ssid: string, reason: "wrong_password" | "not_found" | "lost"): void {
		this.timer?.cancel();
		// A wrong password is not right the next time, and access points lock out who keeps trying.
		if (reason !== "wrong_password") this.timer = this.clock.after(RETRY_MS, () => this.try());
		this.store.set({ status: "disconnected", ssid, reason });
	}

	/** The strongest of that name, as a radio would choose. */
	private find(ssid: string): SimulatedNetwork | undefined {
		return this.byStrength().find((network) => network.ssid === ssid);
	}

	private visible(): WifiNetwork[] {
		const strongest = new Map<string, WifiNetwork>();
		for (const { ssid, password, rssiDbm } of this.byStrength())
			if (!strongest.has(ssid)) strongest.set(ssid, { ssid, rssiDbm, secure: password !== "" });
		return [...strongest.values()];
	}

	private byStrength(): SimulatedNetwork[] {
		return [...this.networks].sort((a, b) => b.rssiDbm - a.rssiDbm);
	}
}
