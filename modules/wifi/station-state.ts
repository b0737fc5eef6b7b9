// The station's state as the Panda Breath protocol numbers it, in `sta.state`.

import type { WifiState } from "../platform/wifi";

/** What the numbers mean to the protocol's clients. */
export const StationState = Object.freeze({
	noSsid: 1,
	connecting: 2,
	connected: 3,
	reconnecting: 4,
	passwordError: 5,
} as const);

export type StationState = (typeof StationState)[keyof typeof StationState];

export function stationStateOf(state: WifiState): StationState {
	switch (state.status) {
		case "off":
			return StationState.noSsid;
		case "connecting":
			return StationState.connecting;
		case "connected":
			return StationState.connected;
		case "disconnected":
			// A network that is lost, or not in reach, is sought until it is there.
			return state.reason === "wrong_password" ? StationState.passwordError : StationState.reconnecting;
	}
}
