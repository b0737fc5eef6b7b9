// An honest twin of the radio: a list of networks instead of the air, and the time that a radio takes.

import { isIPv4 } from "node:net";
import type { Clock, Timer } from "../../modules/platform/clock";
import { PortError } from "../../modules/platform/port-error";
import type { WifiNetwork, WifiPort, WifiState } from "../../modules/platform/wifi";
import { callSafely } from "./callbacks";

export interface SimulatedNetwork {
	ssid: string;
	/** "" = open to everyone. */
	password: string;
	rssiDbm: number;
}

export interface AccessPoint {
	ssid: string;
	password: string;
	address: string;
}

export interface SimulatedWifiOptions {
	clock: Clock;
	networks: readonly SimulatedNetwork[];
	/** Twelve lower-case hex digits. */
	macAddress?: string;
	/** What a network's router gives us. */
	address?: string;
}

/** Locally administered, so that no maker's device has it. */
const MAC_ADDRESS = "02c0ffee0001";
const ADDRESS = "192.168.1.50";
const JOIN_MS = 1500;
const SCAN_MS = 2000;
const RETRY_MS = 5000;
/** IEEE 802.11: bytes of a network's name, characters of a WPA2 password. */
const MAX_SSID_BYTES = 32;
const PASSWORD_LENGTHS = { min: 8, max: 63 };

export class SimulatedWifi implements WifiPort {
	readonly macAddress: string;
	readonly #clock: Clock;
	readonly #address: string;
	readonly #listeners = new Set<(state: WifiState) => void>();
	/** States that the listeners have not been told yet: they may change the state themselves. */
	readonly #untold: WifiState[] = [];
	#networks: readonly SimulatedNetwork[];
	#state: WifiState = { status: "off" };
	#wanted: { ssid: string; password: string } | undefined;
	#timer: Timer | undefined;
	#scan: Promise<readonly WifiNetwork[]> | undefined;
	#accessPoint: AccessPoint | undefined;

	constructor({ clock, networks, macAddress = MAC_ADDRESS, address = ADDRESS }: SimulatedWifiOptions) {
		this.#clock = clock;
		this.#networks = networks;
		this.macAddress = macAddress;
		this.#address = address;
	}

	get state(): WifiState {
		return this.#state;
	}

	/** Our own network, while it is open. */
	get accessPoint(): AccessPoint | undefined {
		return this.#accessPoint;
	}

	/** Changes what is in the air: a network that is gone is lost at once, a new one is found at the next try. */
	setNetworks(networks: readonly SimulatedNetwork[]): void {
		this.#networks = networks;
		if (this.#state.status !== "connected") return;
		const { ssid } = this.#state;
		if (this.#find(ssid) === undefined) this.#fail(ssid, "lost");
	}

	join({ ssid, password }: { ssid: string; password: string }): void {
		this.#wanted = { ssid, password };
		this.#try();
	}

	leave(): void {
		this.#timer?.cancel();
		this.#wanted = undefined;
		this.#setState({ status: "off" });
	}

	scan(): Promise<readonly WifiNetwork[]> {
		this.#scan ??= new Promise((resolve) => {
			this.#clock.after(SCAN_MS, () => {
				this.#scan = undefined;
				resolve(this.#visible());
			});
		});
		return this.#scan;
	}

	async openAccessPoint(network: AccessPoint): Promise<void> {
		const ssidBytes = Buffer.byteLength(network.ssid);
		if (ssidBytes === 0 || ssidBytes > MAX_SSID_BYTES) {
			throw new PortError("invalid", `a network's name has 1 to ${MAX_SSID_BYTES} bytes`);
		}
		const { min, max } = PASSWORD_LENGTHS;
		const { length } = network.password;
		if (length !== 0 && (length < min || length > max)) {
			throw new PortError("invalid", `a network's password has ${min} to ${max} characters, or none`);
		}
		if (!isIPv4(network.address)) {
			throw new PortError("invalid", `${network.address} is no IPv4 address`);
		}
		this.#accessPoint = { ...network };
	}

	async closeAccessPoint(): Promise<void> {
		this.#accessPoint = undefined;
	}

	onChange(listener: (state: WifiState) => void): () => void {
		// A wrapper, so that the same function may listen twice.
		const own = (state: WifiState): void => listener(state);
		this.#listeners.add(own);
		return () => void this.#listeners.delete(own);
	}

	#try(): void {
		if (this.#wanted === undefined) return;
		this.#timer?.cancel();
		this.#timer = this.#clock.after(JOIN_MS, () => this.#finish());
		this.#setState({ status: "connecting", ssid: this.#wanted.ssid });
	}

	#finish(): void {
		if (this.#wanted === undefined) return;
		const { ssid, password } = this.#wanted;
		const network = this.#find(ssid);
		if (network === undefined) this.#fail(ssid, "not_found");
		else if (network.password !== password) this.#fail(ssid, "wrong_password");
		else this.#setState({ status: "connected", ssid, address: this.#address, rssiDbm: network.rssiDbm });
	}

	#fail(ssid: string, reason: "wrong_password" | "not_found" | "lost"): void {
		this.#timer?.cancel();
		// A wrong password is not right the next time, and access points lock out who keeps trying.
		if (reason !== "wrong_password") this.#timer = this.#clock.after(RETRY_MS, () => this.#try());
		this.#setState({ status: "disconnected", ssid, reason });
	}

	#setState(state: WifiState): void {
		if (state.status === "off" && this.#state.status === "off") return;
		this.#state = state;
		this.#untold.push(state);
		// A listener that changes the state is told in its turn, so that all of them hear the same order.
		if (this.#untold.length > 1) return;
		for (let told = this.#untold[0]; told !== undefined; told = this.#untold[0]) {
			for (const listener of [...this.#listeners])
				if (this.#listeners.has(listener)) callSafely(() => listener(told));
			this.#untold.shift();
		}
	}

	/** The strongest of that name, as a radio would choose. */
	#find(ssid: string): SimulatedNetwork | undefined {
		return this.#byStrength().find((network) => network.ssid === ssid);
	}

	#visible(): WifiNetwork[] {
		const strongest = new Map<string, WifiNetwork>();
		for (const { ssid, password, rssiDbm } of this.#byStrength()) {
			if (!strongest.has(ssid)) strongest.set(ssid, { ssid, rssiDbm, secure: password !== "" });
		}
		return [...strongest.values()];
	}

	#byStrength(): SimulatedNetwork[] {
		return [...this.#networks].sort((a, b) => b.rssiDbm - a.rssiDbm);
	}
}
