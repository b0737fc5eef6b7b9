// The device's state for somebody who compares by identity: what has not changed is the same object as before.

import type { DeviceState } from "../device-state";
import { sameValue } from "../printers/same-value";

export class StateView {
	private readonly read: () => DeviceState;
	private last: DeviceState | undefined;

	constructor(read: () => DeviceState) {
		this.read = read;
	}

	get state(): DeviceState {
		const state = this.read();
		const last = this.last;
		if (last) {
			// These are made anew each time they are asked for; printers and heater are values already.
			if (isSameList(state.printers, last.printers)) state.printers = last.printers;
			if (sameValue(state.device, last.device)) state.device = last.device;
			if (sameValue(state.wifi, last.wifi)) state.wifi = last.wifi;
			if (sameValue(state.update, last.update)) state.update = last.update;
			if (last.remoteBreath && sameValue(state.remoteBreath, last.remoteBreath))
				state.remoteBreath = last.remoteBreath;
			if (isSameObject(state, last)) return last;
		}
		this.last = state;
		return state;
	}
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
	return a.length === b.length && a.every((item, index) => item === b[index]);
}

function isSameObject(a: DeviceState, b: DeviceState): boolean {
	const keys = Object.keys(a) as (keyof DeviceState)[];
	return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
