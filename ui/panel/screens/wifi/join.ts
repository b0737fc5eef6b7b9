// Joining a network: its password, and before that its name where it does not tell it.

import { keyboard } from "../../components/keyboard";
import type { KitBase } from "../../kit";
import { passwordProblem, ssidProblem } from "../../models/wifi";
import { fill } from "../../words/texts";

export interface JoinTarget {
	readonly ssid: string;
	/** It was typed: nothing is known of it, and it may be open. */
	readonly isOther: boolean;
}

/** A network that hides its name. */
export function joinOther(kit: KitBase): void {
	const { wifi } = kit.words;
	keyboard(kit, {
		title: wifi.network,
		text: "",
		check: (ssid) => ssidProblem(kit, ssid) || undefined,
		onDone: (ssid) => enterPassword(kit, { ssid, isOther: true }),
	});
}

export function enterPassword(kit: KitBase, { ssid, isOther }: JoinTarget): void {
	const { words, device } = kit;
	keyboard(kit, {
		title: fill(words.wifi.passwordTitle, { ssid }),
		text: "",
		masked: true,
		...(isOther && { hint: words.wifi.openHint }),
		check: (password) => passwordProblem(kit, password, isOther) || undefined,
		onDone: (password) => void kit.report(device.wifi.join({ ssid, password })),
	});
}
