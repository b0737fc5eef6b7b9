// The station and the access point of the device's radio.

export type WifiState =
	| { status: "off" }
	| { status: "connecting"; ssid: string }
	| { status: "connected"; ssid: string; address: string; rssiDbm: number }
	| { status: "disconnected"; ssid: string; reason: "wrong_password" | "not_found" | "lost" };

export interface WifiNetwork {
	ssid: string;
	rssiDbm: number;
	secure: boolean;
}

export interface WifiPort {
	/** Twelve lower-case hex digits. Identifies the device. */
	readonly macAddress: string;
	readonly state: WifiState;
	/** Joins and stays joined: a lost network is sought again. Replaces a join under way. */
	join(network: { ssid: string; password: string }): void;
	leave(): void;
	/** Strongest first, one entry a name. A second call while one runs gets the same answer. */
	scan(): Promise<readonly WifiNetwork[]>;
	/** Opens our own network; an empty password opens it to everyone. Rejects with `invalid` for a bad name or password. */
	openAccessPoint(network: { ssid: string; password: string; address: string }): Promise<void>;
	closeAccessPoint(): Promise<void>;
	/** Calls back at each change of `state`; the returned function ends that. */
	onChange(listener: (state: WifiState) => void): () => void;
}
