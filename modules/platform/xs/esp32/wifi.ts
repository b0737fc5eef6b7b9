// The radio of an ESP32: the station through the SDK's Wi-Fi module of ECMA-419, its own network through ESP-IDF.

import WiFi from "embedded:network/interface/wifi";
import type { Clock, Timer } from "../../clock";
import { type AccessPoint, checkAccessPoint } from "../../parts/access-point";
import { WifiStateStore } from "../../parts/wifi-state";
import { PortError } from "../../port-error";
import type { TextCodec } from "../../text-codec";
import type { WifiNetwork, WifiPort, WifiState } from "../../wifi";
import { callSafely } from "../callbacks";
import { closeAccessPoint, openAccessPoint } from "./native-access-point";

export interface WifiOptions {
	clock: Clock;
	text: TextCodec;
}

/** What `connection` says: less than this is not connected, this is connected with all addresses. */
const Connection = Object.freeze({ connecting: 300, ready: 500 } as const);
/** For the handshake and an address. */
const JOIN_TIMEOUT_MS = 20_000;
const RETRY_MS = 5_000;
/** Where the signal's strength is unknown. */
const WEAKEST_DBM = -100;

export function createWifi(options: WifiOptions): WifiPort {
	return new Esp32Wifi(options);
}

class Esp32Wifi implements WifiPort {
	readonly macAddress: string;
	private readonly clock: Clock;
	private readonly text: TextCodec;
	private readonly radio: WiFi;
	private readonly store = new WifiStateStore({ callSafely });
	private wanted: { ssid: string; password: string } | undefined;
	private timer: Timer | undefined;
	#scan: Promise<readonly WifiNetwork[]> | undefined;

	constructor({ clock, text }: WifiOptions) {
		this.clock = clock;
		this.text = text;
		this.radio = new WiFi({ onChanged: () => this.onChanged() });
		this.macAddress = (this.radio.MAC ?? "").replaceAll(":", "").toLowerCase();
	}

	get state(): WifiState {
		return this.store.state;
	}

	join({ ssid, password }: { ssid: string; password: string }): void {
		this.disconnect();
		this.wanted = { ssid, password };
		this.try();
	}

	leave(): void {
		this.wanted = undefined;
		this.disconnect();
		this.store.set({ status: "off" });
	}

	scan(): Promise<readonly WifiNetwork[]> {
		this.#scan ??= this.look().finally(() => {
			this.#scan = undefined;
		});
		return this.#scan;
	}

	async openAccessPoint(network: AccessPoint): Promise<void> {
		checkAccessPoint(network, this.text);
		openAccessPoint(network);
	}

	async closeAccessPoint(): Promise<void> {
		closeAccessPoint();
	}

	onChange(listener: (state: WifiState) => void): () => void {
		return this.store.onChange(listener);
	}

	private try(): void {
		if (this.wanted === undefined) return;
		const { ssid, password } = this.wanted;
		this.wait(JOIN_TIMEOUT_MS, () => void this.explain(ssid));
		this.store.set({ status: "connecting", ssid });
		// A listener may have asked for something else.
		if (this.wanted?.ssid !== ssid) return;
		try {
			this.radio.connect({ SSID: ssid, ...(password !== "" && { password }) });
		} catch {
			this.wait(RETRY_MS, () => this.try());
		}
	}

	private onChanged(): void {
		const wanted = this.wanted;
		if (wanted === undefined) return;
		const { connection, address, RSSI = WEAKEST_DBM } = this.radio;
		const { state } = this;
		if (connection >= Connection.ready && address !== undefined) {
			this.timer?.cancel();
			if (state.status === "connected" && state.address === address) return;
			this.store.set({ status: "connected", ssid: wanted.ssid, address, rssiDbm: RSSI });
		} else if (connection < Connection.connecting) {
			if (state.status === "connected") this.fail(wanted.ssid, "lost");
			else if (state.status === "connecting") void this.explain(wanted.ssid);
		}
	}

	/** The module does not say why it could not join: a network that is there does not take the password. */
	private async explain(ssid: string): Promise<void> {
		this.disconnect();
		const networks = await this.scan().catch(() => []);
		const { state } = this;
		if (this.wanted?.ssid !== ssid || state.status !== "connecting") return;
		this.fail(ssid, networks.some((network) => network.ssid === ssid) ? "wrong_password" : "not_found");
	}

	private fail(ssid: string, reason: "wrong_password" | "not_found" | "lost"): void {
		// A password that was right is tried again too: access points refuse whom they have no room for.
		this.wait(RETRY_MS, () => this.try());
		this.store.set({ status: "disconnected", ssid, reason });
	}

	private look(): Promise<readonly WifiNetwork[]> {
		return new Promise((resolve, reject) => {
			const strongest = new Map<string, WifiNetwork>();
			try {
				this.radio.scan({
					onFound: (found) => {
						const { SSID, RSSI, security } = found as typeof found & { security?: string };
						const known = strongest.get(SSID);
						if (SSID === "" || (known !== undefined && known.rssiDbm >= RSSI)) return;
						strongest.set(SSID, { ssid: SSID, rssiDbm: RSSI, secure: security !== "none" });
					},
					onComplete: () => resolve([...strongest.values()].sort((a, b) => b.rssiDbm - a.rssiDbm)),
				});
			} catch (cause) {
				reject(new PortError("unreachable", "the radio cannot look for networks now", { cause }));
			}
		});
	}

	private wait(delayMs: number, callback: () => void): void {
		this.timer?.cancel();
		this.timer = this.clock.after(delayMs, callback);
	}

	private disconnect(): void {
		this.timer?.cancel();
		this.timer = undefined;
		this.radio.disconnect();
	}
}
