// The sheet that asks which slot the spool of a tag is in, and tells the printer.

import { choose } from "../components/choose";
import type { KitBase } from "../kit";
import { heldTagView, type TagSlot, tagFailure } from "../models/held-tag";
import type { Sheet } from "../navigator";
import type { ModelInput } from "../screen";
import { fill } from "../words/texts";

/** `undefined` when there is no tag to ask about. `onDismissed`: somebody does not want to say it now. */
export function openHeldTag(kit: KitBase, input: ModelInput, onDismissed?: () => void): Sheet | undefined {
	const view = heldTagView(input);
	if (view === undefined || kit.device.filamentTag === undefined) return undefined;
	return choose<TagSlot | "forget">(kit, {
		title: view.title,
		choices: [
			...view.slots.map((slot) => ({
				value: slot,
				label: slot.label,
				text: slot.text,
				color: slot.color || kit.look.theme.raised,
			})),
			{ value: "forget" as const, label: view.forget, text: view.none, icon: "delete" as const },
		],
		...(onDismissed && { onDismissed }),
		onChoose: (slot) => (slot === "forget" ? kit.device.filamentTag?.drop() : give(kit, slot)),
	});
}

function give(kit: KitBase, { id, label }: TagSlot): void {
	const { navigator, device } = kit;
	const answer = device.filamentTag?.give(id.printerId, id.tray);
	if (answer === undefined) return;
	const said = answer.then((result) =>
		result.ok ? result : { ...result, message: tagFailure(navigator.words, result) },
	);
	void kit.report(said, fill(navigator.words.spools.tagGiven, { slot: label }));
}
