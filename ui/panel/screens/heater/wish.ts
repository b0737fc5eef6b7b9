// What is asked of the chamber heater, be it the device's own or one on the network.

import type { BreathChanges } from "../../device";
import type { Effect, KitBase } from "../../kit";
import type { HeaterView } from "../../models/heater";
import { remoteRefusal } from "../../models/heater-connection";
import { refusalText } from "../../refusal-text";

/** One's own does it before this returns; the other one says later whether it does. */
export function wish(kit: KitBase, view: HeaterView | undefined, changes: BreathChanges): Effect {
	if (view?.isRemote) return ask(kit, changes);
	kit.device.heater?.change(changes);
	kit.refresh();
	return undefined;
}

async function ask(
	kit: KitBase,
	changes: BreathChanges,
): Promise<{ ok: true } | { ok: false; code: string; message: string }> {
	const { device, words } = kit;
	// Of the fan alone the protocol has no word, and nobody is offered it.
	const { fanOnly: _, ...others } = changes;
	const answer = await device.remoteHeater?.change(others);
	if (answer === undefined) return { ok: false, code: "not_found", message: words.heater.none };
	if (answer.ok) return answer;
	const isOff = changes.on === false && (answer.code === "no_answer" || answer.code === "refused");
	const message = isOff
		? words.remoteHeater.offUnsure
		: (remoteRefusal(words, answer.code) ?? refusalText(words, answer));
	// Its code is not one of a printer's command.
	return { ok: false, code: `heater_${answer.code}`, message };
}
